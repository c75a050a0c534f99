"""Deeds that are told as nouns beside those whom they befell: "killed in police firing", "nine died in shelling"."""

import pytest


@pytest.mark.parametrize(
    ("text", "actors", "targets", "killed"),
    [
        ("Five men died in police firing near Lima on Monday, a spokesman said.", ["police"], ["men"], 5),
        ("Officials say that 9 men have been killed in police firing since Monday.", ["police"], ["men"], 9),
        ("Nine people were killed in shelling by rebels in Lima on Monday.", ["rebels in Lima"], ["people"], 9),
        ("Two killed in police firing in Lima, a spokesman said on Monday.", ["police"], ["Two"], 2),
    ],
)
def test_who_fired_is_the_doer_and_who_died_the_one_done_to(read, text, actors, targets, killed):
    (act,) = [one for one in read(text, "2031-05-20").acts if one.type == "ASSAULT"]
    assert [ref.name for ref in act.actors] == actors
    assert [ref.name for ref in act.targets] == targets
    assert [figure.low for figure in act.figures if figure.what == "killed"] == [killed]


def test_whoever_flees_or_suffers_a_deed_did_not_do_it(read):
    for text, targets in (
        ("Hundreds of villagers fled an attack by rebels on Monday, a spokesman said.", ["villagers"]),
        ("Three students suffered injuries in a police raid on Monday, a spokesman said.", ["students"]),
    ):
        (act,) = [one for one in read(text, "2031-05-20").acts if one.type == "ASSAULT"]
        assert targets == [ref.name for ref in act.targets]
        assert not {ref.actor for ref in act.actors} & {ref.actor for ref in act.targets}


@pytest.mark.parametrize("text", ["Police killings of students went on.", "The police station was shelled on Monday."])
def test_police_before_another_noun_did_nothing(read, text):
    assert not any(ref.name == "police" for act in read(text, "2031-05-20").acts for ref in act.actors)
