"""Which accounts from outside stand beside an event: looked up when asked for, never kept, never counted.

The same PLOVER type, a day at most apart, and on each side that both name somebody the same actor or country.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from onrecord.keep.fold import fold
from onrecord.keep.protocol import Query, View
from onrecord.model.mention import ActorRef
from onrecord.model.outside import Outside
from onrecord.model.record import Event

APART = timedelta(days=1)


def beside(view: View, event: Event) -> Iterator[Outside]:
    """Yield the outside accounts that may be of this event, in the order of the store."""
    if event.date is None or event.date.since is None or event.date.until is None:
        return
    since, until = (date.fromisoformat(day) for day in (event.date.since, event.date.until))
    query = Query(kind="outside", type=event.type, since=_day(since, -1), until=_day(until, 1))
    for account in view.find(query):
        if isinstance(account, Outside) and _fits(account, event):
            yield account


def _day(known: date, way: int) -> str:
    edge = date.min if way < 0 else date.max
    return known.isoformat() if known == edge else (known + way * APART).isoformat()


def _fits(account: Outside, event: Event) -> bool:
    actors, targets = _who(account.actors), _who(account.targets)
    ours, theirs = _who(event.actors), _who(event.targets)
    straight = _meet(actors, ours) and _meet(targets, theirs)
    crossed = _meet(actors, theirs) and _meet(targets, ours)
    named = bool((actors | targets) & (ours | theirs))
    return named and (straight or crossed)


def _meet(left: frozenset[str], right: frozenset[str]) -> bool:
    return not left or not right or bool(left & right)


def _who(refs: tuple[ActorRef, ...]) -> frozenset[str]:
    return frozenset(each for ref in refs for each in (ref.country, fold(ref.name)) if each)
