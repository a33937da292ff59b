"""The same words in copies."""

import dataclasses

import pytest

from index.types import ScoredPassage
from rag.reading.copies import find_words, with_copies
from rag.reading.protocol import Reading
from tests.rag.samples import BRIDGE, COPY, DENIAL, found, reading

BLEW_UP = "The Northern Brigade blew up the railway bridge on Thursday."


def copied(rank: int = 2) -> ScoredPassage:
    return dataclasses.replace(found(COPY, rank), copy_of="bridge.txt")


def test_a_copy_follows_what_was_read_with_its_own_place() -> None:
    first, other = reading(BRIDGE, BLEW_UP, 0.9), reading(DENIAL, "Smugglers blew up the railway bridge", 0.8)
    assert with_copies([first, other], [copied()]) == [first, Reading(copied(), 0, 60, 0.9), other]
    assert Reading(copied(), 0, 60, 0.9).text == BLEW_UP


def test_a_copy_without_the_words_and_another_text_add_nothing() -> None:
    engineers = reading(BRIDGE, "Engineers said that repairs will take two months.", 0.9)
    assert with_copies([engineers], [copied()]) == [engineers]
    first = reading(BRIDGE, BLEW_UP, 0.9)
    stranger = dataclasses.replace(found(COPY), copy_of="another.txt")
    assert with_copies([first], [stranger]) == [first]
    assert with_copies([first], []) == [first]


def test_a_copy_is_cited_once() -> None:
    first = reading(BRIDGE, BLEW_UP, 0.9)
    assert len(with_copies([first], [copied(2), copied(3)])) == 2


def test_the_original_is_found_for_a_copy_that_was_read() -> None:
    read = Reading(copied(), 0, 60, 0.7)
    again = with_copies([read], [found(BRIDGE)])
    assert [(one.found.document.doc_id, one.text) for one in again] == [("copy.txt", BLEW_UP), ("bridge.txt", BLEW_UP)]


@pytest.mark.parametrize(
    ("words", "text", "there"),
    [
        ("The army", "THE  ARMY fled", "THE  ARMY"),
        ("The army fled.", "«The army fled».", "The army fled»."),
        ("army", "The armies", None),
        ("army fled", "army. The army", None),
        ("…", "…", None),
        ("الجيش انسحب", "قال إن الجيش، انسحب.", "الجيش، انسحب"),
    ],
)
def test_find_words(words: str, text: str, there: str | None) -> None:
    span = find_words(words, text)
    assert (text[slice(*span)] if span else None) == there
