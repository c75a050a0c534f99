"""The book of deals: every rule fires in its examples and is silent in the others."""

import pytest

from onrecord.errors import LexiconError
from onrecord.extract import deals_frames, deals_mentions, deals_steps, names
from onrecord.lexicon import deals
from onrecord.lexicon.load import shipped
from onrecord.resolve import within

BOOK = deals.load(shipped())
RULES = [rule for rule in BOOK.rules if rule.sort != "words"]


def fired(reading, kit, text: str) -> set[str]:
    """Return the ids of the rules that fire in a sentence."""
    document, parsed = reading(text)
    candidates = names.run(document=document, reading=parsed, lexicon=kit.lexicon)
    cast, _ = within.run(document=document, reading=parsed, candidates=candidates, lexicon=kit.lexicon)
    framed = list(deals_frames.find(parsed, cast, BOOK))
    told = tuple((item.draft.trigger, item.draft.kind) for item in framed)
    mentions = deals_mentions.find(parsed, BOOK, told)
    ids = {mention.rule for mention in mentions}
    for mention in mentions:
        for draft in deals_steps.drafts(parsed, mention, BOOK):
            ids.update(draft.rules)
    for item in framed:
        ids.update(item.draft.rules)
    for token in range(len(parsed)):
        ids.update(rule.id for rule, _ in BOOK.of("broker", parsed.lemma[token]))
    return ids


@pytest.mark.parametrize(
    ("rule", "text"), [(rule, text) for rule in RULES for text in rule.yes], ids=lambda v: getattr(v, "id", v)
)
def test_a_rule_fires_in_its_examples(reading, kit, rule, text):
    """What a rule says that it finds, it finds."""
    assert rule.id in fired(reading, kit, text)


@pytest.mark.parametrize(
    ("rule", "text"), [(rule, text) for rule in RULES for text in rule.no], ids=lambda v: getattr(v, "id", v)
)
def test_a_rule_is_silent_in_its_counterexamples(reading, kit, rule, text):
    """What a rule says that it leaves alone, it leaves alone."""
    assert rule.id not in fired(reading, kit, text)


def test_a_rule_without_examples_does_not_load(tmp_path):
    """A rule needs two sentences that match and one that doesn't."""
    (tmp_path / "deals.yaml").write_text(
        '- {id: x, sort: step, step: agreed, words: [agree], yes: ["A agreed."], no: []}\n', encoding="utf-8"
    )
    with pytest.raises(LexiconError, match=r"deals.yaml:1: .*two examples"):
        deals.load(tmp_path)


def test_a_wrong_step_is_named_with_its_line(tmp_path):
    """The message says what was meant."""
    (tmp_path / "deals.yaml").write_text(
        '- {id: x, sort: step, step: agred, words: [agree], yes: ["a", "b"], no: ["c"]}\n', encoding="utf-8"
    )
    with pytest.raises(LexiconError, match=r"deals.yaml:1: unknown step"):
        deals.load(tmp_path)
