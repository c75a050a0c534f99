"""When a clause says that something happened: the moment attached to its own words, never one of another clause."""

import bisect
import re
from datetime import date, timedelta

import msgspec

from onrecord.extract.clause_tree import head_of, is_verb
from onrecord.model.moment import Moment, Period
from onrecord.model.reading import Reading

_LIMIT = 40
_DAYS = re.compile(r"P(\d{1,3})D")
_PARTS = frozenset({"week", "day", "middle", "end", "start", "beginning", "half"})
_TIED = frozenset({"poss", "compound", "amod", "nummod", "nmod"})


def clause_head(reading: Reading, verb: int) -> int:
    """Return the word under which the verb's clause stands, where the parser takes the verb for an adjective.

    "A and B last swapped prisoners in May": all of it may hang on "last", or on the prisoners.
    """
    noun = reading.head[verb]
    above, own = reading.head[noun], reading.child(noun, "nsubj")
    if reading.dep[verb] != "amod" or verb > noun:
        return verb
    if reading.lemma[above] == "last" and is_verb(reading, above):
        return above
    return noun if own is not None and own < verb else verb


def date_of(reading: Reading, token: int, moments: tuple[Moment, ...]) -> Period | None:
    """Return the period that the clause of this token gives for what it tells, or None.

    `moments` are in order of the text. A noun's own moment ("Tuesday's shelling", "the accord of 2016") is taken for
    the noun alone; a verb's for the verb, what it governs without a clause between, and participles that go with it.
    """
    token = clause_head(reading, token)
    first, last = reading.sentences[reading.sentence_of(token)]
    low = bisect.bisect_left(moments, reading.start[first], key=lambda moment: moment.start)
    high = bisect.bisect_left(moments, reading.end[last - 1], key=lambda moment: moment.start)
    best: tuple[int, int] | None = None
    found: Period | None = None
    for moment in moments[low : min(high, low + _LIMIT)]:
        if moment.period is None:
            continue
        head = head_of(reading, moment.start, moment.end)
        cost = None if head is None else _distance(reading, head, token, first)
        if cost is None and head is not None and _says_when(reading, moment, token):
            cost = 0
        if cost is None:
            continue
        rank = (cost + 10 * (moment.type in {"SET", "DURATION"}), abs(moment.start - reading.start[token]))
        if best is None or rank < best:
            best, found = rank, moment.period
    return found if found is not None else _days_apart(reading, token, moments, moments[low : min(high, low + _LIMIT)])


def _days_apart(reading: Reading, token: int, moments: tuple[Moment, ...], near: tuple[Moment, ...]) -> Period | None:
    """Return the day that lies as far from another as the words say: "landed on Tuesday, a day after the swap"."""
    if reading.dep[token] == "advcl":
        # "on Wednesday, two days after Norland freed X"
        mark, unit, above = reading.child(token, "mark"), reading.child(token, "npadvmod"), reading.head[token]
        if (
            mark is None
            or unit is None
            or reading.lemma[mark] not in {"after", "before"}
            or not is_verb(reading, above)
        ):
            return None
        while date_of(reading, above, near) is None and reading.dep[above] == "advcl":
            above = reading.head[above]
        preposition = mark
    else:
        preposition = reading.head[token]
        if reading.dep[token] != "pobj" or reading.lemma[preposition] not in {"after", "before"}:
            return None
        unit = reading.head[preposition]
        above = reading.head[unit]
        if reading.dep[unit] != "npadvmod" or not is_verb(reading, above):
            return None
    length = next((one for one in near if one.start <= reading.start[unit] < one.end), None)
    days = _DAYS.fullmatch(length.value or "") if length is not None else None
    known = date_of(reading, above, moments) if days is not None else None
    if length is None or days is None or known is None or known.since is None or known.since != known.until:
        return None
    step = timedelta(days=int(days.group(1)))
    start = date.fromisoformat(known.since)
    day = (start - step if reading.lemma[preposition] == "after" else start + step).isoformat()
    return msgspec.structs.replace(known, since=day, until=day)


def _says_when(reading: Reading, moment: Moment, token: int) -> bool:
    """Say whether the token's clause hangs on the moment by "when" ("on Thursday, when rebels attacked")."""
    at = token
    for _ in range(3):
        for child in reading.children(at, "advmod"):
            if child < at and reading.lemma[child] == "when":
                before = child - 1
                while before >= 0 and reading.pos[before] == "PUNCT":
                    before -= 1
                return before >= 0 and moment.start < reading.end[before] <= moment.end
        if reading.dep[at] != "conj":
            return False
        at = reading.head[at]
    return False


def _distance(reading: Reading, moment: int, token: int, first: int) -> int | None:
    """Return how far the moment stands from the token in its own clause, or None where it belongs elsewhere."""
    if moment == token:
        return None
    at, steps, through = moment, 0, 0
    while steps < _LIMIT:
        dep, head = reading.dep[at], reading.head[at]
        if head == at:
            return None
        if head == token:
            return through
        if is_verb(reading, head) and not _as_noun(reading, head):
            return _from_verb(reading, head, token, through, first in {moment, at})
        if dep in _TIED or (reading.lemma[head] == "of" and dep == "pobj"):
            named = head if dep in _TIED else reading.head[head]
            if dep not in _TIED and reading.lemma[named] in _PARTS:
                # "in the first week of May": a part of the month stands for its noun
                at, steps = named, steps + 1
                continue
            return through if named == token else None
        if reading.pos[head] in {"NOUN", "PROPN", "PRON"} and dep not in {"pobj", "npadvmod"}:
            through += 1
        at, steps = head, steps + 1
    return None


def _as_noun(reading: Reading, token: int) -> bool:
    """Say whether a gerund stands as the name of a thing: "at the Arven crossing on Friday"."""
    return (
        reading.tag[token] == "VBG"
        and reading.dep[token] == "pobj"
        and bool(reading.children(token, "det", "compound", "amod"))
    )


def _from_verb(reading: Reading, verb: int, token: int, through: int, at_front: bool) -> int | None:
    """Return the distance from a verb that the moment is attached to, down to the token."""
    at = token
    for step in range(6):
        if at == verb:
            return through + step
        dep, head = reading.dep[at], reading.head[at]
        if head == at or dep in {"ccomp", "relcl", "parataxis", "pcomp", "csubj", "appos"}:
            return None
        if dep == "advcl" and (reading.tag[at] != "VBG" or reading.child(at, "mark") is not None):
            return None
        if dep == "acl":
            return None
        if dep == "xcomp" and reading.tag[at] != "VBG":
            return None
        if dep == "conj" and is_verb(reading, at) and (reading.child(at, "nsubj", "nsubjpass") or not at_front):
            return None
        if not is_verb(reading, at) and step == 0:
            return None
        at = head
    return None
