"""Initials and short forms of organisations, surnames that something else bears too, halves of names."""

import pytest

from onrecord.extract import names
from onrecord.model.article import RawArticle
from onrecord.read import clean, parse
from onrecord.resolve import within


@pytest.fixture
def who(kit):
    def make(text, published="2024-05-02"):
        raw = RawArticle(text=text, source="test", published=published)
        document, _ = clean.run(raw=raw, settings=kit.settings, lexicon=kit.lexicon)
        reading, _ = parse.run(document=document, parser=kit.parser, settings=kit.settings)
        found = names.run(document=document, reading=reading, lexicon=kit.lexicon)
        members, _ = within.run(document=document, reading=reading, candidates=found, lexicon=kit.lexicon)
        return {
            (reading.words(one.first, one.last), one.refs[0].actor if one.refs else None): one.how
            for one in members.members
        }

    return make


def test_initials_in_brackets_stand_for_the_name(who):
    found = who("The Karu Grain Board (KGB) denied it. KGB said the grain was dry.")
    assert {actor for (words, actor), _ in found.items() if "KGB" in words} <= {"karu-grain-board"}


def test_a_surname_that_a_body_bears_too_is_still_a_persons(who):
    found = who("Ivo Tarrant founded the Tarrant Foundation. Tarrant spoke on Monday. Tarrant then left.")
    assert ("Tarrant", "ivo-tarrant") in found


def test_half_a_states_name_is_the_state_if_the_article_names_it(who):
    found = who("North Korea fired two missiles. The North said it was a test.", "2024-05-02")
    assert ("The North", "PRK") in found or ("North", "PRK") in found
    assert not any(actor == "PRK" for _, actor in who("She came from the North and liked it."))


@pytest.mark.parametrize("spelling", ["Zelensky", "Zelenskyy", "Zelenskiy", "Zelenskyi"])
def test_transliterations_are_one_person(who, spelling):
    found = who(f"Volodymyr {spelling} arrived in Oslo. {spelling} spoke to reporters.")
    assert {actor for (words, actor), _ in found.items() if spelling in words} == {"volodymyr-zelensky"}


@pytest.mark.parametrize(
    ("day", "text", "words", "actor"),
    [
        ("2024-05-02", "The US ambassador to the United Nations spoke.", "The US ambassador to the United Nations",
         "linda-thomas-greenfield"),
        ("2018-05-02", "The US ambassador to the United Nations spoke.", "The US ambassador to the United Nations",
         "nikki-haley"),
        ("2023-06-01", "The Ukrainian army chief visited the front.", "The Ukrainian army chief", "valerii-zaluzhnyi"),
        ("2025-06-01", "The Ukrainian army chief visited the front.", "The Ukrainian army chief", "oleksandr-syrskyi"),
        ("2024-01-01", "The Hezbollah leader warned Israel.", "The Hezbollah leader", "hassan-nasrallah"),
        ("2019-01-01", "The Kremlin spokesman declined to comment.", "The Kremlin spokesman", "dmitry-peskov"),
    ],
)  # fmt: skip
def test_offices_are_looked_up_at_the_articles_day(who, day, text, words, actor):
    assert (words, actor) in who(text, day)


def test_a_former_holder_and_one_of_several_are_nobody_known(who):
    found = who("The former Ukrainian army chief spoke. A Hezbollah leader warned Israel.")
    assert not {actor for _, actor in found} & {"valerii-zaluzhnyi", "oleksandr-syrskyi", "hassan-nasrallah"}
