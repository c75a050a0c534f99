"""Every example in the acts' and hedges' data, through the real parser: a rule says what it does and does not match."""

import pytest

from onrecord import lexicon as lexicons
from onrecord.extract import acts, clause
from onrecord.model.cast import Cast, Member
from onrecord.model.holding import Holdings
from onrecord.model.mention import ActorRef
from onrecord.model.text import Document
from onrecord.model.voices import Voices

BOOK = lexicons.load()
STATES = {"Velmora": "VEL", "Sarnia": "SAR"}
DEMONYMS = {"Velmoran": "Velmora", "Sarnian": "Sarnia"}


@pytest.fixture(scope="module")
def parsed(kit):
    """parsed(text) -> (Document, Reading), without the checks of a whole article."""

    def make(text):
        document = Document(id="d", title=None, text=text, source="test")
        return document, kit.parser.read(document, kit.settings)

    return make


def _cast(reading):
    members = []
    for token in range(len(reading)):
        word = reading.word(token)
        name = DEMONYMS.get(word, word)
        if name in STATES:
            members.append(
                Member(
                    first=token,
                    last=token + 1,
                    head=token,
                    form="name" if word in STATES else "demonym",
                    sort="state",
                    refs=(ActorRef(STATES[name], name, STATES[name]),),
                    how="example",
                )
            )
    return Cast(members=tuple(members))


@pytest.fixture(scope="module")
def found(parsed):
    """found(text) -> the acts of one sentence whose states are Velmora and Sarnia."""

    def run(text):
        document, reading = parsed(text)
        return acts.run(
            document=document,
            reading=reading,
            cast=_cast(reading),
            moments=(),
            places=(),
            figures=(),
            voices=Voices((), (), ()),
            holdings=Holdings(),
            steps=(),
            lexicon=BOOK,
        )[0]

    return run


def _heads(refs):
    return sorted(ref.name.split()[-1] for ref in refs)


@pytest.mark.parametrize(
    ("rule", "example"),
    [
        pytest.param(rule, example, id=f"{rule.id}-{n}")
        for rule in BOOK.acts.rules
        for n, example in enumerate(rule.yes)
    ],
)
def test_the_rule_finds_its_examples(found, rule, example):
    """Each `yes` gives an act of the rule with these actors and targets."""
    mine = [act for act in found(example.text) if rule.id in act.rules]
    assert mine, example.text
    act = mine[0]
    if not (example.actor or example.target):
        assert act.type == rule.type
        return
    assert (act.type, act.mode) == (rule.type, rule.mode) or len(act.rules) > 1
    assert _heads(act.actors) == sorted(example.actor)
    assert _heads(act.targets) == sorted(example.target)
    assert (act.modality, act.polarity) == (example.modality, example.polarity)


@pytest.mark.parametrize(
    ("rule", "text"),
    [pytest.param(rule, text, id=f"{rule.id}-{n}") for rule in BOOK.acts.rules for n, text in enumerate(rule.no)],
)
def test_the_rule_leaves_its_traps(found, rule, text):
    """No `no` gives an act of the rule."""
    assert [act.trigger.text for act in found(text) if rule.id in act.rules] == []


@pytest.mark.parametrize(
    "example",
    [
        pytest.param(example, id=f"{entry.id}-{n}")
        for entry in BOOK.hedges.entries
        for n, example in enumerate((*entry.yes, *entry.no))
    ],
)
def test_a_hedge_makes_of_its_examples_what_it_says(parsed, example):
    """Modality and polarity of the word named."""
    _, reading = parsed(example.text)
    token = next(token for token in range(len(reading)) if reading.word(token) == example.word)
    assert clause.modality(reading, token, BOOK.hedges) == (example.modality, example.polarity)
