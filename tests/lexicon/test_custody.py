"""The book of custody: every rule fires in its examples and is silent in the others."""

import pytest

from onrecord.errors import LexiconError
from onrecord.lexicon import custody
from onrecord.lexicon.load import shipped

BOOK = custody.load(shipped())
RULES = [rule for rule in BOOK.rules if rule.sort != "words"]


def fired(read, text: str) -> set[str]:
    """Return the ids of the rules that fire in a text."""
    return {
        rule for report in read(f"The report came on Tuesday.\n\n{text}", "2025-06-10").custody for rule in report.rules
    }


@pytest.mark.parametrize(
    ("rule", "text"), [(rule, text) for rule in RULES for text in rule.yes], ids=lambda v: getattr(v, "id", v)
)
def test_a_rule_fires_in_its_examples(read, rule, text):
    """What a rule says that it finds, it finds."""
    assert rule.id in fired(read, text)


@pytest.mark.parametrize(
    ("rule", "text"), [(rule, text) for rule in RULES for text in rule.no], ids=lambda v: getattr(v, "id", v)
)
def test_a_rule_is_silent_in_its_counterexamples(read, rule, text):
    """What a rule says that it leaves alone, it leaves alone."""
    assert rule.id not in fired(read, text)


def test_a_rule_without_status_does_not_load(tmp_path):
    """A rule that would give no status is refused."""
    (tmp_path / "custody.yaml").write_text(
        '- {id: x, sort: object, words: [arrest], yes: ["a", "b"], no: ["c"]}\n', encoding="utf-8"
    )
    with pytest.raises(LexiconError, match="needs a status"):
        custody.load(tmp_path)
