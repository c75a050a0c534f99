"""Put the drafts of an article together: direct quotations first, then clauses, then what is left inside marks.

Comes in: a reading and the book of cues. Goes out: drafts in order of the text, and utterances that nobody spoke.
"""

from onrecord.extract import clause
from onrecord.extract.speech_direct import Direct
from onrecord.extract.speech_indirect import content_of
from onrecord.extract.speech_nominal import host_of, noun_content, phrase_content
from onrecord.extract.speech_objects import Ranges
from onrecord.extract.speech_scene import Draft, Hit, Scene, span_of
from onrecord.extract.speech_speaker import comma_before, is_none, outside, relay_of, speakers_of, superior
from onrecord.model.reading import Quote

_REST = 120  # characters of a quotation that the parser left outside of a content
_GAP = 10  # characters between a content and quoted words that end it
_MANY = 40  # cues inside one content that are looked at


def drafts_of(scene: Scene) -> tuple[list[Draft], list[Quote]]:
    """Return every attribution that the rules see, and the utterances for which they see no speaker."""
    direct = Direct(scene)
    direct.run()
    drafts: list[Draft] = []
    for hit in scene.hits:
        known = direct.by_anchor.get(hit.anchor)
        if known is not None:
            known.speakers = outside(scene, hit, speakers_of(scene, hit))
            known.negated = _negated(scene, hit)
            known.addressee = addressee_of(scene, hit)
            continue
        relayed = host_of(scene.reading, hit.anchor) if hit.sort == "phrase" else None
        if relayed is not None and relayed in direct.by_anchor:
            direct.by_anchor[relayed].via = speakers_of(scene, hit)
            continue
        draft = _from_hit(scene, hit, direct.taken)
        if draft is not None:
            drafts.append(draft)
    direct.adopt([*drafts, *direct.drafts])
    drafts += direct.drafts
    drafts += _embedded(scene, drafts, direct.taken)
    drafts.sort(key=lambda draft: (draft.place, -draft.content[-1][1]))
    return drafts, direct.orphans


def _from_hit(scene: Scene, hit: Hit, taken: set[int]) -> Draft | None:
    if _is_nobody(scene, hit) or _talks_of_itself(scene, hit):
        return None
    ranges: Ranges
    cue = hit.entries[0]
    if hit.sort == "verb":
        found = content_of(scene, hit)
        if found is None:
            return None
        cue, shape, ranges = found
        rule = f"{cue.id}/{shape}"
    elif hit.sort == "phrase":
        ranges, rule = phrase_content(scene, hit), f"{cue.id}/phrase"
    else:
        ranges, rule = noun_content(scene, hit), f"{cue.id}/noun"
    content, raw = [], []
    speakers = outside(scene, hit, speakers_of(scene, hit))
    if hit.sort == "verb" and ranges[-1][1] <= hit.anchor:
        ranges, speakers = _repaired(scene, hit, ranges, speakers)
        ranges = [*ranges, *_ending(scene, hit, ranges, taken)]
    for first, last in ranges:
        last = _cut(scene, hit, first, last)  # noqa: PLW2901
        span = _trimmed(scene, first, last, taken, scene.quote_at(scene.reading.start[hit.anchor]))
        if span is not None:
            content.append(scene.without_that(*span))
            raw.append(span)
    if not content:
        return None
    return Draft(
        cue, hit, speakers, content, raw, direct=False, rule=rule, negated=_negated(scene, hit),
        via=relay_of(scene, hit), addressee=addressee_of(scene, hit), unsaid=_idle(scene, hit),
    )  # fmt: skip


