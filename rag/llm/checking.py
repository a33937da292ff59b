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
from rag.llm.words import Word, is_asked, words_of
from rag.reading.protocol import Reader

_CONTRIBUTES = 0.5  # of a sentence's words, that each passage cited must have
_BRIDGED = 0.6  # of a sentence's words, that a passage in another language must have
_BRIDGED_UNCASED = 0.8  # where capitals do not tell which words are names
_BRIDGED_READ = 0.3  # where the reader finds the sentence in the passage, too


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

    It is supported where it cites passages that exist; one of them has, in a single sentence, all its names, and there
    or in the sentences beside it all its numbers and other content words (a part of them, where the languages differ);
    each other one cited has half of them; and none of them says it in a weaker way, of another speaker, or denies it.
    Common words of the question may be repeated.

    Args:
        written: The sentence.
        lang: ISO 639-1 code of its language.
        question: What was asked.
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
    asked = words_of(question, lang)
    content = [word for word in bridge.words if not word.light and not is_asked(word, asked)]
    if not content:
        return unsupported("it says nothing that could be checked")
    judged = {
        number: _judge(written.text, lang, bridge, content, passages[number - 1], reader) for number in written.cites
    }
    if all(one.fault for one in judged.values()):
        nearest = max(judged, key=lambda number: judged[number].share)
        return unsupported(f"[{nearest}]: {judged[nearest].fault}")
    quotes: list[Quote] = []
    for number, one in judged.items():
        if one.support is None or one.share < _CONTRIBUTES:
            return unsupported(f"[{number}]: the passage does not say so")
        found = passages[number - 1]
        if fault := _stance_fault(written.text, lang, one.support, found):
            return unsupported(f"[{number}]: it {fault}")
        spans = [(one.support.start, one.support.end), *(() if one.fault else one.support.neighbours)]
        quotes += [Quote(number, start, end) for start, end in sorted(spans)]
    return CheckedSentence(written.text, written.cites, True, None, tuple(quotes))


def _judge(
    text: str, lang: str, bridge: Bridge, content: Sequence[Word], found: ScoredPassage, reader: Reader | None
) -> _Judged:
    support = find_support(bridge, content, found)
    if support is None:
        return _Judged(None, "the passage does not say so", 0.0)
    share = len(support.near) / len(content)
    numbers = [word for word in content if word.number is not None and word not in support.near]
    names = [word for word in content if word.name and word not in support.there]
    if numbers:
        return _Judged(support, f"“{numbers[0].text}” is not in the passage", share)
    if names:
        return _Judged(support, _not_there(names[0], support), share)
    if lang == found.document.lang:
        fault = _fault_of_words(content, support)
    else:
        fault = _fault_of_bridged(text, content, share, found, reader)
    fault = fault or (f"it {stance}" if (stance := _stance_fault(text, lang, support, found)) else None)
    return _Judged(support, fault, share)


def _fault_of_words(content: Sequence[Word], support: Support) -> str | None:
    absent = [word for word in content if word not in support.near]
    absent += [word for word in content if word.maybe_name and word not in support.there]
    return _not_there(absent[0], support) if absent else None


def _fault_of_bridged(
    text: str, content: Sequence[Word], share: float, found: ScoredPassage, reader: Reader | None
) -> str | None:
    uncased = any(word.maybe_name and not word.name for word in content)
    least = _BRIDGED_UNCASED if uncased else _BRIDGED
    if reader is not None:
        readings = reader.read(text, [found])
        if readings and readings[0].confidence >= reader.threshold:
            least = _BRIDGED if uncased else _BRIDGED_READ
    if share >= least:
        return None
    return "too little of it could be found in the passage, which is in another language"


def _not_there(word: Word, support: Support) -> str:
    if word in support.near:
        return f"the passage does not say it of “{word.text}” in one sentence"
    return f"“{word.text}” is not in the passage"


def _stance_fault(text: str, lang: str, support: Support, found: ScoredPassage) -> str | None:
    quoted = found.document.text[support.start : support.end]
    return stance_fault(text, lang, quoted, found.document.lang, support.places, found.document.source)
