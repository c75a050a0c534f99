"""The metric for place names, on rows of our own."""

import json
from collections import defaultdict

from onrecord.bench import toponyms

OSLO = {"start": 0, "end": 4, "lat": 59.91, "lon": 10.75, "geonames": 1, "tag": True}
ROME = {"start": 9, "end": 13, "lat": 41.9, "lon": 12.5, "geonames": None, "tag": True}


def score(found):
    counts, errors = defaultdict(int), []
    toponyms.tally([OSLO, ROME], found, counts, errors)
    return toponyms.figures(counts, errors)


def test_gold_against_itself_is_perfect():
    figures = score([OSLO, ROME])
    assert (figures["tagging_overlap_F1"], figures["correct_over_all_gold"]) == (100, 100)


def test_a_place_far_away_is_tagged_but_wrong():
    figures = score([OSLO, ROME | {"lat": 34.25, "lon": -85.16}])
    assert (figures["tagging_overlap_F1"], figures["correct_over_all_gold"]) == (100, 50)


def test_nothing_found_is_zero():
    assert score([])["correct_over_all_gold"] == 0


def test_the_distance_from_oslo_to_rome():
    assert 1900 < toponyms.kilometres(OSLO, ROME) < 2100


def test_a_set_that_marks_peoples_is_also_scored_as_the_program_reads(kit, monkeypatch, tmp_path):
    text = "The Norwegians met reporters in Oslo. The Danes stayed in Copenhagen."
    rows = [{"document": "a", "start": text.index(name), "end": text.index(name) + len(name), "name": name, "lat": lat,
             "lon": lon, "geonames": None, "tag": True}
            for name, lat, lon in (("Norwegians", 62, 10), ("Oslo", 59.9, 10.7), ("Danes", 56, 10),
                                   ("Copenhagen", 55.7, 12.6))]  # fmt: skip
    document = {"id": "a", "title": None, "published": "2024-05-01", "text": text}
    for name, listed in (("documents", [document]), ("toponyms", rows)):
        lines = "".join(json.dumps(row) + "\n" for row in listed)
        (tmp_path / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    monkeypatch.setattr(toponyms.parse.Parser, "load", classmethod(lambda _cls, _settings: kit.parser))
    figures = toponyms.run(tmp_path)
    assert figures["loose"]
    assert figures["tagging_overlap_R"] == 100.0
    assert figures["as_read"]["tagging_overlap_R"] == 50.0
    assert figures["as_read"]["correct_over_all_gold"] == 50.0
