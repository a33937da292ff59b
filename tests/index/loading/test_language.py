"""Languages."""

import pytest

from index.loading import detect_language
from index.loading.language import contradicts, normalise_language


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("قتل شخصان في هجوم على المدينة يوم الجمعة", "ar"),
        ("دولت ایران روز جمعه اعلام کرد که حمله به شهر تهران انجام شده است", "fa"),
        ("وزیر اعظم نے جمعہ کو کہا کہ شہر پر حملے میں دو افراد ہلاک ہوئے ہیں", "ur"),
        ("حکوومەتی هەرێمی کوردستان ڕایگەیاند کە هێرشێک کرایە سەر شارەکە", "ku"),
        ("Cumhurbaşkanı saldırıda iki kişinin hayatını kaybettiğini açıkladı", "tr"),
        ("Azərbaycan Prezidenti bildirib ki, hücum nəticəsində iki nəfər həlak olub", "az"),
        ("Министр заявил, что в результате нападения погибли два человека", "ru"),
        ("Прем'єр-міністр заявив, що внаслідок нападу загинули дві людини", "uk"),
        ("Министърът заяви, че при нападението са загинали двама души в столицата", "bg"),
        ("हमले में दो लोगों की मौत हो गई और कई घायल हुए", "hi"),
        ("两人在星期五的袭击中丧生", "zh"),
        ("Who carried out the attack on the bridge?", "en"),
        ("who did it?", "und"),
        ("12:30 — 14/3/2024", "und"),
    ],
)
def test_detection(text: str, lang: str) -> None:
    assert detect_language(text) == lang


def test_among() -> None:
    assert detect_language("من نفذ الهجوم؟", ["ar", "en"]) == "ar"
    assert detect_language("who did it?", ["ar", "en"]) == "en"
    assert detect_language("who did it?", ["ar"]) == "und"
    assert detect_language("من نفذ الهجوم؟", ["ar"]) == "ar"
    assert detect_language("who did it?", []) == "und"


@pytest.mark.parametrize(
    ("declared", "code"),
    [
        ("ar-SY", "ar"),
        ("AR", "ar"),
        ("Arabic", "ar"),
        ("ara", "ar"),
        ("en_US", "en"),
        ("no", "nb"),
        ("??", ""),
        ("", ""),
    ],
)
def test_normalise(declared: str, code: str) -> None:
    assert normalise_language(declared) == code


def test_contradicts() -> None:
    assert contradicts("ru", "Two bridges were destroyed")
    assert not contradicts("fr", "Two bridges were destroyed")
    assert not contradicts("sr", "Two bridges were destroyed")
