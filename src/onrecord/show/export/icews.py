"""ICEWS rows: events in, 20 tab-separated columns with a header out.

After the Integrated Crisis Early Warning System event data (Boschee et al., 2015). Intensity is the Goldstein value of
the CAMEO code, as ICEWS has it. What CAMEO can't say or has no day is left out, and counted.
"""

from collections.abc import Iterable, Iterator

import msgspec

from onrecord.lexicon.codes import ours
from onrecord.show.export.look import Look
from onrecord.show.export.rows import Row, kept, line

COLUMNS = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code",
    "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher", "City",
    "District", "Province", "Country", "Latitude", "Longitude",
)  # fmt: skip
SECTORS = {"government": "Government", "armed_group": "Unidentified Forces", "state": ""}


def write(events: Iterable[msgspec.Struct], look: Look) -> Iterator[str]:
    """Yield the header, then a row for each event."""
    yield "\t".join(COLUMNS) + "\n"
    for event in events:
        row = kept(event, look)
        if row is not None:
            yield line(cells(row))


def cells(row: Row) -> list[str]:
    """Return the 20 cells of one event."""
    place, cameo = row.event.place, row.cameo
    city = "" if place is None or _land(place.country) == place.name else place.name
    lat, lon = ("" if value is None else str(value) for value in ((place.lat, place.lon) if place else (None, None)))
    return [
        str(row.number), row.day, row.one.name, SECTORS.get(row.one.sort, ""), _land(row.one.country),
        cameo.name if cameo else "", cameo.code if cameo else "", str(cameo.goldstein if cameo else ""),
        row.two.name, SECTORS.get(row.two.sort, ""), _land(row.two.country),
        row.documents[0].id if row.documents else "", "", _publisher(row), city, "", "",
        _land(place.country) if place else "", lat, lon,
    ]  # fmt: skip


def _publisher(row: Row) -> str:
    return (row.documents[0].outlet or "") if row.documents else ""


def _land(country: str | None) -> str:
    land = ours().land(country)
    return land.name if land else ""
