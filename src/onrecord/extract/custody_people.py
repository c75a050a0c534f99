"""Say who a custody word is about. Comes in: a token. Goes out: the persons named there.

In a list with a clause to each name, a clause is about the name that it hangs on and about nobody else.
"""

import msgspec

from onrecord.extract.clause import conjuncts
from onrecord.lexicon.custody import CustodyBook
from onrecord.model.cast import Cast, Member
from onrecord.model.mention import ActorRef
from onrecord.model.reading import Reading

_NAMES = 12
_PLURAL = frozenset({"NNS", "NNPS"})


def persons_at(reading: Reading, cast: Cast, token: int, *, alone: bool = False) -> tuple[Member, ...]:
    """Return the persons that this token stands for: itself, those joined to it, and names in apposition.

    With `alone` those joined to it are left out.
    """
    found: dict[str, Member] = {}
    tokens = [token] if alone else list(conjuncts(reading, token))
    for at in (*tokens, *(other for one in tokens for other in reading.children(one, "appos"))):
        joined = (at,) if alone and reading.tag[token] not in _PLURAL else conjuncts(reading, at)[:_NAMES]
        _take(cast, joined, found)
    above = reading.head[token]
    while reading.dep[token] == "appos" and reading.dep[above] == "conj" and not alone:
        above = reading.head[above]
    if not found and reading.dep[token] == "appos" and above != token:
        _take(cast, (above,) if alone else conjuncts(reading, above)[:_NAMES], found)
    return tuple(dict.fromkeys(found.values()))


def _take(cast: Cast, tokens: tuple[int, ...], found: dict[str, Member]) -> None:
    for one in tokens:
        member = cast.member_at(one)
        if member is not None and _is_person(cast, member):
            for ref in member.refs:
                found.setdefault(ref.actor, member)


def own_clause(reading: Reading, verb: int, book: CustodyBook) -> bool:
    """Say whether the verb stands in a clause that hangs on one name of a list: "A, jailed in May; B"."""
    at = verb
    while (
        reading.dep[at] in {"conj", "xcomp", "advcl"}
        and reading.head[at] != at
        and reading.child(at, "nsubj", "nsubjpass") is None
    ):
        at = reading.head[at]
    if reading.dep[at] not in {"acl", "relcl"}:
        return False
    several = book.words("several")
    marks = (*reading.children(at, "aux", "auxpass", "advmod", "det", "nsubj", "nsubjpass", "dep"), at - 1)
    return not any(reading.lemma[one] in several or reading.word(one).lower() in several for one in marks if one >= 0)


def root_of(reading: Reading, token: int) -> int:
    """Return the first name of the list that this token stands in."""
    for _ in range(_NAMES):
        if reading.dep[token] != "conj" or reading.head[token] == token:
            break
        token = reading.head[token]
    return token


def _is_person(cast: Cast, member: Member) -> bool:
    """Say whether the member is one person whom the article calls by name somewhere."""
    if member.sort != "person" or len(member.refs) != 1:
        return False
    return member.form == "name" or (
        member.refs[0].name[:1].isupper()
        and any(
            other.form == "name" and other.refs and other.refs[0].actor == member.refs[0].actor
            for other in cast.members
        )
    )


def is_many(reading: Reading, member: Member) -> bool:
    """Say whether a "name" is that of a people or a faith: "six Protestants"."""
    return reading.tag[member.head] in _PLURAL or bool(reading.children(member.head, "nummod"))


def fuller(cast: Cast) -> dict[str, ActorRef]:
    """Return, for each person who is called by a part of exactly one longer name, the one of that longer name."""
    names: dict[str, ActorRef] = {}
    for member in cast.members:
        if member.sort == "person" and len(member.refs) == 1 and member.refs[0].name[:1].isupper():
            names.setdefault(member.refs[0].actor, member.refs[0])
    found: dict[str, ActorRef] = {}
    ends: dict[str, list[ActorRef]] = {}
    for ref in names.values():
        words = ref.name.split()
        for cut in range(1, len(words)):
            ends.setdefault(" ".join(words[cut:]).lower(), []).append(ref)
            if cut > 1:
                ends.setdefault(" ".join(words[:cut]).lower(), []).append(ref)
    for actor, ref in names.items():
        longer = [one for one in ends.get(ref.name.lower(), ()) if one.actor != actor]
        if len({one.actor for one in longer}) == 1:
            found[actor] = msgspec.structs.replace(longer[0], mention=ref.mention)
    return found
