"""Rows of other data sets in, outside accounts out: GDELT 2.0, ICEWS, UCDP GED (by header), PLOVER JSON.

What is wrong with a row is a `Rejection`; the other rows are read. Countries become ISO 3166 alpha-3, CAMEO codes the
PLOVER type that they stand for; the row's own code is kept. Nothing is guessed: an empty cell stays empty.
"""

import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal, TextIO

import msgspec

from onrecord.errors import UsageError
from onrecord.lexicon.codes import ours
from onrecord.model.identity import identity
from onrecord.model.mention import ActorRef, PlaceRef
from onrecord.model.moment import Period
from onrecord.model.outside import Outside, OutsideFigure
from onrecord.model.rejection import Rejection
from onrecord.model.vocabulary import ActType, Dataset
from onrecord.model.vocabulary import words as words_of

type Cells = dict[str, str]
GDELT_COLUMNS = 61
LONGEST = 100_000  # characters of one line
UCDP = ("id", "date_start", "date_end", "side_a", "side_b", "best", "low", "high")
ICEWS = ("Event ID", "Event Date", "CAMEO Code", "Source Name", "Target Name")


def read(path: Path, dataset: Dataset) -> Iterator[Outside | Rejection]:
    """Yield an account for each row of a file; a `UsageError` where the file can't be read or isn't of that kind."""
    try:
        with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
            yield from READERS[dataset](file, str(path))
    except OSError as error:
        message = f"{path}: {error.strerror or error}"
        raise UsageError(message) from error


def _rows(file: TextIO, source: str, make: Callable[[Cells], Outside], need: tuple[str, ...]) -> Iterator[Any]:
    first = file.readline(LONGEST)
    delimiter = "\t" if "\t" in first else ","
    names = next(csv.reader([first], delimiter=delimiter), [])
    missing = [name for name in need if name not in names]
    if missing:
        message = f"{source}: the header lacks {', '.join(missing)}"
        raise UsageError(message)
    quoting: Literal[0, 3] = csv.QUOTE_NONE if delimiter == "\t" else csv.QUOTE_MINIMAL
    for row in csv.DictReader(file, names, delimiter=delimiter, quoting=quoting):
        cells = {name: (value or "").strip() for name, value in row.items() if isinstance(name, str)}
        yield from _tried(lambda cells=cells: make(cells), source)  # type: ignore[misc]


def _tried(make: Callable[[], Outside], source: str) -> Iterator[Outside | Rejection]:
    try:
        yield make()
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        note = f"{type(error).__name__}: {error}"[:300]
        yield Rejection(code="R190", stage="ingest", source=source, note=note)


def _gdelt(file: TextIO, source: str) -> Iterator[Outside | Rejection]:
    for line in iter(lambda: file.readline(LONGEST), ""):
        cells = line.rstrip("\r\n").split("\t")
        if len(cells) != GDELT_COLUMNS:
            note = f"{len(cells)} cells where GDELT 2.0 has {GDELT_COLUMNS}"
            yield Rejection(code="R190", stage="ingest", source=source, note=note)
            continue
        yield from _tried(lambda cells=cells: _gdelt_row(cells), source)  # type: ignore[misc]


def _gdelt_row(cells: list[str]) -> Outside:
    day = f"{cells[1][:4]}-{cells[1][4:6]}-{cells[1][6:8]}"
    place = _place(cells[52], ours().of_fips(cells[53]), cells[56], cells[57])
    return _account(
        "gdelt", cells[0], cells[26], Period(day, day), place,
        _side(cells[6], ours().of_cameo(cells[7])), _side(cells[16], ours().of_cameo(cells[17])), cited=cells[60],
    )  # fmt: skip


def _icews(cells: Cells) -> Outside:
    day = cells["Event Date"][:10]
    where = next((cells[name] for name in ("City", "Province", "Country") if cells.get(name)), "")
    place = _place(where, _land(cells.get("Country", "")), cells.get("Latitude", ""), cells.get("Longitude", ""))
    return _account(
        "icews", cells["Event ID"], cells["CAMEO Code"].zfill(3), Period(day, day), place,
        _side(cells["Source Name"], _land(cells.get("Source Country", ""))),
        _side(cells["Target Name"], _land(cells.get("Target Country", ""))),
        title=cells.get("Event Text", ""), cited=cells.get("Publisher", ""),
    )  # fmt: skip


