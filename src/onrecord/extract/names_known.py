"""Find the phrases that the lexicon knows in a reading: states, capitals, demonyms, bodies, armed groups, persons."""

import msgspec

from onrecord.extract.clause_tree import beside
from onrecord.lexicon.people import Known, PeopleBook, fold, pieces
from onrecord.model.reading import Reading

PERSON, ORG = "PERSON", "ORG"
# Before a capital these make it a place, not its government.
_LOCATIVE = frozenset(("in", "at", "near", "from", "around", "outside", "inside", "into", "via", "through", "across"))
# Modifiers in front of a noun that belong to its phrase.
_BEFORE = frozenset(
    [
        "det",
        "amod",
        "compound",
        "poss",
        "nmod",
        "nummod",
        "quantmod",
        "predet",
        "case",
        "punct",
        "advmod",
        "npadvmod",
        "flat",
        "appos",
    ]
)
_WIDE = 16


class Found(msgspec.Struct, frozen=True):
    """A known phrase at tokens `[first, last)`."""

    first: int
    last: int
    known: Known


def head_of(reading: Reading, first: int, last: int) -> int:
    """Return the token of `[first, last)` whose head lies outside, the last such one."""
    for token in range(last - 1, first - 1, -1):
        if not first <= reading.head[token] < last or reading.head[token] == token:
            return token
    return last - 1


def left_edge(reading: Reading, head: int, start: int) -> int:
    """Return where the noun phrase of this head begins: its modifiers before `start`, as far as they reach unbroken."""
    left = start
    for child in reversed(reading.children(head)):
        if child >= left:
            continue
        first, last = reading.subtree(child)
        joined = reading.child(child, "cc")
        if joined is not None and child < joined < left and beside(reading, child):
            left = joined + 1  # "A's government and B fighters" are two
            break
        if reading.dep[child] not in _BEFORE or last < left or start - first > _WIDE:
            break
        left = min(left, first)
    if left > 1 and reading.word(left - 1) in {"'s", "’s"} and reading.pos[left] != "DET":
        owner = left - 1  # the parser now and then takes the genitive of a name for a verb
        while owner > 0 and reading.pos[owner - 1] == "PROPN" and left - owner < 6:
            owner -= 1
        left = owner if owner < left - 1 else left
    while left < start and reading.pos[left] in {"PUNCT", "CCONJ", "ADP", "SCONJ"}:
        left += 1
    return left


def find(reading: Reading, book: PeopleBook) -> tuple[Found, ...]:
    """Return the known phrases in order of the text, none overlapping, the longest at each place."""
    words: list[str] = []
    owner: list[int] = []
    for token in range(len(reading)):
        for piece in pieces(reading.word(token)):
            words.append(piece)
            owner.append(token)
    found: list[Found] = []
    at = 0
    while at < len(words):
        hit = _at(reading, book, words, owner, at)
        if hit is None or _part_of_longer(reading, hit, found):
            at += 1
            continue
        found.append(hit)
        while at < len(words) and owner[at] < hit.last:
            at += 1
    return tuple(sorted([*found, *_halves(reading, book, found)], key=lambda one: one.first))


def _halves(reading: Reading, book: PeopleBook, found: list[Found]) -> list[Found]:
    """Return "the North" and its kin, where the article names just one state of which this is half the name."""
    named = {one.known.actor: one.known for one in found if one.known.sort == "state"}
    taken = {token for one in found for token in range(one.first, one.last)}
    more = []
    for token in range(1, len(reading)):
        states = book.halves.get(fold(reading.word(token))) if reading.word(token)[0].isupper() else None
        if not states or token in taken or fold(reading.word(token - 1)) != "the":
            continue
        here = [named[state.country] for state in states if state.country in named]
        after = reading.word(token + 1) if token + 1 < len(reading) else ""
        if len(here) == 1 and not after[:1].isupper() and after not in {"of", "-"}:
            known = here[0]
            more.append(Found(token, token + 1, Known(known.actor, known.name, "state", known.country, "state")))
    return more


def _at(reading: Reading, book: PeopleBook, words: list[str], owner: list[int], at: int) -> Found | None:
    entries = book.phrases.get(words[at])
    if entries is None or (at and owner[at - 1] == owner[at]):
        return None
    for phrase, known in entries:
        end = at + len(phrase)
        if end > len(words) or tuple(words[at:end]) != phrase or (end < len(words) and owner[end] == owner[end - 1]):
            continue
        first, last = owner[at], owner[end - 1] + 1
        text = reading.words(first, last)
        if len(text) < 90 and _cased(text, known):
            return Found(first, last, known)
    return None


def _part_of_longer(reading: Reading, hit: Found, found: list[Found]) -> bool:
    """Say whether a body's or a group's name is only the end of a longer name that the lexicon doesn't know."""
    before = hit.first - 1
    sort = hit.known.known_as == "body" or (hit.known.known_as == "armed" and hit.last - hit.first > 1)
    return (
        sort and before >= 0 and reading.pos[before] == "PROPN"
        and reading.dep[before] == "compound" and hit.first <= reading.head[before] < hit.last
        and reading.word(before)[:1].isupper() and not (found and found[-1].last == hit.first)
    )  # fmt: skip


def _cased(text: str, known: Known) -> bool:
    if known.upper:
        return text.isupper()
    return any(word[:1].isupper() for word in text.replace("-", " ").split())


def is_place(reading: Reading, found: Found) -> bool:
    """Say whether a capital is named as a place here and not for its government."""
    if found.known.known_as != "capital":
        return False
    head = head_of(reading, found.first, found.last)
    for _ in range(4):
        above = reading.head[head]
        if reading.dep[head] in {"conj", "appos"} and above != head:
            head = above
            continue
        return reading.dep[head] == "pobj" and reading.lemma[above] in _LOCATIVE
    return False
