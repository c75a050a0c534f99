"""The laws of a text and the places in it: what is cited stands there, whatever the characters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import BrokenPromise
from onrecord.model.text import Document, Span

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=300)


def document(text: str) -> Document:
    return Document(id=Document.id_of(text), title=None, text=text, source="law")


@given(TEXTS, st.data())
def test_what_is_cited_stands_there(text, data) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    whole = document(text)
    if text[start:end].isspace():
        with pytest.raises(BrokenPromise):
            whole.cite(start, end)
        return
    span = whole.cite(start, end)
    assert start <= span.start < span.end <= end
    assert text[span.start : span.end] == span.text
    assert span.text == text[start:end].strip()
    assert whole.holds(span)
    assert whole.cite(span.start, span.end) == span


@given(TEXTS, TEXTS)
def test_a_span_of_another_text_does_not_hold(text, other) -> None:
    whole = document(text)
    if not text.isspace():
        span = whole.cite(0, len(text))
        moved = Span(span.start, span.end, span.text, document=document(other).id)
        assert whole.holds(moved) == (text == other)


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (2, 2), (3, 2), (0, 99)])
def test_places_outside_of_the_text_are_a_broken_promise(start, end) -> None:
    with pytest.raises(BrokenPromise):
        document("Envoys left.").cite(start, end)


@pytest.mark.parametrize(("start", "end", "text"), [(0, 0, ""), (-1, 1, "ab"), (0, 3, "ab"), (5, 3, "ab")])
def test_a_span_that_can_not_hold_is_refused(start, end, text) -> None:
    with pytest.raises(ValueError, match="span"):
        Span(start, end, text)


def test_offsets_are_code_points() -> None:
    whole = document("😀 Vila: “no”.")
    assert whole.cite(2, 6).text == "Vila"


def test_covers_and_overlaps() -> None:
    outer, inner, beside = Span(0, 5, "abcde"), Span(1, 3, "bc"), Span(5, 6, "f")
    assert outer.covers(inner)
    assert not inner.covers(outer)
    assert outer.overlaps(inner)
    assert inner.overlaps(outer)
    assert not outer.overlaps(beside)
    assert not beside.overlaps(outer)


@given(TEXTS, TEXTS)
def test_the_same_words_are_one_document(text, other) -> None:
    assert (Document.id_of(text) == Document.id_of(other)) == (text == other)
