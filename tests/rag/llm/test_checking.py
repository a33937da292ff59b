"""The check of every sentence: what is let through, and what is not."""

import pytest

from index.types import Document, ScoredPassage
from rag.llm.checking import check_sentence
from rag.llm.protocol import CheckedSentence
from rag.llm.sentences import cited_sentences
from rag.reading.protocol import Reading
from tests.rag.samples import ALL, BRIDGE, HARVEST, WHO_BRIDGE, WHO_MARKET, found

PASSAGES = [found(document) for document in ALL]  # 1 bridge, 2 denial, 3 copy, 4 market (Arabic), 5 harvest


def check(
    text: str, lang: str = "en", question: str = WHO_BRIDGE, passages: list[ScoredPassage] | None = None
) -> CheckedSentence:
    """The one sentence of a text."""
    (sentence,) = cited_sentences(text, lang)
    return check_sentence(sentence, lang, question, passages or PASSAGES)


def quotes(checked: CheckedSentence) -> list[str]:
    """The words it rests on."""
    return [PASSAGES[quote.passage - 1].document.text[quote.start : quote.end] for quote in checked.quotes]


@pytest.mark.parametrize(
    ("text", "rests_on"),
    [
        (
            "The Northern Brigade blew up the railway bridge on Thursday [1][3].",
            [
                "TOLNARA, March 14, 2024 (LNA) - The Northern Brigade blew up the railway bridge on Thursday.",
                "The Northern Brigade blew up the railway bridge on Thursday.",
            ],
        ),
        ("Smugglers blew up the bridge [2].", ["Smugglers blew up the railway bridge on Thursday."]),
        ("Engineers said repairs will take 2 months [1].", ["Engineers said that repairs will take two months."]),
        (
            "According to the Larzania News Agency, repairs will take two months [1].",
            ["Engineers said that repairs will take two months."],
        ),
        (
            "On 14 March 2024, the railway bridge was blown up by the Northern Brigade [1].",
            ["TOLNARA, March 14, 2024 (LNA) - The Northern Brigade blew up the railway bridge on Thursday."],
        ),
        (
            "The Northern Brigade said that it has no men near the river [2].",
            ["The Northern Brigade said it has no men near the river."],
        ),
        (
            "The Northern Brigade destroyed the railway bridge [1].",  # "destroyed" is in the title
            ["TOLNARA, March 14, 2024 (LNA) - The Northern Brigade blew up the railway bridge on Thursday."],
        ),
    ],
)
def test_what_the_passage_says_is_supported(text: str, rests_on: list[str]) -> None:
    checked = check(text)
    assert checked.supported, checked.reason
    assert checked.reason is None
    assert quotes(checked) == rests_on


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("The Northern Brigade blew up the railway bridge.", "it cites no passage"),
        ("The Northern Brigade blew up the railway bridge [9].", "it cites [9], and there is no such passage"),
        ("The Northern Brigade blew up the railway bridge [0].", "it cites [0], and there is no such passage"),
        ("The Northern Brigade blew up the railway bridge [1][9].", "it cites [9], and there is no such passage"),
        ("The Northern Brigade blew up the railway bridge [5].", "[5]: the passage does not say so"),
        ("The Northern Brigade blew up the railway bridge [1][5].", "[5]: the passage does not say so"),
        ("The Southern Brigade blew up the railway bridge [1].", "[1]: “Southern” is not said there"),
        ("Smugglers blew up the railway bridge [1].", "[1]: “Smugglers” is not said there"),
        ("The railway bridge was blown up by General Tarsk [1].", "[1]: “General” is not said there"),
        ("Repairs will take three months [1].", "[1]: “three” is not said there"),
        ("Repairs will take 12 months [1].", "[1]: “12” is not said there"),
        ("The Northern Brigade blew up the railway bridge in 2023 [1].", "[1]: “2023” is not said there"),
        ("It was so [1].", "it says nothing that could be checked"),
        ("Smugglers did not blow up the railway bridge [2].", "[2]: it denies what the passage says"),
    ],
)
def test_what_it_does_not_say_is_not(text: str, reason: str) -> None:
    checked = check(text)
    assert not checked.supported
    assert checked.quotes == ()
    assert checked.reason == reason


