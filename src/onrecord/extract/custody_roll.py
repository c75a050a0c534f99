"""Find the rolls of those exchanged: "Who are the six?", and under it a paragraph to each name.

Comes in: reading, cast, holdings. Goes out: for each roll its question and the persons named under it.
"""

import re

import msgspec

from onrecord.extract.custody_people import persons_at
from onrecord.extract.deals_terms import number
from onrecord.lexicon.custody import CustodyBook
from onrecord.model.cast import Cast, Member
from onrecord.model.holding import Holdings
from onrecord.model.mention import ActorRef
from onrecord.model.reading import Reading

_WHO = re.compile(r"(?:\W*\d{1,2}[.:]\d{2}\s+)?(?:so,?\s+)?who\b.{0,80}\?\s*$", re.IGNORECASE | re.DOTALL)
_MANY = 40
_LINE = 120
_SIDES = 2


class Roll(msgspec.Struct, frozen=True, kw_only=True):
    """A question who was exchanged, the token that it begins with, the number it gives, and who is named under it."""

    token: int
    count: int | None
    persons: tuple[Member, ...]


def rolls(reading: Reading, cast: Cast, book: CustodyBook) -> tuple[Roll, ...]:
    """Return the rolls in order of the text; one of fewer than two names, or of more than it says, is none."""
    found: list[Roll] = []
    for place, (start, end) in enumerate(reading.paragraphs):
        if end - start > _LINE or not _WHO.match(reading.text[start:end]):
            continue
        first, last = reading.tokens_in(start, end)
        counts = [number(reading.word(at)) for at in range(first, last) if reading.tag[at] == "CD"]
        count = next((one for one in reversed(counts) if one and one < _MANY), None)
        freed = any(reading.lemma[at] in book.words("freed") for at in range(first, last))
        persons = _under(reading, cast, place)
        if (count or freed) and len(persons) > 1 and len(persons) <= (count or _MANY):
            found.append(Roll(token=first, count=count, persons=persons))
    return tuple(found)


def side_of_roll(
    reading: Reading, cast: Cast, roll: Roll, holdings: Holdings
) -> tuple[tuple[str, ...], ActorRef | None]:
    """Return whose people those on the roll are, and who held them: "six Sudrians" of an exchange with Norland."""
    if roll.count is None or len(holdings.pair) < _SIDES:
        return (), None
    homes = {
        member.refs[0].country
        for member in cast.members
        if member.sort == "group" and len(member.refs) == 1
        and any(number(reading.word(one)) == roll.count for one in reading.children(member.head, "nummod"))
    }  # fmt: skip
    mine = [ref for ref in holdings.pair if ref.country in homes]
    others = [ref for ref in holdings.pair if ref.country not in homes]
    if len(mine) != 1 or len(others) != 1 or mine[0].country is None:
        return (), None
    return (mine[0].country,), others[0]


def _under(reading: Reading, cast: Cast, place: int) -> tuple[Member, ...]:
    """Return who is named at the head of the paragraphs that follow, up to the first that begins with no name."""
    found: list[Member] = []
    for start, end in reading.paragraphs[place + 1 : place + 1 + _MANY]:
        first, last = reading.tokens_in(start, end)
        while first < last and reading.pos[first] in {"PUNCT", "SPACE", "SYM"}:
            first += 1
        names = [one for one in cast.within(first, min(last, first + _MANY)) if one.form == "name"]
        names = [one for one in names if one.sort == "person" and len(one.refs) == 1]
        if not names or names[0].first > first + 2:
            break
        if names[0].first != first and not _pair(reading, first, names[0]):
            break
        found.append(names[0])
        found += [
            one for one in names[1:]
            if one.first <= names[0].last + 1 and reading.lemma[one.first - 1] in {"and", "&"}
        ]  # fmt: skip
    return tuple(found)


def _pair(reading: Reading, first: int, name: Member) -> bool:
    """Say whether only a first name and "and" stand before: "Bill and Dwayne Thackeray"."""
    return name.first == first + 2 and reading.lemma[first + 1] == "and" and reading.pos[first] == "PROPN"


def named_next(
    reading: Reading, cast: Cast, token: int, things: tuple[int, ...], book: CustodyBook
) -> tuple[Member, ...]:
    """Return who are named in the next sentence as those of whom this one tells: "They are X and Y", "Among them is X".

    What this one tells must be of several people, and of nobody by name.
    """
    place = reading.sentence_of(token) + 1
    several = any(reading.tag[thing] in {"NNS", "NNPS", "CD"} for thing in things)
    if not several or place >= len(reading.sentences):
        return ()
    first, last = reading.sentences[place]
    root = next((at for at in range(first, last) if reading.head[at] == at), first)
    if reading.lemma[root] not in book.words("is_of"):
        return ()
    subject = reading.child(root, "nsubj")
    opening = next((at for at in range(first, last) if reading.pos[at] not in {"PUNCT", "SPACE"}), first)
    among = reading.lemma[opening] in book.words("among") and reading.lemma[opening + 1] in {"they", "them"}
    if among:
        spots = reading.children(root, "nsubj", "attr")
    elif subject is not None and subject <= opening + 2 and reading.lemma[subject] in book.words("those"):
        spots = reading.children(root, "attr", "dobj")
    else:
        return ()
    return tuple(person for spot in spots for person in persons_at(reading, cast, spot))
