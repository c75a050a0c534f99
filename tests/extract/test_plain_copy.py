"""What ordinary agency copy says of deals and of people held: one sentence or two for each thing that was once misread."""

import pytest

STEPS = [
    # a border, mediators, proposers, ideas and places name no party
    (
        "Norway and Chad exchanged 20 prisoners on Monday. The exchange took place on the border between Chad and Sudan.",
        ("prisoner_exchange", "carried_out", {"NOR", "TCD"}),
    ),
    (
        "Norway on Tuesday proposed a ceasefire between Mali's government and JNIM fighters in the north.",
        ("ceasefire", "proposed", {"MLI", "JNIM"}),
    ),
    (
        "Mali and JNIM have agreed to a ceasefire. The agreement was reached after three weeks of contacts through Niger and Togo.",
        ("ceasefire", "agreed", {"MLI", "JNIM"}),
    ),
    # who is armed says the article
    (
        "Chad's army fought on. The militia, Karu Ani Gbe (KAG), signed a truce with Chad on Monday.",
        ("ceasefire", "signed", {"TCD", "KAG"}),
    ),
    (
        "The Philippine government and the New People's Army signed a truce on Monday.",
        ("ceasefire", "signed", {"PHL", "NPA"}),
    ),
    # conditions
    (
        "Mali proposed a ceasefire with JNIM. A JNIM spokesman said Bamako must first withdraw its drones.",
        ("ceasefire", "conditions_set", {"MLI", "JNIM"}),
    ),
    (
        "Mali and JNIM agreed on a prisoner exchange. JNIM said the two pilots would stay in its hands until all its men were home.",
        ("prisoner_exchange", "conditions_set", {"MLI", "JNIM"}),
    ),
    (
        "Niger proposed a ceasefire between Mali and JNIM. JNIM said it was ready to observe a truce if the army grounded its drones.",
        ("ceasefire", "conditions_set", {"MLI", "JNIM"}),
    ),
    # stages
    (
        "Mali and JNIM agreed on a prisoner exchange in May. The first stage took place on Monday.",
        ("prisoner_exchange", "partly_carried_out", {"MLI", "JNIM"}),
    ),
    (
        "Mali and Niger agreed on an exchange of prisoners in May. On Sunday Mali freed the last five Nigeriens.",
        ("prisoner_exchange", "carried_out", {"MLI", "NER"}),
    ),
    (
        "Mali and Niger have agreed in principle to exchange soldiers held since May.",
        ("prisoner_exchange", "agreed_in_principle", {"MLI", "NER"}),
    ),
    (
        "The second part of a prisoner exchange between Mali and Niger did not go ahead as planned on Wednesday.",
        ("prisoner_exchange", "postponed", {"MLI", "NER"}),
    ),
    (
        "Mali and Niger signed a ceasefire on Monday. The agreement also provides for an exchange of prisoners.",
        ("prisoner_exchange", "agreed", {"MLI", "NER"}),
    ),
    (
        "Mali's army and JNIM have agreed to a seven-day humanitarian pause around Kidal.",
        ("humanitarian", "agreed", {"MLI", "JNIM"}),
    ),
    (
        "Mali signed a truce with JNIM in May. Twelve police officers captured in May were freed on Monday.",
        ("hostage_release", "carried_out", {"MLI", "JNIM"}),
    ),
]

NOTHING = [
    # what a plan would do, what should have been, what nobody ever does, an offer to help
    ("Niger proposed a ceasefire between Mali and JNIM. The plan would have both sides reopen the road.", "resumed"),
    ("Talks between Mali and JNIM that should have begun on Monday are off.", "proposed"),
    ('Mali signed a truce with JNIM. "The state does not negotiate with criminals," a Malian minister said.', "denied"),
    ("Two Kenyan activists who were arrested in Tanzania last month have been released and sent home.", "carried_out"),
]

HELD = [
    (
        "Four employees are still being held by the gang, known as 400 Mawozo. They include a nurse, Ketsia Dorvil, 34.",
        "Ketsia Dorvil",
        "400MAWOZO",
    ),
    (
        "JNIM still holds six foreigners. Among them is Suresh Patnaik, an electrician seized near Kayes.",
        "Suresh Patnaik",
        "JNIM",
    ),
    (
        "A Czech engineer, Radek Holub, kidnapped in Niger in May, was freed by his captors in northern Mali.",
        "Radek Holub",
        None,
    ),
    (
        "Kenya said it would not trade people with Uganda. Moses Kizza, a Ugandan student, was released last week.",
        "Moses Kizza",
        None,
    ),
    (
        "The Rwandans held by Burundi include Patrick Rugamba, who was seized near the river in May.",
        "Patrick Rugamba",
        "BDI",
    ),
]


@pytest.mark.parametrize(("text", "wanted"), STEPS, ids=[text for text, _ in STEPS])
def test_a_step_is_told_and_of_whom(read, text, wanted):
    """Kind, step and parties."""
    kind, step, parties = wanted
    swaps = {"prisoner_exchange", "hostage_release"}
    kinds = swaps if kind in swaps else {kind}
    found = [one for one in read(text, "2025-06-10").steps if one.deal_kind in kinds and one.step == step]
    assert [{party.actor for party in one.parties} for one in found][:1] == [parties]


@pytest.mark.parametrize(("text", "step"), NOTHING, ids=[text for text, _ in NOTHING])
def test_no_such_step_is_told(read, text, step):
    """Silence, with a reason."""
    result = read(text, "2025-06-10")
    assert [one for one in result.steps if one.step == step] == []


@pytest.mark.parametrize(("text", "person", "holder"), HELD, ids=[text for text, _, _ in HELD])
def test_the_holder_is_the_one_told_or_nobody(read, text, person, holder):
    """A place where somebody is let go and a swap that nobody wants give no holder."""
    mine = [one for one in read(text, "2025-06-10").custody if one.person.name == person]
    assert mine
    assert {one.holder.actor for one in mine if one.holder is not None} == ({holder} if holder else set())


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Nino Zarkua has been in custody since her arrest on March 2.", "2025-03-02"),
        ("Nobody has been executed since 1994. John Mkwawa was arrested on the same day.", None),
    ],
)
def test_a_day_lies_where_the_words_put_it(read, text, day):
    """In the past behind "since"; nowhere where "the same day" is no day."""
    (report,) = read(text, "2025-11-12").custody
    assert (report.date.since if report.date is not None else None) == day


def test_a_transcribers_bracket_is_nobody(read):
    """Monitoring services write "(words indistinct)" where they did not hear a name."""
    text = "The family has left the valley. (Words Indistinct) were unjustly arrested and imprisoned without a warrant."
    assert not [one for one in read(text, "2025-11-12").custody if "Indistinct" in one.person.name]
