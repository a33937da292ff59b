"""What a question asks for, told by patterns over its words, in each language of ``question_kinds.toml``."""

import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import regex

from index.text.folding import fold_arabic, fold_case, fold_latin
from rag.reading.question import content_words, languages_of
from rag.reading.script import script_of
from rag.types import QuestionKind

_TOKEN = regex.compile(r"[\p{L}\p{M}\p{N}]+|[,;:.!?،؛؟。？¿¡\n]")
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")
_ASKED = ("?", "؟", "？")
_CLOSING = "\"'”’»)]› "
_NOTHING = "(?!)"
# Where a verb makes a question: words are parted by a space, parts of the question by "¶".
_VERB_PLACES = {
    "first": r"(?<=^¶ (?:\S+ ¶ )?){}(?= [^\s¶]+ [^\s¶])",
    "any": r"(?<=^¶ [^\s¶]+ (?:\S+ )*){}(?!\S)",
    "last": r"(?<=[^\s¶] [^\s¶]+ ){}(?= ¶$)",
}


@dataclass(frozen=True, slots=True)
class _Language:
    """The table of a language, compiled.

    Attributes:
        asks: What asks for what: the kind, whether it is weak, and the pattern.
        silent: Phrases that ask for nothing.
        indirect: Openings after which the question comes.
        may_begin: Kinds whose word also opens a subordinate clause.
        verbs: What makes a question with a question mark and no interrogative one for yes or no.
        hint: What words of this language look like.
        scripts: What it is written in.
        needs_hint: Whether a text without any such word is rather in another language of the script.
        request: A word that asks for an overview and says nothing about its subject.
    """

    asks: tuple[tuple[QuestionKind, bool, regex.Pattern[str]], ...]
    silent: tuple[regex.Pattern[str], ...]
    indirect: tuple[regex.Pattern[str], ...]
    may_begin: frozenset[QuestionKind]
    verbs: tuple[regex.Pattern[str], ...]
    hint: regex.Pattern[str]
    scripts: frozenset[str]
    needs_hint: bool
    request: regex.Pattern[str]


@dataclass(frozen=True, slots=True, order=True)
class _Match:
    """What a pattern found. The least says what the question asks for; of equal places the longest is the least."""

    weak: bool
    start: int
    end_before: int
    kind: QuestionKind


def question_kind(question: str) -> QuestionKind:
    """What a question asks for: its first interrogative says, the longest phrase where several start there.

    Args:
        question: In any language; those of ``question_kinds.toml`` are understood.

    Returns:
        ``QuestionKind.OTHER`` where nothing in it says.

    Examples:
        >>> question_kind("كم عدد القتلى؟"), question_kind("Did the man who fled die?")
        (<QuestionKind.HOW_MANY: 'how_many'>, <QuestionKind.YES_NO: 'yes_no'>)
        >>> question_kind("Was geschah in Tolnara?"), question_kind("Was Tolnara attacked?")
        (<QuestionKind.OVERVIEW: 'overview'>, <QuestionKind.YES_NO: 'yes_no'>)
    """
    text, langs = _marked(question), likely_languages(question)
    plain = fold_latin(text)
    if text != plain:  # written with its accents, it is read with them: "qué" asks, "que" does not
        kind = _kind(text, [_language(lang, False) for lang in langs])
        if kind is QuestionKind.OTHER and _asks_by_verb(question, text, langs):
            kind = QuestionKind.YES_NO
        if kind is not QuestionKind.OTHER:
            return kind
    kind = _kind(plain, [_language(lang, True) for lang in langs])
    return QuestionKind.YES_NO if kind is QuestionKind.OTHER and _asks_by_verb(question, text, langs) else kind


def subject(question: str) -> str:
    """What a request for an overview is about: its words without those that ask.

    Args:
        question: In any language.

    Returns:
        The question itself where nothing else is left.

    Examples:
        >>> subject("What happened in Tolnara on Monday?"), subject("أعطني ملخصًا عن معركة الجسر")
        ('Tolnara Monday', 'معركة الجسر')
    """
    requests = [_language(lang, True).request for lang in likely_languages(question)]
    words = [
        word
        for word in content_words(question).split()
        if not any(request.fullmatch(fold_latin(fold_arabic(fold_case(word)))) for request in requests)
    ]
    return " ".join(words) or question


def _asks_by_verb(question: str, text: str, langs: Sequence[str]) -> bool:
    """Whether a question mark and a verb in its place make it a question for yes or no."""
    if not question.rstrip(_CLOSING).endswith(_ASKED):
        return False
    return any(pattern.search(text) for lang in langs for pattern in _language(lang, False).verbs)


