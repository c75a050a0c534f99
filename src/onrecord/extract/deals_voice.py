"""Say how real a step is and whose it is. Comes in: a draft and the statement it stands in. Goes out: step and doer."""

from onrecord.extract import clause
from onrecord.extract.deals_parties import doing
from onrecord.extract.deals_steps import Draft, inverted
from onrecord.lexicon import Lexicon
from onrecord.model.cast import Cast
from onrecord.model.claim import Statement
from onrecord.model.mention import ActorRef
from onrecord.model.moment import Moment
from onrecord.model.reading import Reading
from onrecord.model.vocabulary import StepKind

_DEEDS = {"agreed", "signed", "talks_held", "carried_out", "partly_carried_out", "extended", "resumed"}
_DONE = {"carried_out", "partly_carried_out"}
_CONSENT = {"agreed", "signed", "talks_held", "agreed_in_principle", "resumed", "extended"}
_TOLD_AS_DONE = {"extended", "resumed", "talks_held"}
_SPEAKERS = {"reaffirmed", "denied", "refused", "conditions_set", "discussed", "announced", "proposed", "scheduled"}

_FAR = 12
_WOULD = frozenset({"would", "will"})
_NOT_YET = frozenset({"deals.step.proceed", "deals.step.happen"})
_SURVIVE = "deals.step.survive"
_AS_SOON = frozenset({"soon", "long"})
_BROKER = "deals.step.broker"
_PRESENT = frozenset({"VBZ", "VBP"})


def reality(
    reading: Reading, draft: Draft, lexicon: Lexicon, voice: Statement | None, moments: tuple[Moment, ...]
) -> tuple[StepKind | None, bool, str]:
    """Return the step that is left when modality and denial count, whether it hangs on something, and why it fell."""
    step = draft.step
    at = draft.trigger if draft.over is None else draft.over
    if reading.dep[at] in {"xcomp", "ccomp"} and reading.lemma[reading.head[at]] in lexicon.deals.words("enact"):
        at = reading.head[at]
    if reading.pos[at] == "NOUN" and reading.lemma[at] in lexicon.deals.words("talking"):
        # "are in discussions about easing": what holds of the talking holds of the step
        at = next((one for one in reading.ancestors(at) if reading.pos[one] in {"VERB", "AUX"}), at)
    modality, polarity = clause.modality(reading, at, lexicon.hedges)
    if _only_to(reading, draft.trigger, lexicon) or (modality == "called_for" and _beside(reading, draft.trigger)):
        modality = "happened"
    real = modality in {"happened", "ongoing"}
    conditional = has_condition(reading, draft.trigger, lexicon) and not (draft.planned and real)
    if inverted(reading, draft.trigger):
        if reading.child(draft.trigger, "auxpass") is not None and reading.tag[reading.head[draft.trigger]] == "VBD":
            return None, False, "only what might have been"
        return ("conditions_set", True, "") if voice is not None else (None, False, "only if")
    unreal = _unreal(reading, draft, lexicon, voice)
    if unreal:
        return None, False, unreal
    waits = _waits(reading, draft.trigger, lexicon)
    if step == "reaffirmed" and not waits and voice is not None and conditional and modality == "planned":
        return "conditions_set", True, ""  # "would honour the truce as soon as A withdraws"
    if step == "reaffirmed" and not waits and voice is not None and modality in {"happened", "ongoing", "planned"}:
        return step, False, ""
    if step == "conditions_set" and draft.rules in {("deals.none",), ("deals.condition",)}:
        return step, True, ""
    if waits:
        if voice is not None and _holds_back(reading, draft.trigger):
            return "conditions_set", True, ""
        return None, False, "only what something else waits for"
    if step == "denied" and draft.rules == ("deals.none",) and modality == "planned" and voice is not None:
        return "refused", False, ""  # "said there would be no truce"
    if step == "refused" and modality == "planned" and polarity != "denied" and not conditional and not draft.negated:
        return step, False, ""  # "will stay away from the talks"
    if step in {"denied", "refused"}:
        return (step, False, "") if real else (None, False, "a refusal that is not told as made")
    if draft.to_come is not None and modality == "planned" and polarity != "denied":
        dated = clause.date_of(reading, draft.trigger, moments) is not None
        ahead = any(reading.tag[one] == "TO" for one in reading.children(draft.trigger, "aux"))
        if ahead and _is_to(reading, draft, lexicon):
            return "scheduled", conditional, ""
        if not dated or (voice is not None and not ahead):
            return draft.to_come, conditional, ""
    denied = _said_no(reading, draft, lexicon, voice, modality, polarity, conditional=conditional, real=real)
    if denied is not None:
        return denied
    if conditional and voice is not None and step == "proposed" and _ready(reading, draft, lexicon):
        return "conditions_set", True, ""  # "is ready to stop fighting if A withdraws"
    if conditional and voice is not None and not real and step in _DEEDS | {"scheduled", "proposed"}:
        return "conditions_set", True, ""
    if _only_hoped(reading, draft.trigger, lexicon):
        return None, False, "hoped for, not told"
    if modality == "called_for" and draft.over is None and _somebodys_idea(reading, draft.trigger):
        return None, False, "an idea of nobody who is named"
    if modality == "called_for" and step in _DEEDS | {"proposed", "announced", "scheduled"}:
        return "proposed", conditional, ""
    if modality == "planned":
        if step in {"postponed", "suspended"} and draft.over is None and reading.pos[draft.trigger] == "VERB":
            return step, conditional, ""  # "said it would delay the release"
        if step == "collapsed" and polarity != "denied" and _decided(reading, draft.trigger, lexicon):
            return step, conditional, ""  # "decided to call off the exchange"
        dated = clause.date_of(reading, draft.trigger, moments) is not None
        left = _planned(step, draft, conditional=conditional, dated=dated)
        if left[0] == "scheduled" and conditional and voice is not None and not draft.planned:
            return "conditions_set", True, ""
        if left[0] == "scheduled" and not draft.planned and voice is not None and _written(lexicon, voice):
            return "announced", left[1], left[2]
        return left
    if not real and step != "scheduled":
        return None, False, f"only {modality}"
    if step in _DEEDS - _TOLD_AS_DONE and voice is not None and _announced(reading, lexicon, voice):
        return "announced", conditional, ""
    return step, conditional, ""


