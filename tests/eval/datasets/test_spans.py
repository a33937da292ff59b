from hypothesis import given
from hypothesis import strategies as st

from eval.datasets.spans import repair_spans
from eval.datasets.types import GoldSpan, Question

TEXT = "Brigade A fired. Brigade B did not. كتائب زرفان fired."


def repaired(*spans: GoldSpan) -> tuple[tuple[GoldSpan, ...], int]:
    question, changed = repair_spans(Question("q1", "Who?", answers=("kept",), spans=spans), {"d1": TEXT}.get)
    assert question.answers == ("kept",)
    return question.spans, changed


def test_a_span_that_stands_is_left_as_it_is() -> None:
    question = Question("q1", "Who?", spans=(GoldSpan("d1", 17, "Brigade"),))
    assert repair_spans(question, {"d1": TEXT}.get) == (question, 0)
    assert repair_spans(Question("q1", "Who?"), {"d1": TEXT}.get) == (Question("q1", "Who?"), 0)


def test_a_span_is_moved_where_its_text_occurs_once() -> None:
    start = TEXT.index("كتائب")
    assert repaired(GoldSpan("d1", 0, "كتائب زرفان")) == ((GoldSpan("d1", start, "كتائب زرفان"),), 1)
    assert repaired(GoldSpan("d1", 999, "did not")) == ((GoldSpan("d1", TEXT.index("did"), "did not"),), 1)


def test_a_span_is_left_out_where_its_place_is_in_doubt() -> None:
    assert repaired(GoldSpan("d1", 3, "Brigade")) == ((), 1)
    assert repaired(GoldSpan("d1", 3, "nowhere")) == ((), 1)
    assert repaired(GoldSpan("d2", 0, "Brigade")) == ((), 1)


def test_a_span_beside_its_place_is_moved_there_though_its_text_occurs_elsewhere() -> None:
    text = "the bridge, the market, the mill"
    asked = Question("q1", "Where?", spans=(GoldSpan("d1", 13, "the"), GoldSpan("d1", 18, "the")))
    repaired, changed = repair_spans(asked, {"d1": text}.get)
    assert ([span.start for span in repaired.spans], changed) == ([12], 2)


def test_overlapping_places_are_two() -> None:
    question = Question("q1", "Who?", spans=(GoldSpan("d1", 9, "aa"),))
    assert repair_spans(question, {"d1": "baaa"}.get)[0].spans == ()


def test_spans_moved_to_one_place_count_once() -> None:
    spans, changed = repaired(GoldSpan("d1", 0, "did not"), GoldSpan("d1", 27, "did not"), GoldSpan("d1", 0, "Brigade"))
    assert spans == (GoldSpan("d1", 27, "did not"), GoldSpan("d1", 0, "Brigade"))
    assert changed == 1


@given(st.text("ab", max_size=12), st.lists(st.tuples(st.integers(0, 14), st.text("ab", min_size=1, max_size=3))))
def test_what_is_kept_stands_in_the_text(text: str, given_spans: list[tuple[int, str]]) -> None:
    question = Question("q1", "Who?", spans=tuple(GoldSpan("d1", start, words) for start, words in given_spans))
    kept, changed = repair_spans(question, {"d1": text}.get)
    assert all(text[span.start : span.end] == span.text for span in kept.spans)
    assert len(set(kept.spans)) == len(kept.spans)
    assert repair_spans(kept, {"d1": text}.get) == (kept, 0)
    assert changed == sum(text[start : start + len(words)] != words for start, words in given_spans)
