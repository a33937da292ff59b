"""Fit the sentence reader's weights and its probabilities on questions with and without an answer.

Each case is an index and BEIR questions over its reports. Every question with an answer counts twice: as it is, and
with the relevant reports taken out of what the search found, when only reports on the same subject are left. Fitted
on one half of the questions, figures printed for the other; a half holds whole articles (XQuAD, ARCD) or every second
incident (MUC-4).

    python -m rag.training.calibrate INDEX:QUERIES[:ANSWERS] … --out rag/reading/sentence_calibration.json

QUERIES is a BEIR folder. ANSWERS is a BEIR folder in the reports' language whose questions have the same ids.
"""

import dataclasses
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score
from tqdm import tqdm

from index.embedding import Embedder
from index.store.staging import VectorStaging
from index.types import ScoredPassage
from rag.asking import READ_PASSAGES
from rag.opening import open_reports
from rag.reading.sentences import (
    FEATURES,
    Calibration,
    Candidates,
    SentenceCalibration,
    SentenceReader,
)
from rag.reports import Reports
from rag.training.logistic import calibration_error, logistic

_DEPTH = 40
_FALSE_ANSWERS = 0.2
_NEUTRAL = Calibration((0.0,) * len(FEATURES), 0.0, (0.0,) * len(FEATURES), 0.0)
# Within a language, similarity and coverage say enough. Nothing there is compared with the other candidates: where many
# reports tell of one event, many sentences answer and none stands out. Across languages the level of similarity depends
# on the pair of languages, so that only the distance from the other candidates tells.
_BY_ITSELF = ("sentence_similarity", "sentence_coverage")
_AMONG_OTHERS = ("sentence_similarity", "sentence_coverage", "similarity_above_others")


@dataclass(frozen=True, slots=True)
class Example:
    """One question over one set of passages.

    Attributes:
        case: Where it comes from.
        held_out: Whether it is kept for checking.
        answerable: Whether the passages' reports hold an answer.
        candidates: The sentences and their features.
        right: Whether each sentence holds a gold answer.
    """

    case: str
    held_out: bool
    answerable: bool
    candidates: Candidates
    right: NDArray[np.bool_]

    @property
    def same_language(self) -> bool:
        """Whether the question is in the language of most of the passages."""
        return sum(self.candidates.same_language) * 2 > len(self.candidates.same_language)


class RememberingEmbedder:
    """An embedder that embeds a sentence once, ever: the same sentences come back for many questions."""

    def __init__(self, embedder: Embedder, path: Path) -> None:
        self._embedder = embedder
        self._vectors = VectorStaging(path, embedder)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - everything else is the embedder's own
        return getattr(self._embedder, name)

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """As the embedder does."""
        return self._vectors.embed(texts)[0]