def _cut(scene: Scene, hit: Hit, first: int, last: int) -> int:
    """Return where the content ends: before what the speaker, not the clause, goes on to do."""
    reading = scene.reading
    if hit.sort != "verb" or first < hit.anchor:
        return last
    for other in scene.hits_in(first + 1, last)[:_MANY]:
        if other.sort == "verb" and superior(scene, other) == hit:
            return comma_before(reading, other.anchor) or last
    for at in range(first + 1, min(last, first + 80)):
        if _contrasts(scene, at, first):
            return comma_before(reading, reading.subtree(at)[0]) or reading.subtree(at)[0]
        if reading.dep[at] != "advcl" or reading.subtree(at)[1] != last:
            continue
        comma = comma_before(reading, at) if reading.tag[at] == "VBG" else None
        near = range(at + 1, min(last, at + 8))
        if comma and any(reading.lemma[noun] in scene.book.by_noun and reading.pos[noun] == "NOUN" for noun in near):
            return comma
        mark = reading.child(at, "mark")
        subject = reading.child(at, "nsubj")
        while_ = mark is not None and reading.lemma[mark] == "as" and reading.tag[at] == "VBD"
        if while_ and subject is not None and reading.pos[subject] == "PRON" and reading.subtree(at)[0] == mark:
            return reading.subtree(at)[0]
    return last


def _contrasts(scene: Scene, verb: int, first: int) -> bool:
    """Say whether this is a cue in a "while ..." clause with a subject of its own: somebody else's words follow."""
    reading = scene.reading
    marks = reading.children(verb, "mark")
    return (
        reading.dep[verb] == "advcl"
        and any(reading.lemma[mark] in {"while", "whereas"} for mark in marks)
        and reading.subtree(verb)[0] > first
        and reading.child(verb, "nsubj") is not None
        and any(hit.sort == "verb" for hit in scene.hits_in(verb, verb + 1))
    )


def _talks_of_itself(scene: Scene, hit: Hit) -> bool:
    """Say whether the cue is a quoted speaker's "I think" or "you know"."""
    reading, book = scene.reading, scene.book
    if not scene.is_quoted(hit.anchor):
        return False
    subjects = [reading.lemma[at] for at in reading.children(hit.anchor, "nsubj")]
    return any(book.is_in("first_person", lemma) or book.is_in("second_person", lemma) for lemma in subjects)


def _is_nobody(scene: Scene, hit: Hit) -> bool:
    """Say whether "according to ..." holds no source ("according to plan")."""
    reading = scene.reading
    child = reading.child(hit.tokens[-1], "pobj") if hit.sort == "phrase" else None
    return hit.sort == "phrase" and (child is None or scene.book.is_in("not_sources", reading.lemma[child]))


def _idle(scene: Scene, hit: Hit) -> bool:
    """Say whether the cue is not yet, or never, a saying: to come, conditional, wished for, or ordered."""
    reading, book, verb = scene.reading, scene.book, hit.anchor
    if hit.sort != "verb":
        return False
    first = _first_of(scene, verb)
    above = reading.lemma[reading.head[first]]
    infinitive = any(reading.lemma[aux] == "to" for aux in reading.children(first, "aux"))
    if infinitive and reading.dep[first] in {"xcomp", "ccomp", "acl", "relcl"}:
        return not (book.is_in("carries_on", above) or book.is_in("holds_back", above))
    if any(reading.lemma[mark] in {"if", "unless", "lest"} for mark in reading.children(verb, "mark")):
        return True
    if reading.dep[verb] == "acl" and reading.tag[verb] == "VBG" and "clause" not in hit.entries[0].shapes:
        return True
    if reading.tag[verb] == "VB" and not reading.children(verb, "aux", "nsubj") and reading.dep[verb] == "ROOT":
        return True
    if any(reading.lemma[adverb] == "only" for adverb in reading.children(verb, "advmod")):
        return False
    return any(book.is_in("unreal", reading.word(aux).lower()) for aux in _helpers(scene, verb))


def _first_of(scene: Scene, verb: int) -> int:
    """Return the infinitive that a bare verb goes on from: "to act and consider"; else the verb."""
    reading = scene.reading
    while reading.dep[verb] == "conj" and reading.tag[verb] == "VB" and not reading.children(verb, "aux", "nsubj"):
        verb = reading.head[verb]
    return verb


def _helpers(scene: Scene, verb: int) -> tuple[int, ...]:
    reading = scene.reading
    helpers = reading.children(verb, "aux")
    if reading.dep[verb] == "pcomp":
        helpers += reading.children(reading.head[reading.head[verb]], "aux")
    if not helpers and reading.dep[verb] == "conj" and reading.tag[verb] == "VB":
        helpers = reading.children(reading.head[verb], "aux")
    return helpers


