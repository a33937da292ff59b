import pytest

from eval.measures.normalise import mlqa_tokens, squad_tokens


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("The U.S. Army!", ["us", "army"]),  # "the" is an article; full stops and ! are taken out without a space
        ("An  attack on\tA bridge", ["attack", "on", "bridge"]),
        ("theatre", ["theatre"]),  # an article is a whole word
        ("army’s", ["army’s"]),  # ’ is not ASCII
        ("الجيش، السوري؟", ["الجيش،", "السوري؟"]),  # Arabic article and punctuation stay
        ("der Hund", ["der", "hund"]),
        ("人民解放军", ["人民解放军"]),
        ("the", []),
    ],
)
def test_squad_knows_english_only(text: str, tokens: list[str]) -> None:
    assert squad_tokens(text) == tokens


@pytest.mark.parametrize(
    ("lang", "text", "tokens"),
    [
        ("en", "The army’s «base»", ["armys", "base"]),  # punctuation of all scripts
        ("en", "$5 + 3", ["5", "3"]),  # symbols that ASCII counts as punctuation
        ("en", "5 €", ["5", "€"]),  # and those it does not: category Sc
        ("ar", "الجيش، السوري؟", ["جيش", "سوري"]),
        ("ar", "والجيش", ["و", "جيش"]),  # the two letters go wherever they stand, and leave a space
        ("ar", "العالم", ["ع", "م"]),
        ("ar", "جَيش", ["جَيش"]),  # diacritics stay
        ("de", "Der Hund und die Katze eines Mannes", ["hund", "und", "katze", "mannes"]),
        ("es", "La policía de los Andes", ["policía", "de", "andes"]),
        ("vi", "của quân đội", ["quân", "đội"]),
        ("hi", "भारतीय सेना।", ["भारतीय", "सेना"]),
        ("zh", "NATO军队，1990年。", ["nato", "军", "队", "1990", "年"]),
        ("th", "กองทัพ 1990", ["ก", "อ", "ง", "ทั", "พ", "1990"]),  # ั stays with ท
        ("ja", "軍のサーバーNATO", ["軍", "の", "サ", "ー", "バ", "ー", "nato"]),
        ("km", "ទ័ព", ["ទ័", "ព"]),
        ("fr", "La police", ["la", "police"]),  # not one of MLQA's languages: no articles
        ("und", "The army.", ["the", "army"]),
    ],
)
def test_mlqa_has_rules_for_each_language(lang: str, text: str, tokens: list[str]) -> None:
    assert mlqa_tokens(text, lang) == tokens
