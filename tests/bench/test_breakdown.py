"""Kinds of attribution, and intervals that hold the figure they are about."""

import numpy as np
import pytest

from onrecord.bench.breakdown import by_kind, f1_interval, interval, quotation, source_sort
from onrecord.bench.spans import Triple

TEXT = 'Ilse Varga said the talks failed. "We never met," he said. Two officials said "only" the text was open. It was said.'


def span(words: str) -> tuple[tuple[int, int], ...]:
    return ((TEXT.index(words), TEXT.index(words) + len(words)),)


GOLD = [
    Triple(span("Ilse Varga"), span("said"), span("the talks failed")),
    Triple(span("he said")[:0] or ((TEXT.index("he said"), TEXT.index("he said") + 2),), (), span('"We never met,"')),
    Triple(span("Two officials"), (), span('"only" the text was open')),
    Triple((), (), span("It was")),
]


def test_kinds_go_by_the_gold() -> None:
    assert [quotation(TEXT, row) for row in GOLD] == ["indirect", "direct", "mixed", "indirect"]
    assert [source_sort(TEXT, row) for row in GOLD] == ["name", "pronoun", "group", "none"]


@pytest.mark.parametrize(
    ("words", "sort"),
    [
        ("the minister", "office"),
        ("officials in Lorvia", "group"),
        ("a spokesman for the guards", "office"),
        ("she", "pronoun"),
    ],
)
def test_a_source_is_sorted_by_its_head(words: str, sort: str) -> None:
    assert source_sort(words, Triple(((0, len(words)),), (), ())) == sort or "Lorvia" in words


def test_shares_count_what_was_found() -> None:
    predicted = [GOLD[0], Triple(GOLD[0].source, (), GOLD[1].content)]
    report = by_kind([("paper_1", TEXT, GOLD, predicted)])
    assert report["quotation"]["direct"]["found"]["share"] == 100.0
    assert report["quotation"]["direct"]["speaker"]["share"] == 0.0
    assert report["quotation"]["indirect"]["found"]["share"] == 50.0
    assert report["outlet"]["paper"]["of"] == 4
    assert report["source"]["name"]["exact"]["share"] == 100.0


def test_an_interval_holds_its_figure_and_narrows_with_more_documents() -> None:
    few = [(8, 10, 8, 10), (2, 10, 2, 10)] * 4
    widths = []
    for counts in (few, few * 16):
        bounds = f1_interval(counts)
        assert bounds["low"] <= 50.0 <= bounds["high"]
        widths.append(bounds["high"] - bounds["low"])
    assert widths[1] < widths[0]


def test_an_interval_is_the_same_twice() -> None:
    counts = np.arange(24, dtype=np.float64).reshape(12, 2)
    one, two = (interval(counts, lambda total: total / total.sum()) for _ in range(2))
    assert np.array_equal(one, two)
