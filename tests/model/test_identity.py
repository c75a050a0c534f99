"""Ids are the same on every machine, and other parts give another id."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.model.identity import identity

PARTS = st.recursive(
    st.none() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4).map(tuple),
    max_leaves=10,
)


@given(PARTS, PARTS)
def test_other_parts_other_id(left, right) -> None:
    assert (identity("act", left) == identity("act", right)) == (left == right)


@given(st.lists(PARTS, max_size=3))
def test_lists_and_tuples_are_alike(parts) -> None:
    assert identity("act", parts) == identity("act", tuple(parts))


def test_parts_do_not_run_into_each_other() -> None:
    made = {
        identity("act", *parts) for parts in (("ab", "c"), ("a", "bc"), ("abc",), (("a", "b"), "c"), ("1:a",), (1,))
    }
    assert len(made) == 6


def test_the_same_in_every_process() -> None:
    script = "from onrecord.model.identity import identity; print(identity('act', 'Vila', 3, None, ('ä',)))"
    ran = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": "5"}
    )
    assert ran.stdout.strip() == identity("act", "Vila", 3, None, ("ä",))


def test_a_pinned_id_never_changes() -> None:
    assert identity("doc", "Envoys left.") == "doc-bffd5fe8ea1ffa60"


def test_what_has_no_written_form_is_refused() -> None:
    with pytest.raises(TypeError, match="float"):
        identity("act", 1.5)