def examples_of(index: str, queries: str, answers: str, cache: Path, at_most: int) -> list[Example]:
    """The examples of one case."""
    questions = [json.loads(line) for line in (Path(queries) / "queries.jsonl").open(encoding="utf-8")]
    questions = questions[:: max(1, len(questions) // at_most)]
    gold = {row["_id"]: row for row in map(json.loads, (Path(answers) / "queries.jsonl").open(encoding="utf-8"))}
    relevant = relevant_documents(Path(answers))
    examples = []
    with open_reports(index) as reports:
        reader = SentenceReader(
            RememberingEmbedder(reports.embedder, cache),
            reports.analyzer,
            reports.term_weights,
            SentenceCalibration(_NEUTRAL, _NEUTRAL, 0.0),
        )
        for place, row in enumerate(tqdm(questions, desc=f"{queries} on {index}", disable=None)):
            docs = relevant.get(row["_id"], set())
            held_out = _held_out(row["_id"], place)
            answerable = bool(row["metadata"]["answerable"])
            for drop in (False, True) if answerable else (False,):
                found = search_without(reports, row["text"], docs if drop else set())
                candidates = reader.candidates(row["text"], found)
                right = _right(candidates, gold[row["_id"]]["metadata"], docs if answerable else set())
                examples.append(Example(queries, held_out, answerable and not drop, candidates, right))
    return examples


def search_without(
    reports: Reports, question: str, without: set[str], depth: int = READ_PASSAGES
) -> list[ScoredPassage]:
    """The passages that a question is asked of, as if the index had not some of its documents."""
    found = [hit for hit in reports.search(question, _DEPTH) if hit.document.doc_id not in without]
    return [dataclasses.replace(hit, rank=rank) for rank, hit in enumerate(found[:depth], start=1)]


def _held_out(query_id: str, place: int) -> bool:
    """By article where the id tells it ("xquad-07-…", "arcd-train-07-…"), else every second question."""
    numbers = [part for part in query_id.split("-") if part.isdigit()]
    return int(numbers[0] if len(numbers) > 1 else place) % 2 == 1


def relevant_documents(folder: Path) -> dict[str, set[str]]:
    """The relevant documents of each query of a BEIR folder."""
    relevant: dict[str, set[str]] = {}
    for line in (folder / "qrels" / "test.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        query, document, _ = line.split("\t")
        relevant.setdefault(query, set()).add(document)
    return relevant


def _right(candidates: Candidates, metadata: dict[str, Any], docs: set[str]) -> NDArray[np.bool_]:
    """Whether each candidate overlaps a gold span, or holds a gold answer where no spans are given."""
    spans = {(span["doc_id"], span["start"], span["start"] + len(span["text"])) for span in metadata.get("spans", [])}
    answers = [answer.casefold() for answer in metadata["answers"]]
    right = []
    for found, (start, end) in zip(candidates.found, candidates.spans, strict=True):
        document = found.document
        if spans:
            right.append(any(doc == document.doc_id and start < e and s < end for doc, s, e in spans))
        else:
            text = document.text[start:end].casefold()
            right.append(document.doc_id in docs and any(answer in text for answer in answers))
    return np.asarray(right, dtype=np.bool_)


def fit(examples: Sequence[Example], confidence_features: Sequence[str]) -> Calibration:
    """Fit the order over all sentences, then the probability over each question's best sentence.

    Args:
        examples: In one kind of language pair.
        confidence_features: What the probability may depend on.

    Returns:
        The calibration; features that the probability does not depend on weigh 0.
    """
    features = np.concatenate([example.candidates.features for example in examples])
    right = np.concatenate([example.right for example in examples])
    balance = np.where(right, (~right).sum() / right.sum(), 1.0)
    weights, intercept = logistic(features, right, balance)
    ordering = dataclasses.replace(_NEUTRAL, weights=weights, order_intercept=intercept)
    best, correct = [], []
    for example in examples:
        place = int(ordering.score(example.candidates.features).argmax())
        best.append(example.candidates.features[place])
        correct.append(bool(example.right[place]))
    columns = [FEATURES.index(name) for name in confidence_features]
    fitted, intercept = logistic(np.stack(best)[:, columns], np.asarray(correct), np.ones(len(best)))
    by_name = dict(zip(confidence_features, fitted, strict=True))
    confidence = tuple(by_name.get(name, 0.0) for name in FEATURES)
    return dataclasses.replace(ordering, confidence_weights=confidence, intercept=intercept)


def _best(examples: Sequence[Example], calibration: Calibration) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Confidence of each example's best sentence, and whether it is right."""
    confidences, correct = [], []
    for example in examples:
        place = int(calibration.score(example.candidates.features).argmax())
        confidences.append(float(calibration.confidence(example.candidates.features)[place]))
        correct.append(bool(example.right[place]))
    return np.asarray(confidences), np.asarray(correct)


def report(name: str, examples: Sequence[Example], calibration: Calibration, threshold: float) -> None:
    """Print how well a calibration does on examples it was not fitted on."""
    confidence, correct = _best(examples, calibration)
    answerable = np.array([example.answerable for example in examples])
    answered = confidence >= threshold
    lines = [
        f"{name}: {len(examples)} questions, {answerable.sum()} answerable",
        f"best sentence right (answerable) {correct[answerable].mean():.3f}",
        f"AUROC answerable {roc_auc_score(answerable, confidence):.3f}" if 0 < answerable.mean() < 1 else "",
        f"AUROC right {roc_auc_score(correct, confidence):.3f}",
        f"ECE {calibration_error(confidence, correct):.3f}",
        f"answered at {threshold:.2f}: {answered[answerable].mean():.3f} of answerable, "
        f"{answered[~answerable].mean():.3f} of unanswerable, right {correct[answered].mean():.3f}",
    ]
    click.echo("; ".join(line for line in lines if line))


def _threshold(examples: Sequence[Example], same: Calibration, other: Calibration) -> float:
    """The least confidence at which few enough of the questions without an answer get one, in the mean of the cases."""
    without: dict[str, list[float]] = {}
    for group, calibration in ((True, same), (False, other)):
        chosen = [example for example in examples if example.same_language is group and not example.answerable]
        if chosen:
            for example, confidence in zip(chosen, _best(chosen, calibration)[0], strict=True):
                without.setdefault(example.case, []).append(float(confidence))
    for threshold in np.arange(0.05, 1.0, 0.01):
        if np.mean([np.mean(np.asarray(case) >= threshold) for case in without.values()]) <= _FALSE_ANSWERS:
            return round(float(threshold), 2)
    return 1.0


@click.command()
@click.argument("cases", nargs=-1, required=True)
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The JSON file to write.")
@click.option("--cache", type=click.Path(path_type=Path), default="calibration-vectors.sqlite", show_default=True,
              help="Keeps the vectors of sentences for the next run.")  # fmt: skip
@click.option("--at-most", type=click.IntRange(20), default=1000, show_default=True, help="Questions of a case.")
def main(cases: tuple[str, ...], out: Path, cache: Path, at_most: int) -> None:
    """Fit the sentence reader on CASES (INDEX:QUERIES[:ANSWERS]) and write its calibration."""
    examples: list[Example] = []
    for case in cases:
        index, queries, *answers = case.split(":")
        examples.extend(examples_of(index, queries, answers[0] if answers else queries, cache, at_most))
    examples = [example for example in examples if example.candidates.found]
    fitted = [example for example in examples if not example.held_out]
    same = fit([example for example in fitted if example.same_language], _BY_ITSELF)
    other = fit([example for example in fitted if not example.same_language], _AMONG_OTHERS)
    few = fit([example for example in fitted if not example.same_language], _BY_ITSELF)
    threshold = _threshold(fitted, same, other)
    for name in dict.fromkeys(example.case for example in examples):
        held_out = [example for example in examples if example.held_out and example.case == name]
        for kind, is_same, calibration in (
            ("same language", True, same),
            ("other language", False, other),
            ("other language, as of few reports", False, few),
        ):
            chosen = [example for example in held_out if example.same_language is is_same]
            if len(chosen) >= 20:
                report(f"{Path(name).name} ({kind})", chosen, calibration, threshold)
    content = {
        "same_language": _fields(same),
        "other_language": _fields(other),
        "few_reports": _fields(few),
        "threshold": threshold,
    }
    out.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def _fields(calibration: Calibration) -> dict[str, Any]:
    confidence = zip(FEATURES, calibration.confidence_weights, strict=True)
    return {
        "weights": {name: round(weight, 4) for name, weight in zip(FEATURES, calibration.weights, strict=True)},
        "order_intercept": round(calibration.order_intercept, 4),
        "confidence_weights": {name: round(weight, 4) for name, weight in confidence},
        "intercept": round(calibration.intercept, 4),
    }


if __name__ == "__main__":
    main()
