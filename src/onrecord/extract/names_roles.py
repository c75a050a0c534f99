"""Find the noun phrases that point at somebody without a name: offices, roles, groups, governments, armies, sides."""

import msgspec

from onrecord.extract.clause_tree import beside
from onrecord.extract.names_known import Found, left_edge
from onrecord.lexicon.people import Epithet, PeopleBook, fold
from onrecord.model.reading import Reading

_HYPHENS = frozenset("-‐‑")
_AFTER = frozenset({"of", "at", "in", "for", "from", "with", "to"})
_TIMES = frozenset({"DATE", "TIME"})


class Role(msgspec.Struct, frozen=True):
    """A noun phrase at `[first, last)`, its head noun and what the lexicon says of that noun."""

    first: int
    last: int
    head: int
    epithet: Epithet
    plural: bool
    states: tuple[Found, ...] = ()
    body: Found | None = None


def find(reading: Reading, known: tuple[Found, ...], inside: frozenset[int], book: PeopleBook) -> tuple[Role, ...]:
    """Return the roles in order of the text; `inside` are the tokens that named persons and bodies have taken."""
    taken = {token: found for found in known for token in range(found.first, found.last)}
    timed = {token for name in reading.names if name.label in _TIMES for token in range(name.first, name.last)}
    roles = []
    for token in range(len(reading)):
        if reading.pos[token] not in {"NOUN", "PROPN"} or token in inside or token in taken:
            continue
        before = reading.dep[token] in {"compound", "nmod", "amod"} and reading.head[token] > token
        if before and not beside(reading, token):
            continue
        epithet = book.epithet_of.get(reading.lemma[token]) or book.epithet_of.get(fold(reading.word(token)))
        if epithet is not None:
            roles.append(_role(reading, token, epithet, taken, timed))
    return tuple(roles)


def _role(reading: Reading, head: int, epithet: Epithet, taken: dict[int, Found], timed: set[int]) -> Role:
    first = left_edge(reading, head, head)
    last = head + 1
    for child in reading.children(head, "prep"):
        if child != last or reading.lemma[child] not in _AFTER:
            break
        end = _short(reading, child)
        if end is None or any(token in timed for token in range(child, end)):
            break
        last = end
    inner = list(dict.fromkeys(taken[token] for token in range(first, last) if token in taken))
    bodies = [found for found in inner if found.known.known_as in {"body", "armed"}]
    # "the A-linked B group" is B's
    own = [found for found in bodies if not (found.last < len(reading) and reading.word(found.last) in _HYPHENS)]
    body = next(iter(own or bodies), None)
    states = tuple(found for found in inner if found.known.known_as in {"state", "adjective", "people", "capital"})
    plural = reading.tag[head] in {"NNS", "NNPS"} or epithet.kind == "people"
    return Role(first, last, head, epithet, plural, states, body)


def _short(reading: Reading, preposition: int) -> int | None:
    """Return where the phrase of a preposition ends, without clauses and appositions; None if it is not a plain one."""
    objects = reading.children(preposition, "pobj")
    if not objects:
        return None
    _, last = reading.subtree(objects[0])
    end = preposition + 1
    while end < last and end - preposition < 12:
        if reading.pos[end] in {"VERB", "AUX", "SCONJ"} or reading.text[reading.start[end]] in ',;:()—–"“”':
            break
        end += 1
    return end if end > objects[0] else None
