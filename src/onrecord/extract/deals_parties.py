"""Say between whom a deal is. Comes in: reading, cast, a mention or a verb. Goes out: sides, told apart from brokers.

A person stands for the state or armed group that he speaks for; the United Nations or the Red Cross are nobody's side.
"""

import re
from functools import cached_property

import msgspec

from onrecord.extract import deals_foes as foes
from onrecord.extract.clause import conjuncts, subject_of
from onrecord.extract.deals_home import at_home, in_own_item, of_one_movement, one_movement
from onrecord.extract.deals_mentions import DealMention
from onrecord.extract.deals_names import by_name
from onrecord.extract.deals_things import astray_subject
from onrecord.lexicon import Lexicon
from onrecord.lexicon.deals import DealBook
from onrecord.model.cast import Cast, Member
from onrecord.model.mention import ActorRef
from onrecord.model.reading import Reading

_FOR_BOTH = frozenset({"peace_agreement", "ceasefire"})
_STATE = ("state", "government")
_CODE = 3
_WIDE = 60
_OFTEN = 3
_CONCLUDED = frozenset({"agreed", "signed"})
PLACED = frozenset({"in", "at", "near", "from", "outside", "into"})  # "freed by his captors in northern A"
_LABEL = re.compile(r"[A-Z][A-Z' -]{3,30}[.:]\s+[A-Z]")


