"""The code lists of other data sets: CAMEO event codes, and countries by ISO 3166, FIPS 10-4 and CAMEO.

Comes in: a folder of lexicon files. Goes out: look-ups for the exporters and importers; reading never uses them.
"""

from functools import cache

import msgspec

from onrecord.lexicon.load import Folder, read_csv, shipped
from onrecord.model.vocabulary import ActType, Modality

REAL = frozenset({"happened", "ongoing"})
QUADS = ((5, 1), (8, 2), (13, 3), (20, 4))  # the last root of verbal and material cooperation, then conflict


class CameoRow(msgspec.Struct, frozen=True, kw_only=True):
    """A PLOVER type, with a mode and modality where they matter, and the CAMEO code that says the same."""

    type: ActType
    mode: str = ""
    modality: Modality | None = None
    code: str
    goldstein: float
    name: str


class TypeRow(msgspec.Struct, frozen=True, kw_only=True):
    """The PLOVER type (and mode) of the CAMEO codes that begin so."""

    prefix: str
    type: ActType
    mode: str | None = None


class CountryRow(msgspec.Struct, frozen=True, kw_only=True):
    """A country's codes: ISO 3166 alpha-3, alpha-2 and numeric, FIPS 10-4, CAMEO."""

    country: str
    alpha2: str
    numeric: str = ""
    fips: str = ""
    cameo: str
    name: str


class Codes:
    """Look-ups over the three files."""

    def __init__(self, cameo: tuple[CameoRow, ...], types: tuple[TypeRow, ...], lands: tuple[CountryRow, ...]) -> None:
        self._cameo = {(row.type, row.mode, row.modality): row for row in cameo}
        self._types = {row.prefix: row for row in types}
        self._lands = {row.country: row for row in lands}
        self._fips = {row.fips: row.country for row in lands if row.fips}
        self._cameos = {row.cameo: row.country for row in lands}
        self._names = {row.name.casefold(): row.country for row in lands}
        self._numeric = {row.numeric: row.country for row in lands if row.numeric}

    def cameo(self, kind: str, mode: str | None, modality: str) -> CameoRow | None:
        """Return the CAMEO code of an act; None where CAMEO has none (a planned attack, a hypothetical one)."""
        mode = mode or ""
        if modality in REAL:
            return self._row(kind, mode, None) or self._row(kind, "", None)
        return self._row(kind, mode, modality) or self._row(kind, "", modality)

    def _row(self, kind: str, mode: str, modality: str | None) -> CameoRow | None:
        return self._cameo.get((kind, mode, modality))  # type: ignore[arg-type]

    def plover(self, code: str) -> TypeRow | None:
        """Return the PLOVER type of a CAMEO code, by its longest known beginning."""
        code = code.strip()
        return next((self._types[code[:end]] for end in range(len(code), 1, -1) if code[:end] in self._types), None)

    def land(self, country: str | None) -> CountryRow | None:
        """Return the codes of a country by alpha-3, or None."""
        return self._lands.get(country or "")

    def of_fips(self, code: str) -> str | None:
        """Return the alpha-3 code of a FIPS 10-4 country code."""
        return self._fips.get(code.strip().upper())

    def of_cameo(self, code: str) -> str | None:
        """Return the alpha-3 code of a CAMEO country code (the first three letters of an actor's code)."""
        return self._cameos.get(code.strip().upper()[:3])

    def of_name(self, name: str) -> str | None:
        """Return the alpha-3 code of a country's name."""
        return self._names.get(name.strip().casefold())

    def of_numeric(self, code: str) -> str | None:
        """Return the alpha-3 code of an ISO 3166 number."""
        return self._numeric.get(code.strip().zfill(3))


def quad(code: str) -> int:
    """Return the quad class of a CAMEO code: verbal and material cooperation, verbal and material conflict."""
    return next(found for last, found in QUADS if int(code[:2]) <= last)


def load(folder: Folder | None = None) -> Codes:
    """Return the look-ups of the files in this folder (the shipped ones by default)."""
    where = folder or shipped()
    return Codes(
        read_csv(where, "cameo.csv", CameoRow),
        read_csv(where, "cameo_types.csv", TypeRow),
        read_csv(where, "countries.csv", CountryRow),
    )


@cache
def ours() -> Codes:
    """Return the look-ups of the shipped files, read once."""
    return load()
