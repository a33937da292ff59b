from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.bridges import aliases as module
from index.bridges.aliases import Alias, Aliases, AliasFileError, check, load_aliases, own_aliases, parse
from index.bridges.names import fold_word
from index.text.analysis import FoldingAnalyzer

FILE = """# People of the story
Nardum Front
جبهة ناردوم
Фронт Нардума
=NF

Nardum
ناردوم
"""


def found(question: str, text: str = FILE) -> list[tuple[str, tuple[str, ...]]]:
    return [(match.words, match.others) for match in Aliases(parse(text).groups).find(question)]


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Who leads the Nardum Front?", "Nardum Front"),
        ("WHO LEADS THE NARDUM FRONT?", "NARDUM FRONT"),
        ("من يقود جبهة ناردوم؟", "جبهة ناردوم"),
        ("ماذا حدث لجبهة ناردوم؟", "لجبهة ناردوم"),
        ("Что сделал Фронт Нардума?", "Фронт Нардума"),
        ("What does NF want?", "NF"),
    ],
)
def test_a_name_is_known_in_any_case_and_with_what_is_written_onto_it(question: str, words: str) -> None:
    ((matched, others),) = found(question)
    assert matched == words
    assert len(others) == (3 if words in ("NF", "لجبهة ناردوم") else 2)


def test_the_longest_name_wins_and_no_word_is_taken_twice() -> None:
    assert [words for words, _ in found("Nardum Front in Nardum")] == ["Nardum Front", "Nardum"]


def test_an_exact_name_is_known_as_written_only_and_never_searched_for() -> None:
    assert found("what does nf want?") == []
    assert found("WHAT DOES NF WANT") == []
    assert all("NF" not in others for _, others in found("Nardum Front"))


@pytest.mark.parametrize("question", ["", "?", "Nar Dum", "front", "2024"])
def test_other_words_are_no_names(question: str) -> None:
    assert found(question) == []


def test_groups_that_share_a_name_are_joined() -> None:
    assert found("RSF", "RSF\nRapid Support Forces\n\nRSF\nReporters sans frontières") == [
        ("RSF", ("Rapid Support Forces", "Reporters sans frontières"))
    ]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("ISIS\nداعش\n\nNardum\n", 4, "stands alone"),
        ("ISIS, داعش\n", 1, "one name a line"),
        ("ISIS = داعش\n", 1, "one name a line"),
        ("# names\nISIS\tداعش\n", 2, "a tab"),
        ("IS\nداعش\n", 1, "write =IS"),
        ("ISIS\n=\n", 2, "no name here"),
        ("ISIS\n123\n", 2, "no name here"),
        ("-\n", 1, "no name here"),
    ],
)
def test_a_wrong_line_is_told_in_one_line(text: str, line: int, words: str) -> None:
    with pytest.raises(AliasFileError) as error:
        check(text, "mine.txt")
    assert str(error.value).startswith(f"mine.txt, line {line}: ")
    assert words in str(error.value)
    assert "\n" not in str(error.value)


def test_a_users_file_adds_groups_and_switches_shipped_ones_off(tmp_path: Path) -> None:
    path = tmp_path / "aliases.txt"
    path.write_text("\ufeff" + FILE + "\n- isis\n- Hamas\n", encoding="utf-8")
    own = load_aliases(path)
    assert [match.words for match in own.find("Did ISIS or Hamas or the Nardum Front meet in Aleppo?")] == [
        "Nardum Front",
        "Aleppo",
    ]
    assert [match.words for match in load_aliases().find("Did ISIS or Hamas meet?")] == ["ISIS", "Hamas"]


def test_what_is_switched_off_must_be_there(tmp_path: Path) -> None:
    path = tmp_path / "aliases.txt"
    path.write_text("# mine\n- Nardum\n", encoding="utf-8")
    with pytest.raises(AliasFileError, match=r"line 2: no shipped group holds 'Nardum'"):
        load_aliases(path)


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(AliasFileError, match="cannot be read"):
        load_aliases(tmp_path / "none.txt")
    path = tmp_path / "aliases.txt"
    path.write_bytes("داعش\nISIS".encode("cp1256"))
    with pytest.raises(AliasFileError, match="not UTF-8"):
        load_aliases(path)


def test_where_a_users_file_is_looked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(module.VARIABLE, raising=False)
    assert own_aliases(tmp_path) is None
    (tmp_path / module.FILE_NAME).write_text(FILE, encoding="utf-8")
    assert own_aliases(tmp_path) == tmp_path / module.FILE_NAME
    monkeypatch.setenv(module.VARIABLE, "elsewhere.txt")
    assert own_aliases(tmp_path) == Path("elsewhere.txt")


def test_the_shipped_file_is_right() -> None:
    text = (Path(module.__file__).parent / "data" / module.FILE_NAME).read_text(encoding="utf-8")
    check(text, module.FILE_NAME)
    groups = load_aliases().groups
    assert len(groups) > 300
    for group in groups:
        assert any(not alias.exact for alias in group), group[0].text


def alike(one: Alias, other: Alias) -> bool:
    """Whether two names have the same words for the analyzer."""
    return FoldingAnalyzer().terms(one.text, "mul") == FoldingAnalyzer().terms(other.text, "mul")


def test_every_shipped_name_is_known_in_a_question() -> None:
    aliases = load_aliases()
    for group in aliases.groups:
        for alias in group:
            matches = aliases.find(f"x {alias.text} y")
            assert matches, alias.text
            names = {fold_word(other) for match in matches for other in match.others}
            searched = {fold_word(other.text) for other in group if not other.exact and not alike(other, alias)}
            assert searched <= names, alias.text


@given(st.text(max_size=80))
def test_any_question_is_looked_through(question: str) -> None:
    for match in load_aliases().find(question):
        assert match.words


@given(st.text(st.sampled_from("AB اب-=#\n,\t'"), max_size=40))
def test_what_is_not_refused_can_be_read(text: str) -> None:
    try:
        check(text, "mine")
    except AliasFileError:
        return
    assert all(len(group) > 0 for group in parse(text).groups)
