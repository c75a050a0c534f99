"""The law of assembling: however articles and judgements come in, the record is that of assembling all of it at once."""

import sys
import tempfile
from pathlib import Path

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.keep.open import open_view, open_writer
from onrecord.keep.protocol import Query
from onrecord.model import wire
from onrecord.model.claim import Figure
from onrecord.model.judgement import Judgement
from onrecord.model.mention import ActorRef, PlaceRef
from onrecord.model.moment import Period
from onrecord.pipeline import renew, whole_record

sys.path.insert(0, str(Path(__file__).parents[1] / "reconcile"))

from claims import ANNA, ARVENIA, BORIS, NORLAND, SUDRIA, act, article, custody, document, statement, step

KINDS = ("prisoner_exchange", "hostage_release", "ceasefire")
STEPS = ("proposed", "discussed", "agreed", "denied", "carried_out", "suspended", "violated")
SIDES = ((NORLAND, SUDRIA), (NORLAND,), (NORLAND, ARVENIA), (NORLAND, SUDRIA, ARVENIA), (SUDRIA, ARVENIA), ())
ANNA_AGAIN = ActorRef("a-bell", "A Bell")
PEOPLE = (ANNA, BORIS, ANNA_AGAIN)
TEXTS = (
    "The exchange went ahead on Friday morning at the bridge. Both sides were seen to shake hands before they left it.",
    "Nobody knew on Monday where the guns had come from. The village lay quiet and dark when the lorries came.",
    None,
)
KINDS_OF_RECORD = ("actor", "event", "deal", "case")


@st.composite
def readings(draw: st.DrawFn) -> object:
    """One article: few documents, days, parties and persons, so that much of it meets."""
    name = draw(st.sampled_from("abcdefgh"))
    doc = document(
        f"{name} paper", f"2025-0{draw(st.integers(1, 6))}-1{draw(st.integers(0, 9))}", draw(st.sampled_from(TEXTS))
    )
    day = st.one_of(st.none(), st.builds(lambda a, b: f"2025-0{a}-1{b}", st.integers(1, 6), st.integers(0, 9)))
    claims: list[object] = [statement(doc, f"said-{name}", draw(st.sampled_from((NORLAND, ARVENIA, ANNA))))]
    voice = st.sampled_from((None, f"said-{name}"))
    for place in range(draw(st.integers(0, 3))):
        kind = draw(st.sampled_from(KINDS))
        claims.append(
            step(
                doc, kind, draw(st.sampled_from(STEPS)), draw(day), place=place * 10, parties=draw(st.sampled_from(SIDES)),
                voice=draw(voice), ratio=draw(st.sampled_from((None, (9, 9), (3, 2)))),
                persons=draw(st.sampled_from(((), (ANNA,), (ANNA, BORIS)))), background=draw(st.booleans()),
            )
        )  # fmt: skip
    for person in sorted(draw(st.sets(st.sampled_from(PEOPLE))), key=lambda ref: ref.actor):
        claims.append(  # noqa: PERF401 - drawn one after the other
            custody(
                doc, person, draw(st.sampled_from(("detained", "sentenced", "released"))), draw(day), voice=draw(voice),
                holder=draw(st.sampled_from((None, NORLAND, SUDRIA))), charge=draw(st.sampled_from((None, "spying"))),
                nationalities=draw(st.sampled_from(((), ("NOR",), ("SUD",)))),
            )
        )  # fmt: skip
    for place in range(draw(st.integers(0, 2))):
        count, since = draw(st.integers(1, 3)), draw(st.integers(10, 16))
        date = draw(
            st.sampled_from(
                (
                    None,
                    Period(f"2025-03-{since}", f"2025-03-{since}"),
                    Period(f"2025-03-{since}", f"2025-03-{since + 1}"),
                )
            )
        )
        spot = draw(st.sampled_from((None, PlaceRef("Mitrel"), PlaceRef("Oster"))))
        figures = (Figure(what="killed", low=count, high=count, span=doc.cite(4, 9)),)
        made = act(doc, None, None, id=f"act-{name}-{place}", place=spot, figures=figures, voice=draw(voice))
        claims.append(msgspec.structs.replace(made, date=date))
    return article(doc, *claims)


@st.composite
def courses(draw: st.DrawFn) -> list[object]:
    """A course of things: articles read, judgements made and withdrawn, the record renewed in between."""
    what = st.one_of(
        readings(),
        st.just("renew"),
        st.tuples(st.sampled_from(("same", "different", "field", "withdraw")), st.integers(0, 99), st.integers(0, 99)),
    )
    return draw(st.lists(what, min_size=1, max_size=12))


def judge(writer: object, path: Path, how: str, left: int, right: int, at: int) -> None:
    """Make a judgement on what is there at the moment, or withdraw one."""
    with open_view(path) as view:
        if how == "withdraw":
            made = [one for one in view.judgements() if one.withdrawn_at is None]
            if made:
                one = made[left % len(made)]
                writer.judge(
                    Judgement(**{**{f: getattr(one, f) for f in one.__struct_fields__}, "withdrawn_at": "2025-07-01"})
                )
            return
        kind = KINDS_OF_RECORD[left % 4]
        ids = sorted(one.id for one in view.find(Query(kind=kind)))
        ids += sorted(
            one.id
            for one in view.find(Query(kind={"deal": "step", "case": "custody", "event": "act"}.get(kind, "step")))
        )
    if not ids:
        return
    first, second = ids[left % len(ids)], ids[right % len(ids)]
    common = {"id": f"judgement-{at}", "by": "a.reader", "at": f"2025-06-{10 + at}T10:00:00Z", "because": "read both"}
    if how == "field":
        field, value = {"deal": ("status", "stalled"), "case": ("charge", "none"), "event": ("title", "this")}.get(
            kind, ("name", "x")
        )
        writer.judge(Judgement(left=first, field=field, value=value, **common))
    elif first != second:
        low, high = sorted((first, second))
        writer.judge(Judgement(left=low, right=high, verdict=how, **common))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(courses())
def test_renewing_bit_by_bit_gives_the_record_of_assembling_all_at_once(course) -> None:
    """Any order, any split into sessions, any repetition, other readings of the same article, judgements and all."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "s.db"
        with open_writer(path) as writer:
            renew(writer)
            for at, one in enumerate(course):
                if one == "renew":
                    renew(writer)
                elif isinstance(one, tuple):
                    judge(writer, path, *one, at)
                else:
                    writer.add(one)
            renew(writer)
            with open_view(path) as view:
                kept = sorted(wire.encode(one) for kind in KINDS_OF_RECORD for one in view.find(Query(kind=kind)))
                whole = sorted(wire.encode(one) for one in whole_record(view.articles(), view.judgements()))
            assert kept == whole
            again = renew(writer)
            assert (again.written, again.dropped) == (0, 0)
