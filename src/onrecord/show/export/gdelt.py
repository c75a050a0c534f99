"""GDELT 2.0 event rows: events in, 61 tab-separated columns without a header out, in the order of the codebook.

After "The GDELT Event Database Data Format Codebook V2.0" (2015). Country codes of places are FIPS 10-4, those of
actors CAMEO; event codes are CAMEO, kept as text with their leading zeros. What the record doesn't know is empty:
never a guess, no tone. What CAMEO can't say (a planned attack) or has no day is left out, and counted.
"""

from collections.abc import Iterable, Iterator
from datetime import date

import msgspec

from onrecord.lexicon.codes import ours, quad
from onrecord.show.export.look import Look
from onrecord.show.export.rows import Row, Side, kept, line

COLUMNS = (
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate",
    *(f"Actor{side}{part}" for side in (1, 2) for part in (
        "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code", "Type1Code",
        "Type2Code", "Type3Code",
    )),
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale", "NumMentions",
    "NumSources", "NumArticles", "AvgTone",
    *(f"{who}Geo_{part}" for who in ("Actor1", "Actor2", "Action") for part in (
        "Type", "Fullname", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID",
    )),
    "DATEADDED", "SOURCEURL",
)  # fmt: skip
NOWHERE = ("0", "", "", "", "", "", "", "")
COUNTRY, WORLD_CITY = "1", "4"


def write(events: Iterable[msgspec.Struct], look: Look) -> Iterator[str]:
    """Yield a row for each event."""
    for event in events:
        row = kept(event, look)
        if row is not None:
            yield line(cells(row))


def cells(row: Row) -> list[str]:
    """Return the 61 cells of one event."""
    day = date.fromisoformat(row.day)
    code = row.cameo.code if row.cameo else ""
    added = max((found.published_day or row.day for found in row.documents), default=row.day).replace("-", "")
    return [
        str(row.number), f"{day:%Y%m%d}", f"{day:%Y%m}", str(day.year),
        f"{day.year + (day.month * 30 + day.day) / 365:.4f}" if day.month < 12 else f"{day.year}.9999",
        *_actor(row.one), *_actor(row.two),
        "1", code, code[:3], code[:2], str(quad(code)), str(row.cameo.goldstein if row.cameo else ""),
        str(len(row.acts) or 1), str(row.event.origins), str(len(row.documents) or 1), "",
        *NOWHERE, *NOWHERE, *_place(row),
        f"{added}000000", row.source,
    ]  # fmt: skip


def _actor(side: Side) -> list[str]:
    land = ours().land(side.country)
    country = land.cameo if land else side.country
    return [country + side.sector, side.name.upper(), country, "", "", "", "", side.sector, "", ""]


def _place(row: Row) -> list[str]:
    place = row.event.place
    if place is None or place.lat is None:  # known by name only: the codebook has no type for that
        return list(NOWHERE)
    land = ours().land(place.country)
    sort = COUNTRY if land and land.name == place.name else WORLD_CITY
    lat, lon = ("" if value is None else str(value) for value in (place.lat, place.lon))
    fips = land.fips if land else ""
    return [sort, place.name, fips, fips, "", lat, lon, fips if sort == COUNTRY else str(place.geonames or "")]
