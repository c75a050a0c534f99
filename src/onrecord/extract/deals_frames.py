"""Find deals that no noun names: "agreed to stop fighting", "freed two hostages", "In return, B freed Y".

Comes in: a reading and the book. Goes out: drafts without a mention, each with the tokens of whom it is about.
"""

from collections.abc import Iterator

import msgspec

from onrecord.extract.clause import object_of, subject_of
from onrecord.extract.custody_swap import listed
from onrecord.extract.deals_group import LAST
from onrecord.extract.deals_mutual import (
    by_captors,
    crossing,
    leaves_land,
    leaves_town,
    of_a_nation,
    some_crossed,
    some_left,
    taken_before,
)
from onrecord.extract.deals_over import over_rule
from onrecord.extract.deals_people import of_trades, price_of
from onrecord.extract.deals_rules import follows, negated, step_rule
from onrecord.extract.deals_steps import Draft
from onrecord.extract.deals_things import count_of, is_of, of_an_exchange, persons_of, things_of
from onrecord.lexicon.deals import DealBook, DealRule
from onrecord.model.cast import Cast
from onrecord.model.mention import ActorRef
from onrecord.model.reading import Reading
from onrecord.model.vocabulary import DealKind

_WIDE = 80
_OVER = frozenset({"over", "on", "for", "about"})
_RELEASE = "release"
_PULL_OUT = "deals.frame.pull_out"
_LEAVE = "deals.frame.leave"
_HOME = frozenset({"free", "home", "back"})
_SENTENCES = 4
_POINTING = frozenset({"the", "these", "those"})
_SWAPS = {"prisoner_exchange", "hostage_release"}
_THEM = frozenset({"he", "she", "they", "him", "her", "them", "couple", "pair", "trio"})


class Framed(msgspec.Struct, frozen=True, kw_only=True):
    """A draft, the tokens of the thing that the verb is about, the persons named there, and "in return".

    `noun` is the deal that the verb only says the content of ("a deal to free two hostages"); a `weak` frame ("A and B
    will meet") counts only where the article tells of the same two parties' other deals.
    """

    draft: Draft
    things: tuple[int, ...]
    persons: tuple[ActorRef, ...] = ()
    count: int | None = None
    in_return: bool = False
    noun: int | None = None
    weak: bool = False
    again: bool = False
    ratio: tuple[int, int] | None = None


def find(reading: Reading, cast: Cast, book: DealBook) -> Iterator[Framed]:
    """Yield what each verb of a frame tells."""
    last = -_SENTENCES
    for token in range(len(reading)):
        if reading.pos[token] != "VERB":
            continue
        over = crossing(reading, cast, token, book)
        if over is not None:
            yield _crossed(reading, token, over, book)
            continue
        for rule, rest in book.of("frame", reading.lemma[token]):
            if rule.kind is None or rule.step is None or not follows(reading, token, rest):
                continue
            if (rule.near and not _spoken_of(reading, token, rule)) or not _hangs_on(reading, token, rule):
                continue
            things = things_of(reading, token, bool(rest)) if not rule.subject else subject_of(reading, token)
            persons = persons_of(cast, things)
            returned = in_return(reading, token, book) or (
                reading.dep[token] in {"xcomp", "advcl"}
                and _infinitive(reading, token)
                and in_return(reading, reading.head[token], book)
            )
            if rule.kind == "ceasefire" and _any_one(reading, things):
                continue  # "to stop a similar attack"
            if rule.id == _LEAVE and not leaves_land(reading, cast, token, things, book):
                continue
            fits = is_of(reading, things, rule) or (rule.kind in _SWAPS and _people(reading, cast, things, book))
            if not fits and rule.kind in _SWAPS:
                fits = of_trades(reading, token, things, book)
            if not fits and rule.id == _PULL_OUT:
                fits = leaves_town(reading, cast, token)
            if not fits and persons:
                fits = rule.kind == "hostage_release" or _for_somebody(reading, cast, token, rule)
            if not fits and rule.kind in _SWAPS:
                fits = in_the_swap(reading, token, things, book) or _taken(reading, token, things, book)
            if not fits and rule.kind in _SWAPS:
                fits = _for_people(reading, cast, token, things)
            if not fits and rule.kind == "hostage_release":
                fits = by_captors(reading, cast, token, things, book)
                fits = fits or any(taken_before(reading, cast, one, book) for one in things)
                fits = fits or of_a_nation(reading, cast, token, things, book)
            topic = _over_what(reading, token, book) if rule.kind == "talks" else None
            if topic is not None:
                yield Framed(
                    draft=msgspec.structs.replace(_draft(reading, token, rule, book), kind=topic, step="discussed"),
                    things=things, persons=persons, again=True,
                )  # fmt: skip
                break
            fits = fits or (rule.kind == "talks" and _with_each_other(reading, token, book))
            weak = not fits and _to_meet(reading, token, rule, book)
            here = reading.sentence_of(token)
            again = not fits and rule.kind == "hostage_release" and here - last < _SENTENCES
            again = again and any(_definite(reading, thing, book) for thing in things)
            if not fits and not weak and not again:
                continue
            last = here if fits and rule.kind in _SWAPS else last
            yield Framed(
                draft=_draft(reading, token, rule, book), things=things,
                persons=persons or tuple(one.refs[0] for one in listed(reading, cast, token, things)),
                in_return=returned, count=count_of(reading, things), noun=deal_noun(reading, token, book), weak=weak,
                again=again,
            )  # fmt: skip
            break
        else:
            yield from _some_crossed(reading, token, book)


