"""What only looks like somebody's custody, in made-up sentences: aims, rumours, hospitals, offices, history, years."""

import pytest

NOBODY = [
    "The intention of the rebels was capturing Jon Varga alive.",
    "The patrols had the objective of capturing Jon Varga, but he got away.",
    "The operation's main aim -- the arrest of the smuggler Jon Varga -- was not reached.",
    "Diplomats commented on reports regarding the kidnapping of Jon Varga.",
    "Jon Varga was practically kidnapped by his aunt, said the mayor.",
    "Jon Varga was treated at a clinic for a wound in the leg and released.",
    "The engineer Jon Varga was taken to the military hospital. After a medical examination he was released.",
    "Jon Varga, a detective who was wounded at the airport this morning, was released this afternoon.",
    "Jon Varga had served in Vietnam, 13 months of mud, and voted on Tuesday.",
    "Police said that Jon Varga has been charged but not arrested.",
    "Jon Varga is being sought over the shooting. Jon Varga vanished after it.",
    "The painter Jon Varga was executed by his rivals in 1842 in Riga.",
    "Jon Varga's convictions were thrown out in 2019 by a higher court.",
]


@pytest.mark.parametrize("text", NOBODY)
def test_nobody_is_held_or_freed(read, text):
    """Where nothing was done to somebody, no report stands as told."""
    result = read(f"The report came on Tuesday.\n\n{text}", "2025-06-10")
    told = [one.status for one in result.custody if one.polarity == "asserted"]
    assert [one for one in told if one != "charged"] == []


def test_what_was_not_taken_has_its_reason(read):
    result = read("The patrols had the objective of capturing Jon Varga, but he got away.", "2025-06-10")
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
        "Four agents of the Arven Command, kidnapped by rebels, were freed on Monday.",
        "Neither the National Police nor the guard, charged with the inquiry, had any news.",
        "Rebels freed Jon Varga (alias El Rojo), who had been held since May.",
    ],
)
def test_bodies_and_second_names_are_nobody_held(read, text):
    result = read(f"The report came on Tuesday.\n\n{text}", "2025-06-10")
    assert {one.person.name for one in result.custody} <= {"Jon Varga"}


def test_of_two_things_sent_off_one_is_no_release(read):
    text = "Jon Varga was arrested on Monday and deported to Norway, where he is accused of murder."
    assert {one.status for one in read(text, "2025-06-10").custody} == {"detained", "charged"}
    text = "Jon Varga was arrested on Monday. He was handed over to Latvian police officers who took him to Riga."
    assert {one.status for one in read(text, "2025-06-10").custody} == {"detained"}