ACCUSED = Document("a", "The army accused the Northern Brigade of killing two farmers in Rasvina.", lang="en")
SUSPECTED = Document("s", "The Northern Brigade is suspected of killing two farmers in Rasvina.", lang="en")
CLAIMED = Document("c", "The Northern Brigade claimed responsibility for killing two farmers in Rasvina.", lang="en")
DENIED = Document("d", "The Northern Brigade denied killing two farmers in Rasvina.", lang="en")
TOLD = Document("t", "The Northern Brigade killed two farmers in Rasvina.", lang="en")


@pytest.mark.parametrize("document", [ACCUSED, SUSPECTED, CLAIMED, DENIED])
def test_a_stance_is_not_strengthened(document: Document) -> None:
    checked = check("The Northern Brigade killed two farmers in Rasvina [1].", passages=[found(document)])
    assert not checked.supported
    assert checked.reason is not None
    assert checked.reason.startswith("[1]: it states as a fact what the passage gives as ")


def test_a_fact_stays_one() -> None:
    assert check("The Northern Brigade killed two farmers in Rasvina [1].", passages=[found(TOLD)]).supported


@pytest.mark.parametrize(
    ("document", "text"),
    [
        (ACCUSED, "The army accused the Northern Brigade of killing two farmers [1]."),
        (ACCUSED, "The Northern Brigade is accused of killing two farmers in Rasvina [1]."),
        (ACCUSED, "According to the army, the Northern Brigade killed two farmers [1]."),
        (SUSPECTED, "The Northern Brigade is suspected of killing two farmers [1]."),
        (CLAIMED, "The Northern Brigade claimed responsibility for killing two farmers [1]."),
        (DENIED, "The Northern Brigade denied killing two farmers [1]."),
    ],
)
def test_a_stance_kept_is_supported(document: Document, text: str) -> None:
    checked = check(text, passages=[found(document)])
    assert checked.supported, checked.reason


@pytest.mark.parametrize(
    ("document", "text"),
    [
        (SUSPECTED, "The Northern Brigade is accused of killing two farmers [1]."),
        (DENIED, "The Northern Brigade is accused of killing two farmers [1]."),
        (DENIED, "According to the Northern Brigade, it killed two farmers [1]."),
        (ACCUSED, "The Northern Brigade accused the army of killing two farmers [1]."),
        (ACCUSED, "The Northern Brigade claimed responsibility for killing two farmers [1]."),
        (ACCUSED, "The Northern Brigade denied killing two farmers [1]."),
        (TOLD, "The Northern Brigade denied killing two farmers [1]."),
    ],
)
def test_another_stance_or_speaker_is_not(document: Document, text: str) -> None:
    checked = check(text, passages=[found(document)])
    assert not checked.supported


def test_one_weak_citation_beside_a_strong_one_fails_the_sentence() -> None:
    text = "The Northern Brigade killed two farmers in Rasvina [1][2]."
    checked = check(text, passages=[found(TOLD), found(ACCUSED)])
    assert checked.reason == "[2]: it states as a fact what the passage gives as an accusation"


@pytest.mark.parametrize(
    ("document", "text", "lang"),
    [
        (Document("1", "Rebels did not enter Rasvina on Friday.", lang="en"), "Rebels entered Rasvina [1].", "en"),
        (Document("2", "لم يدخل المتمردون راسفينا يوم الجمعة.", lang="ar"), "دخل المتمردون راسفينا [1].", "ar"),
        (Document("3", "Повстанцы не вошли в Расвину.", lang="ru"), "Повстанцы вошли в Расвину [1].", "ru"),
        (
            Document("4", "Die Rebellen haben Rasvina nicht erobert.", lang="de"),
            "Die Rebellen haben Rasvina erobert [1].",
            "de",
        ),
    ],
)
def test_a_not_is_not_left_out(document: Document, text: str, lang: str) -> None:
    checked = check(text, lang, "?", [found(document)])
    assert checked.reason == "[1]: it leaves out a “not” of the passage"


