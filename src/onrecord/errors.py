"""The errors that onrecord raises, and nothing else.

    OnrecordError
    ├── UsageError     you asked for something that can't be (arguments, settings, lexicon files)
    ├── StoreError     the store can't be opened, read or written
    └── BrokenPromise  a law of the program was about to be broken: a bug of ours

What is wrong with an article is never an exception: it is a `Rejection` (see `onrecord.model.rejection`).
"""


class OnrecordError(Exception):
    """Base of everything that this program raises on purpose."""

    code = "E000"

    def __str__(self) -> str:
        return f"{super().__str__()}  [{self.code}]"


class UsageError(OnrecordError):
    """The caller asked for something that can't be done as asked."""

    code = "E100"


class LexiconError(UsageError):
    """A line of a lexicon file is wrong; the message starts with `file:line`."""

    code = "E110"


class MissingResource(UsageError):  # noqa: N818 - named for what it says
    """A model or data file that was asked for is not installed; the message says how to get it."""

    code = "E120"


class StoreError(OnrecordError):
    """The store can't be opened, read or written."""

    code = "E200"


class BrokenPromise(OnrecordError):  # noqa: N818 - named for what it says
    """A law of the program was about to be broken. Please report it with the input that did it."""

    code = "E900"
