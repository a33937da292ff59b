import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.attribution import LANGUAGES, attribute
from rag.types import Attribution, Stance
from tests.rag.attribution.constructions import CONSTRUCTIONS
from tests.rag.attribution.sentences import ANSWERS, WHOLE
from tests.rag.attribution.spans import SPANS


def words(sentence: str, found: Attribution) -> tuple[str, str | None]:
    """The stance and the speaker's very words."""
    return str(found.stance), sentence[slice(*found.speaker)] if found.speaker else None


@pytest.mark.parametrize(
    ("lang", "sentence", "stance", "speaker"), [(lang, *case) for lang, cases in WHOLE.items() for case in cases]
)
def test_reads_a_whole_sentence(lang: str, sentence: str, stance: str, speaker: str | None) -> None:
    assert words(sentence, attribute(sentence, lang)) == (stance, speaker)


@pytest.mark.parametrize(
    ("lang", "sentence", "answer", "stance", "speaker"),
    [(lang, *case) for table in (ANSWERS, SPANS, CONSTRUCTIONS) for lang, cases in table.items() for case in cases],
)
def test_reads_the_clause_of_an_answer(lang: str, sentence: str, answer: str, stance: str, speaker: str | None) -> None:
    start = sentence.index(answer) if answer != "it" else sentence.rindex(answer)
    assert words(sentence, attribute(sentence, lang, (start, start + len(answer)))) == (stance, speaker)


def test_every_language_has_every_stance_and_twelve_sentences() -> None:
    assert set(WHOLE) == set(LANGUAGES) == set(ANSWERS)
    for cases in WHOLE.values():
        assert len(cases) >= 12
        assert {stance for _, stance, _ in cases} == {str(stance) for stance in Stance}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_accusation_is_never_a_plain_report(lang: str) -> None:
    for sentence, stance, _ in WHOLE[lang]:
        if stance in ("accused", "suspected"):
            ends = range(1, len(sentence) + 1)
            stances = {attribute(sentence, lang, (end - 1, end)).stance for end in ends if sentence[end - 1].isalnum()}
            assert Stance.REPORTED not in stances, sentence


def test_every_language_has_twelve_answers_with_all_stances() -> None:
    assert set(SPANS) == set(LANGUAGES)
    for cases in SPANS.values():
        assert len(cases) >= 12
        assert {stance for _, _, stance, _ in cases} == {str(stance) for stance in Stance}


def test_decomposed_and_precomposed_spellings_read_alike() -> None:
    sentence = "Le ministe\u0300re a de\u0301menti l'attaque."
    found = attribute(sentence, "fr")
    assert words(sentence, found) == ("denied", "Le ministe\u0300re")


@pytest.mark.parametrize(
    ("lang", "sentence", "stance"),
    [
        ("und", "The ELN claimed responsibility for the attack.", "claimed"),
        ("und", "Die Brigade wies die Vorwürfe zurück.", "denied"),
        ("ckb", "اتهم الجيش اللواء بقصف القرية.", "accused"),
        ("und", "گروه داعش مسئولیت چند حمله را بر عهده گرفت.", "claimed"),
        ("uk", "Предположительно, нападение совершили боевики.", "suspected"),
        ("hi", "सेना ने हमला किया।", "reported"),
        ("EN-gb", "The army accused the Brigade.", "accused"),
    ],
)
def test_an_unknown_language_is_read_by_its_script(lang: str, sentence: str, stance: str) -> None:
    assert attribute(sentence, lang).stance == stance


def test_a_text_without_sentences_is_read_near_the_answer() -> None:
    text = "اتهم حمل قال " * 3000 + "the army denied it " * 200
    start = text.index("it")
    found = attribute(text, "en", (start, start + 2))
    assert words(text, found) == ("denied", "the army")


@pytest.mark.parametrize("answer", [(3, 3), (-1, 2), (0, 99)])
def test_an_answer_outside_the_sentence_is_refused(answer: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="not within the sentence"):
        attribute("The army fled.", "en", answer)


PIECES = [sentence for cases in WHOLE.values() for sentence, _, _ in cases]


@settings(max_examples=200, deadline=None)
@given(
    sentence=st.one_of(
        st.text(max_size=120),
        st.lists(st.sampled_from([w for s in PIECES for w in s.split()]) | st.text(max_size=3), max_size=30).map(
            " ".join
        ),
    ),
    lang=st.sampled_from([*LANGUAGES, "und"]),
    data=st.data(),
)
def test_speakers_are_words_of_the_sentence(sentence: str, lang: str, data: st.DataObject) -> None:
    answer = None
    if sentence and data.draw(st.booleans()):
        start = data.draw(st.integers(0, len(sentence) - 1))
        answer = (start, data.draw(st.integers(start + 1, len(sentence))))
    found = attribute(sentence, lang, answer)
    if found.speaker is not None:
        start, end = found.speaker
        assert 0 <= start < end <= len(sentence)
        assert any(c.isalpha() for c in sentence[start:end])
