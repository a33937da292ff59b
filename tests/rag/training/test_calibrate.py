"""Fitting the sentence reader: on examples made by hand, and from end to end on a made-up collection."""

import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

pytest.importorskip("sklearn", reason="fitting needs the extra: pip install 'mustanad[train]'")

from index.types import Document
from rag.reading.sentences import FEATURES, Candidates
from rag.training.calibrate import Example, RememberingEmbedder, _held_out, _right, fit, main
from rag.training.logistic import calibration_error
from tests.builders import CountingEmbedder
from tests.rag.samples import BRIDGE, found, make_reports

SIMILARITY, COVERAGE = FEATURES.index("sentence_similarity"), FEATURES.index("sentence_coverage")
TOWNS = "Nardum Rasvina Tolnara Lubdana Zumrin Mirzolan Halvun Sundral Burzaq Zarfan Kasrin Doltana".split()
COLOURS = ("red", "green", "blue", "white")


def candidates(similarities: list[float]) -> Candidates:
    """Sentences of one report with these similarities and coverages, alike in all else."""
    features = np.full((len(similarities), len(FEATURES)), 0.5)
    features[:, SIMILARITY] = features[:, COVERAGE] = similarities
    count = len(similarities)
    return Candidates((found(BRIDGE),) * count, ((0, 9),) * count, features, (True,) * count)


def examples() -> list[Example]:
    """Questions whose most similar sentence is right, and as many with no answer and only dissimilar sentences."""
    chance = np.random.default_rng(3)
    made = []
    for number in range(80):
        answerable = number % 2 == 0
        rest = chance.uniform(0.1, 0.5, 4).tolist()
        best = [float(chance.uniform(0.6, 0.9))] if answerable else []
        right = np.array([*[True] * len(best), *[False] * 4])
        made.append(Example("made", number % 4 > 1, answerable, candidates([*best, *rest]), right))
    return made


def test_the_fit_puts_right_sentences_first_and_is_sure_of_them_only() -> None:
    fitted = fit([example for example in examples() if not example.held_out], ["sentence_similarity"])
    place = FEATURES.index("sentence_similarity")
    assert fitted.confidence_weights[place] > 0
    assert set(fitted.confidence_weights[:place] + fitted.confidence_weights[place + 1 :]) == {0.0}
    sure: list[float] = []
    unsure: list[float] = []
    for example in (example for example in examples() if example.held_out):
        scores = fitted.score(example.candidates.features)
        confidence = fitted.confidence(example.candidates.features)[int(scores.argmax())]
        (sure if example.answerable else unsure).append(confidence)
        assert not example.answerable or scores.argmax() == 0
    assert min(sure) > 0.7
    assert max(unsure) < 0.3


def test_calibration_error_by_hand() -> None:
    confidence = np.array([0.95, 0.85, 0.15, 0.15, 1.0])
    correct = np.array([True, False, False, True, True])
    # Bins: {0.95, 1.0} right 1.0 of 0.975; {0.85} right 0; {0.15, 0.15} right 0.5.
    assert calibration_error(confidence, correct) == pytest.approx((2 * 0.025 + 0.85 + 2 * 0.35) / 5)
    assert calibration_error(np.array([0.0, 1.0]), np.array([False, True])) == 0.0


def test_the_same_article_is_never_on_both_sides() -> None:
    assert [_held_out("xquad-07-03-1", place) for place in (0, 1, 2)] == [True] * 3
    assert [_held_out("arcd-train-06-00-02", place) for place in (0, 1, 2)] == [False] * 3
    assert [_held_out("q1", place) for place in (0, 1, 2)] == [False, True, False]


def test_a_sentence_is_right_by_span_or_by_words() -> None:
    spans = ((0, 20), (20, 60), (60, 92))
    made = Candidates((found(BRIDGE),) * 3, spans, np.zeros((3, len(FEATURES))), (True,) * 3)
    span = {"doc_id": "bridge.txt", "start": 32, "text": "The Northern Brigade"}
    assert _right(made, {"answers": ["x"], "spans": [span]}, {"bridge.txt"}).tolist() == [False, True, False]
    other = {**span, "doc_id": "copy.txt"}
    assert _right(made, {"answers": ["x"], "spans": [other]}, {"bridge.txt"}).tolist() == [False] * 3
    assert _right(made, {"answers": ["NORTHERN brigade"]}, {"bridge.txt"}).tolist() == [False, True, False]
    assert _right(made, {"answers": ["northern brigade"]}, {"copy.txt"}).tolist() == [False] * 3


def test_a_sentence_is_embedded_once_ever(tmp_path: Path) -> None:
    inner = CountingEmbedder()
    once = RememberingEmbedder(inner, tmp_path / "vectors.sqlite").embed_passages(["a", "b"])
    again = RememberingEmbedder(inner, tmp_path / "vectors.sqlite")
    assert again.embed_passages(["b", "a"]).tolist() == once[::-1].tolist()
    assert inner.texts == ["a", "b"]
    assert again.dim == inner.dim


def write_beir(folder: Path, asked: dict[str, str], answers: dict[str, str], docs: dict[str, str]) -> Path:
    (folder / "qrels").mkdir(parents=True)
    rows = [
        {"_id": name, "text": text, "metadata": {"answerable": True, "answers": [answers[name]]}}
        for name, text in asked.items()
    ]
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (folder / "queries.jsonl").write_text(lines, encoding="utf-8")
    judged = "".join(f"{name}\t{doc}\t1\n" for name, doc in docs.items())
    (folder / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\n" + judged, encoding="utf-8")
    return folder


def test_from_an_index_and_questions_to_a_calibration_that_can_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents, english, turkish, answers, docs = [], {}, {}, {}, {}
    for number, (town, colour) in enumerate((town, colour) for town in TOWNS for colour in COLOURS):
        name, group = f"made-{number:02d}-0", f"{colour.title()} Brigade of {town}"
        text = f"The {group} blew up the {colour} bridge near {town} at night. Rain fell for {number} days."
        documents.append(Document(f"{number}.txt", text, lang="en"))
        english[name] = f"Who blew up the {colour} bridge near {town}?"
        turkish[name] = f"{town} {colour} köprüsünü kim havaya uçurdu?"
        answers[name], docs[name] = group, f"{number}.txt"
    make_reports(tmp_path / "index", documents).close()
    same = write_beir(tmp_path / "en", english, answers, docs)
    other = write_beir(tmp_path / "tr", turkish, answers, docs)
    out = tmp_path / "calibration.json"
    cases = [f"{tmp_path / 'index'}:{same}", f"{tmp_path / 'index'}:{other}:{same}"]
    result = CliRunner().invoke(main, [*cases, "--out", str(out), "--cache", str(tmp_path / "v.sqlite")])
    assert result.exit_code == 0, result.output
    assert "en (same language): 48 questions, 24 answerable; best sentence right (answerable) 1.000" in result.output
    assert "tr (other language): 48 questions, 24 answerable" in result.output
    fields = json.loads(out.read_text(encoding="utf-8"))
    assert list(fields) == ["same_language", "other_language", "few_reports", "threshold"]
    for name in ("same_language", "other_language", "few_reports"):
        assert tuple(fields[name]["weights"]) == FEATURES
        assert tuple(fields[name]["confidence_weights"]) == FEATURES
        assert min(fields[name]["weights"].values()) >= 0
    assert 0 < fields["threshold"] <= 1
