import dataclasses
import json
from collections.abc import Callable
from pathlib import Path

import pytest

import rag
from index.errors import MustanadError
from rag.packs import pack_from_text, pack_text, pack_to_json, read_pack
from tests.rag.packs.samples import Fields, pack_of, tampered


def test_a_round_trip_is_exact(reports: rag.Reports, tmp_path: Path) -> None:
    pack = pack_of(reports)
    file = tmp_path / "pack.json"
    file.write_text(pack_text(pack), encoding="utf-8")
    assert read_pack(file) == pack
    assert pack_text(read_pack(file)) == pack_text(pack)
    file.write_text("\ufeff" + json.dumps(pack_to_json(pack)), encoding="utf-8")
    assert read_pack(file) == pack


def test_half_a_character_in_a_title_survives(reports: rag.Reports) -> None:
    pack = pack_of(reports)
    odd = dataclasses.replace(pack.documents[0], title="half \ud800 of <one>\u2028")
    pack = dataclasses.replace(pack, documents=(odd, *pack.documents[1:]))
    assert pack_from_text(pack_text(pack).encode().decode()) == pack


def _citation(fields: Fields) -> Fields:
    found: Fields = fields["turns"][0]["answer"]["citations"][0]
    return found


def _lengthen(fields: Fields) -> None:
    _citation(fields)["quote"] += "x"


def _reword(fields: Fields) -> None:
    quote = _citation(fields)["quote"]
    _citation(fields)["quote"] = "X" + quote[1:]


def _reword_sentence(fields: Fields) -> None:
    sentence = fields["turns"][0]["sentences"][0]
    sentence["text"] = "X" * len(sentence["text"])


TAMPERINGS: dict[str, tuple[Callable[[Fields], object], str]] = {
    "version": (lambda fields: fields.update(version=2), "it has version 2, this program reads version 1"),
    "version true": (lambda fields: fields.update(version=True), "it has version True"),
    "format": (lambda fields: fields.update(format="x"), 'its "format" is not mustanad-evidence-pack'),
    "missing": (lambda fields: fields.pop("made"), 'the pack has no "made"'),
    "no checksum": (lambda fields: fields.pop("checksum"), 'the pack has no "checksum"'),
    "unknown": (lambda fields: fields.update(more=1), "the pack has an unknown field 'more'"),
    "missing within": (lambda fields: _citation(fields).pop("start"), 'citations[0] has no "start"'),
    "text for number": (lambda fields: _citation(fields).update(start="1"), "start is not of the type int"),
    "flag for number": (lambda fields: _citation(fields).update(number=True), "number is not of the type int"),
    "number for text": (lambda fields: fields["index"].update(model=1), "index.model is not of the type str"),
    "list for object": (lambda fields: fields.update(index=[]), "index is no object"),
    "no list": (lambda fields: fields.update(turns={}), "it holds no turns"),
    "no turns": (lambda fields: fields.update(turns=[]), "it holds no turns"),
    "stance": (lambda fields: _citation(fields).update(stance="sure"), "stance is 'sure', no stance"),
    "day": (lambda fields: _citation(fields).update(published="soon"), "published is 'soon', no date"),
    "settings": (lambda fields: fields["settings"].update(lexical="x"), "unknown lexical engine 'x'"),
    "time": (lambda fields: fields.update(made="2024-01-01T00:00:00"), "no time in UTC"),
    "hash": (lambda fields: fields["documents"][0].update(sha256="0"), "is no SHA-256"),
    "twice": (lambda fields: fields["documents"].append(fields["documents"][0]), "a report is in it twice"),
    "unlisted": (lambda fields: fields["documents"].clear(), "is of a report that is not listed"),
    "rank": (lambda fields: fields["turns"][0]["passages"][0].update(rank=7), "passage 1 has rank 7"),
    "question": (lambda fields: fields["turns"][0].update(question="x"), "its question is not that of its answer"),
    "quote's length": (_lengthen, "citation [1] has"),
    "quote's words": (_reword, "quotes other words than the passage has there"),
    "sentence's words": (_reword_sentence, "has other words where the quote is"),
    "no sentence": (lambda fields: fields["turns"][0]["sentences"].pop(), "not those of its citations"),
    "numbers": (
        lambda fields: fields["turns"][0]["answer"]["claims"][0].update(citations=[99]),
        "it refers to a citation that is not there",
    ),
}


@pytest.mark.parametrize("name", TAMPERINGS)
def test_what_is_at_odds_is_refused_in_one_line(reports: rag.Reports, tmp_path: Path, name: str) -> None:
    change, message = TAMPERINGS[name]
    file = tmp_path / "pack.json"
    file.write_text(json.dumps(tampered(pack_of(reports), change)), encoding="utf-8")
    with pytest.raises(MustanadError) as caught:
        read_pack(file)
    assert message in str(caught.value)
    assert str(file) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_what_was_changed_without_a_trace_within_shows_in_the_checksum(reports: rag.Reports) -> None:
    fields = pack_to_json(pack_of(reports))
    fields["documents"][0]["source"] = "Another Agency"
    with pytest.raises(ValueError, match="its checksum differs"):
        pack_from_text(json.dumps(fields))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "it is not JSON"),
        (b"{", "it is not JSON"),
        (b"# Evidence pack\n", "it is Markdown, which is for reading only"),
        (b"[1]", 'its "format" is not'),
        (b'{"format": "mustanad-evidence-pack", "version": 1e999}', "it has version inf"),
        (b'{"a": NaN}', "NaN is no number of JSON"),
        (b"[" * 100_000, "cannot be read as an evidence pack"),
        (b"<html></html>", "this page carries no pack"),
        (b"\xff\xfe", "is not UTF-8 text"),
    ],
)
def test_other_files_are_refused(tmp_path: Path, content: bytes, message: str) -> None:
    file = tmp_path / "file"
    file.write_bytes(content)
    with pytest.raises(MustanadError, match=message.replace("[", r"\[")):
        read_pack(file)
