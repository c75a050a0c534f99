"""Say whose side those are on whom an article only describes: "the army", "her movement". Comes in: a cast, its sides.

Goes out: the sides that one state or one armed movement alone can be meant by; nothing where there are two.
"""

from collections import Counter

from onrecord.model.cast import Cast
from onrecord.model.mention import ActorRef
from onrecord.model.reading import Reading

_TWICE = 2
_NAMES = frozenset({"name", "body", "demonym"})
_WHERE = frozenset({"in", "at", "near", "from", "outside", "into", "to"})


def one_movement(cast: Cast, by_head: dict[int, tuple[ActorRef, ...]]) -> dict[int, tuple[ActorRef, ...]]:
    """Return the sides of "the rebels", "her movement" where the article names one armed movement and no other."""
    named = Counter(
        refs[0].actor
        for member in cast.members
        if member.form in {"name", "body"} and len(refs := by_head[member.head]) == 1 and _armed(refs[0])
    )
    every = {ref.actor: ref for refs in by_head.values() for ref in refs}
    known = {actor for actor in every if actor in named or (actor.isupper() and _armed(every[actor]))}
    if len(known) != 1 or sum(named.values()) < _TWICE:
        return {}
    main = every[next(iter(known))]
    return {
        member.head: (main,)
        for member in cast.members
        if member.form not in {"name", "body"} and len(refs := by_head[member.head]) == 1 and _armed(refs[0])
        and (refs[0].country is None or main.country is None or refs[0].country == main.country)
    }  # fmt: skip


def in_own_item(
    reading: Reading, cast: Cast, by_head: dict[int, tuple[ActorRef, ...]]
) -> dict[int, tuple[ActorRef, ...]]:
    """Return no side for "the faction" of a digest where its own item does not name the one that it was taken for."""
    named: dict[int, set[str]] = {}
    for member in cast.members:
        if member.form in _NAMES or reading.pos[member.head] == "PROPN":
            here = reading.paragraph_of(reading.start[member.first])
            named.setdefault(here, set()).update(ref.actor for ref in by_head[member.head])
    return {
        member.head: ()
        for member in cast.members
        if member.form not in _NAMES
        and reading.pos[member.head] != "PROPN"
        and any(_armed(ref) for ref in by_head[member.head])
        and not {ref.actor for ref in by_head[member.head]}
        <= named.get(reading.paragraph_of(reading.start[member.first]), set())
        and any(ref.actor in others for ref in by_head[member.head] for others in named.values())
    }


def _of_a_person(reading: Reading, cast: Cast, token: int) -> bool:
    """Say whether a state only says where somebody is from: "former Kenyan minister X"."""
    above = cast.member_at(reading.head[token])
    return reading.dep[token] in {"amod", "compound", "nmod"} and above is not None and above.sort == "person"


def _armed(ref: ActorRef) -> bool:
    """Say whether a side is none of a state."""
    return ref.actor != ref.country


def at_home(
    reading: Reading,
    cast: Cast,
    by_head: dict[int, tuple[ActorRef, ...]],
    names: dict[str, str],
    of_state: frozenset[str],
    own: frozenset[str],
) -> dict[int, tuple[ActorRef, ...]]:
    """Return the state of "the army", "the government" where the article speaks of one state far more than of any."""
    times = Counter(
        ref.actor
        for member in cast.members
        if member.sort in {"state", "government"} and not _of_a_person(reading, cast, member.head)
        if reading.dep[member.head] != "pobj" or reading.lemma[reading.head[member.head]] not in _WHERE
        for ref in by_head[member.head]
        if not _armed(ref)
    )
    often = times.most_common(2)
    if not often or often[0][1] < _TWICE or (len(often) > 1 and often[0][1] < _TWICE * often[1][1]):
        return {}
    state = often[0][0]
    home = ActorRef(state, names.get(state, state), state)
    return {
        member.head: (home,)
        for member in cast.members
        if member.sort == "government" and member.form == "body" and not by_head[member.head]
        and reading.lemma[member.head] in of_state and not reading.children(member.head, "poss")
        and all(reading.lemma[one] in own for one in reading.children(member.head, "amod"))
    }  # fmt: skip


def of_one_movement(by_head: dict[int, tuple[ActorRef, ...]], wings: frozenset[str]) -> dict[int, tuple[ActorRef, ...]]:
    """Return the sides, a wing taken for the movement that it belongs to where the article names both.

    `wings` are pairs of ids, the wing's before the movement's: "NDFP NPA".
    """
    every = {ref.actor: ref for refs in by_head.values() for ref in refs}
    belongs = dict(pair.split() for pair in wings)
    whole = {wing: every[movement] for wing, movement in belongs.items() if wing in every and movement in every}
    if not whole:
        return by_head
    return {
        head: tuple({one.actor: one for one in (whole.get(ref.actor, ref) for ref in refs)}.values())
        for head, refs in by_head.items()
    }