def _said_no(
    reading: Reading, draft: Draft, lexicon: Lexicon, voice: Statement | None, modality: str, polarity: str, *,
    conditional: bool, real: bool,
) -> tuple[StepKind | None, bool, str] | None:  # fmt: skip
    """Return what is left of a step that is told as not so: put off, refused, tied to a condition, denied."""
    step = draft.step
    if draft.negated and draft.over is None and step in _DONE | {"talks_held"} and _as_planned(reading, draft, lexicon):
        return "postponed", False, ""  # "did not take place as planned"
    if (
        step == "postponed"
        and draft.rules[0] in _NOT_YET
        and modality == "planned"
        and _as_planned(reading, draft, lexicon)
    ):
        return step, False, ""  # "will not take place on Monday as planned"
    until = _until(reading, draft.trigger, lexicon)
    if draft.negated and voice is not None and (conditional or until) and (step in _DONE or step == "postponed"):
        return "conditions_set", True, ""  # "will not happen unless B withdraws", "cannot start until ..."
    if draft.negated and (conditional or until) and voice is not None and step in _CONSENT:
        return "conditions_set", True, ""  # "would not accept a truce unless"
    if draft.negated and modality == "planned" and draft.mention is None and draft.over is None and step in _DONE:
        return "refused", False, ""  # "would not withdraw", "will not free"
    willing = draft.over is None or "deals.over.commit" in draft.rules
    if draft.negated and modality == "planned" and step in _CONSENT and willing:
        # "will not sign", "would not negotiate"
        return "refused", False, ""
    if step == "collapsed" and draft.rules == (_SURVIVE,) and real:
        return step, False, ""  # "did not survive the week"
    if step == "postponed" and draft.rules[0] in _NOT_YET and real:
        return step, False, ""  # "did not go ahead as planned"
    if draft.negated or (polarity == "denied" and draft.over is None):
        habit = step == "talks_held" and draft.mention is None and _as_a_rule(reading, draft.trigger)
        if voice is not None and not habit and step in _DEEDS | {"scheduled", "discussed"}:
            return "denied", False, ""
        return None, False, "denied"
    return None


