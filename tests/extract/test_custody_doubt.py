"""What only looks like somebody's custody, in made-up sentences: aims, rumours, hospitals, offices, history, years."""

import pytest

NOBODY = [
    "The plan of the bandits was abducting Jon Varga in his bath.",
    "The hunters set out with the goal of capturing Jon Varga; he swam across the lake.",
    "The goal of the raid, the arrest of the smuggler Jon Varga, was missed.",
    "Traders laughed at rumours about the abduction of Jon Varga.",
    "Jon Varga was virtually abducted by his aunt.",
    "Jon Varga was looked after in the infirmary for an hour and released.",
    "An ambulance brought in the baker Jon Varga with a fracture. At noon he was released.",
    "Jon Varga, a waiter who was wounded by falling glass, was released in the evening.",
    "Jon Varga had served in Norway, eleven months of snow, and paints.",
    "Jon Varga has not been arrested.",
    "Jon Varga is wanted for arson. Jon Varga vanished on Sunday.",
    "The duke Jon Varga was beheaded in Riga in 1711.",
    "Judges met in Riga. The conviction of Jon Varga was thrown out.",
]


@pytest.mark.parametrize("text", NOBODY)
def test_nobody_is_held_or_freed(read, text):
    """Where nothing was done to somebody, no report stands as told."""
    result = read(f"The report came on Tuesday.\n\n{text}", "2025-06-10")
    told = [one.status for one in result.custody if one.polarity == "asserted"]
    assert [one for one in told if one != "charged"] == []


def test_what_was_not_taken_has_its_reason(read):
    result = read("The hunters set out with the goal of capturing Jon Varga; he swam across the lake.", "2025-06-10")
    assert "detained: an aim" in {one.note for one in result.rejections}


def test_who_was_held_can_be_let_out_of_a_hospital(read):
    result = read(
        "Jon Varga was arrested in Riga on Sunday. He was taken to a clinic, and on Monday he was released.",
        "2025-06-10",
    )
    assert {one.status for one in result.custody} == {"detained", "released"}


@pytest.mark.parametrize(
    "text",
    [
        "Three cooks of the Northern Brigade, kidnapped by rebels, came home on Monday.",
        "The River Police, charged with the search, found a boat.",
        "Rebels freed Jon Varga (alias El Rojo), who had been held since May.",
    ],
)
def test_bodies_and_second_names_are_nobody_held(read, text):
    result = read(f"The report came on Tuesday.\n\n{text}", "2025-06-10")
    assert {one.person.name for one in result.custody} <= {"Jon Varga"}


def test_of_two_things_sent_off_one_is_no_release(read):
    text = "Jon Varga was arrested at a ferry on Monday and deported to Norway, where he is wanted for arson."
    assert {one.status for one in read(text, "2025-06-10").custody} == {"detained"}
    text = "Jon Varga was arrested on Monday. He was handed over to Latvian police officers at the bridge."
    assert {one.status for one in read(text, "2025-06-10").custody} == {"detained"}


@pytest.mark.parametrize(
    ("text", "charge"),
    [
        (
            "A judge sentenced to ten years the following drivers of the north: Jon Varga, Karl Brenk, and Ida Solt.",
            None,
        ),
        ("Jon Varga is serving nine years for several offences.", None),
        (
            "Jon Varga was arrested and accused of training, feeding and arming rebels.",
            "training, feeding and arming rebels",
        ),
    ],
)
def test_a_charge_says_of_what(read, text, charge):
    found = {one.charge for one in read(text, "2025-06-10").custody if one.status in {"sentenced", "charged"}}
    assert found == {charge}


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("Jon Varga was sentenced to two years of probation.", "two years of probation"),
        ("A judge in Riga sentenced Jon Varga to two years' probation.", "two years' probation"),
        ("Jon Varga was sentenced to two years in prison.", "two years"),
    ],
)
def test_probation_is_told_with_its_years(read, text, term):
    assert [one.sentence for one in read(text, "2025-06-10").custody if one.status == "sentenced"] == [term]


@pytest.mark.parametrize(
    "text",
    [
        "Jon Varga has been arrested in four ports since 2010 for painting ships.",
        "Rebels freed Jon Varga in the valley of the poet Karl Brenk (1901-1950).",
        "The arrest of Jon Varga, the first since a new sheriff came in last month, cheered nobody.",
    ],
)
def test_another_s_time_is_not_his_day(read, text):
    assert [one.date for one in read(text, "2025-06-10").custody if one.person.name == "Jon Varga"] == [None]


def test_the_group_says_nothing_of_who_holds_him(read):
    result = read("The group has seized nine farmers. The mayor Jon Varga was seized on Sunday.", "2025-06-10")
    assert [one.holder for one in result.custody] == [None]


