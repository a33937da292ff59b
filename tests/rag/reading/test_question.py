"""What questions ask for, in each language of the table."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.reading.asks_speaker import asks_for_speaker
from rag.reading.expected import Expected, expected_answer
from rag.reading.question import content_words, shares_language

PERSON, TIME, PLACE, NUMBER, OTHER = Expected
QUESTIONS = {
    "ar": {
        PERSON: "من نفذ الهجوم على السوق؟",
        TIME: "متى وقع الهجوم؟",
        PLACE: "أين وقع الانفجار؟",
        NUMBER: "كم عدد القتلى؟",
        OTHER: "لماذا انسحبت القوات؟",
    },
    "en": {
        PERSON: "Who carried out the attack?",
        TIME: "When did the attack happen?",
        PLACE: "Where did the bomb explode?",
        NUMBER: "How many people were killed?",
        OTHER: "Why did the troops withdraw?",
    },
    "tr": {
        PERSON: "Saldırıyı kim düzenledi?",
        TIME: "Saldırı ne zaman oldu?",
        PLACE: "Patlama nerede oldu?",
        NUMBER: "Saldırıda kaç kişi öldü?",
        OTHER: "Birlikler neden çekildi?",
    },
    "ru": {
        PERSON: "Кто совершил нападение?",
        TIME: "Когда произошло нападение?",
        PLACE: "Где произошёл взрыв?",
        NUMBER: "Сколько человек погибло?",
        OTHER: "Почему войска отступили?",
    },
    "fr": {
        PERSON: "Qui a mené l'attaque ?",
        TIME: "Quand l'attaque a-t-elle eu lieu ?",
        PLACE: "Où la bombe a-t-elle explosé ?",
        NUMBER: "Combien de personnes ont été tuées ?",
        OTHER: "Pourquoi les troupes se sont-elles retirées ?",
    },
    "fa": {
        PERSON: "چه کسی حمله را انجام داد؟",
        TIME: "حمله چه زمانی رخ داد؟",
        PLACE: "انفجار کجا رخ داد؟",
        NUMBER: "چند نفر کشته شدند؟",
        OTHER: "چرا نیروها عقب نشینی کردند؟",
    },
    "es": {
        PERSON: "¿Quién llevó a cabo el ataque?",
        TIME: "¿Cuándo ocurrió el ataque?",
        PLACE: "¿Dónde explotó la bomba?",
        NUMBER: "¿Cuántas personas murieron?",
        OTHER: "¿Por qué se retiraron las tropas?",
    },
    "de": {
        PERSON: "Wer hat den Angriff verübt?",
        TIME: "Wann war der Angriff?",
        PLACE: "Wo explodierte die Bombe?",
        NUMBER: "Wie viele Menschen starben?",
        OTHER: "Warum zogen sich die Truppen zurück?",
    },
}
CASES = [(lang, kind, question) for lang, kinds in QUESTIONS.items() for kind, question in kinds.items()]


@pytest.mark.parametrize(("lang", "kind", "question"), CASES)
def test_expected_answer(lang: str, kind: Expected, question: str) -> None:
    assert expected_answer(question) is kind


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("WHO CARRIED OUT THE ATTACK", PERSON),
        ("In what year did the war end?", TIME),
        ("How long did the siege last?", NUMBER),
        ("How did the siege end?", OTHER),
        ("By whom was the bridge blown up?", PERSON),
        ("What did the man who fled say?", OTHER),  # the first interrogative says
        ("من أين جاء المهاجمون؟", PLACE),  # the longest where several start
        ("مَن نفّذ الهجوم؟", PERSON),
        ("Bridge attack", OTHER),
        ("whose", PERSON),
        ("The WHOLE village", OTHER),  # only whole words ask
        ("؟؟", OTHER),
    ],
)
def test_the_first_and_longest_interrogative_says(question: str, kind: Expected) -> None:
    assert expected_answer(question) is kind


@pytest.mark.parametrize(("lang", "kind", "question"), CASES)
def test_a_question_shares_its_own_language(lang: str, kind: Expected, question: str) -> None:
    assert shares_language(question, lang)


@pytest.mark.parametrize(
    ("question", "lang", "shared"),
    [
        ("Who attacked the bridge?", "tr", False),
        ("Who attacked the bridge?", "ar", False),
        ("من نفذ الهجوم على الجسر؟", "en", False),
        ("Кто совершил нападение в городе?", "fr", False),
        ("Who attacked the bridge?", "sw", True),  # no words of Swahili are known: the script has to tell
        ("Nardum", "de", True),  # no function words at all
    ],
)
def test_another_language_is_told_by_its_function_words(question: str, lang: str, shared: bool) -> None:
    assert shares_language(question, lang) is shared


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Who carried out the attack in Raqqa?", "carried attack Raqqa"),
        ("من نفذ الهجوم على السوق؟", "نفذ الهجوم السوق"),
        ("Saldırıyı kim düzenledi?", "Saldırıyı düzenledi"),
        ("Who was it?", ""),
        ("", ""),
    ],
)
def test_content_words(question: str, words: str) -> None:
    assert content_words(question) == words


@given(st.text(max_size=60))
def test_content_words_are_words_of_the_question_in_order(question: str) -> None:
    rest = question
    for word in content_words(question).split(" ") if content_words(question) else []:
        assert word in rest
        rest = rest[rest.index(word) + len(word) :]
    assert expected_answer(question) in Expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("من يقول إن الشرطة بدأت إطلاق النار؟", True),
        ("من حمّل الجماعة مسؤولية الهجوم؟", True),
        ("من المتهم بالهجوم؟", False),
        ("من ضرب الجسر؟", False),
        ("Kim orduyu suçladı?", True),
        ("Кто обвинил армию в нападении?", True),
        ("Кто атаковал мост?", False),
        ("Wer beschuldigte die Armee?", True),
        ("¿Quién acusó al ejército?", True),
        ("Qui a accusé l'armée ?", True),
        ("چه کسی ارتش را متهم کرد؟", True),
        ("Who was blamed for the bombing?", False),
        ("Who claimed responsibility for the attack?", False),
        ("When did the minister accuse the army?", False),
    ],
)
def test_who_accuses_is_not_who_is_accused(question: str, expected: bool) -> None:
    assert asks_for_speaker(question) is expected
