"""The written rule of status, read from its page and checked row by row."""

import re
from pathlib import Path

import pytest

from onrecord.reconcile.status import Told, status_of

PAGE = Path(__file__).resolve().parents[2] / "docs" / "explanation" / "status-of-a-deal.md"
STEP = re.compile(
    r"(?P<open>~)?(?P<day>\d\d-\d\d) (?P<step>\w+)(?: by (?P<by>[ABC]))?(?: told by (?P<told>[ABC]))?"
    r"(?P<rest>(?: conditional| unilateral| to a day| in force)*)$"
)


def rows() -> list[tuple[str, str, str, str]]:
    lines = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    return [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines[2:]]


def told(text: str, kind: str, place: int) -> Told:
    found = STEP.match(text.strip())
    assert found, text
    by, teller = found["by"], found["told"]
    standing = "own"
    if teller is not None:
        standing = "party" if teller in "AB" else "third"
    elif by == "C":
        standing = "third"
    return Told(
        id=f"step-{place}", step=found["step"], kind=kind or "prisoner_exchange", since=f"2025-{found['day']}",
        dated=found["open"] is None, standing=standing, side=by if by in {"A", "B"} else None,
        teller=teller if teller in {"A", "B"} else None, conditional="conditional" in found["rest"],
        unilateral="unilateral" in found["rest"], planned="2025-05-30" if "to a day" in found["rest"] else None,
        in_force="in force" in found["rest"],
    )  # fmt: skip


@pytest.mark.parametrize(("case", "kind", "steps", "status"), rows(), ids=[row[0] for row in rows()])
def test_status_of_each_row(case: str, kind: str, steps: str, status: str) -> None:
    """Each row of the page holds, in every order of telling, and names the steps that made it."""
    given = [told(step, kind, place) for place, step in enumerate(steps.split(";"))]
    for order in (given, given[::-1]):
        verdict = status_of(order)
        assert verdict.status == status, (case, verdict)
        assert set(verdict.made_by) <= {one.id for one in given}
        assert verdict.made_by


def test_as_of_a_day() -> None:
    """The status on a day counts the steps up to that day alone."""
    steps = [
        told(text, "", place) for place, text in enumerate(["05-01 proposed by A", "05-04 signed", "05-06 carried_out"])
    ]
    assert [status_of(steps, f"2025-05-0{day}").status for day in (1, 3, 4, 5, 6)] == [
        "floated", "floated", "agreed", "agreed", "carried_out",
    ]  # fmt: skip


def test_a_third_party_never_moves_it_far() -> None:
    """Whatever step a third party claims alone, the deal is at most under discussion."""
    from onrecord.model.vocabulary import StepKind, words  # noqa: PLC0415

    for step in words(StepKind):
        verdict = status_of([told(f"05-04 {step} told by C", "", 0)])
        assert verdict.status in {"floated", "under_discussion"}, step
