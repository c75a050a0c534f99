"""Name those of whom only the group is told. Comes in: reading, cast. Goes out: what was done, and to whom by name.

"A freed six Bs on Tuesday. The six, among them X and Y, ..." and "Gunmen let two nuns go. ... X and Y were seized in
May": the deed is told of the group, the names stand elsewhere. Where they can be of another group nothing is said.
"""

import msgspec

from onrecord.extract import clause
from onrecord.extract.custody_people import goes_on, persons_at
from onrecord.extract.custody_verbs import fits, off_topic, petty, phrasal, whom
from onrecord.extract.deals_terms import number
from onrecord.lexicon.custody import CustodyBook, CustodyRule
from onrecord.lexicon.hedges import HedgeBook
from onrecord.model.cast import Cast, Member
from onrecord.model.mention import ActorRef
from onrecord.model.reading import Reading

_AMONG = frozenset({"among", "amongst", "including"})
_THEM = frozenset({"they", "them"})
_DEEDS = frozenset({"released", "exchanged", "pardoned", "detained"})
_LETS_GO = frozenset({"released", "exchanged", "pardoned"})
_REAL = frozenset({"happened", "ongoing"})
_PLURAL = frozenset({"NNS", "NNPS"})
_YET = frozenset({"still", "yet"})
_WAS = frozenset({"was", "were", "had"})
_FAR = 12
_NEAR = 3
_LONG = 60
_FEW, _MANY = 2, 6


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """People of whom a verb tells something, called by a noun in the plural and not by name."""

    token: int
    rule: CustodyRule
    thing: int
    count: int | None
    lemma: str


class Named(msgspec.Struct, frozen=True, kw_only=True):
    """Whom of a group the words at a token name."""

    group: Group
    token: int
    persons: tuple[Member, ...]


def groups(
    reading: Reading, cast: Cast, book: CustodyBook, hedges: HedgeBook, *, swap: bool = False
) -> tuple[Group, ...]:  # fmt: skip
    """Return the groups of which it is told as done that they were seized, freed, exchanged or pardoned.

    In an article that tells of an exchange of prisoners (`swap`) those too who "walked across the bridge".
    """
    found: list[Group] = []
    for token in range(len(reading)):
        if not clause.is_verb(reading, token):
            continue
        lemma = reading.lemma[token]
        for rule, rest in (*book.of("object", lemma), *book.of("subject", lemma)):
            if rule.status not in _DEEDS or rule.supported or rule.over_border or rule.in_court:
                continue
            if rule.in_swap and not (swap and rule.status in _LETS_GO):
                continue
            if not phrasal(reading, token, rest) or not fits(reading, token, rule):
                continue
            if off_topic(reading, token, book) or petty(reading, token, book):
                continue
            if clause.modality(reading, token, hedges) not in {(real, "asserted") for real in _REAL}:
                continue
            things = [more for one in whom(reading, token, rule) for more in clause.conjuncts(reading, one)]
            found += [
                Group(token=token, rule=rule, thing=thing, count=_count(reading, thing), lemma=reading.lemma[thing])
                for thing in dict.fromkeys(things)
                if _several(reading, thing) and not persons_at(reading, cast, thing, alone=True)
            ]
            break
    return tuple(found)


def named(
    reading: Reading, cast: Cast, told: tuple[Group, ...], held: frozenset[str], names: dict[str, ActorRef],
    book: CustodyBook,
) -> tuple[Named, ...]:  # fmt: skip
    """Return whom the article names as some of a group or as all of it; `held` are the actors told to be held."""
    found: list[Named] = []
    for place, (first, last) in enumerate(reading.sentences):
        for token in range(first, last):
            persons = _named_as_some(reading, cast, token, first, last)
            if not persons:
                continue
            meant = _meant(reading, told, token, place)
            found += [Named(group=group, token=token, persons=persons) for group in meant]
            rest = _the_other(reading, cast, token, place) if meant else ()
            found += [Named(group=group, token=rest[0].head, persons=rest) for group in meant if rest]
    taken = {one.group.thing for one in found}
    for group in told:
        if group.rule.status in _LETS_GO and group.thing not in taken:
            persons = _counted(reading, cast, told, group, held, names, book)
            if persons:
                same = (one for one in told if one is group or _again(told, group, one))
                found += [Named(group=one, token=persons[0].head, persons=persons) for one in same]
    return tuple(found)


def _again(told: tuple[Group, ...], group: Group, other: Group) -> bool:
    """Say whether the other is the same people told of once more: the headline's, or all whom the verb tells of.

    "Gunmen let two nuns and 14 pupils go. The sixteen were handed over on Thursday".
    """
    if other.rule.status not in _LETS_GO:
        return False
    whole = [one.count for one in told if one.token == group.token]
    summed = None not in whole and sum(count or 0 for count in whole) == other.count and other.token > group.token
    return summed or (other.lemma == group.lemma and other.count in {None, group.count})


