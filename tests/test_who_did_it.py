"""Who did it, who says so, who denies it: asked of invented reports in eight languages, of the shipped reader."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import rag
from rag.types import Answer, Stance

REPORTS = Path(__file__).with_name("who_did_it.jsonl")


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Iterator[rag.Reports]:
    with rag.create(tmp_path_factory.mktemp("who") / "index") as made:
        made.add(REPORTS)
        yield made


def told(answer: Answer) -> list[tuple[str, Stance, str | None]]:
    return [(claim.answer, claim.stance, claim.speaker) for claim in answer.claims]


@pytest.mark.parametrize(
    ("question", "answer", "stance", "speaker"),
    [
        ("Who destroyed the Kerwan bridge?", "Valley Front", Stance.ACCUSED, "The governor"),
        ("Qui a attaqué le dépôt de Salvane ?", "Front du Nord", Stance.ACCUSED, "Le ministre de l'Intérieur"),
        ("Кто обстрелял рынок в Дарвике?", "бригаду «Сокол»", Stance.ACCUSED, "Власти"),
        ("چه کسی در ایستگاه قطار مهرآوا بمب گذاشت؟", "گروه پرچم سیاه", Stance.CLAIMED, "گروه پرچم سیاه"),
        ("من اغتال الصحفي سامر الهلالي؟", "جهاز الأمن الداخلي", Stance.ACCUSED, "عائلته"),
        ("Who killed the journalist Samer al-Hilali?", "جهاز الأمن الداخلي", Stance.ACCUSED, "عائلته"),
        ("Harkan karakoluna kim saldırdı?", "Dağ Birliği'ni", Stance.ACCUSED, "İçişleri Bakanlığı"),
        ("من قصف سوق عين الحجلة؟", "قوات الفرقة الرابعة", Stance.ACCUSED, "ناشطون محليون"),
        ("من خطف الطبيب ناصر الفاضل؟", "لعصابة زرقون", Stance.ACCUSED, "عائلته"),
        ("من أحرق مكتب منظمة بلسم؟", "محتجون", Stance.REPORTED, None),
    ],
)
def test_the_answer_says_whose_word_it_is(
    reports: rag.Reports, question: str, answer: str, stance: Stance, speaker: str | None
) -> None:
    assert told(reports.ask(question))[0] == (answer, stance, speaker)


@pytest.mark.parametrize(
    "question",
    ["Who destroyed the Kerwan bridge?", "Кто обстрелял рынок в Дарвике?", "Harkan karakoluna kim saldırdı?"],
)
def test_who_is_accused_is_shown_with_the_denial(reports: rag.Reports, question: str) -> None:
    answer = reports.ask(question)
    assert (answer.conflict, answer.claims[0].disputed) == (True, True)
    assert [citation.stance for citation in answer.citations] == [Stance.ACCUSED, Stance.DENIED]


def test_a_group_that_claims_it_stands_before_the_unknown(reports: rag.Reports) -> None:
    first, second = told(reports.ask("Wer überfiel den Konvoi bei Tarmin?"))
    assert "Rote Wölfe" in first[0].replace("Roten", "Rote")
    assert first[1] in (Stance.CLAIMED, Stance.ACCUSED)
    assert second == ("Unbekannte", Stance.REPORTED, None)


def test_yes_or_no_shows_the_accusation_and_the_denial(reports: rag.Reports) -> None:
    answer = reports.ask("Did the Valley Front destroy the Kerwan bridge?")
    assert {stance for _, stance, _ in told(answer)} == {Stance.ACCUSED, Stance.DENIED}
    assert answer.conflict


def test_the_dead_are_counted_without_the_hurt(reports: rag.Reports) -> None:
    answers = [claim.answer for claim in reports.ask("كم عدد قتلى قصف عين الحجلة؟").claims]
    assert answers[:2] == ["11 قتيلاً", "سبعة مدنيين"]
    assert not any("عشرون" in answer for answer in answers)


@pytest.mark.parametrize(
    "question",
    [
        "Who bombed the Kerwan hospital?",
        "Кто взорвал больницу Керван?",
        "من قصف مشفى رسفانة؟",
        "من خطف المهندس؟",
        "Who carried out the attack on the Lunara airport?",
    ],
)
def test_what_is_told_of_something_else_is_no_answer(reports: rag.Reports, question: str) -> None:
    assert reports.ask(question).abstained


def test_every_quote_is_the_reports_own_words(reports: rag.Reports) -> None:
    for question in ("Who destroyed the Kerwan bridge?", "من خطف الطبيب ناصر الفاضل؟"):
        for citation in reports.ask(question).citations:
            text = reports.document(citation.doc_id).text
            assert text[citation.start : citation.end] == citation.quote
            assert citation.speaker is None or text[citation.speaker_start : citation.speaker_end] == citation.speaker


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[rag.Reports]:
    """The reports that ship with the project."""
    with rag.create(tmp_path_factory.mktemp("samples") / "index") as made:
        made.add(Path(rag.__file__).parent / "samples" / "reports")
        yield made


def test_reports_in_four_languages_that_blame_the_same_movement_or_carry_its_denial_are_one_claim(
    samples: rag.Reports,
) -> None:
    answer = samples.ask("Who blew up the Rasvina railway bridge?")
    stances = {(citation.lang, citation.stance) for citation in answer.citations}
    assert stances >= {(lang, Stance.ACCUSED) for lang in ("en", "ru", "fa")} | {("ar", Stance.DENIED)}
    (claim,) = answer.claims
    assert (claim.answer, claim.independent_sources, claim.disputed) == ("Sundral Movement", 3, True)


def test_the_ministry_s_word_about_the_movement_s_gunmen_is_shown_with_its_denial(samples: rag.Reports) -> None:
    answer = samples.ask("من فجّر جسر راسفينا؟")
    (claim,) = answer.claims
    assert "سوندرال" in claim.answer and "الوزارة" in str(claim.speaker)
    assert claim.disputed and answer.conflict
    assert {citation.lang for citation in answer.citations} == {"ar", "en", "ru"}
