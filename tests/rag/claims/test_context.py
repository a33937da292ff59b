import pytest

from index.types import Document
from rag.claims.citing import cite_answer
from rag.claims.context import attribute_in, sentence_around
from rag.types import Stance
from tests.rag.samples import BRIDGE, found


@pytest.mark.parametrize(
    ("lang", "text", "answer", "stance", "speaker"),
    [
        ("ar", "وقالت مصادر محلية:\nكتائب زرفان فجرت الجسر فجر الجمعة.", "كتائب زرفان", "reported", "مصادر محلية"),
        ("ar", "اتهم الجيش اللواء بتفجير الجسر؛ وأن كتائب زرفان ساعدته في ذلك.", "كتائب زرفان", "accused", "الجيش"),
        ("ar", "اتهم الجيش اللواء بتفجير الجسر؛ ثم وصلت كتائب زرفان إلى المدينة.", "كتائب زرفان", "reported", None),
        ("en", "The army said:\nThe Falcons blew up the bridge at dawn.", "The Falcons", "reported", "The army"),
        ("en", "The army accused the Brigade. The Falcons watched.", "The Falcons", "reported", None),
        (
            "en",
            "Trains stopped. Police blamed the Falcons for the blast. Repairs go on.",
            "the Falcons",
            "accused",
            "Police",
        ),
    ],
)
def test_the_sentence_before_is_read_where_a_verb_hangs_over(
    lang: str, text: str, answer: str, stance: str, speaker: str | None
) -> None:
    document = Document("one.txt", text, lang=lang)
    start = text.index(answer)
    attribution = attribute_in(document, start, start + len(answer))
    words = text[slice(*attribution.speaker)] if attribution.speaker else None
    assert (str(attribution.stance), words) == (stance, speaker)


def test_a_sentence_without_its_dateline() -> None:
    start = BRIDGE.text.index("Northern Brigade")
    first, last = sentence_around(BRIDGE, start, start + 8)
    assert BRIDGE.text[first:last] == "The Northern Brigade blew up the railway bridge on Thursday."


def test_a_citation_says_who_says_so_and_where() -> None:
    text = "Trains stopped. Police blamed the Falcons for the blast."
    document = Document("one.txt", text, lang="en")
    start = text.index("the Falcons")
    citation = cite_answer(found(document), start, start + 11, 3)
    assert (citation.number, citation.quote, citation.stance) == (3, "the Falcons", Stance.ACCUSED)
    assert (citation.speaker, citation.speaker_start, citation.speaker_end) == ("Police", 16, 22)
    assert (citation.sentence_start, citation.sentence_end) == (16, len(text))


@pytest.mark.parametrize(
    ("lang", "text", "answer", "stance", "speaker"),
    [
        (
            "en",
            "The Zarfan Front [ZF] reported that ZF fighters burned the mill.",
            "ZF fighters",
            "claimed",
            "The Zarfan Front [ZF]",
        ),
        (
            "en",
            "The Zarfan Front denied that Zarfan Front fighters burned the mill.",
            "Zarfan Front fighters",
            "denied",
            "The Zarfan Front",
        ),
        ("en", "The Zarfan Front reported that the army burned the mill.", "the army", "reported", "The Zarfan Front"),
        ("en", "Local sources said that other sources burned the mill.", "other sources", "reported", "Local sources"),
        (
            "es",
            "El Frente Zarfan informó que combatientes del Frente Zarfan quemaron el molino.",
            "Frente Zarfan",
            "claimed",
            "El Frente Zarfan",
        ),
    ],
)
def test_who_speaks_of_itself_claims_it(lang: str, text: str, answer: str, stance: str, speaker: str) -> None:
    document = Document("one.txt", text, lang=lang)
    start = text.rindex(answer)
    told = attribute_in(document, start, start + len(answer))
    assert told.speaker is not None
    assert (str(told.stance), text[slice(*told.speaker)]) == (stance, speaker)