def parts_of(scene: Scene, draft: Draft) -> list[list[tuple[int, int]]]:
    """Return the contents of a clause that goes on with "and that ...": each is a statement of its own."""
    if draft.direct or len(draft.content) != 1 or draft.hit is None:
        return [draft.content]
    reading, (start, end) = scene.reading, draft.content[0]
    first, last = reading.tokens_in(start, end)
    cuts = [
        at
        for at in range(first + 3, last - 2)
        if reading.lemma[at] == "that"
        and reading.dep[at] == "mark"
        and reading.dep[reading.head[at]] == "conj"
        and reading.pos[at - 1] == "CCONJ"
        and reading.dep[reading.head[reading.head[at]]] == "ccomp"
        and not scene.is_quoted(at)
    ]
    parts, begin = [], first
    for cut in [*cuts, last + 1]:
        span = span_of(reading, begin, cut - 1)
        if span is not None:
            parts.append([(start if begin == first else span[0], end if cut > last else span[1])])
        begin = cut + 1
    return parts or [draft.content]


def _negated(scene: Scene, hit: Hit) -> bool:
    reading, verb = scene.reading, hit.anchor
    if hit.sort != "verb":
        return False
    if reading.child(verb, "neg") is not None:
        return True
    if any(is_none(reading, subject) for subject in reading.children(verb, "nsubj")):
        return True
    if any(reading.lemma[child] in {"never", "neither", "nor"} and child < verb for child in reading.children(verb)):
        return True
    above = reading.head[verb]
    if reading.dep[verb] == "pcomp" and reading.lemma[above] == "without":
        return True
    return reading.dep[verb] == "xcomp" and scene.book.is_in("holds_back", reading.lemma[above])


def addressee_of(scene: Scene, hit: Hit) -> int | None:
    """Return the head token of whom it is said to, or None."""
    reading, verb = scene.reading, hit.anchor
    if hit.sort != "verb":
        return None
    told = [child for child in reading.children(verb, "dobj", "dative") if child > verb and reading.pos[child] != "ADP"]
    if told and any(scene.book.is_in("tells", reading.lemma[verb]) for _ in told):
        return told[0]
    for prep in (*reading.children(verb, "prep", "dative"), *hit.tokens[1:]):
        if reading.lemma[prep] in {"to", "on", "upon"} and (prep in hit.tokens or reading.lemma[prep] == "to"):
            child = reading.child(prep, "pobj")
            if child is not None and child > verb:
                return child
    if clause.is_passive(reading, verb) and scene.book.is_in("tells", reading.lemma[verb]):
        return reading.child(verb, "nsubjpass")
    return None


def _trimmed(scene: Scene, first: int, last: int, taken: set[int], around_cue: Quote | None) -> tuple[int, int] | None:
    """Return the characters of a range: not over direct quotations, never cutting a quotation in two.

    What a cue inside a quotation brings in stays inside that quotation.
    """
    reading = scene.reading
    span = span_of(reading, first, last)
    if span is None:
        return None
    start, end = span
    if around_cue is not None:
        start, end = max(start, around_cue.start + 1), min(end, around_cue.end - around_cue.closed)
        if start >= end:
            return None
    for quote in scene.quotes_in(start, end):
        if quote.start in taken:
            end = min(end, quote.start)
            break
        rest = reading.text[end : quote.end]
        if quote.end > end and (not any(map(str.isalnum, rest)) or (quote.closed and len(rest) < _REST)):
            end = quote.end
    around = scene.quote_at(start)
    if around is not None and around.start < start and around.start in taken and around.end < end:
        start = around.end
    elif around is not None and around.start < start and not reading.text[around.start : start].strip("\"“‘'«` "):
        start = around.start
    piece = reading.text[start:end]
    if not any(map(str.isalnum, piece)):
        return None
    while piece and (piece[-1].isspace() or piece[-1] in ",;:—–-"):
        piece = piece[:-1]
    return (start, start + len(piece))


