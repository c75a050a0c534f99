"""Whom names, offices, groups and pronouns stand for inside one article."""

from collections.abc import Callable

import pytest

from onrecord.extract import names
from onrecord.lexicon import Lexicon
from onrecord.model.rejection import Rejection
from onrecord.model.text import Document
from onrecord.read import parse
from onrecord.resolve import within

type Resolve = Callable[..., tuple[list[tuple[str, list[str]]], tuple[Rejection, ...]]]


@pytest.fixture(scope="session")
def resolve(reading: Callable, lexicon: Lexicon) -> Resolve:
    """resolve(text, published=None) -> ([(words, names)], rejections)"""

    def run(text: str, published: str | None = None):
        document, read = reading(text, published)
        candidates = names.run(document=document, reading=read, lexicon=lexicon)
        cast, rejections = within.run(document=document, reading=read, candidates=candidates, lexicon=lexicon)
        assert all(member.how for member in cast.members)
        for mention in cast.mentions:
            assert document.text[mention.start : mention.end] == mention.text
        return [
            (read.words(member.first, member.last), [ref.name for ref in member.refs]) for member in cast.members
        ], rejections

    return run


def whom(resolved, words: str) -> list[list[str]]:
    return [refs for text, refs in resolved[0] if text == words]


def test_a_family_name_means_the_full_name(resolve):
    found = resolve("Norwegian minister Kari Solheim resigned on Monday. Solheim gave no reason. She then left Oslo.")
    assert whom(found, "Solheim") == [["Kari Solheim"]]
    assert whom(found, "She") == [["Kari Solheim"]]


def test_spellings_of_one_name_are_joined(resolve):
    found = resolve("Governor Dmytro Kovalenko spoke on Monday. Later Dmitro Kovalenko left for the coast.")
    assert len({refs[0] for text, refs in found[0] if "Kovalenko" in text}) == 1


def test_two_people_of_one_family_name_stay_apart(resolve):
    found = resolve(
        "Peter Lindqvist met his wife, Anna Lindqvist, in court. Mrs Lindqvist wept. Mr Lindqvist said nothing. "
        "Lindqvist was later released."
    )
    assert whom(found, "Mrs Lindqvist") == [["Anna Lindqvist"]]
    assert whom(found, "Mr Lindqvist") == [["Peter Lindqvist"]]
    assert whom(found, "Lindqvist") == [["Lindqvist"]]
    assert "R304" in {rejection.code for rejection in found[1]}


def test_a_role_beside_a_name_is_that_person(resolve):
    found = resolve("Chile's defence minister, Marta Vidal, rejected the claim. The minister called it absurd.")
    assert whom(found, "Chile's defence minister") == [["Marta Vidal"]]
    assert whom(found, "The minister") == [["Marta Vidal"]]


@pytest.mark.parametrize(("day", "name"), [("2013-03-01", "Barack Obama"), ("2022-03-01", "Joe Biden")])
def test_an_office_is_filled_at_the_article_s_date(resolve, day, name):
    assert whom(resolve("The US president rejected the offer on Monday.", day), "The US president") == [[name]]


def test_an_office_without_a_date_stays_an_office(resolve):
    assert whom(resolve("The US president rejected the offer on Monday."), "The US president") == [["US president"]]


def test_a_former_office_is_not_filled_from_the_table(resolve):
    found = resolve("The former US president rejected the offer.", "2022-03-01")
    assert whom(found, "The former US president") == [["former US president"]]


def test_the_article_wins_over_the_table(resolve):
    found = resolve(
        "French President Luc Armand arrived on Monday. The French president was greeted by a band.", "2022-03-01"
    )
    assert whom(found, "The French president") == [["Luc Armand"]]


def test_he_after_said_is_the_speaker(resolve):
    found = resolve("“We will not sign,” Danish envoy Lars Munk told reporters.\n\n“Not now,” he added.")
    assert whom(found, "he") == [["Lars Munk"]]


def test_a_pronoun_in_quoted_words_is_not_who_speaks_them(resolve):
    found = resolve("“He is a liar,” Lars Munk said.")
    assert whom(found, "He") == [[]]
    assert "R303" in {rejection.code for rejection in found[1]}


def test_i_and_we_are_left_to_speech(resolve):
    found = resolve("“I know that we lost,” Lars Munk said.")
    assert whom(found, "I") == [[]]
    assert whom(found, "we") == [[]]


def test_gender_tells_two_people_apart(resolve):
    found = resolve("Maria Costa met Peter Lindqvist on Monday. She offered a truce.")
    assert whom(found, "She") == [["Maria Costa"]]


def test_an_ambiguous_pronoun_is_nobody(resolve):
    found = resolve("Peter Lindqvist told Lars Munk that his brother was dead.")
    assert whom(found, "his") == [[]]
    assert "R303" in {rejection.code for rejection in found[1]}


def test_the_two_presidents_are_the_two_named(resolve):
    found = resolve("Adam Wrona called Luc Armand on Friday, and the two men spoke for an hour.")
    assert whom(found, "the two men") == [["Adam Wrona", "Luc Armand"]]


