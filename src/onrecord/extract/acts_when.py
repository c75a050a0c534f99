"""When an act was done: by its own clause, by the clause that it is counted from, by the verb that it goes on from.

Comes in: a hit and the moments. Goes out: a period, or None: a date is never taken from a clause that does not
say so.
"""

import re
from datetime import date, timedelta

from msgspec import structs

from onrecord.extract import clause
from onrecord.extract.acts_match import Hit
from onrecord.model.moment import Moment, Period
from onrecord.model.reading import Reading
from onrecord.model.text import Document

_DURING = frozenset({"in", "during", "at", "on"})
_COUNT = re.compile(r"P(\d+)([DW])")
_DAYS = {"D": 1, "W": 7}
_BEHIND = frozenset({"after", "since"})
_HOURS = frozenset({"hour", "minute", "moment"})


class When:
    """Dates of one article's acts."""

    def __init__(self, document: Document, reading: Reading, moments: tuple[Moment, ...]) -> None:
        self.document, self.reading, self.moments = document, reading, moments
        self._durations = {moment.end: moment for moment in moments if moment.type == "DURATION"}

    def of(self, hit: Hit, inner: list[Hit]) -> Period | None:
        """Return when a hit, with the hits that tell the same deed, was done."""
        reading = self.reading
        tokens = [hit.token, *((hit.carrier,) if hit.carrier is not None else ()), *(other.token for other in inner)]
        if clause.is_verb(reading, hit.token):
            tokens += [
                noun
                for prep in reading.children(hit.token, "prep")
                if reading.lemma[prep] in _DURING
                for noun in reading.children(prep, "pobj")
            ]
            tokens += [child for child in reading.children(hit.token, "xcomp") if reading.tag[child] == "VBG"]
            if reading.dep[hit.token] == "relcl" and reading.child(hit.token, "prep") is not None:
                tokens += [
                    reading.head[hit.token]
                    for prep in reading.children(hit.token, "prep")
                    if any(reading.tag[child] == "WDT" for child in reading.children(prep, "pobj"))
                ]
        for token in tokens:
            period = clause.date_of(reading, token, self.moments)
            if period is not None:
                return period
        if "content" in hit.rule.needs:
            for child in reading.children(hit.token, "ccomp"):
                if reading.child(child, "mark", "aux") is None:
                    return clause.date_of(reading, child, self.moments)
        above = reading.head[hit.token]
        goes_on = reading.dep[hit.token] == "conj" and reading.child(hit.token, "nsubj", "nsubjpass") is None
        if goes_on and reading.tag[hit.token] == reading.tag[above] == "VBD":
            return clause.date_of(reading, above, self.moments)
        counted = self._counted(hit.token) or self._after(hit.token)
        if counted is not None:
            return counted
        today = self.document.day_at(reading.start[hit.token])
        for child in reading.children(hit.token, "xcomp"):
            period = clause.date_of(reading, child, self.moments)
            if period is not None and period.until is not None and today is not None and period.until < today:
                return period
        return None

    def _own(self, token: int) -> Period | None:
        return clause.date_of(self.reading, token, self.moments)

    def _counted(self, token: int) -> Period | None:
        """Return the day that is counted from another clause ("resigned on Friday, two days after X was shot")."""
        reading, at = self.reading, token
        for _ in range(3):
            if reading.dep[at] != "conj" or not clause.is_verb(reading, at):
                break
            at = reading.head[at]
        for child in reading.children(at, "mark", "advmod"):
            days = self._measure(child)
            if days is not None and reading.dep[at] == "advcl":
                main = reading.head[at] if clause.is_verb(reading, reading.head[at]) else reading.head[reading.head[at]]
                above = self._own(main) or self._today(main)
                return _moved(above, -days if reading.lemma[child] in _BEHIND else days)
        for below in reading.children(token, "advcl"):
            for child in reading.children(below, "mark", "advmod"):
                days = self._measure(child)
                if days is not None:
                    return _moved(self._own(below), days if reading.lemma[child] in _BEHIND else -days)
        return None

    def _measure(self, mark: int) -> int | None:
        """Return the days that "two days after" counts, or None where a mark counts none."""
        reading = self.reading
        if mark == 0 or reading.lemma[mark] not in {*_BEHIND, "before"}:
            return None
        moment = self._durations.get(reading.end[mark - 1])
        found = _COUNT.fullmatch(moment.value) if moment is not None and moment.value else None
        return int(found[1]) * _DAYS[found[2]] if found is not None else None

    def _today(self, verb: int) -> Period | None:
        """Return the day of publication for what is told in the present ("says that it will, four days after")."""
        today = self.document.day_at(self.reading.start[verb])
        if today is None or self.reading.tag[min(clause.verb_group(self.reading, verb))] not in {"VBZ", "VBP"}:
            return None
        return Period(today, today, "day", None)

    def _after(self, token: int) -> Period | None:
        """Return the day of the verb that a deed without one of its own goes with: "after coming under fire"."""
        reading, head = self.reading, self.reading.head[token]
        above = reading.head[head]
        gerund = reading.tag[token] == "VBG" and reading.dep[token] == "pcomp" and clause.is_verb(reading, above)
        if gerund and reading.lemma[head] == "after":
            found = self._own(above)
            return found if found is not None and found.precision == "day" else None
        for child in reading.children(token, "prep"):
            for named in reading.children(child, "pcomp"):
                since = self._own(named) if reading.lemma[child] == "since" and reading.tag[named] == "VBG" else None
                if since is not None and since.since is not None:
                    return structs.replace(since, until=self.document.day_at(reading.start[token]))
        if reading.dep[token] == "conj" and clause.is_verb(reading, head):
            later = reading.children(token, "advmod")
            if any(reading.lemma[one] in _HOURS for word in later for one in reading.children(word, "npadvmod")):
                return self._own(head)
        return None


def coming(period: Period, today: str) -> Period:
    """Return the coming day of the week where a planned deed's bare weekday was read as the past one."""
    words = period.basis.text.lower() if period.basis is not None else ""
    bare = period.precision == "day" and words.strip("’'s") in _WEEK
    return _moved(period, 7) or period if bare and (period.until or today) < today else period


_WEEK = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})


def _moved(period: Period | None, days: int) -> Period | None:
    """Return a day, moved by some days; None for anything longer than a day."""
    if period is None or period.since is None or period.since != period.until:
        return None
    day = (date.fromisoformat(period.since) + timedelta(days=days)).isoformat()
    return structs.replace(period, since=day, until=day)
