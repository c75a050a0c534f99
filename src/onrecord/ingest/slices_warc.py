"""Pages in WARC files, from any record on: where each run of responses begins, and the pages of one run."""

import io
import mmap
import shutil
import tempfile
from collections.abc import Iterator
from typing import BinaryIO

from onrecord.ingest import warc
from onrecord.model.article import RawArticle
from onrecord.model.rejection import Rejection
from onrecord.settings import Settings

_LONGEST = 32_000_000


def marks(file: BinaryIO, size: int) -> Iterator[tuple[int, int, int]]:
    """Yield the byte at which each run of at most `size` responses begins, their number, and the byte where it ends.

    What is damaged counts as a response: it costs a rejection.
    """
    with tempfile.TemporaryFile() as copy:
        try:
            number = file.fileno()
        except (OSError, AttributeError, io.UnsupportedOperation):
            shutil.copyfileobj(file, copy, 1 << 20)
            copy.flush()
            number = copy.fileno()
        if not copy.seek(0, io.SEEK_END) and number == copy.fileno():
            return
        with mmap.mmap(number, 0, access=mmap.ACCESS_READ) as data:
            begin = held = 0
            for cut in warc.records(data, limit=_LONGEST):
                if held == size:
                    yield begin, held, cut.offset
                    begin, held = cut.offset, 0
                held += cut.record is None or warc.is_response(cut.record)
            if held:
                yield begin, held, len(data)


def read(
    file: BinaryIO, path: str, run: tuple[int, int], settings: Settings, published: str | None
) -> Iterator[RawArticle | Rejection]:
    """Yield the page of each response in the bytes of a run, or why there is none."""
    start, stop = run
    file.seek(start)
    yield from warc.read_bytes(file.read(stop - start), path, settings, published, base=start)