def _ending(scene: Scene, hit: Hit, ranges: Ranges, taken: set[int]) -> Ranges:
    """Return the quoted words behind the cue that end the clause before it ("The road, she said, “is open”")."""
    reading = scene.reading
    last = reading.sentences[reading.sentence_of(hit.anchor)][1]
    behind = scene.quotes_in(reading.end[hit.tokens[-1]], reading.end[last - 1])
    if not behind or behind[0].start in taken or ranges[-1][1] > hit.anchor:
        return []
    quote = behind[0]
    first, end = reading.tokens_in(quote.start, quote.end)
    between = range(hit.tokens[-1] + 1, first)
    finite = any(reading.tag[at] in {"VBD", "VBZ", "VBP", "MD"} or reading.word(at) == ";" for at in between)
    alone = len(between) < _MANY and not finite
    return [(first, end)] if alone and reading.text[: quote.start].rstrip()[-1:] == "," else []


def _repaired(scene: Scene, hit: Hit, ranges: Ranges, speakers: tuple[int, ...]) -> tuple[Ranges, tuple[int, ...]]:
    """Mend "..., an official at the club said" where the parser gave half of the speaker to the content."""
    reading, (first, last) = scene.reading, ranges[-1]
    comma = next((at for at in range(last - 1, max(first, last - 16), -1) if reading.word(at) == ","), None)
    if comma is None or len(speakers) != 1 or comma + 1 >= last:
        return ranges, speakers
    span = range(comma + 1, hit.anchor)
    if any(reading.pos[at] in {"VERB", "AUX", "SCONJ", "CCONJ"} or scene.is_quoted(at) for at in span):
        return ranges, speakers
    heads = [at for at in span if reading.pos[at] in {"NOUN", "PROPN"} and reading.head[at] not in span]
    if heads and speakers[0] in span and heads[0] < speakers[0]:
        return [*ranges[:-1], (first, comma)], (heads[0],)
    return ranges, speakers


def _embedded(scene: Scene, drafts: list[Draft], taken: set[int]) -> list[Draft]:
    """Give quoted words that no content covers to the nearest cue above them in the tree; others are scare quotes."""
    reading = scene.reading
    covered = sorted(span for draft in drafts for span in draft.raw)
    found: list[Draft] = []
    furthest, place = 0, 0
    for quote in scene.outer:
        while place < len(covered) and covered[place][0] <= quote.start:
            furthest = max(furthest, covered[place][1])
            place += 1
        if quote.start in taken or quote.start < furthest or not quote.closed:
            continue
        first, last = reading.tokens_in(quote.start, quote.end)
        hit = _governing(scene, first, last)
        if hit is None:
            continue
        cue = next((entry for entry in hit.entries if not entry.thought), hit.entries[0])
        speakers = speakers_of(scene, hit)
        if speakers and not cue.thought:
            span = (quote.start, quote.end)
            near = _run_into(scene, drafts, hit, quote)
            if near is not None:
                near.content[-1] = (near.content[-1][0], quote.end)
                near.raw[-1] = (near.raw[-1][0], quote.end)
                continue
            if any(scene.book.is_in("empty", reading.lemma[at]) for at in reading.children(hit.anchor, "dobj")):
                continue
            found.append(
                Draft(
                    cue,
                    hit,
                    speakers,
                    [span],
                    [span],
                    direct=False,
                    rule=f"{cue.id}/words",
                    negated=_negated(scene, hit),
                )
            )
    return found


def _run_into(scene: Scene, drafts: list[Draft], hit: Hit, quote: Quote) -> Draft | None:
    """Return the draft of the same cue whose content runs on into these quoted words ("an act that “...”")."""
    for draft in drafts:
        if draft.hit != hit or draft.direct:
            continue
        gap = scene.reading.text[draft.content[-1][1] : quote.start]
        if draft.content[-1][1] <= quote.start and len(gap) < _GAP and gap.replace(" ", "").isalpha():
            return draft
    return None


def _governing(scene: Scene, first: int, last: int) -> Hit | None:
    reading = scene.reading
    head = next(
        (at for at in range(first, min(last, first + 40)) if not first <= reading.head[at] < last), first
    )  # fmt: skip
    for steps, above in enumerate(reading.ancestors(head)):
        if steps > 4:
            return None
        for hit in scene.hits_in(above, above + 1):
            if hit.sort == "verb" and above < first and not _idle(scene, hit):
                return hit
        if clause.is_verb(reading, above):
            return None
    return None
