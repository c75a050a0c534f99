"""The book of acts: what loads, what is refused, and that words of one sort are where the rules look for them."""

import shutil
from importlib import resources
from pathlib import Path

import pytest

from onrecord.errors import LexiconError
from onrecord.lexicon import acts
from onrecord.model.vocabulary import ActType, words

DATA = Path(str(resources.files("onrecord.lexicon") / "data"))


@pytest.fixture
def folder(tmp_path):
    """A copy of the acts files that a test may spoil."""
    for name in (*acts.FILES, "acts_lists.yaml"):
        shutil.copy(DATA / name, tmp_path / name)
    return tmp_path


def test_every_type_has_a_rule(lexicon):
    """All sixteen types can be found."""
    assert {rule.type for rule in lexicon.acts.rules} == set(words(ActType))


def test_a_rule_with_needs_is_tried_before_one_without(lexicon):
    """What is told more closely wins."""
    for lemma in {verb for rule in lexicon.acts.rules for verb in rule.verbs}:
        needs = [bool(rule.needs) for rule in lexicon.acts.of_verb(lemma)]
        assert needs == sorted(needs, reverse=True)


def test_a_wrong_type_is_named_with_its_line(folder):
    """The message says file, line and what was meant."""
    path = folder / "acts_force.yaml"
    text = path.read_text(encoding="utf-8").replace("type: ASSAULT", "type: ASAULT", 1)
    path.write_text(text, encoding="utf-8")
    line = next(n for n, row in enumerate(text.splitlines(), 1) if "ASAULT" in row)
    with pytest.raises(
        LexiconError, match=rf'acts_force\.yaml:{line}: unknown type "ASAULT" \(did you mean "ASSAULT"\?\)'
    ):
        acts.load(folder)


def test_a_rule_without_examples_does_not_load(folder):
    """Two that must match, one that must not."""
    with (folder / "acts_force.yaml").open("a", encoding="utf-8") as file:
        file.write("- {id: assault.new, type: ASSAULT, verbs: [zap], yes: [{text: They zap.}], no: []}\n")
    with pytest.raises(LexiconError, match=r"assault\.new needs at least two yes and one no"):
        acts.load(folder)


def test_an_id_in_two_files_is_refused(folder):
    """An id names one rule."""
    text = (folder / "acts_force.yaml").read_text(encoding="utf-8")
    rule = text[text.index("- id: assault.attack") : text.index("- id: assault.bomb")]
    with (folder / "acts_cooperation.yaml").open("a", encoding="utf-8") as file:
        file.write(rule)
    with pytest.raises(LexiconError, match=r"'assault\.attack' stands in another acts file already"):
        acts.load(folder)
