"""Whom an act falls on where its clause names nobody, and words that point back at doers told before."""

import pytest

PAIR = (
    "Norway and Peru have traded fire for a week. Norway attacked Peru on Monday. Peru attacked Norway on Tuesday.\n\n"
)


def _act(result, word):
    return next(act for act in result.acts if act.trigger.text == word)


def _who(refs):
    return [ref.country or ref.name for ref in refs]


def test_a_threat_in_case_of_something_falls_on_who_would_do_it(read):
    result = read("Norway vowed retaliation if Peru went ahead with the drills.")
    assert _who(_act(result, "vowed").targets) == ["PER"]


def test_a_taken_town_is_the_loss_of_its_state(read):
    result = read("OSLO, Norway, March 3 - Peruvian troops captured Oslo in January.", "2026-03-03")
    act = _act(result, "captured")
    assert (_who(act.actors), _who(act.targets)) == (["PER"], ["NOR"])


def test_words_of_time_are_nobody(read):
    result = read("Norwegian soldiers fired shots on Tuesday afternoon after Peruvian troops crossed the border.")
    act = _act(result, "fired")
    assert (_who(act.actors), _who(act.targets)) == (["NOR"], ["PER"])
    assert "acts.inferred-side" in act.rules


def test_intruders_are_those_who_intruded(read):
    result = read("About ten Norwegian troops crossed the border into Peru on Tuesday. The intruders withdrew.")
    assert _who(_act(result, "withdrew").actors) == ["NOR"]


def test_intruders_of_whom_nothing_was_told_stay_as_they_are(read):
    result = read("A bank was robbed on Tuesday. The intruders withdrew from the village.")
    assert all(ref.country is None for act in result.acts for ref in act.actors)


def test_who_frees_relatives_of_officers_gives_them_back_to_their_side(read):
    result = read(PAIR + "Norway will free nine relatives of Peruvian officers on Sunday.", "2026-03-03")
    assert _who(_act(result, "free").targets) == ["PER"]


def test_a_demand_that_sums_up_somebodys_words_is_theirs(read):
    text = "Peru's spokesman, Juan Arvo, said troops must leave the valley, a demand Norway has rejected."
    assert _who(_act(read(text), "rejected").targets) == ["PER"]


def test_a_bare_yes_answers_the_one_who_offered(read):
    result = read("Peru offered to send doctors to Norway. Norway accepted.")
    assert _who(_act(result, "accepted").targets) == ["PER"]


def test_who_refuses_to_do_something_answers_nobody(read):
    result = read("Peru offered to send doctors to Chad. Norway refused to close the port.")
    assert _act(result, "refused").targets == ()


def test_everybody_in_a_list_was_abducted(read):
    text = "Ines Bakke, Ola Dahl, Nils Lund and Siri Moen, all abducted from a bus on May 7, waved from a stage."
    people = [ref.name for ref in _act(read(text), "abducted").targets]
    assert sorted(people) == ["Ines Bakke", "Nils Lund", "Ola Dahl", "Siri Moen"]


def test_who_is_held_in_a_capital_is_held_by_its_state(read):
    result = read("The rebels spoke of nine sailors held in Lima.")
    assert _who(_act(result, "held").actors) == ["PER"]


@pytest.mark.parametrize("place", ["Arequipa", "a valley"])
def test_who_is_held_elsewhere_may_be_held_by_anybody(read, place):
    result = read(f"The rebels spoke of nine sailors held in {place}.")
    assert [act.actors for act in result.acts if act.trigger.text == "held"] in ([()], [])
