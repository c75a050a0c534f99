"""Whom a pronoun stands for in reports of people held, in made-up articles."""


def held(result) -> dict[str, set[str]]:
    """Return the statuses by person."""
    found: dict[str, set[str]] = {}
    for report in result.custody:
        found.setdefault(report.person.name, set()).add(report.status)
    return found


def test_he_who_remains_in_prison_is_the_prisoner_and_not_the_president(read):
    result = read(
        "President Ilmar Vost signed a pardon for Jon Varga on Monday. He remains in prison in Tallinn until Friday.",
        "2025-06-11",
    )
    assert held(result) == {"Jon Varga": {"pardoned", "detained"}}


def test_a_minister_is_not_held_for_a_pronoun(read):
    result = read(
        "The minister, Ilmar Vost, spoke of Jon Varga and Mara Ostrel on Monday. He was arrested in May.", "2025-06-11"
    )
    assert "Ilmar Vost" not in held(result)


def test_who_is_named_and_called_his_in_one_sentence_is_told_by_name(read):
    result = read("Jon Varga, a cook, was detained near Tallinn in April; Riga confirmed his arrest.", "2025-06-11")
    assert held(result) == {"Jon Varga": {"detained"}}


def test_what_has_yet_to_be_done_frees_nobody(read):
    result = read(
        "Jon Varga, jailed in Tallinn in May, has to be pardoned before he can leave. Mara Ostrel, jailed with him, "
        "is to be freed on Friday.",
        "2025-06-11",
    )
    assert not {"pardoned", "released"} & {status for one in held(result).values() for status in one}


def test_shoes_given_back_free_nobody(read):
    result = read(
        "Estonia and Latvia swapped prisoners. Mara Ostrel was held in prison in Riga. They gave her back her shoes.",
        "2025-06-11",
    )
    assert held(result)["Mara Ostrel"] == {"detained"}


def test_the_price_of_a_planned_release_is_still_held(read):
    result = read("Latvia is to release Mara Ostrel in return for Jon Varga. Both are cooks.", "2025-06-11")
    assert held(result) == {"Mara Ostrel": {"detained"}, "Jon Varga": {"detained"}}


def test_what_is_said_to_be_wrong_or_only_talked_of_frees_nobody(read):
    result = read(
        "Reports that Jon Varga, jailed in Riga in May, had been freed were false.\n\nTalks on exchanging Mara Ostrel, "
        "jailed in Riga in May, have failed.\n\nLatvia stopped short of releasing Karl Brenk, jailed in Riga in May.",
        "2025-06-11",
    )
    assert {status for one in held(result).values() for status in one} == {"detained"}
