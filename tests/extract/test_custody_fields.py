"""Terms, deeds, places and holders of people held, in made-up articles."""

from onrecord.model.claim import Custody


def of(result, name: str, status: str) -> Custody:
    """Return the report of this person with this status."""
    return next(one for one in result.custody if one.person.name == name and one.status == status)


def test_the_deed_stands_behind_the_term_or_the_prison(read):
    result = read("Jon Varga was sentenced last year to 12 years in a penal colony for espionage.", "2025-06-11")
    assert of(result, "Jon Varga", "sentenced").charge == "espionage"


def test_years_and_months_are_one_term(read):
    result = read("A court in Riga sentenced Jon Varga to eight years and nine months in prison.", "2025-06-11")
    report = of(result, "Jon Varga", "sentenced")
    assert report.sentence == "eight years and nine months"
    assert report.place is not None
    assert report.place.name == "Riga"


def test_how_long_ago_or_how_long_already_is_no_term(read):
    result = read(
        "Jon Varga was arrested in Riga two years ago. Mara Ostrel was held in prison for two years.", "2025-06-11"
    )
    assert all(report.sentence is None for report in result.custody)


def test_the_year_behind_the_court_is_that_of_the_conviction(read):
    result = read("Jon Varga was convicted of sabotage by a court in Riga in 2023.", "2025-06-11")
    report = of(result, "Jon Varga", "convicted")
    assert report.date is not None
    assert (report.date.since, report.date.until) == ("2023-01-01", "2023-12-31")


def test_the_prison_in_which_somebody_died_gives_place_and_state(read):
    result = read("Jon Varga died of a fever in Tartu prison in May.", "2025-06-11")
    report = of(result, "Jon Varga", "died")
    assert report.place is not None
    assert report.place.name == "Tartu"
    assert report.holder is not None
    assert report.holder.actor == "EST"


def test_those_exchanged_for_the_other_side_s_people(read):
    result = read(
        "Estonia and Latvia exchanged prisoners on Tuesday. Jon Varga and Mara Ostrel were exchanged for two "
        "Latvians, Karl Brenk and Ida Solt.",
        "2025-06-11",
    )
    assert {name: of(result, name, "exchanged").holder.actor for name in ("Jon Varga", "Karl Brenk")} == {
        "Jon Varga": "LVA",
        "Karl Brenk": "EST",
    }
    assert of(result, "Ida Solt", "exchanged").nationalities == ("LVA",)


def test_a_prison_known_by_its_name_alone_gives_its_state(read):
    result = read("Jon Varga is serving six years in Evin for propaganda.", "2025-06-11")
    report = of(result, "Jon Varga", "sentenced")
    assert report.holder is not None
    assert report.holder.actor == "IRN"


def test_who_frees_somebody_does_not_hold_those_that_he_wants_for_him(read):
    result = read("Latvia is to release Mara Ostrel in return for Jon Varga. Both are cooks.", "2025-06-11")
    assert of(result, "Jon Varga", "detained").holder is None


def test_days_counted_from_the_capture_give_its_day(read):
    result = read(
        "Rebels handed over Jon Varga, a mayor, on Sunday, eight days after kidnapping him at a roadblock.",
        "2025-06-11",
    )
    report = of(result, "Jon Varga", "detained")
    assert report.date is not None
    assert (report.date.since, report.date.until) == ("2025-05-31", "2025-05-31")
    assert len([one for one in result.custody if one.status == "detained"]) == 1


def test_a_people_s_singular_and_a_short_form_give_the_country(read):
    result = read(
        "Iran has released Mara Ostrel, a Franco-Iranian academic, after 14 months in prison.\n\nJon Varga, a Frenchman, "
        "was arrested in Riga on Monday. Karl Brenk, a Briton, was arrested in Riga on Monday.",
        "2025-06-11",
    )
    assert {one.person.name: set(one.nationalities) for one in result.custody} == {
        "Jon Varga": {"FRA"},
        "Mara Ostrel": {"FRA", "IRN"},
        "Karl Brenk": {"GBR"},
    }


def test_what_was_to_have_been_done_was_not(read):
    result = read("Jon Varga was to have been freed on Monday. He is still in prison in Riga.", "2025-06-11")
    assert {one.status for one in result.custody} == {"detained"}


def test_when_is_no_part_of_the_charge(read):
    result = read("Jon Varga, arrested in May in Riga, was charged with spying a week later.", "2025-06-11")
    assert of(result, "Jon Varga", "charged").charge == "spying"