def _several(reading: Reading, thing: int) -> bool:
    return reading.tag[thing] in _PLURAL or reading.tag[thing] == "CD"


def _count(reading: Reading, thing: int) -> int | None:
    if reading.tag[thing] == "CD":
        return number(reading.word(thing))
    counts = [number(reading.word(one)) for one in reading.children(thing, "nummod")]
    return counts[0] if counts else None


def _named_as_some(reading: Reading, cast: Cast, token: int, first: int, last: int) -> tuple[Member, ...]:
    """Return the names by which some of those are called whom this token means."""
    end = min(last, token + _LONG)
    among = token > first and reading.lemma[token - 1] in _AMONG
    if reading.dep[token] == "pobj" and reading.head[token] == first and reading.lemma[first] in _AMONG:
        # "Among the freed As was X"
        verb = reading.head[first]
        told = reading.lemma[verb] == "be" and reading.child(verb, "neg") is None and reading.word(last - 1) != "?"
        return listed(reading, cast, verb + 1, end) if told else ()
    if among and token - 1 == first:
        # "Among them were X and Y"
        verb = reading.head[token - 1]
        if reading.lemma[verb] != "be" or reading.child(verb, "neg") is not None or reading.word(last - 1) == "?":
            return ()
        return listed(reading, cast, verb + 1, end)
    if among and reading.word(token - 2) == ",":
        # "The six, among them X and Y, left"
        return listed(reading, cast, token + 1, end)
    one = token - 2
    if one >= first and reading.lemma[token - 1] == "of" and reading.tag[one] == "CD":
        # "One of them was X", "One of them, X, spoke"
        verb = reading.head[one]
        if token + 1 < last and reading.word(token + 1) == ",":
            return listed(reading, cast, token + 2, end)[:1]
        plain = reading.lemma[verb] == "be" and verb > token and reading.child(verb, "neg") is None
        return listed(reading, cast, verb + 1, end)[:1] if plain and reading.lemma[one] == "one" else ()
    above = reading.head[token]
    if reading.dep[token] == "nsubj" and reading.lemma[above] == "include" and reading.child(above, "neg") is None:
        # "The six include X and Y"
        return listed(reading, cast, above + 1, end)
    return ()


def _the_other(reading: Reading, cast: Cast, token: int, place: int) -> tuple[Member, ...]:
    """Return who is the other, where one of two was named before: "One of them is X. ... The other, Y, was seized"."""
    if reading.lemma[token - 2] != "one" or reading.lemma[token - 1] != "of":
        return ()
    for first, last in reading.sentences[place + 1 : place + 1 + _NEAR]:
        if reading.word(first) == "The" and reading.lemma[first + 1] == "other" and last - first > _NEAR:
            skip = 2 if reading.word(first + 2) in {",", "is", "was"} else 1
            found = listed(reading, cast, first + 1 + skip, min(last, first + _LONG))[:1]
            if not found:
                inside = (one for one in cast.within(first, min(last, first + 2 * _NEAR)) if one.form == "name")
                found = tuple(one for one in inside if one.sort == "person" and len(one.refs) == 1)[:1]
            return found
    return ()


def listed(reading: Reading, cast: Cast, start: int, end: int) -> tuple[Member, ...]:
    """Return the persons of the list of names that begins here, their descriptions passed over."""
    found: list[Member] = []
    for member in cast.within(start, end):
        if member.sort != "person" or member.form != "name" or len(member.refs) != 1:
            continue
        before = reading.word(member.first - 1) if member.first else ""
        if not found:
            if member.first > start + _NEAR or any(reading.pos[at] == "VERB" for at in range(start, member.first)):
                return ()
            found.append(member)
            continue
        ends = next((at for at in range(found[-1].last, member.first) if _goes_on(reading, at, found)), None)
        if ends is not None:
            break
        if before in {"and", ",", ";"} and reading.dep[member.head] in {"conj", "appos", "nsubj", "dobj"}:
            found.append(member)
    return tuple(found)


def _goes_on(reading: Reading, at: int, found: list[Member]) -> bool:
    """Say whether the sentence goes on here, behind the list: at a verb that tells nothing of a name in it."""
    if reading.pos[at] not in {"VERB", "AUX"} or reading.dep[at] in {"amod", "compound"}:
        return False
    low = found[0].first
    for _ in range(_NEAR * _NEAR):
        if reading.dep[at] in {"relcl", "acl"}:
            return reading.head[at] < low
        if reading.head[at] == at or reading.head[at] < low:
            return True
        at = reading.head[at]
    return True


