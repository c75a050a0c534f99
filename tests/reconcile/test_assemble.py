"""The laws of the whole record: order-free, repeatable, judged and judged back."""

import random
import sys
import time
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.model.judgement import Judgement
from onrecord.model.record import Actor, Case, Deal, Event
from onrecord.reconcile import assemble
from onrecord.resolve.judge import Judge

sys.path.insert(0, str(Path(__file__).parent))

from claims import ANNA, BORIS, NORLAND, SUDRIA, act, article, custody, document, statement, step

EXCHANGE = "prisoner_exchange"


def story() -> list:
    """An exchange over four articles with a round before it, a truce beside it, and two persons."""
    first, second, third, fourth = (
        document(f"{name} paper", f"2025-0{month}-10") for name, month in (("a", 3), ("b", 4), ("c", 5), ("d", 5))
    )
    return [
        article(
            first,
            step(first, EXCHANGE, "carried_out", "2025-03-08", ratio=(1, 1), persons=(ANNA, BORIS)),
            custody(first, ANNA, "exchanged", "2025-03-08", exchanged_for=(BORIS,), holder=NORLAND),
            custody(first, ANNA, "sentenced", sentence="12 years", charge="treason"),
        ),
        article(second, step(second, EXCHANGE, "discussed", "2025-04-09", ratio=(9, 9), undisclosed=("names",))),
        article(
            third,
            statement(third, "said", SUDRIA),
            step(third, EXCHANGE, "agreed", "2025-05-02", ratio=(9, 9)),
            step(third, "ceasefire", "carried_out", "2025-05-03", place=12),
            step(third, "ceasefire", "violated", "2025-05-04", place=22, by=NORLAND, voice="said"),
            act(third, (12, None), "2025-05-04"),
        ),
        article(
            fourth,
            step(fourth, EXCHANGE, "carried_out", "2025-05-09", ratio=(9, 9)),
            act(fourth, (19, 19), "2025-05-04"),
        ),
    ]


def records(articles: list, judgements: tuple = ()) -> list:
    """The whole record."""
    return list(assemble.run(articles, judgements, Judge()))


def deals(articles: list, judgements: tuple = ()) -> list[Deal]:
    """The deals, by date of their first development."""
    found = [record for record in records(articles, judgements) if isinstance(record, Deal)]
    return sorted(found, key=lambda deal: (deal.deal_kind, str(deal.developments[0].date)))


def test_rounds_are_kept_apart_and_the_later_one_is_followed_through() -> None:
    """Nine for nine is one deal over three articles; the earlier one-for-one another; the truce a third."""
    truce, early, late = deals(story())
    assert (early.status, early.terms.ratio, len(early.developments)) == ("carried_out", (1, 1), 1)
    assert (late.status, late.terms.ratio) == ("carried_out", (9, 9))
    assert [one.step for one in late.developments] == ["discussed", "agreed", "carried_out"]
    assert late.undisclosed == ("names",)
    assert all(one.because for one in late.developments[1:])
    assert truce.status == "under_way"
    assert [one.step for one in truce.against] == ["violated"]
    assert all(span.document for one in late.developments for span in one.evidence)


def test_a_case_has_its_history_and_its_deal() -> None:
    """One person over two reports, with sentence, release, counterpart and the deal."""
    (case,) = [record for record in records(story()) if isinstance(record, Case)]
    assert (case.status, case.charge, case.sentence) == ("exchanged", "treason", "12 years")
    assert case.released is not None
    assert case.released.since == "2025-03-08"
    assert [ref.name for ref in case.exchanged_for] == ["Boris Kern"]
    assert case.deal == deals(story())[1].id
    assert {entry.status for entry in case.history} == {"sentenced", "exchanged"}


def test_rival_counts_stand_side_by_side() -> None:
    """Two papers on one attack make one event with two counts, none averaged."""
    (event,) = [record for record in records(story()) if isinstance(record, Event)]
    assert event.disputed
    assert event.origins == 2
    assert [(one.low, one.high) for one in event.figures[0].accounts] == [(12, None), (19, 19)]


def test_every_party_is_an_actor() -> None:
    """Whoever a record points at is in it as an actor."""
    actors = {record.id for record in records(story()) if isinstance(record, Actor)}
    assert {"NOR", "SUD", "anna-bell", "boris-kern"} <= actors


