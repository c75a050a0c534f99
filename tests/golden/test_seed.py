"""The article that started it, read by hand; it stays beside the repository, and these tests skip elsewhere."""

import json
from pathlib import Path
from typing import Any

import pytest

from onrecord.bench import dispatches
from onrecord.bench.match import same_actor
from onrecord.pipeline import Kit, per_article

pytestmark = pytest.mark.gold


@pytest.fixture(scope="module")
def seed(shared: Path, kit: Kit) -> tuple[dict[str, Any], list[dict[str, Any]], str]:
    """Gold, records and text."""
    folder = shared / "gold" / "seed"
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    result = per_article(dispatches.article(folder, gold), kit)
    assert result.document is not None
    return gold, dispatches.rows([result]), result.document.text


def test_at_least_seventeen_statements_with_the_right_speaker(seed: tuple[Any, Any, str]) -> None:
    """Of the twenty-one that are not optional."""
    gold, records, _ = seed
    report = dispatches.score(gold, records)[0].report()
    assert report["statements.speaker"]["right"] >= 17


def test_at_least_ten_acts(seed: tuple[Any, Any, str]) -> None:
    """Of the fifteen."""
    gold, records, _ = seed
    assert dispatches.score(gold, records)[0].report()["acts"]["found"] >= 10


def test_both_cases_with_holder_and_month(seed: tuple[Any, Any, str]) -> None:
    """Who held them, and when they were let go."""
    gold, records, _ = seed
    cases = [record for record in records if record["kind"] == "case"]
    for row in gold["cases"]:
        case = next(case for case in cases if same_actor(row["person"], case["person"]))
        assert same_actor(row["held_by"], case["holder"])
        assert [case["released"]["since"], case["released"]["until"]] == row["released"]
        assert case["status"] == row["status"]


def test_the_planned_exchange_is_neither_agreed_nor_carried_out(seed: tuple[Any, Any, str]) -> None:
    """It stands under discussion, whatever is said of it."""
    gold, records, _ = seed
    ratio = next(deal["terms"]["ratio"] for deal in gold["deals"] if deal["status"] == "under_discussion")
    deals = [record for record in records if record["kind"] == "deal" and record["terms"]["ratio"] == ratio]
    assert [deal["status"] for deal in deals] == ["under_discussion"]
    steps = [record for record in records if record["kind"] == "step" and record["terms"]["ratio"] == ratio]
    assert steps
    assert {step["step"] for step in steps}.isdisjoint(
        {"agreed", "signed", "scheduled", "carried_out", "partly_carried_out"}
    )


def test_none_of_what_is_not_in_it(seed: tuple[Any, Any, str]) -> None:
    """The six things that a careless reader would take from it."""
    _, records, text = seed
    acts = [record for record in records if record["kind"] == "act"]
    real = [act for act in acts if act["polarity"] == "asserted" and act["modality"] in {"happened", "ongoing"}]
    own = [act for act in real if act["voice"] is None]
    assert not [
        act for act in real if act["type"] == "ASSAULT" and any(ref["country"] == "USA" for ref in act["actors"])
    ]
    last = text.rstrip().rfind("\n")
    assert not [
        record
        for record in records
        if record["kind"] in {"statement", "act", "step", "custody"}
        and any(span["end"] > last for span in record["evidence"])
    ]
    assert not [
        act for act in own if act["type"] == "COERCE" and any(ref["country"] == "USA" for ref in act["targets"])
    ]
    assert not [
        act for act in real if act["type"] == "SANCTION" and any(ref["country"] == "USA" for ref in act["actors"])
    ]
    speakers = [
        record["speaker"]["name"].lower() for record in records if record["kind"] == "statement" and record["speaker"]
    ]
    assert not {"he", "the pair", "the two presidents", "pair"} & set(speakers)
