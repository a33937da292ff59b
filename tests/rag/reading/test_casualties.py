"""Figures of the dead and of the hurt."""

import pytest

from rag.reading.casualties import asked_for, counts_others, figures_of, may_count

BOTH = "At least 12 people were killed and 30 wounded when a bomb exploded in the market."


@pytest.mark.parametrize(
    ("question", "sentence", "figure", "others"),
    [
        ("How many people died?", BOTH, "12 people", False),
        ("How many people died?", BOTH, "30", True),
        ("How many people were injured?", BOTH, "30", False),
        ("How many people were injured?", BOTH, "12", True),
        ("How many people were killed or injured?", BOTH, "30", False),
        ("How many bombs exploded?", BOTH, "30", False),
        ("كم عدد قتلى القصف؟", "وأصيب عشرون شخصاً، فيما قُتل سبعة مدنيين.", "عشرون شخصاً", True),
        ("كم عدد قتلى القصف؟", "وأصيب عشرون شخصاً، فيما قُتل سبعة مدنيين.", "سبعة مدنيين", False),
        ("كم شخصاً قُتل؟", "ارتفع العدد إلى 11 قتيلاً بعد وفاة أربعة من الجرحى.", "11 قتيلاً", False),
        ("Kaç kişi öldü?", "Patlamada yedi kişi öldü, 23 kişi yaralandı.", "23 kişi", True),
        ("Сколько человек погибло?", "Погибли семь человек, ещё 23 ранены.", "23", True),
        ("Combien de morts ?", "L'explosion a fait sept morts et 23 blessés.", "23", True),
        ("¿Cuántos muertos hubo?", "Hubo siete muertos y 23 heridos.", "siete", False),
        ("Wie viele Menschen starben?", "Die 23 Verletzten wurden versorgt.", "23", True),
        ("چند نفر کشته شدند؟", "۷ نفر کشته و ۲۳ نفر زخمی شدند.", "۲۳ نفر", True),
        ("كم محتجاً قُتل؟", "وإن ١٧ شخصاً أوقفوا بتهمة الشغب.", "١٧ شخصاً", True),
        ("How many were killed?", "Four people were missing.", "Four people", True),
        ("How many were displaced?", "Some 3,000 people fled.", "3,000 people", False),
        # The hurt are too far away to say what the figure counts.
        ("How many were killed?", "Of those injured on Monday none has left yet, and the toll is nine.", "nine", False),
    ],
)  # fmt: skip
def test_which_of_them_a_figure_counts(question: str, sentence: str, figure: str, others: bool) -> None:
    start = sentence.index(figure)
    assert counts_others(question, sentence, start, start + len(figure)) is others


DEAD = "How many people were killed?"


@pytest.mark.parametrize(
    ("question", "sentence", "lang", "counted"),
    [
        (DEAD, "The bombing, which killed seven people and wounded 23, was 40 metres away.", "en", ["seven people"]),
        (DEAD, "The death toll from the explosion was revised down to eight on Saturday.", "en", ["eight"]),
        (DEAD, "Two of the dead were police; 45 per cent of those killed were children.", "en", []),
        (DEAD, "One person was killed at 10.40 am.", "en", ["One person"]),
        (DEAD, "A mortar killed a man; one of them died later.", "en", []),
        ("كم قتيلاً سقط؟", "وقُتل شخص واحد في المكان.", "ar", ["شخص واحد"]),
        (DEAD, "Twenty-three died and 1,200 people were injured.", "en", ["Twenty-three"]),
        ("How many were injured?", "Twenty-three died and 1,200 people were injured.", "en", ["1,200 people"]),
        ("How many tanks were destroyed?", "Twelve tanks were destroyed, and two people were killed.", "en", []),
        ("كم قتيلاً سقط؟", "قُتل ستة أشخاص وأصيب ١٩ آخرون بجروح.", "ar", ["ستة أشخاص"]),
        ("كم عدد الجرحى؟", "قُتل ستة أشخاص وأصيب ١٩ آخرون بجروح.", "ar", ["١٩ آخرون"]),
        ("كم قتيلاً سقط؟", "وأكدت الطبيبة مقتل شخصين وإصابة خمسة وعشرين آخرين.", "ar", ["شخصين"]),
        ("كم عدد المصابين؟", "وأكدت الطبيبة مقتل شخصين وإصابة خمسة وعشرين آخرين.", "ar", ["خمسة وعشرين آخرين"]),
        ("كم قتيلاً سقط؟", "وقالت الوزارة إن اثنين من القتلى شرطيان.", "ar", []),
        ("Kaç kişi öldü?", "Ölenlerin sayısı dokuza, yaralıların sayısı 46'ya yükseldi.", "tr", []),
        ("Kaç kişi öldü?", "Patlamada yedi kişi öldü, 23 kişi yaralandı.", "tr", ["yedi kişi"]),
        ("Сколько погибло?", "Число погибших составляет восемь человек, а не девять.", "ru", ["восемь человек"]),
        ("Combien de morts ?", "Le bilan passe à neuf morts.", "fr", ["neuf morts"]),
        ("¿Cuántos muertos hubo?", "Hubo siete muertos y 23 heridos.", "es", ["siete muertos"]),
        ("Wie viele Menschen starben?", "Acht Menschen starben, 23 wurden verletzt.", "de", ["Acht Menschen"]),
        ("چند نفر کشته شدند؟", "۷ نفر کشته و ۲۳ نفر زخمی شدند.", "fa", ["۷ نفر"]),
        (DEAD, "四名平民死亡。", "zh", []),
    ],
)  # fmt: skip
def test_the_figures_that_count_whom_the_question_asks_for(
    question: str, sentence: str, lang: str, counted: list[str]
) -> None:
    assert [sentence[slice(*span)] for span in figures_of(question, sentence, lang)] == counted


@pytest.mark.parametrize(
    ("question", "sentence", "counts"),
    [
        (DEAD, "The toll of those killed has not changed since Monday's 12.", True),
        (DEAD, "Police arrested 17 people.", False),
        (DEAD, "Many were killed.", False),
        ("How many tanks were destroyed?", "Twelve tanks were destroyed.", True),
        ("How many tanks were destroyed?", "Tanks were destroyed.", False),
    ],
)
def test_a_sentence_without_a_figure_or_of_others_cannot_say_how_many(
    question: str, sentence: str, counts: bool
) -> None:
    assert may_count(question, sentence, "en") is counts


def test_to_stop_something_is_not_to_hold_somebody() -> None:
    assert asked_for("كم تبلغ المكافأة مقابل معلومات توقف تجارة النفط؟") is None
    assert asked_for("كم شخصاً أوقفت الشرطة؟") == asked_for("كم عدد المعتقلين؟") == "held"
