"""Who is named or pointed at: extents, heads, forms."""

from collections.abc import Callable

import pytest

from onrecord.extract import names
from onrecord.lexicon import Lexicon
from onrecord.model.cast import Candidate


@pytest.fixture(scope="session")
def find(reading: Callable, lexicon: Lexicon) -> Callable[[str], dict[str, Candidate]]:
    """find(text) -> {words: candidate}"""

    def run(text: str) -> dict[str, Candidate]:
        document, read = reading(text)
        found = names.run(document=document, reading=read, lexicon=lexicon)
        return {read.words(candidate.first, candidate.last): candidate for candidate in found}

    return run


def test_a_role_before_a_name_belongs_to_its_phrase(find):
    found = find("Norwegian Foreign Minister Kari Solheim told reporters that the plan was dead.")
    person = found["Norwegian Foreign Minister Kari Solheim"]
    assert (person.form, person.name, person.role, person.country) == (
        "name", "Kari Solheim", "Norwegian Foreign Minister", "NOR",
    )  # fmt: skip


def test_an_honorific_is_no_role_but_tells_the_gender(find):
    person = find("The plan was dead, Mrs Haldane said on Monday.")["Mrs Haldane"]
    assert (person.name, person.role, person.gender) == ("Haldane", None, "f")


def test_two_passports_give_no_single_country(find):
    found = find("Officers held Marta Vidal, a dual Chilean-Spanish citizen, on Friday.")
    assert found["a dual Chilean-Spanish citizen"].country is None
    assert {found["Chilean"].actor, found["Spanish"].actor} == {"CHL", "ESP"}


def test_buildings_and_capitals_stand_for_governments(find):
    found = find("Downing Street rejected the claim, and Ottawa said it would wait.")
    assert found["Downing Street"].actor == "GBR"
    assert found["Ottawa"].actor == "CAN"


def test_a_capital_after_in_is_a_place(find):
    assert "Ottawa" not in find("The two delegations met in Ottawa on Friday.")


def test_an_armed_group_is_not_mistaken_for_a_person(find):
    found = find("Boko Haram attacked the village, and fighters of al-Shabaab fled.")
    assert (found["Boko Haram"].sort, found["Boko Haram"].actor) == ("armed_group", "BOKOHARAM")


def test_a_longer_name_is_not_cut_down_to_one_that_is_known(find):
    found = find("The National Security Council met on Monday, a Danish official said.")
    assert "UNSC" not in {candidate.actor for candidate in found.values()}


def test_groups_keep_their_country_and_lose_their_number(find):
    found = find("Some 300 Danish soldiers left on Monday, a senior Polish official said.")
    assert found["Some 300 Danish soldiers"].name == "Danish soldiers"
    assert (found["a senior Polish official"].form, found["a senior Polish official"].country) == ("office", "POL")


def test_pronouns_carry_gender_and_number(find):
    found = find("She said they would free him.")
    assert [found[word].gender for word in ("She", "him")] == ["f", "m"]
    assert found["they"].plural


def test_heads_lie_inside_and_are_unique(find):
    found = find(
        "Polish President Adam Wrona and the two leaders met Kosovo's prime minister, Era Krasniqi, on Friday."
    )
    heads = [candidate.head for candidate in found.values()]
    assert len(heads) == len(set(heads))
    assert all(candidate.first <= candidate.head < candidate.last for candidate in found.values())


def test_a_trade_or_an_age_behind_a_name_makes_a_person(read):
    """Names that the recogniser does not know are still people's where the text says what they are."""
    text = "Nadvir Bolahroum, the captain of a fishing boat, and Tashel Omerrane, 34, walked into Georgia."
    names = {mention.text for mention in read(text, "2025-06-11").mentions}
    assert {"Nadvir Bolahroum", "Tashel Omerrane"} <= names


def test_an_appositive_trade_shows_a_person(find):
    found = find("Temir Okunoor, an accountant, was in court on Monday. Lutz Vandreel, a former Marine, was not.")
    assert found["Temir Okunoor"].sort == "person"
    assert found["Lutz Vandreel"].sort == "person"


def test_a_surname_that_is_told_of_as_a_person_shows_the_whole_name(find):
    found = find("Two men went home: Mikar Dobrel and Jon Varga. Dobrel, a former officer who had served, waved.")
    assert found["Mikar Dobrel"].sort == "person"