@pytest.mark.parametrize(
    "text", ["The Northern Brigade [1].", "It was the Northern Brigade [1].", "Northern Brigade.[1]"]
)
def test_a_bare_name_answers_with_the_questions_words(text: str) -> None:
    assert check(text).supported
    told = Document("o", "The Northern Brigade was founded in Rasvina. Bandits blew up the railway bridge.", lang="en")
    checked = check(text, passages=[found(told)])
    assert checked.reason == "[1]: the passage does not say that of it"
    blamed = Document("b", "The army accused the Northern Brigade of blowing up the railway bridge.", lang="en")
    checked = check(text, passages=[found(blamed)])
    assert checked.reason == "[1]: it states as a fact what the passage gives as an accusation"


def test_a_bare_name_in_arabic() -> None:
    assert "accusation" in (check("لواء الصقور [4].", "ar", WHO_MARKET).reason or "")
    other = Document("o", "تأسس لواء الصقور في تولنارا. انفجرت سيارة في سوق ناردوم.", lang="ar")
    assert not check("لواء الصقور [1].", "ar", WHO_MARKET, [found(other)]).supported


def test_a_general_word_covers_a_particular_one_and_not_the_other_way_round() -> None:
    blast = Document("x", "A bomb planted by the Northern Brigade exploded in Rasvina.", lang="en")
    asked = "Who carried out the attack in Rasvina?"
    assert check(
        "A bomb attack in Rasvina was planted by the Northern Brigade [1].", "en", asked, [found(blast)]
    ).supported
    raid = Document("y", "The Northern Brigade carried out an attack in Rasvina.", lang="en")
    assert not check("The Northern Brigade bombed Rasvina [1].", "en", asked, [found(raid)]).supported


MIXED = Document("m", "The Northern Brigade left Rasvina. Bandits killed two farmers. Rain fell.", lang="en")


def test_two_facts_are_not_made_into_one() -> None:
    checked = check("The Northern Brigade killed two farmers [1].", passages=[found(MIXED)])
    assert not checked.supported


@pytest.mark.parametrize(
    ("text", "supported"),
    [
        ("اتهمت وزارة الداخلية لواء الصقور بتنفيذ تفجير سوق ناردوم [٤].", True),
        ("لواء الصقور متهم بتنفيذ تفجير السوق [4].", True),
        ("انفجرت سيارة مفخخة صباح الجمعة في سوق ناردوم [4].", True),
        ("نفذ لواء الصقور تفجير سوق ناردوم [4].", False),
        ("اتهمت وزارة الداخلية لواء الشمال بتنفيذ تفجير سوق ناردوم [4].", False),
        ("اتهم لواء الصقور وزارة الداخلية بتنفيذ تفجير سوق ناردوم [4].", False),
        ("لم تنفجر سيارة مفخخة في سوق ناردوم [4].", False),
        ("اتهمت وزارة الدفاع لواء الصقور بتنفيذ تفجير سوق ناردوم [4].", False),
        ("قتل ثلاثة أشخاص في تفجير سوق ناردوم [4].", False),
    ],
)
def test_arabic(text: str, supported: bool) -> None:
    assert check(text, "ar", WHO_MARKET).supported is supported


@pytest.mark.parametrize(
    ("text", "lang", "supported"),
    [
        ("A car bomb exploded in the Nardum market on Friday morning [4].", "en", True),
        ("The Interior Ministry accused a brigade of the Nardum market bombing [4].", "en", True),
        ("A brigade bombed the Nardum market [4].", "en", False),
        ("A car bomb exploded in the Nardum market on Monday morning [4].", "en", False),
        ("A car bomb exploded in the Tolnara market on Friday morning [4].", "en", False),
        ("Three car bombs exploded in the Nardum market on Friday [4].", "en", False),
        ("Farmers are on strike in the valley over wages and taxes [4].", "en", False),
        ("İçişleri Bakanlığı, Nardum pazarındaki saldırıdan bir tugayı suçladı [4].", "tr", True),
        ("فجر لواء الشمال جسر السكة الحديد يوم الخميس [3].", "ar", False),
    ],
)
def test_between_languages(text: str, lang: str, supported: bool) -> None:
    checked = check(text, lang, "?")
    assert checked.supported is supported, checked.reason


