"""The made-up wires on prisoners and hostages against their gold: floors on the half that may be mended on."""

from pathlib import Path
from typing import Any

import pytest

from onrecord.bench import dispatches, match
from onrecord.pipeline import Kit, per_article

DATA = Path(__file__).resolve().parent / "wires-a" / "dev"
# by the rules alone; the figures as they stand, a little below them where a single answer makes the difference
FLOORS = {("custody", "f1"): 88.0, ("custody", "precision"): 100.0, ("steps", "f1"): 85.0, ("steps", "precision"): 90.0}
SHARES = {"custody.status": 87.0, "custody.holder": 54.0, "custody.charge": 63.0, "steps.parties": 90.0}


@pytest.fixture(scope="module")
def read_all(kit: Kit) -> dict[str, tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Gold and records of every article, by folder."""
    read = {}
    for path in match.folders(DATA):
        gold = match.gold_of(path)
        read[path.name] = (gold, dispatches.rows([per_article(dispatches.article(path, gold), kit)]))
    return read


def test_nothing_forbidden(read_all: dict[str, Any]) -> None:
    """Nobody freed who stayed in, nobody held who only speaks for somebody."""
    bad = {name: dispatches.score(gold, records)[1] for name, (gold, records) in read_all.items()}
    assert {name: found for name, found in bad.items() if any(found.values())} == {}


def test_decoys_give_no_deal_and_no_case(read_all: dict[str, Any]) -> None:
    """A transfer deadline and a traffic offence."""
    decoys = [name for name in read_all if name.startswith("decoy")]
    assert len(decoys) == 2
    for name in decoys:
        assert {record["kind"] for record in read_all[name][1]}.isdisjoint({"step", "custody", "deal", "case"}), name


def test_figures_hold_their_floors(read_all: dict[str, Any]) -> None:
    """The ratchet."""
    total = dispatches.Tally()
    for gold, records in read_all.values():
        total.add(dispatches.score(gold, records)[0])
    report = total.report()
    low = {key: report[key[0]][key[1]] for key, floor in FLOORS.items() if report[key[0]][key[1]] < floor}
    low |= {name: report[name]["share"] for name, floor in SHARES.items() if report[name]["share"] < floor}
    assert low == {}


# every other set that may be mended on: F1 of steps and of custody as they stand by the rules alone, a little below; records that must
# not be there at most as many
OTHERS = {
    "wires-b/dev": (94.5, None, 0), "wires-b/held": (54.5, None, 1), "wires-c/dev": (74.0, 98.0, 0),
    "wires-c/held": (60.0, 91.0, 1), "wires-d": (74.0, 85.5, 1), "wires-e": (67.5, 96.5, 0), "wires-f": (60.5, 80.0, 0),
    "wires-g": (71.0, 90.5, 0), "wires-h": (62.0, 71.0, 0), "wires-i": (44.0, 82.0, 0), "wires-j": (56.0, 77.5, 0),
    "wires-k": (63.5, 84.0, 0), "wires-l": (56.0, 90.0, 1),
}  # fmt: skip


@pytest.mark.parametrize("name", OTHERS)
def test_other_sets_hold_their_floors(kit: Kit, name: str) -> None:
    """The ratchet on each set."""
    steps, custody, forbidden = OTHERS[name]
    total = dispatches.Tally()
    bad = 0
    for path in match.folders(DATA.parent.parent / name):
        gold = match.gold_of(path)
        scored, found = dispatches.score(gold, dispatches.rows([per_article(dispatches.article(path, gold), kit)]))
        total.add(scored)
        bad += sum(len(one) if isinstance(one, (list, tuple, dict)) else one for one in found.values())
    report = total.report()
    assert report["steps"]["f1"] >= steps
    assert custody is None or report["custody"]["f1"] >= custody
    assert bad <= forbidden
