"""The book of credits: every rule matches its examples and not the others, and gives the agencies' names."""

import time

import pytest

from onrecord.lexicon import agencies as book
from onrecord.lexicon.load import shipped

BOOK = book.load(shipped())


@pytest.mark.parametrize("rule", BOOK.rules, ids=lambda rule: rule.id)
def test_every_example_of_the_credit_rules(rule):
    """`yes` lines are credits of its sort, `no` lines are none at all."""
    assert [BOOK.found(line).sort for line in rule.yes] == [rule.sort] * len(rule.yes)
    assert [line for line in rule.no if BOOK.found(line)] == []


def test_agencies_are_called_by_one_name():
    """However a paper calls them, each once."""
    found = BOOK.found("The AP, Reuters and Associated Press contributed to this report.")
    assert found.agencies == ("Associated Press", "Reuters")
    assert BOOK.name("afp") == "Agence France-Presse"
    assert BOOK.name("Example Wire") is None


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "line", ["AP " * 99, "A B" * 99, "with AP, " * 33, "By A-A " * 40 + "AP x", "Reuters, " * 30 + "contributed"]
)
def test_a_hostile_line_takes_no_time(line):
    """Repetition doesn't set the patterns off."""
    began = time.perf_counter()
    BOOK.found(line)
    assert time.perf_counter() - began < 1