def _hangs_on(reading: Reading, verb: int, rule: DealRule) -> bool:
    """Say whether one of the words that the rule needs hangs on the verb, or on what it is done to."""
    near = {reading.lemma[one] for one in reading.children(verb)}
    near |= {
        reading.lemma[one] for thing in reading.children(verb, "dobj", "dative") for one in reading.children(thing)
    }
    return not rule.needs or bool(near.intersection(rule.needs))


def _crossed(reading: Reading, token: int, over: tuple[int, int, int, int], book: DealBook) -> Framed:
    """Return the frame of an exchange told by who went over: each side let go those of the other."""
    mine, theirs, left, right = over
    return Framed(draft=_handover(reading, token, book), things=(mine, theirs), ratio=(right, left))


def _some_crossed(reading: Reading, token: int, book: DealBook) -> Iterator[Framed]:
    """Yield the weak frame of a handover told by how many went over, no matter of which side."""
    some = some_crossed(reading, token, book)
    if some is not None:
        yield Framed(draft=_handover(reading, token, book), things=some[:1], count=some[1], weak=True)


def _handover(reading: Reading, token: int, book: DealBook) -> Draft:
    return Draft(
        kind="prisoner_exchange", step="partly_carried_out" if some_left(reading, token, book) else "carried_out",
        trigger=token, rules=("deals.crossing",),
    )  # fmt: skip


def _spoken_of(reading: Reading, token: int, rule: DealRule) -> bool:
    """Say whether the paragraph has a word that the rule needs near by."""
    here = reading.sentence_of(token)
    first, last = reading.sentences[max(0, here - 1)][0], reading.sentences[here][1]
    return any(reading.lemma[at] in rule.near for at in range(first, last))


def _infinitive(reading: Reading, token: int) -> bool:
    return any(reading.lemma[child] == "to" for child in reading.children(token, "aux"))


def deal_noun(reading: Reading, token: int, book: DealBook) -> int | None:
    """Return the noun that this verb says the content of: "a deal to swap", "an understanding on swapping"."""
    above, dep = reading.head[token], reading.dep[token]
    if dep == "pcomp":
        above = reading.head[above]
    told = (dep in {"acl", "relcl"} and _infinitive(reading, token)) or dep == "pcomp"
    noun = reading.pos[above] in {"NOUN", "PROPN"} and reading.lemma[above] in book.words("bargain")
    return above if told and noun and above < token else None


