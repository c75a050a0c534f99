"""Words that point back at somebody told of before: "the intruders", "seventy" of the two hundred.

Comes in: a reading, roles and hits. Goes out: roles or tokens; where two could be meant, nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import structs

from onrecord.extract import clause
from onrecord.extract.acts_role import BY_SIDE, Role, slug

if TYPE_CHECKING:
    from onrecord.extract.acts_match import Hit
    from onrecord.extract.acts_roles import Roles
    from onrecord.extract.acts_sides import Sides
    from onrecord.model.reading import Reading

_FORCE = frozenset({"ASSAULT", "MOBILIZE", "COERCE"})
_NEAR = 3
_THE = frozenset({"the", "these", "those", "his", "her", "their", "its"})
_COUNT = frozenset({"nummod"})


class Echo:
    """Those who are named by the deed that they were told to have done."""

    def __init__(self, reading: Reading, roles: Roles, sides: Sides) -> None:
        self.reading, self.roles, self.sides = reading, roles, sides

    def known(self, hit: Hit, actors: tuple[Role, ...]) -> tuple[Role, ...]:
        """Return these with "the attackers", "the intruders" resolved to whom the article told to have done so."""
        return tuple(found for role in actors for found in (self._before(hit, role) or (role,)))

    def _before(self, hit: Hit, role: Role) -> tuple[Role, ...]:
        reading, span = self.reading, role.ref.mention
        if span is None or role.ref.country is not None or role.ref.actor != slug(role.ref.name):
            return ()
        token = clause.head_of(reading, span.start, span.end)
        if token is None or reading.lemma[token] not in self.roles.book.words("assailant"):
            return ()
        if not any(reading.word(child).lower() in _THE for child in reading.children(token, "det", "poss")):
            return ()
        here = reading.sentence_of(token)
        for other in reversed(self.sides.hits):
            if other.token >= hit.token or other.rule.type not in _FORCE:
                continue
            if here - reading.sentence_of(other.token) > _NEAR:
                return ()
            doers = self.roles.who(self.sides.doers_at(other)[0])
            if len(doers) == 1 and doers[0].ref.actor != role.ref.actor:
                return (structs.replace(doers[0], ref=structs.replace(doers[0].ref, mention=span), inferred=BY_SIDE),)
        return ()


def parted(reading: Reading, token: int) -> int | None:
    """Return the noun of whom a bare number counts a part: "Of the 200 prisoners, ... Seventy were deported"."""
    here = reading.sentence_of(token)
    for sentence in range(here, max(-1, here - _NEAR), -1):
        first, last = reading.sentences[sentence]
        if reading.paragraph_of(reading.start[first]) != reading.paragraph_of(reading.start[token]):
            return None
        if reading.lemma[first] != "of" or first + 1 >= last:
            continue
        whole = next((noun for noun in reading.children(first, "pobj") if _number(reading, noun) is not None), None)
        if whole is not None and whole != token:
            return _first_told(reading, whole)
    return None


def _number(reading: Reading, noun: int) -> str | None:
    return next((reading.word(child).lower() for child in reading.children(noun, *_COUNT)), None)


def _first_told(reading: Reading, noun: int) -> int:
    """Return the noun that told of as many of the same people just before ("200 Sarnian prisoners"), else this one."""
    number, told = _number(reading, noun), reading.lemma[noun].lower()[:6]
    for before in range(noun - 1, -1, -1):
        if reading.tag[before] not in {"NNS", "NNPS"} or _number(reading, before) != number:
            continue
        words = (reading.lemma[child].lower()[:6] for child in (before, *reading.children(before, "amod", "compound")))
        if told in words:
            return before
    return noun
