"""Who did what to whom: counts of pairs in, a ring of actors with arrows out."""

import math
from typing import NamedTuple

from markupsafe import Markup

from onrecord.show.web.draw.ink import element, joined
from onrecord.show.web.words import counted

MOST = 12  # actors on the ring
WIDE, HIGH, RADIUS = 760, 520, 190
CONFLICT = frozenset({"ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"})


class Tie(NamedTuple):
    """How often one actor acted toward another, and how much of that was conflict."""

    actor: str
    target: str
    times: int
    conflict: int
    address: str


def network(ties: list[Tie], names: dict[str, tuple[str, str | None]]) -> Markup:
    """Return the ring; `names` gives the name and the page of an actor. Fewer than two ties need no picture."""
    weight: dict[str, int] = {}
    for tie in ties:
        weight[tie.actor] = weight.get(tie.actor, 0) + tie.times
        weight[tie.target] = weight.get(tie.target, 0) + tie.times
    ring = _ring(ties)
    shown = sorted((tie for tie in ties if tie.actor in ring and tie.target in ring), key=lambda tie: tie.times)
    if len(shown) < 2:
        return Markup("")
    spots = {
        actor: (
            WIDE / 2 + RADIUS * math.cos(2 * math.pi * at / len(ring) - math.pi / 2),
            HIGH / 2 + RADIUS * math.sin(2 * math.pi * at / len(ring) - math.pi / 2),
        )
        for at, actor in enumerate(ring)
    }
    most = max(tie.times for tie in shown)
    heads = [
        element("marker", element("path", d="M0 0L8 4L0 8z", class_=f"head {kind}"), id=f"head-{kind}",
                viewBox="0 0 8 8", refX=7, refY=4, markerWidth=9, markerHeight=9, orient="auto",
                markerUnits="userSpaceOnUse")
        for kind in ("conflict", "other")
    ]  # fmt: skip
    lines = [_tie(tie, spots, most, names) for tie in shown]
    nodes = [_node(actor, spots[actor], weight[actor] / max(weight.values()), names) for actor in ring]
    title = element("title", "Who did what to whom: the table below says the same", id="t-network")
    return element(
        "svg", joined([title, element("defs", joined(heads)), *lines, *nodes]), viewBox=f"0 0 {WIDE} {HIGH}",
        class_="picture network", role="group", aria_labelledby="t-network",
    )  # fmt: skip


def _ring(ties: list[Tie]) -> list[str]:
    """Return the actors of the strongest ties, those with ties to each other side by side."""
    ring: list[str] = []
    for tie in sorted(ties, key=lambda tie: (-tie.times, tie.actor, tie.target)):
        new = [actor for actor in (tie.actor, tie.target) if actor not in ring]
        if len(ring) + len(new) > MOST:
            continue
        if len(new) == 1:
            known = tie.actor if new[0] == tie.target else tie.target
            ring.insert(ring.index(known) + 1, new[0])
        else:
            ring += new
    return ring


def _tie(
    tie: Tie, spots: dict[str, tuple[float, float]], most: int, names: dict[str, tuple[str, str | None]]
) -> Markup:
    (x1, y1), (x2, y2) = spots[tie.actor], spots[tie.target]
    long = math.hypot(x2 - x1, y2 - y1) or 1.0
    dx, dy = (x2 - x1) / long, (y2 - y1) / long
    x1, y1, x2, y2 = x1 + dx * 13, y1 + dy * 13, x2 - dx * 15, y2 - dy * 15
    bend = long * 0.14
    middle = ((x1 + x2) / 2 - dy * bend, (y1 + y2) / 2 + dx * bend)
    kind = "conflict" if 2 * tie.conflict >= tie.times else "other"
    said = f"{names[tie.actor][0]} toward {names[tie.target][0]}: {counted(tie.times, 'act')}"
    line = element(
        "path", element("title", said), d=f"M{x1:.5g} {y1:.5g}Q{middle[0]:.5g} {middle[1]:.5g} {x2:.5g} {y2:.5g}",
        class_=f"tie {kind}", stroke_width=1.2 + 5 * math.sqrt(tie.times / most), marker_end=f"url(#head-{kind})",
    )  # fmt: skip
    return element("a", line, href=tie.address, aria_label=said)


def _node(actor: str, at: tuple[float, float], share: float, names: dict[str, tuple[str, str | None]]) -> Markup:
    name, address = names[actor]
    x, y = at
    side = x - WIDE / 2
    anchor = "middle" if abs(side) < 30 else "start" if side > 0 else "end"
    shift = 0 if anchor == "middle" else 17 if side > 0 else -17
    down = 5 if anchor != "middle" else 28 if y > HIGH / 2 else -18
    parts = [
        element("circle", cx=x, cy=y, r=5 + 6 * math.sqrt(share)),
        element("text", name if len(name) < 28 else name[:26] + "…", x=x + shift, y=y + down, text_anchor=anchor),
    ]
    inside = joined(parts)
    return element("a", inside, href=address, class_="node") if address else element("g", inside, class_="node")
