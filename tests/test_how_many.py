"""How many were killed or hurt: asked of the sample reports, of the shipped reader."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import rag
from rag.types import Answer


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[rag.Reports]:
    with rag.create(tmp_path_factory.mktemp("toll") / "index") as made:
        made.add(Path(rag.__file__).parent / "samples" / "reports")
        yield made


def langs_of(answer: Answer, claim: int) -> set[str]:
    return {answer.citations[number - 1].lang for number in answer.claims[claim].citations}


@pytest.mark.parametrize(
    "question", ["How many people were killed at the Nardum market?", "Сколько человек погибло на рынке в Нардуме?"]
)
def test_the_same_toll_in_several_languages_is_one_claim_and_the_earlier_one_another(
    samples: rag.Reports, question: str
) -> None:
    answer = samples.ask(question)
    first, second = answer.claims
    assert first.answer == "seven people" and first.independent_sources >= 2
    assert langs_of(answer, 0) >= {"en", "tr"}
    assert (second.answer, langs_of(answer, 1)) == ("ستة أشخاص", {"ar"})
    assert answer.conflict and answer.changes


def test_a_toll_that_was_revised_is_shown_with_those_before(samples: rag.Reports) -> None:
    answer = samples.ask("كم شخصاً قُتل في انفجار مستودع ميرزولان؟")
    assert [claim.answer for claim in answer.claims] == ["eight", "أربعة أشخاص", "neuf morts"]
    assert answer.claims[0].independent_sources == 2


def test_the_hurt_are_not_the_dead_nor_the_arrested(samples: rag.Reports) -> None:
    assert samples.ask("How many people were wounded at the Nardum market?").text == "23"
    assert samples.ask("كم عدد الجرحى في انفجار مستودع ميرزولان؟").text == "31 آخرون"
    assert samples.ask("كم محتجاً قُتل في مرفأ لوبدانا؟").abstained


def test_each_figure_is_the_report_s_own_words(samples: rag.Reports) -> None:
    answer = samples.ask("How many people died in the Mirzolan depot explosion?")
    assert answer.citations
    for cited in answer.citations:
        assert samples.document(cited.doc_id).text[cited.start : cited.end] == cited.quote
