"""Figures of those who were hit: of the dead, the hurt, the detained, the missing or the displaced."""

import tomllib
from functools import cache
from importlib.resources import files

import regex

from index.text.folding import fold_arabic, fold_case, fold_latin
from rag.reading.question import content_words
from rag.values import quantity

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")
_FIGURE = regex.compile(r"\p{N}{1,3}(?:[.,٬\u00a0\u202f]\p{N}{3})+(?!\p{N})|\p{N}+|[\p{L}\p{M}]+")
_PARTING = regex.compile(r"[,،;؛:.]|\b(?:and|und|et|y|и|ve|و)\b")
_PARTED = 3  # words that a comma or an "and" between figure and word counts for
_FARTHEST = 6  # words
_NEAR = 4
# "Two of the dead were police": a part of them.
_PART = regex.compile(r"^\s*(?:of|из|des|d'entre|de (?:los|las)|der|von|از|من|منهم|منها|minst)(?!\w)", regex.I)
_MEASURE = regex.compile(r"^\s*(?:[%٪]|per ?cent|في المئة|بالمئة|в процент|metres?|km|kilomet|am|pm|[:.]\d)", regex.I)
_ONE = regex.compile(r"(?<!\w)شخصا?\s+$")  # "شخص واحد"
_JOINED = regex.compile(r"\s+|-")
_ARABIC_AND = "و"


def counts_others(question: str, sentence: str, start: int, end: int) -> bool:
    """Whether a figure is of the hurt and the question asks for the dead, or the other way round, and the like.

    Which it is says the word of ``casualties.toml`` in the figure itself, else the nearest one, six words away at most.

    Args:
        question: In any language.
        sentence: The sentence that the figure stands in.
        start: First character of the figure in it.
        end: One past the last.

    Returns:
        False where the question asks for several kinds or for none, or the sentence has no such word.

    Examples:
        >>> text = "The shell killed seven people and wounded 23."
        >>> counts_others("How many were killed?", text, 17, 29), counts_others("How many were killed?", text, 42, 44)
        (False, True)
        >>> text = "قُتل سبعة مدنيين وأصيب عشرون آخرون."
        >>> counts_others("كم عدد القتلى؟", text, 23, 34), counts_others("كم عدد الجرحى؟", text, 23, 34)
        (True, False)
    """
    asked = asked_for(question)
    told = _told(sentence, start, end)
    return asked is not None and told is not None and told[0] != asked


def asked_for(question: str) -> str | None:
    """The one kind of people hit that a question has words for: a table of ``casualties.toml``; None if not just one.

    Examples:
        >>> asked_for("How many were killed?"), asked_for("How many were killed or hurt?"), asked_for("كم عدد الجرحى؟")
        ('dead', None, 'hurt')
    """
    asked = {kind for word in _WORD.findall(question) if (kind := _kind(word))}
    return asked.pop() if len(asked) == 1 else None


def event_words(question: str) -> str:
    """The words of a question that tell what happened, without those for people and for what became of them.

    Examples:
        >>> event_words("How many people were killed in the mill fire in Nardum?")
        'mill fire Nardum'
    """
    words = content_words(question).split()
    return " ".join(word for word in words if not _kind(word) and not _people().fullmatch(_fold(word)))


def figures_of(question: str, sentence: str, lang: str) -> list[tuple[int, int]]:
    """The figures in a sentence that count those whom a question asks for.

    Four words at most from the word that says so, or, of the dead, after such words as "the toll was revised to". Not a
    part of them ("two of the dead"), nor a percentage or a measure.

    Args:
        question: In any language.
        sentence: A sentence of a report.
        lang: Its ISO 639-1 code.

    Returns:
        Start and end of each, with the word for people after it; nothing where the question asks for no such figure.

    Examples:
        >>> text = "The blast, 40 metres away, killed seven people and wounded 23."
        >>> [text[slice(*span)] for span in figures_of("How many were killed?", text, "en")]
        ['seven people']
        >>> [text[slice(*span)] for span in figures_of("How many were wounded?", text, "en")]
        ['23']
    """
    asked = asked_for(question)
    found = []
    for start, end in figures(sentence, lang) if asked else ():
        told = _told(sentence, start, end)
        if told is not None and told[0] != asked:
            continue
        near = told is not None and told[1] <= _NEAR
        if near or (asked == "dead" and _tables()["toll"].search(_fold(sentence[:start]).rstrip())):
            found.append((start, _with_people(sentence, end)))
    return found