def _meant(reading: Reading, told: tuple[Group, ...], token: int, place: int) -> tuple[Group, ...]:
    """Return what is told of the group that this token means; nothing where it may be either of two."""
    before = [one for one in told if one.thing < token and place - reading.sentence_of(one.token) <= _FAR]
    if reading.lemma[token] in _THEM and reading.word(token - 2) == ",":
        # "The six, among them X": who stands right before the comma
        token = token - 3
        own = [one for one in before if one.thing == token]
        if own:
            return tuple(own)
    if reading.lemma[token] in _THEM:
        before = [one for one in before if place - reading.sentence_of(one.token) <= 1]
        near = max((reading.sentence_of(one.token) for one in before), default=place)
        before = [one for one in before if reading.sentence_of(one.token) == near]
        return tuple(before) if len({one.thing for one in before}) == 1 else ()
    the = any(reading.lemma[child] in {"the", "those", "these"} for child in reading.children(token, "det"))
    count = _count(reading, token)
    bare = reading.tag[token] == "CD"
    if not the or (count is None and bare):
        return ()
    alike = [
        one for one in before
        if (count is None or one.count == count) and (bare or one.lemma == reading.lemma[token])
    ]  # fmt: skip
    # "A freed six Bs", says the headline, and the text "six citizens": of one number, they are the same
    same = len({one.lemma for one in alike}) == 1 or len({one.rule.status for one in alike}) == 1
    return tuple(alike) if same else ()


def _counted(
    reading: Reading, cast: Cast, told: tuple[Group, ...], group: Group, held: frozenset[str],
    names: dict[str, ActorRef], book: CustodyBook,
) -> tuple[Member, ...]:  # fmt: skip
    """Return the only names, as many as the group has people, that stand together and are told to have been held."""
    if group.count is None or not _FEW <= group.count <= _MANY:
        return ()
    others = [one for one in told if one.count == group.count and one.lemma != group.lemma]
    if any(one.rule.status != group.rule.status for one in others):
        return ()
    here = reading.sentence_of(group.token)
    came = _come_home(reading, cast, group, here, book)
    if came:
        return came
    found: dict[frozenset[str], tuple[Member, ...]] = {}
    for first, last in reading.sentences[here + 1 : here + 1 + _FAR]:
        for member in cast.within(first, last):
            joined = _joined(reading, cast, member)
            actors = frozenset(names.get(one.refs[0].actor, one.refs[0]).actor for one in joined)
            if len(actors) == group.count and actors <= held and _seized(reading, member.head):
                found.setdefault(actors, joined)
    if len(found) != 1:
        return ()
    (actors, persons), *_ = found.items()
    still = any(
        ref.actor in actors and goes_on(reading, one.head, book) for one in cast.members if one.sort == "person"
        for ref in one.refs
    )  # fmt: skip
    return () if still else persons


def _come_home(reading: Reading, cast: Cast, group: Group, here: int, book: CustodyBook) -> tuple[Member, ...]:
    """Return as many names as the group has, of whom the next sentences tell that they came: "X, Y and Z landed"."""
    if group.rule.status not in _LETS_GO:
        return ()
    for first, last in reading.sentences[here + 1 : here + _NEAR]:
        for member in cast.within(first, last):
            joined = _joined(reading, cast, member)
            verb = reading.head[member.head]
            came = reading.lemma[verb] in book.words("arriving") and reading.tag[verb] in {"VBD", "VBN"}
            if came and len({one.refs[0].actor for one in joined}) == group.count and not reading.children(verb, "neg"):
                return joined
    return ()


def _seized(reading: Reading, subject: int) -> bool:
    """Say whether the verb of this subject tells in the past of what was done to him."""
    verb = reading.head[subject]
    was = {reading.word(one).lower() for one in reading.children(verb, "aux", "auxpass")}
    still = any(reading.lemma[one] in _YET for one in reading.children(verb, "advmod"))
    return reading.tag[verb] == "VBN" and bool(was & _WAS) and reading.child(verb, "neg") is None and not still


def _joined(reading: Reading, cast: Cast, member: Member) -> tuple[Member, ...]:
    """Return the names that are joined to this one, where it is the first of a subject: "X, 44, and Y, 47, were"."""
    if reading.dep[member.head] not in {"nsubj", "nsubjpass"} or member.form != "name":
        return ()
    heads = clause.conjuncts(reading, member.head)
    found = [one for one in (cast.member_at(at) for at in heads) if one is not None]
    people = [one for one in found if one.sort == "person" and one.form == "name" and len(one.refs) == 1]
    return tuple(people) if len(people) == len(heads) else ()