class FindsAll:
    """A reader that is sure of every passage."""

    name = "sure"
    threshold = 0.5

    def __init__(self, confidence: float) -> None:
        self.confidence = confidence
        self.asked: list[str] = []

    def read(self, question: str, passages: object) -> list[Reading]:
        self.asked.append(question)
        return [Reading(PASSAGES[3], 0, 10, self.confidence)]


@pytest.mark.parametrize(("confidence", "supported"), [(0.9, True), (0.4, False)])
def test_the_reader_helps_between_languages(confidence: float, supported: bool) -> None:
    (sentence,) = cited_sentences("A vehicle stuffed with dynamite went off in the Nardum bazaar on Friday [4].", "en")
    assert not check_sentence(sentence, "en", "?", PASSAGES).supported
    reader = FindsAll(confidence)
    assert check_sentence(sentence, "en", "?", PASSAGES, reader).supported is supported
    assert reader.asked == [sentence.text]


def test_the_reader_overrules_no_number_or_name() -> None:
    for text in ("Nine cars exploded in the Nardum market [4].", "A car exploded in the Tolnara market [4]."):
        (sentence,) = cited_sentences(text, "en")
        assert not check_sentence(sentence, "en", "?", PASSAGES, FindsAll(0.99)).supported


def test_every_quote_is_the_reports_own_words() -> None:
    passage = found(BRIDGE, span=(32, 92))
    (sentence,) = cited_sentences("The Northern Brigade blew up the railway bridge [2].", "en")
    checked = check_sentence(sentence, "en", WHO_BRIDGE, [found(HARVEST), passage])
    (quote,) = checked.quotes
    assert (quote.passage, quote.start, quote.end) == (2, 32, 92)
    assert BRIDGE.text[quote.start : quote.end] == passage.passage.text


@pytest.mark.parametrize(
    ("document", "lang", "text", "supported"),
    [
        (Document("1", "Армия обвинила Северную бригаду в убийстве двух фермеров.", lang="ru"), "ru",
         "Армия обвинила Северную бригаду в убийстве двух фермеров [1].", True),
        (Document("2", "Армия обвинила Северную бригаду в убийстве двух фермеров.", lang="ru"), "ru",
         "Северная бригада убила двух фермеров [1].", False),
        (Document("3", "L'armée a accusé la Brigade du Nord d'avoir tué deux paysans.", lang="fr"), "fr",
         "La Brigade du Nord a tué deux paysans [1].", False),
        (Document("4", "La Brigade du Nord a tué deux paysans.", lang="fr"), "fr",
         "La Brigade du Nord a tué deux paysans [1].", True),
        (Document("5", "Ordu, Kuzey Tugayı'nı iki çiftçiyi öldürmekle suçladı.", lang="tr"), "tr",
         "Kuzey Tugayı iki çiftçiyi öldürdü [1].", False),
        (Document("6", "El ejército acusó a la Brigada del Norte de matar a dos campesinos.", lang="es"), "es",
         "La Brigada del Norte mató a dos campesinos [1].", False),
        (Document("7", "Die Armee beschuldigte die Nordbrigade, zwei Bauern getötet zu haben.", lang="de"), "de",
         "Die Nordbrigade hat zwei Bauern getötet [1].", False),
        (Document("8", "Die Nordbrigade hat zwei Bauern getötet.", lang="de"), "de",
         "Die Nordbrigade hat zwei Bauern getötet [1].", True),
        (Document("9", "ارتش تیپ شمال را به کشتن دو کشاورز متهم کرد.", lang="fa"), "fa",
         "تیپ شمال دو کشاورز را کشت [1].", False),
    ],
)  # fmt: skip
def test_eight_languages(document: Document, lang: str, text: str, supported: bool) -> None:
    checked = check(text, lang, "?", [found(document)])
    assert checked.supported is supported, checked.reason
