"""Places: what is named, which place of that name, and what is no place."""

import time

import pytest

from onrecord.extract import places
from onrecord.model.cast import Cast, Member
from onrecord.model.mention import ActorRef
from onrecord.model.reading import Reading
from onrecord.model.text import Document


@pytest.mark.parametrize(
    ("text", "name", "country", "feature"),
    [
        ("The convoy was stopped near Aleppo on its way to the border.", "Aleppo", "SYR", "city"),
        ("The envoys met in the United Kingdom last week.", "United Kingdom", "GBR", "country"),
        ("The envoys met in the UK last week to talk about the dam.", "United Kingdom", "GBR", "country"),
        ("The bridge in Paris, Texas, was closed after the flood.", "Paris", "USA", "city"),
        ("The bridge in Paris was closed after the flood.", "Paris", "FRA", "city"),
        ("The school in Georgia was rebuilt; Tbilisi and Batumi paid for it.", "Georgia", "GEO", "country"),
        (
            "The school in Georgia was rebuilt; Atlanta and Savannah in the United States paid.",
            "Georgia",
            "USA",
            "region",
        ),
    ],
)
def test_a_name_is_put_where_the_text_says(reading, lexicon, text, name, country, feature):
    found = _run(reading(text), lexicon)
    assert (name, country, feature) in [(one.name, one.country, one.feature) for one in found]


def test_a_government_that_speaks_is_no_place(reading, lexicon):
    found = _run(reading("Nairobi said on Monday that the road to Mombasa was open again."), lexicon)
    assert [one.name for one in found] == ["Mombasa"]


def test_a_name_that_no_gazetteer_has_keeps_its_words_alone(reading, lexicon):
    found = _run(reading("The soldiers withdrew from the town of Quorvandeel in Sudan on Monday."), lexicon)
    unknown = [one for one in found if one.text == "Quorvandeel"]
    assert all(one.lat is None and one.country is None for one in unknown)


def test_the_words_stand_in_the_document(reading, lexicon):
    document, read = reading("The dam lies in Ethiopia, the river runs on through Khartoum to Egypt.")
    for one in places.run(document=document, reading=read, lexicon=lexicon):
        assert document.text[one.start : one.end] == one.text


def test_the_same_place_has_more_names(lexicon):
    for one, other in (("Kyiv", "Kiev"), ("São Paulo", "Sao Paulo"), ("Saint Louis", "St. Louis"), ("DRC", "DR Congo")):
        assert {site.geonames for site in lexicon.gazetteer.find(one)} & {
            site.geonames for site in lexicon.gazetteer.find(other)
        }


def test_no_name_is_found_for_odd_strings(lexicon):
    for text in ("", " ", "\ud800", "x" * 5000, "...", "’"):
        assert not lexicon.gazetteer.find(text)


def test_many_names_are_quick(lexicon):
    text = "Paris, " * 3000
    starts = tuple(place for number in range(3000) for place in (7 * number, 7 * number + 5))
    read = Reading(
        text=text, start=starts, end=tuple(one + (5 if one % 7 == 0 else 1) for one in starts),
        lemma=("paris", ",") * 3000, pos=("PROPN", "PUNCT") * 3000, tag=("NNP", ",") * 3000,
        head=tuple(range(6000)), dep=("ROOT",) * 6000, sentences=((0, 6000),), paragraphs=((0, len(text)),),
    )  # fmt: skip
    document = Document(id=Document.id_of(text), title=None, text=text, source="test")
    began = time.perf_counter()
    places.run(document=document, reading=read, lexicon=lexicon)
    assert time.perf_counter() - began < 3


def _run(pair, lexicon):
    return places.run(document=pair[0], reading=pair[1], lexicon=lexicon)


def test_a_facility_lies_where_the_place_it_is_named_after_lies(read):
    found = {place.text: place for place in read("They met at Vancouver International Airport on Monday.").places}
    place = found.get("Vancouver International Airport")
    assert place is None or (place.country == "CAN" and place.feature == "facility" and place.geonames is None)
    assert "Vancouver" not in found


def test_streets_are_no_cities(read):
    places = read("The shop on Grand Avenue in Oslo burned down, and so did one on Post Road.").places
    assert {place.text for place in places if place.lat is not None} == {"Oslo"}


def test_a_persons_name_is_no_place(read):
    text = "Valeska Paris left the ship. Daniel Houston stayed. Houston said he was ill."
    assert [place.text for place in read(text).places] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [("She was arrested in Houston on Monday.", ["Houston"]), ("She trusts in Houston. Houston was glad.", [])],
)
def test_a_name_after_in_is_a_place_unless_it_is_taken_up_again(reading, lexicon, text, found):
    document, read = reading(text)
    ref = ActorRef("houston", "Houston")
    cast = Cast(
        members=tuple(
            Member(first=at, last=at + 1, head=at, form="name", sort="person", refs=(ref,), how="example")
            for at in range(len(read))
            if read.word(at) == "Houston"
        )
    )
    assert [one.name for one in places.run(document=document, reading=read, lexicon=lexicon, cast=cast)] == found


def test_the_country_of_the_address_decides_between_towns_of_one_name(lexicon):
    assert places._home("https://www.arkvikpost.co.uk/news/1", lexicon.gazetteer) == "GB"
    assert places._home("https://arkvik.ie", lexicon.gazetteer) == "IE"
    assert places._home("https://arkvik.tv/live", lexicon.gazetteer) == ""
    assert places._home("articles/arkvik.uk", lexicon.gazetteer) == ""
