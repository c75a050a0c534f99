"""What the rules know about hedges, as data."""

import msgspec

from onrecord.lexicon.load import Folder


class HedgeBook(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """The entries, indexed."""


def load(folder: Folder) -> HedgeBook:
    """Return the entries of the files in this folder."""
    del folder
    return HedgeBook()
