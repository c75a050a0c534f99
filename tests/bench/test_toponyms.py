"""The metric for place names, on rows of our own."""

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
