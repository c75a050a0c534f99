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
    # groups that are still to cross, a stage put back, one handover called off, who crossed weeks before
    (
        "Mali and Niger agreed on a prisoner swap in May. A second group is due to cross on June 20.",
        ("prisoner_exchange", "scheduled", {"MLI", "NER"}),
    ),
    (
        "Mali and Niger agreed on a prisoner swap. A Malian spokesman said the last group would cross only if Niger explained itself.",
        ("prisoner_exchange", "conditions_set", {"MLI", "NER"}),
    ),
    (
        "The second stage of a prisoner swap between Mali and Niger has been put back. Mali called the handover off an hour before it was due.",
        ("prisoner_exchange", "suspended", {"MLI", "NER"}),
    ),
    (
        "The second stage of a prisoner swap between Mali and Niger has been put back. The stage would now take place on 20 June, Qatar said. Five prisoners were exchanged on 18 May.",
        ("prisoner_exchange", "partly_carried_out", {"MLI", "NER"}),
    ),
    (
        "Mali's army released Adama Sow, a pastor, on Saturday. In exchange, JNIM has promised to hand over six captured soldiers.",
        ("prisoner_exchange", "partly_carried_out", {"MLI", "JNIM"}),
    ),
    # the end of a truce, and a body of it
    (
        "Mali and JNIM signed a truce on Monday. An earlier ceasefire, signed in 1994, held for 17 years before it broke down in June 2011.",
        ("ceasefire", "collapsed", {"MLI", "JNIM"}),
    ),
    (
        "Mali and JNIM signed a truce in May. JNIM said it was pulling out of the joint ceasefire commission.",
        ("ceasefire", "suspended", {"MLI", "JNIM"}),
    ),
    (
        "Mali and JNIM signed a truce in May. Both said they would carry on with the ceasefire.",
        ("ceasefire", "reaffirmed", {"MLI", "JNIM"}),
    ),
    # attacks by which one side says that the other broke it
    (
        "Mali and JNIM accused each other on Monday of breaking a truce.\n\nThe army said fighters opened fire on a patrol on Sunday.",
        ("ceasefire", "violated", {"MLI", "JNIM"}),
    ),
]

