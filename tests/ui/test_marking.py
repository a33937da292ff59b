import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from ui.marking import Mark, checked_marks, marked_html

TEXT = "The army said that the guards fired."


def marks_of(shown: str) -> list[tuple[str, str]]:
    """Class and words of every mark, in the order of the text."""
    root = html.fragment_fromstring(f"<div>{shown}</div>")
    return [(mark.get("class"), mark.text_content()) for mark in root.xpath(".//mark")]


def quote(start: int, end: int, number: int = 1) -> Mark:
    return Mark(start, end, "quote", number)


def speaker(start: int, end: int) -> Mark:
    return Mark(start, end, "speaker", 1)


def test_a_speaker_within_a_quote_is_marked_in_it() -> None:
    shown = marked_html(TEXT, [quote(0, 18), speaker(4, 8)])
    assert marks_of(shown) == [("m-quote", "The army said that"), ("m-speaker", "army")]


def test_a_speaker_that_begins_before_the_quote_is_marked_in_two_pieces() -> None:
    shown = marked_html(TEXT, [quote(4, 18), speaker(0, 8)])
    assert marks_of(shown) == [("m-speaker", "The "), ("m-quote", "army said that"), ("m-speaker", "army")]
    assert shown.count("Who says so") == 1


def test_marks_side_by_side_stay_two() -> None:
    assert marks_of(marked_html("onetwo", [quote(0, 3), quote(3, 6, 2)])) == [("m-quote", "one"), ("m-quote", "two")]


def test_where_quotes_overlap_each_piece_tells_which_hold_it() -> None:
    shown = marked_html("abcdef", [quote(0, 4, 7), quote(2, 6, 8)], anchors=True)
    root = html.fragment_fromstring(f"<div>{shown}</div>")
    assert [(m.text_content(), m.get("id"), m.get("data-hits")) for m in root.xpath(".//mark")] == [
        ("ab", "m-hit-7", "7"),
        ("cd", "m-hit-8", "7 8"),
        ("ef", None, "8"),
    ]


def test_quotes_that_begin_together_each_have_their_id() -> None:
    shown = marked_html("abcd", [quote(0, 4, 1), quote(0, 2, 2)], anchors=True)
    root = html.fragment_fromstring(f"<div>{shown}</div>")
    assert sorted(root.xpath(".//@id")) == ["m-hit-1", "m-hit-2"]


def test_without_anchors_there_are_no_ids() -> None:
    assert " id=" not in marked_html("abcd", [quote(0, 2)])


@pytest.mark.parametrize(
    ("mark", "message"),
    [
        (quote(-1, 2), "lies outside the report's 36 characters"),
        (quote(3, 3), "lies outside"),
        (quote(5, 4), "lies outside"),
        (quote(0, 37), "lies outside"),
        (quote(3, 4), "nothing but blank space"),
        (Mark(0, 2, "other", 1), "is no kind of mark; there are quote, speaker"),  # type: ignore[arg-type]
    ],
)
def test_a_mark_that_does_not_fit_is_refused(mark: Mark, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        checked_marks(TEXT, [mark])


def test_two_quotes_cannot_have_one_number() -> None:
    with pytest.raises(ValueError, match="two quotes have the number 1"):
        checked_marks(TEXT, [quote(0, 3), quote(4, 8)])


def test_blank_space_before_the_words_is_not_marked() -> None:
    assert checked_marks(TEXT, [quote(3, 8)]) == (quote(4, 8),)


_SPANS = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 12), st.booleans()), max_size=5)


@given(st.text(st.sampled_from("ab <&\"'\u202eا\n"), min_size=1, max_size=30), _SPANS, st.integers(0, 9))
def test_any_marks_leave_the_text_as_it_is_and_cover_exactly_their_words(
    text: str, spans: list[tuple[int, int, bool]], offset: int
) -> None:
    marks = [
        Mark(start, start + length, "quote" if is_quote else "speaker", number)
        for number, (start, length, is_quote) in enumerate(spans, start=1)
    ]
    shown = marked_html(text, marks, offset=offset, anchors=True)
    root = html.fragment_fromstring(f"<div>{shown}</div>")
    assert {element.tag for element in root.iter()} <= {"div", "mark", "bdi", "span"}
    # A control is shown as a label of three letters.
    assert root.text_content() == text.replace("\u202e", "RLO")
    for mark in marks:
        words = text[max(0, mark.start - offset) : max(0, mark.end - offset)]
        if mark.kind == "quote":
            pieces = root.xpath(f".//mark[contains(concat(' ', @data-hits, ' '), ' {mark.number} ')]")
            assert "".join(piece.text_content() for piece in pieces) == words.replace("\u202e", "RLO")
