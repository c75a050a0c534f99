"""Acts end to end: roles, voices, figures, dates, traps, and the law that nothing hedged is asserted as done."""

import itertools
import time

import pytest

from onrecord.model.text import Document

DATE = "2031-05-20"


def _acts(read, text):
    return read(text, DATE).acts


def _told(act):
    return (
        act.type,
        sorted(ref.country or ref.name for ref in act.actors),
        sorted(ref.country or ref.name for ref in act.targets),
    )


@pytest.mark.parametrize(
    ("text", "kind", "actors", "targets"),
    [
        ("Kenya attacked Uganda on Monday, officials said in a statement.", "ASSAULT", ["KEN"], ["UGA"]),
        ("Uganda was attacked by Kenya on Monday, officials said in a statement.", "ASSAULT", ["KEN"], ["UGA"]),
        ("Kenya's attack on Uganda went on through the night and into the morning.", "ASSAULT", ["KEN"], ["UGA"]),
        ("The Kenyan army carried out an attack on Uganda before dawn on Monday.", "ASSAULT", ["KEN"], ["UGA"]),
        ("Norway imposed sanctions on Peru on Monday after a long debate.", "SANCTION", ["NOR"], ["PER"]),
        ("Norway and Peru held talks in the capital on Monday about the border.", "CONSULT", ["NOR", "PER"], []),
        ("Norway accused Peru on Monday of breaking the treaty they had signed.", "ACCUSE", ["NOR"], ["PER"]),
    ],
)
def test_grammar_does_not_change_the_roles(read, text, kind, actors, targets):
    """Active, passive, nominal, light verb: the same doer and the same one done to."""
    assert (kind, actors, targets) in [_told(act) for act in _acts(read, text)]


HEDGED = [
    "{who} did not {base} {whom} on Monday, and the night was quiet.",
    "{who} denied that its troops {past} {whom} on Monday.",
    "The minister denied that {who} {past} {whom} on Monday.",
    "If {who} {past} {whom}, the talks in the capital would end.",
    "{who} threatened to {base} {whom} before the end of the week.",
    "{who} would have {past} {whom} without the storm, the paper wrote.",
    "The minister called on {who} not to {base} {whom} this week.",
]
DEEDS = [("attack", "attacked"), ("bomb", "bombed"), ("invade", "invaded"), ("sanction", "sanctioned")]


@pytest.mark.parametrize("frame", HEDGED)
def test_a_hedge_in_front_never_leaves_a_deed_asserted(read, frame):
    """ "did not", "denied", "if", "threatened to": no act of force stays asserted as happened."""
    states = [("Kenya", "Uganda"), ("Norway", "Peru")]
    for (who, whom), (base, past) in itertools.product(states, DEEDS):
        text = frame.format(who=who, whom=whom, base=base, past=past)
        wrong = [
            act.trigger.text
            for act in _acts(read, text)
            if act.type in {"ASSAULT", "SANCTION"}
            and act.polarity == "asserted"
            and act.modality in {"happened", "ongoing"}
        ]
        assert wrong == [], text


def test_a_match_is_not_a_war(read):
    """Sport words make no act, however warlike."""
    text = (
        "Norway bombarded the Peru goal in the second half of the cup match on Sunday. The striker fired a shot past the "
        "goalkeeper, and the coach praised his defenders after the penalty.\n\nThe captain attacked from midfield and "
        "the referee was accused by the manager of robbing his team of a goal in a league match."
    )
    assert [act.type for act in _acts(read, text) if act.type != "ACCUSE"] == []


def test_an_earthquake_is_not_an_assault(read):
    """The dead of a disaster are nobody's victims."""
    text = "At least 40 people were killed in an earthquake in Peru on Monday, and 200 were injured when houses fell."
    assert _acts(read, text) == ()


def test_the_dead_of_an_attack_are_counted_on_it(read):
    """Casualties without a doer stand as an act with its figures, and no doer is made up."""
    text = "At least 12 soldiers were killed in an ambush in Uganda on Monday, the army said in a statement."
    acts = [act for act in _acts(read, text) if act.type == "ASSAULT"]
    assert len(acts) == 1
    assert acts[0].actors == ()
    assert [(figure.what, figure.low, figure.high) for figure in acts[0].figures] == [("killed", 12, None)]


def test_the_words_of_an_act_hold_its_trigger(read):
    """Evidence is never empty and the trigger stands inside it."""
    text = (
        "Kenya attacked Uganda on Monday. Norway, which condemned the attack, called on Kenya to withdraw its troops."
    )
    for act in _acts(read, text):
        assert any(span.covers(act.trigger) for span in act.evidence)
        assert act.rules


def test_a_long_line_of_commas_is_quick(kit, read):
    """Twenty thousand characters of one sentence take seconds, not minutes."""
    text = "Kenya attacked Uganda, " * 850
    began = time.perf_counter()
    document = Document(id="d", title=None, text=text, source="test")
    kit.parser.read(document, kit.settings)
    bare = time.perf_counter() - began
    began = time.perf_counter()
    read(text, DATE)
    assert time.perf_counter() - began < 12 * max(bare, 0.5)


def test_who_arrested_is_the_state_of_the_place_and_marked(read):
    """Only a state arrests: the place of the clause names it, and the act says that it was inferred."""
    text = (
        "Jon Abelard, a teacher, was arrested in Uganda in March, his brother said. He denies the charges against him."
    )
    act = next(act for act in _acts(read, text) if act.type == "COERCE")
    assert [ref.country for ref in act.actors] == ["UGA"]
    assert "acts.inferred-state" in act.rules


def test_an_agentless_passive_without_a_place_names_nobody(read):
    """No doer is made up where the clause gives none."""
    text = "Jon Abelard, a teacher, was arrested in March, his brother said. Norway and Peru signed a treaty on Monday."
    act = next(act for act in _acts(read, text) if act.type == "COERCE")
    assert act.actors == ()


def test_an_accord_that_will_not_be_signed_is_a_refusal(read):
    """ "will not" is REJECT, "did not" is no refusal, "will" is a plan."""
    assert ("REJECT", ["NOR"], ["PER"]) in [
        _told(act) for act in _acts(read, "Norway will not lift its sanctions on Peru, a minister said on Monday.")
    ]
    assert "REJECT" not in [act.type for act in _acts(read, "Norway did not lift its sanctions on Peru on Monday.")]
    assert "REJECT" not in [act.type for act in _acts(read, "Norway will lift its sanctions on Peru on Monday.")]


def test_owners_that_ask_for_each_other_come_to_an_end(read):
    """A page of armies and governments without a state is read, whatever owns what."""
    text = (
        "The army of the government attacked the government of the army. The army's government struck the army. " * 40
    )
    assert isinstance(_acts(read, text), tuple)


def test_the_dead_of_a_firing_died_in_no_fire(read):
    """A gerund is not the noun that its verb looks like."""
    acts = read("Two farmers were killed in police firing in Lima on Monday, officials said.", "2031-05-20").acts
    assert [act.type for act in acts] == ["ASSAULT"]