class Sides(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """Whose side each member of the cast is on, by its place in the cast; None where it is on nobody's."""

    cast: Cast
    by_head: dict[int, tuple[ActorRef, ...]]
    names: dict[str, str]
    states: dict[str, str] = {}
    digest: bool = False
    versus: tuple[ActorRef, ...] = ()
    home: str | None = None

    def at(self, token: int) -> tuple[ActorRef, ...]:
        """Return the sides that the token stands for."""
        member = self.cast.member_at(token)
        return self.by_head.get(member.head, ()) if member else ()

    def of_actor(self, actor: str) -> tuple[ActorRef, ...]:
        """Return the sides that the actor with this id is on."""
        return self._by_actor.get(actor, ())

    @cached_property
    def _by_actor(self) -> dict[str, tuple[ActorRef, ...]]:
        found: dict[str, tuple[ActorRef, ...]] = {}
        for member in self.cast.members:
            for ref in member.refs:
                if len(member.refs) == 1 and not found.get(ref.actor):
                    found[ref.actor] = self.by_head.get(member.head, ())
        return found

    def state(self, country: str) -> ActorRef:
        """Return this state by its name, whether the article has it or only its people."""
        return ActorRef(country, self.names.get(country) or self.states.get(country, country), country)

    def within(self, first: int, last: int) -> tuple[ActorRef, ...]:
        """Return the sides that are named in tokens `[first, last)`, each once, in order."""
        found: dict[str, ActorRef] = {}
        for member in self.cast.within(first, last):
            for ref in self.by_head.get(member.head, ()):
                found.setdefault(ref.actor, ref)
        return tuple(found.values())


def sides_of(reading: Reading, cast: Cast, lexicon: Lexicon) -> Sides:
    """Return whose side each member of the cast is on; a state is called by its name, whatever stands for it."""
    book, states = lexicon.deals, {code: row.name for code, row in lexicon.people.state_of.items()}
    names = {
        ref.actor: states.get(ref.actor, ref.name)
        for member in cast.members
        if member.sort in _STATE
        for ref in member.refs
        if ref.actor == ref.country
    }
    groups = {
        ref.actor: ActorRef(ref.actor, ref.name, ref.country)
        for member in cast.members
        if member.sort == "armed_group" and not _anybody(reading, member, book)
        for ref in member.refs
    }
    words = foes.Words(
        armed=book.words("armed"), fronts=book.words("fronts"), bands=book.words("bands"),
        of_state=book.words("of_state"), wars=book.words("wars"), abroad=book.words("abroad"),
        soldiery=book.words("soldiery"),
        speaks=book.words("speaks"),
    )  # fmt: skip
    named_behind = foes.appositions(reading, cast)
    bands = foes.bands(reading, cast, words)
    headed = labels(reading, cast)
    known = _Known(
        names=names, groups=groups | bands, labels=headed, words=words, states=states,
        home=None if headed else foes.home_state(reading, cast, words, states),
    )  # fmt: skip
    by_head = {member.head: _sides(reading, member, known, cast) for member in cast.members}
    by_head |= {head: by_head[name] for head, name in named_behind.items() if by_head.get(name)}
    by_head = of_one_movement(by_head, book.words("wings"))
    only = None if headed else foes.only_band(by_head, cast, reading)
    if only is not None:
        ruling = book.words("ruling")
        by_head |= {
            member.head: (only,) for member in cast.members
            if not by_head.get(member.head) and foes.rules_part(reading, member, ruling)
        }  # fmt: skip
    if only is not None:
        by_head |= {
            member.head: (only,)
            for member in cast.members
            if foes.described(reading, member, words, only, known.home)
            or (member.sort == "person" and foes.leads(reading, member, words))
        }
    main = _main_group(cast)
    for member in cast.members:
        refs = by_head[member.head] if main is not None and member.sort == "armed_group" else ()
        described = member.form == "group" and len(refs) == 1 and refs[0].actor not in _named_groups(cast)
        if main is not None and described and refs[0].country == main.country:
            by_head[member.head] = (main,)
    digest = len(known.labels) > 1 or _many_labels(reading)
    if digest:
        by_head |= in_own_item(reading, cast, by_head)
    if not digest:
        by_head |= one_movement(cast, by_head)
        by_head |= at_home(reading, cast, by_head, {**states, **names}, book.words("of_state"), book.words("own"))
    if only is None and not digest:
        by_head |= foes.unnamed(reading, cast, by_head, words, known.home)
        only = foes.only_armed(by_head)
    versus = (_state(known.home, known), only) if known.home and only is not None else ()
    for member in cast.members:
        owners = {ref.actor for one in reading.children(member.head, "poss") for ref in by_head.get(one, ())}
        both = by_head.get(member.head, ())
        if member.form == "group" and len(both) > 1 and owners and not owners & {ref.actor for ref in both}:
            # "C's warring parties" are not A and B, whatever stood before them
            by_head[member.head] = versus if versus and versus[0].actor in owners else ()
    by_head = by_name(reading, cast, by_head)
    return Sides(cast=cast, by_head=by_head, names=names, states=states, digest=digest, versus=versus, home=known.home)


def _anybody(reading: Reading, member: Member, book: DealBook) -> bool:
    """Say whether it is a group of which nothing says that it is armed: "another group"."""
    words = book.words("armed") | book.words("bands") - {reading.lemma[member.head]}
    if member.form != "group" or any(ref.actor.isupper() for ref in member.refs):
        return False
    if any(reading.lemma[at] in words for at in range(member.first, member.last)):
        return False
    if any(reading.lemma[at] in book.words("ordinal") for at in range(member.first, member.head)):
        return True  # "handed over with the first group"
    # "the movement of workers" is none at all
    going = any(reading.lemma[one] == "of" for one in reading.children(member.head, "prep"))
    known = any(reading.lemma[one] == "the" for one in reading.children(member.head, "det"))
    return going or (reading.child(member.head, "poss") is None and not known)


def _named_groups(cast: Cast) -> dict[str, int]:
    """Return how often each armed group is called by its name."""
    found: dict[str, int] = {}
    for member in cast.members:
        if member.sort == "armed_group" and len(member.refs) == 1 and member.refs[0].actor.isupper():
            found[member.refs[0].actor] = found.get(member.refs[0].actor, 0) + 1
    return found


def _main_group(cast: Cast) -> ActorRef | None:
    """Return the armed group that the article is about, for which "A's largest guerrilla group" stands."""
    counts = _named_groups(cast)
    most = sorted(counts, key=lambda actor: -counts[actor])
    if not most or counts[most[0]] < _OFTEN or (len(most) > 1 and counts[most[0]] < _OFTEN * counts[most[1]]):
        return None
    refs = (member.refs[0] for member in cast.members if member.sort == "armed_group" and len(member.refs) == 1)
    return next((ActorRef(ref.actor, ref.name, ref.country) for ref in refs if ref.actor == most[0]), None)


class _Known(msgspec.Struct, frozen=True, kw_only=True):
    names: dict[str, str]
    groups: dict[str, ActorRef]
    labels: dict[int, str]
    words: foes.Words
    states: dict[str, str]
    home: str | None


def _many_labels(reading: Reading) -> bool:
    """Say whether items stand under labels in capitals: "BALKANS. A and B ...", "HORN OF AFRICA. ..."."""
    return sum(_LABEL.match(reading.text, start, end) is not None for start, end in reading.paragraphs) >= _OFTEN


def labels(reading: Reading, cast: Cast) -> dict[int, str]:
    """Return the country that stands at the head of a paragraph ("NORLAND. The army ..."), by paragraph."""
    found: dict[int, str] = {}
    for member in cast.members:
        here = reading.paragraph_of(reading.start[member.first])
        at_head = reading.start[member.first] == reading.paragraphs[here][0] if reading.paragraphs else False
        if at_head and member.sort == "state" and member.last < len(reading) and reading.word(member.last) in ".:-–—":
            found[here] = member.refs[0].actor if member.refs else ""
    return found


def _sides(reading: Reading, member: Member, known: _Known, cast: Cast) -> tuple[ActorRef, ...]:
    found: dict[str, ActorRef] = {}
    for ref in member.refs:
        side = _side(reading, member, ref, known, cast)
        if side is not None:
            found.setdefault(side.actor, side)
    return tuple(found.values())


def _side(reading: Reading, member: Member, ref: ActorRef, known: _Known, cast: Cast) -> ActorRef | None:
    if ref.actor in known.groups:
        return known.groups[ref.actor]
    if member.sort == "person":
        group = _speaks_for(reading, member, ref, known, cast)
        if group is not None:
            return group
        if foes.leads(reading, member, known.words):
            return ActorRef(ref.actor, ref.name, None)  # "rebel leader X" is no man of the state's
        if not ref.country:
            ours = any(reading.lemma[at] in known.words.of_state for at in range(member.first, member.head))
            return _state(known.home, known) if ours and known.home else None
    lower = reading.word(member.last - 1).lower()
    if member.sort == "organisation" and not ref.country and lower in known.words.fronts:
        # an organisation that calls itself an army or a front fights
        return ActorRef(ref.actor, ref.name, ref.country)
    if member.sort == "group" and ref.country in known.states and reading.tag[member.head] == "NNPS":
        # "negotiating with the Russians"
        bare = not reading.children(member.head, "nummod", "amod", "compound", "prep", "relcl")
        if bare and any(reading.lemma[child] == "the" for child in reading.children(member.head, "det")):
            return ActorRef(ref.country, known.states[ref.country], ref.country)
    if member.sort == "group" and ref.actor != ref.country:
        armed = reading.lemma[member.head] in known.words.armed
        if not armed:
            return None
        return ActorRef(ref.actor, ref.name, ref.country)
    country = ref.country
    if country is None and member.sort == "government" and member.form != "name":
        country = known.labels.get(reading.paragraph_of(reading.start[member.first]))
        against = {group.country for group in known.groups.values()}
        if country is None and len(against) == 1 and not known.names:
            # "the military and A": where no state is named, it is the one that A fights
            country = next(iter(against))
        if country is None and not known.labels and lower in known.words.of_state:
            country = known.home
    if country and len(country) == _CODE and member.sort in {"person", "state", "government", "group"}:
        return _state(country, known)
    return None


def _state(code: str, known: _Known) -> ActorRef:
    return ActorRef(code, known.names.get(code) or known.states.get(code, code), code)


def _speaks_for(reading: Reading, member: Member, ref: ActorRef, known: _Known, cast: Cast) -> ActorRef | None:
    """Return the armed group whose person this is: by his office, or as "the group's X", "X of the group"."""
    role = (ref.role or "").lower()
    for group in known.groups.values():
        if group.name.lower() in role or group.actor.lower() in role.split():
            return group
    above = reading.head[member.head]
    spots = (member.head, above) if reading.dep[member.head] == "appos" else (member.head,)
    for spot in (*spots, *reading.children(member.head, "appos")):
        for child in (*reading.children(spot, "poss", "compound"), *_of(reading, spot, known.words.speaks)):
            other = cast.member_at(child)
            his = known.groups.get(other.refs[0].actor) if other is not None and len(other.refs) == 1 else None
            if his is not None:
                return his
    return None


def _of(reading: Reading, spot: int, speaks: frozenset[str]) -> tuple[int, ...]:
    """Return of whom or for whom somebody is told to be: "a spokesman for B", "X, who speaks for B"."""
    preps = list(reading.children(spot, "prep"))
    for clause in reading.children(spot, "relcl"):
        preps += reading.children(clause, "prep") if reading.lemma[clause] in speaks else ()
    return tuple(
        child for prep in preps if reading.lemma[prep] in {"of", "for"} for child in reading.children(prep, "pobj")
    )


def _arranged(reading: Reading, token: int, mention: DealMention, book: DealBook, sides: Sides) -> bool:
    """Say whether those by whom a truce "was negotiated" are go-betweens: no party to the fight is among them."""
    if reading.lemma[token] not in book.words("auspices") or reading.dep[token] not in {"relcl", "acl"}:
        return False
    agents = reading.children(token, "agent")
    if reading.head[token] != mention.head or not agents or mention.kind not in {"ceasefire", "peace_agreement"}:
        return False
    first, last = reading.subtree(agents[0])
    by = {ref.actor for ref in sides.within(first, last)}
    every = {ref.actor for refs in sides.by_head.values() for ref in refs}
    at_war = any(ref.actor != ref.country for refs in sides.by_head.values() for ref in refs)
    return (
        bool(by)
        and all(len(actor) == _CODE and actor.isupper() for actor in by)
        and at_war
        and sides.home not in by
        and bool(every - by)
    )


def with_blocs(sides: Sides, book: DealBook) -> Sides:
    """Return the sides, blocs of states among them, as they are of sanctions: the same ones if none is named."""
    blocs = {
        member.head: (ActorRef(ref.actor, ref.name, ref.country),)
        for member in sides.cast.members
        for ref in member.refs[:1]
        if member.sort == "organisation" and ref.actor.lower() in book.words("blocs")
    }
    return msgspec.structs.replace(sides, by_head={**sides.by_head, **blocs}) if blocs else sides


def _brokering(reading: Reading, token: int, head: int, book: DealBook) -> bool:
    """Say whether the name before the deal's noun is that of a go-between: "the A-B brokered truce"."""
    return any(
        reading.tag[at] in {"VBN", "VBD", "JJ"} and any(not rest for _, rest in book.of("broker", reading.lemma[at]))
        for at in range(token + 1, head)
    )


def named(reading: Reading, mention: DealMention, sides: Sides, book: DealBook) -> tuple[ActorRef, ...]:
    """Return the sides that the mention itself names: "between A and B", "with B", "an A-B exchange"."""
    found: dict[str, ActorRef] = {}
    for prep in (*reading.children(mention.head, "prep"), *_preps_of_verb(reading, mention.head)):
        both = reading.lemma[prep] == "for" and mention.kind in _FOR_BOTH and _two(reading, prep, sides)
        if reading.lemma[prep] in {"between", "with", "among"} or both:
            for token in (one for child in reading.children(prep, "pobj") for one in conjuncts(reading, child)):
                refs = sides.at(token) or _ruled_by(reading, token, sides) or called(reading, token, sides)
                for ref in refs or sent_by(reading, token, sides) or _stranger(reading, token, prep):
                    found.setdefault(ref.actor, ref)
    for verb in reading.children(mention.head, "relcl"):
        if any(rule.step in _CONCLUDED for rule, _ in book.of("step", reading.lemma[verb])):
            # "the truce it signed with B": between B and whoever signed it
            for prep in reading.children(verb, "prep"):
                for token in reading.children(prep, "pobj") if reading.lemma[prep] == "with" else ():
                    found |= {ref.actor: ref for one in conjuncts(reading, token) for ref in sides.at(one)}
    for token in reading.children(mention.head, "conj"):
        # "the accord signed by A, president of ..., and B": the parser joins B to the accord
        found |= {ref.actor: ref for ref in sides.at(token)}
    before: dict[str, ActorRef] = {}
    for token in range(max(mention.first, mention.head - 8), mention.head):
        if reading.dep[token] != "pobj" and not _brokering(reading, token, mention.head, book):
            before |= {ref.actor: ref for ref in sides.at(token)}
    # "the Arven agreement" is named after a place; "the Norland-Sudria agreement" after its parties
    if len(before) > 1 or any(ref.actor != ref.country for ref in before.values()):
        found = {**before, **found} if len(before) > 1 else found | before
    return tuple(found.values())


def _two(reading: Reading, prep: int, sides: Sides) -> bool:
    """Say whether two sides stand behind the preposition: "a peace plan for A and B"."""
    ends = (one for child in reading.children(prep, "pobj") for one in conjuncts(reading, child))
    return len({ref.actor for one in ends for ref in sides.at(one)}) > 1


def _stranger(reading: Reading, token: int, prep: int) -> tuple[ActorRef, ...]:
    """Return the name that no list knows of "between A and Kolm": better a strange party than a wrong one."""
    word = reading.word(token)
    joined = reading.dep[token] == "conj" or bool(reading.children(token, "conj"))
    if reading.lemma[prep] != "between" or reading.tag[token] != "NNP" or not joined or not word.isalpha():
        return ()
    return (ActorRef(word.lower(), word, None),)


def _ruled_by(reading: Reading, token: int, sides: Sides) -> tuple[ActorRef, ...]:
    """Return the side of "A's Kolm rulers", "B negotiators": what stands right before the noun, else its owner."""
    for kind in ("compound", "amod", "nmod", "poss"):
        for child in reading.children(token, kind):
            if sides.at(child):
                return sides.at(child)
    return ()


def _preps_of_verb(reading: Reading, head: int) -> tuple[int, ...]:
    above = reading.head[head]
    if reading.dep[head] in {"dobj", "nsubj", "nsubjpass"}:
        return tuple(prep for prep in reading.children(above, "prep") if head < prep <= head + 12 or prep > above)
    return ()


def doing(reading: Reading, verb: int) -> tuple[int, ...]:
    """Return the tokens of who does it, found too where the parser takes the verb for an adjective of its object."""
    noun = reading.head[verb]
    if reading.tag[verb] == "VBD" and reading.dep[verb] == "amod" and reading.dep[noun] == "appos":
        return (reading.head[noun],)
    own = astray_subject(reading, noun)
    if reading.dep[verb] == "amod" and reading.tag[verb] in {"VBD", "VBN"} and own is not None and own < verb < noun:
        return (own, *reading.children(own, "conj"))  # "A and B last swapped prisoners"
    two = reading.children(verb, "nsubj")
    if len(two) > 1 and two[-1] < verb:
        # "Villagers left after A suspended the truce": the parser takes the verb before for a participle
        return (two[-1], *reading.children(two[-1], "conj"))
    return subject_of(reading, verb)


def doers(reading: Reading, verb: int, sides: Sides) -> tuple[ActorRef, ...]:
    """Return the sides that do what this verb tells."""
    found: dict[str, ActorRef] = {}
    for token in doing(reading, verb):
        for ref in sides.at(token) or sent_by(reading, token, sides) or called(reading, token, sides):
            found.setdefault(ref.actor, ref)
    for agent in reading.children(verb, "agent"):
        first, last = reading.subtree(agent)
        for token in range(first, min(last, first + 24)):
            inside = reading.dep[token] == "pobj" and reading.lemma[reading.head[token]] in PLACED
            if reading.dep[token] in {"pobj", "conj"} and not inside:
                for ref in sides.at(token):
                    found.setdefault(ref.actor, ref)
    return tuple(found.values())


def called(reading: Reading, token: int, sides: Sides) -> tuple[ActorRef, ...]:
    """Return the side whose name stands right behind its description: "A and its neighbour B", "neighbouring B"."""
    behind = reading.children(token, "appos", "dobj") if reading.tag[token] in {"NN", "VBG"} else ()
    near = next((sides.at(one) for one in behind if one == token + 1 and sides.at(one)), ())
    # "an armed group calling itself B"
    own = [end for clause in reading.children(token, "acl", "relcl") for end in reading.children(clause, "oprd")]
    return near or next((sides.at(one) for one in own if any(ref.actor != ref.country for ref in sides.at(one))), ())


def sent_by(reading: Reading, token: int, sides: Sides) -> tuple[ActorRef, ...]:
    """Return the sides that people stand for: "envoys from A and B", "A and B negotiators"."""
    found: dict[str, ActorRef] = {}
    if reading.tag[token] not in {"NNS", "NNPS"} or reading.children(token, "nummod"):
        return ()
    preps = [one for prep in reading.children(token, "prep") for one in (prep, *reading.children(prep, "conj"))]
    spots = [
        one
        for prep in preps
        if reading.lemma[prep] in {"of", "from", "for"}
        for child in reading.children(prep, "pobj")
        for one in conjuncts(reading, child)
    ]
    spots += [one for child in reading.children(token, "amod", "compound", "poss", "nmod")
              for one in conjuncts(reading, child)]  # fmt: skip
    for spot in spots:
        for ref in sides.at(spot):
            found.setdefault(ref.actor, ref)
    return tuple(found.values())


def standing_for(reading: Reading, token: int, sides: Sides) -> tuple[ActorRef, ...]:
    """Return the sides of a token, or of the one state that it is called after: "their A hosts", "A officials"."""
    found = sides.at(token)
    if found or reading.pos[token] != "NOUN":
        return found
    nations = {
        ref.actor: ref
        for child in reading.children(token, "amod", "compound", "poss")
        for ref in sides.at(child)
    }  # fmt: skip
    return tuple(nations.values()) if len(nations) == 1 else ()


def brokers(reading: Reading, mention: DealMention, book: DealBook, sides: Sides) -> tuple[ActorRef, ...]:
    """Return the sides that the sentence says stand between: "brokered by A", "the mediator, A"."""
    first, last = reading.sentences[reading.sentence_of(mention.head)]
    found: dict[str, ActorRef] = {}
    for token in range(max(first, mention.head - _WIDE), min(last, mention.head + _WIDE)):
        brokering = any(not rest for _, rest in book.of("broker", reading.lemma[token]))
        if not brokering and not _arranged(reading, token, mention, book, sides):
            continue
        if reading.dep[token] == "amod" and reading.head[token] == mention.head:
            spans = [(mention.first, token)]  # "the A-B brokered truce"
        elif reading.pos[token] == "VERB":
            spans = [(doer, doer + 1) for doer in subject_of(reading, token) if doer != mention.head]
        else:
            first, last = reading.subtree(token)
            spans = [(first, min(last, first + 16))]
        for first, last in spans:
            for ref in (*sides.within(first, last), *sides.at(first)):
                found.setdefault(ref.actor, ref)
    return tuple(found.values())


def go_betweens(reading: Reading, book: DealBook, sides: Sides) -> tuple[ActorRef, ...]:
    """Return the sides that are called mediators: "with A and B acting as mediators", "the mediators, A and B"."""
    found: dict[str, ActorRef] = {}
    for token in range(len(reading)):
        if reading.pos[token] != "NOUN" or not any(not rest for _, rest in book.of("broker", reading.lemma[token])):
            continue
        above = reading.head[reading.head[token]]
        acts = reading.dep[token] == "pobj" and reading.lemma[reading.head[token]] == "as"
        spots = list(reading.children(token, "appos"))
        if acts and reading.pos[above] in {"VERB", "AUX"}:
            spots += subject_of(reading, above)
        for spot in (more for one in spots for more in conjuncts(reading, one)):
            for ref in sides.at(spot):
                found.setdefault(ref.actor, ref)
    return tuple(found.values())
