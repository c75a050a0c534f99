"""Cutting the text at the borders of spans that overlap as they please."""

import html
import re
import time
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from onrecord.show.web.marks import Mark, Note, marked, paragraphs


class Nest(HTMLParser):
    """Reads marked text back: its words, its anchors with the words inside, and whether it nests."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words = ""
        self.ids: list[str] = []
        self.open: list[str] = []
        self.deepest = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        self.deepest = max(self.deepest, len(self.open))
        self.ids += [value or "" for name, value in attrs if name == "id"]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


def read(markup: str) -> Nest:
    nest = Nest()
    nest.feed(str(markup))
    nest.close()
    assert nest.open == []
    return nest


def note(number: int) -> tuple[Note, ...]:
    return (Note(number, "act", f"act-{number}"),)


def test_spans_that_cross_are_split_and_still_nest() -> None:
    """The one that begins first is closed where it ends; the other goes on behind it, without a second anchor."""
    text = "one two three four"
    found = marked(
        text,
        0,
        len(text),
        [
            Mark(start=0, end=7, classes=("a",), notes=note(1)),
            Mark(start=4, end=13, classes=("b",), notes=note(2)),
        ],
    )
    assert read(found).words == text
    assert read(found).ids == ["e-act-1", "e-act-2"]
    assert re.findall(r'<mark class="(\w)"', found) == ["a", "b", "b"]


def test_records_with_the_very_same_words_share_a_mark_and_keep_their_anchors() -> None:
    """Two anchors, one mark: a reader sees one stretch and two numbers."""
    lines = list(
        paragraphs(
            "some words",
            [
                Mark(start=0, end=4, classes=("act",), notes=note(1)),
                Mark(start=0, end=4, classes=("step",), notes=note(2)),
            ],
        )
    )
    assert lines[0].html.count("<mark") == 1
    assert read(lines[0].html).ids == ["e-act-1", "e-act-2"]
    assert [each.number for each in lines[0].notes] == [1, 2]


def test_evidence_over_two_paragraphs_has_one_anchor() -> None:
    """The anchor stands in the first; the second is marked as well."""
    text = "first line\n\nsecond line"
    lines = list(paragraphs(text, [Mark(start=6, end=18, classes=("a",), notes=note(1))]))
    assert [read(line.html).ids for line in lines] == [["e-act-1"], []]
    assert all("<mark" in line.html for line in lines)
    assert [len(line.notes) for line in lines] == [1, 0]


def test_lines_that_were_skipped_say_so() -> None:
    """And lines that follow one another closely are told from paragraphs."""
    text = "Read more\n\nText here\nclose by"
    lines = list(paragraphs(text, [], [(0, 9)]))
    assert [line.skipped for line in lines] == [True, False, False]
    assert [line.close for line in lines] == [False, False, True]
    assert [line.close for line in paragraphs("one\ntwo", [])] == [False, False]


def test_text_is_never_raw_html() -> None:
    """Tags in an article are words."""
    found = marked("<script>alert(1)</script>&amp;", 0, 30, [Mark(start=0, end=8, classes=("a",))])
    assert "<script" not in found
    assert read(found).words == "<script>alert(1)</script>&amp;"


SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30)), max_size=40)
LETTERS = st.text(st.sampled_from("ab <>&\"'\n\u0301é😀\u200f"), min_size=0, max_size=90)


@given(LETTERS, SPANS)
def test_without_its_tags_it_is_the_text_again(text: str, spans: list[tuple[int, int]]) -> None:
    """Law: whatever is marked, no character is lost, added or moved, every anchor stands once, everything nests."""
    marks = [
        Mark(start=start, end=min(start + length, len(text)), classes=("a",), notes=note(number))
        for number, (start, length) in enumerate(spans)
        if start < len(text)
    ]
    lines = list(paragraphs(text, marks))
    kept = [line for line in text.split("\n") if line.strip()]
    assert [read(line.html).words for line in lines] == kept
    ids = [each for line in lines for each in read(line.html).ids]
    assert len(ids) == len(set(ids))
    noted = [each.id for line in lines for each in line.notes]
    assert sorted(ids) == sorted(f"e-{each}" for each in noted)


def test_thousands_of_spans_over_one_line_are_quick_and_not_too_deep() -> None:
    """Spans that all cross would make a square of pieces; a browser gives up on 512 elements inside each other."""
    text = "word " * 4000
    marks = [Mark(start=n, end=n + 5000, classes=("a",), notes=note(n)) for n in range(5000)]
    begun = time.perf_counter()
    found = next(paragraphs(text, marks))
    assert time.perf_counter() - begun < 5
    nest = read(found.html)
    assert nest.deepest < 20
    assert nest.words == text
    assert len(nest.ids) == 5000


def test_blanks_without_end_are_quick() -> None:
    """200 kB of them on one line."""
    begun = time.perf_counter()
    assert list(paragraphs(" " * 200_000, [])) == []
    assert time.perf_counter() - begun < 1


def test_characters_that_reorder_the_line_are_written_out() -> None:
    """A right-to-left override in an article can't turn the page around."""
    found = html.unescape(str(marked("safe \u202egnp.exe", 0, 13, [])))
    assert "\u202e" not in found
    assert "[U+202E]" in found
