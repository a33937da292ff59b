"""How a word sounds, roughly and in one alphabet, whatever script it is written in.

The alphabet has one character for each sound. Small letters have their English value; beside them stand:
``S`` sh, ``C`` ch, ``J`` j, ``Z`` zh, ``j`` a Latin g before e, i, y, ``c`` ts or a soft Latin c, ``T`` th, ``D`` dh,
``x`` kh, ``G`` gh, ``H`` and ``'`` the Arabic ha and ain, ``A W Y`` an Arabic alef, waw, ya (a vowel, or w and y),
``U I`` a Latin oo or ou, ee or ie.
"""

import unicodedata
from enum import Enum
from functools import lru_cache

import regex


class Script(Enum):
    """The scripts between which names are bridged."""

    LATIN = "Latin"
    ARABIC = "Arabic"
    CYRILLIC = "Cyrillic"
    GREEK = "Greek"
    HEBREW = "Hebrew"
    DEVANAGARI = "Devanagari"


VOWELS = frozenset("aeiouAWYUI")
_ARABIC = {
    "ا": "A", "آ": "A", "أ": "A", "إ": "A", "ٱ": "A", "ى": "Y", "ء": "", "ؤ": "W", "ئ": "Y", "ب": "b", "ت": "t",
    "ث": "T", "ج": "J", "ح": "H", "خ": "x", "د": "d", "ذ": "D", "ر": "r", "ز": "z", "س": "s", "ش": "S", "ص": "s",
    "ض": "d", "ط": "t", "ظ": "D", "ع": "'", "غ": "G", "ف": "f", "ق": "q", "ك": "k", "ل": "l", "م": "m", "ن": "n",
    "ه": "h", "ة": "a", "و": "W", "ي": "Y", "پ": "p", "چ": "C", "ژ": "Z", "گ": "g", "ک": "k", "ی": "Y", "ڤ": "v",
    "ٹ": "t", "ڈ": "d", "ڑ": "r", "ں": "n", "ہ": "h", "ھ": "", "ے": "Y", "ۀ": "a", "ۆ": "W", "ێ": "Y", "ې": "Y",
    "ە": "a", "ڵ": "l", "ڕ": "r", "ټ": "t", "ډ": "d", "ړ": "r", "ښ": "S", "ڼ": "n", "څ": "c", "ځ": "z",
    "تش": "C", "دج": "J", "كس": "ks",
}  # fmt: skip
_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "o", "ж": "Z", "з": "z", "и": "i", "й": "i",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
    "х": "x", "ц": "c", "ч": "C", "ш": "S", "щ": "S", "ъ": "", "ы": "i", "ь": "", "э": "e", "ю": "yu", "я": "ya",
    "і": "i", "ї": "yi", "є": "ye", "ґ": "g", "ў": "w", "ј": "y", "љ": "l", "њ": "n", "ђ": "J", "ћ": "C", "џ": "J",
    "ғ": "G", "қ": "q", "ң": "n", "ө": "o", "ү": "u", "ұ": "u", "һ": "h", "ә": "a", "дж": "J", "тс": "c", "ье": "ye",
}  # fmt: skip
_GREEK = {
    "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "T", "ι": "i", "κ": "k", "λ": "l",
    "μ": "m", "ν": "n", "ξ": "ks", "ο": "o", "π": "p", "ρ": "r", "σ": "s", "ς": "s", "τ": "t", "υ": "i", "φ": "f",
    "χ": "x", "ψ": "ps", "ω": "o", "μπ": "b", "ντ": "d", "γκ": "g", "γγ": "g", "τζ": "J", "τσ": "C", "ου": "U",
    "αυ": "av", "ευ": "ev", "αι": "e", "ει": "i", "οι": "i",
}  # fmt: skip
_HEBREW = {
    "א": "A", "ב": "b", "ג": "g", "ד": "d", "ה": "h", "ו": "W", "ז": "z", "ח": "H", "ט": "t", "י": "Y", "כ": "k",
    "ך": "x", "ל": "l", "מ": "m", "ם": "m", "נ": "n", "ן": "n", "ס": "s", "ע": "'", "פ": "p", "ף": "f", "צ": "c",
    "ץ": "c", "ק": "k", "ר": "r", "ש": "S", "ת": "t", "טש": "C", "צ'": "C", "ג'": "J", "ז'": "Z",
}  # fmt: skip
_DEVANAGARI = {
    "क": "k", "ख": "x", "ग": "g", "घ": "G", "ङ": "n", "च": "C", "छ": "C", "ज": "J", "झ": "J", "ञ": "n", "ट": "t",
    "ठ": "t", "ड": "d", "ढ": "d", "ण": "n", "त": "t", "थ": "T", "द": "d", "ध": "D", "न": "n", "प": "p", "फ": "f",
    "ब": "b", "भ": "b", "म": "m", "य": "y", "र": "r", "ल": "l", "ळ": "l", "व": "v", "श": "S", "ष": "S", "स": "s",
    "ह": "h", "अ": "a", "आ": "a", "इ": "i", "ई": "i", "उ": "u", "ऊ": "u", "ऋ": "ri", "ए": "e", "ऐ": "e", "ऑ": "o",
    "ओ": "o", "औ": "o", "ा": "a", "ि": "i", "ी": "i", "ु": "u", "ू": "u", "ृ": "ri", "े": "e", "ै": "e", "ॅ": "e",
    "ॉ": "o", "ो": "o", "ौ": "o", "ं": "n", "ँ": "n", "ज़": "z", "फ़": "f", "ख़": "x", "ग़": "G", "क़": "q",
}  # fmt: skip
_LATIN = {
    "a": "a", "b": "b", "d": "d", "e": "e", "f": "f", "h": "h", "i": "i", "j": "J", "k": "k", "l": "l", "m": "m",
    "n": "n", "o": "o", "p": "p", "q": "q", "r": "r", "s": "s", "t": "t", "u": "u", "v": "v", "w": "w", "x": "ks",
    "z": "z", "sh": "S", "ch": "C", "tch": "C", "cz": "C", "sch": "S", "zh": "Z", "kh": "x", "gh": "G", "ph": "f",
    "th": "T", "dh": "D", "ck": "k", "qu": "kw", "ts": "c", "tz": "c", "wh": "w", "rh": "r", "dj": "J", "dg": "J",
    "ou": "U", "oo": "U", "ee": "I", "ie": "I", "eau": "o", "ew": "U", "sz": "s", "ae": "e", "oe": "o", "cc": "k",
}  # fmt: skip
# Letters that say more than the bare letter under their mark.
_MARKED = str.maketrans(
    {"ç": "ch", "ş": "sh", "š": "sh", "č": "ch", "ć": "ch", "ž": "zh", "ğ": "", "ı": "i", "ł": "l", "đ": "d", "ø": "o",
     "ß": "ss", "æ": "e", "œ": "o", "þ": "th", "ð": "dh", "ə": "a"}
)  # fmt: skip
_TABLES = {
    Script.LATIN: _LATIN, Script.ARABIC: _ARABIC, Script.CYRILLIC: _CYRILLIC, Script.GREEK: _GREEK,
    Script.HEBREW: _HEBREW, Script.DEVANAGARI: _DEVANAGARI,
}  # fmt: skip
_LONGEST = {script: max(map(len, table)) for script, table in _TABLES.items()}
_OF_SCRIPT = regex.compile(
    r"(?=\p{L})(?:(\p{Latin})|(\p{Arabic})|(\p{Cyrillic})|(\p{Greek})|(\p{Hebrew})|(\p{Devanagari}))"
)
_SCRIPTS = tuple(Script)
_REPEATED = regex.compile(r"(.)\1+")