def test_both_sides_are_the_powers_named_side_by_side(resolve):
    found = resolve("Peru and Chile signed the text on Monday. Both sides said it would hold.")
    assert whom(found, "Both sides") == [["Peru", "Chile"]]


def test_both_sides_of_nobody_knows_what_are_nobody(resolve):
    assert whom(resolve("Both sides said that it would hold."), "Both sides") == [[]]


def test_the_rebels_are_the_only_armed_group(resolve):
    found = resolve("Boko Haram attacked a village on Monday. The rebels took hostages, the group said.")
    assert whom(found, "The rebels") == [["Boko Haram"]]
    assert whom(found, "the group") == [["Boko Haram"]]


def test_two_armed_groups_leave_the_rebels_open(resolve):
    found = resolve("Boko Haram and al-Shabaab clashed on Monday. The rebels took hostages.")
    assert whom(found, "The rebels") == [["rebels"]]


def test_officials_of_two_countries_are_two_groups(resolve):
    found = resolve("Danish and Polish officials met on Friday.")
    assert whom(found, "Danish and Polish officials") == [["Danish officials", "Polish officials"]]


def test_strangers_in_two_articles_are_not_one_person(reading, lexicon):
    actors = set()
    for text in ("A nurse said that it was over.", "A nurse said that it had begun."):
        document, read = reading(text)
        candidates = names.run(document=document, reading=read, lexicon=lexicon)
        cast, _ = within.run(document=document, reading=read, candidates=candidates, lexicon=lexicon)
        actors.update(ref.actor for member in cast.members for ref in member.refs)
    assert len(actors) == 2


@pytest.mark.parametrize("text", ["…", "he he he", "\u0301\u200f", "The the the President", "“" * 50, "Mr Mr Mr"])
def test_nothing_that_text_can_hold_raises(kit, text):
    document = Document(id=Document.id_of(text), title=None, text=text, source="test")
    read, _ = parse.run(document=document, parser=kit.parser, settings=kit.settings)
    candidates = names.run(document=document, reading=read, lexicon=kit.lexicon)
    within.run(document=document, reading=read, candidates=candidates, lexicon=kit.lexicon)


def test_the_possessive_of_a_person_in_office_gives_the_country(resolve):
    found = resolve("Polish President Adam Wrona spoke on Monday. His government rejected the claim.")
    assert whom(found, "His government") == [["His government"]]


def test_generations_are_no_family_names(resolve):
    found = resolve(
        "Vice Admiral Paul R. Haldane Jr. met Gen. Peter F. Stroud Jr. on Monday, and the two men agreed on the plan."
    )
    assert len({refs[0] for text, refs in found[0] if "Jr" in text}) == 2


def test_an_unnamed_person_is_not_preferred_to_a_named_one(resolve):
    found = resolve("Lars Munk left the room when a reporter asked whether he was tired.")
    assert whom(found, "he") in ([["Lars Munk"]], [[]])


def test_two_women_are_not_a_man_and_a_woman(resolve):
    found = resolve("Peter Lindqvist met Maria Costa on Monday. The two women spoke for an hour.")
    assert whom(found, "The two women") == [[]]


def test_an_office_that_somebody_seeks_is_nobody(resolve):
    found = resolve("President Adam Wrona left. “As president I will not wait,” Lars Munk said.")
    assert whom(found, "president") in ([], [["president"]])


def test_she_said_after_the_content_is_not_who_the_content_names(resolve):
    found = resolve("Maria Costa spoke to the press on Monday. A verdict on Anna Lindqvist is due in March, she said.")
    assert whom(found, "she") == [["Maria Costa"]]


def test_a_brother_of_somebody_is_not_somebody(resolve):
    found = resolve("The brother of the other prisoner, Anna Lindqvist, said on Monday that it was over.")
    assert whom(found, "Anna Lindqvist") == [["Anna Lindqvist"]]
    assert ["Anna Lindqvist"] not in [refs for text, refs in found[0] if text.startswith("The brother")]


def _names(result):
    return {mention.text: mention.actor for mention in result.mentions}


def test_a_name_of_three_parts_is_not_cut(read):
    result = read("Ximena Traña Lowell was freed on Monday. Traña Lowell, 34, thanked Norway.")
    assert {"ximena-trana-lowell"} == {mention.actor for mention in result.mentions if "Lowell" in mention.text}


def test_the_union_and_their_union_are_one(read):
    names = _names(read("The union called a strike in Oslo. Their union said it would not give up."))
    assert names["The union"] == names["Their union"]


def test_his_son_is_called_by_whose_son_he_is(read):
    result = read("Arvid Brekke was jailed by Peru. His son said the trial was a farce.")
    assert [one.speaker.name for one in result.statements if one.speaker is not None] == ["son of Arvid Brekke"]


def test_a_ministry_is_not_that_of_a_state_named_later(read):
    result = read("OSLO, March 3 - They were called by the Foreign Ministry. Peru's foreign ministry was silent.")
    ministries = [one.actor for one in result.mentions if one.text == "the Foreign Ministry"]
    assert ministries != ["PER"]
