"""The metric of the pages: shingles as the benchmark counts them; and the set itself, where it is beside us."""

import pytest

from onrecord.bench.html import overlap, run, shingles


def test_shingles_are_four_words_and_are_counted():
    """Fewer words make one shorter shingle; nothing makes none."""
    assert shingles("a b c d e") == {("a", "b", "c", "d"): 1, ("b", "c", "d", "e"): 1}
    assert shingles("a b") == {("a", "b"): 1}
    assert shingles("") == {}


def test_precision_and_recall_of_an_overlap():
    """Half of what was found is right, a third of what was wanted was found."""
    assert overlap(shingles("a b c d e f g"), shingles("a b c d e")) == (1.0, 0.5)
    assert overlap(shingles("a b c d"), shingles("")) == (None, 0.0)


@pytest.mark.gold
@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_the_bars_of_the_pages(shared):
    """Main text and dates at what the peers reach, no page raising."""
    report = run(shared / "gold" / "html")
    assert report["text"]["F1"] >= 96.0
    assert report["dates"]["right"] >= 170
    assert report["dates"]["wrong"] <= 12
