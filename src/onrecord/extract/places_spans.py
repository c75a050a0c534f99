"""Which words are place names: what the parser's recogniser saw, and runs of capitals that the gazetteer knows.

Comes in: a reading and the gazetteer. Goes out: `Toponym` in order of the text, not yet resolved.
"""

import msgspec

from onrecord.lexicon.gazetteer import Gazetteer
from onrecord.model.reading import Name, Reading

_MOST = 6
_AFTER_DATELINE = frozenset({",", "(", "-", "–", "—", "--", "_", "/"})


class Toponym(msgspec.Struct, frozen=True):
    """Tokens `[first, last)` whose words are a key of the gazetteer, or a name without an entry (`known` False)."""

    first: int
    last: int
    text: str
    known: bool


def toponyms(reading: Reading, gazetteer: Gazetteer, dateline: str = "") -> list[Toponym]:
    """Return the place names, no two overlapping; the town of the dateline is one wherever it is named."""
    taken = bytearray(len(reading))
    found: list[Toponym] = []
    labels = gazetteer.group("label")
    for name in reading.names:
        if name.label in labels:
            found += _inside(reading, name.first, _farther(reading, name, gazetteer), gazetteer)
    seen = {toponym.text for toponym in found if toponym.known}
    town = dateline.split(",", maxsplit=1)[0].split("(", maxsplit=1)[0].strip()
    if town and gazetteer.holds(town):
        seen |= {town, town.title()}
    for name in reading.names:
        if name.label not in labels and _mislabelled(reading, name, seen, gazetteer):
            found.append(Toponym(name.first, name.last, reading.words(name.first, name.last), known=True))
    for name in reading.names:
        taken[name.first : name.last] = b"\1" * (name.last - name.first)
    found += _runs(reading, taken, gazetteer, seen)
    return sorted(found, key=lambda one: one.first)


def _farther(reading: Reading, name: Name, gazetteer: Gazetteer) -> int:
    """Return where a recognised name ends, after the words that the recogniser cut off ("Republic" "of Norland")."""
    taken = {token for other in reading.names if other is not name for token in range(other.first, other.last)}
    if name.last - name.first < _MOST:
        for last in range(min(len(reading), name.last + 3), name.last, -1):
            if reading.word(last - 1)[0].isupper() and not taken & set(range(name.last, last)):
                words = reading.words(name.first, last)
                if gazetteer.holds(words) and reading.sentence_of(last - 1) == reading.sentence_of(name.first):
                    return last
    return name.last


def in_names(reading: Reading, found: list[Toponym], gazetteer: Gazetteer) -> list[Toponym]:
    """Return the places that other names begin with ("Oslo Police"): no places of their own, but they tell where."""
    taken = {token for toponym in found for token in range(toponym.first, toponym.last)}
    more = []
    labels = gazetteer.group("label")
    alone = gazetteer.group("not_alone")
    for name in reading.names:
        if name.label in labels or name.label == "NORP" or name.last - name.first > 12:
            continue
        token = name.first
        while token < name.last:
            if token in taken or not reading.word(token)[0].isupper():
                token += 1
                continue
            for length in range(min(_MOST, name.last - token), 0, -1):
                words = reading.words(token, token + length)
                if words.lower() in alone or len(words) < 3 or not gazetteer.holds(words):
                    continue
                whole = length == name.last - name.first
                if name.label == "PERSON" and not (whole and length == 1):
                    continue
                if length > 1 or whole or token == name.first or _led(reading, token, gazetteer):
                    more.append(Toponym(token, token + length, words, known=True))
                token += length - 1
                break
            token += 1
    return more


def _mislabelled(reading: Reading, name: Name, seen: set[str], gazetteer: Gazetteer) -> bool:
    """Say whether a name that isn't labelled a place is one: named as such elsewhere, or "in" stands before it."""
    if name.last - name.first > _MOST or name.label in {"DATE", "NORP", "CARDINAL", "TIME", "MONEY"}:
        return False
    words = reading.words(name.first, name.last)
    if words in seen:
        return True
    led = name.first and reading.lemma[name.first - 1] in gazetteer.group("locative")
    return bool(led) and words.lower() not in gazetteer.group("not_alone") and gazetteer.holds(words)


def _led(reading: Reading, token: int, gazetteer: Gazetteer) -> bool:
    return bool(token) and reading.lemma[token - 1] in gazetteer.group("prep") | {","}


