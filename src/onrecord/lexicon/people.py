"""What the rules know about people, as data."""

import msgspec

from onrecord.lexicon.load import Folder


class PeopleBook(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """The entries, indexed."""


def load(folder: Folder) -> PeopleBook:
    """Return the entries of the files in this folder."""
    del folder
    return PeopleBook()
