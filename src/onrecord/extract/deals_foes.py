"""Say who "the army" and "the rebels" of an article are. Comes in: reading, cast, word lists. Goes out: one side each.

A wire names the two sides once and then writes "the army", "the rebels", "its fighters". Where the article names just
one state's army or government, and just one armed group, these words stand for them; where several, for nobody.
"""

from collections import Counter

import msgspec

from onrecord.model.cast import Cast, Member
from onrecord.model.mention import ActorRef
from onrecord.model.reading import Reading

_CODE, _TWICE, _NEAR = 3, 2, 8
_NAMES = {"NNP", "NNPS"}
_MINE = frozenset({"our", "my", "we"})


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """The lists that are needed: who is armed, what bands call themselves, what is a state's own."""

    armed: frozenset[str]
    fronts: frozenset[str]
    bands: frozenset[str]
    of_state: frozenset[str]
    wars: frozenset[str]
    abroad: frozenset[str]
    soldiery: frozenset[str]
    speaks: frozenset[str] = frozenset()


def home_state(reading: Reading, cast: Cast, words: Words, states: dict[str, str]) -> str | None:
    """Return the code of the only state whose army or government the article tells of, else of the only one it names.

    A minister of another state, or a capital where people meet, makes no home.
    """
    owners: Counter[str] = Counter()
    named: Counter[str] = Counter()
    fought: Counter[str] = Counter()
    soldiers: Counter[str] = Counter()
    for member in cast.members:
        for ref in member.refs:
            code = ref.country
            if code is None or len(code) != _CODE:
                continue
            owners[code] += member.sort == "government" and reading.lemma[member.head] in words.of_state
            soldiers[code] += member.sort == "group" and reading.lemma[member.head] in words.soldiery
            text = reading.words(member.first, member.last).removeprefix("the ")
            called = member.form == "name" and (text == states.get(code) or text.isupper())
            if member.sort == "state" and called and not (_dateline(reading, member) or _beyond(reading, member)):
                named[code] += 1
                fought[code] += _at_war(reading, member.head, words)
    hosts = {
        ref.country for member in cast.members if member.sort == "armed_group"
        for ref in member.refs if ref.actor.isupper() and ref.country and ref.country.lower() not in words.abroad
    }  # fmt: skip
    if not +owners and not +fought and len(hosts) == 1:
        return next(iter(hosts))
    for found in (+owners, +fought, named, +soldiers):
        if found:
            return next(iter(found)) if len(found) == 1 else None
    return None


def _at_war(reading: Reading, head: int, words: Words) -> bool:
    """Say whether it is the place of a war: "the conflict in A", "A's civil war"."""
    above = reading.head[head]
    noun = reading.head[above] if reading.dep[head] == "pobj" else above
    about = {reading.lemma[noun], *(reading.lemma[child] for child in reading.children(noun, "amod"))}
    return reading.dep[head] in {"pobj", "poss", "compound"} and bool(about & words.wars)


def _beyond(reading: Reading, member: Member) -> bool:
    """Say whether the state is named as a place that something lies by or comes from: "near A", "from A"."""
    above = reading.head[member.head]
    return reading.dep[member.head] == "pobj" and reading.lemma[above] in {"near", "from", "to", "into", "outside"}


def _dateline(reading: Reading, member: Member) -> bool:
    """Say whether the name opens a paragraph as the place of writing: "NORLAND CITY, May 3", "Arven (Norland) -"."""
    start = reading.start[member.first]
    opens = bool(reading.paragraphs) and start == reading.paragraphs[reading.paragraph_of(start)][0]
    behind = range(member.last, min(member.last + 2, len(reading)))
    return opens and any(not reading.word(at)[:1].isalnum() and reading.word(at)[:1] not in {"'", "’"} for at in behind)


def unnamed(
    reading: Reading, cast: Cast, by_head: dict[int, tuple[ActorRef, ...]], words: Words, home: str | None
) -> dict[int, tuple[ActorRef, ...]]:
    """Return the sides of rebels whom the article calls by no name: "A's Maoist rebels", "the rebels" are the same.

    Only where every mention of armed people has the same noun, and none is of another country.
    """
    found: dict[int, ActorRef] = {}
    led: set[int] = set()
    for member in cast.members:
        side = by_head.get(member.head, ())
        if len(side) != 1 or side[0].actor == side[0].country:
            continue
        leader = member.sort == "person" and leads(reading, member, words)
        if leader:
            led.add(member.head)
            found[member.head] = side[0]
            continue
        if (
            member.sort not in {"group", "armed_group"}
            or side[0].country not in {None, home}
            or side[0].actor.isupper()
        ):
            return {}
        found[member.head] = side[0]
    many = {head: side for head, side in found.items() if reading.lemma[head] in words.armed}
    nouns = {reading.lemma[head] for head in found.keys() - led if reading.pos[head] not in {"PRON", "PROPN"}}
    if len(nouns) > 1 or not nouns <= words.armed or len(found) < _TWICE:
        return {}
    first = many[min(many)] if many else found[min(found)]
    return dict.fromkeys(found, (first,))


