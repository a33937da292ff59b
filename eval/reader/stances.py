"""How the stance of citations is measured: given where the gold answers stand, and as a reader answers by itself."""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence

from eval.datasets.types import Question
from eval.measures.attribution import attribution_figures, confusion, stance_scores
from eval.measures.types import Figure
from eval.results import StanceTable
from eval.running.gold import Gold
from eval.running.rows import AnswerRow, Row
from eval.running.run import answer_row
from index.types import Document, Passage, ScoredPassage
from rag.claims import claims_from
from rag.claims.context import sentence_around
from rag.reading import Reading
from rag.reading.question import content_words
from rag.types import Answer, Timings
from rag.values.concepts import stems
from rag.values.words import WORD

GIVEN, READ = "gold spans", "own answers"


def gold_stance_rows(golds: Sequence[Gold], documents: Iterable[Document]) -> tuple[Row, ...]:
    """What is answered when the reading is perfect: every place of a gold answer in a relevant report is read.

    The places whose sentence has most of the question's content words come first, and count as sure as they have a
    share of those of the first; then those of the answer that the dataset names first, then the earlier ones. So what
    is measured of the claims made from them is the attribution alone.

    Args:
        golds: The questions; those without an attribution, or whose answers stand nowhere, are left out.
        documents: The reports.

    Returns:
        A row for each question that is left.
    """
    asked = [gold for gold in golds if gold.question.attribution and gold.places]
    wanted = {doc_id for gold in asked for doc_id in gold.places}
    known = {document.doc_id: document for document in documents if document.doc_id in wanted}
    return tuple(
        Row(gold.question.query_id, answer=claims_row(gold, gold_readings(gold, known), 0.0)) for gold in asked
    )


def gold_readings(gold: Gold, documents: Mapping[str, Document]) -> list[Reading]:
    """The places of the gold answers as readings, in the order of ``gold_stance_rows``."""
    question = gold.question
    asked = _stems(content_words(question.text), question.lang)
    order = {answer.casefold(): place for place, answer in enumerate(question.answers)}
    ranked = []
    for doc_id in sorted(gold.places):
        document = documents[doc_id]
        passage = Passage(f"{doc_id}#all", doc_id, 0, len(document.text), document.text)
        for start, end in gold.places[doc_id]:
            first, last = sentence_around(document, start, end)
            shared = len(asked & _stems(document.text[first:last], document.lang))
            named = order.get(" ".join(document.text[start:end].casefold().split()), len(order))
            ranked.append((-shared, named, doc_id, start, end, passage))
    ranked.sort(key=lambda each: each[:5])
    most = max(1 - ranked[0][0], 1)
    return [
        Reading(ScoredPassage(passage, documents[doc_id], 1, 1.0, None, None), start, end, (1 - shared) / (most + 1))
        for shared, _, doc_id, start, end, passage in ranked
    ]


def claims_row(gold: Gold, readings: Sequence[Reading], threshold: float) -> AnswerRow:
    """The claims that are made from readings, with their citations judged.

    Args:
        gold: What they are judged by.
        readings: The best first.
        threshold: The least confidence that makes an answer; that of the first reading where it has less, since the
            first counts whatever its confidence.
    """
    least = min([threshold, *(reading.confidence for reading in readings[:1])])
    evidence = claims_from(gold.question.text, readings, least)
    best = evidence.claims[0].answer if evidence.claims else None
    answer = Answer(
        question=gold.question.text,
        text=best,
        abstained=best is None,
        confidence=evidence.confidence,
        engine="",
        claims=evidence.claims,
        citations=evidence.citations,
        passages=tuple(reading.found for reading in readings),
        timings_ms=Timings(0.0, 0.0, 0.0),
    )
    return answer_row(answer, gold)


def stance_table(name: str, questions: Sequence[Question], rows: Sequence[Row]) -> StanceTable:
    """Each stance's scores, and how often each was given as each.

    Args:
        name: ``GIVEN`` or ``READ``.
        questions: Those that the rows are of, and others.
        rows: What was given.
    """
    counts = confusion(questions, rows)
    table: dict[str, dict[str, int]] = {}
    for (gold, given), count in sorted(counts.items()):
        table.setdefault(gold, {})[given] = count
    scores = {score.stance: score._asdict() for score in stance_scores(questions, rows)}
    return StanceTable(name, {stance: _without_name(score) for stance, score in scores.items()}, table)


def given_stance_figures(questions: Sequence[Question], rows: Sequence[Row]) -> tuple[Figure, ...]:
    """The figures of ``attribution_figures`` for rows of ``gold_stance_rows``: "given-stance-F1" and so on."""
    return tuple(
        dataclasses.replace(figure, name=f"given-{figure.name}")
        for figure in attribution_figures(questions, rows)
        if not figure.name.endswith("-all")  # all are answered
    )


def _without_name(score: Mapping[str, float]) -> dict[str, float]:
    return {name: value for name, value in score.items() if name != "stance"}


def _stems(text: str, lang: str) -> frozenset[str]:
    return frozenset(stem for word in WORD.findall(text) for stem in stems(word, lang))
