"""Say how real a step is and whose it is. Comes in: a draft and the statement it stands in. Goes out: step and doer."""

from onrecord.extract import clause
from onrecord.extract.deals_steps import Draft
from onrecord.lexicon import Lexicon
from onrecord.model.cast import Cast
from onrecord.model.claim import Statement
from onrecord.model.mention import ActorRef
from onrecord.model.reading import Reading
from onrecord.model.vocabulary import StepKind

_DEEDS = {"agreed", "signed", "talks_held", "carried_out", "partly_carried_out", "extended", "resumed"}
_TALK = {"proposed", "discussed", "announced", "reaffirmed", "conditions_set", "scheduled"}
_SPEAKERS = {"reaffirmed", "denied", "refused", "conditions_set", "discussed", "announced", "proposed", "scheduled"}


def reality(
    reading: Reading, draft: Draft, lexicon: Lexicon, voice: Statement | None
) -> tuple[StepKind | None, bool, str]:
    """Return the step that is left when modality and denial are counted in, whether it hangs on something, and why not."""
    step = draft.step
    at = draft.trigger if draft.over is None else draft.over
    if reading.dep[at] == "xcomp" and reading.lemma[reading.head[at]] in lexicon.deals.words("enact"):
        at = reading.head[at]
    modality, polarity = clause.modality(reading, at, lexicon.hedges)
    conditional = has_condition(reading, draft.trigger, lexicon)
    denied = draft.negated
    if step == "reaffirmed" and voice is not None:
        return step, False, ""
    if step in {"denied", "refused"}:
        return (step, False, "") if modality in {"happened", "ongoing"} else (None, False, "refusal not told as made")
    if denied or (polarity == "denied" and draft.over is None):
        if voice is not None and step in _DEEDS | {"scheduled"}:
            return "denied", False, ""
        return None, False, "denied"
    if modality in {"threatened", "hypothetical"}:
        if conditional and voice is not None:
            return "conditions_set", True, ""
        if draft.planned or step == "scheduled":
            return step, conditional, ""
        return None, False, f"only {modality}"
    if modality == "called_for":
        return (
            ("proposed", conditional, "")
            if step in _DEEDS | {"proposed", "announced"}
            else (None, False, "only called for")
        )
    if modality == "planned" and not draft.planned:
        if step in _DEEDS:
            return ("conditions_set" if conditional and voice is not None else "scheduled"), conditional, ""
        if step not in _TALK:
            return None, False, "only planned"
    return step, conditional, ""


def has_condition(reading: Reading, token: int, lexicon: Lexicon) -> bool:
    """Say whether an "if", "unless", "provided" or "on condition that" hangs on this word or on what it stands under."""
    words = lexicon.deals.words("condition")
    at = token
    for _ in range(3):
        for child in reading.children(at):
            if reading.lemma[child] in words or reading.word(child).lower() in words:
                return True
            if any(
                reading.lemma[inner] in words or reading.word(inner).lower() in words
                for inner in reading.children(child, "mark", "pobj", "advmod", "prep")
                if reading.dep[child] in {"advcl", "prep", "ccomp"}
            ):
                return True
        if reading.dep[at] not in {"xcomp", "conj"} or reading.head[at] == at:
            return False
        at = reading.head[at]
    return False


def made_by(reading: Reading, cast: Cast, draft: Draft, step: StepKind, voice: Statement | None) -> ActorRef | None:
    """Return who made the step: the accused for a breach, the speaker for what is said, else the doer of the verb."""
    speaker = voice.speaker if voice is not None else None
    if step in {"reaffirmed", "denied", "conditions_set"} and speaker is not None:
        return speaker
    if step == "discussed" and speaker is not None:
        return speaker
    told = draft.trigger if draft.over is None else draft.over
    if step == "violated" and draft.over is not None:
        tokens = clause.object_of(reading, draft.over)
    elif reading.pos[told] in {"NOUN", "PROPN"}:
        tokens = clause.owner_of(reading, told)
    elif reading.pos[told] == "ADJ":
        tokens = clause.subject_of(reading, reading.head[told]) or clause.subject_of(reading, told)
    else:
        tokens = clause.subject_of(reading, told)
    for token in tokens:
        refs = cast.refs_at(token)
        if len(refs) == 1 and len(tokens) == 1:
            return refs[0]
    if not tokens and step in _SPEAKERS:
        return speaker
    return None
