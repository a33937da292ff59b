"""How near answers come to the gold answers: exact match and token F1, with and without unanswerable questions."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from eval.datasets.types import Question
from eval.measures.figures import is_answerable, mean_figures, pairs
from eval.measures.normalise import Tokens, mlqa_tokens, squad_tokens
from eval.measures.types import Figure, Part
from eval.running.rows import Row

_OVERLAP = 0.5
_NAMES = (
    "EM", "F1", "SQuAD-EM", "SQuAD-F1", "HasAns-EM", "HasAns-F1", "NoAns-EM",
    "holds", "overlap", "best-holds", "best-F1", "words",
)  # fmt: skip


class Match(NamedTuple):
    """How well an answer matches the gold answer it comes nearest to."""

    exact: float
    f1: float


def exact_match(prediction: Sequence[str], gold: Sequence[str]) -> float:
    """1 where the normalised tokens are the same, else 0 (Rajpurkar et al., EMNLP 2016).

    Examples:
        >>> exact_match(squad_tokens("The army"), squad_tokens("army."))
        1.0
    """
    return float(list(prediction) == list(gold))


def token_f1(prediction: Sequence[str], gold: Sequence[str]) -> float:
    """Harmonic mean of precision and recall over tokens as multisets, ``2·common / (|prediction| + |gold|)``.

    Where one is empty it is 1 if both are, else 0 (Rajpurkar et al., EMNLP 2016; ACL 2018 for the empty ones).

    Examples:
        >>> token_f1(["northern", "army"], ["army"])
        0.6666666666666666
    """
    if not prediction or not gold:
        return exact_match(prediction, gold)
    common = sum((Counter(prediction) & Counter(gold)).values())
    return 2 * common / (len(prediction) + len(gold))


def match(question: Question, text: str | None, tokens: Tokens = mlqa_tokens) -> Match:
    """The best match of an answer over the gold answers.

    The gold answer of an unanswerable question is "": to abstain is right, to answer is wrong (Rajpurkar et al., "Know
    what you don't know", ACL 2018). To abstain on an answerable one is wrong.

    Args:
        question: The question; unanswerable, or with gold answers.
        text: The answer, or None for an abstention.
        tokens: How an answer in a language is normalised: ``mlqa_tokens`` or ``squad_tokens``.

    Examples:
        >>> question = Question("q1", "Who?", answers=("the army", "soldiers"), answer_lang="en")
        >>> match(question, "Northern Army")
        Match(exact=0.0, f1=0.6666666666666666)
    """
    unanswerable = is_answerable(question) is False
    if text is None:
        return Match(float(unanswerable), float(unanswerable))
    given = tokens(text, question.answer_lang)
    golds = [tokens(gold, question.answer_lang) for gold in (("",) if unanswerable else question.answers)]
    return Match(
        max((exact_match(given, gold) for gold in golds), default=0.0),
        max((token_f1(given, gold) for gold in golds), default=0.0),
    )


def holds(question: Question, text: str | None) -> bool:
    """Whether an answer contains a gold answer as consecutive tokens, normalised as MLQA does.

    Our own, for readers that quote whole sentences; a gold answer of which nothing is left is not held.

    Examples:
        >>> question = Question("q1", "Who?", answers=("الجيش",), answer_lang="ar")
        >>> holds(question, "قال الجيش، اليوم"), holds(question, "الجيوش")
        (True, False)
    """
    if text is None or is_answerable(question) is False:
        return False
    given = f" {' '.join(mlqa_tokens(text, question.answer_lang))} "
    golds = (" ".join(mlqa_tokens(gold, question.answer_lang)) for gold in question.answers)
    return any(gold and f" {gold} " in given for gold in golds)


def overlaps(question: Question, text: str | None) -> bool:
    """Whether F1 with a gold answer is at least 0.5; never for an unanswerable question."""
    return is_answerable(question) is not False and match(question, text).f1 >= _OVERLAP


def right(question: Question, text: str | None) -> bool:
    """Whether an answer holds a gold answer or overlaps one; what abstention and attribution are judged by.

    Args:
        question: The question.
        text: An answer, or None for none.

    Returns:
        True where it does; never for an unanswerable question.
    """
    return holds(question, text) or overlaps(question, text)


def has_gold(question: Question) -> bool:
    """Whether an answer can be judged: the question is unanswerable, or has gold answers."""
    return is_answerable(question) is False or bool(question.answers)


def answer_figures(questions: Sequence[Question], rows: Sequence[Row]) -> tuple[Figure, ...]:
    """The figures of the answers, over questions that were asked and can be judged.

    ``EM``, ``F1`` (MLQA's normalisation) and ``SQuAD-EM``, ``SQuAD-F1`` (SQuAD's) over all; see
    ``eval.measures.normalise`` for which published numbers are which. ``HasAns-EM``, ``HasAns-F1``, ``NoAns-EM`` split
    them as SQuAD 2.0's script does, with MLQA's normalisation. Over answerable ones: ``holds``, ``overlap`` (the mean
    of the functions above, an abstention is 0), and ``best-holds``, ``best-F1`` with what was withheld counted too: how
    good the answers are were it never to abstain. ``words``: mean number of words between white space of the answers
    given, so that a whole sentence is seen for what it is.

    Args:
        questions: The questions.
        rows: What was given.

    Returns:
        The figures that have a question to be over.

    Raises:
        ValueError: A row has no question.
    """
    values: dict[str, dict[str, float]] = {name: {} for name in _NAMES}
    for question, row in pairs(questions, rows):
        if row.answer is None or not has_gold(question):
            continue
        text, best = row.answer.text, row.answer.best_text
        exact, f1 = match(question, text)
        found = dict(zip(("SQuAD-EM", "SQuAD-F1"), match(question, text, squad_tokens), strict=True))
        found |= {"EM": exact, "F1": f1}
        if is_answerable(question):
            found |= {"HasAns-EM": exact, "HasAns-F1": f1}
            found |= {"holds": float(holds(question, text)), "overlap": float(overlaps(question, text))}
            found |= {"best-holds": float(holds(question, best)), "best-F1": match(question, best).f1}
        else:
            found["NoAns-EM"] = exact
        if text is not None:
            found["words"] = float(len(text.split()))
        for name, value in found.items():
            values[name][question.query_id] = value
    return mean_figures(Part.ANSWERS, values, lower_is_better=("words",))
