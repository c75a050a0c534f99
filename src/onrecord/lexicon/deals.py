"""What the rules know about deals, as data."""

import msgspec

from onrecord.lexicon.load import Folder


class DealBook(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """The entries, indexed."""


def load(folder: Folder) -> DealBook:
    """Return the entries of the files in this folder."""
    del folder
    return DealBook()
