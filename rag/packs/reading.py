"""Reading a pack, from JSON or from the page that carries it, and refusing what is none."""

import json
import re
from datetime import datetime, timedelta
from pathlib import Path

from index.errors import MustanadError
from index.types import Filters
from rag.packs.decoding import Made, answer_from_json, decoded, exactly
from rag.packs.formatting import checksum
from rag.packs.types import FORMAT, VERSION, Pack, PackPassage, PackSentence, PackTurn
from rag.serialise import Json
from rag.types import Answer, Change, Claim, WrittenSentence

SCRIPT = '<script type="application/json" id="mustanad-pack">'
"""What stands before the JSON in a self-contained page."""

_SHA256 = re.compile(r"[0-9a-f]{64}")


def read_pack(path: Path) -> Pack:
    """Read a pack from a file, JSON or HTML.

    Raises:
        MustanadError: It is no pack, of another version, damaged, or at odds with itself; says what.
    """
    try:
        return pack_from_text(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        raise MustanadError(f"{path} is not UTF-8 text: it is no evidence pack") from error
    except (ValueError, RecursionError) as error:
        raise MustanadError(f"{path} cannot be read as an evidence pack: {error}") from error


def pack_from_text(text: str) -> Pack:
    """Read a pack from the text of its file.

    Raises:
        ValueError: It is no pack; one line says why.
    """
    if text.startswith("# "):
        raise ValueError("it is Markdown, which is for reading only: give the .json or .html that was saved with it")
    if text.lstrip().startswith("<"):
        parts = text.split(SCRIPT)
        if len(parts) != 2:
            raise ValueError("this page carries no pack" if len(parts) == 1 else "this page carries several packs")
        text = parts[1].partition("</script>")[0]
    try:
        fields = json.loads(text, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise ValueError(f"it is not JSON ({error.msg}, line {error.lineno})") from error
    if not isinstance(fields, dict) or fields.get("format") != FORMAT:
        raise ValueError(f'its "format" is not {FORMAT}')
    if type(fields.get("version")) is not int or fields["version"] != VERSION:
        raise ValueError(f"it has version {fields.get('version')!a}, this program reads version {VERSION}")
    pack = _pack(fields)
    if fields["checksum"] != checksum(fields):
        raise ValueError("its checksum differs: it was changed after it was made, or damaged")
    return pack


def _pack(fields: Json) -> Pack:
    names = {*Pack.__dataclass_fields__, "format", "version", "checksum"}
    exactly(fields, names, "the pack")
    if not isinstance(fields["turns"], list) or not fields["turns"]:
        raise ValueError("it holds no turns")
    turns = tuple(_turn(turn, f"turn {number}") for number, turn in enumerate(fields["turns"], start=1))
    rest = {name: fields[name] for name in Pack.__dataclass_fields__}
    # The turns have a form of their own in JSON: the rest is decoded without them.
    pack = decoded(Pack, {**rest, "turns": []}, "the pack")
    pack = Pack(**{name: getattr(pack, name) for name in Pack.__dataclass_fields__} | {"turns": turns})
    _check(pack)
    return pack


def _turn(value: object, where: str) -> PackTurn:
    fields = exactly(value, ("question", "searched", "filters", "answer", "passages", "sentences"), where)
    answer = answer_from_json(fields["answer"], f"{where}.answer")
    if (fields["question"], fields["searched"]) != (answer.question, answer.searched):
        raise ValueError(f"{where}: its question is not that of its answer")
    if not answer.question.strip() or not answer.searched.strip():
        raise ValueError(f"{where}: its question is empty")
    passages = _each(PackPassage, fields["passages"], f"{where}.passages")
    sentences = _each(PackSentence, fields["sentences"], f"{where}.sentences")
    return PackTurn(decoded(Filters, fields["filters"], f"{where}.filters"), answer, passages, sentences)


def _each(kind: type[Made], values: object, where: str) -> tuple[Made, ...]:
    if not isinstance(values, list):
        raise ValueError(f"{where} is no list")
    return tuple(decoded(kind, one, f"{where}[{place}]") for place, one in enumerate(values))


def _check(pack: Pack) -> None:
    """That the pack is not at odds with itself.

    Raises:
        ValueError: It is; says where.
    """
    made = datetime.fromisoformat(pack.made)
    if made.utcoffset() != timedelta(0):
        raise ValueError(f"made is {pack.made!a}, no time in UTC")
    hashes = [document.sha256 for document in pack.documents]
    hashes += [pack.index.fingerprint, pack.index.model_fingerprint, pack.reader.fingerprint or "0" * 64]
    for one in hashes:
        if not _SHA256.fullmatch(one):
            raise ValueError(f"{one[:80]!a} is no SHA-256")
    known = [document.doc_id for document in pack.documents]
    if len(set(known)) < len(known):
        raise ValueError("a report is in it twice")
    for number, turn in enumerate(pack.turns, start=1):
        _check_passages(turn.passages, set(known), f"turn {number}")
        _check_answer(turn.answer, turn.passages, set(known), f"turn {number}")
        _check_sentences(turn, f"turn {number}")


def _check_passages(passages: tuple[PackPassage, ...], known: set[str], where: str) -> None:
    for rank, passage in enumerate(passages, start=1):
        if passage.rank != rank:
            raise ValueError(f"{where}: passage {rank} has rank {passage.rank}")
        if passage.doc_id not in known:
            raise ValueError(f"{where}: passage {rank} is of a report that is not listed")
        _check_length(passage.start, passage.end, passage.text, f"{where}: passage {rank}")


def _check_answer(answer: Answer, passages: tuple[PackPassage, ...], known: set[str], where: str) -> None:
    numbers = {citation.number for citation in answer.citations}
    if len(numbers) < len(answer.citations):
        raise ValueError(f"{where}: two citations have one number")
    for citation in answer.citations:
        place = f"{where}: citation [{citation.number}]"
        if citation.doc_id not in known:
            raise ValueError(f"{place} is of a report that is not listed")
        _check_length(citation.start, citation.end, citation.quote, place)
        if citation.speaker is not None:
            if citation.speaker_start is None or citation.speaker_end is None:
                raise ValueError(f"{place} names a speaker without its place")
            _check_length(citation.speaker_start, citation.speaker_end, citation.speaker, f"{place}, its speaker")
        for passage in passages:
            if passage.doc_id == citation.doc_id and passage.start <= citation.start and citation.end <= passage.end:
                start = citation.start - passage.start
                if passage.text[start : start + len(citation.quote)] != citation.quote:
                    raise ValueError(f"{place} quotes other words than the passage has there")
    parts: tuple[Claim | Change | WrittenSentence, ...] = (*answer.claims, *answer.changes, *answer.sentences)
    for part in parts:
        if not numbers.issuperset(part.citations):
            raise ValueError(f"{where}: it refers to a citation that is not there")


def _check_sentences(turn: PackTurn, where: str) -> None:
    if [one.number for one in turn.sentences] != [one.number for one in turn.answer.citations]:
        raise ValueError(f"{where}: its sentences are not those of its citations")
    for one, citation in zip(turn.sentences, turn.answer.citations, strict=True):
        place = f"{where}: the sentence of citation [{one.number}]"
        _check_length(one.start, one.end, one.text, place)
        first = citation.start - one.start
        if first < 0 or one.text[first : first + len(citation.quote)] != citation.quote:
            raise ValueError(f"{place} has other words where the quote is")


def _check_length(start: int, end: int, text: str, where: str) -> None:
    if start < 0 or end - start != len(text):
        raise ValueError(f"{where} has {len(text)} characters at [{start}:{end}]")


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no number of JSON")
