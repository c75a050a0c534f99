"""The metrics for attributions: gold scores a hundred, nothing scores nothing, a swapped speaker is not right."""

import pytest

from onrecord.bench.polnear import brat
from onrecord.bench.spans import Triple, document_level, is_direct, item_level, project, trimmed

TEXT = "Orla Venn said “we will not leave”. According to Tomas Kerr, it rained."


def at(words: str) -> tuple[tuple[int, int], ...]:
    start = TEXT.index(words)
    return ((start, start + len(words)),)


GOLD = [
    Triple(at("Orla Venn"), at("said"), at("“we will not leave”")),
    Triple(at("Tomas Kerr"), at("According to"), at("it rained")),
]


def test_gold_against_itself() -> None:
    """Every figure is a hundred."""
    report = document_level([(TEXT, GOLD, GOLD)])
    assert report["content_exact"]["f1"] == report["content_overlap"]["f1"] == 100.0
    assert report["speaker_end_to_end"]["f1"] == report["source_when_found"]["share"] == 100.0


def test_nothing_against_gold() -> None:
    """No precision, no recall, no exception."""
    report = document_level([(TEXT, GOLD, [])])
    assert report["content_overlap"]["f1"] == report["speaker_end_to_end"]["f1"] == 0.0


def test_swapped_speakers_are_found_and_wrong() -> None:
    """Contents stay right, end to end does not."""
    swapped = [Triple(GOLD[1 - place].source, row.cue, row.content) for place, row in enumerate(GOLD)]
    report = document_level([(TEXT, GOLD, swapped)])
    assert report["content_exact"]["f1"] == 100.0
    assert report["speaker_end_to_end"]["f1"] == 0.0


def test_direct_alone_counts_the_quoted() -> None:
    """Gold is cut down to what opens and closes with a mark."""
    assert is_direct(TEXT, GOLD[0].content[0])
    assert not is_direct(TEXT, GOLD[1].content[0])
    assert document_level([(TEXT, GOLD, GOLD)], direct=True)["content_exact"]["gold"] == 1


def test_trimming_leaves_out_marks_and_blanks() -> None:
    """A span of marks alone is nothing."""
    assert trimmed("  “no,” ", [(0, 8), (6, 8)]) == ((3, 5),)


def test_items_are_projected_and_counted_exactly() -> None:
    """A token more or less is no exact span; the second span over labelled tokens is dropped."""
    offsets = [(0, 4), (5, 9), (10, 14), None, (15, 34)]
    labels = project(offsets, GOLD)
    assert labels == ["B-source", "I-source", "B-cue", "O", "B-content"]
    assert item_level([(labels, labels)])["source"]["f1"] == 100.0
    assert item_level([(labels, ["B-source", "O", "B-cue", "O", "B-content"])])["source"]["f1"] == 0.0


def test_brat_files_give_roles_and_fragments() -> None:
    """Discontinuous spans are fragments of one role."""
    rows = brat("T1\tSource 0 4\tOrla\nT2\tContent 5 9;12 14\tx\nE1\tAttribution:T9 Source:T1 Content2:T2\n")
    assert rows == [Triple(((0, 4),), (), ((5, 9), (12, 14)))]


@pytest.mark.gold
@pytest.mark.slow
def test_rules_alone_hold_their_floor_on_polnear(shared) -> None:
    """Dev of PolNeAR, rules alone: end to end above Citron's published 65.0 on test."""
    from onrecord.bench import run  # noqa: PLC0415

    report = run("polnear", shared / "gold" / "polnear" / "dev", reader="rules")
    assert report["all"]["speaker_end_to_end"]["f1"] >= 68
    assert report["all"]["content_overlap"]["f1"] >= 78
