"""Say when a step happened, and which day it sets. Comes in: a draft. Goes out: two periods, either may be unknown."""

import re
from datetime import date, timedelta
from typing import Protocol

import msgspec

from onrecord.extract import clause
from onrecord.extract.deals_steps import Draft
from onrecord.lexicon import Lexicon
from onrecord.model.claim import Statement
from onrecord.model.moment import Moment, Period
from onrecord.model.reading import Reading
from onrecord.model.text import Document
from onrecord.model.vocabulary import StepKind

_SAID = {"reaffirmed", "denied", "refused", "conditions_set", "proposed"}
_DEEDS = {"carried_out", "partly_carried_out", "talks_held", "signed"}
_AS = frozenset({"as", "while"})
# "no longer bound by the 2025 accord": the year is that of the accord
_LATER = {"collapsed", "reaffirmed", "violated", "suspended", "resumed", "refused", "denied", "conditions_set"}
_NOT_THEIRS = {"talks", "prisoner_exchange", "hostage_release"}
_BACKGROUND_DAYS, _WEEK, _HOURS = 75, 7, 24
_WITHIN = "within"
_LENGTH = re.compile(r"P(?:(\d{1,3})([DWM])|T(\d{1,3})H)")
_DAYS = {"D": 1, "W": 7, "M": 30}


class Told(Protocol):
    """What is needed of an article."""

    document: Document
    reading: Reading
    moments: tuple[Moment, ...]
    lexicon: Lexicon


def days_of(
    article: Told, draft: Draft, told: int, step: StepKind, voice: Statement | None
) -> tuple[Period | None, Period | None]:
    """Return when the step happened, and the day to come that it sets."""
    reading, moments = article.reading, article.moments
    today = article.document.day_at(reading.start[draft.trigger])
    enact = article.lexicon.deals.words("enact")
    found = clause.date_of(reading, draft.trigger, moments)
    for inner in reading.children(draft.trigger, "xcomp"):
        found = found or clause.date_of(reading, inner, moments)
    if found is None and told != draft.trigger:
        found = clause.date_of(reading, told, moments)
    above = reading.head[draft.trigger]
    if reading.dep[draft.trigger] == "acl" and reading.dep[above] == "dobj":
        above = reading.head[above]  # "a truce in May saw five hostages released"
    if found is None and reading.lemma[above] in enact:
        for spot in (above, *clause.subject_of(reading, above)):
            found = found or clause.date_of(reading, spot, moments)
    later = step in _LATER and draft.mention is not None and draft.mention.kind not in _NOT_THEIRS
    if found is None and draft.mention is not None and draft.trigger != draft.mention.head and not later:
        found = clause.date_of(reading, draft.mention.head, moments)
    same_time = reading.child(draft.trigger, "mark")
    if found is None and same_time is not None and reading.lemma[same_time] in _AS and above != draft.trigger:
        found = clause.date_of(reading, above, moments)  # "walked over a bridge on Monday as A and B swapped prisoners"
    if found is None and reading.pos[draft.trigger] == "NOUN":
        found = _behind(reading, draft.trigger, moments)
    if found is not None and found.since is None:
        found = None
    if step in {"scheduled", "postponed"}:
        found = found or (_within(article, draft.trigger, today) if step == "scheduled" else None)
        found = _coming(today, found) if step == "scheduled" and draft.step in _DEEDS else found
        if _ahead(today, found) or (step == "scheduled" and _lasts(today, found)):
            return None, found
        return found, None
    if found is not None and _ahead(today, found):
        return (voice.date if voice is not None else None), found
    if found is None and voice is not None and step in _SAID:
        found = voice.date
    return found, None


def _within(article: Told, token: int, day: str | None) -> Period | None:
    """Return the days in which it is to be done: "within three weeks"."""
    reading = article.reading
    if day is None:
        return None
    first, last = reading.sentences[reading.sentence_of(token)]
    for moment in article.moments:
        if not reading.start[first] <= moment.start < reading.end[last - 1] or moment.type != "DURATION":
            continue
        at, size = reading.tokens_in(moment.start, moment.end)[0], _LENGTH.fullmatch(moment.value or "")
        if size is None or at == first or reading.word(at - 1).lower() != _WITHIN:
            continue
        days = int(size[1]) * _DAYS[size[2]] if size[1] else -(-int(size[3]) // _HOURS)
        start = date.fromisoformat(day)
        basis = article.document.cite(reading.start[at - 1], moment.end)
        return Period(day, (start + timedelta(days=days)).isoformat(), basis=basis)
    return None


def _behind(reading: Reading, noun: int, moments: tuple[Moment, ...]) -> Period | None:
    """Return the day that stands right behind the noun: "whose proposal eight days ago set it in motion"."""
    if noun + 1 >= len(reading):
        return None
    return next((one.period for one in moments if one.start == reading.start[noun + 1] and one.type == "DATE"), None)


def _ahead(day: str | None, period: Period | None) -> bool:
    return period is not None and day is not None and period.since is not None and day < period.since


def _coming(day: str | None, period: Period | None) -> Period | None:
    """Return the day to come where a bare weekday was read as the last one: "are to be freed on Thursday"."""
    basis = period.basis if period is not None else None
    if period is None or day is None or basis is None or period.since is None or period.since != period.until:
        return period
    since = date.fromisoformat(period.since)
    bare = basis.text.isalpha() and basis.text.lower() == since.strftime("%A").lower()
    if not bare or not 0 < (date.fromisoformat(day) - since).days < _WEEK:
        return period
    moved = (since + timedelta(days=_WEEK)).isoformat()
    return msgspec.structs.replace(period, since=moved, until=moved)


def _lasts(day: str | None, period: Period | None) -> bool:
    """Say whether the period isn't over on the day of the article: "this week"."""
    return period is not None and day is not None and (period.until is None or day <= period.until)


def is_old(document: Document, period: Period | None) -> bool:
    """Say whether the period lies so far back that it is history."""
    day = document.published_day
    if period is None or day is None or period.until is None:
        return False
    return (date.fromisoformat(day) - date.fromisoformat(period.until)).days > _BACKGROUND_DAYS
