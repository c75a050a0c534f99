"""B-cubed and average linkage, on groupings small enough to count by hand."""

import json

import numpy as np

from onrecord.bench.stories import b_cubed, linked, run, similarities


def test_b_cubed_by_hand():
    """Everything in one group: all recall; everything alone: all precision."""
    gold = ["a", "a", "b", "b"]
    assert b_cubed(gold, [1, 1, 1, 1]) == {"groups": 1, "P": 50.0, "R": 100.0, "F1": 66.7}
    assert b_cubed(gold, [1, 2, 3, 4]) == {"groups": 4, "P": 100.0, "R": 50.0, "F1": 66.7}
    assert b_cubed(gold, [1, 1, 2, 2])["F1"] == 100.0


def test_average_linkage_stops_at_the_threshold():
    """Two pairs that are near, and far from each other."""
    near = np.array([[1, 0.9, 0.1, 0.1], [0.9, 1, 0.1, 0.1], [0.1, 0.1, 1, 0.8], [0.1, 0.1, 0.8, 1]])
    assert linked(near, 0.5) == [0, 0, 2, 2]
    assert linked(near, 0.05) == [0, 0, 0, 0]
    assert linked(near, 0.95) == [0, 1, 2, 3]


def test_rare_words_count():
    """Texts that share a rare word are nearer than those that share a frequent one."""
    close = similarities([["the", "otter"], ["the", "otter"], ["the", "envoy"], ["the", "bridge"]])
    assert close[0][1] > 0.9 > close[0][2]


def test_a_set_is_read_and_scored(tmp_path):
    """One line a document; the predictions carry voice and story."""
    rows = [
        {"doc_id": f"{n}", "event": event, "sentences": [f"The {event} of town {n} was told in words of its own ."]}
        for n, event in enumerate(["flood", "flood", "strike"])
    ]
    (tmp_path / "dev.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    report = run(tmp_path, tmp_path / "out.jsonl")
    assert report["documents"] == 3
    assert report["copies"]["P"] == 100.0
    assert len((tmp_path / "out.jsonl").read_text().splitlines()) == 3
