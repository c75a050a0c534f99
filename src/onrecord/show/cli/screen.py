"""What is written to whom: data to stdout, words about it to stderr, and nothing in a text may steer the terminal."""

import re
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec

from onrecord.model import wire

if TYPE_CHECKING:
    from rich.console import Console

# Control characters, and the marks that turn the direction of what follows.
_STEERING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_LEAST_WIDTH = 140


def plain(text: str) -> str:
    """Return the text with everything that could steer a terminal replaced; line ends stay."""
    return _STEERING.sub(lambda found: " " if found.group() in "\t\r" else "\N{REPLACEMENT CHARACTER}", text)


def line(text: str) -> str:
    """Return the text on one line, without anything that could steer a terminal."""
    return " ".join(plain(text).split())


def shortened(text: str, most: int) -> str:
    """Return the text on one line, cut at a blank before `most` characters, with an ellipsis where something is cut."""
    whole = line(text)
    if len(whole) <= most:
        return whole
    cut = whole[: most - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut[most // 2 :] else cut) + "…"


def tell(text: str) -> None:
    """Write a message to stderr."""
    sys.stderr.write(plain(text) + "\n")
    sys.stderr.flush()


def screen() -> "Console":
    """Return a console on stdout that takes text as it is; wide enough for tables where it isn't a terminal."""
    from rich.console import Console

    console = Console(markup=False, highlight=False, emoji=False)
    if not console.is_terminal:
        console.width = max(console.width, _LEAST_WIDTH)
    return console


def write_records(records: Iterable[msgspec.Struct]) -> int:
    """Write records as JSON Lines to stdout; return how many."""
    count = 0
    for encoded in wire.encode_lines(records):
        sys.stdout.buffer.write(encoded)
        count += 1
    sys.stdout.buffer.flush()
    return count
