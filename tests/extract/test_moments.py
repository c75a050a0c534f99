"""Moments: every rule's own examples, and the laws of the family."""

import time

import pytest

from onrecord.extract import moments
from onrecord.lexicon import load
from onrecord.model.reading import Reading
from onrecord.model.text import Document

RULES = load().moments.rules


def test_every_rule_finds_its_examples(reading, lexicon):
    wrong = []
    for rule in RULES:
        for example in rule.yes:
            found, _ = moments.run(lexicon=lexicon, **_both(reading(example.text, example.published)))
            if (example.found, example.value) not in [(one.text, one.value) for one in found]:
                wrong.append((rule.id, example.text, [(one.text, one.value) for one in found]))
    assert not wrong


def test_no_rule_finds_what_it_must_not(reading, lexicon):
    wrong = []
    for rule in RULES:
        for text in rule.no:
            _, read = reading(text, "2024-06-18")
            hits = [
                match
                for start, end in read.paragraphs
                for match, _ in moments._matches(read, lexicon.moments, start, end)
                if match.rule == rule.id and not moments._refused(match, read, moments._persons(read))
            ]
            if hits:
                wrong.append((rule.id, text, [text[hit.start : hit.end] for hit in hits]))
    assert not wrong


@pytest.mark.parametrize(
    ("text", "found", "since", "until", "precision"),
    [
        ("The envoys met last week.", "last week", "2024-06-10", "2024-06-16", "week"),
        ("The envoys met over the weekend.", "the weekend", "2024-06-15", "2024-06-16", "day"),
        ("The envoys met last month.", "last month", "2024-05-01", "2024-05-31", "month"),
        ("The envoys met on Tuesday.", "Tuesday", "2024-06-18", "2024-06-18", "day"),
        ("The envoys will meet on Saturday.", "Saturday", "2024-06-22", "2024-06-22", "day"),
        ("The envoys met on Saturday.", "Saturday", "2024-06-15", "2024-06-15", "day"),
        ("The envoys met earlier Sunday.", "earlier Sunday", "2024-06-16", "2024-06-16", "day"),
        ("The envoys met in June last year.", "June last year", "2023-06-01", "2023-06-30", "month"),
        ("He has been held since 2019.", "2019", "2019-01-01", None, "year"),
        ("It was built in the 1990s.", "the 1990s", "1990-01-01", "1999-12-31", "decade"),
        ("The envoys will meet next week.", "next week", "2024-06-24", "2024-06-30", "week"),
    ],
)
def test_the_days_are_those_of_the_calendar(reading, lexicon, text, found, since, until, precision):
    moment = _one(moments.run(lexicon=lexicon, **_both(reading(text, "2024-06-18")))[0], found)
    assert (moment.period.since, moment.period.until, moment.period.precision) == (since, until, precision)
    assert moment.period.basis.text == found


def test_the_story_s_own_dates_are_counted_from(reading, lexicon):
    text = "The port was seized on 9 May 2011. A day earlier the garrison had fled. The following month it was freed."
    found, _ = moments.run(lexicon=lexicon, **_both(reading(text, "2024-06-18")))
    assert [one.value for one in found] == ["2011-05-09", "2011-05-08", "2011-06"]


def test_without_a_day_of_publication_nothing_is_guessed(reading, lexicon):
    found, rejections = moments.run(lexicon=lexicon, **_both(reading("The port was seized on Monday, not in May.")))
    assert [one.period for one in found] == [None, None]
    assert [one.code for one in rejections] == ["R308", "R308"]


def test_a_long_line_of_dates_is_quick(lexicon):
    text = "May 1, " * 3000
    reading = Reading(
        text=text, start=(), end=(), lemma=(), pos=(), tag=(), head=(), dep=(), sentences=(),
        paragraphs=((0, len(text)),),
    )  # fmt: skip
    document = Document(id=Document.id_of(text), title=None, text=text, source="test", published="2024-06-18")
    began = time.perf_counter()
    found, _ = moments.run(document=document, reading=reading, lexicon=lexicon)
    assert len(found) == 3000
    assert time.perf_counter() - began < 3


def _one(found, text):
    return next(one for one in found if one.text == text)


def _both(pair):
    return {"document": pair[0], "reading": pair[1]}


@pytest.mark.parametrize(
    "words", ["15,000 years ago", "4,000 centuries ago", "in 9,000 years", "900,000,000 days later"]
)
def test_what_lies_beyond_the_calendar_is_no_error(read, words: str) -> None:
    """Geologists are quoted too: no day, no exception."""
    result = read(f"The valley was settled {words}, Orla Venn said on Monday.", "2031-05-06")
    assert "R390" not in {rejection.code for rejection in result.rejections}


def test_until_takes_the_nearer_day_and_names_of_days_are_no_dates(read):
    def values(text, published):
        return [moment.value for moment in read(text, published).moments]

    assert values("The talks were adjourned until Friday.", "2024-06-19") == ["2024-06-21"]
    assert values("Markets stayed closed until Friday.", "2024-06-20") == ["2024-06-21"]
    assert values("The ship waited until Tuesday.", "2024-06-19") == ["2024-06-18"]
    assert values("They could not be reached on Tuesday.", "2024-06-19") == ["2024-06-18"]
    assert values("He spoke of Bloody Sunday.", "2024-06-19") == []
    assert values("Sales for the year ended March 31 rose.", "2024-06-19")[0] == "P1Y"


def test_that_month_is_the_one_of_the_year_told_before(read):
    """'That August' behind a year is that year's, wherever it stands in the sentence."""
    text = "A truce with Georgia, agreed in Baku in June 2023, took effect that August. He said that August was hot."
    found = [moment.value for moment in read(text, "2025-06-11").moments]
    assert found[:2] == ["2023-06", "2023-08"]
