"""What the rules know about speech, as data."""

import msgspec

from onrecord.lexicon.load import Folder


class SpeechBook(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """The entries, indexed."""


def load(folder: Folder) -> SpeechBook:
    """Return the entries of the files in this folder."""
    del folder
    return SpeechBook()
