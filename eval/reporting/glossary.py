"""What each measure is, in a line, for people who meet it in a report."""

import re
from collections.abc import Mapping

from eval.measures.types import Figure, Part

_FOUND: Mapping[Part, tuple[str, str]] = {
    Part.DOCUMENTS: ("relevant document", "relevant documents"),
    Part.PASSAGES: ("passage with the answer", "documents whose answer was reached"),
}
_MEANINGS: Mapping[Part, Mapping[str, str]] = {
    Part.DOCUMENTS: {"Judged@10": "share of the first ten that the dataset judges"},
    Part.ANSWERS: {
        "EM": "answer is a gold answer; to abstain on an unanswerable question counts as right",
        "F1": "words in common with the nearest gold answer; to abstain on an unanswerable question counts as right",
        "SQuAD-EM": "EM with the normalisation of SQuAD",
        "SQuAD-F1": "F1 with the normalisation of SQuAD",
        "HasAns-EM": "EM over answerable questions",
        "HasAns-F1": "F1 over answerable questions",
        "NoAns-EM": "share of unanswerable questions abstained on",
        "holds": "answer contains a gold answer, over answerable questions",
        "overlap": "F1 with a gold answer is at least 0.5, over answerable questions",
        "best-holds": "holds, were it never to abstain",
        "best-F1": "F1, were it never to abstain, over answerable questions",
        "words": "mean length of the answers given",
    },
    Part.ABSTENTION: {
        "AUROC": "chance that an answerable question has more confidence than an unanswerable one",
        "AUROC-without": "the same against questions asked with their relevant documents left out",
        "coverage": "share of answerable questions that are answered",
        "false-answers": "share of unanswerable questions that are answered",
        "false-answers-without": "share answered with the relevant documents left out",
        "abstain-precision": "share of abstentions that are on unanswerable questions",
        "abstain-recall": "share of unanswerable questions abstained on",
        "risk": "share of the answers given that are wrong",
        "AURC": "area under the curve of risk by coverage",
        "ECE": "mean distance of confidence from share right",
    },
    Part.ATTRIBUTION: {
        "stance-F1": "macro-F1 of the stance, over questions answered right",
        "stance-F1-all": "the same over all questions, an abstention or a wrong answer being wrong",
        "stance-accuracy": "share of right answers whose stance the gold accepts",
        "blame-as-fact": "share of what is blamed on, suspected of or denied by somebody that is told as a plain fact",
        "given-stance-F1": "macro-F1 of the stance, given where the gold answers stand",
        "given-stance-accuracy": "share whose stance the gold accepts, given where the gold answers stand",
        "given-blame-as-fact": "share of blame told as a plain fact, given where the gold answers stand",
    },
    Part.READER: {
        "F1": "words in common with the nearest gold answer, given the right passages",
        "EM": "first reading is a gold answer, given the right passages",
        "SQuAD-F1": "F1 with the normalisation of SQuAD",
        "SQuAD-EM": "EM with the normalisation of SQuAD",
        "overlap": "F1 with a gold answer is at least 0.5",
        "holds": "first reading contains a gold answer",
        "words": "mean length of the first reading",
        "AUROC-other": "chance that the right report gives more confidence than the most similar other one",
        "AUROC-unanswerable": "chance that an answerable question has more confidence than an unanswerable one",
        "ECE-adaptive": "ECE in bins of equal numbers of readings",
        "ECE-given": "ECE over answerable questions given the right passages",
    },
    Part.CITATIONS: {
        "verbatim": "share of quotes that are the report's words at their place; must be 1",
        "precision": "share of an answer's citations that are relevant or hold the answer",
        "recall": "share of the relevant documents that are cited",
        "uncited": "share of claims without a citation; must be 0",
    },
}
_PERCENTILES = {"p50": "half of the questions take no longer", "p95": "95 % of the questions take no longer"}
_TIMED = {
    "search": "search alone",
    "ask": "search and reading",
    "read": "reading alone",
    "read-8": "reading eight passages",
}


def meaning(figure: Figure) -> str:
    """What a figure's measure is, or "" for one that is not in the list.

    Examples:
        >>> meaning(Figure(Part.DOCUMENTS, "R@10", 1, 1, 1, 5))
        'share of the relevant documents among the first 10'
        >>> meaning(Figure(Part.LATENCY, "ask p95 ms", 1, 1, 1, 5))
        'search and reading: 95 % of the questions take no longer'
    """
    if figure.part is Part.LATENCY:
        if figure.name == "passages/s":
            return "passages read in a second"
        timed, _, percentile = figure.name.removesuffix(" ms").partition(" ")
        known = timed in _TIMED and percentile in _PERCENTILES
        return f"{_TIMED[timed]}: {_PERCENTILES[percentile]}" if known else ""
    return _MEANINGS.get(figure.part, {}).get(figure.name, "") or _ranked(figure)


def _ranked(figure: Figure) -> str:
    parsed = re.fullmatch(r"(RR|nDCG|R|Success)@(\d+)", figure.name)
    if parsed is None or figure.part not in _FOUND:
        return ""
    one, many = _FOUND[figure.part]
    name, depth = parsed.groups()
    return {
        "RR": f"1 / place of the first {one}, 0 beyond place {depth}",
        "nDCG": f"how near the order of the first {depth} comes to the best one",
        "R": f"share of the {many} among the first {depth}"
        if figure.part is Part.DOCUMENTS
        else f"share of the {many} within the first {depth}",
        "Success": f"whether a {one} is among the first {depth}",
    }[name]
