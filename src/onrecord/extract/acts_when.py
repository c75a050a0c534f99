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
        self.told: dict[str, Period | None] = {}
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
        stretch = self._stretch(hit.token)
        if stretch is not None:
            return stretch
        for token in tokens:
            period = clause.date_of(reading, token, self.moments) or self._beside(token)
            if period is not None:
                return self._lasting(token, period)
        if "content" in hit.rule.needs:
            for child in reading.children(hit.token, "ccomp"):
                if reading.child(child, "mark", "aux") is None:
                    return clause.date_of(reading, child, self.moments)
        above = reading.head[hit.token]
        goes_on = reading.dep[hit.token] == "conj" and reading.child(hit.token, "nsubj", "nsubjpass") is None
        if goes_on and reading.tag[hit.token] == reading.tag[above] == "VBD":
            return clause.date_of(reading, above, self.moments)
        counted = self._counted(hit.token) or self._after(hit.token) or self._around(hit.token)
        counted = counted or self._same_day(hit.token) or self._after_noun(hit.token)
        if counted is not None:
            return counted
        today = self.document.day_at(reading.start[hit.token])
        for child in reading.children(hit.token, "xcomp"):
            period = clause.date_of(reading, child, self.moments)
            if period is not None and period.until is not None and today is not None and period.until < today:
                return period
        return None

    def _same_day(self, token: int) -> Period | None:
        """Return the day of a deed told before ("on the day of the swap, Velmora imposed sanctions")."""
        reading = self.reading
        if not clause.is_verb(reading, token):
            return None
        for day in clause.preposition(reading, token, "on"):
            if reading.lemma[day] == "day":
                for deed in clause.preposition(reading, day, "of"):
                    found = self.told.get(reading.lemma[deed])
                    if found is not None and found.precision == "day":
                        return found
        return None

    def _beside(self, token: int) -> Period | None:
        """Return the day that stands right behind a noun ("the offer eight days ago"), whatever it was hung on."""
        reading = self.reading
        if clause.is_verb(reading, token) or token + 1 >= len(reading):
            return None
        start = reading.start[token + 1]
        found = (moment for moment in self.moments if moment.start == start and moment.type == "DATE")
        return next((moment.period for moment in found if moment.period is not None), None)

    def _stretch(self, token: int) -> Period | None:
        """Return the days up to the main clause's that a noun is measured in ("after a week of fighting")."""
        reading = self.reading
        of, verb = reading.head[token], -1
        if reading.dep[token] != "pobj" or reading.lemma[of] != "of":
            return None
        measure, prep = reading.head[of], reading.head[reading.head[of]]
        for above in reading.ancestors(measure):
            if clause.is_verb(reading, above):
                verb = above
                break
        days = self._days(measure)
        if days is None or verb < 0 or reading.lemma[prep] != "after":
            return None
        end = self._own(verb) or self._today(verb)
        start = _moved(end, -days)
        return structs.replace(end, since=start.since) if end is not None and start is not None else None

    def _days(self, token: int) -> int | None:
        """Return the days that a measure of time around this token counts."""
        at = self.reading.start[token]
        for moment in self.moments:
            if moment.start <= at < moment.end and moment.value:
                found = _COUNT.fullmatch(moment.value)
                return int(found[1]) * _DAYS[found[2]] if found is not None else None
        return None

    def _lasting(self, token: int, period: Period) -> Period:
        """Return a first day stretched by how long it is to last ("for ten days from Friday")."""
        reading = self.reading
        verbs = (token, *reading.children(token, "xcomp", "dobj"))
        preps = [prep for verb in verbs for prep in reading.children(verb, "prep")]
        if period.since is None or period.since != period.until or all(reading.lemma[one] != "from" for one in preps):
            return period
        measured = (
            days
            for prep in preps
            if reading.lemma[prep] == "for"
            for noun in reading.children(prep, "pobj")
            if (days := self._days(noun)) is not None
        )
        days = next(measured, None)
        last = _moved(period, days - 1) if days else None
        return structs.replace(period, until=last.until) if last is not None else period

    def _around(self, token: int) -> Period | None:
        """Return the day of the clause that this one is told together with.

        "A truce in May saw hostages released"; "took effect on Sunday, when A left and B were freed"; "soldiers fired
        after others crossed on Tuesday" where the weekday closes the sentence.
        """
        reading, head = self.reading, self.reading.head[token]
        seen = head if reading.dep[token] in {"ccomp", "xcomp"} else reading.head[head]
        if reading.lemma[seen] == "see" and clause.is_verb(reading, seen):
            for subject in reading.children(seen, "nsubj"):
                if reading.pos[subject] == "NOUN" and (found := self._own(subject)) is not None:
                    return found
        if reading.dep[token] == "conj" and reading.child(token, "aux", "auxpass") is not None:
            for beside in reading.children(head, "advcl"):
                whens = [word for word in reading.children(beside, "advmod") if reading.lemma[word] == "when"]
                if whens and head < whens[0] and beside < token:
                    return self._own(beside)
        today = self.document.day_at(reading.start[token])
        for below in reading.children(token, "advcl"):
            marks = {reading.lemma[mark] for mark in reading.children(below, "mark", "advmod")}
            found = self._own(below) if "after" in marks else None
            if found is not None and found.precision == "day" and today is not None and _near(found, today):
                return found
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

    def _after_noun(self, token: int) -> Period | None:
        """Return the day of a deed that another is counted from ("landed on Tuesday, a day after a swap")."""
        reading, prep = self.reading, self.reading.head[token]
        days = self._measure(prep) if reading.dep[token] == "pobj" else None
        if days is None:
            return None
        verb = next((above for above in reading.ancestors(prep) if clause.is_verb(reading, above)), None)
        return _moved(self._own(verb), -days if reading.lemma[prep] in _BEHIND else days) if verb is not None else None

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


def so_far(period: Period, today: str | None) -> Period:
    """Return what goes on since some day as lasting to the day of publication: no more is known."""
    if period.until is None and period.since is not None and today is not None and period.since <= today:
        return structs.replace(period, until=today)
    return period


def coming(period: Period, today: str) -> Period:
    """Return the coming day of the week where a planned deed's bare weekday was read as the past one."""
    words = period.basis.text.lower() if period.basis is not None else ""
    bare = period.precision == "day" and words.strip("’'s") in _WEEK
    return _moved(period, 7) or period if bare and (period.until or today) < today else period


_WEEK = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})


def _near(period: Period, today: str) -> bool:
    """Say whether a day lies in the week before this one."""
    if period.until is None:
        return False
    return timedelta(0) <= date.fromisoformat(today) - date.fromisoformat(period.until) <= timedelta(7)


def _moved(period: Period | None, days: int) -> Period | None:
    """Return a day, moved by some days; None for anything longer than a day."""
    if period is None or period.since is None or period.since != period.until:
        return None
    day = (date.fromisoformat(period.since) + timedelta(days=days)).isoformat()
    return structs.replace(period, since=day, until=day)
