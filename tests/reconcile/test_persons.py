"""Cases over spellings, two people of one name, disputed fields both ways, moves, links to deals."""

import sys
from pathlib import Path

from onrecord.model.mention import ActorRef
from onrecord.model.record import Case, Deal
from onrecord.pipeline import whole_record

sys.path.insert(0, str(Path(__file__).parent))

from claims import ANNA, BORIS, NORLAND, SUDRIA, article, custody, document, statement, step


def cases(*articles: object) -> list[Case]:
    return [one for one in whole_record(articles) if isinstance(one, Case)]


def told(name: str, published: str, person: ActorRef, status: str, **more: object) -> object:
    """An article with one custody report."""
    doc = document(f"{name} paper", published)
    return article(doc, custody(doc, person, status, **more))


def ref(name: str) -> ActorRef:
    """A reference with the id that a name gives."""
    return ActorRef(name.lower().replace(" ", "-"), name)


def test_spellings_are_one_person_where_something_else_agrees() -> None:
    """Yusuf and Yousuf Haddad, held by the same: one case with the reason and both spellings."""
    (case,) = cases(
        told("a", "2025-01-02", ref("Yusuf Haddad"), "detained", holder=NORLAND),
        told("b", "2025-02-02", ref("Yousuf Hadad"), "released", holder=NORLAND),
    )
    assert case.status == "released"
    assert case.aliases
    assert "spelling" in case.because[0]
    assert [(move.before, move.after) for move in case.moves] == [(None, "detained"), ("detained", "released")]


def test_an_initial_alone_is_not_enough() -> None:
    """A Bell and Anna Bell may be one: it is left open, and so they stay two."""
    assert (
        len(cases(told("a", "2025-01-02", ANNA, "detained"), told("b", "2025-02-02", ref("A Bell"), "detained"))) == 2
    )
    same = {"holder": NORLAND, "charge": "spying"}
    joined = cases(
        told("a", "2025-01-02", ANNA, "charged", **same), told("b", "2025-02-02", ref("A Bell"), "charged", **same)
    )
    assert len(joined) == 1


def test_two_people_of_one_name_are_kept_apart() -> None:
    """Another nationality and another charge: two people; another holder alone: one person, disputed both ways."""
    one = told("a", "2025-01-02", ANNA, "charged", nationalities=("NOR",), charge="spying")
    other = told("b", "2025-02-02", ANNA, "sentenced", nationalities=("SUD",), charge="tax fraud")
    assert len(cases(one, other)) == 2
    (case,) = cases(
        told("a", "2025-01-02", ANNA, "detained", holder=NORLAND),
        told("b", "2025-02-02", ANNA, "detained", holder=SUDRIA),
    )
    assert case.disputed
    assert [(rival.field, rival.value) for rival in case.rivals] == [("holder", "Norland"), ("holder", "Sudria")]


def test_a_value_written_in_two_ways_is_no_dispute() -> None:
    """Hyphen and plural; the case names every report that it is made of."""
    articles = [
        told("a", "2025-01-02", ANNA, "sentenced", holder=NORLAND, sentence="five-year"),
        told("b", "2025-02-02", ANNA, "sentenced", holder=NORLAND, sentence="Five years"),
        told("c", "2025-02-03", ANNA, "sentenced", holder=NORLAND, sentence="six years"),
    ]
    (case,) = cases(*articles[:2])
    assert case.rivals == ()
    assert set(case.claims) == {one.id for told_ in articles[:2] for one in told_.custody}
    (case,) = cases(*articles)
    assert [(rival.field, rival.value) for rival in case.rivals] == [
        ("sentence", "five-year"),
        ("sentence", "six years"),
    ]


def test_an_article_that_tells_two_apart_keeps_them_apart() -> None:
    """Within one article the reader knows best."""
    doc = document("a paper", "2025-01-02")
    two = (custody(doc, ref("Yusuf Haddad"), "detained"), custody(doc, ref("Yousuf Hadad"), "released"))
    assert len(cases(article(doc, *two))) == 2