def _any_one(reading: Reading, things: tuple[int, ...]) -> bool:
    """Say whether what is to be stopped is any single one, not the fighting of two sides: "stop an attack"."""
    return bool(things) and all(
        reading.tag[thing] == "NN"
        and any(reading.lemma[one] in {"a", "an", "any", "another"} for one in reading.children(thing, "det"))
        for thing in things[:1]
    )


def _for_somebody(reading: Reading, cast: Cast, token: int, rule: DealRule) -> bool:
    """Say whether one named person is given for another: "swapped X for Y"."""
    if rule.kind != "prisoner_exchange":
        return False
    spots = (token, reading.head[token]) if reading.dep[token] == "xcomp" else (token,)
    price = [one for spot in spots for prep in reading.children(spot, "prep") if reading.lemma[prep] == "for"
             for one in reading.children(prep, "pobj")]  # fmt: skip
    for thing in reading.children(token, "dobj"):
        price += [one for prep in reading.children(thing, "prep") if reading.lemma[prep] == "for"
                  for one in reading.children(prep, "pobj")]  # fmt: skip
    members = [cast.member_at(one) for one in price]
    return any(member is not None and member.sort == "person" and member.form == "name" for member in members)


def _definite(reading: Reading, thing: int, book: DealBook) -> bool:
    """Say whether this points back at people told of before: "the men", "the two"."""
    if reading.lemma[thing] in _THEM and reading.tag[thing] == "PRP":
        # "they would be handed to the Red Cross"
        first, last = reading.subtree(reading.head[thing])
        near = range(max(first, thing), min(last, thing + _WIDE))
        return any(reading.lemma[at] in book.words("handover") for at in near)
    the = any(reading.lemma[child] in _POINTING for child in reading.children(thing, "det"))
    return the and (reading.lemma[thing] in book.words("held") or reading.pos[thing] == "NUM")


def _for_people(reading: Reading, cast: Cast, token: int, things: tuple[int, ...]) -> bool:
    """Say whether counted people are given for counted people: "three surveyors in exchange for two sailors"."""
    given = object_of(reading, token)
    back = price_of(reading, (token, *given))
    return (
        bool(given) and bool(back) and bool(things) and all(_is_people(reading, cast, one) for one in (*given, *back))
    )


def _is_people(reading: Reading, cast: Cast, token: int) -> bool:
    """Say whether counted people stand here: of a nation, captured, or known to the cast: "three Kenyan surveyors"."""
    if not (reading.children(token, "nummod") or reading.child(token, "det") is not None):
        return False
    member = cast.member_at(token)
    if member is not None and member.head == token and member.sort in {"person", "group"}:
        return True
    marks = reading.children(token, "amod")
    nations = (cast.member_at(one) for one in marks)
    of_nation = any(one is not None and one.form == "demonym" for one in nations)
    return reading.pos[token] == "NOUN" and (of_nation or any(reading.tag[one] == "VBN" for one in marks))


def _taken(reading: Reading, token: int, things: tuple[int, ...], book: DealBook) -> bool:
    """Say whether counted people are freed who were taken: "two nuns who were abducted in May"; or for a price."""
    counted = any(reading.children(thing, "nummod") or reading.pos[thing] == "NUM" for thing in things)
    of = [end for thing in things for prep in reading.children(thing, "prep") if reading.lemma[prep] == "of"
          for end in reading.children(prep, "pobj")]  # fmt: skip
    caught = any(
        reading.lemma[child] in book.words("caught")
        for thing in (*things, *of)
        for one in (thing, *reading.children(thing, "conj"))
        for child in reading.children(one, "relcl", "acl")
    )
    lets = reading.lemma[token] in book.words("lets_go")
    above = reading.head[token]
    # "two engineers held hostage by B walked free": the parser takes "held" for the verb
    caught = caught or (
        reading.dep[token] == "conj" and reading.lemma[above] in book.words("caught")
        and reading.child(above, "agent") is not None
    )  # fmt: skip
    if not lets and _free(reading, token):
        # "two sailors held by A walked free"
        return counted and caught
    back = any(
        reading.lemma[prep] == "in" and reading.lemma[noun] in book.words("in_return")
        for spot in (token, *things)
        for prep in reading.children(spot, "prep")
        for noun in reading.children(prep, "pobj")
    )
    folk = book.words("folk") | book.words("held") | book.words("trades") | book.words("trades_unsure")
    people = any(reading.lemma[one] in folk | _THEM for one in things if reading.dep[one] != "pobj")
    return lets and ((counted and (caught or back)) or (people and back))


