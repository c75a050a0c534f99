"""Say who a custody word is about. Comes in: a token. Goes out: persons named there, with their nationalities."""

from onrecord.extract.clause import conjuncts
from onrecord.lexicon.custody import CustodyBook
from onrecord.model.cast import Cast, Member
from onrecord.model.mention import ActorRef
from onrecord.model.reading import Reading

_NAMES = 12


def persons_at(reading: Reading, cast: Cast, token: int) -> tuple[Member, ...]:
    """Return the persons that this token stands for: itself, those joined to it, and names in apposition."""
    found: dict[str, Member] = {}
    tokens = list(conjuncts(reading, token))
    for at in (*tokens, *(other for one in tokens for other in reading.children(one, "appos"))):
        for one in conjuncts(reading, at)[:_NAMES]:
            member = cast.member_at(one)
            if member is not None and _is_person(cast, member):
                for ref in member.refs:
                    found.setdefault(ref.actor, member)
    above = reading.head[token]
    while reading.dep[token] == "appos" and reading.dep[above] == "conj":
        above = reading.head[above]
    if not found and reading.dep[token] == "appos" and above != token:
        for one in conjuncts(reading, above)[:_NAMES]:
            member = cast.member_at(one)
            if member is not None and _is_person(cast, member):
                for ref in member.refs:
                    found.setdefault(ref.actor, member)
    return tuple(dict.fromkeys(found.values()))


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


def nationalities(reading: Reading, cast: Cast, person: Member, book: CustodyBook) -> tuple[str, ...]:
    """Return the countries that the words around the name give as the person's: "dual A-B citizen", "A journalist"."""
    token = person.head
    found: dict[str, None] = {}
    stretches = [(person.first, person.last)]
    for spot in (*reading.children(token, "appos"), *((reading.head[token],) if reading.dep[token] == "appos" else ())):
        if reading.pos[spot] == "NOUN":
            first, _ = reading.subtree(spot)
            stretches.append((max(first, spot - 6), spot))
    for first, last in stretches:
        for member in cast.within(first, last):
            owned = reading.dep[member.head] in {"poss", "pobj"}
            if member.sort == "state" and member.form in {"demonym", "name"} and not owned:
                found |= {ref.country: None for ref in member.refs if ref.country and len(ref.country) == 3}
    if not found:
        around = [token, *reading.children(token, "amod", "compound", "nmod")]
        for one in around:
            near = cast.member_at(one)
            if near is not None and near.form == "demonym" and near.sort == "state":
                found |= {ref.country: None for ref in near.refs if ref.country and len(ref.country) == 3}
    del book
    return tuple(found)


def refs_of(members: tuple[Member, ...]) -> tuple[ActorRef, ...]:
    """Return the actors that these members stand for, each once."""
    found: dict[str, ActorRef] = {}
    for member in members:
        for ref in member.refs:
            found.setdefault(ref.actor, ref)
    return tuple(found.values())
