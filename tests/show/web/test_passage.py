"""The words around a span: its sentence, as far as looks tell."""

import time

from hypothesis import given
from hypothesis import strategies as st

from onrecord.model.text import Document, Span
from onrecord.show.web.passage import passage


def cut(text: str, words: str, most: int = 420) -> tuple[str, str, str]:
    document = Document(id="doc-1", title=None, text=text, source="hand.txt")
    return passage(document, document.cite(text.index(words), text.index(words) + len(words)), most)


def test_a_clause_stands_in_its_sentence() -> None:
    """Nothing of the sentences before and after."""
    text = "It rained. The envoys met to trade sailors, a clerk said. They left.\n\nElsewhere it snowed."
    assert cut(text, "trade sailors") == ("The envoys met to ", "trade sailors", ", a clerk said.")


def test_a_whole_sentence_stands_alone() -> None:
    """Also the first and the last of a text."""
    assert cut("One went. Two came.", "One went.") == ("", "One went.", "")
    assert cut("One went. Two came.", "Two came.") == ("", "Two came.", "")
    assert cut("One went.\nTwo came.", "One went.") == ("", "One went.", "")


def test_a_long_sentence_is_cut_where_words_end() -> None:
    """With a mark that says so."""
    before, words, after = cut("alpha " * 100 + "here" + " omega" * 100, "here")
    assert words == "here"
    assert before.startswith("… alpha")
    assert after.endswith("omega …")
    assert len(before) < 230


def test_words_without_their_article_stand_alone() -> None:
    """A store may have been cut."""
    assert passage(None, Span(3, 7, "four")) == ("", "four", "")


def test_very_long_evidence_is_cut() -> None:
    """And stays on one line."""
    assert len(cut("a b\n" * 5000, "a b\n" * 4000)[1]) < 430


@given(st.text(max_size=120), st.integers(0, 119), st.integers(1, 40))
def test_the_words_are_never_others(text: str, start: int, length: int) -> None:
    """Law: whatever the text, the span's own words come back, and nothing is raised."""
    end = min(start + length, len(text))
    if start >= end or not text[start:end].strip():
        return
    document = Document(id="doc-1", title=None, text=text, source="hand.txt")
    span = document.cite(start, end)
    found = passage(document, span)
    assert len(found.words) >= len(span.text.split()[0]) if span.text.split() else True
    assert "\n" not in "".join(found)


def test_a_text_without_ends_is_quick() -> None:
    """200 kB of quotation marks."""
    text = '"' * 200_000 + " x"
    begun = time.perf_counter()
    cut(text, "x")
    assert time.perf_counter() - begun < 1