def _free(reading: Reading, token: int) -> bool:
    """Say whether they "walked free", "were set free", "went home", "crossed back"."""
    states = reading.children(token, "acomp", "advcl", "oprd", "advmod", "prt")
    return any(reading.word(one).lower() in _HOME for one in states)


def in_the_swap(reading: Reading, token: int, things: tuple[int, ...], book: DealBook) -> bool:
    """Say whether counted people are freed in a sentence that names the swap: "freed 390 people in a prisoner swap"."""
    first, last = reading.sentences[reading.sentence_of(token)]
    near = range(max(first, token - _WIDE), min(last, token + _WIDE))
    swap = any(
        reading.lemma[at] in book.words("in_return")
        and reading.pos[at] == "NOUN"
        and any(reading.lemma[child] in book.words("captive") for child in reading.children(at, "compound", "nmod"))
        for at in near
    )
    counted = any(reading.children(thing, "nummod") or reading.pos[thing] == "NUM" for thing in things)
    return swap and counted


def _draft(reading: Reading, token: int, rule: DealRule, book: DealBook) -> Draft:
    above = over_rule(reading, token, book) or _moved(reading, token, rule, book)
    step = rule.step or "announced"
    void = planned = False
    if above is not None and above[0].step == "violated":
        above, void = None, True
    elif above is not None and above[0].step is not None and not (above[0].step == "scheduled" and step == "agreed"):
        step = "scheduled" if rule.kind == "talks" and above[0].step == "agreed" else above[0].step
        planned = step == "scheduled"
    elif (above is not None and above[0].step in {None, "scheduled"}) or (above is None and step == "agreed"):
        void = True
    if above is not None and step == "agreed" and _in_principle(reading, above[1], book):
        step = "agreed_in_principle"
    if above is None and _infinitive(reading, token) and not _carried(reading, token, book):
        # "for the weapons to be withdrawn": what is to be is no fact
        void = True
    if step == "agreed" and _to_come(reading, token):
        # "both are to hold their fire"
        step, planned, void = "scheduled", True, False
    if any(reading.lemma[deed] in book.words("serving") for deed in reading.children(token, "advcl", "xcomp")):
        void = True  # "released to his country to serve his time there"
    fronted = reading.dep[token] == "advcl" and token < reading.head[token]
    gerund = reading.tag[token] == "VBG" and (fronted or reading.dep[token] in {"csubj", "nsubj", "ROOT"})
    if gerund and reading.child(token, "aux", "mark") is None:
        # "Freeing her would ..."
        void = True
    if _to_come(reading, token) and step in {"carried_out", "talks_held"}:
        step, planned = "scheduled", True
    if step == "carried_out" and rule.words and reading.lemma[token] in book.words("in_part"):
        step = "partly_carried_out"
    if step == "carried_out" and any(reading.lemma[thing] in book.words("some") for thing in object_of(reading, token)):
        step = "partly_carried_out"
    if step == "carried_out" and (
        _begun(reading, token, book) or _in_rounds(reading, token, book) or _the_first(reading, token)
        or _some_of(reading, things_of(reading, token, phrasal=True))
    ):  # fmt: skip
        step = "partly_carried_out"
    rest = step == "carried_out" and any(
        reading.lemma[one] in book.words("the_rest") for thing in object_of(reading, token)
        for one in reading.children(thing, "amod")
    )  # fmt: skip
    names = (rule.id, *((LAST,) if rest else ())) if above is None else (rule.id, above[0].id)
    return Draft(
        kind=rule.kind or "talks", step=step, trigger=token, over=above[1] if above else None,
        negated=_no_more(reading, token) or (above is not None and negated(reading, above[1])),
        void=void, planned=planned, rules=names,
    )  # fmt: skip


