"""Find what happens to a deal: the verbs and nouns over and under a mention. Comes in: mentions. Goes out: drafts."""

from collections.abc import Iterator

import msgspec

from onrecord.extract.clause import date_of
from onrecord.extract.deals_astray import reduced_of, told_behind
from onrecord.extract.deals_effects import as_fact
from onrecord.extract.deals_mentions import DealMention
from onrecord.extract.deals_over import light, over_rule
from onrecord.extract.deals_rules import negated, no_longer, step_rule, to_be
from onrecord.lexicon.deals import DealBook, DealRule, Part
from onrecord.model.mention import ActorRef
from onrecord.model.moment import Moment
from onrecord.model.reading import Reading
from onrecord.model.vocabulary import DealKind, StepKind

_MADE = frozenset({"agreed", "signed", "announced"})
TALKING = frozenset({"deals.mention.talks", "deals.mention.talks_bare", "deals.mention.ceasefire_talks"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_OBJECT = {"dobj", "attr", "oprd", "nsubjpass", "dative"}
_REACH = 8
_MADE_SO = frozenset({"agreed", "signed"})
_GOING_ON = frozenset({"carried_out", "talks_held", "reaffirmed", "partly_carried_out"})
_READY = "deals.step.ready"
_ENDED = "deals.step.ended"
_ATTEND = "deals.step.attend"
OF_TALKS = frozenset({"scheduled", "postponed", "suspended", "resumed", "collapsed", "refused"})
# What stands behind these is when or why something else happened, not what happened to the deal.
_ASIDE = frozenset(
    [
        "after",
        "before",
        "during",
        "since",
        "despite",
        "following",
        "amid",
        "under",
        "until",
        "by",
        "because",
        "without",
        "ahead",
        "against",
    ]
)


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """A step before it has a date, a voice and parties.

    `trigger` is the word that tells it, `over` the word above that changed it ("refused to"), `mention` the deal.
    """

    kind: DealKind
    step: StepKind
    trigger: int
    over: int | None = None
    mention: DealMention | None = None
    negated: bool = False
    void: bool = False
    planned: bool = False
    said: bool = False
    to_come: StepKind | None = None
    by: ActorRef | None = None
    rules: tuple[str, ...] = ()


def moves(reading: Reading, mention: DealMention, book: DealBook) -> Iterator[tuple[int, Part]]:
    """Yield the words that may move the deal named here, nearest first, each with the part that the mention plays."""
    yield from _behind(reading, mention, book)
    yield from (reduced := reduced_of(reading, mention))
    if reduced:
        return
    at = mention.head
    if (
        at > 0
        and (reading.pos[at] == "VERB" or reading.dep[at] == "acl")
        and reading.pos[at - 1] in _NOUNS
        and (reading.head[at - 1] != at)
    ):
        at -= 1  # "a ceasefire deal": the parser takes the second noun for a verb
    for _ in range(_REACH):
        above, dep = reading.head[at], reading.dep[at]
        # "A on Monday dismissed talk of a truce": the parser takes the verb for an adjective
        yield from ((child, "object") for child in reading.children(at, "amod") if reading.tag[child] == "VBD")
        if above == at:
            return
        inner = reading.child(above, "xcomp") if dep in {"nsubj", "nsubjpass"} else None
        copula = dep == "nsubj" and reading.lemma[above] in book.words("copula")
        state = _state_of(reading, mention, above, book) if copula else None
        if state is not None:
            yield state
            yield from _with_conjuncts(reading, above, "subject")
            return
        weak = reading.lemma[above] in light(book) or book.of("over", reading.lemma[above]) or copula
        told = tuple(_inner_moves(reading, mention, inner, above, book)) if inner is not None and weak else ()
        if told:
            yield from told
            return
        if dep in {"conj", "appos", "compound", "nmod", "poss", "amod"}:
            at = above
        elif dep == "nsubj":
            yield from _with_conjuncts(reading, above, "subject")
            if inner is not None and copula:
                # "was to have begun but was put off": the parser joins the second verb to the infinitive
                yield from _with_conjuncts(reading, inner, "subject", itself=False)
            return
        elif dep in _OBJECT:
            yield from _with_conjuncts(reading, above, "object")
            return
        elif dep in {"pobj", "pcomp"}:
            over = reading.head[above]
            if reading.pos[over] in {"ADP", "ADV"}:
                # "out of the deal", "away from it"
                over = reading.head[over]
            if reading.lemma[above] == "in" and reading.lemma[over] in book.words("part_in"):
                yield from ((over, "oblique"),) if reading.pos[over] == "VERB" else ()
                at = over  # "suspended its participation in the talks"
                continue
            aside = reading.lemma[above] in _ASIDE or reading.word(above).lower() in _ASIDE
            if (aside and not _phrasal(reading, over, above, book)) or (
                (mention.kind == "talks" or mention.rule in TALKING) and reading.lemma[above] in {"in", "at"}
            ):
                return
            if reading.pos[over] in {"VERB", "AUX", "ADJ"} and reading.tag[over] != "NN":
                yield from _with_conjuncts(reading, over, "oblique")
                return
            nominal = step_rule(reading, over, "oblique", mention.kind, book, reading.lemma[mention.head])
            if nominal is not None and _hangs_on(reading, over, mention, book):
                yield reading.head[over], "subject"
                return
            yield over, "oblique"
            hoped = nominal is None and reading.lemma[over] in book.words("prospects")
            if hoped or (nominal is not None and nominal.told):
                return
            at = over
        else:
            return


def _inner_moves(
    reading: Reading, mention: DealMention, inner: int, above: int, book: DealBook
) -> Iterator[tuple[int, Part]]:
    """Yield the verb that tells what becomes of the deal: "was allowed to lapse", "is expected to be signed"."""
    part: Part = "object" if reading.child(inner, "auxpass") is not None else "subject"
    if step_rule(reading, inner, part, mention.kind, book, reading.lemma[mention.head]) is not None:
        yield inner, part
        yield from _with_conjuncts(reading, inner, "subject", itself=False)
        yield from _with_conjuncts(reading, above, "subject", itself=False)


def _state_of(reading: Reading, mention: DealMention, verb: int, book: DealBook) -> tuple[int, Part] | None:
    """Return the word for what the deal is said to be: "is due to begin", "is still alive", "remains in force"."""
    for state in reading.children(verb, "acomp", "oprd", "prep", "advmod", "attr"):
        spot = next(iter(reading.children(state, "xcomp")), state)
        done = reading.tag[state] == "VBN" or reading.word(state).endswith("ed")  # "was prolonged"
        own: Part = "object" if reading.dep[state] == "acomp" and done else "subject"
        if step_rule(reading, spot, own, mention.kind, book, reading.lemma[mention.head]) is not None:
            return spot, own
    return None


def _behind(reading: Reading, mention: DealMention, book: DealBook) -> Iterator[tuple[int, Part]]:
    """Yield the participles and clauses that hang on the noun, and those that the parser hangs elsewhere."""
    for child in (
        reading.children(mention.head, "acl", "relcl") if mention.exact or not _several(reading, mention, book) else ()
    ):
        yield from _under(reading, child)
    for prep in reading.children(mention.head, "prep"):
        for noun in reading.children(prep, "pobj"):
            for child in reading.children(noun, "acl"):
                # "a truce with the rebels, signed in May": the participle behind the comma goes with the truce
                made = any(rule.step in _MADE_SO for rule, _ in book.of("step", reading.lemma[child]))
                if reading.tag[child] == "VBN" and (reading.word(child - 1) == "," or made):
                    yield from _under(reading, child)
    yield from _fronted(reading, mention)
    yield from told_behind(reading, mention)
    noun = reading.head[mention.head]
    theirs = any(reading.lemma[one] == "by" for one in reading.children(noun, "prep", "agent"))
    if reading.dep[mention.head] == "compound" and reading.lemma[noun] in book.words("breach") and theirs:
        yield noun, "oblique"  # "reported truce violations by B"


def _in_the_end(reading: Reading, verb: int) -> Iterator[tuple[int, Part]]:
    """Yield the gerunds that tell how it went on: "lasted three days before collapsing"."""
    if reading.tag[verb] == "VBD" and reading.child(verb, "neg") is None:
        for prep in reading.children(verb, "prep"):
            if reading.lemma[prep] == "before":
                for end in reading.children(prep, "pcomp"):
                    yield end, "subject"


def _fronted(reading: Reading, mention: DealMention) -> Iterator[tuple[int, Part]]:
    """Yield the participle that opens the sentence whose subject is the deal: "Signed in May, the truce held"."""
    verb = reading.head[mention.head]
    if reading.dep[mention.head] not in {"nsubj", "nsubjpass"}:
        return
    opening, _ = reading.sentences[reading.sentence_of(mention.head)]
    fronted = reading.tag[opening] == "VBN" and mention.first > 0 and reading.word(mention.first - 1) == ","
    if fronted and opening not in reading.children(verb, "advcl", "acl"):
        # the parser hangs it on another verb of the sentence
        yield opening, "object"
    for child in reading.children(verb, "advcl", "acl"):
        if child < mention.head and reading.tag[child] in {"VBN", "VBD"} and reading.child(child, "nsubj") is None:
            yield child, "object"
            for other in reading.children(child, "conj"):
                yield other, "object"


def _phrasal(reading: Reading, verb: int, prep: int, book: DealBook) -> bool:
    """Say whether the preposition belongs to the verb: "stood by the agreement"."""
    return any(rest == (reading.lemma[prep],) for _, rest in book.of("step", reading.lemma[verb]))


def _several(reading: Reading, mention: DealMention, book: DealBook) -> bool:
    """Say whether the noun stands for several deals; "the terms" are of one."""
    return reading.tag[mention.head] == "NNS" and reading.word(mention.head).lower() not in book.words("generic")


def _under(reading: Reading, verb: int) -> Iterator[tuple[int, Part]]:
    infinitive = any(reading.lemma[child] == "to" for child in reading.children(verb, "aux"))
    if infinitive and reading.tag[verb] == "VB" and reading.child(verb, "auxpass") is None:
        # "a deal to end the war" says what it is for, not what became of it
        return
    part: Part = "object"
    if reading.dep[verb] == "relcl":
        subject = reading.child(verb, "nsubj")
        part = "subject" if subject is not None and reading.tag[subject] in {"WDT", "WP"} else "object"
    elif reading.tag[verb] == "VBG":
        part = "subject"
    yield verb, part
    meant = (
        reading.child(verb, "xcomp") if reading.tag[verb] in {"VBZ", "VBP"} and reading.lemma[verb] == "be" else None
    )
    if meant is not None and part == "subject":
        yield meant, part  # "a truce that is to take effect on Monday"
    for other in reading.children(verb, "conj"):
        yield other, part


def _with_conjuncts(reading: Reading, verb: int, part: Part, *, itself: bool = True) -> Iterator[tuple[int, Part]]:
    if itself:
        yield verb, part
    if part == "subject":
        yield from _in_the_end(reading, verb)
    if part != "subject" and reading.child(verb, "nsubjpass") is None:
        return
    stack = list(reading.children(verb, "conj"))
    while stack:
        other = stack.pop(0)
        if reading.child(other, "nsubj", "nsubjpass") is None:
            passive = reading.child(other, "auxpass") is not None
            inner = reading.child(other, "xcomp")
            yield (inner, "subject") if inner is not None else (other, "object" if passive else "subject")
            stack.extend(reading.children(other, "conj"))


def drafts(reading: Reading, mention: DealMention, book: DealBook, moments: tuple[Moment, ...] = ()) -> Iterator[Draft]:
    """Yield a draft for each word that moves the deal named here."""
    seen: set[int] = set()
    if _is_none(reading, mention):
        until = book.words("until")
        hangs = any(
            reading.lemma[mark] in until or reading.word(mark).lower() in until
            for child in reading.children(reading.head[mention.head], "advcl", "prep")
            for mark in (child, *reading.children(child, "mark"))
        )
        yield Draft(
            kind=mention.kind, step="conditions_set" if hangs else "denied", trigger=mention.head, mention=mention,
            said=True, rules=("deals.none",),
        )  # fmt: skip
        return
    gainsaid = _gainsaid(reading, mention, book)
    if gainsaid is not None:
        yield Draft(
            kind=mention.kind, step="denied", trigger=reading.head[mention.head], over=gainsaid[1], mention=mention,
            rules=("deals.none", gainsaid[0].id),
        )  # fmt: skip
        return
    for token, part in moves(reading, mention, book):
        if token in seen:
            continue
        seen.add(token)
        own = frozenset(reading.lemma[child] for child in reading.children(mention.head, "amod", "compound"))
        own |= frozenset(
            reading.lemma[child] for prep in reading.children(mention.head, "prep") if reading.lemma[prep] == "in"
            for child in reading.children(prep, "pobj")
        )  # fmt: skip
        rule = step_rule(reading, token, part, mention.kind, book, reading.lemma[mention.head], own)
        bare = reading.child(token, "dobj") is None
        if rule is None and part == "subject" and bare and token > 0 and reading.word(token - 1) == ",":
            # "a truce, agreed in May, took effect": the parser takes the participle for the verb
            rule = step_rule(reading, token, "object", mention.kind, book, reading.lemma[mention.head])
        if rule is None or rule.step is None or (token == mention.head and not rule.noun):
            continue
        if part == "subject" and reading.dep[token] == "relcl" and reading.pos[mention.head] == "PRON":
            continue  # "the soldiers it had held": a captor, and no truce
        if rule.id == _READY and reading.pos[token] != "ADJ":
            continue  # "opened fire in breach of the truce"
        if rule.told and not as_fact(reading, token, book):
            stopped = _stopped(reading, token, mention, book)
            if stopped is not None:
                yield Draft(
                    kind=mention.kind, step=stopped, trigger=reading.head[token], mention=mention, rules=(rule.id,)
                )
            continue
        aside = reading.dep[token] in {"acl", "relcl"} and date_of(reading, token, moments) is None
        if (_brokered(reading, token, rule, book) and aside) or (rule.id == _ATTEND and _beside_it(reading, token)):
            continue
        if reading.dep[token] == "relcl" and reading.lemma[reading.head[token]] in book.words("when"):
            # "on the day the deal took effect" only says when something else happened
            continue
        above = over_rule(reading, token, book)
        denied = negated(reading, token) or _no(reading, mention)
        if rule.only_negated and not denied:
            continue
        ahead = reading.tag[token] in {"VBZ", "VBP"} and date_of(reading, token, moments) is not None
        first = _first_step(reading, mention, rule.step, book, part)
        step, denied, void = _turned(reading, mention, (rule, above), first, denied=denied, ahead=ahead)
        if step in _GOING_ON and _talked_over(reading, mention, token, book):
            step = "discussed"  # "negotiations on the exchange are continuing"
        if step == "talks_held" and above is None and to_be(reading, token):
            step = "scheduled"  # "a fourth round, to be held in May"
        planned = step == "scheduled" and (above is not None or first != step)
        step, void = _meant(reading, mention, token, (rule, above), step, book, void=void)
        names = (rule.id,) if above is None else (rule.id, above[0].id)
        yield Draft(
            kind=mention.kind, step=step, trigger=token, over=above[1] if above else None, mention=mention,
            negated=denied, void=void, planned=planned, to_come=rule.planned if above is None else None, rules=names,
        )  # fmt: skip


def _first_step(
    reading: Reading, mention: DealMention, step: StepKind, book: DealBook, part: Part
) -> StepKind:  # fmt: skip
    """Return the step of the word itself, as the deal's noun turns it: who agree on an extension have extended."""
    if step in _MADE and _renewing(reading, mention, book):
        return "extended"
    indefinite = any(reading.lemma[one] == "a" for one in reading.children(mention.head, "det"))
    # "would observe a pause" announces one
    return "announced" if step == "reaffirmed" and part == "object" and indefinite else step


def _turned(
    reading: Reading, mention: DealMention, rules: tuple[DealRule, tuple[DealRule, int] | None], step: StepKind, *,
    denied: bool, ahead: bool,
) -> tuple[StepKind, bool, bool]:  # fmt: skip
    """Return the step as the word above turns it ("refused to sign"), whether it is denied, whether it is none."""
    rule, above = rules
    if denied and rule.negated is not None:
        return rule.negated, False, False
    if above is None:
        # "takes effect on Friday"
        coming = ahead and (
            step in {"talks_held", "partly_carried_out"} or (step == "carried_out" and mention.kind == "ceasefire")
        )
        return ("scheduled" if coming else step), denied, False
    if above[0].step is None:
        return step, denied, True
    if above[0].step == "agreed" and step == "extended":
        return step, denied or negated(reading, above[1]), False  # who agree to prolong it have prolonged it
    if above[0].step == "scheduled" and rule.id == _ENDED:
        return step, denied, True  # "was meant to end the fighting": what it was for
    if above[0].step == "denied" and step == "refused":
        return step, denied, True  # "denied having turned it down" denies no deal
    if above[0].step == "scheduled" and step == "collapsed":
        return step, denied, True  # "was set to expire": the day when it ends by itself
    turned = "scheduled" if mention.kind == "talks" and above[0].step == "agreed" else above[0].step
    return turned, negated(reading, above[1]), False


def _meant(
    reading: Reading, mention: DealMention, token: int, rules: tuple[DealRule, tuple[DealRule, int] | None],
    step: StepKind, book: DealBook, *, void: bool,
) -> tuple[StepKind, bool]:  # fmt: skip
    """Return the step that the words around it leave, and whether nothing is left of it."""
    rule, above = rules
    if void and above is not None and step == "reaffirmed" and reading.lemma[above[1]] in book.words("vow"):
        void = False  # "vowed to respect the truce"
    pledged = above is not None and reading.lemma[above[1]] in book.words("vow")
    if pledged and above is not None and above[0].step == "agreed" and rule.step == "reaffirmed":
        step = "reaffirmed"  # "pledged to honour the truce"
    if step == "reaffirmed" and no_longer(reading, token):
        step = "collapsed"  # "no longer bound by the truce"
    about = {reading.lemma[mention.head], reading.lemma[reading.head[mention.head]]}
    if step == "denied" and rule.step == "denied" and about & book.words("offers"):
        step = "refused"  # "dismissed the offer of a truce"
    stays = reading.lemma[reading.head[token]] in book.words("stays")
    if step == "proposed" and reading.pos[token] == "ADJ" and stays:
        step = "reaffirmed"  # "remains ready for talks"
    return step, void


def _stopped(reading: Reading, token: int, mention: DealMention, book: DealBook) -> StepKind | None:
    """Return what became of a deed that was to come: "called off the signing", "the resumption was put off"."""
    if reading.dep[token] not in {"dobj", "nsubjpass", "nsubj"}:
        return None
    part: Part = "subject" if reading.dep[token] == "nsubj" else "object"
    rule = step_rule(reading, reading.head[token], part, mention.kind, book)
    if part == "subject":
        # "the extension of the truce expired"
        return "collapsed" if rule is not None and rule.step == "collapsed" else None
    if rule is None or negated(reading, reading.head[token]):
        return None
    return "suspended" if rule.step in {"collapsed", "suspended"} else "postponed" if rule.step == "postponed" else None


def _renewing(reading: Reading, mention: DealMention, book: DealBook) -> bool:
    """Say whether it is the prolonging that is agreed: "agreed on an extension of the truce"."""
    above = reading.head[reading.head[mention.head]]
    owner = above if reading.dep[mention.head] == "pobj" else reading.head[mention.head]
    inside = reading.dep[mention.head] in {"pobj", "compound", "poss"}
    return bool({reading.lemma[mention.head]} & book.words("renewing")) or (
        inside and reading.lemma[owner] in book.words("renewing")
    )


def _is_none(reading: Reading, mention: DealMention) -> bool:
    """Say whether the clause is that there is none: "there has been no offer"."""
    above = reading.head[mention.head]
    there = reading.lemma[above] == "be" and reading.child(above, "expl") is not None
    return there and reading.dep[mention.head] in {"attr", "nsubj"} and _no(reading, mention)


def _talked_over(reading: Reading, mention: DealMention, verb: int, book: DealBook) -> bool:
    """Say whether it is the talking about the deal that goes on, and not the deal."""
    own = reading.child(verb, "nsubj", "nsubjpass")
    if own is None or own == mention.head or mention.rule in TALKING or mention.kind == "talks":
        return False
    first, last = reading.subtree(own)
    return reading.lemma[own] in book.words("talking") and first <= mention.head < last


def _brokered(reading: Reading, verb: int, rule: DealRule, book: DealBook) -> bool:
    """Say whether the word only says who brought the deal about: "brokered by C", "worked out in D by C"."""
    by = rule.step == "agreed" and reading.dep[verb] == "acl" and reading.child(verb, "agent") is not None
    return bool(book.of("broker", reading.lemma[verb])) or by


def _hangs_on(reading: Reading, noun: int, mention: DealMention, book: DealBook) -> bool:
    """Say whether what the noun names depends on something: "any extension of the truce depends on a withdrawal"."""
    rule = step_rule(reading, reading.head[noun], "subject", mention.kind, book)
    return reading.dep[noun] == "nsubj" and rule is not None and rule.step == "conditions_set"


def _beside_it(reading: Reading, verb: int) -> bool:
    """Say whether the clause only says who somebody is: "a chief who took part in the talks"."""
    return reading.dep[verb] in {"relcl", "acl", "advcl"}


def _gainsaid(reading: Reading, mention: DealMention, book: DealBook) -> tuple[DealRule, int] | None:
    """Return the word by which somebody denies that there is one: "denied there had been a swap"."""
    there = reading.head[mention.head]
    if reading.lemma[there] != "be" or reading.child(there, "expl") is None or reading.dep[mention.head] != "attr":
        return None
    above = over_rule(reading, there, book)
    return above if above is not None and above[0].step == "denied" and not negated(reading, above[1]) else None


def inverted(reading: Reading, token: int) -> bool:
    """Say whether the clause is a condition without a word for it: "Should A free B, ..."."""
    subject = reading.child(token, "nsubj", "nsubjpass")
    marks = reading.children(token, "aux")
    above = reading.head[token]
    if reading.dep[token] == "ccomp" and reading.lemma[above] == "have" and reading.dep[above] != "ROOT":
        # "Had the truce been renewed, ...": the parser takes the auxiliary for a verb
        marks = (*marks, above)
    _, last = reading.sentences[reading.sentence_of(token)]
    asked = reading.word(last - 1) == "?"
    return (
        subject is not None
        and not asked
        and any(
            mark < subject and reading.lemma[mark] in {"should", "have", "be"} and mark == _opening(reading, mark)
            for mark in marks
        )
    )


def _opening(reading: Reading, token: int) -> int:
    first, _ = reading.sentences[reading.sentence_of(token)]
    return token if all(reading.pos[at] in {"PUNCT", "SPACE"} for at in range(first, token)) else -1


def _no(reading: Reading, mention: DealMention) -> bool:
    return any(reading.lemma[child] == "no" for child in reading.children(mention.head, "det"))


def is_off_topic(reading: Reading, book: DealBook, sentence: int) -> bool:
    """Say whether the sentence is about games, companies or films."""
    first, last = reading.sentences[sentence]
    words = book.words("off_topic")
    return any(reading.lemma[token] in words for token in range(first, last))
