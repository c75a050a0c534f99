"""Runs are kept whole, and the model card says what they say."""

import importlib.util
from pathlib import Path

import pytest

from onrecord.bench import runs
from onrecord.errors import UsageError

ROOT = Path(__file__).resolve().parents[2]
FIGURES = {
    "all": {"acts": {"precision": 80.0, "recall": 40.0, "f1": 53.3, "found": 40, "predicted": 50, "gold": 100}},
    "roles": {"share": 75.0, "right": 30, "of": 40},
    "measured": {"f1": 61.0, "low": 55.5, "high": 66.0},
    "words": {"seconds": 3.0},
}


def _run(**changes):
    fields = {
        "name": "acts-rules", "bench": "acts", "data": "sets/acts", "corpus": "ab12", "options": {"reader": "rules"},
        "at": "2031-05-04T10:00:00+00:00", "version": "0.1.0", "figures": FIGURES,
    }  # fmt: skip
    return runs.Run(**{**fields, **changes})


def test_figures_come_with_counts_and_intervals():
    """The value lies inside its interval; an interval over documents is taken as it is; what has no count is left."""
    found = {row.path: row for row in runs.rows(FIGURES)}
    assert set(found) == {"all / acts, F1", "roles", "measured, F1"}
    for row in found.values():
        assert 0 <= row.low < row.value < row.high <= 100
    assert (found["measured, F1"].low, found["measured, F1"].over) == (55.5, "documents")
    assert found["roles"].counts == "30 of 40"
    assert found["all / acts, F1"].over == "items"
    wide = next(iter(runs.rows({"roles": {"share": 75.0, "right": 3, "of": 4}})))
    assert found["roles"].high - found["roles"].low < wide.high - wide.low


def test_a_run_comes_back_and_one_that_is_broken_is_named(tmp_path):
    """By its file; other tools' files beside it are passed over."""
    runs.save(_run(), tmp_path)
    (tmp_path / "speed.json").write_text('{"words": 3}')
    assert runs.saved(tmp_path) == [_run()]
    (tmp_path / "bad.json").write_text('{"figures": {}}')
    with pytest.raises(UsageError, match=r"bad\.json"):
        runs.saved(tmp_path)


def test_the_card_is_filled_between_its_marks(tmp_path):
    """And nothing else of it is touched."""
    spec = importlib.util.spec_from_file_location("card", ROOT / "benchmarks" / "card.py")
    card = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(card)
    page = f"# Card\n\n{card.START}old\n{card.END}\n\nafter\n"
    once = card.filled(page, runs.markdown([_run()]))
    assert "| all / acts, F1 | 53.3 |" in once
    assert "onrecord bench acts --data sets/acts --reader rules" in once
    assert once.startswith("# Card\n")
    assert once.endswith("\n\nafter\n")
    assert "old" not in once
    assert card.filled(once, runs.markdown([_run()])) == once
    with pytest.raises(SystemExit):
        card.filled("# Card\n", "")


def test_our_card_has_its_marks_and_says_what_its_runs_say():
    """Whoever measures anew fills the card anew."""
    text = (ROOT / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert "<!-- measured runs: start -->" in text
    for run in runs.saved(ROOT / "benchmarks" / "runs"):
        assert f"### {run.name}\n" in text