def _in_principle(reading: Reading, over: int, book: DealBook) -> bool:
    """Say whether it is agreed in principle only: "have agreed in principle to exchange"."""
    return any(
        reading.lemma[end] in book.words("principle")
        for prep in reading.children(over, "prep") if reading.lemma[prep] == "in"
        for end in reading.children(prep, "pobj")
    )  # fmt: skip


def _no_more(reading: Reading, token: int) -> bool:
    """Say whether it is done to no more of them: "would free no more hostages"."""
    return negated(reading, token) or any(
        negated(reading, more) for thing in object_of(reading, token) for more in reading.children(thing, "amod")
    )


def _carried(reading: Reading, token: int, book: DealBook) -> bool:
    """Say whether the verb above makes the infinitive a fact, or a thing that is set to be: "began to", "is to"."""
    while reading.dep[token] == "conj" and _infinitive(reading, reading.head[token]):
        token = reading.head[token]
    above = reading.head[token]
    known = book.words("enact") | book.words("begin") | book.words("copula")
    return reading.lemma[above] in known or reading.dep[token] not in {"advcl", "relcl", "acl", "xcomp", "ccomp"}


def _to_come(reading: Reading, token: int) -> bool:
    """Say whether the clause tells what is set to be: "a second batch is to be freed"."""
    above = reading.head[token]
    return reading.dep[token] == "xcomp" and reading.lemma[above] == "be" and _infinitive(reading, token)


def _moved(reading: Reading, token: int, rule: DealRule, book: DealBook) -> tuple[DealRule, int] | None:
    """Return the verb above that moves what this verb would do: "discussed swapping", "agreed to free"."""
    above = reading.head[token]
    if above == token or reading.dep[token] not in {"xcomp", "ccomp", "pcomp", "dobj", "acl"}:
        return None
    moved = step_rule(reading, above, "object", rule.kind or "talks", book)
    return None if moved is None or moved.step in {"reaffirmed", "suspended", "resumed"} else (moved, above)


def _people(reading: Reading, cast: Cast, things: tuple[int, ...], book: DealBook) -> bool:
    """Say whether the things are counted nationals: "four Norlanders", "90 Sudrians"."""
    for thing in things:
        member = cast.member_at(thing)
        national = member is not None and member.sort in {"group", "state"} and any(ref.country for ref in member.refs)
        one = any(reading.lemma[child] in {"a", "an"} for child in reading.children(thing, "det"))
        named = one and reading.tag[thing] in {"NNP", "NN"} and member is not None and member.head == thing
        if national and (reading.children(thing, "nummod") or named or reading.lemma[thing] in book.words("held")):
            return True
    return False


def _over_what(reading: Reading, token: int, book: DealBook) -> DealKind | None:
    """Return the kind of what two negotiate over: "has been negotiating with B over the release of four nurses"."""
    if reading.lemma[token] not in book.words("negotiate"):
        return None
    first, last = reading.subtree(token)
    for end in range(max(first, token + 1), min(last, token + _WIDE)):
        # the parser may hang "over the release" on what stands before it
        over = reading.dep[end] == "pobj" and reading.lemma[reading.head[end]] in _OVER
        of = any(reading.lemma[inner] == "of" for inner in reading.children(end, "prep"))
        if over and of and reading.lemma[end] == _RELEASE:
            return "hostage_release"
    return None


def _with_each_other(reading: Reading, token: int, book: DealBook) -> bool:
    """Say whether two negotiate: "A and B have been negotiating", "A will not negotiate with B"."""
    if reading.lemma[token] not in book.words("negotiate") or reading.child(token, "dobj") is not None:
        return False
    doing = subject_of(reading, token)
    return len(doing) > 1 or any(reading.lemma[prep] == "with" for prep in reading.children(token, "prep"))


