import random
import re
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.datasets.types import Dataset, DocumentCorpus, GoldSpan
from eval.generated import generated_dataset
from eval.generated.reports import Report, write_reports
from eval.generated.world import World, make_world
from index.types import Document
from rag.types import Stance

FINGERPRINT = "aa6628807fad8df5b5e2c03121abfe793f98c9362f4f1abba327b2a677087447"

SEEDS = st.integers(min_value=0, max_value=10_000)
SIZES = st.integers(min_value=1, max_value=60)


@cache
def dataset(seed: int = 7, incidents: int = 40) -> Dataset:
    return generated_dataset(seed, incidents)


@cache
def written(seed: int = 7, incidents: int = 40) -> tuple[World, tuple[Report, ...]]:
    world = make_world(seed, incidents)
    return world, write_reports(world)


def documents(made: Dataset) -> dict[str, Document]:
    assert isinstance(made.corpus, DocumentCorpus)
    return {document.doc_id: document for document in made.corpus.made}


def asides(reports: tuple[Report, ...]) -> list[GoldSpan]:
    """Where groups are named for something other than the incident that the report is about."""
    return [
        GoldSpan(report.document.doc_id, mark.start, report.document.text[mark.start : mark.end])
        for report in reports
        for mark in report.marks
        if mark.label == "aside"
    ]


def test_the_same_seed_gives_the_same_bytes() -> None:
    random.seed(0)
    assert generated_dataset().fingerprint == FINGERPRINT
    assert dataset(seed=8).fingerprint != FINGERPRINT
    assert dataset(incidents=39).fingerprint != FINGERPRINT


def test_size_and_mixture() -> None:
    made = dataset()
    texts = documents(made).values()
    words = [len(document.text.split()) for document in texts]

    assert made.name == "generated"
    assert 110 <= len(texts) <= 130
    assert 150 <= sum(words) / len(words) <= 250
    assert 200 <= len(made.questions) <= 240
    unanswerable = sum(question.answerable is False for question in made.questions)
    assert 0.2 <= unanswerable / len(made.questions) <= 0.3
    for lang in ("ar", "en"):
        assert sum(document.lang == lang for document in texts) >= 40
        assert sum(question.lang == lang for question in made.questions) >= 80


def test_every_stance_occurs() -> None:
    stances = {stance for question in dataset().questions for stance in question.attribution}

    assert stances == {stance.value for stance in Stance}


def test_a_question_may_cross_languages() -> None:
    found = documents(dataset())
    crossing = [
        question
        for question in dataset().questions
        if question.answerable and all(found[doc_id].lang != question.lang for doc_id in question.relevant_docs)
    ]

    assert {question.lang for question in crossing} == {"ar", "en"}
    assert all(question.answer_lang != question.lang for question in crossing)


def test_incidents_are_told_apart_by_kind_town_and_day() -> None:
    world, _ = written()

    assert len({incident.day for incident in world.incidents}) == len(world.incidents)
    assert any(incident.recurs for incident in world.incidents)
    assert len({(incident.kind.kind_id, incident.town) for incident in world.incidents}) < len(world.incidents)
    happened = {(incident.kind.kind_id, incident.town) for incident in world.incidents}
    passing = {(past.kind.kind_id, past.town) for past in world.past}
    never = {(kind.kind_id, town) for kind, town in world.never}
    assert not happened & passing
    assert not never & (happened | passing)
    assert len(never) == len(world.never)


def test_arabic_reports_hold_what_real_ones_do() -> None:
    arabic = [document for document in documents(dataset()).values() if document.lang == "ar"]

    assert any(re.search("[٠-٩]", document.text) for document in arabic)
    assert any("أ" not in document.text for document in arabic)
    assert any("ـ" in document.text for document in arabic)
    assert any(document.title.isupper() for document in documents(dataset()).values())


@given(seed=SEEDS, incidents=SIZES)
@settings(max_examples=15, deadline=None)
def test_gold_holds_together(seed: int, incidents: int) -> None:
    made = dataset(seed, incidents)
    found = documents(made)

    assert len(found) == len(tuple(made.corpus.documents() if made.corpus else ()))
    assert len({question.query_id for question in made.questions}) == len(made.questions)
    assert len({question.text for question in made.questions}) == len(made.questions)
    for question in made.questions:
        assert question.relevant_docs <= found.keys()
        assert bool(question.spans) == bool(question.answers) == question.answerable
        assert bool(question.attribution) == (question.answerable and "-who-" in question.query_id)
        assert question.answerable or "-who-" in question.query_id or question.query_id.startswith("never-")
        for span in question.spans:
            assert span.text
            assert found[span.doc_id].text[span.start : span.end] == span.text
            assert span.text in question.answers
            assert span.doc_id in question.relevant_docs


@given(seed=SEEDS, incidents=SIZES)
@settings(max_examples=15, deadline=None)
def test_a_name_in_the_background_is_no_answer(seed: int, incidents: int) -> None:
    _, reports = written(seed, incidents)
    elsewhere = asides(reports)
    stretches = {(span.doc_id, span.start) for span in elsewhere}

    assert elsewhere
    for question in dataset(seed, incidents).questions:
        assert not stretches & {(span.doc_id, span.start) for span in question.spans}


@given(seed=SEEDS, incidents=SIZES)
@settings(max_examples=15, deadline=None)
def test_texts_are_clean(seed: int, incidents: int) -> None:
    made = dataset(seed, incidents)
    reports = documents(made).values()

    for text in (*(r.text for r in reports), *(r.title for r in reports), *(q.text for q in made.questions)):
        assert not re.search(r"[{}\[\]|](?! )", text.replace(" | ", " "))
        assert "  " not in text
        assert not re.search(r"\s[.,،؛]|\.\.", text)
        assert text == text.strip()
    for report in reports:
        paragraphs = report.text.split("\n\n")
        assert 3 <= len(paragraphs) <= 6
        sentences = [sentence for paragraph in paragraphs for sentence in re.split(r"(?<=[.”»])\s", paragraph)]
        assert len(set(sentences)) == len(sentences)
        assert report.published is not None and report.published.isoformat() in report.doc_id


def test_a_who_question_without_perpetrator_has_reports_but_no_answer() -> None:
    who = [question for question in dataset().questions if "-who-" in question.query_id]
    silent = [question for question in who if question.relevant and not question.answerable]

    assert len(silent) == 20
    never = [question for question in who if not question.relevant]
    assert never and not any(question.answerable for question in never)


def test_all_of_the_dead_are_counted_alike() -> None:
    world, _ = written()
    killed = {incident.incident_id: incident.killed for incident in world.incidents}

    for question in dataset().questions:
        incident = question.query_id.rsplit("-", 2)[0]
        if "-killed-" in question.query_id and question.answerable:
            assert str(killed[incident]) in question.answers


@pytest.mark.parametrize("incidents", [0, 61])
def test_too_few_or_many_incidents_are_refused(incidents: int) -> None:
    with pytest.raises(ValueError, match="1 to 60"):
        generated_dataset(incidents=incidents)
