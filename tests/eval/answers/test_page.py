"""The page of answered questions."""

import pytest

from eval.answers import AnnotatedQuestion, answers_page, judge
from eval.answers.page import shortened
from rag.types import Stance
from tests.eval.measures.build import answer, asked, claim, question

HOSTILE = "<script>x</script> | [a](javascript:b) \u202edone **"


def page() -> str:
    questions = [
        AnnotatedQuestion(question("q1", "the army", answerable=True), "samples", "who", "hard"),
        AnnotatedQuestion(question("q2", answerable=False), "re3d", "when"),
        AnnotatedQuestion(question("q3", "12 May", answerable=True), "re3d", "when"),
    ]
    rows = [
        asked("q1", answer("the army", confidence=0.876, claims=[claim("the army", Stance.ACCUSED)])),
        asked("q2", answer(HOSTILE, claims=[claim(HOSTILE)])),
        asked("q3", answer(None, "on 12 May")),
    ]
    return answers_page(judge(questions, rows), "mustanad eval answers", "the reader")


def test_totals_and_a_table_for_each_collection() -> None:
    text = page()
    assert "| samples | 1 | 1 (100%) | 1 | 0 | 0 | 0 |" in text
    assert "| re3d | 2 | 0 (0%) | 0 | 0 | 1 | 1 |" in text
    assert "| all | 3 | 1 (33%) | 1 | 0 | 1 | 1 |" in text
    assert text.index("## samples") < text.index("## re3d")
    assert "<br><small>hard</small> | the army | the army | accused | 0.88 | right |" in text
    assert "| 12 May | \\[on 12 May\\] | – | 0.50 | **missed** |" in text


def test_a_report_s_words_cannot_act() -> None:
    text = page()
    assert "<script>" not in text
    assert "\\[a\\](javascript:b)" in text
    assert "\u202e" not in text
    row = next(line for line in text.splitlines() if "javascript" in line)
    assert row.replace("\\|", "").count("|") == 7


@pytest.mark.parametrize("gold", ["أ", "one", "forty", "word39", "nothing"])
def test_what_is_cut_is_words_of_the_text_with_the_gold_answer(gold: str) -> None:
    words = [f"word{number}" for number in range(40)]
    words[0], words[20], words[30] = "one", "أ", "forty"
    text = " ".join(words)
    cut = shortened(text, [gold], 50)
    kept = cut.removeprefix("… ").removesuffix(" …")
    assert kept in text
    assert set(kept.split()) <= set(words)
    assert (gold in kept.split()) == (gold in words)
    assert len(kept) <= 50


def test_a_word_longer_than_the_cell_is_not_lost_whole() -> None:
    assert len(shortened("x" * 500, ["y"], 50)) <= 54
