"""Statements in, a small chart out: how often each force was used, over time."""

import math
from collections import Counter
from collections.abc import Iterable

from markupsafe import Markup

from onrecord.model.vocabulary import Force
from onrecord.model.vocabulary import words as words_of
from onrecord.show.web.draw.ink import element, joined, ordinal, text, ticks
from onrecord.show.web.words import counted

WIDE, LEFT, ROW, TOP = 760, 96, 26, 8
HARD = frozenset({"accuse", "threaten", "warn", "reject", "criticise", "deny", "demand"})
SOFT = frozenset({"promise", "praise", "confirm"})
COLUMNS = 40


def forces(said: Iterable[tuple[str, str]], title: str) -> Markup:
    """Return a dot for each stretch of time and force; `said` are pairs of a day and a force. Empty below two days."""
    found = [(ordinal(day), force) for day, force in said]
    if len({day for day, _ in found}) < 2:
        return Markup("")
    first, last = min(day for day, _ in found), max(day for day, _ in found)
    step = max(1, math.ceil((last - first + 1) / COLUMNS))
    dots = Counter(((day - first) // step, force) for day, force in found)
    rows = [force for force in words_of(Force) if any(force == each for _, each in found)]
    most, high = max(dots.values()), TOP + ROW * len(rows)
    wide = WIDE - LEFT - 24

    def across(day: float) -> float:
        return LEFT + 14 + (day - first) / max(1, last - first) * (wide - 14)

    parts: list[Markup] = []
    for at, force in enumerate(rows):
        y = TOP + at * ROW + ROW / 2
        parts.append(element("line", x1=LEFT, x2=WIDE, y1=y, y2=y, class_="tick"))
        parts.append(text(force, LEFT - 8, y + 4, "row-name", "end"))
        for (column, each), count in sorted(dots.items()):
            if each == force:
                kind = "hard" if force in HARD else "soft" if force in SOFT else "plain"
                x = across(min(last, first + column * step + step / 2 - 0.5))
                circle = element(
                    "circle", element("title", counted(count, "statement")), cx=x, cy=y,
                    r=3 + 7 * math.sqrt(count / most), class_=kind,
                )  # fmt: skip
                parts.append(circle)
    parts += [text(tick.label, across(tick.day), high + 14, "tick-label", "middle") for tick in ticks(first, last, 6)]
    return element(
        "svg", joined([element("title", title, id="t-forces"), *parts]), viewBox=f"0 0 {WIDE} {high + 20}",
        class_="picture forces", role="img", aria_labelledby="t-forces",
    )  # fmt: skip
