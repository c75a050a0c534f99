"""Attributions as bare spans of source, cue and content, before anybody is resolved: what benchmarks score.

Comes in: a reading and the book of cues. Goes out: `Attributed`, the learned reader's own type, so that rules and
model are scored alike. The source is the full noun phrase, the content keeps its marks and its "that", the cue its
auxiliaries; opinions and wishes that need not have been spoken are included. Contents don't lie inside each other.
"""

from onrecord.extract import clause
from onrecord.extract.speech_drafts import drafts_of
from onrecord.extract.speech_names import phrase_of
from onrecord.extract.speech_scene import Draft, Hit, Scene, span_of
from onrecord.lexicon.speech import SpeechBook
from onrecord.model.reading import Attributed, Quote, Reading

type Spans = tuple[tuple[int, int], ...]


def attributions(reading: Reading, book: SpeechBook) -> tuple[Attributed, ...]:
    """Return what the rules see, in order of the text.

    An utterance that nobody spoke has no source.
    """
    scene = Scene(reading, book)
    drafts, orphans = drafts_of(scene)
    return as_spans(reading, drafts, orphans)


def as_spans(
    reading: Reading, drafts: list[Draft], orphans: list[Quote], learned: tuple[Attributed, ...] = ()
) -> tuple[Attributed, ...]:
    """Return drafts as bare spans, with what the learned reader saw besides.

    Where it ran, an utterance for which the rules see no speaker is left out: it saw that too, and let it go.
    """
    made: dict[int, list[tuple[int, int]]] = {}
    order: list[tuple[Draft, list[tuple[int, int]]]] = []
    reached = -1
    for draft in drafts:
        root = _root(draft)
        if draft.raw[0][0] < reached and draft.raw[-1][1] <= reached:
            continue
        reached = max(reached, draft.raw[-1][1])
        if id(root) in made:
            made[id(root)] += draft.raw
        else:
            made[id(root)] = list(draft.raw)
            order.append((root, made[id(root)]))
    found = [_whole(reading, root, tuple(raw)) for root, raw in order]
    found += [item for item in learned if item.content and item not in found]
    found += [Attributed((), (), ((quote.start, quote.end),), 1.0) for quote in orphans if not learned]
    return tuple(sorted(found, key=lambda item: item.content[0]))


def _whole(reading: Reading, root: Draft, raw: Spans) -> Attributed:
    """Return the learned reader's spans where it has any; a signature that it missed is added to them."""
    seen = root.learned
    if seen is not None and (seen.source or root.rule != "speech.signed"):
        return seen
    content, confidence = (seen.content, seen.confidence) if seen else (raw, root.confidence)
    return Attributed(_source(reading, root), _cue(reading, root.hit), content, confidence or 1.0)


def _root(draft: Draft) -> Draft:
    while draft.carried is not None:
        draft = draft.carried
    return draft


def _source(reading: Reading, draft: Draft) -> Spans:
    if not draft.speakers:
        return ()
    pronoun = _relative(reading, draft.hit)
    if pronoun is not None:
        return ((reading.start[pronoun], reading.end[pronoun]),)
    phrases = [phrase_of(reading, head, draft.hit) for head in draft.speakers]
    span = span_of(reading, min(first for first, _ in phrases), max(last for _, last in phrases))
    return (span,) if span else ()


def _relative(reading: Reading, hit: Hit | None) -> int | None:
    """Return the relative pronoun that is the cue's subject: annotators mark it, not what it points at."""
    if hit is None or hit.sort != "verb":
        return None
    own = [at for at in reading.children(hit.anchor, "nsubj") if reading.tag[at] in {"WP", "WDT"}]
    return own[0] if own and len(reading.children(hit.anchor, "nsubj")) == 1 else None


def _cue(reading: Reading, hit: Hit | None) -> Spans:
    if hit is None:
        return ()
    tokens = set(hit.tokens)
    if hit.sort == "verb":
        tokens |= {at for at in clause.verb_group(reading, hit.anchor) if hit.anchor - 6 < at <= max(hit.tokens) + 1}
    first, last = min(tokens), max(tokens) + 1
    if last - first > 8:
        first, last = min(hit.tokens), max(hit.tokens) + 1
    return ((reading.start[first], reading.end[last - 1]),)
