"""Lengths and repetitions: durations and sets, and the numbers that they are counted in."""

from collections.abc import Callable, Sequence
from datetime import timedelta

from onrecord.extract.moments_calendar import Fixed
from onrecord.extract.moments_lex import Token
from onrecord.extract.moments_scene import Match, Scene

_TIMES = {"S": "S", "TM": "M", "H": "H"}
_SPANS = {"N": "D", "F": "W", "C": "C"}
_NUMBERS = ("hundred", "int", "tens", "ord", "dozen", "couple", "one")


def times(count: str, unit: str) -> str:
    """Return a length without its P: ("2", "H") is T2H, two fortnights are 4W."""
    if unit in _TIMES:
        return f"T{count}{_TIMES[unit]}"
    if unit == "E" and count != "X":
        return f"{10 * int(count)}Y"
    if unit == "F":
        count = count if count == "X" else str(2 * int(count))
    return f"{count}{_SPANS.get(unit, unit)}"


def number(tokens: Sequence[Token], scene: Scene, *, vague: bool = False) -> int:
    """Return the whole number that these tokens write, -1 for "several" and its kin where `vague` is allowed."""
    total, seen = 0, False
    for token in tokens:
        if token.kind in {"num", "ordn"}:
            digits = "".join(char for char in scene.text(token).split(".")[0] if char.isdigit())
            total, seen = total + int(digits[:9] or 0), True
            continue
        groups = {sense.group: sense.value for sense in token.senses}
        if vague and "vague" in groups:
            return -1
        for group in _NUMBERS:
            if group in groups:
                value = int(groups[group] or 1)
                if group == "one" and len(tokens) > 1:
                    break
                total, seen = (
                    (total or 1) * value if group == "hundred" or (group == "dozen" and seen) else total + value,
                    True,
                )
                break
    return total if seen else 1


def duration(match: Match, scene: Scene) -> Fixed | None:
    """Two hours, a 10-day truce, two and a half years."""
    unit = match.sense("unit", "unit", "units") or "D"
    tokens = match.groups["n"]
    text = scene.text(tokens[0])
    if unit == "S" and tokens[-1].kind != "num" and match.sense("unit", "units") is None:
        return None
    if len(tokens) == 1 and tokens[0].kind == "num" and "." in text:
        return Fixed("DURATION", "P" + times(text, unit))
    count = number(tokens, scene, vague=True)
    value = times("X" if count < 0 else str(count), unit)
    if match.has("plus"):
        extra = {"Y": "6M", "H": "30M", "M": "15D"}.get(unit)
        value += extra or ""
    return Fixed("DURATION", "P" + value)


def unit_long(match: Match, scene: Scene) -> Fixed | None:
    """Day-long."""
    del scene
    return Fixed("DURATION", "P" + times("1", match.sense("unit", "unit") or "D"))


def half_unit(match: Match, scene: Scene) -> Fixed | None:
    """Half an hour, half a year."""
    del scene
    value = {"H": "T30M", "Y": "6M", "D": "T12H", "TM": "T30S", "M": "15D", "E": "5Y", "C": "50Y"}
    found = value.get(match.sense("unit", "unit") or "")
    return Fixed("DURATION", f"P{found}") if found else None


def plural(match: Match, scene: Scene) -> Fixed | None:
    """Weeks, recent years: a length without a number."""
    del scene
    unit = match.sense("unit", "units") or "D"
    return Fixed("DURATION", "P" + times("X", unit))


def straight(match: Match, scene: Scene) -> Fixed | None:
    """Return a third straight night: so many in a row, the last of them now."""
    count, unit = number(match.groups["ord"], scene), match.sense("unit", "unit") or "D"
    value = "P" + times(str(count), unit)
    if unit not in {"D", "N"} or scene.published is None or count > 60:
        return Fixed("DURATION", value)
    return Fixed("DURATION", value, scene.published - timedelta(days=count), scene.published, "approx")


def every(match: Match, scene: Scene) -> Fixed | None:
    """Every Friday, each month, Mondays."""
    if match.has("weekday"):
        return Fixed("SET", f"XXXX-WXX-{int(match.sense('weekday', 'weekday', 'weekdays') or 0) + 1}")
    if match.has("month"):
        return Fixed("SET", f"XXXX-{int(match.sense('month', 'month') or 0):02d}")
    if match.has("part"):
        return Fixed("SET", f"XXXX-XX-XXT{match.sense('part', 'part')}")
    if match.has("season"):
        return Fixed("SET", f"XXXX-{match.sense('season', 'season')}")
    if match.has("n"):
        return Fixed("SET", "P" + times(str(number(match.groups["n"], scene)), match.sense("units", "units") or "D"))
    return Fixed("SET", "P" + times("1", match.sense("unit", "unit") or "D"))


def set_(match: Match, scene: Scene) -> Fixed | None:
    """Daily, weekly."""
    del scene
    return Fixed("SET", match.sense("set", "setword") or "P1D")


MEANINGS: dict[str, Callable[[Match, Scene], Fixed | None]] = {
    "duration": duration, "half_unit": half_unit,
    "unit_long": unit_long, "plural": plural, "straight": straight, "every": every, "set": set_,
}  # fmt: skip
