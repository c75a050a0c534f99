"""What is seen of a word when capitals are restored: hashed pieces of it, and what lexicon and vocabulary know of it.

Training and reading share this file. Comes in: a word in lower case. Goes out: rows of the network's table.
"""

import re
from collections.abc import Iterator
from zlib import crc32

import msgspec

from onrecord.lexicon import Lexicon
from onrecord.lexicon.gazetteer import CITY, COUNTRY, REGION
from onrecord.lexicon.people import Known, fold

TOKEN = re.compile(r"[^\W_]+|[^\w\s]|_|\n")
SPECIAL, PIECES = 256, 1 << 14
WORDS = SPECIAL + PIECES  # the rows of known words begin here
NOTHING, LINE, DIGITS, MIXED, MARK, OTHER_MARK = 0, 1, 2, 3, 4, 5
_MARKS = {mark: 6 + at for at, mark in enumerate(".,;:!?'’\"“”()[]-–—/$%&*")}
_LENGTH, _FLAGS, _LEXICON, _PHRASE = 40, 60, 70, 110
_LONGEST = 14
_KINDS = ("state", "capital", "adjective", "people", "body", "armed", "person")
(
    _FIRST_NAME, _TITLE, _EPITHET, _PLACE, _CITY, _LARGE, _REGION, _COUNTRY, _CALENDAR, _ALIAS, _STATE_WORD, _ACRONYM,
    _PHRASE_WORD,
) = range(_LEXICON, _LEXICON + 13)  # fmt: skip

Phrases = tuple[tuple[tuple[str, ...], Known], ...]


def key(word: str) -> int:
    """Return the number under which a word is known: no text is kept."""
    return crc32(word.encode("utf-8", "surrogatepass"))


def pieces(word: str) -> Iterator[int]:
    """Yield the rows of a word's beginnings, ends and inner letters."""
    framed = f"<{word}>"
    for size in (3, 4):
        for at in range(len(framed) - size + 1):
            yield SPECIAL + (key(framed[at : at + size]) & (PIECES - 1))
    for size in (1, 2, 5):
        yield SPECIAL + (key(f"+{word[:size]}") & (PIECES - 1))
        yield SPECIAL + (key(f"-{word[-size:]}") & (PIECES - 1))


def seen(word: str) -> list[int]:
    """Return the rows that follow from a word's letters alone."""
    if word == "\n":
        return [LINE]
    if not word[0].isalnum():
        return [MARK, _MARKS.get(word, OTHER_MARK)]
    if word.isdigit():
        return [DIGITS, _LENGTH + min(len(word), _LONGEST)]
    rows = [_LENGTH + min(len(word), _LONGEST), *pieces(word)]
    return rows if word.isalpha() else [MIXED, *rows]


def flagged(flags: int) -> int:
    """Return the row of how a vocabulary knows a word: 1 in lower case, 2 with a capital, 4 in capitals."""
    return _FLAGS + flags


class Names:
    """What the lexicon knows of single words and of phrases."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Take the lexicon's books."""
        self._lexicon = lexicon
        book = lexicon.people
        self._alias = {word for name in book.alias_of for word in fold(name).split()}
        self._states = {
            word
            for state in book.states
            for name in (state.name, *state.names, *state.adjectives, *state.people, *state.capitals)
            for word in fold(name).split()
            if len(word) > 3
        }
        named = [(row.actor, row.name, *row.names) for row in book.groups]
        named += [(row.actor, row.name, *row.names) for row in book.bodies]
        self._acronyms = {fold(name) for names in named for name in names if name.isupper() and name.isalpha()}

    def rows(self, word: str) -> list[int]:
        """Return the rows of what is known of this word by itself."""
        if not word[0].isalpha():
            return []
        book, folded = self._lexicon.people, fold(word)
        rows = []
        for row, held in (
            (_FIRST_NAME, folded in book.gender_of),
            (_TITLE, folded in book.title_of),
            (_EPITHET, folded in book.epithet_of),
            (_ALIAS, folded in self._alias),
            (_STATE_WORD, folded in self._states),
            (_ACRONYM, folded in self._acronyms),
            (_PHRASE_WORD, folded in book.phrases),
        ):
            if held:
                rows.append(row)
        sites = self._lexicon.gazetteer.find(word, 1) if len(word) > 2 else ()
        if sites:
            kind = {COUNTRY: _COUNTRY, REGION: _REGION, CITY: _CITY}.get(sites[0].kind)
            rows += [_PLACE, *([kind] if kind else []), *([_LARGE] if sites[0].people > 100_000 else [])]
        return rows

    def phrases(self, word: str) -> Phrases:
        """Return the phrases of several words, or of one, that begin with this word, longest first."""
        found = self._lexicon.people.phrases.get(fold(word), ())
        if fold(word) not in self._acronyms:
            return found
        # of a name that the list has as "FARC" and "Farc", the net learned the capitals
        return tuple(
            (words, msgspec.structs.replace(known, upper=True) if len(words) == 1 else known) for words, known in found
        )


def phrase_row(known: Known, at: int, size: int) -> int:
    """Return the row of a word that stands at this place of a known phrase."""
    place = 0 if size == 1 else 1 if at == 0 else 2
    return _PHRASE + (_KINDS.index(known.known_as) * 3 + place) * 2 + known.upper
