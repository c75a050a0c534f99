"""Rules and the learned reader together. Comes in: a scene, the rules' drafts, learned spans. Goes out: drafts.

The rule:
1. Where the learned reader did not run, the rules stand alone.
2. A learned attribution that shares content with a draft of the rules takes that draft's place: benchmarks count the
   learned spans. A statement's own content is cut to them where they lie inside the rules' clause, and stays as the
   rules have it elsewhere (measured: better on our gold). The draft keeps its force, negation, medium, addressee, who
   speaks on and, for a direct quotation, its marks. The speaker is the draft's where the cue has a subject of its own;
   where the rules see nobody, or took the subject of another verb, a learned source in the same sentence that is sure
   enough (a half; seven tenths) speaks, unless it is whom a passive cue is done to.
3. A learned attribution without a draft becomes one: its cue's entry in the lexicon gives the force (the plainest cue
   where the lexicon has none), the head of its source the speaker. It is a statement only where it is a quotation, or
   where the rules see a cue of saying with the same speaker: a wrong speaker is worse than a missing statement.
4. A draft of the rules that no learned attribution touches stays, with a confidence of a half, where it is nested in a
   learned content, a direct quotation with a cue of its own, or a clause under a cue of plain saying; all others go.
"""

import bisect

from onrecord.extract import clause
from onrecord.extract.speech_names import phrase_of
from onrecord.extract.speech_scene import Draft, Hit, Scene
from onrecord.extract.speech_speaker import speakers_of
from onrecord.model.reading import Attributed

_SURE = 0.5  # a learned source below it never names a speaker whom the rules don't see
_SURER = 0.7
_SURE_SHAPES = ("/clause", "/phrase", "/count", "/rate", "/order", "/blame")
_REACH = 2000  # characters: longer contents are met by their beginning

type Spans = tuple[tuple[int, int], ...]


def combine(scene: Scene, drafts: list[Draft], attributed: tuple[Attributed, ...]) -> list[Draft]:
    """Return the drafts that rules and learned reader agree on or vouch for, in order of the text."""
    if not attributed:
        return drafts
    starts = [draft.place for draft in drafts]
    taken: set[int] = set()
    made: list[Draft] = []
    for item in attributed:
        if not item.content:
            continue
        mates = _mates(scene, item, drafts, starts, taken)
        if mates:
            taken.update(id(mate) for mate in mates)
            made += _guided(scene, mates, item)
        else:
            fresh = None if _relays(scene, item, drafts) else _fresh(scene, item)
            if fresh is not None:
                made.append(fresh)
    contents = sorted(span for item in attributed for span in item.content)
    for draft in drafts:
        if id(draft) not in taken and _stands_alone(draft, contents):
            draft.confidence = 0.5
            made.append(draft)
    made.sort(key=lambda draft: (draft.place, -draft.content[-1][1]))
    return made


def _mates(scene: Scene, item: Attributed, drafts: list[Draft], starts: list[int], taken: set[int]) -> list[Draft]:
    """Return the drafts whose content is mostly this content, or the other way round."""
    found = []
    for start, end in item.content:
        low = bisect.bisect_left(starts, start - _REACH)
        high = bisect.bisect_left(starts, end)
        for draft in drafts[max(low, high - 40) : high]:
            if id(draft) in taken or draft in found:
                continue
            shared = sum(_overlap(span, (start, end)) for span in draft.content)
            size = sum(last - first for first, last in draft.content)
            same = any(_overlap(_cue(scene, draft), cue) for cue in item.cue)
            if shared and (2 * shared >= size or draft.direct or same) and 3 * shared >= min(size, end - start):
                found.append(draft)
    return [draft for draft in found if not any(_inside(_cue(scene, draft), span) for span in item.content)]


def _cue(scene: Scene, draft: Draft) -> tuple[int, int]:
    """Return the characters of the draft's cue; a place outside of any text where it has none."""
    reading = scene.reading
    return (reading.start[draft.hit.anchor], reading.end[draft.hit.anchor]) if draft.hit else (-1, -1)


def _guided(scene: Scene, mates: list[Draft], item: Attributed) -> list[Draft]:
    """Put the learned boundaries in the place of the rules' own."""
    lead = max(mates, key=lambda draft: (not draft.cue.thought, draft.hit is not None, -draft.place))
    heads = _heads(scene, item.source)
    for draft in mates:
        draft.confidence, draft.learned = item.confidence, item
        if heads and draft.carried is None and _may_speak(scene, draft, item, heads):
            draft.speakers = heads
    if any(draft.direct for draft in mates):
        return mates
    others = [draft for draft in mates if _is_apart(draft, lead)]
    lead.raw = list(item.content)
    bare = [_bare(scene, span) for span in item.content]
    cut = lead.rule.endswith("/clause") and lead.content[0][0] <= bare[0][0] and bare[-1][1] <= lead.content[-1][1]
    cut = cut and all(any(_overlap(span, own) for span in bare) for own in lead.content)
    if cut or any(draft is not lead and draft.hit == lead.hit for draft in mates):
        lead.content = bare
    return [lead, *others]


def _is_apart(draft: Draft, lead: Draft) -> bool:
    """Say whether a second draft under one learned content is another saying (headline and lead run into one)."""
    if draft is lead or draft.cue.thought or draft.hit is None or lead.hit is None:
        return False
    return draft.hit.anchor != lead.hit.anchor and not any(
        _overlap(one, other) for one in draft.content for other in lead.content
    )


