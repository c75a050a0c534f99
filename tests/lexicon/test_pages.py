"""The book of pages: every pattern is found in its examples and not in the others."""

import pytest

from onrecord.lexicon import pages
from onrecord.lexicon.load import shipped

BOOK = pages.load(shipped())


@pytest.mark.parametrize("rule", BOOK.rules, ids=lambda rule: rule.id)
def test_every_example_of_the_page_rules(rule):
    """`yes` lines have it, `no` lines have nothing of its sort."""
    assert all(rule.id in BOOK.found(rule.sort, line) for line in rule.yes)
    assert not any(BOOK.found(rule.sort, line) for line in rule.no)
