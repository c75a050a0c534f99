"""Counts by source: revised ones follow each other, rival ones stand side by side; a day's attacks stay apart."""

import sys
from pathlib import Path

import msgspec

from onrecord.model.claim import Figure
from onrecord.model.mention import PlaceRef
from onrecord.model.record import Event
from onrecord.pipeline import whole_record

sys.path.insert(0, str(Path(__file__).parent))

from claims import ARVENIA, NORLAND, SUDRIA, act, article, document, statement

DAY = "2025-05-04"


def events(*articles: object) -> list[Event]:
    return [one for one in whole_record(articles) if isinstance(one, Event)]


def told(
    name: str, published: str, killed: int, speaker: object = None, place: str | None = "Mitrel", n: int = 0
) -> object:
    """An article that tells of an attack with a count, in somebody's words or its own."""
    doc = document(f"{name} paper", published)
    spoken = [statement(doc, f"said-{name}", speaker)] if speaker else []
    figure = Figure(what="killed", low=killed, high=killed, span=doc.cite(4, 9))
    made = act(
        doc, None, DAY, id=f"act-{name}-{n}", voice=f"said-{name}" if speaker else None, figures=(figure,),
        place=PlaceRef(place) if place else None,
    )  # fmt: skip
    return article(doc, *spoken, made)


def accounts(event: Event) -> list[tuple[object, ...]]:
    return [(one.by.name if one.by else None, one.low, one.as_of, one.revised) for one in event.figures[0].accounts]


def test_a_sources_later_toll_revises_its_own() -> None:
    """Sudria counts 12, then 19: one event, no dispute, the last count stands."""
    (event,) = events(told("a", "2025-05-05", 12, SUDRIA), told("b", "2025-05-07", 19, SUDRIA))
    assert accounts(event) == [("Sudria", 12, "2025-05-05", True), ("Sudria", 19, "2025-05-07", False)]
    assert (event.figures[0].low, event.figures[0].high, event.disputed) == (19, 19, False)


def test_rival_tolls_stand_side_by_side() -> None:
    """Sudria counts 12, Arvenia 3, and neither is averaged away; each keeps its source."""
    (event,) = events(told("a", "2025-05-05", 12, SUDRIA), told("b", "2025-05-06", 3, ARVENIA))
    assert {(by, low) for by, low, _, _ in accounts(event)} == {("Sudria", 12), ("Arvenia", 3)}
    assert event.disputed
    assert (event.figures[0].low, event.figures[0].high) == (3, 12)


def test_a_toll_that_rises_in_the_papers_is_a_revision() -> None:
    """The papers' own count of one day and that of the next don't contradict each other."""
    (event,) = events(told("a", "2025-05-04", 5), told("b", "2025-05-05", 9))
    assert not event.disputed
    assert [one.revised for one in event.figures[0].accounts] == [True, False]


def test_a_days_attacks_are_not_chained_into_one() -> None:
    """Two towns on one day are two events; a report without a place joins neither."""
    made = events(
        told("a", "2025-05-05", 5, place="Mitrel"), told("b", "2025-05-05", 7, place="Oster"),
        told("c", "2025-05-06", 7, place=None),
    )  # fmt: skip
    assert sorted(str(one.place and one.place.name) for one in made) == ["Mitrel", "None", "Oster"]
    one_town = events(told("a", "2025-05-05", 5, place="Mitrel"), told("c", "2025-05-06", 7, place=None))
    assert len(one_town) == 1
    assert one_town[0].because


def test_counts_in_one_sentence_are_parts_and_no_rivals() -> None:
    """Four civilians and six soldiers, told in one act, contradict nothing."""
    doc = document("a paper", "2025-05-05")
    civilians = Figure(what="killed", low=4, high=4, of="civilians", span=doc.cite(4, 9))
    soldiers = msgspec.structs.replace(civilians, low=6, high=6, of="soldiers")
    (event,) = events(article(doc, act(doc, None, DAY, figures=(civilians, soldiers))))
    assert not event.disputed
    assert len(event.figures[0].accounts) == 2


def test_who_did_it_keeps_accounts_apart() -> None:
    """Each side says that the other attacked: two events, since nobody may be blamed for both."""
    doc = document("a paper", "2025-05-05")
    mine = act(doc, None, DAY, id="act-1", actors=(NORLAND,), targets=(SUDRIA,))
    theirs = act(doc, None, DAY, id="act-2", actors=(SUDRIA,), targets=(NORLAND,))
    assert len(events(article(doc, mine, theirs))) == 2
