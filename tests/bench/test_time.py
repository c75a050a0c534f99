"""The metric for expressions of time, on a document of our own."""

import pytest

from onrecord import bench
from onrecord.bench import time
from onrecord.errors import UsageError

TML = (
    '<TimeML><DCT><TIMEX3 tid="t0" type="DATE" value="2021-06-08">2021-06-08</TIMEX3></DCT>\n<TEXT>\nShe &amp; I met '
    '<TIMEX3 tid="t1" type="DATE" value="2021-06-07">yesterday</TIMEX3>.\n</TEXT></TimeML>'
)


def test_offsets_are_into_the_text_without_tags(tmp_path):
    (tmp_path / "one.tml").write_text(TML, encoding="utf-8")
    (item,) = time.items(tmp_path)
    (gold,) = item.gold
    assert item.text[gold.start : gold.end] == "yesterday"
    assert item.published == "2021-06-08"


def test_gold_against_itself_is_perfect_and_nothing_is_zero():
    gold = (time.Timex(0, 5, "DATE", "2021"), time.Timex(9, 12, "SET", "P1D"))
    whole = time.figures({"documents": 1, **time.tally(gold, list(gold))})
    none = time.figures({"documents": 1, **time.tally(gold, [])})
    assert (whole["relaxed"]["F1"], whole["value_F1"]) == (100, 100)
    assert (none["relaxed"]["F1"], none["value_F1"]) == (0, 0)


def test_a_shifted_span_is_relaxed_but_not_strict():
    gold = (time.Timex(0, 5, "DATE", "2021"),)
    counts = time.tally(gold, [time.Timex(1, 5, "DATE", "2020")])
    assert (counts["relaxed"], counts["strict"], counts["value"]) == (1, 0, 0)


def test_an_unknown_benchmark_is_refused(tmp_path):
    with pytest.raises(UsageError):
        bench.run("nothing", tmp_path)
