"""Figures of the dead and of the hurt."""

import pytest

from rag.reading.spans.casualties import counts_others

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
        # The hurt are too far away to say what the figure counts.
        ("How many were killed?", "Of those injured on Monday none has left yet, and the toll is nine.", "nine", False),
    ],
)  # fmt: skip
def test_which_of_them_a_figure_counts(question: str, sentence: str, figure: str, others: bool) -> None:
    start = sentence.index(figure)
    assert counts_others(question, sentence, start, start + len(figure)) is others
