"""ACLED-like CSV: events in, ACLED's 31 columns with a header out.

After the ACLED Codebook (2023). ACLED codes political violence and protest: acts of force, protest and movements of
troops have rows, and agreements and releases as strategic developments; everything else is left out, and counted. Only
what happened is a row. These rows are ours, not ACLED's: `event_id_cnty` says so.
"""

import csv
import io
from collections.abc import Iterable, Iterator

import msgspec

from onrecord.lexicon.codes import REAL, ours
from onrecord.model.record import Event
from onrecord.show.export.csv import safe
from onrecord.show.export.look import Look
from onrecord.show.export.rows import Row, killed, row

COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type", "actor1",
    "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting", "iso",
    "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision", "source",
    "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip
VIOLENCE, DEMONSTRATIONS, STRATEGIC = "Political violence", "Demonstrations", "Strategic developments"
TYPES: dict[tuple[str, str], tuple[str, str, str]] = {
    ("ASSAULT", ""): (VIOLENCE, "Battles", "Armed clash"),
    ("ASSAULT", "abduct"): (VIOLENCE, "Violence against civilians", "Abduction/forced disappearance"),
    ("ASSAULT", "aerial"): (VIOLENCE, "Explosions/Remote violence", "Air/drone strike"),
    ("ASSAULT", "beat"): (VIOLENCE, "Violence against civilians", "Attack"),
    ("ASSAULT", "crowd-control"): (DEMONSTRATIONS, "Protests", "Excessive force against protesters"),
    ("ASSAULT", "destroy"): (STRATEGIC, "Strategic developments", "Looting/property destruction"),
    ("ASSAULT", "drone"): (VIOLENCE, "Explosions/Remote violence", "Air/drone strike"),
    ("ASSAULT", "explosives"): (VIOLENCE, "Explosions/Remote violence", "Remote explosive/landmine/IED"),
    ("ASSAULT", "heavy-weapons"): (VIOLENCE, "Explosions/Remote violence", "Shelling/artillery/missile attack"),
    ("ASSAULT", "sexual"): (VIOLENCE, "Violence against civilians", "Sexual violence"),
    ("ASSAULT", "suicide-attack"): (VIOLENCE, "Explosions/Remote violence", "Suicide bomb"),
    ("ASSAULT", "torture"): (VIOLENCE, "Violence against civilians", "Attack"),
    ("PROTEST", ""): (DEMONSTRATIONS, "Protests", "Peaceful protest"),
    ("PROTEST", "riot"): (DEMONSTRATIONS, "Riots", "Violent demonstration"),
    ("PROTEST", "vandalize"): (DEMONSTRATIONS, "Riots", "Violent demonstration"),
    ("COERCE", "arrest"): (STRATEGIC, "Strategic developments", "Arrests"),
    ("AGREE", ""): (STRATEGIC, "Strategic developments", "Agreement"),
    ("MOBILIZE", ""): (STRATEGIC, "Strategic developments", "Change to group/activity"),
    ("RETREAT", "withdraw"): (STRATEGIC, "Strategic developments", "Non-violent transfer of territory"),
    ("RETREAT", "release"): (STRATEGIC, "Strategic developments", "Other"),
}


def write(events: Iterable[msgspec.Struct], look: Look) -> Iterator[str]:
    """Yield the header, then a row for each event that ACLED has a type for."""
    yield _line(list(COLUMNS))
    for event in events:
        made = row(event, look) if isinstance(event, Event) else None
        if made is None or not made.day or made.event.modality not in REAL or _type(made) is None:
            look.left_out += 1
        else:
            yield _line([safe(cell) for cell in cells(made)])


def _type(made: Row) -> tuple[str, str, str] | None:
    event = made.event
    plain = None if event.type in {"COERCE", "RETREAT"} else TYPES.get((event.type, ""))
    return TYPES.get((event.type, event.mode or "")) or plain


def cells(made: Row) -> list[str]:
    """Return the 31 cells of one event."""
    disorder, kind, sub = _type(made) or ("", "", "")
    place, deaths = made.event.place, killed(made.event)
    land = ours().land(place.country if place else None)
    lat, lon = ("" if value is None else str(value) for value in ((place.lat, place.lon) if place else (None, None)))
    published = made.documents[0].published_day if made.documents else None
    stated = made.event.date
    precise = stated is not None and stated.since == stated.until
    return [
        f"ONR{made.number}", made.day, made.day[:4], "1" if precise else "2" if stated else "3", disorder, kind, sub,
        made.one.name, "", "", made.two.name, "", "", "", "", land.numeric.lstrip("0") if land else "", "",
        land.name if land else "", "", "", "", place.name if place else "", lat, lon,
        "" if not lat else "2", "; ".join(filter(None, (found.outlet for found in made.documents))), "", made.words,
        "" if deaths[0] is None else str(deaths[0]), "fatalities disputed" if deaths[1] else "", published or "",
    ]  # fmt: skip


def _line(values: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(values)
    return out.getvalue()
