"""CoNLL-U with GUM's `Entity` brackets: words, heads, and the mentions of entities, with where they stand in a text."""

import re
from collections.abc import Sequence

import msgspec

from onrecord.errors import UsageError

_ENTITY = re.compile(r"(?:^|\|)Entity=([^|]*)")
_BRACKET = re.compile(r"\([^()]+\)?|[^()]+\)")
_WIDE = 40


class Word(msgspec.Struct, frozen=True):
    """One word: as it is written, part of speech, the index of its head in the document (its own for a root)."""

    text: str
    pos: str
    head: int
    dep: str
    start: int
    end: int


class Marked(msgspec.Struct, frozen=True):
    """A marked mention: words `[first, last)`, its chain, type and kind of link (`appos`, `coref`, `ana` ...)."""

    first: int
    last: int
    chain: str
    type: str
    link: str


def read(conllu: str, text: str) -> tuple[tuple[Word, ...], tuple[Marked, ...]]:
    """Return the words with their characters in `text`, and the marked mentions in order.

    Raises `UsageError` where the words are not those of the text.
    """
    rows: list[tuple[str, ...]] = []
    firsts: list[int] = []
    first, fresh = 0, True
    for line in conllu.split("\n"):
        if not line.strip():
            fresh = True
        elif not line.startswith("#"):
            columns = tuple(line.split("\t"))
            if "-" in columns[0] or "." in columns[0]:
                continue
            first, fresh = (len(rows) if fresh else first), False
            rows.append(columns)
            firsts.append(first)
    places = aligned([row[1] for row in rows], text)
    words = tuple(
        Word(row[1], row[3], at if row[6] == "0" else firsts[at] + int(row[6]) - 1, row[7], *places[at])
        for at, row in enumerate(rows)
    )
    return words, _mentions([row[9] for row in rows])


def aligned(words: Sequence[str], text: str) -> list[tuple[int, int]]:
    """Return the characters of each word in the text, in order; blanks between and inside words are free."""
    found, at = [], 0
    for word in words:
        pattern = re.compile(r"\s*".join(map(re.escape, word)))
        hit = pattern.search(text, at, at + len(word) + _WIDE)
        if hit is None:
            message = f"the word {word!r} is not in the text after character {at}"
            raise UsageError(message)
        found.append(hit.span())
        at = hit.end()
    return found


def _mentions(fields: Sequence[str]) -> tuple[Marked, ...]:
    found: list[Marked] = []
    waiting: list[tuple[str, tuple[str, ...], int]] = []
    for at, field in enumerate(fields):
        entity = _ENTITY.search(field)
        for bracket in _BRACKET.findall(entity.group(1)) if entity else ():
            if bracket.startswith("("):
                parts = tuple(bracket.strip("()").split("-"))
                waiting.append((parts[0], parts, at))
            if bracket.endswith(")"):
                name = bracket.strip("()").split("-")[0]
                place = next((i for i in range(len(waiting) - 1, -1, -1) if waiting[i][0] == name), None)
                if place is not None:
                    _, parts, first = waiting.pop(place)
                    kind = parts[6] if len(parts) > 6 else ""
                    found.append(Marked(first, at + 1, name, parts[1] if len(parts) > 1 else "", kind))
    return tuple(sorted(found, key=lambda one: (one.first, -one.last)))