def test_no_gap_is_filled() -> None:
    """A history holds what was told and nothing else."""
    (case,) = cases(told("a", "2025-01-02", ANNA, "detained"), told("b", "2025-06-02", ANNA, "released"))
    assert [entry.status for entry in case.history] == ["detained", "released"]
    assert case.charge is None
    assert case.released is None


def test_a_name_left_out_of_an_exchange() -> None:
    """Two on the list, one handed over: the other is left out, with the reason, and is no person of the deal any more."""
    first, second = document("a paper", "2025-01-02"), document("b paper", "2025-01-20")
    articles = (
        article(first, step(first, "prisoner_exchange", "agreed", "2025-01-02", persons=(ANNA, BORIS), ratio=(1, 1))),
        article(second, step(second, "prisoner_exchange", "carried_out", "2025-01-19", persons=(ANNA,))),
    )
    (deal,) = [one for one in whole_record(articles) if isinstance(one, Deal)]
    assert [person.name for person in deal.left_out] == ["Boris Kern"]
    assert [person.name for person in deal.persons] == ["Anna Bell"]
    assert ("left_out", "Boris Kern") in {(one.change, one.person.name) for one in deal.names}
    assert all(one.by for one in deal.names)


def test_who_was_freed_in_the_article_of_the_exchange_is_in_the_deal() -> None:
    """The custody reports beside a carried-out exchange name its persons, and the case is linked."""
    doc = document("b paper", "2025-01-20")
    told_of = article(
        doc, step(doc, "prisoner_exchange", "carried_out", "2025-01-19"),
        custody(doc, ANNA, "exchanged", "2025-01-19", holder=NORLAND),
    )  # fmt: skip
    made = list(whole_record([told_of]))
    (deal,) = [one for one in made if isinstance(one, Deal)]
    (case,) = [one for one in made if isinstance(one, Case)]
    assert [person.name for person in deal.persons] == ["Anna Bell"]
    assert case.deals == (deal.id,)


def claimed(name: str, published: str, speaker: ActorRef, status: str, **more: object) -> object:
    """An article in which somebody says it of Anna Bell."""
    doc = document(f"{name} paper", published)
    says = statement(doc, name, speaker)
    return article(doc, says, custody(doc, ANNA, status, voice=says.id, **more))


def test_a_release_that_the_police_tell_ends_the_case() -> None:
    """The papers told of the kidnapping, the police tell of the release: she is free until a paper has her held."""
    taken = told("a", "2025-01-02", ANNA, "detained", holder=SUDRIA)
    freed = claimed("b", "2025-02-02", ref("Arven Police"), "released")
    (case,) = cases(taken, freed)
    assert case.status == "released"
    (case,) = cases(taken, freed, told("c", "2025-03-02", ANNA, "detained", holder=SUDRIA))
    assert case.status == "detained"


def test_a_release_that_only_the_holder_claims_ends_nothing() -> None:
    (case,) = cases(
        told("a", "2025-01-02", ANNA, "detained", holder=SUDRIA), claimed("b", "2025-02-02", SUDRIA, "released")
    )
    assert case.status == "detained"
    assert {entry.status for entry in case.history} == {"detained", "released"}


def test_who_is_only_told_not_to_be_held_has_no_case() -> None:
    denied = claimed("a", "2025-01-02", NORLAND, "detained", polarity="denied")
    assert cases(denied) == []
    (case,) = cases(denied, told("b", "2025-02-02", ANNA, "detained"))
    assert case.disputed


def test_two_names_left_out_are_not_enough() -> None:
    """Jaime Mora may be Jaime Luis Solano Mora; that alone doesn't join two cases, another thing in common does."""
    long, short = ref("Jaime Luis Solano Mora"), ref("Jaime Mora")
    assert len(cases(told("a", "2025-01-02", long, "detained"), told("b", "2025-02-02", short, "released"))) == 2
    held = {"holder": NORLAND}
    joined = cases(
        told("a", "2025-01-02", long, "detained", **held), told("b", "2025-02-02", short, "released", **held)
    )
    assert len(joined) == 1
