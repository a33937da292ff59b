from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import rag
from rag.packs import PackedTurn, read_pack, replay
from tests.rag.samples import WHO_BRIDGE, WHO_MARKET, make_reports, use_no_model
from ui.export import pack_files
from ui.export.files import file_stem
from ui.strings import ARABIC, ENGLISH


@pytest.fixture
def reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> rag.Reports:
    use_no_model(monkeypatch)
    return make_reports(tmp_path / "index")


def test_three_forms_of_one_pack(reports: rag.Reports, tmp_path: Path) -> None:
    turns = [PackedTurn(reports.ask(WHO_MARKET)), PackedTurn(reports.ask(WHO_BRIDGE))]
    html, json, md = pack_files(reports, turns, ARABIC, tmp_path / "new" / "packs")
    assert [path.name for path in (html, json, md)] == [
        f"من-نفذ-تفجير-سوق-ناردوم.{ending}" for ending in ("html", "json", "md")
    ]
    assert read_pack(html) == read_pack(json)
    assert replay(read_pack(html), reports).verdict == "identical"
    assert "ملف الأدلة" in md.read_text(encoding="utf-8")


def test_every_pack_has_names_of_its_own(reports: rag.Reports, tmp_path: Path) -> None:
    turns = [PackedTurn(reports.ask(WHO_BRIDGE))]
    (tmp_path / "Who-blew-up-the-railway-bridge-2.md").write_text("mine", encoding="utf-8")
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: pack_files(reports, turns, ENGLISH, tmp_path), range(8)))
    assert len({path for files in made for path in files}) == 24
    assert (tmp_path / "Who-blew-up-the-railway-bridge-2.md").read_text(encoding="utf-8") == "mine"
    assert all(read_pack(files.html) == read_pack(files.json) for files in made)


@pytest.mark.parametrize(
    "question", ["../../etc/passwd", 'a/b\\c:d*e?f"g<h>i|j\0k', ".", "..", "~", "-rf", "\u202etxt.exe"]
)
def test_a_question_names_no_other_folder(question: str, tmp_path: Path) -> None:
    stem = file_stem(question)
    assert stem and (tmp_path / stem).parent == tmp_path
    assert not set(stem) & set('/\\:*?"<>|\0\u202e.~') and not stem.startswith("-")


def test_long_questions_fit_a_file_system() -> None:
    assert len((file_stem("𐤀" * 300) + "-1000.html").encode()) <= 255
