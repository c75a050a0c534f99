"""A claim without words can't be built, and a period keeps its order."""

import msgspec
import pytest

from onrecord.errors import BrokenPromise
from onrecord.model.moment import Period
from onrecord.model.rejection import MEANINGS, Rejection
from onrecord.model.text import Span

TEXT = "Delegates met in Vila on the quiet terms of a truce."


@pytest.mark.parametrize("field", ["statements", "acts", "steps", "custody"])
def test_a_claim_without_evidence_can_not_be_built(made, field) -> None:
    claim = getattr(made(TEXT), field)[0]
    with pytest.raises(ValueError, match="without evidence"):
        msgspec.structs.replace(claim, evidence=())


def test_a_statement_without_content_can_not_be_built(made) -> None:
    with pytest.raises(ValueError, match="content"):
        msgspec.structs.replace(made(TEXT).statements[0], content=())


@pytest.mark.parametrize("field", ["statements", "acts", "steps", "custody"])
def test_words_that_do_not_stand_there_are_a_broken_promise(made, field) -> None:
    result = made(TEXT)
    moved = msgspec.structs.replace(getattr(result, field)[0], evidence=(Span(1, 4, "Del"),))
    with pytest.raises(BrokenPromise):
        msgspec.structs.replace(result, **{field: (moved,)})


def test_words_deep_inside_a_claim_are_checked_as_well(made) -> None:
    result = made(TEXT)
    act = result.acts[0]
    actor = msgspec.structs.replace(act.actors[0], mention=Span(0, 4, "Vila"))
    with pytest.raises(BrokenPromise):
        msgspec.structs.replace(result, acts=(msgspec.structs.replace(act, actors=(actor,)),))


@pytest.mark.parametrize(
    ("since", "until"),
    [("2031-05-02", "2031-05-01"), ("2031-5-1", None), ("2031-02-30", None), (None, "May"), ("2031-05-01T10:00", None)],
)
def test_a_period_that_can_not_be_is_refused(since, until) -> None:
    with pytest.raises(ValueError):
        Period(since, until)


def test_an_open_end_is_no_end() -> None:
    assert Period("2031-05-01", None).until is None
    assert Period(None, None, "approx").since is None


def test_a_code_without_a_meaning_is_refused() -> None:
    assert Rejection(code="R301", stage="extract")
    with pytest.raises(ValueError, match="R000"):
        Rejection(code="R000", stage="extract")
    assert list(MEANINGS) == sorted(MEANINGS)
