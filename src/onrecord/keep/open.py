"""The door to the stores: a path in, a `Writer` or a `View` out."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from onrecord.keep.lite import LiteView, LiteWriter


@contextlib.contextmanager
def open_writer(path: str | Path) -> Iterator[LiteWriter]:
    """Open the store at `path` for writing, made where there is none; closed at the end of the `with`."""
    writer = LiteWriter(Path(path))
    try:
        yield writer
    finally:
        writer.close()


@contextlib.contextmanager
def open_view(path: str | Path) -> Iterator[LiteView]:
    """Open the store at `path` for reading on a connection of its own; closed at the end of the `with`."""
    view = LiteView(Path(path))
    try:
        yield view
    finally:
        view.close()