def _to_meet(reading: Reading, token: int, rule: DealRule, book: DealBook) -> bool:
    """Say whether the clause tells of a meeting that was agreed or set: "agreed to meet again on Monday"."""
    if rule.kind != "talks":
        return False
    above = over_rule(reading, token, book)
    if reading.lemma[token] in book.words("back") and reading.child(token, "dobj") is not None:
        return False  # "agreed to return four hostages"
    if above is not None and above[0].step is not None:
        return above[0].step in {"agreed", "scheduled", "refused", "proposed"}
    ahead = any(reading.tag[one] == "MD" for one in reading.children(token, "aux")) or _to_come(reading, token)
    if reading.lemma[token] in book.words("back"):
        # "will return to Arven to take up the border"
        purpose = [one for one in reading.children(token, "advcl", "xcomp") if _infinitive(reading, one)]
        return ahead and any(reading.lemma[one] in book.words("dealing") for one in purpose)
    done = reading.tag[token] in {"VBD", "VBN", "VBG"} and reading.dep[token] in {"ROOT", "conj", "relcl", "ccomp"}
    return (ahead or (done and _several(reading, token, book))) and reading.child(token, "dobj", "ccomp") is None


def _several(reading: Reading, token: int, book: DealBook) -> bool:
    """Say whether more than one do it: a plural, two joined by "and", or one "with" another."""
    own = reading.child(token, "nsubj")
    if own is None:
        return False
    joined = bool(reading.children(own, "conj")) or any(
        reading.lemma[prep] == "with" for prep in reading.children(token, "prep")
    )
    return joined or reading.tag[own] in {"NNS", "NNPS"} or reading.lemma[own] in book.words("both")


def _some_of(reading: Reading, things: tuple[int, ...]) -> bool:
    """Say whether only some of several are meant: "two of the three villages"."""
    return any(
        reading.pos[thing] == "NUM"
        and any(
            reading.children(inner, "nummod") or reading.lemma[inner] == "dozen"
            for prep in reading.children(thing, "prep")
            if reading.lemma[prep] == "of"
            for inner in reading.children(prep, "pobj")
        )
        for thing in things
    )


def _begun(reading: Reading, token: int, book: DealBook) -> bool:
    return reading.dep[token] == "xcomp" and reading.lemma[reading.head[token]] in book.words("begin")


def _the_first(reading: Reading, token: int) -> bool:
    """Say whether only the first of several are given: "exchanged the first 20 prisoners"."""
    return any(
        (
            reading.children(thing, "nummod")
            and any(reading.lemma[one] == "first" for one in reading.children(thing, "amod"))
        )
        or (
            reading.lemma[thing] == "first"
            and any(reading.lemma[one] == "of" for one in reading.children(thing, "prep"))
        )
        for thing in object_of(reading, token)
    )


def _in_rounds(reading: Reading, token: int, book: DealBook) -> bool:
    """Say whether the sentence numbers the exchange: "in the second exchange", "a first batch"."""
    first, last = reading.sentences[reading.sentence_of(token)]
    first, last = max(first, token - _WIDE), min(last, token + _WIDE)
    return any(
        reading.lemma[at] in book.words("round")
        and (reading.pos[at] == "NOUN" or reading.dep[at] == "amod")
        and not of_an_exchange(reading, at)
        and not negated(reading, reading.head[at])
        for at in range(first, last)
    )


def in_return(reading: Reading, verb: int, book: DealBook) -> bool:
    """Say whether the clause opens or goes on with "in return" or "in exchange" alone: it answers what stood before."""
    words = book.words("in_return")
    for prep in reading.children(verb, "prep"):
        if reading.lemma[prep] != "in":
            continue
        for child in reading.children(prep, "pobj"):
            if reading.lemma[child] in words and not reading.children(child, "prep", "det"):
                return True
    return False
