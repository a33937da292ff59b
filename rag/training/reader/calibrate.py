"""Fit the span reader's confidence, its threshold and its weight in reranking on questions set aside from training.

Each case is an index and BEIR questions over its reports, of which only those set aside for testing are used. Every
question with an answer counts twice: as it is, and with the relevant reports taken out of what the search found, when
only reports on the same subject are left. Fitted on one half of the articles (or incidents), figures printed for the
other.

    python -m rag.training.reader.calibrate INDEX:QUERIES[:ANSWERS] … --out rag/reading/spans/calibration.json

QUERIES is a BEIR folder. ANSWERS is a BEIR folder in the reports' language whose questions have the same ids.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score
from tqdm import tqdm

from index.types import ScoredPassage
from rag.asking import READ_PASSAGES
from rag.opening import open_reports
from rag.reading.coverage import Coverage
from rag.reading.scene import Scene
from rag.reading.spans import default_scorer
from rag.reading.spans.calibration import FEATURES, SpanCalibration
from rag.reading.spans.candidates import Candidate, answer_key, features_of, read_candidates
from rag.reading.spans.scorer import SpanScorer
from rag.reading.spans.weighing import weighed_candidates
from rag.training.calibrate import relevant_documents, search_without
from rag.training.logistic import calibration_error, logistic
from rag.training.reader.set_aside import load_set_aside

_RIGHT = 0.5
_COST = 1 / 3  # every answer is shown with its confidence and its passage
_RERANKED = 20
_THRESHOLDS = (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6)
_RERANK_WEIGHTS = (0.0, 0.005, 0.01, 0.02, 0.03, 0.05, 0.08, 0.12, 0.2)


@dataclass(frozen=True, slots=True)
class Reading:
    """One question over one set of passages.

    Attributes:
        case: Where it comes from.
        held_out: Whether it is kept for checking.
        answerable: Whether the passages' reports hold an answer.
        features: Of the candidates, ``(n, len(FEATURES))``.
        factors: What the confidence in each is multiplied with, ``(n,)``.
        right: Whether each candidate is right: token F1 with a gold answer of at least 0.5, in a relevant report.
        scores: Retrieval's scores of the passages that are ordered again, ``(m,)``.
        margins: The best span's margin in each, ``(m,)``.
        relevant: Whether each holds a gold answer, ``(m,)``.
    """

    case: str
    held_out: bool
    answerable: bool
    features: NDArray[np.float64]
    factors: NDArray[np.float64]
    right: NDArray[np.bool_]
    scores: NDArray[np.float64]
    margins: NDArray[np.float64]
    relevant: NDArray[np.bool_]


def readings_of(index: str, queries: str, answers: str, scorer: SpanScorer, at_most: int) -> list[Reading]:
    """The readings of one case."""
    gold = {row["_id"]: row for row in _rows(Path(answers) / "queries.jsonl")}
    titles = {row["_id"]: row["title"] for row in _rows(Path(answers) / "corpus.jsonl")}
    relevant = relevant_documents(Path(answers))
    found: list[Reading] = []
    with open_reports(index) as reports:
        asked = [
            (row, group)
            for row in _rows(Path(queries) / "queries.jsonl")
            if (group := _group(row["_id"], [titles[doc] for doc in relevant.get(row["_id"], set())])) is not None
        ]
        asked = asked[:: max(1, len(asked) // at_most)]
        for row, group in tqdm(asked, desc=f"{queries} on {index}", disable=None):
            docs = relevant.get(row["_id"], set())
            held_out = hashlib.sha256(group.encode()).digest()[0] % 2 == 1
            facts = gold[row["_id"]]["metadata"]
            for drop in (False, True) if facts["answerable"] else (False,):
                passages = search_without(
                    reports, row["text"], docs if drop else set(), READ_PASSAGES if drop else _RERANKED
                )
                every = read_candidates(row["text"], passages, scorer)
                scene = Scene(row["text"], reports.analyzer, reports.term_weights)
                read, factors = weighed_candidates(
                    row["text"], passages[:READ_PASSAGES], scorer, scene, least_confidence()
                )
                answerable = bool(facts["answerable"]) and not drop
                holding = docs if answerable else set()
                found.append(
                    Reading(
                        queries,
                        held_out,
                        answerable,
                        features_of(row["text"], read, Coverage(row["text"], reports.analyzer, reports.term_weights)),
                        np.array(factors),
                        np.array([_right(one, facts["answers"], holding) for one in read], dtype=np.bool_),
                        np.array([passage.score for passage in passages]),
                        np.array([_margin(passage, every) for passage in passages]),
                        np.array([_holds(passage, facts, holding) for passage in passages]),
                    )
                )
    return found


def _group(query_id: str, titles: Sequence[str]) -> str | None:
    """The article or incident of a question that is set aside for testing; None for any other question."""
    groups = load_set_aside().test
    names = {title.replace(" ", "_") for title in titles} | set(titles)
    for source in ("xquad", "arcd", "written"):
        if own := names & groups[source]:
            return min(own)
    return query_id if query_id in groups["muc4"] else None


def _margin(passage: ScoredPassage, candidates: Sequence[Candidate]) -> float:
    own = [one.margin for one in candidates if one.found.passage.passage_id == passage.passage.passage_id]
    return max(own, default=-20.0)


def _right(candidate: Candidate, answers: Sequence[str], docs: set[str]) -> bool:
    if candidate.found.document.doc_id not in docs:
        return False
    return max((token_f1(candidate.text, answer) for answer in answers), default=0.0) >= _RIGHT


def _holds(passage: ScoredPassage, facts: dict[str, Any], docs: set[str]) -> bool:
    if passage.document.doc_id not in docs:
        return False
    text = answer_key(passage.passage.text)
    return any(answer_key(answer) in text for answer in facts["answers"])


def token_f1(answer: str, gold: str) -> float:
    """F1 of the words two answers share (Rajpurkar et al. 2016), case and Arabic spelling variants aside.

    Examples:
        >>> round(token_f1("the Shining Path", "Shining Path"), 2)
        0.8
    """
    ours, theirs = Counter(answer_key(answer).split()), Counter(answer_key(gold).split())
    common = sum((ours & theirs).values())
    return 2 * common / (ours.total() + theirs.total()) if common else 0.0


def _best(readings: Sequence[Reading], calibration: SpanCalibration) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Confidence of each question's best span, and whether it is right."""
    sure, right = [], []
    for reading in readings:
        confidence = calibration.confidence(reading.features) * reading.factors
        place = int(confidence.argmax()) if len(confidence) else None
        sure.append(0.0 if place is None else float(confidence[place]))
        right.append(place is not None and bool(reading.right[place]))
    return np.asarray(sure), np.asarray(right)


