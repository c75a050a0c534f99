"""Archives cut into slices that any worker can read alone: folders, JSON Lines, Parquet, WARC, on disk or under fsspec.

`cut` walks the sources once, without reading an article, and says where each slice begins; `articles` reads one. A
source is a path or an address such as `s3://bucket/2031/*.warc.gz`, opened by whatever fsspec knows.
"""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath
from typing import BinaryIO

import fsspec
import msgspec

from onrecord.errors import UsageError
from onrecord.ingest import files, jsonl, slices_parquet, slices_warc
from onrecord.model.article import RawArticle
from onrecord.model.rejection import Rejection
from onrecord.settings import Settings

COMPRESSED = frozenset({".gz", ".bz2", ".xz", ".zst", ".lz4"})
_BLOCK = 1 << 22


class Slice(msgspec.Struct, frozen=True, omit_defaults=True):
    """Articles `[first, first + count)` of one file; `start` and `stop` are bytes of JSON Lines or WARC."""

    path: str
    form: str
    first: int = 0
    count: int = 1
    start: int = 0
    stop: int = 0


class Source(msgspec.Struct, frozen=True):
    """A file as it was when the plan was made, so that a changed one is noticed."""

    path: str
    size: int


def find(sources: Sequence[str]) -> list[Source]:
    """Return the files that these sources stand for, sorted within each; a `UsageError` where there is none."""
    found: dict[str, int] = {}
    for source in sources:
        system, root = fsspec.core.url_to_fs(source)
        remote = "://" in source
        if any(mark in root for mark in "*?["):
            paths = sorted(str(path) for path in system.glob(root))
        elif system.isdir(root):
            paths = sorted(path for path in system.find(root) if not _hidden(path, root))
        elif system.exists(root):
            paths = [root]
        else:
            paths = []
        if not paths:
            message = f"{source}: there is nothing here"
            raise UsageError(message)
        for path in paths:
            name = system.unstrip_protocol(path) if remote else path
            found.setdefault(name, int(system.size(path) or 0))
    return [Source(path, size) for path, size in found.items()]


def cut(sources: Iterable[Source], size: int) -> Iterator[tuple[Slice, ...]]:
    """Yield slices in groups of at most `size` articles; the same files give the same groups."""
    room, group = size, list[Slice]()
    for piece in itertools.chain.from_iterable(_pieces(source, size) for source in sources):
        if piece.count > room:
            yield tuple(group)
            room, group = size, []
        group.append(piece)
        room -= piece.count
    if group:
        yield tuple(group)


def articles(piece: Slice, settings: Settings, published: str | None = None) -> Iterator[RawArticle | Rejection]:
    """Yield what stands in a slice, in order; what can't be taken is a rejection."""
    try:
        match piece.form:
            case "jsonl":
                yield from _lines(piece, settings, published)
            case "parquet":
                yield from slices_parquet.read(piece.path, piece.first, piece.count, published)
            case "warc":
                with fsspec.open(piece.path, "rb") as file:
                    yield from slices_warc.read(file, piece.path, (piece.start, piece.stop), settings, published)
            case _:
                yield from _one(piece, settings, published)
    except OSError as error:
        yield Rejection(code="R101", stage="ingest", source=piece.path, note=error.strerror or str(error))


def form_of(path: str) -> str:
    """Return how a file is read, by its name: jsonl, parquet, warc, or file (one article)."""
    suffixes = [suffix.lower() for suffix in PurePosixPath(path).suffixes]
    last = suffixes[-1] if suffixes else ""
    before = suffixes[-2] if last in COMPRESSED and len(suffixes) > 1 else last
    if before in files.LINES:
        return "jsonl"
    if before == ".warc":
        return "warc"
    return "parquet" if last == ".parquet" else "file"


def _pieces(source: Source, size: int) -> Iterator[Slice]:
    form = form_of(source.path)
    if form == "file":
        yield Slice(source.path, form)
        return
    first = 0
    for start, count, stop in _marks(source.path, form, size):
        yield Slice(source.path, form, first, count, start, stop)
        first += count


def _marks(path: str, form: str, size: int) -> Iterator[tuple[int, int, int]]:
    """Yield where each run of at most `size` articles begins, how many there are in it, and where it ends."""
    if form == "parquet":
        rows = slices_parquet.count(path)
        yield from ((first, min(size, rows - first), 0) for first in range(0, rows, size))
        return
    with fsspec.open(path, "rb", compression="infer" if form == "jsonl" else None) as file:
        if form == "warc":
            yield from slices_warc.marks(file, size)
        else:
            yield from _line_marks(file, size)


def _line_marks(file: BinaryIO, size: int) -> Iterator[tuple[int, int, int]]:
    begin = at = lines = 0
    ended = True
    while block := file.read(_BLOCK):
        place = 0
        while lines + (held := block.count(b"\n", place)) >= size and held:
            for _ in range(size - lines):
                place = block.index(b"\n", place) + 1
            yield begin, size, at + place
            begin, lines = at + place, 0
        lines += block.count(b"\n", place)
        at += len(block)
        ended = block.endswith(b"\n")
    if lines or not ended:
        yield begin, lines + (not ended), at


def _lines(piece: Slice, settings: Settings, published: str | None) -> Iterator[RawArticle | Rejection]:
    packed = PurePosixPath(piece.path).suffix.lower() in COMPRESSED
    with fsspec.open(piece.path, "rb", compression="infer") as file:
        if packed:  # a packed stream can't be entered in the middle
            for _ in range(piece.first):
                _pass_line(file)
        else:
            file.seek(piece.start)
        yield from jsonl.read_lines(
            file, piece.path, limit=settings.max_bytes, published=published, after=piece.first, most=piece.count
        )


def _pass_line(file: BinaryIO) -> None:
    while (line := file.readline(1 << 20)) and not line.endswith(b"\n"):
        pass


def _one(piece: Slice, settings: Settings, published: str | None) -> Iterator[RawArticle | Rejection]:
    suffix = PurePosixPath(piece.path).suffix.lower()
    with fsspec.open(piece.path, "rb") as file:
        data = file.read(settings.max_bytes + 1)
    yield from files.one(data, piece.path, suffix, settings, published)


def _hidden(path: str, root: str) -> bool:
    return any(part.startswith(".") for part in path.removeprefix(root).split("/"))
