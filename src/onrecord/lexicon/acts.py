"""What the rules know about acts, as data."""

import msgspec

from onrecord.lexicon.load import Folder


class ActBook(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """The entries, indexed."""


def load(folder: Folder) -> ActBook:
    """Return the entries of the files in this folder."""
    del folder
    return ActBook()
