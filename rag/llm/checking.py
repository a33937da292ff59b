"""The check of every sentence that a language model writes: it cites, and what it cites says so.

The rules err on the strict side. A sentence that is found unsupported may be right all the same; it is shown apart,
with the reason. In the language of the passage every word that claims something has to be there. Between languages,
where words can only be bridged (names by sound and alias, common concepts, numbers), a part of them has to be.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from index.types import ScoredPassage
from rag.llm.matching import Bridge
from rag.llm.protocol import CheckedSentence, Quote
from rag.llm.sentences import CitedSentence
from rag.llm.stances import stance_fault
from rag.llm.support import Support, find_support
from rag.llm.words import Word
from rag.reading.protocol import Reader

_CONTRIBUTES = 0.5  # of a sentence's words, that each passage cited must have
_BRIDGED = 0.6  # of a sentence's words, that a passage in another language must have
_BRIDGED_UNCASED = 0.8  # where capitals do not tell which words are names
_BRIDGED_READ = 0.3  # where the reader finds the sentence in the passage, too


_ASKED = 0.5  # of the question's words, where the sentence says little itself
_FEW = 2  # content words of a sentence that says little
_FEW_UNCASED = 3


@dataclass(frozen=True, slots=True)
class _Said:
    """What has to be found in a passage."""

    text: str
    lang: str
    bridge: Bridge
    content: tuple[Word, ...]
    asked: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class _Judged:
    """What became of one cited passage.

    Attributes:
        support: Where it says so; None where it says nothing of it.
        fault: Why it does not support the sentence; None where it does.
        share: Of the sentence's content words, how many it has.
    """

    support: Support | None
    fault: str | None
    share: float


def check_sentence(
    written: CitedSentence,
    lang: str,
    question: str,
    passages: Sequence[ScoredPassage],
    reader: Reader | None = None,
) -> CheckedSentence:
    """Check a sentence against the passages it cites.

    It is supported where it cites passages that exist; one of them has, in a single sentence (or its report's title,
    source and date), all its names, numbers and other content words (a part of these, where the languages differ); each
    other one cited has half of them; and none of them says it in a weaker way, of another speaker, or denies it. A
    single sentence, since two facts side by side are not one. One that does little more than name somebody answers with
    the question's own words: of those, half have to be there, too.

    Args:
        written: The sentence.
        lang: ISO 639-1 code of its language.
        question: What was asked, in the language of the sentence.
        passages: Numbered from 1.
        reader: Looks for the sentence in passages of other languages.

    Returns:
        The sentence with the words it rests on, or with the reason why it stands unsupported.
    """

    def unsupported(reason: str) -> CheckedSentence:
        return CheckedSentence(written.text, written.cites, False, reason, ())

    if not written.cites:
        return unsupported("it cites no passage")
    missing = [number for number in written.cites if not 1 <= number <= len(passages)]
    if missing:
        return unsupported(f"it cites [{missing[0]}], and there is no such passage")
    bridge = Bridge(written.text, lang)
    content = [word for word in bridge.words if not word.light]
    if not content:
        return unsupported("it says nothing that could be checked")
    said = _Said(written.text, lang, bridge, tuple(content), ())
    if _is_bare(content):
        said = _with_question(said, question)
    judged = {number: _judge(said, passages[number - 1], reader) for number in written.cites}
    if all(one.fault for one in judged.values()):
        nearest = max(judged, key=lambda number: judged[number].share)
        return unsupported(f"[{nearest}]: {judged[nearest].fault}")
    quotes: list[Quote] = []
    for number, one in judged.items():
        if one.support is None or (one.fault and one.share < _CONTRIBUTES):
            return unsupported(f"[{number}]: the passage does not say so")
        found = passages[number - 1]
        if fault := _stance_fault(said, one.support, found):
            return unsupported(f"[{number}]: it {fault}")
        quotes.append(Quote(number, one.support.start, one.support.end))
    return CheckedSentence(written.text, written.cites, True, None, tuple(quotes))


def _is_bare(content: Sequence[Word]) -> bool:
    """Whether a sentence only names something, and leaves it to the question to say what of it."""
    uncased = any(word.maybe_name and not word.name for word in content)
    named = all(word.name or word.number is not None for word in content)
    return named or len(content) <= (_FEW_UNCASED if uncased else _FEW)


def _with_question(said: _Said, question: str) -> _Said:
    before = len(question) + 1
    bridge = Bridge(f"{question} {said.text}", said.lang)
    words = [word for word in bridge.words if not word.light]
    content = tuple(word for word in words if word.start >= before)
    return _Said(said.text, said.lang, bridge, content, tuple(word for word in words if word.start < before))


def _judge(said: _Said, found: ScoredPassage, reader: Reader | None) -> _Judged:
    support = find_support(said.bridge, (*said.content, *said.asked), found)
    if support is None:
        return _Judged(None, "the passage does not say so", 0.0)
    share = sum(word in support.words for word in said.content) / len(said.content)
    absent = [word for word in said.content if word not in support.words]
    strict = [word for word in absent if word.number is not None or word.name]
    same_language = said.lang == found.document.lang
    if strict or (absent and same_language):
        return _Judged(support, f"“{(strict or absent)[0].text}” is not said there", share)
    if sum(word in support.words for word in said.asked) < _ASKED * len(said.asked):
        return _Judged(support, "the passage does not say that of it", share)
    fault = None if same_language else _fault_of_bridged(said, share, found, reader)
    fault = fault or (f"it {stance}" if (stance := _stance_fault(said, support, found)) else None)
    return _Judged(support, fault, share)


def _fault_of_bridged(said: _Said, share: float, found: ScoredPassage, reader: Reader | None) -> str | None:
    uncased = any(word.maybe_name and not word.name for word in said.content)
    least = _BRIDGED_UNCASED if uncased else _BRIDGED
    if reader is not None:
        readings = reader.read(said.text, [found])
        if readings and readings[0].confidence >= reader.threshold:
            least = _BRIDGED if uncased else _BRIDGED_READ
    if share >= least:
        return None
    return "too little of it could be found in the passage, which is in another language"


def _stance_fault(said: _Said, support: Support, found: ScoredPassage) -> str | None:
    quoted = found.document.text[support.start : support.end]
    return stance_fault(said.text, said.lang, quoted, found.document.lang, support.places, found.document.source)