def given(reading: Reading, gazetteer: Gazetteer) -> list[Toponym]:
    """Return the recognised names as they stand (for a benchmark that gives the spans)."""
    return [
        Toponym(name.first, name.last, text, known=gazetteer.holds(text))
        for name in reading.names
        for text in (reading.words(name.first, name.last),)
    ]


def opening(reading: Reading, toponym: Toponym, gazetteer: Gazetteer) -> Toponym | None:
    """Return the known place that a name without an entry begins with ("Arkvik International Airport"), or None."""
    alone = gazetteer.group("not_alone") | gazetteer.group("direction")
    if reading.word(toponym.last - 1).lower() in gazetteer.group("road"):
        return None
    for last in range(toponym.last - 1, toponym.first, -1):
        words = reading.words(toponym.first, last)
        if len(words) > 3 and words[0].isupper() and words.lower() not in alone and gazetteer.holds(words):
            return Toponym(toponym.first, last, words, known=True)
    return None


def _dateline(reading: Reading, first: int, last: int) -> bool:
    """Say whether capitals at the start of a sentence are followed by what follows the place of a dateline."""
    if last >= len(reading) or reading.word(last) not in _AFTER_DATELINE:
        return False
    words = reading.words(first, last)
    return words.isupper() and len(words) > 3 and first == reading.sentences[reading.sentence_of(first)][0]


def _inside(reading: Reading, first: int, last: int, gazetteer: Gazetteer) -> list[Toponym]:
    """Cut a recognised name at commas, trim it, and shorten it until the gazetteer knows it."""
    pieces, begin = [], first
    for token in range(first, last + 1):
        if token == last or reading.word(token) in {",", "/", ";", "and"}:
            pieces.append((begin, token))
            begin = token + 1
    found = []
    for start, end in pieces:
        start, end = _trimmed(reading, start, end, gazetteer)  # noqa: PLW2901
        if start == end:
            continue
        road = reading.word(end - 1).lower() in gazetteer.group("road")
        whole = None if road else _longest(reading, start, end, gazetteer)
        if whole:
            found.append(whole)
        elif len(pieces) == 1 and reading.word(start)[0].isupper():
            found.append(Toponym(start, end, reading.words(start, end), known=False))
    return found


def _trimmed(reading: Reading, start: int, end: int, gazetteer: Gazetteer) -> tuple[int, int]:
    while start < end and not reading.word(start)[0].isupper() and not gazetteer.holds(reading.words(start, end)):
        start += 1
    while start < end and (reading.tag[end - 1] == "POS" or not reading.word(end - 1)[0].isalnum()):
        if reading.word(end - 1) == ".":
            break
        end -= 1
    return start, end


def _longest(reading: Reading, start: int, end: int, gazetteer: Gazetteer) -> Toponym | None:
    for length in range(min(end - start, _MOST), 0, -1):
        for first in range(start, end - length + 1):
            words = reading.words(first, first + length)
            if words[0].isupper() and gazetteer.holds(words):
                if length < end - start and not _may_shorten(reading, start, first, first + length, end, gazetteer):
                    continue
                return Toponym(first, first + length, words, known=True)
    return None


def _may_shorten(reading: Reading, start: int, first: int, last: int, end: int, gazetteer: Gazetteer) -> bool:
    """Only directions and words of kind ("northern", "the city of") may be left out."""
    spare = gazetteer.group("direction") | gazetteer.group("kind") | {"of"}
    rest = [*range(start, first), *range(last, end)]
    return all(reading.word(token).lower() in spare or reading.tag[token] == "POS" for token in rest)


def _runs(reading: Reading, taken: bytearray, gazetteer: Gazetteer, seen: set[str]) -> list[Toponym]:
    """Return runs of proper nouns that no recogniser claimed and something makes places.

    A preposition leads to them, they are named as places elsewhere, or they open a dateline ("ARKVIK, Norland -").
    """
    found, token, size = [], 0, len(reading)
    alone = gazetteer.group("not_alone")
    while token < size:
        if taken[token] or reading.pos[token] != "PROPN" or not reading.word(token)[0].isupper():
            token += 1
            continue
        end = token
        while end < min(size, token + _MOST) and not taken[end] and reading.pos[end] == "PROPN":
            end += 1
        words = reading.words(token, end)
        led = words in seen or _led(reading, token, gazetteer) or _dateline(reading, token, end)
        if led and len(words) > 2 and words.lower() not in alone and gazetteer.holds(words):
            found.append(Toponym(token, end, words, known=True))
        token = end
    return found