def _planned(step: StepKind, draft: Draft, *, conditional: bool, dated: bool) -> tuple[StepKind | None, bool, str]:
    """Return a deed to come as scheduled (announced, where no day is named); to "agree" some day is nothing yet."""
    if draft.planned or step == "scheduled":
        return step, conditional, ""
    if step == "signed" and not draft.negated and draft.over is None and dated:
        return "scheduled", conditional, ""  # "will sign a peace treaty on Tuesday"
    if step in {"agreed", "signed"}:
        return None, False, "an agreement still to come"
    if step in _DEEDS:
        return "scheduled", conditional, ""
    return (step, conditional, "") if step in {"reaffirmed", "conditions_set"} else (None, False, "only planned")


def _as_planned(reading: Reading, draft: Draft, lexicon: Lexicon) -> bool:
    """Say whether it was to have been so: "will not take place on Monday as planned"."""
    _, last = reading.sentences[reading.sentence_of(draft.trigger)]
    return any(
        reading.lemma[at] == "as" and reading.lemma[at + 1] in lexicon.deals.words("as_planned")
        for at in range(draft.trigger, min(last - 1, draft.trigger + _FAR))
    )


def _until(reading: Reading, token: int, lexicon: Lexicon) -> bool:
    """Say whether it is told until when it will not be: "cannot start until B withdraws"."""
    near = (
        one for child in reading.children(token, "prep", "advcl") for one in (child, *reading.children(child, "mark"))
    )
    return any(reading.lemma[one] in lexicon.deals.words("until") for one in near)


def _decided(reading: Reading, token: int, lexicon: Lexicon) -> bool:
    """Say whether an infinitive tells what somebody decided: "decided to end the truce", "its decision to end it"."""
    above = reading.head[token]
    if reading.dep[token] not in {"xcomp", "acl"} or reading.lemma[above] not in lexicon.deals.words("decided"):
        return False
    owned = reading.child(above, "poss") is not None
    return owned if reading.dep[token] == "acl" else reading.tag[above] in {"VBD", "VBN"}


def _as_a_rule(reading: Reading, token: int) -> bool:
    """Say whether the verb tells a habit: "the state does not negotiate with criminals"."""
    return any(
        reading.lemma[one] == "do" and reading.tag[one] in {"VBZ", "VBP"} for one in reading.children(token, "aux")
    )


def _unreal(reading: Reading, draft: Draft, lexicon: Lexicon, voice: Statement | None) -> str:
    """Say why it was never done: it was to have been, should have been, or is what a plan would do; else nothing."""
    if draft.said and voice is None:
        return "denied by nobody who is named"
    if _fell_through(reading, draft.trigger):
        return "was to have been, and was not"
    if _missed(reading, draft.trigger):
        return "what should have been, and was not"
    if draft.step == "collapsed" and _runs_out(reading, draft.trigger, lexicon):
        return "what ends on a day to come"
    if _to_come_first(reading, draft.trigger, lexicon):
        return "only what has yet to come first"
    return "what a plan would do" if _in_a_plan(reading, draft, lexicon) else ""


def _runs_out(reading: Reading, token: int, lexicon: Lexicon) -> bool:
    """Say whether it is told when it will end: "the truce runs out on Monday"."""
    return reading.tag[token] in _PRESENT and reading.lemma[token] in lexicon.deals.words("run_out")


def _missed(reading: Reading, token: int) -> bool:
    """Say whether it should have been done: "negotiations that should have begun on Monday"."""
    marks = [reading.lemma[one] for one in reading.children(token, "aux")]
    return "should" in marks and "have" in marks