def _kind(text: str, languages: Sequence[_Language]) -> QuestionKind:
    opening = next(_found((one for language in languages for one in language.indirect), text), None)
    if opening:
        asked = _first(f"¶{text[opening.end() :]}", languages)
        if asked is not QuestionKind.OTHER:
            return asked
        direct = _first(text, languages)
        return direct if direct is QuestionKind.OVERVIEW else QuestionKind.YES_NO
    return _first(text, languages)


def _first(text: str, languages: Sequence[_Language]) -> QuestionKind:
    """The kind of the first interrogative."""
    matches = [match for language in languages for match in _matches(text, language)]
    if not matches:
        return QuestionKind.OTHER
    first = min(matches)
    if any(first.kind in language.may_begin for language in languages) and text.rfind("¶", 0, first.start) == 0:
        later = [match for match in matches if match.start > first.start and text.endswith("¶ ", 0, match.start)]
        return min(later, default=first).kind
    return first.kind


def _matches(text: str, language: _Language) -> list[_Match]:
    silent = [match.span() for match in _found(language.silent, text)]
    return [
        _Match(weak, match.start(), -match.end(), kind)
        for kind, weak, pattern in language.asks
        for match in pattern.finditer(text)
        if not any(start <= match.start() < end and match.end() <= end for start, end in silent)
    ]


def _found(patterns: Iterable[regex.Pattern[str]], text: str) -> Iterator[regex.Match[str]]:
    return (match for pattern in patterns for match in pattern.finditer(text))


def _marked(question: str) -> str:
    """The folded words, with "¶" where punctuation parts them and at both ends."""
    tokens = [token if _WORD.match(token) else "¶" for token in _TOKEN.findall(fold_arabic(fold_case(question)))]
    return regex.sub(r"¶(?: ¶)+", "¶", " ".join(["¶", *tokens, "¶"]))


def likely_languages(question: str) -> list[str]:
    """The languages a question may be in, of those that are understood.

    Those of its function words; of several, those in its script that its other words look like.

    Examples:
        >>> likely_languages("¿Y qué pasó?"), likely_languages("ومتى؟"), likely_languages("Wo?")
        (['es'], ['ar'], ['de'])
    """
    langs = [lang for lang in languages_of(question) if lang in _tables()]
    if len(langs) == 1:
        return langs
    script = script_of(question)
    langs = [lang for lang in langs if script in _language(lang, False).scripts] or langs
    words = _WORD.findall(unicodedata.normalize("NFC", question.lower()))
    return [lang for lang in langs if any(_language(lang, False).hint.search(word) for word in words)] or [
        lang for lang in langs if not _language(lang, False).needs_hint
    ] or langs  # fmt: skip


@cache
def _tables() -> dict[str, dict[str, list[str]]]:
    with files("rag.reading").joinpath("question_kinds.toml").open("rb") as file:
        tables: dict[str, dict[str, list[str]]] = tomllib.load(file)
    return tables


@cache
def _language(lang: str, loose: bool) -> _Language:
    """A language's table, for questions written with accents or, when loose, without."""
    table = _tables()[lang]

    def compiled(pattern: str) -> regex.Pattern[str]:
        body = _folded(pattern.removeprefix("^").removesuffix("$"), loose)
        lead = "|".join(_folded(word, loose) for word in table["lead"])
        before = rf"(?<=¶ (?:(?:{lead or _NOTHING}) )*)" if pattern.startswith("^") else r"(?<!\S)"
        attached = "".join(table["attached"])
        after = r"(?= ¶)" if pattern.endswith("$") else r"(?!\S)"
        return regex.compile(f"{before}(?:{attached or _NOTHING})?(?:{body}){after}")

    return _Language(
        asks=tuple(
            (kind, pattern.startswith("~"), compiled(pattern.removeprefix("~")))
            for kind in QuestionKind
            for pattern in table.get(kind.value, [])
        ),
        silent=tuple(map(compiled, table["not"])),
        indirect=tuple(map(compiled, table["indirect"])),
        may_begin=frozenset(map(QuestionKind, table["may_begin"])),
        verbs=tuple(
            regex.compile(template.replace("{}", f"(?:{_folded('|'.join(table[f'verb_{place}']), loose)})"))
            for place, template in _VERB_PLACES.items()
            if table[f"verb_{place}"]
        ),
        hint=regex.compile("|".join(table["hint"])),
        scripts=frozenset(table["script"]),
        needs_hint="hint" in table["needs"],
        request=regex.compile("|".join(_folded(word, loose) for word in table["request"])),
    )


def _folded(pattern: str, loose: bool) -> str:
    folded = fold_arabic(unicodedata.normalize("NFC", pattern))
    return fold_latin(folded) if loose else folded