def fit(readings: Sequence[Reading]) -> SpanCalibration:
    """Fit order and probability: first over all candidates, then over those that this puts first.

    The second fit sees what is shown: each question's best spans, whose chance to be right is the confidence.
    """
    chosen = SpanCalibration((0.0,) * len(FEATURES), 0.0, 0.0, 0.0)
    for shown in (None, 3, 3):
        rows, labels, importance = [], [], []
        for reading in readings:
            if not len(reading.features):
                continue
            order = np.argsort(-chosen.confidence(reading.features) * reading.factors, kind="stable")[:shown]
            rows.append(reading.features[order])
            labels.append(reading.right[order])
            importance.append(np.full(len(order), 1 / len(order)))
        weights, intercept = logistic(np.concatenate(rows), np.concatenate(labels), np.concatenate(importance))
        chosen = SpanCalibration(weights, intercept, 0.0, 0.0)
    return chosen


def least_confidence(cost: float = _COST) -> float:
    """The confidence from which on an answer does more good than harm.

    With calibrated confidence an answer is worth giving where ``c >= cost * (1 - c)`` (Chow, "On optimum recognition
    error and reject tradeoff", IEEE Transactions on Information Theory 1970).

    Args:
        cost: Harm of a wrong answer, in units of the good of a right one.

    Examples:
        >>> least_confidence(1 / 3), least_confidence(1.0)
        (0.25, 0.5)
    """
    return round(cost / (1 + cost), 2)


def best_rerank(readings: Sequence[Reading]) -> float:
    """The weight of the margin whose mean reciprocal rank at 10, mean of the cases, is highest."""
    return max(_RERANK_WEIGHTS, key=lambda weight: np.mean(list(reciprocal_ranks(readings, weight).values())))