def _in_a_plan(reading: Reading, draft: Draft, lexicon: Lexicon) -> bool:
    """Say whether it is only what an offer would bring: "the plan would have both sides stop and reopen the road"."""
    at = draft.trigger
    for _ in range(3):
        if reading.dep[at] not in {"conj", "ccomp", "xcomp"} or reading.child(at, "nsubj", "nsubjpass") is not None:
            break
        at = reading.head[at]
    own = reading.child(at, "nsubj")
    would = any(
        reading.lemma[one] in {"would", "will"} and reading.tag[one] == "MD" for one in reading.children(at, "aux")
    )
    return own is not None and would and reading.lemma[own] in lexicon.deals.words("offers")


def _is_to(reading: Reading, draft: Draft, lexicon: Lexicon) -> bool:
    """Say whether a text sets what is to be: "the exchange is to be completed within 45 days"."""
    inside = reading.dep[draft.trigger] == "xcomp" and draft.rules == ("deals.step.complete",)
    return inside and reading.lemma[reading.head[draft.trigger]] in lexicon.deals.words("copula")


def _ready(reading: Reading, draft: Draft, lexicon: Lexicon) -> bool:
    """Say whether somebody only says that he is ready for it, or willing; who offers it proposes it."""
    ready, provided = lexicon.deals.words("ready"), lexicon.deals.words("provided")
    first, last = reading.sentences[reading.sentence_of(draft.trigger)]
    offers = any(reading.lemma[at] in provided or reading.word(at).lower() in provided for at in range(first, last))
    return draft.over is not None and reading.lemma[draft.over] in ready and not offers


def _beside(reading: Reading, token: int) -> bool:
    """Say whether a participle opens the sentence: "Announcing ..., he called for ...": it isn't what is called for."""
    return reading.dep[token] == "advcl" and reading.tag[token] == "VBG" and token < reading.head[token]


def _only_to(reading: Reading, token: int, lexicon: Lexicon) -> bool:
    """Say whether an infinitive tells what came of it all the same: "left the talks, only to come back"."""
    only = any(reading.lemma[child] in lexicon.deals.words("only") for child in reading.children(token, "advmod"))
    return (
        only
        and reading.dep[token] == "advcl"
        and any(reading.lemma[child] == "to" for child in reading.children(token, "aux"))
    )


def _to_come_first(reading: Reading, token: int, lexicon: Lexicon) -> bool:
    """Say whether the clause tells what has to come first: "will ease it as soon as A ratifies the treaty"."""
    words = lexicon.deals.words("then")
    over = reading.head[token]
    over = reading.head[over] if reading.pos[over] == "ADV" else over
    ahead = any(reading.tag[one] in {"MD", "TO"} for one in reading.children(over, "aux"))
    return (
        reading.dep[token] == "advcl" and over < token and ahead and reading.tag[token] in {"VBZ", "VBP"}
        and any(reading.lemma[mark] in words for mark in reading.children(token, "mark", "advmod"))
    )  # fmt: skip


def _somebodys_idea(reading: Reading, token: int) -> bool:
    """Say whether it is only what an unowned noun says: "dismissed suggestions that troops should be withdrawn"."""
    noun = reading.head[token]
    that = any(reading.lemma[mark] == "that" for mark in reading.children(token, "mark"))
    return (
        reading.dep[token] in {"acl", "ccomp"}
        and reading.pos[noun] == "NOUN"
        and that
        and (reading.child(noun, "poss") is None)
    )


def _only_hoped(reading: Reading, token: int, lexicon: Lexicon) -> bool:
    """Say whether it is what somebody hopes or fears: "hope that A would withdraw", "a feeling of hope that ..."."""
    noun, words = reading.head[token], lexicon.deals.words("prospects")
    that = any(reading.lemma[mark] == "that" for mark in reading.children(token, "mark"))
    of = [end for prep in reading.children(noun, "prep") for end in reading.children(prep, "pobj")]
    return that and reading.pos[noun] == "NOUN" and any(reading.lemma[one] in words for one in (noun, *of))


