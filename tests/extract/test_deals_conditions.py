"""Conditions that no noun names."""

import pytest

START = "Norway and Sweden agreed on a draft of a peace deal in Vienna on Sunday.\n\n"


def conditions(result) -> list[tuple[str, str | None]]:
    """Return kind and doer of each condition."""
    return [(step.deal_kind, step.by and step.by.name) for step in result.steps if step.step == "conditions_set"]


@pytest.mark.parametrize(
    "text",
    [
        "Norway would sign nothing until Sweden took its guns off the bridge, its minister Orla Venn said.",
        "Orla Venn, Norway's minister, said it would agree to nothing unless Sweden opened the road.",
        "Norway will put its name to nothing until the teachers have been paid, Orla Venn said.",
    ],
)
def test_nothing_until(read, text):
    """What is withheld until something happens hangs on it."""
    assert ("peace_agreement", "Orla Venn") in [(kind, by) for kind, by in conditions(read(START + text, "2028-06-14"))]


@pytest.mark.parametrize(
    "text",
    [
        "Norway did not sign the deal before Monday.",
        "The minister slept until the train stopped.",
        "Norway left the hall once the lights went out.",
    ],
)
def test_no_condition(read, text):
    """A word of time alone sets none."""
    assert conditions(read(START + text, "2028-06-14")) == []


def test_no_such_thing(read):
    """Who agreed to no such thing denies the deal told of before."""
    text = (
        "Qatar said on Sunday that Norway and Sweden had agreed on a truce. Norway's minister, Orla Venn, said on Monday"
        " that she had agreed to no such thing."
    )
    assert "denied" in {step.step for step in read(text, "2028-06-14").steps}
