"""Where places are: GeoNames (CC BY 4.0) in one file, read lazily, and a table of our own beside it.

`gazetteer.bin.gz` is little-endian: a header (magic, sizes of six parts), then records of fixed width, their names, the
folded keys in order, where each key begins, where each key's list begins, and the lists of records. A look-up is a
binary search in the file's bytes: nothing is built at start-up.
"""

import gzip
import struct
import unicodedata
from functools import cached_property, lru_cache

import msgspec

from onrecord.errors import LexiconError
from onrecord.lexicon.load import Folder, read_csv
from onrecord.model.vocabulary import PlaceFeature

MAGIC = b"ORGAZ001"
HEADER = struct.Struct("<8s6I")
RECORD = struct.Struct("<IiiIIIIBB2s")
COUNTRY, REGION, COUNTY, CITY, OTHER = range(5)
_ABBREVIATIONS = {"saint": "st", "mount": "mt", "fort": "ft", "sainte": "ste"}
_FEATURES: dict[int, PlaceFeature] = {COUNTRY: "country", REGION: "region", COUNTY: "region", CITY: "city"}


@lru_cache(maxsize=20000)
def fold(name: str) -> str:
    """Return a name as it is compared: lower case, no accents, no points, hyphens as blanks."""
    bare = "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char))
    bare = bare.casefold().replace("ı", "i").replace("ø", "o").replace("ł", "l").replace("đ", "d")
    bare = bare.replace(".", "").replace("'", "").replace("’", "").replace("`", "").replace("-", " ").replace("–", " ")
    return " ".join(_ABBREVIATIONS.get(word, word) for word in bare.split())


class Site(msgspec.Struct, frozen=True):
    """One place of the gazetteer; `first` and `second` number the subdivisions that it lies in (0: none)."""

    geonames: int
    name: str
    country: str
    kind: int
    people: int
    lat: float | None
    lon: float | None
    first: int = 0
    second: int = 0
    feature: PlaceFeature = "other"


class Own(msgspec.Struct, frozen=True, kw_only=True):
    """A row of our own table: a place that the gazetteer lacks, or better names and coordinates for one it has."""

    name: str
    forms: tuple[str, ...] = ()
    feature: PlaceFeature = "other"
    country: str = ""
    lat: float | None = None
    lon: float | None = None
    geonames: int | None = None


class PlaceWord(msgspec.Struct, frozen=True, kw_only=True):
    """Words of one group that the reading of places wants."""

    group: str
    forms: tuple[str, ...]


class Gazetteer(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """Look-ups by name. The file is read at the first of them."""

    folder: Folder
    own: tuple[Own, ...]
    words: tuple[PlaceWord, ...]

    def group(self, name: str) -> frozenset[str]:
        """Return the words of a group."""
        return self._groups.get(name, frozenset())

    @cached_property
    def _groups(self) -> dict[str, frozenset[str]]:
        found: dict[str, frozenset[str]] = {}
        for word in self.words:
            found[word.group] = found.get(word.group, frozenset()) | frozenset(word.forms)
        return found

    @cached_property
    def _parts(self) -> tuple[memoryview, bytes, bytes, memoryview, memoryview, memoryview]:
        data = gzip.decompress((self.folder / "gazetteer.bin.gz").read_bytes())
        magic, *sizes = HEADER.unpack_from(data)
        if magic != MAGIC or HEADER.size + sum(sizes) != len(data):
            message = "gazetteer.bin.gz: not a gazetteer of this version; run scripts/build_gazetteer.py"
            raise LexiconError(message)
        view, at, parts = memoryview(data), HEADER.size, []
        for size in sizes:
            parts.append(view[at : at + size])
            at += size
        rows, names, keys, offsets, starts, lists = parts
        return rows, bytes(names), bytes(keys), _ints(offsets), _ints(starts), _ints(lists)

    @cached_property
    def _own(self) -> dict[str, Own]:
        return {fold(form): one for one in self.own for form in (one.name, *one.forms)}

    @cached_property
    def _spots(self) -> dict[str, Own]:
        return {one.country: one for one in self.own if one.feature == "country"}

    def find(self, name: str, most: int = 60) -> tuple[Site, ...]:
        """Return the places of this name, the most peopled first."""
        key = fold(name)
        own = self._own.get(key)
        found = () if own is not None and own.feature == "country" else self._look_up(key, most)
        if own is None:
            return found
        if own.feature == "country":
            country = next((site for site in self._look_up(fold(own.name), most) if site.kind == COUNTRY), None)
            rest = tuple(site for site in self._look_up(key, most) if site.kind != COUNTRY)
            site = country or Site(own.geonames or 0, own.name, own.country, COUNTRY, 10**6, own.lat, own.lon)
            return (_placed(site, own), *rest)
        if own.lat is None:
            meant = tuple(site for site in self._look_up(fold(own.name), most) if site.geonames == own.geonames)
            return (*meant, *(site for site in found if site not in meant))
        return (
            Site(own.geonames or 0, own.name, own.country, OTHER, 10**9, own.lat, own.lon, feature=own.feature),
            *found,
        )

    def holds(self, name: str) -> bool:
        """Say whether any place has this name."""
        key = fold(name)
        return key in self._own or self._index(key) is not None

    @lru_cache(maxsize=5000)  # noqa: B019 - one gazetteer lives as long as its worker
    def _look_up(self, key: str, most: int) -> tuple[Site, ...]:
        place = self._index(key)
        if place is None:
            return ()
        rows, names, _, _, starts, lists = self._parts
        numbers = list(lists[starts[place] : starts[place + 1]])[:most]
        return tuple(self._site(rows, names, number) for number in numbers)

    def _index(self, key: str) -> int | None:
        _, _, keys, offsets, _, _ = self._parts
        wanted = key.encode("utf-8", "surrogatepass")
        low, high = 0, len(offsets) - 1
        while low < high:
            middle = (low + high) // 2
            if keys[offsets[middle] : offsets[middle + 1]] < wanted:
                low = middle + 1
            else:
                high = middle
        if low < len(offsets) - 1 and keys[offsets[low] : offsets[low + 1]] == wanted:
            return low
        return None

    def _site(self, rows: memoryview, names: bytes, number: int) -> Site:
        geonames, lat, lon, people, first, second, at, size, kind, code = RECORD.unpack_from(rows, number * RECORD.size)
        site = Site(
            geonames, names[at : at + size].decode(), code.decode(), kind, people, lat / 10000, lon / 10000, first,
            second, _FEATURES[kind],
        )  # fmt: skip
        if kind == COUNTRY and site.country in self._spots:
            return _placed(site, self._spots[site.country])
        return site


def _placed(site: Site, own: Own) -> Site:
    return msgspec.structs.replace(
        site, name=own.name, lat=own.lat if own.lat is not None else site.lat,
        lon=own.lon if own.lon is not None else site.lon, feature="country",
    )  # fmt: skip


def _ints(part: memoryview) -> memoryview:
    return part.cast("I") if len(part) % 4 == 0 else memoryview(b"").cast("I")


def load(folder: Folder) -> Gazetteer:
    """Return the gazetteer of this folder, its large file not read yet."""
    return Gazetteer(
        folder=folder,
        own=read_csv(folder, "places.csv", Own),
        words=read_csv(folder, "places_words.csv", PlaceWord),
    )
