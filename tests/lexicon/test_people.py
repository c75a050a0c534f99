"""The people files: shape, dates, look-up."""

from datetime import date

import pytest

from onrecord.lexicon import Lexicon
from onrecord.lexicon.people import PeopleBook, fold, holds, pieces, slug


@pytest.fixture
def book(lexicon: Lexicon) -> PeopleBook:
    return lexicon.people


def test_folding_forgets_accents_case_apostrophes_and_stops():
    assert fold("Côte d’Ivoire") == "cote divoire"
    assert fold("U.S.") == "us"
    assert pieces("Guinea-Bissau") == ("guinea", "-", "bissau")
    assert slug("Ána  O’Neil-Šmíd") == "ana-oneil-smid"
    assert slug("…") == "unnamed"


def test_every_state_has_its_own_code(book: PeopleBook):
    codes = [state.country for state in book.states]
    assert len(codes) == len(set(codes)) >= 196
    assert {"PSE", "XKX", "TWN"} <= set(codes)


@pytest.mark.parametrize(
    ("phrase", "actor", "known_as"),
    [
        ("Moldovan", "MDA", "adjective"),
        ("Uruguayans", "URY", "people"),
        ("Democratic Republic of Congo", "COD", "state"),
        ("Reykjavik", "ISL", "capital"),
        ("White House", "USA", "body"),
        ("African Union", "AU", "body"),
        ("Boko Haram", "BOKOHARAM", "armed"),
    ],
)
def test_a_phrase_is_found_with_its_actor(book: PeopleBook, phrase: str, actor: str, known_as: str):
    end, known = book.match(pieces(phrase), 0) or (0, None)
    assert known is not None
    assert (end, known.actor, known.known_as) == (len(pieces(phrase)), actor, known_as)


def test_the_longest_phrase_wins(book: PeopleBook):
    words = pieces("South Sudan today")
    assert book.match(words, 0) is not None
    assert book.match(words, 0)[1].actor == "SSD"


def test_terms_are_days_in_order_and_rows_are_not_doubled(book: PeopleBook):
    seen = set()
    for row in book.office_rows:
        since = date.fromisoformat(row.since)
        assert row.until is None or since < date.fromisoformat(row.until), row
        assert (row.country, row.office, row.person, row.since) not in seen, row
        seen.add((row.country, row.office, row.person, row.since))


def test_no_two_people_lead_a_country_on_one_day(book: PeopleBook):
    """A day in the middle of a term has one leader; on the day of a handover there may be two."""
    for row in book.office_rows:
        if row.leads:
            since = date.fromisoformat(row.since)
            until = date.fromisoformat(row.until) if row.until else since.replace(year=since.year + 1)
            day = (since + (until - since) / 2).isoformat()
            assert {one.person for one in book.holders(row.country, ["leader"], day)} == {row.person}, row


def test_an_office_is_looked_up_at_a_day(book: PeopleBook):
    held = {day: book.holders("FRA", ["president"], day) for day in ("2011-06-01", "2013-06-01", "2020-06-01")}
    assert [rows[0].person.split()[-1] for rows in held.values()] == ["Sarkozy", "Hollande", "Macron"]
    assert book.holders("FRA", ["president"], "1900-01-01") == ()


def test_both_ends_of_a_term_count(book: PeopleBook):
    row = next(row for row in book.office_rows if row.until)
    assert holds(row, row.since)
    assert holds(row, row.until)
    assert not holds(row, "1000-01-01")


def test_every_office_has_a_word_for_it_or_belongs_to_a_body(book: PeopleBook):
    named = {office for epithet in book.epithets for office in epithet.offices}
    unknown = {row.office for row in book.office_rows} - named
    assert unknown <= {"presidential spokesperson", "foreign ministry spokesperson", "spokesperson", "commission chair"}


def test_the_last_words_name_the_office_and_a_modifier_denies_it(book: PeopleBook):
    assert book.offices_in("the Danish prime minister") == {"prime minister"}
    assert book.offices_in("the former Danish prime minister") == frozenset()
    assert book.offices_in("the prime minister's cook") == frozenset()
    assert book.offices_in("") == frozenset()


def test_files_are_sorted_and_have_no_twins(book: PeopleBook):
    for rows in (book.states, book.bodies, book.groups, book.office_rows, book.epithets, book.first_names):
        assert len(rows) == len(set(map(repr, rows)))
    words = [row.word for row in book.epithets]
    assert words == sorted(words)
    assert len(words) == len(set(words))