def bands(reading: Reading, cast: Cast, words: Words) -> dict[str, ActorRef]:
    """Return the organisations that fight, though no list knows them, by their id.

    They call themselves an army or a front; or an alliance or movement, and the article calls somebody there rebels and
    names them in one breath with a state or with a word for the armed.
    """
    told = sum(reading.lemma[at] in words.armed for at in range(len(reading)))
    armed, fought = told > 0, told >= _TWICE
    found: dict[str, ActorRef] = {}
    for member in cast.members:
        if (
            member.sort not in {"organisation", "person", "government"}
            or len(member.refs) != 1
            or member.refs[0].country
        ):
            continue
        ref, last = member.refs[0], reading.word(member.last - 1)
        if not last[:1].isupper() or ref.actor.isupper():
            continue
        sworn = (last.lower() in words.fronts and reading.word(member.last - 2)[:1].isupper()) or (
            armed and _with_a_government(reading, cast, member, words)
        )
        if sworn or (fought and last.lower() in words.bands and _beside_foe(reading, cast, member, words)):
            found.setdefault(ref.actor, ActorRef(ref.actor, ref.name, ref.country))
    return found


def _with_a_government(reading: Reading, cast: Cast, member: Member, words: Words) -> bool:
    """Say whether the organisation is joined to a government, and calls itself a movement of fighters or the like.

    "The Government of A and the Movement of B Forces".
    """
    head = member.head
    if reading.dep[head] != "conj":
        return False
    other = cast.member_at(reading.head[head])
    names = {reading.word(at).lower() for at in range(member.first, member.last)}
    return other is not None and other.sort == "government" and bool(names & (words.fronts | words.bands))


def _beside_foe(reading: Reading, cast: Cast, member: Member, words: Words) -> bool:
    """Say whether the organisation is named beside a state or an army, or is called rebels right behind its name."""
    head = member.head
    spots = [head, reading.head[head]] if reading.dep[head] == "conj" else [head]
    for spot in spots:
        for other in (spot, *reading.children(spot, "conj")):
            joined = cast.member_at(other) if other != head else None
            if joined is not None and joined.sort in {"state", "government"}:
                return True
    behind = range(member.last, min(member.last + _NEAR, len(reading)))
    described = any(reading.lemma[at] in words.armed | words.of_state for at in behind)
    return described and member.last < len(reading) and reading.word(member.last) in {",", "("}


def appositions(reading: Reading, cast: Cast) -> dict[int, int]:
    """Return the heads of descriptions, each with that of the name behind it: "the rebel group A"."""
    heads = {member.head: member for member in cast.members}
    return {
        member.head: name
        for member in cast.members
        if member.sort in {"group", "armed_group"} and member.form == "group"
        for name in reading.children(member.head, "appos")
        if name in heads
        and (
            (name == member.head + 1 and heads[name].sort in {"armed_group", "organisation"})
            or (
                member.sort == "armed_group"
                and reading.word(member.last) == ","
                and any(ref.actor.isupper() for ref in heads[name].refs)
            )
        )
    }


def only_band(by_head: dict[int, tuple[ActorRef, ...]], cast: Cast, reading: Reading) -> ActorRef | None:
    """Return the only armed group that the article calls by a name, and at least twice; else None."""
    counts: Counter[str] = Counter()
    named: dict[str, ActorRef] = {}
    for member in cast.members:
        side = by_head.get(member.head, ())
        if len(side) != 1 or side[0].actor == side[0].country or member.sort == "person":
            continue
        counts[side[0].actor] += 1
        # "chad-and-ennedi-rebels" is a description; a name is written with capitals to its end
        called = member.sort == "organisation" and reading.word(member.last - 1)[:1].isupper()
        if called or side[0].actor.isupper():
            named[side[0].actor] = side[0]
    only = next(iter(named)) if len(named) == 1 else None
    return named[only] if only is not None and (counts[only] >= _TWICE or named[only].country is not None) else None


def only_armed(by_head: dict[int, tuple[ActorRef, ...]]) -> ActorRef | None:
    """Return the only side that is no state, where the article speaks of it at least twice."""
    sides = [ref for refs in by_head.values() for ref in refs if ref.actor != ref.country]
    return sides[0] if len({ref.actor for ref in sides}) == 1 and len(sides) >= _TWICE else None


def leads(reading: Reading, member: Member, words: Words) -> bool:
    """Say whether a person is called by arms: "rebel leader X", "the separatist commander X"."""
    return member.form in {"name", "office"} and any(
        reading.lemma[at] in words.armed - words.of_state for at in range(member.first, member.head)
    )


def described(reading: Reading, member: Member, words: Words, band: ActorRef, home: str | None) -> bool:
    """Say whether this only describes armed people who can be the band's: "the rebels", "its fighters"."""
    if member.form == "pronoun" or len(member.refs) != 1 or member.refs[0].country not in {None, home, band.country}:
        return False
    if reading.tag[member.head] in _NAMES:
        return False
    head = reading.lemma[member.head]
    if any(reading.lemma[child] in _MINE for child in reading.children(member.head, "poss")):
        return False  # "our forces" are the speaker's
    if member.sort == "group" or head in words.armed:
        return head in words.armed and (not member.refs[0].actor.isupper() or member.sort == "group")
    if member.refs[0].country is not None:
        return False
    beside = {reading.lemma[at] for at in reading.children(member.head, "amod", "compound")}
    owned = reading.child(member.head, "poss") is not None and head not in words.of_state
    return head in words.bands | words.fronts and (bool(beside & words.armed) or owned)


def rules_part(reading: Reading, member: Member, ruling: frozenset[str]) -> bool:
    """Say whether these are forces or authorities told by what they hold: "the forces that control eastern A"."""
    return member.sort == "government" and any(
        reading.lemma[clause] in ruling and reading.child(clause, "nsubj") is not None
        for clause in reading.children(member.head, "relcl")
    )