def reciprocal_ranks(readings: Sequence[Reading], weight: float) -> dict[str, float]:
    """MRR@10 by case, passages ordered by retrieval's score plus the weighted margin."""
    ranks: dict[str, list[float]] = {}
    for reading in readings:
        if not reading.answerable:
            continue
        order = np.argsort(-(reading.scores + weight * reading.margins), kind="stable")[:10]
        places = np.flatnonzero(reading.relevant[order])
        ranks.setdefault(reading.case, []).append(1 / (places[0] + 1) if len(places) else 0.0)
    return {case: float(np.mean(values)) for case, values in ranks.items()}


def report(name: str, readings: Sequence[Reading], calibration: SpanCalibration) -> None:
    """Print how well a calibration does on questions it was not fitted on."""
    sure, right = _best(readings, calibration)
    answerable = np.array([reading.answerable for reading in readings])
    answered = sure >= calibration.threshold
    plain, reranked = (reciprocal_ranks(readings, weight) for weight in (0.0, calibration.rerank))
    click.echo(
        f"{name}: {len(readings)} readings, {answerable.sum()} answerable; "
        f"best span right {right[answerable].mean():.3f}; "
        f"AUROC answerable {roc_auc_score(answerable, sure):.3f}, right {roc_auc_score(right, sure):.3f}; "
        f"ECE {calibration_error(sure, right):.3f}; answered at {calibration.threshold:.2f}: "
        f"{answered[answerable].mean():.3f} of answerable, {answered[~answerable].mean():.3f} of unanswerable, "
        f"right {right[answered].mean():.3f}; MRR@10 {np.mean(list(plain.values())):.3f}, "
        f"reranked {np.mean(list(reranked.values())):.3f}"
    )


def risk_coverage(readings: Sequence[Reading], calibration: SpanCalibration) -> str:
    """Risk and coverage by threshold, as a Markdown table: what each threshold answers, and how much of it is wrong.

    Coverage and risk as in El-Yaniv and Wiener, "On the foundations of noise-free selective classification", JMLR 2010:
    the share of questions that are answered, and of these answers the share that is wrong. Half of the questions have
    their relevant reports taken away, so that no coverage near 1 is to be wished for.
    """
    sure, right = _best(readings, calibration)
    answerable = np.array([reading.answerable for reading in readings])
    lines = [
        "| threshold | coverage | risk | answered of the answerable | of the unanswerable |",
        "| ---: | ---: | ---: | ---: | ---: |",
    ]
    for threshold in sorted({*_THRESHOLDS, calibration.threshold}):
        answered = sure >= threshold
        risk = 1 - right[answered].mean() if answered.any() else 0.0
        shares = (answered.mean(), risk, answered[answerable].mean(), answered[~answerable].mean())
        lines.append(f"| {threshold:.2f} | " + " | ".join(f"{share:.3f}" for share in shares) + " |")
    return "\n".join(lines)


@click.command()
@click.argument("cases", nargs=-1, required=True)
@click.option("--at-most", type=click.IntRange(20), default=1000, show_default=True, help="Questions of a case.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The JSON file to write.")
def main(cases: tuple[str, ...], at_most: int, out: Path) -> None:
    """Fit the span reader on CASES (INDEX:QUERIES[:ANSWERS]) and write its calibration."""
    readings: list[Reading] = []
    for case in cases:
        index, queries, *answers = case.split(":")
        readings.extend(readings_of(index, queries, answers[0] if answers else queries, default_scorer(), at_most))
    fitted = [reading for reading in readings if not reading.held_out]
    fresh = fit(fitted)
    calibration = SpanCalibration(fresh.weights, fresh.intercept, least_confidence(), best_rerank(fitted))
    for name in dict.fromkeys(reading.case for reading in readings):
        report(f"{name} fitted", [r for r in readings if not r.held_out and r.case == name], calibration)
        report(f"{name} held out", [r for r in readings if r.held_out and r.case == name], calibration)
    click.echo(risk_coverage([r for r in readings if r.held_out], calibration))
    weights = {name: round(weight, 4) for name, weight in zip(FEATURES, calibration.weights, strict=True)}
    content = {
        "weights": weights, "intercept": round(calibration.intercept, 4), "threshold": calibration.threshold,
        "rerank": calibration.rerank,
    }  # fmt: skip
    out.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


if __name__ == "__main__":
    main()
