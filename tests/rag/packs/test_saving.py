import json
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

import rag
from index.errors import MustanadError
from rag.packs import Pack, read_pack, save_pack
from rag.packs.saving import pack_writer
from tests.rag.packs.samples import pack_of


def shouted(pack: Pack) -> str:
    """A writer, as another room may bring one."""
    return pack.turns[0].answer.question.upper()


@pytest.fixture
def only_shouting(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = EntryPoint("loud", f"{__name__}:shouted", "mustanad.pack_writers")
    monkeypatch.setattr("rag.packs.saving.entry_points", lambda group: (entry,) if group == entry.group else ())


def test_json_needs_no_other_room(reports: rag.Reports, tmp_path: Path, only_shouting: None) -> None:
    pack = pack_of(reports)
    file = tmp_path / "أدلة.JSON"
    file.write_text("old", encoding="utf-8")
    save_pack(pack, file)
    assert read_pack(file) == pack
    assert json.loads(file.read_text(encoding="utf-8"))["format"] == "mustanad-evidence-pack"


def test_other_endings_are_found_by_entry_point(reports: rag.Reports, tmp_path: Path, only_shouting: None) -> None:
    save_pack(pack_of(reports), tmp_path / "pack.loud")
    assert (tmp_path / "pack.loud").read_text(encoding="utf-8") == "WHO BLEW UP THE RAILWAY BRIDGE?"


@pytest.mark.parametrize("name", ["pack.html", "pack", ".json", "pack.json.zip"])
def test_an_ending_that_nothing_writes_is_told_with_those_that_there_are(name: str, only_shouting: None) -> None:
    with pytest.raises(MustanadError, match=r"choose one of \.json, \.loud$"):
        pack_writer(Path(name))