NOTHING = [
    # what a plan would do, what should have been, what nobody ever does, an offer to help
    ("Niger proposed a ceasefire between Mali and JNIM. The plan would have both sides reopen the road.", "resumed"),
    ("Talks between Mali and JNIM that should have begun on Monday are off.", "proposed"),
    ('Mali signed a truce with JNIM. "The state does not negotiate with criminals," a Malian minister said.', "denied"),
    ("Mali and JNIM signed a truce on Monday. It runs out on June 30.", "collapsed"),
    ("Mali and JNIM signed a truce. JNIM denied a report that it had already turned the plan down.", "denied"),
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


NATIONS = [
    (
        "Among the Eritreans freed on Monday was Merhawi Goitom, a ship's cook jailed for smuggling.",
        "Merhawi Goitom",
        "ERI",
    ),
    ("The other Djiboutian was Corporal Waberi Elmi, who was captured by Eritrea in March.", "Waberi Elmi", "DJI"),
    (
        "The Eritreans include Yonas Habte, who was charged in April, and Kibrom Tesfay, a mechanic. Both are in Gabode prison.",
        "Kibrom Tesfay",
        "ERI",
    ),
]

GOING = [
    (
        "Mali and Niger swapped prisoners on Friday. Lieutenant Patrick Rugambage and Jeanne Mukandori are in the second group.",
        "Jeanne Mukandori",
        "detained",
    ),
    (
        "JNIM handed over six soldiers, among them Major Ali Cisse, in return for the release of a pastor, Adama Sow, on Friday.",
        "Adama Sow",
        "exchanged",
    ),
    ("The soldiers came home on 22 April, when Mali released Adama Sow and Awa Diop.", "Awa Diop", "released"),
    ("Lieutenant Adama Sow has been missing since the clash.", "Adama Sow", "missing"),
    ("Moses Kizza has been held since May on suspicion of smuggling arms for Niger.", "Moses Kizza", "detained"),
    (
        "A court in Bamako ruled that Salem al-Zwayi, sentenced in 2018 to 25 years, must stay.",
        "Salem al-Zwayi",
        "sentenced",
    ),
]


@pytest.mark.parametrize(("text", "person", "country"), NATIONS, ids=[text for text, _, _ in NATIONS])
def test_whose_citizen_somebody_is_the_count_of_his_people_says(read, text, person, country):
    """By the people whom the article counts him among."""
    mine = [one for one in read(text, "2025-06-10").custody if one.person.name == person]
    assert mine
    assert {one.nationalities for one in mine} == {(country,)}


@pytest.mark.parametrize(("text", "person", "status"), GOING, ids=[text for text, _, _ in GOING])
def test_where_somebody_is_now(read, text, person, status):
    """Held, missing, freed."""
    assert status in {one.status for one in read(text, "2025-06-10").custody if one.person.name == person}


def test_who_crossed_a_border_before_she_was_seized_was_not_exchanged(read):
    """Going over a border is no exchange, though the article is about one."""
    text = "Mali and Niger agreed on a prisoner swap. The most senior is Adama Sow, who was seized in May after coming home."
    assert {one.status for one in read(text, "2025-06-10").custody if one.person.name == "Adama Sow"} <= {"detained"}


def test_she_who_is_being_held_is_the_one_told_to_be_held(read):
    """And not her lawyer, who is named nearer."""
    text = (
        '"They pay while she sits in a cell," said lawyer Awa Diop, referring to Mariam Sow, an organiser who was sentenced '
        "in March to four years for incitement. She is being held at Koulikoro prison in Mali."
    )
    assert {one.person.name for one in read(text, "2025-06-10").custody} == {"Mariam Sow"}


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


LEFT = [
    (
        (
            "Georgia and Armenia signed a truce on Monday. The two sides have also kept talking. Seven captured servicemen "
            "were exchanged in September."
        ),
        [("prisoner_exchange", "carried_out", {"GEO", "ARM"})],
    ),
    (
        (
            "Georgia and Armenia freed ten prisoners each on Monday. Talks on the water are due to open in Prague on "
            "2 November."
        ),
        [("talks", "scheduled", {"GEO", "ARM"})],
    ),
    (
        (
            "Israel agreed on Monday to withdraw its troops from Lebanon. Israeli and Lebanese officials are to meet in "
            "Naqoura on 28 November to discuss the border."
        ),
        [("talks", "scheduled", {"ISR", "LBN"})],
    ),
]


@pytest.mark.parametrize(("text", "steps"), LEFT, ids=[text[:60] for text, _ in LEFT])
def test_a_deed_of_nobody_near_is_that_of_the_only_two(read, text, steps):
    """Where all other steps are of the same two, and the sentence names nobody else."""
    told = [(one.deal_kind, one.step, {ref.actor for ref in one.parties}) for one in read(text, "2025-10-10").steps]
    assert all(step in told for step in steps)


def test_people_let_go_by_nobody_are_of_no_deal(read):
    """ "They will fly home" announces no release by the two of the article."""
    text = "Georgia and Armenia signed a truce on Monday. The freed men will fly home in the coming days."
    assert {one.deal_kind for one in read(text, "2025-10-10").steps} == {"ceasefire"}


def test_what_was_last_done_has_its_day_and_its_words(read):
    """ "Last swapped prisoners in October 2022": the parser takes "last" for the verb."""
    (step,) = read("Georgia and Armenia last swapped prisoners in October 2022.", "2025-10-10").steps
    assert (step.date.since, step.background) == ("2022-10-01", True)
    assert step.evidence[0].text == "Georgia and Armenia last swapped prisoners in October 2022."


def test_his_man_is_of_his_country(read):
    """Who does it is told by a possessive: his country is that of the owner."""
    text = (
        "Georgia and Armenia held talks in Prague on Monday. Georgian President Salome Zarkua ordered reservists to "
        "report. Her prime minister will stay away from Friday's talks with Armenia, the government said."
    )
    refused = [one for one in read(text, "2025-10-10").steps if one.step == "refused"]
    assert [one.by.country for one in refused if one.by is not None] == ["GEO"]


def test_a_condition_of_those_who_are_left(read):
    """Said by a side; not by somebody else, and not where it is only supposed."""
    before = "Georgia and Armenia agreed in March to exchange 20 prisoners each. "
    told = "Georgia said the rest would be returned once Armenia freed four soldiers."
    other = "Analysts said the rest would be returned once Armenia freed four soldiers."
    assert any(one.step == "conditions_set" for one in read(before + told, "2025-10-10").steps)
    assert not any(one.step == "conditions_set" for one in read(before + other, "2025-10-10").steps)


def test_shells_that_strike_strike_no_truce(read):
    """ "Struck a village in breach of the truce" is no agreement on one."""
    text = "Armenian shells struck a Georgian village on Monday in breach of the truce."
    assert not any(one.step == "agreed" for one in read(text, "2025-10-10").steps)


def test_out_of_jail_is_not_in_it(read):
    """Who has been out of jail since May is not held since May."""
    result = read("The nurse Mara Ostrel has been out of jail in Arven since May.", "2025-10-10")
    assert not any(one.status == "detained" for one in result.custody)