@settings(max_examples=25, deadline=None)
@given(st.randoms(use_true_random=False), st.lists(st.integers(0, 3), max_size=3))
def test_order_and_repetition_make_no_difference(chance: random.Random, again: list[int]) -> None:
    """Any order of reading, and reading twice, gives the same record."""
    articles = story()
    expected = records(articles)
    articles += [articles[place] for place in again]
    chance.shuffle(articles)
    assert records(articles) == expected


def test_an_unrelated_article_changes_no_deal() -> None:
    """What others do elsewhere moves nothing here."""
    other = document("elsewhere", "2025-05-01")
    stranger = article(other, step(other, EXCHANGE, "collapsed", "2025-05-01", parties=(ANNA, BORIS)))
    before = {deal.id: deal for deal in deals(story())}
    after = {deal.id: deal for deal in deals([*story(), stranger])}
    assert before.items() <= after.items()


def judged(left: str, right: str, verdict: str, *, by: str = "a.reader", withdrawn: str | None = None) -> Judgement:
    """A judgement by a person, unless said otherwise."""
    return Judgement(
        id=f"j-{left}-{right}-{by}", left=left, right=right, verdict=verdict, by=by, at="2025-06-01T10:00:00Z",
        because="read both", withdrawn_at=withdrawn,
    )  # fmt: skip


def test_people_win_and_can_take_it_back() -> None:
    """Same and different by people overrule the program; withdrawn, the record is what it was."""
    plain = deals(story())
    late = plain[2]
    left, right = late.developments[0].id, late.developments[2].id
    apart = judged(left, right, "different")
    assert len(deals(story(), (apart,))) > len(plain)
    assert deals(story(), (judged(left, right, "same", by="onrecord 0.1"), apart)) == deals(story(), (apart,))
    joined = judged(plain[1].id, plain[2].id, "same")
    assert len(deals(story(), (joined,))) == len(plain) - 1
    gone = judged(left, right, "different", withdrawn="2025-06-02T10:00:00Z")
    assert deals(story(), (gone,)) == plain


def test_a_field_is_what_a_person_says() -> None:
    """A judgement on a field sets it; a value that the field can't hold is left aside."""
    late = deals(story())[2]
    said = Judgement(
        id="j",
        left=late.id,
        field="status",
        value="stalled",
        by="a.reader",
        at="2025-06-01T10:00:00Z",
        because="phoned",
    )
    assert deals(story(), (said,))[2].status == "stalled"
    wrong = Judgement(
        id="j", left=late.id, field="status", value="sideways", by="a.reader", at="2025-06-01T10:00:00Z", because="typo"
    )
    assert deals(story(), (wrong,)) == deals(story())


def test_a_wire_copy_is_no_second_voice() -> None:
    """The same text under another name tells nothing new."""
    text = "The exchange went ahead on Friday morning at the bridge. Both sides were seen to shake hands before leaving it."
    one, two = document("wire", "2025-05-01", text), document("copy", "2025-05-02", f"By our staff\n{text}")
    first = article(one, step(one, EXCHANGE, "carried_out", "2025-05-01"), act(one, (1, 1), "2025-05-01"))
    second = article(two, step(two, EXCHANGE, "carried_out", "2025-05-01"), act(two, (1, 1), "2025-05-01"))
    (deal,) = deals([second, first])
    assert deal.documents == 1
    assert len(deal.developments) == 1
    assert {span.document for span in deal.developments[0].evidence} <= {one.id, two.id}
    (event,) = [record for record in records([first, second]) if isinstance(record, Event)]
    assert event.origins == 1


def test_growth_is_near_linear() -> None:
    """Ten times the articles take no more than some twenty times the time."""

    def many(count: int) -> list:
        made = []
        for place in range(count):
            doc = document(f"n{place}", f"20{10 + place % 15}-0{1 + place % 9}-10")
            side = NORLAND.__class__(f"S{place % 40}", f"State {place % 40}")
            made.append(article(doc, step(doc, EXCHANGE, "discussed", None, parties=(NORLAND, side))))
        return made

    times = []
    for count in (200, 2000):
        articles = many(count)
        since = time.perf_counter()
        records(articles)
        times.append(time.perf_counter() - since)
    assert times[1] < 25 * max(times[0], 0.01)