def _waits(reading: Reading, token: int, lexicon: Lexicon) -> bool:
    """Say whether the clause only says how long something else lasts: "until all are freed"."""
    words = lexicon.deals.words("until")
    above = reading.head[token]
    as_soon = reading.lemma[above] in _AS_SOON and reading.dep[above] == "advmod"
    if as_soon and any(reading.lemma[mark] == "as" for mark in reading.children(token, "mark")):
        # "would honour it as soon as A pulled back": what has to come first
        return any(reading.tag[one] == "MD" for one in reading.children(reading.head[above], "aux"))
    marks = [mark for mark in reading.children(token, "mark", "advmod") if reading.lemma[mark] in words]
    if reading.dep[token] != "advcl":
        return False
    if [reading.lemma[mark] for mark in marks] == ["before"] and _went_by(reading, above) and _went_by(reading, token):
        return False  # "held for years before it broke down"
    return bool(marks) or _only_after(reading, token)


def _holds_back(reading: Reading, token: int) -> bool:
    """Say whether somebody says what he will not do before this."""
    return _withheld(reading, reading.head[token]) or _only_after(reading, token)


def _only_after(reading: Reading, token: int) -> bool:
    """Say whether something will be done only when this has been: "would free him only after it was lifted"."""
    above = reading.head[token]
    ahead = any(reading.tag[one] == "MD" for one in reading.children(above, "aux"))
    return ahead and any(
        reading.lemma[mark] == "after" and reading.lemma[mark - 1] == "only" for mark in reading.children(token, "mark")
    )


def _went_by(reading: Reading, verb: int) -> bool:
    """Say whether the verb tells in the past, and not that it wasn't so: "held", "was signed"."""
    loose = reading.tag[verb] == "VBN" and reading.dep[verb] == "acl"  # "An earlier truce, signed in May, held for"
    past = (
        reading.tag[verb] == "VBD"
        or loose
        or any(reading.tag[one] == "VBD" and reading.lemma[one] == "be" for one in reading.children(verb, "auxpass"))
    )
    return past and reading.child(verb, "neg") is None


def _fell_through(reading: Reading, verb: int) -> bool:
    """Say whether this was to have been done: "was to have been carried out on Friday"."""
    above = reading.head[verb]
    marks = {reading.lemma[one] for one in reading.children(verb, "aux")}
    return (
        reading.dep[verb] == "xcomp" and reading.lemma[above] == "be" and reading.tag[above] == "VBD"
        and {"to", "have"} <= marks
    )  # fmt: skip


def _withheld(reading: Reading, verb: int) -> bool:
    """Say whether this is what somebody says he will not do: "will not talk (until all are freed)"."""
    ahead = any(reading.tag[one] == "MD" for one in reading.children(verb, "aux"))
    subject = reading.child(verb, "nsubj", "nsubjpass")
    none = subject is not None and any(
        reading.lemma[one] in {"no", "none"}
        for one in (subject, reading.subtree(subject)[0], *reading.children(subject, "det"))
    )
    return ahead and (reading.child(verb, "neg") is not None or none)


def _written(lexicon: Lexicon, voice: Statement) -> bool:
    """Say whether a document announces it: "according to the communique"."""
    last = (voice.speaker.name if voice.speaker is not None else "").lower().split()[-1:]
    return bool(set(last) & lexicon.deals.words("document"))


def _announced(reading: Reading, lexicon: Lexicon, voice: Statement) -> bool:
    """Say whether the words that the step stands in are an announcement."""
    if voice.cue is None:
        return False
    first, last = reading.tokens_in(voice.cue.start, voice.cue.end)
    return any(
        rule.step == "announced" for at in range(first, last) for rule, _ in lexicon.deals.of("step", reading.lemma[at])
    )