def _ucdp(cells: Cells) -> Outside:
    since, until = cells["date_start"][:10], cells["date_end"][:10]
    place = _place(
        cells.get("where_coordinates", ""), _land(cells.get("country", "")), cells.get("latitude", ""),
        cells.get("longitude", ""),
    )  # fmt: skip
    made = _account(
        "ucdp", cells["id"], cells.get("type_of_violence", ""), Period(since, until), place,
        _side(cells["side_a"], None), _side(cells["side_b"], None), title=cells.get("conflict_name", ""),
        cited=cells.get("source_article", ""),
    )  # fmt: skip
    killed = OutsideFigure("killed", _number(cells["low"]), _number(cells["high"]), _number(cells["best"]))
    return msgspec.structs.replace(made, type="ASSAULT", figures=(killed,))


def _plover(file: TextIO, source: str) -> Iterator[Outside | Rejection]:
    for line in iter(lambda: file.readline(LONGEST), ""):
        if line.strip():
            yield from _tried(lambda line=line: _plover_row(msgspec.json.decode(line)), source)  # type: ignore[misc]


def _plover_row(record: dict[str, Any]) -> Outside:
    kind, modes = record["event"], record.get("mode") or []
    kind = kind[0] if isinstance(kind, list) else kind
    mode = modes if isinstance(modes, str) else next(iter(modes), None)
    since = record.get("date")
    where = record.get("event_loc")
    where = where if isinstance(where, dict) else {}
    made = _account(
        "plover", str(record["id"]), str(kind), Period(since, record.get("enddate") or since) if since else None,
        _place(str(where.get("name", "")), where.get("country"), str(where.get("lat", "")), str(where.get("lon", ""))),
        _entities(record.get("actor")), _entities(record.get("recipient")), title=str(record.get("event_text", "")),
        cited=str(record.get("link") or ""),
    )  # fmt: skip
    known = kind if kind in words_of(ActType) else None
    return msgspec.structs.replace(made, type=known, mode=mode)


def _entities(given: Any) -> tuple[ActorRef, ...]:
    found = [each if isinstance(each, dict) else {"entity_name": str(each)} for each in given or []]
    return tuple(
        ref
        for each in found
        for ref in _side(str(each.get("entity_name") or each.get("raw_text") or ""), each.get("country"))
    )


def _account(
    dataset: Dataset,
    row: str,
    code: str,
    date: Period | None,
    place: PlaceRef | None,
    actors: tuple[ActorRef, ...],
    targets: tuple[ActorRef, ...],
    *,
    title: str = "",
    cited: str = "",
) -> Outside:
    if not row:
        message = "the row has no id"
        raise ValueError(message)
    known = ours().plover(code) if dataset in {"gdelt", "icews"} else None
    return Outside(
        id=identity("outside", dataset, row), dataset=dataset, row=row, code=code, type=known.type if known else None,
        mode=known.mode if known else None, actors=actors, targets=targets, date=date, place=place, title=title,
        cited=cited,
    )  # fmt: skip


def _side(name: str, country: str | None) -> tuple[ActorRef, ...]:
    """Return who is on a side: a country by its code, everybody else by the name the row gives; () for nobody."""
    shown = name.title() if name.isupper() else name
    land = ours().land(country)
    if land is not None and (not name or shown.casefold() == land.name.casefold()):
        return (ActorRef(land.country, land.name, land.country),)
    return (ActorRef(identity("named", shown.casefold()), shown, country),) if shown else ()


def _place(name: str, country: str | None, lat: str, lon: str) -> PlaceRef | None:
    if not (name or country):
        return None
    known = lat not in {"", "None"} and lon not in {"", "None"}
    north, east = (float(lat), float(lon)) if known else (None, None)
    if known and not (-90 <= float(lat) <= 90 and -180 <= float(lon) <= 180):
        message = f"no place on the globe: {lat}, {lon}"
        raise ValueError(message)
    return PlaceRef(name or country or "", country, north, east)


def _land(name: str) -> str | None:
    return ours().of_name(name.partition("(")[0]) if name else None


def _number(cell: str) -> int | None:
    return int(cell) if cell else None


READERS: dict[Dataset, Callable[[TextIO, str], Iterator[Outside | Rejection]]] = {
    "gdelt": _gdelt,
    "icews": lambda file, source: _rows(file, source, _icews, ICEWS),
    "ucdp": lambda file, source: _rows(file, source, _ucdp, UCDP),
    "plover": _plover,
}
