"""Judgements: a reason is needed, the sides have no order, and withdrawing is not erasing."""

import pytest

from onrecord.errors import UsageError
from onrecord.keep.judge import corrected, judged, withdrawn

NOW = {"by": "me", "at": "2031-01-01T00:00:00Z", "because": "read both"}


def test_left_and_right_are_the_same_judgement_either_way_round():
    assert judged(left="a", verdict="same", right="b", **NOW) == judged(left="b", verdict="same", right="a", **NOW)


def test_nothing_is_compared_with_itself_or_without_a_reason():
    with pytest.raises(UsageError, match="itself"):
        judged(left="a", verdict="same", right="a", **NOW)
    with pytest.raises(UsageError, match="reason"):
        corrected(record="a", field="status", value="died", **{**NOW, "because": " "})


def test_withdrawing_keeps_the_first_date():
    gone = withdrawn(judged(left="a", verdict="same", right="b", **NOW), "2031-02-01T00:00:00Z")
    assert gone.withdrawn_at == "2031-02-01T00:00:00Z"
    assert withdrawn(gone, "2031-03-01T00:00:00Z") == gone
