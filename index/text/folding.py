"""Folding: the spelling differences that a reader does not mean when searching, taken out of a word."""

import unicodedata

import regex

_ARABIC_MARKS = regex.compile(r"[\u0610-\u061A\u064B-\u065F\u0670\u06D6-\u06ED\u0640]")  # diacritics and tatweel
_ARABIC_LETTERS = str.maketrans(
    {
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا",
        "ى": "ي", "ی": "ي", "ې": "ي", "ئ": "ي",
        "ؤ": "و", "ة": "ه", "ۀ": "ه", "ہ": "ه", "ھ": "ه",
        "ک": "ك", "گ": "ك",
    }
)  # fmt: skip
_LATIN_MARKS = regex.compile(r"(?<=[\p{Latin}\p{Greek}])\p{Mn}+")
_UNSEEN = regex.compile(r"[\u00AD\u200D\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]")
_DIGIT = regex.compile(r"[^\P{Nd}0-9]")


def fold_case(text: str) -> str:
    """Lower case for comparison, in composed form; the Turkish dotted capital loses its dot mark.

    Characters that are not seen are dropped: soft hyphens, joiners and marks of direction. The zero-width non-joiner
    stays: it parts words, as in Persian.

    Examples:
        >>> fold_case("İSTANBUL GROẞ")
        'istanbul gross'
    """
    seen = _UNSEEN.sub("", text)
    return unicodedata.normalize("NFC", seen.casefold().replace("i\u0307", "i"))


def fold_digits(text: str) -> str:
    """Decimal digits of any script as ASCII digits.

    Examples:
        >>> fold_digits("٢٠٢٤ ۱۴")
        '2024 14'
    """
    # A digit that is newer than Python's own tables stays as it is.
    return _DIGIT.sub(lambda match: str(unicodedata.decimal(match.group(), match.group())), text)


def fold_arabic(text: str) -> str:
    """Arabic script without diacritics and tatweel, one form of alef, ya, kaf and ha.

    Ta marbuta becomes ha; Persian and Urdu letter forms become the Arabic ones.

    Examples:
        >>> fold_arabic("قُتِلَ أحمـــد في مدرسةٍ")
        'قتل احمد في مدرسه'
    """
    return _ARABIC_MARKS.sub("", text).translate(_ARABIC_LETTERS)


def fold_latin(text: str) -> str:
    """Latin and Greek letters without their marks.

    Examples:
        >>> fold_latin("attaqué señor χώρα")
        'attaque senor χωρα'
    """
    decomposed = unicodedata.normalize("NFD", text)
    bare = _LATIN_MARKS.sub("", decomposed)
    return unicodedata.normalize("NFC", bare).replace("ı", "i").replace("ł", "l").replace("ø", "o").replace("đ", "d")
