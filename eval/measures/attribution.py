"""Whether an answer is presented as the reports present it: as a fact, a claim, an accusation.

Datasets tell it in their own words. MUC-4 (Proceedings of the Fourth Message Understanding Conference, 1992) has the
slot PERP: CONFIDENCE, alternatives joined with "/", several entries for several perpetrators; other datasets have our
own names.

==================================  ==================  =========
in the dataset                      stances it accepts  canonical
==================================  ==================  =========
reported as fact                    reported            reported
claimed or admitted                 claimed             claimed
suspected or accused                accused, suspected  accused
suspected or accused by authorities accused, suspected  accused
possible                            suspected           suspected
acquitted                           denied              denied
reported, claimed, accused, denied, itself              itself
suspected
==================================  ==================  =========
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import f1_score, precision_recall_fscore_support

from eval.datasets.types import Question
from eval.measures.answers import right
from eval.measures.figures import list_figure, mean_figures, pairs
from eval.measures.types import Figure, Part
from eval.running.rows import AnswerRow, Row
from rag.types import Stance

NONE = "none"
_BLAME = (Stance.ACCUSED, Stance.SUSPECTED, Stance.DENIED)
_STANCES: dict[str, tuple[Stance, ...]] = {
    "reported as fact": (Stance.REPORTED,),
    "claimed or admitted": (Stance.CLAIMED,),
    "suspected or accused": (Stance.ACCUSED, Stance.SUSPECTED),
    "suspected or accused by authorities": (Stance.ACCUSED, Stance.SUSPECTED),
    "possible": (Stance.SUSPECTED,),
    "acquitted": (Stance.DENIED,),
} | {stance.value: (stance,) for stance in Stance}


class StanceScore(NamedTuple):
    """How well one stance is told, over questions answered right.

    Attributes:
        stance: The gold stance.
        precision: Share of what was given as it that is it; 0 where nothing was.
        recall: Share of it that was given as it.
        f1: Their harmonic mean.
        support: Of how many questions answered right it is the gold stance.
        asked: Of how many questions in all.
    """

    stance: str
    precision: float
    recall: float
    f1: float
    support: int
    asked: int


def accepted_stances(attribution: Sequence[str]) -> tuple[Stance, ...]:
    """The stances that a dataset's words accept, the canonical one first.

    Args:
        attribution: As the dataset has it; see the table above.

    Returns:
        Each stance once, in the order of the words.

    Raises:
        ValueError: A word is not in the table; the message names it.

    Examples:
        >>> [stance.value for stance in accepted_stances(["suspected or accused / reported as fact"])]
        ['accused', 'suspected', 'reported']
    """
    found: dict[Stance, None] = {}
    for entry in attribution:
        for alternative in entry.strip().removeprefix("(").removesuffix(")").split("/"):
            name = " ".join(alternative.lower().split())
            if name not in _STANCES:
                raise ValueError(f"unknown attribution {name!r} in {entry!r}; there are {', '.join(_STANCES)}")
            found |= dict.fromkeys(_STANCES[name])
    return tuple(found)


def confusion(questions: Sequence[Question], rows: Sequence[Row]) -> Mapping[tuple[str, str], int]:
    """How often each gold stance was given as each stance, as ``stance-F1-all`` counts them.

    Returns:
        Count by gold and given stance; "none" is given where it abstained or no claim was right.

    Raises:
        ValueError: A row has no question, or an attribution is unknown.
    """
    return Counter((gold, given) for _, gold, given in _labelled(questions, rows))


def attribution_figures(questions: Sequence[Question], rows: Sequence[Row]) -> tuple[Figure, ...]:
    """Macro-F1 of the stance: the mean over gold stances of ``2·TP / (2·TP + FP + FN)``.

    The stance of an answer is that of its first claim that is right: of the claim's first citation of a relevant
    report where citations have stances of their own, since it is of the relevant reports that the gold tells; else of
    the claim. A stance that the gold accepts counts as gold; else the gold is the canonical one. Sokolova & Lapalme, "A
    systematic analysis of performance measures for classification tasks", 2009.

    - ``stance-F1``: over questions with an attribution whose answer has a right claim.
    - ``stance-accuracy``: share of these whose stance the gold accepts.
    - ``blame-as-fact``: of these, where the gold is an accusation, suspicion or denial and not also a plain fact, the
      share given as ``reported``: the costliest error, "X accused Y" read as "Y did it".
    - ``stance-F1-all``: over all questions with an attribution that were asked; where it abstained or no claim was
      right the stance is "none", which is never right.

    Args:
        questions: The questions.
        rows: What was given.

    Returns:
        The figures that have a question to be over.

    Raises:
        ValueError: A row has no question, or an attribution is unknown.
    """
    everything = _labelled(questions, rows)
    answered = [labels for labels in everything if labels[2] != NONE]
    accuracy = {query_id: float(gold == given) for query_id, gold, given in answered}
    as_fact = {query_id: float(given == Stance.REPORTED) for query_id, gold, given in answered if gold in _BLAME}
    return (
        *_macro_f1("stance-F1", answered),
        *_macro_f1("stance-F1-all", everything),
        *mean_figures(Part.ATTRIBUTION, {"stance-accuracy": accuracy}),
        *mean_figures(Part.ATTRIBUTION, {"blame-as-fact": as_fact}, lower_is_better=("blame-as-fact",)),
    )


def stance_scores(questions: Sequence[Question], rows: Sequence[Row]) -> tuple[StanceScore, ...]:
    """How well each gold stance is told: the classes that ``stance-F1`` is the mean of.

    Args:
        questions: The questions.
        rows: What was given.

    Returns:
        A score for each stance that is gold of a question answered right, in the order of ``Stance``.

    Raises:
        ValueError: A row has no question, or an attribution is unknown.
    """
    everything = _labelled(questions, rows)
    answered = [labels for labels in everything if labels[2] != NONE]
    gold, given = [labels[1] for labels in answered], [labels[2] for labels in answered]
    names = [str(stance) for stance in Stance if str(stance) in gold]
    if not names:
        return ()
    scores = precision_recall_fscore_support(gold, given, labels=names, zero_division=0)
    asked = Counter(labels[1] for labels in everything)
    return tuple(
        StanceScore(name, float(precision), float(recall), float(f1), int(support), asked[name])
        for name, precision, recall, f1, support in zip(names, *scores, strict=True)
    )


def _labelled(questions: Sequence[Question], rows: Sequence[Row]) -> list[tuple[str, str, str]]:
    """Query id, gold stance and given stance."""
    labelled = []
    for question, row in pairs(questions, rows):
        if question.attribution and row.answer is not None:
            accepted = accepted_stances(question.attribution)
            given = _given(question, row.answer)
            gold = given if given in accepted else accepted[0]
            labelled.append((question.query_id, str(gold), NONE if given is None else str(given)))
    return labelled


def _given(question: Question, answer: AnswerRow) -> Stance | None:
    claim = next((claim for claim in answer.claims if right(question, claim.answer)), None)
    if claim is None:
        return None
    cited = {citation.number: citation for citation in answer.citations}
    own = (cited[number] for number in claim.citations if number in cited)
    return next((each.stance for each in own if each.relevant and each.stance is not None), claim.stance)


def _macro_f1(name: str, labelled: Sequence[tuple[str, str, str]]) -> tuple[Figure, ...]:
    if not labelled:
        return ()
    gold, given = [labels[1] for labels in labelled], [labels[2] for labels in labelled]
    value = float(f1_score(gold, given, labels=sorted(set(gold)), average="macro", zero_division=0))
    names = sorted({*gold, *given})
    gold_codes = np.array([names.index(label) for label in gold])
    given_codes = np.array([names.index(label) for label in given])

    def statistic(places: NDArray[np.intp]) -> float:
        return macro_f1(gold_codes[places], given_codes[places])

    return (list_figure(Part.ATTRIBUTION, name, statistic, len(labelled), value),)


def macro_f1(gold: NDArray[np.intp], given: NDArray[np.intp]) -> float:
    """Macro-F1 over the labels that occur in gold, for the resamples; sklearn gives the figures.

    Args:
        gold: ``(n,)`` labels, as numbers from 0.
        given: ``(n,)``.

    Examples:
        >>> macro_f1(np.array([0, 0, 1]), np.array([0, 2, 1]))
        0.8333333333333333
    """
    size = int(max(gold.max(), given.max())) + 1
    support = np.bincount(gold, minlength=size)
    agreed = np.bincount(gold[gold == given], minlength=size)
    scores = 2 * agreed[support > 0] / (support + np.bincount(given, minlength=size))[support > 0]
    return float(scores.mean())
