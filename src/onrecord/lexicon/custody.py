"""What the rules know about custody, as data."""

import msgspec

from onrecord.lexicon.load import Folder


class CustodyBook(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """The entries, indexed."""


def load(folder: Folder) -> CustodyBook:
    """Return the entries of the files in this folder."""
    del folder
    return CustodyBook()
