"""What the event tables (GDELT, ICEWS, ACLED) share: one event in, the facts that their rows are made of out.

One row an event: the first actor stands against the first target, in order of ids; where nobody is a target, a second
actor takes that place (those who meet, or fight each other). An event without a date is dated by its article.
"""

import msgspec

from onrecord.lexicon.codes import CameoRow, ours
from onrecord.model.claim import Act
from onrecord.model.mention import ActorRef
from onrecord.model.record import Actor, Event
from onrecord.model.text import Document
from onrecord.show.export.csv import safe
from onrecord.show.export.look import Look, address

SECTORS = {"government": "GOV", "armed_group": "UAF"}


class Side(msgspec.Struct, frozen=True):
    """One side of an event: name, alpha-3 country, sort; all empty where nobody is named."""

    name: str = ""
    country: str = ""
    sort: str = ""

    @property
    def sector(self) -> str:
        """Return the CAMEO role code that the sort stands for, or ""."""
        return SECTORS.get(self.sort, "")


class Row(msgspec.Struct, frozen=True):
    """The facts of one event."""

    event: Event
    day: str
    one: Side
    two: Side
    acts: tuple[Act, ...]
    documents: tuple[Document, ...]
    cameo: CameoRow | None

    @property
    def number(self) -> int:
        """Return a number for tables that want one: 63 bits of the event's own id, the same in every run."""
        digits = self.event.id.rpartition("-")[2]
        return int(digits, 16) >> 1 if all(digit in "0123456789abcdef" for digit in digits) and digits else 0

    @property
    def words(self) -> str:
        """Return the words of the first act on one line."""
        return " ".join(" … ".join(span.text for span in self.acts[0].evidence).split()) if self.acts else ""

    @property
    def source(self) -> str:
        """Return the address (or path) of the first article."""
        found = self.documents[0] if self.documents else None
        return address(found) or (found.source if found else "")


def row(event: Event, look: Look) -> Row:
    """Return the facts of an event."""
    acts = tuple(found for found in map(look.get, event.acts) if isinstance(found, Act))
    known = {act.document: look.document(act.document) for act in acts}
    documents = sorted(
        (found for found in known.values() if found), key=lambda found: (found.published or "~", found.id)
    )
    sides = [*event.actors[:1], *(event.targets or event.actors[1:])[:1]]
    one, two = [*(_side(ref, look) for ref in sides), Side(), Side()][:2]
    if not event.actors:
        one, two = Side(), one
    date = event.date.since or event.date.until if event.date else None
    day = date or next((found.published_day for found in documents if found.published_day), "") or ""
    code = ours().cameo(event.type, event.mode, event.modality)
    return Row(event, day, one, two, acts, tuple(documents), code)


def _side(ref: ActorRef, look: Look) -> Side:
    actor = look.get(ref.actor)
    sort = actor.sort if isinstance(actor, Actor) else ""
    return Side(_plain(ref.name), ref.country or "", sort)


def line(cells: list[str]) -> str:
    """Return a row with tabs between its cells; tabs and line ends inside become blanks, and no cell is a formula."""
    return "\t".join(safe(_plain(cell)) for cell in cells) + "\n"


def _plain(text: str) -> str:
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def killed(event: Event) -> tuple[int | None, bool]:
    """Return the lowest count of deaths that is told, and whether the accounts differ; None where none is."""
    for figure in event.figures:
        if figure.what == "killed":
            lows = [low for low in (account.low for account in figure.accounts) if low is not None]
            return (min(lows) if lows else figure.low), len(figure.accounts) > 1
    return None, False


def kept(event: msgspec.Struct, look: Look) -> Row | None:
    """Return the facts of an event that an event table can hold; what it can't is counted as left out."""
    if isinstance(event, Event):
        made = row(event, look)
        if made.cameo is not None and made.day:
            return made
    look.left_out += 1
    return None