def script_of(word: str) -> Script | None:
    """The script of a word's first letter of a script that is known here.

    Examples:
        >>> script_of("Newton"), script_of("نيوتن"), script_of("2024")
        (<Script.LATIN: 'Latin'>, <Script.ARABIC: 'Arabic'>, None)
    """
    match = _OF_SCRIPT.search(word)
    return _SCRIPTS[match.lastindex - 1] if match and match.lastindex else None


@lru_cache(maxsize=1 << 14)
def sounds(word: str) -> str:
    """The sounds of a word, one character each; see the module.

    Args:
        word: One word, in any case; of an index's term or of a question.

    Returns:
        Its sounds; empty for a word in a script that is not known here.

    Examples:
        >>> sounds("Newton"), sounds("نيوتن"), sounds("Ньютон")
        ('nUton', 'nYWtn', 'nyuton')
        >>> sounds("Khartoum"), sounds("خرطوم"), sounds("Charles")
        ('xartUm', 'xrtWm', 'Carles')
    """
    script = script_of(word)
    if script is None:
        return ""
    letters = _letters(word, script)
    table, longest = _TABLES[script], _LONGEST[script]
    heard: list[str] = []
    place = 0
    while place < len(letters):
        for length in range(longest, 0, -1):
            sound = table.get(letters[place : place + length])
            if sound is not None:
                break
        else:
            length, sound = 1, _latin_by_context(letters, place) if script is Script.LATIN else ""
        heard.append(sound)
        place += length
    return _REPEATED.sub(r"\1", "".join(heard))


def _letters(word: str, script: Script) -> str:
    lower = word.casefold()
    if script is Script.DEVANAGARI:
        return lower
    if script is Script.LATIN:
        lower = unicodedata.normalize("NFC", lower).translate(_MARKED)
    if script in (Script.LATIN, Script.GREEK):
        lower = "".join(letter for letter in unicodedata.normalize("NFD", lower) if not _is_mark(letter))
    return lower


def _is_mark(letter: str) -> bool:
    return unicodedata.category(letter) == "Mn"


def _latin_by_context(letters: str, place: int) -> str:
    """Letters of the Latin script whose sound the next letter decides: c, g, y."""
    letter, following = letters[place], letters[place + 1 : place + 2]
    if letter == "c":
        return "c" if following in ("e", "i", "y") else "k"
    if letter == "g":
        return "j" if following in ("e", "i", "y") else "g"
    if letter == "y":
        return "y" if following and following in "aeiou" else "i"
    return ""
