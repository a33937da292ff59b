"""Which language a text is in: declared codes made uniform, the rest detected offline."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lingua import LanguageDetector

NEWS_LANGUAGES = tuple(
    "ar az be bg bn ca cs da de el en es et fa fi fr he hi hr hu hy id it ja ka ko lt lv mk ms nb nl pl pt ro ru sk"
    " sl so sq sr sv sw th tr uk ur vi zh".split()
)
"""ISO 639-1 codes that are told apart; ``ku`` and ``ps`` are told by their letters."""

_MIN_LETTERS = 20
_MIN_LETTERS_AMONG = 3
_SHORT = 120
_SAMPLE = 1_000

_NAMES = {
    "ar": "ara arabic العربية عربي arabe árabe arabisch",
    "az": "aze azerbaijani",
    "bg": "bul bulgarian",
    "bn": "ben bengali",
    "cs": "ces cze czech",
    "da": "dan danish",
    "de": "deu ger german deutsch",
    "el": "ell gre greek",
    "en": "eng english الإنجليزية",
    "es": "spa spanish español castellano",
    "fa": "fas per persian farsi فارسی الفارسية",
    "fi": "fin finnish",
    "fr": "fra fre french français الفرنسية",
    "he": "heb hebrew iw",
    "hi": "hin hindi",
    "hu": "hun hungarian",
    "id": "ind indonesian in",
    "it": "ita italian italiano",
    "ja": "jpn japanese",
    "ko": "kor korean",
    "ku": "kur kurdish ckb kmr كوردی",
    "nb": "no nor nob norwegian nn nno",
    "nl": "nld dut dutch",
    "pl": "pol polish",
    "ps": "pus pashto",
    "pt": "por portuguese português",
    "ro": "ron rum romanian",
    "ru": "rus russian русский",
    "sr": "srp serbian",
    "sv": "swe swedish",
    "sw": "swa swahili",
    "th": "tha thai",
    "tr": "tur turkish türkçe",
    "uk": "ukr ukrainian",
    "ur": "urd urdu",
    "vi": "vie vietnamese",
    "zh": "zho chi cmn chinese",
}
_CODES = {name: code for code, names in _NAMES.items() for name in names.split()}
_CODE = re.compile(r"[a-z]{2}")

_SCRIPTS = {
    "Arabic": re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]"),
    "Cyrillic": re.compile("[\u0400-\u04ff]"),
    "Latin": re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]"),
    "Hebrew": re.compile("[\u0590-\u05ff]"),
    "Greek": re.compile("[\u0370-\u03ff]"),
}
_SCRIPT_OF = {
    **dict.fromkeys("ar fa ur ps".split(), "Arabic"),
    **dict.fromkeys("be bg mk ru uk".split(), "Cyrillic"),
    **dict.fromkeys(
        "ca cs da de en es et fi fr hr hu id it lt lv ms nb nl pl pt ro sk sl so sq sv sw tr vi".split(), "Latin"
    ),
    "he": "Hebrew",
    "el": "Greek",
}
# Letters that only these languages of the Arabic script write; lingua knows neither.
_OWN_LETTERS = {"ku": "ێۆڵڕە", "ps": "ټډړږښځڅڼېۍ"}
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def normalise_language(code: str) -> str:
    """Make a declared language an ISO 639-1 code.

    Args:
        code: A code of two or three letters, with or without region, or a language's name.

    Returns:
        The code of two letters, or "" where it is not understood.

    >>> normalise_language("ar-SY"), normalise_language("Arabic"), normalise_language("ara")
    ('ar', 'ar', 'ar')
    """
    name = code.strip().casefold()
    base = re.split(r"[-_ ,;(]", name, maxsplit=1)[0]
    found = _CODES.get(name) or _CODES.get(base) or base
    return found if _CODE.fullmatch(found) else ""


def contradicts(lang: str, text: str) -> bool:
    """Tell whether a text is plainly not in a language: nearly all its letters are of another script.

    Args:
        lang: An ISO 639-1 code.
        text: The text.

    Returns:
        True where under a tenth of the first letters are of the language's script.

    >>> contradicts("en", "قتل شخصان في هجوم على المدينة"), contradicts("ar", "قتل شخصان في هجوم على المدينة")
    (True, False)
    """
    script = _SCRIPT_OF.get(lang)
    sample = text[:_SAMPLE]
    letters = _count_letters(sample)
    return (
        script is not None and letters >= _MIN_LETTERS_AMONG and len(_SCRIPTS[script].findall(sample)) < 0.1 * letters
    )


def detect_language(text: str, among: Sequence[str] | None = None) -> str:
    """Tell the language of a text or a question, offline.

    Args:
        text: The text; its first 1,000 characters decide.
        among: ISO 639-1 codes to choose from (an index's languages, for a question); None for all news languages.

    Returns:
        An ISO 639-1 code, or "und" where there are fewer than 20 letters (3 where ``among`` narrows the choice)
        or none fits.

    >>> detect_language("من نفذ الهجوم على المدينة يوم الجمعة؟")
    'ar'
    >>> detect_language("12:30")
    'und'
    """
    sample = text[:_SAMPLE]
    # A Chinese, Japanese or Korean character says about as much as three letters.
    letters = _count_letters(sample) + 2 * len(_CJK.findall(sample))
    if letters < (_MIN_LETTERS if among is None else _MIN_LETTERS_AMONG):
        return "und"
    choice = NEWS_LANGUAGES if among is None else tuple(sorted(set(among)))
    for code, own in _OWN_LETTERS.items():
        if (among is None or code in choice) and sum(sample.count(letter) for letter in own) > 0.03 * letters:
            return code
    known = tuple(code for code in choice if code in NEWS_LANGUAGES)
    if len(known) < 2:
        return known[0] if known and not contradicts(known[0], text) else "und"
    found = _detector(known, accurate=letters < _SHORT).detect_language_of(sample)
    return found.iso_code_639_1.name.lower() if found is not None else "und"


def _count_letters(text: str) -> int:
    """Letters and the vowel signs that belong to them (Hindi, Thai)."""
    return sum(unicodedata.category(char)[0] in "LM" for char in text)


@lru_cache(maxsize=8)
def _detector(codes: tuple[str, ...], *, accurate: bool) -> "LanguageDetector":
    """One detector per set of languages; lingua loads a language's model when a text first needs it.

    The accurate models take up to 900 MB once every script was met, the others 70 MB, and they differ only on
    short texts.
    """
    from lingua import IsoCode639_1, LanguageDetectorBuilder

    builder = LanguageDetectorBuilder.from_iso_codes_639_1(*(getattr(IsoCode639_1, code.upper()) for code in codes))
    return (builder if accurate else builder.with_low_accuracy_mode()).build()
