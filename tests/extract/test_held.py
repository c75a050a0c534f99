"""Who holds whom: told, worked out by a named rule, or left open."""

import pytest

from onrecord.model.holding import REASONS


def holders(result, person):
    """The holders that the custody reports give this person, each once."""
    return {report.holder.actor if report.holder else None for report in result.custody if report.person.name == person}


def actors(result, trigger):
    """Actors of the acts with this trigger, in order of the text."""
    return [[ref.actor for ref in act.actors] for act in result.acts if act.trigger.text == trigger]


def test_a_group_that_is_counted_out_has_the_holder_of_its_number(read):
    """Two are kidnapped by somebody, two are named: they are the two, and whoever frees them is their captor."""
    result = read(
        "Rebels of the Karu Front kidnapped two aid workers in Kenya on Monday. "
        "The aid workers, Jon Varga and Mara Ostrel, were freed on Friday, the Red Cross said.",
        "2025-06-11",
    )
    assert holders(result, "Jon Varga") == holders(result, "Mara Ostrel") == {"KARUFRONT"}
    freed = next(act for act in result.acts if act.trigger.text == "freed")
    assert [ref.actor for ref in freed.actors] == ["KARUFRONT"]
    assert "held.counted" in freed.rules


def test_each_side_of_an_exchange_holds_the_other_sides_people(read):
    """People of one side only; who belongs to both is left open."""
    result = read(
        "Norway and Peru carried out a prisoner exchange on Monday. Six Peruvian soldiers were freed in return for "
        "nine Norwegian spies. Mara Ostrel, a Peruvian nurse, was among those released. Jon Varga, a "
        "Norwegian-Peruvian cook, was released too.",
        "2025-06-11",
    )
    assert actors(result, "freed")[0] == ["NOR"]
    assert holders(result, "Mara Ostrel") == {"NOR"}
    assert holders(result, "Jon Varga") == {None}


def test_hostages_are_the_groups_and_prisoners_the_states(read):
    """Between a state and an armed group the words say who held whom."""
    result = read(
        "Hezbollah and Israel agreed a hostage deal. Thirty hostages were released in return for 200 prisoners. "
        "Forty prisoners were freed on Monday.",
        "2025-06-11",
    )
    assert set(actors(result, "released")[0]) == {"HEZBOLLAH", "ISR"}
    assert actors(result, "freed")[0] == ["ISR"]


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Hezbollah abducted Jon Varga in May. Islamic State held Mara Ostrel captive. Lena Kovac was kidnapped.", "Lena Kovac"),
        ("Jon Varga was kidnapped in Nigeria in May. Nigerian troops freed Jon Varga in a raid.", "Jon Varga"),
        ("Jon Varga has been held hostage in Mali since June. He is a nurse.", "Jon Varga"),
        ("Qatar helped to free Jon Varga, who was kidnapped in May.", "Jon Varga"),
        ("Iran jailed Jon Varga in May. Peru jailed Jon Varga in June. Jon Varga was freed.", None),
    ],
)  # fmt: skip
def test_with_two_possible_holders_nobody_is_named(read, text, person):
    """Another captor, the country of the kidnap, rescuers, helpers: none of them is the holder."""
    result = read(text, "2025-06-11")
    if person is not None:
        assert holders(result, person) == {None}
    else:
        freed = [report for report in result.custody if report.status == "released"]
        assert [report.holder for report in freed] == [None]


def test_what_is_worked_out_says_so(read):
    """A holder that stands in no clause of the person's own is marked, by a rule with a reason."""
    result = read(
        "Five Turks jailed in Greece and five Greeks held by Turkey were named. "
        "Iran's release of Jon Varga was delayed. Jon Varga was arrested in May. The five were freed.",
        "2025-06-11",
    )
    arrested = next(report for report in result.custody if report.status == "detained" and report.date)
    assert arrested.holder is not None
    assert arrested.holder.actor == "IRN"
    assert "held.elsewhere" in arrested.rules
    assert set(REASONS) >= {rule for report in result.custody for rule in report.rules if rule.startswith("held.")}
    assert not any(actors(result, "freed"))


def test_a_release_asked_for_says_nothing_of_who_asks(read):
    """France demands the release: France holds nobody."""
    result = read("France demanded the release of Jon Varga, who was arrested in May.", "2025-06-11")
    assert holders(result, "Jon Varga") <= {None}


def test_a_charge_by_ones_own_state_makes_no_holder_of_the_other_side(read):
    """In an article on a swap, a soldier charged with desertion is charged by somebody, not by the other side."""
    result = read(
        "Norway and Peru carried out a prisoner exchange on Monday. Six Peruvian soldiers were freed in return for "
        "nine Norwegian spies. Jon Varga, a Norwegian soldier, was later charged with desertion.",
        "2025-06-11",
    )
    assert "PER" not in holders(result, "Jon Varga")
