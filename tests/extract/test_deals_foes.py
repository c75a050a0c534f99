"""Who "the army", "the rebels" and "the two sides" of an article are, and who only stands between them."""

import pytest

REST = " The weather stayed fine for the rest of the week."


def parties(result, step: str) -> set[frozenset[str]]:
    """Return the parties of every step of this sort."""
    return {frozenset(ref.actor for ref in one.parties) for one in result.steps if one.step == step}


def test_the_army_and_the_rebels_are_the_two_that_the_article_names(read):
    """One state's army, one band with a name: bare words stand for them."""
    text = (
        "Chad's army and the Kolm Valley Front met on Sunday. The Kolm Valley Front holds the hills.\n\n"
        "On Monday the army and the rebels signed a ceasefire." + REST
    )
    assert parties(read(text, "2028-06-14"), "signed") == {frozenset({"TCD", "kolm-valley-front"})}


def test_where_two_armies_are_told_of_the_army_is_nobody(read):
    """Silence rather than a guess."""
    text = (
        "Chad's army and Niger's army fought on Sunday. The Kolm Valley Front and the Zand Liberation Army watched.\n\n"
        "On Monday the army suspended the talks." + REST
    )
    assert parties(read(text, "2028-06-14"), "suspended") == set()


@pytest.mark.parametrize(
    "text",
    [
        "Sudan's warring sides broke a truce on Monday that was negotiated by Norway and Qatar, the RSF said.",
        "Norway and Qatar announced a suspension of the Sudan peace talks. The RSF shot at Sudan's army.",
    ],
)
def test_go_betweens_are_no_parties(read, text):
    """Those by whom a truce was negotiated, or who call off the talks of others."""
    for step in read(text + REST, "2028-06-14").steps:
        assert not {"NOR", "QAT"} & {ref.actor for ref in step.parties}


def test_a_rebel_leader_is_no_man_of_the_state(read):
    """He signs against it."""
    text = (
        "South Sudan's government and rebel leader Deng Lokolong signed a peace agreement on Monday."
        " The rebels were to disarm." + REST
    )
    assert all("SSD" in pair and len(pair) == 2 for pair in parties(read(text, "2028-06-14"), "signed"))


def test_bands_that_act_together_are_one_side(read):
    """Two rebel movements walk out of talks with the state, not with each other."""
    text = (
        "The rebel Zand Liberation Movement and the Kolm Front walked out of talks on Monday. Rebels and rebels alike"
        " want the conflict in Chad to end, the Chadian army said." + REST
    )
    for pair in parties(read(text, "2028-06-14"), "suspended"):
        assert "TCD" in pair


def test_a_bloc_lifts_sanctions(read):
    """Of sanctions a bloc of states is a party, of a truce it is none."""
    text = "The European Union lifted its sanctions on Chad on Monday." + REST
    assert frozenset({"EU", "TCD"}) in parties(read(text, "2028-06-14"), "carried_out")


def test_an_army_with_a_name_of_its_own_is_no_states(read):
    """A band that calls itself an army."""
    text = (
        "Georgia's government rejected an appeal by the Kolm Unity Army for a ceasefire on Monday. The Kolm Unity Army"
        " holds two valleys." + REST
    )
    assert parties(read(text, "2028-06-14"), "refused") == {frozenset({"GEO", "kolm-unity-army"})}


def test_the_government_that_the_houthis_fight_is_not_the_go_betweens(read):
    """A band that a list knows has a state of its own."""
    text = "The Houthis and the government agreed on a truce on Monday. Oman had worked it out." + REST
    assert parties(read(text, "2028-06-14"), "agreed") == {frozenset({"HOUTHIS", "YEM"})}


def test_a_stranger_is_better_than_a_wrong_party(read):
    """ "Between A and a name that no list knows" is never between A and C."""
    text = "Talks between Georgia and Kolmland broke off on Monday over a deal of Georgia and Turkey." + REST
    for pair in parties(read(text, "2028-06-14"), "suspended"):
        assert "TUR" not in pair