@pytest.mark.parametrize(
    ("text", "charge"),
    [
        (
            "Today our tribunal tried and sentenced to death the following rebels of the north: Jon Varga, Karl Brenk, and Ida Solt.",
            None,
        ),
        ("Jon Varga is serving a life sentence for several charges.", None),
        (
            "Jon Varga was arrested and accused of financing, recruiting and arming rebels.",
            "financing, recruiting and arming rebels",
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
        "Jon Varga had been arrested in several towns since 2010 for blocking roads.",
        "Rebels released Jon Varga with a letter for the former premier Karl Brenk (1970-1974).",
        "The arrest of Jon Varga, the most important one since the army began its hunt last month, took place on a farm.",
    ],
)
def test_another_s_time_is_not_his_day(read, text):
    assert [one.date for one in read(text, "2025-06-10").custody if one.person.name == "Jon Varga"] == [None]


def test_the_group_says_nothing_of_who_holds_him(read):
    result = read("The group has kidnapped 20 people. The mayor Jon Varga was kidnapped on Sunday.", "2025-06-10")
    assert [one.holder for one in result.custody] == [None]


def test_a_citizen_beside_him_gives_him_no_country(read):
    result = read(
        "Rebels kidnapped the engineers Karl Brenk and Jon Varga, in addition to a Latvian citizen.", "2025-06-10"
    )
    assert {one.nationalities for one in result.custody} == {()}
    result = read("Five Estonians and Latvian sailor Jon Varga were arrested on Monday.", "2025-06-10")
    assert {one.nationalities for one in result.custody} == {("LVA",)}


SEIZED = [
    ("The driver, Jon Varga, was also kidnapped, but released several hours later.", {"detained", "released"}),
    ("Jon Varga was kidnapped in May but was rescued by the army three days later.", {"detained", "released"}),
    ("Jon Varga was abducted and subsequently murdered by the rebels near a bridge.", {"detained", "died"}),
    ("Jon Varga was kidnapped in 2019 and freed in 2020. He was killed in a crash.", {"detained", "released"}),
    ("Jon Varga was arrested in Riga and handed over to judicial authorities.", {"detained"}),
]


@pytest.mark.parametrize(("text", "statuses"), SEIZED)
def test_what_became_of_who_was_seized(read, text, statuses):
    result = read(f"The report came on Tuesday.\n\n{text}", "2025-06-10")
    assert {one.status for one in result.custody if one.person.name == "Jon Varga"} == statuses


def test_the_latter_is_the_second(read):
    result = read("Rebels kidnapped Jon Varga and his aide, Karl Brenk, but later released the latter.", "2025-06-10")
    assert {one.person.name for one in result.custody if one.status == "released"} == {"Karl Brenk"}


def test_where_one_can_be_is_no_person(read):
    result = read(
        "In Arven, nobody slept. Karl Brenk, mayor of Hacari, Norte de Arven, is also in the hands of the rebels.",
        "2025-06-10",
    )
    assert "Arven" not in {one.person.name for one in result.custody}


def test_a_first_name_behind_kin_is_not_the_namesake(read):
    result = read(
        "Jon Karl Varga is a senator. The name angered his father, Jon, who fled Cuba after being arrested.",
        "2025-06-10",
    )
    assert result.custody == ()


def test_whose_son_somebody_is_was_not_taken(read):
    text = "They took Karl Brenk, son of Jon Varga, and 17-year-old Ivo Solt, son of Piet Solt. They were kidnapped at dawn."
    assert "Jon Varga" not in {one.person.name for one in read(text, "2025-06-10").custody}


def test_company_without_a_name_is_nobody(read):
    result = read(
        "Rebels kidnapped the deputy Jon Varga. The reporter Karl Brenk was kidnapped along with the political leader. "
        "Ida Solt, a party leader, spoke.",
        "2025-06-10",
    )
    assert "Ida Solt" not in {one.person.name for one in result.custody}


def test_a_stray_town_gives_no_holder(read):
    """Lomas Verdes is a town of Mexico too, of which the article tells nothing."""
    result = read(
        "SAN SALVADOR, June 10 (AP) - Police searched San Salvador, Santa Ana, Santa Tecla and Usulutan. "
        "Jon Varga, a pastor, was arrested in Lomas Verdes.",
        "2025-06-10",
    )
    assert {one.holder and one.holder.actor for one in result.custody} <= {None, "SLV"}


def test_a_band_s_own_court_sentences_nobody(read):
    result = read("Today our organization's tribunal tried and sentenced to death the mayor Jon Varga.", "2025-06-10")
    assert result.custody == ()


def test_who_was_killed_is_not_he_who_was_arrested(read):
    result = read(
        "Rebels have kidnapped 20 people. Jon Varga was found dead on Sunday. Police have questioned Karl Brenk. "
        "He offered money to the officers who arrested him on Monday.",
        "2025-06-10",
    )
    assert "Jon Varga" not in {one.person.name for one in result.custody}


def test_killed_in_prison_is_death_in_custody(read):
    result = read("Jon Varga, who was jailed in May, was stabbed to death in Arven prison.", "2025-06-10")
    assert "died" in {one.status for one in result.custody}


def test_some_of_the_murdered_are_those_named(read):
    text = "Two of the murdered victims, Ida Solt and Jon Varga, were kidnapped by eight men on Sunday."
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