def _may_speak(scene: Scene, draft: Draft, item: Attributed, heads: tuple[int, ...]) -> bool:
    """Say whether a learned source may take the speaker's place.

    Not where the cue has a subject of its own, nor from another sentence, nor as who the cue is done to. Where the
    rules got the speaker from another verb, only a source before the cue that is surer still.
    """
    reading, hit = scene.reading, draft.hit
    if hit is None:
        return not draft.speakers
    if draft.speakers:
        if _touches(scene, draft, item.source) or hit.sort != "verb" or heads[0] > hit.anchor:
            return False
        if (item.confidence or 1.0) < _SURER or reading.child(hit.anchor, "nsubj", "nsubjpass", "agent") is not None:
            return False
    if reading.sentence_of(heads[0]) != reading.sentence_of(hit.anchor) or (item.confidence or 1.0) < _SURE:
        return False
    passive = hit.sort == "verb" and clause.is_passive(reading, hit.anchor)
    return not (passive and set(heads) & {*clause.surface_subject(reading, hit.anchor), reading.head[hit.anchor]})


def _fresh(scene: Scene, item: Attributed) -> Draft | None:
    """Return a draft for what only the learned reader saw."""
    hit = _hit_in(scene, item.cue)
    cue = hit.entries[0] if hit else scene.book.plain
    quotes = [scene.quote_at(start) for start, _ in item.content]
    direct = all(
        quote is not None and abs(quote.start - start) < 3
        for quote, (start, _) in zip(quotes, item.content, strict=True)
    )
    heads = _heads(scene, item.source)
    if cue is None or not (heads or direct) or (hit is None and not direct and not item.cue):
        return None
    vouched = _vouched(scene, hit, heads)
    if hit is None and item.cue:
        token = scene.reading.token_at(item.cue[0][0])
        hit = Hit(token, (token,), (cue,), "verb") if token is not None else None
    return Draft(
        cue, hit, heads, [_bare(scene, span) for span in item.content], list(item.content), direct=direct,
        rule="speech.learned", confidence=item.confidence, learned=item,
        unsaid=not direct and not (vouched and _has_verb(scene, item.content)),
    )  # fmt: skip


def _vouched(scene: Scene, hit: Hit | None, heads: tuple[int, ...]) -> bool:
    """Say whether the rules too see a cue of saying here, and the same speaker."""
    if hit is None or hit.entries[0].thought:
        return False
    return bool(set(speakers_of(scene, hit)) & set(heads))


def _has_verb(scene: Scene, spans: Spans) -> bool:
    """Say whether a content is more than a name for what was said: it holds a finite verb or quoted words."""
    reading = scene.reading
    tokens = [at for start, end in spans for at in range(*reading.tokens_in(start, end))]
    return any(reading.tag[at] in {"VBD", "VBZ", "VBP", "MD"} or scene.is_quoted(at) for at in tokens)


def _relays(scene: Scene, item: Attributed, drafts: list[Draft]) -> bool:
    """Say whether this is an "according to" around words that the rules give to who spoke them."""
    hit = _hit_in(scene, item.cue)
    if hit is None or hit.sort != "phrase":
        return False
    return any(
        draft.direct and _overlap(span, mine) for draft in drafts for span in draft.content for mine in item.content
    )


def _hit_in(scene: Scene, spans: Spans) -> Hit | None:
    for start, end in spans:
        first, last = scene.reading.tokens_in(start, end)
        hits = scene.hits_in(first, last)
        if hits:
            return hits[0]
    return None


def _heads(scene: Scene, spans: Spans) -> tuple[int, ...]:
    reading = scene.reading
    heads = [clause.head_of(reading, start, end) for start, end in spans]
    return tuple(at for head in heads if head is not None for at in (head, *_joined(scene, head, spans)))


def _joined(scene: Scene, head: int, spans: Spans) -> tuple[int, ...]:
    """Return what is coordinated with the head inside the source."""
    reading = scene.reading
    return tuple(
        at
        for at in clause.conjuncts(reading, head)[1:]
        if any(start <= reading.start[at] < end for start, end in spans)
    )


def _touches(scene: Scene, draft: Draft, spans: Spans) -> bool:
    reading = scene.reading
    for head in draft.speakers:
        first, last = phrase_of(reading, head, draft.hit)
        if any(_overlap((reading.start[first], reading.end[last - 1]), span) for span in spans):
            return True
    return False


def _stands_alone(draft: Draft, contents: list[tuple[int, int]]) -> bool:
    place = bisect.bisect_right(contents, (draft.place, 1 << 60)) - 1
    if place >= 0 and draft.content[-1][1] <= contents[place][1]:
        return True
    if draft.direct:
        return draft.hit is not None or draft.carried is not None
    return draft.rule.endswith(_SURE_SHAPES) and not draft.cue.thought


def _bare(scene: Scene, span: tuple[int, int]) -> tuple[int, int]:
    """Return a learned content as statements have it: outer marks and a leading "that" left off."""
    text, (start, end) = scene.reading.text, span
    quote = scene.quote_at(start)
    if quote is not None and quote.start == start and end <= quote.end + 1:
        marks = "\"“”„‟«»‘’'`"
        while start < end and text[start] in marks:
            start += 1
        while end > start + 1 and (text[end - 1] in marks or text[end - 1] in ", \n"):
            end -= 1
        return (start, end)
    return scene.without_that(start, end)


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def _inside(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return other[0] <= one[0] and one[1] <= other[1]