def has_condition(reading: Reading, token: int, lexicon: Lexicon) -> bool:
    """Say whether an "if", "unless" or "on condition that" hangs on this word or on what it stands under."""
    words = lexicon.deals.words("condition")
    _, last = reading.subtree(token)
    for at in range(token + 1, min(last, token + 40)):
        asked = reading.dep[at] == "mark" and reading.dep[reading.head[at]] == "ccomp"  # "to see if"
        known = reading.lemma[at] in words or reading.word(at).lower() in words
        known = known and reading.child(at, "dobj") is None  # "providing aid"
        known = known and not (reading.dep[at] == "advmod" and reading.head[at] < at)  # "was extended once"
        known = known and reading.lemma[reading.head[at]] != "without"  # "without conditions"
        if known and not asked and _hangs(reading, at, token):
            return True
    at = token
    for _ in range(3):
        if any(
            reading.lemma[one] in _AS_SOON and reading.child(one, "advcl") for one in reading.children(at, "advmod")
        ):
            return True  # "as soon as", "as long as"
        if any(
            reading.lemma[mark] in words
            for child in reading.children(at, "advcl")
            for mark in reading.children(child, "mark", "advmod", "prep")
        ):
            return True
        if reading.dep[at] not in {"xcomp", "conj", "acomp"} or reading.head[at] == at:
            return False
        at = reading.head[at]
    return False


def _hangs(reading: Reading, at: int, token: int) -> bool:
    """Say whether one word hangs on another without a relative clause between."""
    for _ in range(6):
        if reading.dep[at] in {"relcl", "acl"} or reading.head[at] == at:
            return False
        at = reading.head[at]
        if at == token:
            return True
    return False


def _by_whom(reading: Reading, noun: int) -> tuple[int, ...]:
    """Return by whom a noun says that it was made: "an offer by A", "a proposal from A"."""
    return tuple(
        child
        for prep in reading.children(noun, "prep", "agent")
        if reading.lemma[prep] in {"by", "from"}
        for child in reading.children(prep, "pobj")
    )


def _nation(reading: Reading, token: int, cast: Cast) -> tuple[ActorRef, ...]:
    """Return the state that a noun of no known person is called after: "their A hosts"."""
    if reading.pos[token] != "NOUN":
        return ()
    members = [cast.member_at(child) for child in reading.children(token, "amod", "compound")]
    refs = {
        ref.actor: ref for member in members if member is not None and member.sort == "state" for ref in member.refs
    }
    return tuple(refs.values()) if len(refs) == 1 else ()


def made_by(reading: Reading, cast: Cast, draft: Draft, step: StepKind, voice: Statement | None) -> ActorRef | None:
    """Return who made the step: the accused for a breach, the speaker for what is said, else the doer of the verb."""
    speaker = voice.speaker if voice is not None else None
    if step == "denied" and draft.over is not None:
        own = [ref for token in doing(reading, draft.over) for ref in cast.refs_at(token)]
        if len(own) == 1:
            return own[0]
    if step in {"reaffirmed", "denied", "conditions_set"} and speaker is not None:
        return speaker
    if step == "discussed" and speaker is not None:
        return speaker
    if draft.rules[:1] == (_BROKER,) and step in {"agreed", "signed"}:
        return None  # who brokered it stood between those who agreed
    told = draft.trigger if draft.over is None else draft.over
    if draft.mention is not None and told == draft.mention.head and step != "proposed":
        return None
    if step == "announced" and speaker is not None and draft.step != "announced":
        return speaker
    if step == "violated" and draft.over is not None:
        tokens = clause.object_of(reading, draft.over)
    elif reading.pos[told] in {"NOUN", "PROPN"}:
        # "an offer by A" is A's, whoever dismisses it
        tokens = _by_whom(reading, told) or clause.owner_of(reading, told)
    elif reading.pos[told] == "ADJ":
        tokens = clause.subject_of(reading, reading.head[told]) or clause.subject_of(reading, told)
    else:
        tokens = doing(reading, told)
    if draft.mention is not None:
        tokens = tuple(token for token in tokens if token != draft.mention.head)
    for token in tokens:
        refs = cast.refs_at(token) or _nation(reading, token, cast)
        if len(refs) == 1 and len(tokens) == 1:
            return refs[0]
        if not refs and reading.pos[token] == "PRON":
            return speaker
    return speaker if not tokens and step in _SPEAKERS else None
