"""Turns by the days of the steps, moves by the days of publication; terms over time."""

import sys
from pathlib import Path

from onrecord.model.claim import Figure, Terms
from onrecord.model.mention import ActorRef
from onrecord.model.record import Deal
from onrecord.pipeline import whole_record

sys.path.insert(0, str(Path(__file__).parent))

from claims import ANNA, BORIS, NORLAND, SUDRIA, article, document, step

KIND = "prisoner_exchange"


def deal() -> Deal:
    """Talked of in May; an article of June tells that it was signed in March."""
    first, second = document("a paper", "2025-05-02"), document("b paper", "2025-06-02")
    told = (
        article(first, step(first, KIND, "discussed", "2025-03-01", ratio=(9, 9))),
        article(second, step(second, KIND, "signed", "2025-03-20", ratio=(9, 9)), step(second, KIND, "carried_out", "2025-05-30", place=9)),
    )  # fmt: skip
    (made,) = [one for one in whole_record(told) if isinstance(one, Deal)]
    return made


def test_as_of_a_day_counts_what_is_known_today() -> None:
    """The signature of March counts from March on, though it was told in June."""
    made = deal()
    assert made.on("2025-02-01") is None
    days = ("2025-03-01", "2025-03-20", "2025-05-29", "2025-06-30")
    assert [turn.status for day in days if (turn := made.on(day))] == [
        "under_discussion",
        "agreed",
        "agreed",
        "carried_out",
    ]
    assert all(turn.made_by and turn.rule for turn in made.course)


def test_moves_are_of_the_day_of_publication() -> None:
    """What was published in June moved it from being talked of to being done, by the step that says so."""
    made = deal()
    assert [(move.told, move.before, move.after) for move in made.moves] == [
        ("2025-05-02", None, "under_discussion"), ("2025-06-02", "under_discussion", "carried_out"),
    ]  # fmt: skip
    assert all("carried_out" in one for one in made.moves[1].by)


def test_terms_over_time() -> None:
    """Each article whose terms are new stands with them; what only repeats them doesn't."""
    docs = [document(f"{name} paper", f"2025-05-0{day}") for day, name in enumerate("abc", 2)]
    told = [
        article(doc, step(doc, KIND, "discussed", ratio=size))
        for doc, size in zip(docs, ((9, 9), (9, 9), (9, 7)), strict=True)
    ]
    (made,) = [one for one in whole_record(told) if isinstance(one, Deal)]
    assert [(one.document, one.terms.ratio) for one in made.terms_told] == [("a paper", (9, 9)), ("c paper", (9, 7))]
    assert made.terms.ratio == (9, 7)


CARLA = ActorRef("carla-dahl", "Carla Dahl")


def exchanged(people: int, *handed: ActorRef) -> Deal:
    """Two of Norland's and one of Sudria's are on the list of a 2 for 1; in the end so many people are exchanged."""
    first, last = document("a paper", "2025-05-02"), document("b paper", "2025-06-02")
    total = Terms(figures=(Figure(what="exchanged", low=people, high=people, span=last.cite(4, 9)),))
    told = (
        article(
            first,
            step(first, KIND, "agreed", ratio=(2, 1)),
            step(first, KIND, "announced", place=9, by=NORLAND, persons=(ANNA, BORIS)),
            step(first, KIND, "announced", place=19, by=SUDRIA, persons=(CARLA,)),
        ),
        article(last, step(last, KIND, "carried_out", "2025-05-30", terms=total, persons=handed)),
    )
    (made,) = [one for one in whole_record(told) if isinstance(one, Deal)]
    return made


def test_a_name_dropped_changes_the_terms() -> None:
    """Two people changed hands, both by name: who is missing was left out, and the 2 for 1 became 1 for 1."""
    made = exchanged(2, ANNA, CARLA)
    assert [ref.actor for ref in made.left_out] == [BORIS.actor]
    assert made.terms.ratio == (1, 1)
    assert exchanged(3, ANNA, BORIS, CARLA).terms.ratio == (2, 1)


def test_nobody_is_left_out_while_names_are_missing() -> None:
    """Two people changed hands and one is known: the other may be anybody on the list, and the ratio is unknown."""
    made = exchanged(2, CARLA)
    assert made.left_out == ()
    assert made.terms.ratio is None
