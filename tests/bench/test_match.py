"""Whether two names are one, and where a snippet stands."""

import pytest

from onrecord.bench.match import find, overlap, same_actor, same_name


@pytest.mark.parametrize(
    ("gold", "found", "same"),
    [
        ("Orla Venn", "Venn", True),
        ("Orla Venn", "Minister Orla Venn", True),
        ("Orla Venn", "O. Venn", True),
        ("Orla Venn", "Tomas Venn", False),
        ("Orla Venn", "Orla Brandt", False),
        ("Selim Aydoğan", "Selim Aydogan", True),
    ],
)
def test_names(gold: str, found: str, same: bool) -> None:
    """The last name alone will do; another first name will not."""
    assert same_name(gold, found) is same


def test_a_state_is_known_by_code_name_capital_and_government() -> None:
    """A person of that state is not the state."""
    assert same_actor("NOR", {"actor": "NOR", "name": "Oslo", "country": "NOR"})
    assert same_actor("Norwegian government", {"actor": "NOR", "name": "Norway", "country": "NOR"}, "NOR")
    assert not same_actor("Norwegian government", {"actor": "orla-venn", "name": "Orla Venn", "country": "NOR"}, "NOR")
    assert not same_actor("NOR", {"actor": "SWE", "name": "Sweden", "country": "SWE"})
    assert not same_actor("NOR", None)


def test_a_snippet_is_found_over_blanks_and_marks() -> None:
    """Line ends and curly marks do not matter; a half overlap is two thirds."""
    text = "She said: “We will\nleave.” We will leave."
    assert len(find(text, "We will leave")) == 2
    assert len(find(text, '"We will leave')) == 1
    assert overlap(frozenset({1, 2}), frozenset({2})) == pytest.approx(2 / 3)