def test_a_citizen_beside_him_gives_him_no_country(read):
    result = read("Pirates seized the cooks Karl Brenk and Jon Varga, along with a Latvian citizen.", "2025-06-10")
    assert {one.nationalities for one in result.custody} == {()}
    result = read("Three Swedes and Latvian sailor Jon Varga were arrested on Monday.", "2025-06-10")
    assert {one.nationalities for one in result.custody} == {("LVA",)}


SEIZED = [
    ("The vet Jon Varga was seized at a bridge, but freed the same night.", {"detained", "released"}),
    ("Gunmen kidnapped Jon Varga in May. He was rescued by shepherds on Sunday.", {"detained", "released"}),
    ("Jon Varga was kidnapped at a wedding and strangled.", {"detained", "died"}),
    ("Jon Varga was kidnapped in 2019 and freed in 2020. He was killed in a crash.", {"detained", "released"}),
    ("Jon Varga was arrested in Riga and handed over to the judicial police.", {"detained"}),
]


@pytest.mark.parametrize(("text", "statuses"), SEIZED)
def test_what_became_of_who_was_seized(read, text, statuses):
    result = read(f"The report came on Tuesday.\n\n{text}", "2025-06-10")
    assert {one.status for one in result.custody if one.person.name == "Jon Varga"} == statuses


def test_the_latter_is_the_second(read):
    result = read("Pirates seized Jon Varga and the cook Karl Brenk, and freed the latter at sea.", "2025-06-10")
    assert {one.person.name for one in result.custody if one.status == "released"} == {"Karl Brenk"}


def test_where_one_can_be_is_no_person(read):
    result = read(
        "In Arven, nobody slept. Karl Brenk, the vet of Lower Brod, Arven, is in the hands of the rebels.",
        "2025-06-10",
    )
    assert "Arven" not in {one.person.name for one in result.custody}


def test_a_first_name_behind_kin_is_not_the_namesake(read):
    result = read(
        "Jon Karl Varga is a poet. The song moved his uncle, Jon, who left Norway after being jailed.",
        "2025-06-10",
    )
    assert result.custody == ()


def test_whose_son_somebody_is_was_not_taken(read):
    text = "Gunmen led off Karl Brenk, nephew of Jon Varga, and Ivo Solt, nephew of Piet Solt. They were kidnapped at dawn."
    assert "Jon Varga" not in {one.person.name for one in read(text, "2025-06-10").custody}


def test_company_without_a_name_is_nobody(read):
    result = read(
        "Rebels kidnapped the piper Jon Varga. The drummer Karl Brenk was abducted along with the band leader. "
        "Ida Solt, a band leader, wept.",
        "2025-06-10",
    )
    assert "Ida Solt" not in {one.person.name for one in result.custody}


def test_a_stray_town_gives_no_holder(read):
    """Springfield is a town of the United States, of which the article tells nothing."""
    result = read(
        "TALLINN, June 10 - Police searched Tallinn, Tartu, Narva and Viljandi. Jon Varga, a tailor, was arrested in Springfield.",
        "2025-06-10",
    )
    assert {one.holder and one.holder.actor for one in result.custody} <= {None, "EST"}


def test_a_band_s_own_court_sentences_nobody(read):
    result = read("Our movement's court sentenced to death the mayor Jon Varga.", "2025-06-10")
    assert result.custody == ()


def test_who_was_killed_is_not_he_who_was_arrested(read):
    result = read(
        "Rebels have kidnapped nine people. Jon Varga was found dead on Sunday. Police have questioned Karl Brenk. "
        "He sang to the officers who arrested him on Monday.",
        "2025-06-10",
    )
    assert "Jon Varga" not in {one.person.name for one in result.custody}


def test_killed_in_prison_is_death_in_custody(read):
    result = read("Jon Varga, who was jailed in May, was beaten to death in Arven prison.", "2025-06-10")
    assert "died" in {one.status for one in result.custody}


def test_some_of_the_murdered_are_those_named(read):
    text = "Two of the murdered hikers, Ida Solt and Jon Varga, were kidnapped at a hut on Sunday."
    told = {(one.person.name, one.status) for one in read(text, "2025-06-10").custody}
    assert told == {(name, status) for name in ("Ida Solt", "Jon Varga") for status in ("detained", "died")}


def test_a_nickname_before_the_name_is_not_another_person(read):
    result = read("Mob figure 'Ox,' Jon Varga, was arrested on Monday.", "2025-06-10")
    assert {one.person.name for one in result.custody} <= {"Jon Varga"}


@pytest.mark.parametrize(
    "text",
    [
        "The writer John Bishop was arrested on Monday.",
        "Mr. Kostin was arrested on Monday. Her confidence in Kostin never fell.",
        "The injured activist Jon Varga was released on bail on Monday.",
        "The wounded soldier Jon Varga was released by rebels on Monday.",
        "The wounded hostage Jon Varga was released on Monday.",
    ],
)
def test_who_was_held_or_freed_is_still_told(read, text):
    """What the doubts must not take away."""
    assert len({one.person.name for one in read(f"The report came on Tuesday.\n\n{text}", "2025-06-10").custody}) == 1
