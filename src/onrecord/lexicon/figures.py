"""What the rules know about figures, as data."""

import msgspec

from onrecord.lexicon.load import Folder


class FigureBook(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """The entries, indexed."""


def load(folder: Folder) -> FigureBook:
    """Return the entries of the files in this folder."""
    del folder
    return FigureBook()
