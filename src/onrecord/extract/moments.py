"""When: expressions of time, their TIMEX3 type and value, and the days that they stand for.

Comes in: document, reading, lexicon. Goes out: moments in order of the text, and a rejection for each relative date
that the article doesn't fix (no day of publication). Today's clock is never looked at.
"""

from datetime import date

from onrecord.extract import (
    moments_clock,
    moments_counts,
    moments_days,
    moments_quarters,
    moments_relative,
    moments_values,
)
from onrecord.extract.moments_calendar import Fixed
from onrecord.extract.moments_lex import Token, lex
from onrecord.extract.moments_scene import Match, Scene
from onrecord.lexicon import Lexicon
from onrecord.lexicon.moments import MomentBook, MomentRule
from onrecord.model.moment import Moment, Period
from onrecord.model.reading import Reading
from onrecord.model.rejection import Rejection
from onrecord.model.text import Document

_FAMILIES = (moments_clock, moments_counts, moments_days, moments_quarters, moments_relative, moments_values)
_MEANINGS = {name: means for family in _FAMILIES for name, means in family.MEANINGS.items()}
_COUNTED = frozenset({"$", "€", "£", "#", "%", "№"})
_NAMED = frozenset({"PERSON", "ORG", "WORK_OF_ART", "PRODUCT", "FAC"})
_NO_ANCHOR = frozenset(
    {"reference", "duration", "plural", "every", "set", "half_unit", "rel_count", "straight", "range"}
)


def run(*, document: Document, reading: Reading, lexicon: Lexicon) -> tuple[tuple[Moment, ...], tuple[Rejection, ...]]:
    """Return the moments of the document, and what could not be fixed."""
    book = lexicon.moments
    scene = _scene(reading, document.published_day, book)
    moments, rejections = [], []
    persons = _persons(reading)
    day = document.published_day
    for start, end in reading.paragraphs:
        if document.day_at(start) != day:  # another entry of a live blog: its days count from its own
            day = document.day_at(start)
            scene = _scene(reading, day, book)
        for match, before in _matches(reading, lexicon.moments, start, end):
            if _refused(match, reading, persons) or _named_day(match, reading, book.named_days):
                continue
            found = _MEANINGS[match.means](match, scene)
            if found is None:
                continue
            _remember(scene, match, found)
            span = document.cite(match.start, match.end)
            moments.append(
                Moment(
                    document=document.id, start=span.start, end=span.end, text=span.text, type=found.type,
                    value=found.value, period=_period(document, match, found, before),
                )
            )  # fmt: skip
            if found.type in {"DATE", "TIME"} and "X" in found.value:
                rejections.append(
                    Rejection(code="R308", stage="extract", document=document.id, span=span, note=found.value)
                )
    return tuple(moments), tuple(rejections)


def _remember(scene: Scene, match: Match, found: Fixed) -> None:
    """Keep what later words may count from; a comparison with a year before doesn't move the story."""
    if match.means in _NO_ANCHOR or found.since is None:
        return
    if match.means in {"quarter", "rel_unit"} and found.grain == "Q" and found.value[5:6] == "Q":
        scene.quarter = found
    here = _sentence(scene.reading, match.start)
    if found.grain == "Y" and _describes(scene.reading, match.start):
        scene.described = (found, here)
        return
    if match.means == "year_ago" or (match.means == "shift" and match.sense("unit", "unit") == "Y"):
        return
    scene.anchor, scene.anchored = found, here


def _sentence(reading: Reading, offset: int) -> int:
    token = reading.token_at(offset)
    return reading.sentence_of(token) if token is not None else -1


def _describes(reading: Reading, offset: int) -> bool:
    """Say whether a year only describes a noun ("the 2016 accord"): nothing is counted from it."""
    token = reading.token_at(offset)
    if token is None or reading.dep[token] not in {"nummod", "compound", "amod", "nmod"}:
        return False
    return reading.head[token] > token and reading.pos[reading.head[token]] in {"NOUN", "PROPN"}


def _scene(reading: Reading, day: str | None, book: MomentBook) -> Scene:
    return Scene(
        reading=reading, published=_published(day), planners=book.planners, ahead=book.ahead,
        closing=book.closing, ends=book.ends,
    )  # fmt: skip


