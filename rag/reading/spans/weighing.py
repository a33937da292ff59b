"""The spans that may answer a question, each with what its confidence is multiplied with."""

from collections.abc import Sequence

from index.types import ScoredPassage
from rag.attribution import reactors, utterers
from rag.reading.asks_deed import asks_who_did_it
from rag.reading.asks_speaker import asks_for_reactor
from rag.reading.casualties import counts_others
from rag.reading.expected import Expected, expected_answer
from rag.reading.scene import Scene
from rag.reading.spans.candidates import Candidate, given_others, is_told, read_candidates, sentence_around
from rag.reading.spans.hiding import text_to_read
from rag.reading.spans.means import names_means
from rag.reading.spans.scorer import SpanScorer
from rag.reading.spans.victims import names_hit, names_victims
from rag.types import Stance

_UNTOLD = 0.5


def weighed_candidates(
    question: str, passages: Sequence[ScoredPassage], scorer: SpanScorer, scene: Scene, least: float
) -> tuple[list[Candidate], list[float]]:
    """What the network marks where it is to read, without what cannot be an answer.

    Asked for somebody, words for those who were hit are no answer, unless the question asks for them. Asked who did it,
    neither is the name of "the judge" whose killing is asked about, nor the one who accuses or suspects, condemns or
    investigates, nor are words for what it was done with alone. Asked who condemns it, who is said to have done it is
    none. Asked how many died, the hurt are not counted. What they take of a span's share goes to the others. Sentences
    that are set at another place or time than the question are not read, or count for less; nor is, asked when, the
    day at a report's head.

    Args:
        question: In any language.
        passages: All are read.
        scorer: Scores question and passage together.
        scene: Where the question sets what it asks about.
        least: Sentences whose factor is at most this are not read.

    Returns:
        The candidates, and for each the factor that its confidence is multiplied with, in (0, 1].
    """
    texts = [text_to_read(question, found, scene, least) for found in passages]
    candidates = read_candidates(question, passages, scorer, texts)
    factors = [scene.factor(one.found, sentence_around(one)[0]) * _fitness(question, one) for one in candidates]
    return given_others(candidates, factors)


def _fitness(question: str, candidate: Candidate) -> float:
    """0 where the words cannot be an answer, whatever the network says, else 1.

    Asked who condemns or investigates something, ``_UNTOLD`` where the sentence does not tell it of them.
    """
    expected = expected_answer(question)
    if expected is Expected.NUMBER:
        return float(not counts_others(question, *_placed(candidate)))
    if expected is Expected.PERSON:
        if names_victims(question, candidate.text):
            return 0.0
        if asks_for_reactor(question):
            return 0.0 if is_told(candidate) else 1.0 if _reacts(candidate) else _UNTOLD
        if asks_who_did_it(question):
            return float(not _did_other_than_it(question, candidate))
    return 1.0


def _did_other_than_it(question: str, candidate: Candidate) -> bool:
    named_otherwise = names_means(candidate.text) or _is_hit(question, candidate)
    return named_otherwise or _accuses(candidate) or _reacts(candidate)


def _placed(candidate: Candidate) -> tuple[str, int, int]:
    """The sentence that the words stand in, and where."""
    sentence, (start, end) = sentence_around(candidate)
    return sentence, start, end


def _accuses(candidate: Candidate) -> bool:
    """Whether the words hold the one who accuses or suspects in their sentence."""
    text, (start, end) = sentence_around(candidate)
    accusers = utterers(text, candidate.found.document.lang, (Stance.ACCUSED, Stance.SUSPECTED))
    return any(first < end and start < last for first, last in accusers)


def _reacts(candidate: Candidate) -> bool:
    """Whether the words hold somebody who condemns, mourns or investigates what was done."""
    text, (start, end) = sentence_around(candidate)
    return any(first < end and start < last for first, last in reactors(text, candidate.found.document.lang))


def _is_hit(question: str, candidate: Candidate) -> bool:
    """Whether the words name the one whom the question calls "the judge", and not who is blamed or claims it."""
    text, (start, end) = sentence_around(candidate)
    if not names_hit(question, text[:start]):
        return False
    claims = utterers(text, candidate.found.document.lang, (Stance.CLAIMED,))
    if any(claims) and not any(first < end and start < last for first, last in claims):
        return True
    return not is_told(candidate)