def may_count(question: str, sentence: str, lang: str) -> bool:
    """Whether a sentence may answer how many: it has a figure, and tells of those whom the question asks for.

    Args:
        question: In any language.
        sentence: A sentence of a report.
        lang: Its ISO 639-1 code.

    Examples:
        >>> text = "The police arrested 17 people."
        >>> may_count("How many were arrested?", text, "en"), may_count("How many were killed?", text, "en")
        (True, False)
    """
    asked = asked_for(question)
    if not figures(sentence, lang):
        return False
    return asked is None or any(_kind(word) == asked for word in _WORD.findall(sentence))


def figures(sentence: str, lang: str) -> list[tuple[int, int]]:
    """The figures of a sentence, but for measures and parts of others; numerals in a row are one.

    Args:
        sentence: A sentence of a report.
        lang: Its ISO 639-1 code.
    """
    found: list[tuple[int, int]] = []
    tokens = list(_FIGURE.finditer(sentence))
    place = 0
    while place < len(tokens):
        first = last = tokens[place]
        if quantity(first[0], lang) is None:
            place += 1
            continue
        while place + 1 < len(tokens) and _goes_on(last, tokens[place + 1], sentence, lang):
            place += 1
            last = tokens[place]
        place += 1
        rest = sentence[last.end() :]
        told = quantity(sentence[first.start() : last.end()], lang)
        one_in_words = told is not None and told.value == 1 and not first[0][0].isdigit()
        # "One person was killed", but not "one of them" or an article.
        before = _ONE.search(sentence[: first.start()]) if one_in_words else None
        if one_in_words and before is None and _with_people(sentence, last.end()) == last.end():
            continue
        if told is not None and _PART.match(rest) is None and _MEASURE.match(rest) is None:
            found.append((before.start() if before else first.start(), last.end()))
    return found


def _goes_on(last: regex.Match[str], following: regex.Match[str], sentence: str, lang: str) -> bool:
    """Whether a numeral in words goes on: "twenty-three", "خمسة وعشرون"."""
    if last[0][0].isdigit() or following[0][0].isdigit():
        return False
    if _JOINED.fullmatch(sentence, last.end(), following.start()) is None:
        return False
    return quantity(following[0].removeprefix(_ARABIC_AND), lang) is not None


def _with_people(sentence: str, end: int) -> int:
    """The end of a figure with the word after it, where that is one for people."""
    word = _WORD.match(sentence, end + 1) if sentence[end : end + 1] == " " else None
    return word.end() if word is not None and _people().fullmatch(_fold(word[0])) else end


def _told(sentence: str, start: int, end: int) -> tuple[str, int] | None:
    """Whom a figure counts, and how many words away that is said; None where it is not said nearby."""
    nearest: tuple[int, bool] | None = None
    told = ""
    for match in _WORD.finditer(sentence):
        kind = _kind(match.group())
        if not kind:
            continue
        if match.start() < end and start < match.end():
            distance = 0
        else:
            between = sentence[match.end() : start] if match.end() <= start else sentence[end : match.start()]
            distance = 1 + len(_WORD.findall(between)) + _PARTED * len(_PARTING.findall(between))
        rank = distance, match.start() >= end  # of two equally near the one before
        if distance <= _FARTHEST and (nearest is None or rank < nearest):
            nearest, told = rank, kind
    return (told, nearest[0]) if nearest is not None else None


def _kind(word: str) -> str:
    """Which a word tells of: a table of ``casualties.toml``, or "" for none."""
    folded = _fold(word)
    return next((kind for kind, pattern in _patterns() if pattern.fullmatch(folded)), "")


@cache
def _patterns() -> tuple[tuple[str, regex.Pattern[str]], ...]:
    return tuple((kind, pattern) for kind, pattern in _tables().items() if kind not in ("people", "toll"))


def _people() -> regex.Pattern[str]:
    return _tables()["people"]


@cache
def _tables() -> dict[str, regex.Pattern[str]]:
    tables = tomllib.loads(files("rag.reading").joinpath("casualties.toml").read_text(encoding="utf-8"))
    return {
        kind: regex.compile("|".join(_fold(pattern) for patterns in languages.values() for pattern in patterns))
        for kind, languages in tables.items()
    }


def _fold(text: str) -> str:
    return fold_latin(fold_arabic(fold_case(text)))
