"""Judgements that desks share: a line of JSON in, a judgement that may be kept out, and what becomes of it in a store.

Comes in: lines that another store wrote. Goes out: judgements whose every part was checked; errors are `UsageError`.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Literal, NoReturn

import msgspec

from onrecord.errors import UsageError
from onrecord.keep import judge
from onrecord.keep.protocol import View, Writer
from onrecord.model import wire
from onrecord.model.judgement import Judgement
from onrecord.model.rulings import fits, key, weight

type Outcome = Literal["new", "withdrawn", "known"]
LONGEST_LINE = 100_000
LONGEST_NAME, LONGEST_WORDS, LONGEST_VALUE = 300, 2000, 20_000
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)
_HASHED = re.compile(r"([a-z]+)-[0-9a-f]{16}", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def read(line: bytes, now: str) -> Judgement:
    """Return the judgement that a line holds. `now` is the time (UTC, as judgements write it) after which none is made.

    Raises `UsageError` for a line that is none, whose id isn't the hash of what it says, or that could do harm.
    """
    if len(line) > LONGEST_LINE:
        _refuse(f"longer than {LONGEST_LINE} bytes")
    found = wire.decode(line)
    if not isinstance(found, Judgement):
        _refuse(f"a record of the kind {found.__struct_config__.tag}, not a judgement")
    _check_words(found)
    _check_times(found, now)
    if found.id != _again(found).id:
        _refuse("its id is not the one that its words give: it was changed on the way")
    return found


def take(view: View, writer: Writer, told: Judgement) -> Outcome:
    """Keep a judgement of another desk. Return whether it is new here, was withdrawn there, or changes nothing.

    One that is withdrawn on either side stays withdrawn, since the earlier of the two times. Raises `UsageError` where
    the store keeps other words under its id, or where the record that it names has no such field or can't hold the
    value; what is kept stays as it is.
    """
    kept = view.get(told.id)
    if kept is None:
        _check_field(view, told)
        writer.judge(told)
        return "new"
    if not isinstance(kept, Judgement) or msgspec.structs.replace(kept, withdrawn_at=told.withdrawn_at) != told:
        _refuse("this store keeps other words under that id; they stay")
    times = [time for time in (kept.withdrawn_at, told.withdrawn_at) if time is not None]
    if not times or min(times) == kept.withdrawn_at:
        return "known"
    writer.judge(msgspec.structs.replace(kept, withdrawn_at=min(times)))
    return "known" if kept.withdrawn_at else "withdrawn"


def rivals(judgements: Iterable[Judgement]) -> Iterator[tuple[Judgement, Judgement]]:
    """Yield each standing judgement that another one of the same thing sets aside: (what counts, what doesn't)."""
    standing: dict[tuple[str, str], list[Judgement]] = {}
    for one in judgements:
        if one.withdrawn_at is None and (of := key(one)) is not None:
            standing.setdefault(of, []).append(one)
    for several in standing.values():
        *rest, counts = sorted(several, key=weight)
        for one in rest:
            if (one.verdict, one.value) != (counts.verdict, counts.value):
                yield counts, one


def unknown(view: View, judgements: Iterable[Judgement]) -> int:
    """Return how many of these name a record that the store does not hold: they wait until it does."""
    return sum(any(view.get(name) is None for name in (one.left, one.right) if name is not None) for one in judgements)


def _again(told: Judgement) -> Judgement:
    if told.field is not None:
        return judge.corrected(
            record=told.left, field=told.field, value=told.value or "", because=told.because, by=told.by, at=told.at
        )
    return judge.judged(
        left=told.left, verdict=told.verdict, right=told.right or "", because=told.because, by=told.by, at=told.at
    )


def _check_words(told: Judgement) -> None:
    for name, text, most in (
        ("id", told.id, LONGEST_NAME), ("left", told.left, LONGEST_NAME), ("right", told.right, LONGEST_NAME),
        ("field", told.field, LONGEST_NAME), ("by", told.by, LONGEST_NAME), ("because", told.because, LONGEST_WORDS),
        ("value", told.value, LONGEST_VALUE),
    ):  # fmt: skip
        if text is None:
            continue
        if len(text) > most:
            _refuse(f"{name}: longer than {most} characters")
        if _CONTROL.search(text):
            _refuse(f"{name}: has a control character in it")
        if not text.strip() and name not in {"value", "because"}:
            _refuse(f"{name}: empty")
    if told.field is not None and (told.right is not None or told.value is None or told.verdict != "same"):
        _refuse("it names a field: it has to have a value, and no right and no verdict but same")
    if told.field is None and (told.right is None or told.value is not None):
        _refuse("it names no field: it has to have a right, and no value")


def _check_times(told: Judgement, now: str) -> None:
    for name, time in (("at", told.at), ("withdrawn_at", told.withdrawn_at)):
        if time is None:
            continue
        if not _TIME.fullmatch(time) or not _is_a_time(time):
            _refuse(f"{name}: not a time like 2031-05-04T10:00:00Z")
        if time > now:
            _refuse(f"{name}: {time} is yet to come; it would win over whatever is judged until then")
    if told.withdrawn_at is not None and told.withdrawn_at < told.at:
        _refuse("withdrawn_at: before it was made")


def _is_a_time(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _check_field(view: View, told: Judgement) -> None:
    """Refuse a field that its record has not, or a value that it can't hold, as far as the record's kind is known."""
    if told.field is None:
        return
    record = view.get(told.left)
    hashed = _HASHED.fullmatch(told.left)
    kind = type(record) if record is not None else wire.KINDS.get(hashed[1]) if hashed else None
    kinds = [kind] if kind is not None else list(wire.KINDS.values())
    if not any(fits(one, told.field, told.value or "") for one in kinds):
        _refuse(f"{told.left} has no field {told.field!r} that can be set to {(told.value or '')[:60]!r}")


def _refuse(message: str) -> NoReturn:
    raise UsageError(message)
