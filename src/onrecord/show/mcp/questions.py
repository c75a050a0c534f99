"""The questions an agent can ask: a view and what is asked in, an answer out, which says when there is nothing."""

import re
from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from onrecord.errors import UsageError
from onrecord.keep.beside import beside
from onrecord.keep.protocol import Query, View
from onrecord.model.article import spans_of
from onrecord.model.claim import Act, Custody, Statement, Step
from onrecord.model.record import Case, Deal, Event
from onrecord.model.text import Document
from onrecord.show.mcp.words import Teller, Told, all_of

MOST = 100
NOTHING = "The record holds nothing that fits. That is no evidence that it did not happen."
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def answer(found: Iterable[Told], total: int, what: str, **more: Any) -> Told:
    """Return an answer with its count, or one that says that there is nothing."""
    shown = list(found)
    told: Told = {"found": total, "shown": len(shown), what: shown, **more}
    return told if total else {**told, "note": NOTHING}


def limited(limit: int) -> int:
    """Return how many are shown; a `UsageError` for less than one or too many."""
    if not 1 <= limit <= MOST:
        message = f"limit must be 1 to {MOST}, not {limit}"
        raise UsageError(message)
    return limit


def a_day(value: str | None, name: str) -> str | None:
    """Return a day; a `UsageError` for anything else."""
    if value is not None and not _DAY.fullmatch(value):
        message = f"{name} must be a day as YYYY-MM-DD, not {value!r}"
        raise UsageError(message)
    return value


def search(view: View, query: Query, tell: Callable[[Teller, Any], Told], what: str, limit: int) -> Told:
    """Return the records that fit a query, newest first, and how many there are in all."""
    a_day(query.since, "since")
    a_day(query.until, "until")
    teller = Teller(view)
    shown = view.find(msgspec.structs.replace(query, limit=limited(limit)))
    return answer((tell(teller, record) for record in shown), view.count(query), what)


def deal_status(view: View, deal: str, on: str | None) -> Told:
    """Return where a deal stood at the end of a day, by which steps, and what spoke against it by then."""
    found = view.get(deal)
    if not isinstance(found, Deal):
        return answer([], 0, "deals", asked=deal)
    told = Teller(view).deal(found)
    if a_day(on, "on") is None:
        return told
    turn = found.on(on) if hasattr(found, "on") and on else None
    day = on or ""
    told["on"] = on
    told["developments"] = [entry for entry in told.get("developments", []) if _by(entry, day)]
    told["against"] = [entry for entry in told.get("against", []) if _by(entry, day)]
    told["status"] = turn.status if turn else "nothing was on record by that day"
    if turn:
        told.update(rule=turn.rule, made_by=list(turn.made_by), disputed=turn.disputed)
    return told


def _by(entry: Told, day: str) -> bool:
    """Say whether an entry had happened by a day: its own date, else its article's."""
    first = str(entry.get("date", "")).partition("/")[0]
    if first and first != "..":
        return first <= day
    days = [str(words["document"].get("published", "")) for words in entry.get("evidence", [])]
    return any(published[:10] <= day for published in days if published)


def cases(view: View, query: Query, limit: int) -> Told:
    """Return the cases that fit; `who` may be the id of a case too, then it is that one."""
    found = view.get(query.who) if query.who else None
    if isinstance(found, Case):
        return answer([Teller(view).case(found)], 1, "cases")
    return search(view, query, Teller.case, "cases", limit)


def between(view: View, one: str, other: str, since: str | None, until: str | None, limit: int) -> Told:
    """Return the events between two actors, whoever acted, with the outside accounts beside each."""
    a_day(since, "since")
    a_day(until, "until")
    first = Query(kind="event", who=one, since=since, until=until)
    theirs = {
        event.id for event in view.find(msgspec.structs.replace(first, who=other)) if isinstance(event, Event)
    }  # fmt: skip
    both = [event for event in view.find(first) if isinstance(event, Event) and event.id in theirs]
    teller = Teller(view)
    shown = both[: limited(limit)]
    return answer((teller.event(event, beside(view, event)) for event in shown), len(both), "events")


def record(view: View, known: str) -> Told:
    """Return any record by its id, with the sentences that it rests on."""
    found, teller = view.get(known), Teller(view)
    match found:
        case None:
            return {"found": 0, "note": f"There is no record {known!r}."}
        case Document():
            return {"kind": "document", **teller.document(found), "text": found.text}
        case Statement():
            return {"kind": "statement", **teller.statement(found)}
        case Act():
            return {"kind": "act", **teller.act(found)}
        case Deal():
            return {"kind": "deal", **teller.deal(found)}
        case Case():
            return {"kind": "case", **teller.case(found)}
        case Event():
            return {"kind": "event", **teller.event(found, beside(view, found))}
        case Step() | Custody():
            about = all_of(found.parties) if isinstance(found, Step) else all_of((found.person,))
            told = teller.entry(found, found.document)
            return {"kind": str(found.__struct_config__.tag), "about": about, **told}
    home = getattr(found, "document", None)
    words = teller.words(spans_of(found), home)
    return {"kind": str(found.__struct_config__.tag), "record": msgspec.to_builtins(found), "evidence": words}


def changed(view: View, since: str, limit: int) -> Told:
    """Return what the articles published since a day brought: deals and cases they touch, and what they say."""
    a_day(since, "since")
    fresh = {
        document.id for document in view.find(Query(kind="document", since=since)) if isinstance(document, Document)
    }
    teller, most = Teller(view), limited(limit)
    deals, cases_ = [], []
    for deal in view.find(Query(kind="deal")):
        if isinstance(deal, Deal):
            new = [entry for entry in (*deal.developments, *deal.against) if entry.document in fresh]
            if new:
                told = teller.deal(deal, steps=False)
                told["developments"] = [teller.entry(entry) for entry in new]
                deals.append(told)
    for case in view.find(Query(kind="case")):
        if isinstance(case, Case):
            spans = [span.document for entry in case.history for span in entry.evidence]
            if fresh.intersection(filter(None, spans)):
                cases_.append(teller.case(case))
    query = Query(kind="statement", since=since)
    statements = [
        teller.statement(each)
        for each in view.find(msgspec.structs.replace(query, limit=most))
        if isinstance(each, Statement)
    ]
    told = {
        "since": since, "articles": len(fresh), "deals": deals[:most], "deals_found": len(deals),
        "cases": cases_[:most], "cases_found": len(cases_), "statements": statements,
        "statements_found": view.count(query),
    }  # fmt: skip
    return told if fresh else {**told, "note": NOTHING}