def _published(day: str | None) -> date | None:
    try:
        return date.fromisoformat(day) if day else None
    except ValueError:
        return None


def _persons(reading: Reading) -> tuple[tuple[int, int, str], ...]:
    return tuple(
        (reading.start[name.first], reading.end[name.last - 1], name.label)
        for name in reading.names
        if name.label in _NAMED and name.last - name.first > 1
    )


def _matches(reading: Reading, book: MomentBook, start: int, end: int) -> list[tuple[Match, frozenset[str]]]:
    """Return the longest matches that don't overlap, in order, each with the classes of the word before it."""
    tokens, codes = lex(reading, book, start, end)
    if not codes.strip("."):
        return []
    found = [
        (place.start(), place.end(), order, place, rule)
        for order, (pattern, rule) in enumerate(book.compiled)
        for place in pattern.finditer(codes)
        if place.start() < place.end()
    ]
    found.sort(key=lambda one: (one[0] - one[1], one[0], one[2]))
    taken = bytearray(len(codes))
    kept = []
    for first, last, _, place, rule in found:
        if any(taken[first:last]):
            continue
        taken[first:last] = b"\1" * (last - first)
        kept.append((first, last, place, rule))
    kept.sort(key=lambda one: one[0])
    return [
        (_match(rule, place.re.groupindex, place, tokens), _classes(tokens, first)) for first, _, place, rule in kept
    ]


def _match(rule: MomentRule, names: object, place: object, tokens: list[Token]) -> Match:
    groups = {}
    for name in names:  # type: ignore[attr-defined]
        first, last = place.span(name)  # type: ignore[attr-defined]
        if first >= 0:
            groups[name] = tuple(tokens[first:last])
    first, last = place.span()  # type: ignore[attr-defined]
    return Match(rule.id, rule.means, groups, tokens[first].start, tokens[last - 1].end)


def _classes(tokens: list[Token], first: int) -> frozenset[str]:
    return frozenset(sense.group for sense in tokens[first - 1].senses) if first else frozenset()


def _refused(match: Match, reading: Reading, persons: tuple[tuple[int, int, str], ...]) -> bool:
    """Say whether the words are part of a name, a rate, a price or a longer number."""
    for start, end, label in persons:
        if not (start < match.end and match.start < end):
            continue
        whole = label in {"PERSON", "WORK_OF_ART"}
        if (whole or (start == match.start and match.end < end)) and not match.has("day") and not match.has("year"):
            return True
    if match.means == "year":
        before = reading.text[max(0, match.start - 1) : match.start]
        after = reading.text[match.end : match.end + 1]
        return before in _COUNTED or after in _COUNTED or before in {"-", "/", "."} or after == "/"
    return match.means == "duration" and _rate(match, reading)


def _named_day(match: Match, reading: Reading, names: frozenset[str]) -> bool:
    """Say whether a day of the week is a name ("Bloody Sunday"), which no calendar resolves."""
    token = reading.token_at(match.start)
    if not token or match.means != "weekday" or match.has("rel"):
        return False
    before = reading.word(token - 1)
    return before[:1].isupper() and before.lower() in names


def _rate(match: Match, reading: Reading) -> bool:
    """Say whether this is the last part of "40 flights a week"."""
    tokens = match.groups["n"]
    if len(tokens) != 1 or not any(sense.group == "one" for sense in tokens[0].senses):
        return False
    token = reading.token_at(match.end - 1)
    if token is None or reading.dep[token] != "npadvmod":
        return False
    first = reading.token_at(match.start)
    before = reading.tag[first - 1] if first else ""
    return before in {"CD", "NNS", "NN"}


def _period(document: Document, match: Match, found: Fixed, before: frozenset[str]) -> Period | None:
    if found.since is None or found.until is None:
        return None
    since: date | None = found.since
    until: date | None = found.until
    if found.type in {"DATE", "TIME"} and "since" in before:
        until = None
    elif found.type in {"DATE", "TIME"} and "until" in before:
        since = None
    return Period(
        since.isoformat() if since else None, until.isoformat() if until else None, found.precision,
        document.cite(match.start, match.end),
    )  # fmt: skip
