"""Content that is no clause: whom one blames and for what, what one calls a thing, the number one gives.

Comes in: a scene and a cue in it. Goes out: the token ranges of the content, or nothing.
"""

from onrecord.extract import clause
from onrecord.extract.speech_scene import Hit, Scene
from onrecord.model.reading import Reading

type Ranges = list[tuple[int, int]]

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_LONGEST = 160
_COUNTED = ("dobj", "ccomp", "attr", "oprd", "pobj", "nummod", "npadvmod")


def is_infinitive(reading: Reading, verb: int) -> bool:
    """Say whether the verb is an infinitive with "to"."""
    return any(reading.lemma[child] == "to" and child < verb for child in reading.children(verb, "aux"))


def blame(scene: Scene, hit: Hit) -> Ranges:
    """Return whom one blames, with what for ("accused them of ...")."""
    reading, verb = scene.reading, hit.anchor
    blamed = reading.child(verb, "dobj")
    preps = list(reading.children(verb, "prep"))
    for agent in reading.children(verb, "agent"):
        preps += [prep for by in reading.children(agent, "pobj") for prep in reading.children(by, "prep")]
    if blamed is not None:
        preps += [
            prep
            for prep in reading.children(blamed, "prep")
            if (reading.lemma[prep] == "of" and hit.entries[0].force == "accuse")
            or reading.child(prep, "pcomp") is not None
            or (prep + 1 < len(reading) and scene.is_quoted(prep + 1))
        ]
    for prep in preps:
        if reading.lemma[prep] not in {"of", "for", "over", "about", "with", "at"} or prep < verb:
            continue
        if blamed is None and not clause.is_passive(reading, verb):
            continue
        first = prep if blamed is None or blamed > prep else reading.subtree(blamed)[0]
        last = reading.subtree(prep)[1]
        if prep + 1 < last:
            quote = scene.quote_at(reading.start[prep + 1])
            if quote is not None:
                after = reading.tokens_in(quote.start, quote.end)[1]
                if after >= len(reading) or reading.pos[after] == "PUNCT":
                    last = min(last, after)
        return [(first, last)]
    return []


def label(scene: Scene, hit: Hit) -> Ranges:
    """Return what one calls something, with the thing ("called it ...")."""
    reading, verb = scene.reading, hit.anchor
    named = reading.child(verb, "dobj")
    passive = clause.is_passive(reading, verb)
    ends = [
        child
        for child in reading.children(verb, "oprd", "prep", "ccomp", "acomp", "xcomp", "advcl")
        if child > verb
        and (reading.dep[child] not in {"prep", "advcl"} or _has_as(reading, child))
        and not is_infinitive(reading, child)
    ]
    if named is not None and not ends:
        ends = [child for child in reading.children(named, "appos") if scene.is_quoted(child)]
    quoted = bool(ends) and ends[0] + 1 < len(reading) and scene.is_quoted(ends[0] + 1)
    if quoted and named is None and not passive and reading.dep[ends[0]] == "prep" and ends[0] == verb + 1:
        return [reading.subtree(ends[0])]
    if not ends or (named is None and not passive and (len(ends) == 1 or reading.dep[ends[0]] == "prep")):
        return []
    first = reading.subtree(named)[0] if named is not None and named > verb else reading.subtree(ends[0])[0]
    pair = [child for child in ends if reading.dep[child] == "oprd"][:2]
    return [(max(first, verb + 1), reading.subtree((pair or ends)[-1 if len(pair) == 2 else 0])[1])]


def _has_as(reading: Reading, child: int) -> bool:
    return reading.lemma[child] == "as" or any(
        reading.lemma[mark] == "as" for mark in reading.children(child, "mark", "advmod", "prep")
    )


def count(scene: Scene, hit: Hit) -> Ranges:
    """Return the number, with what it counts, that somebody gives ("counts 40 wounded", "says fewer than ten")."""
    reading, verb = scene.reading, hit.anchor
    first = hit.tokens[-1] + 1
    counted = next((at for at in range(first, min(first + 5, len(reading))) if reading.pos[at] == "NUM"), None)
    holders = [child for at in hit.tokens for child in reading.children(at, *_COUNTED) if child > verb]
    for child in holders:
        low, high = reading.subtree(child)
        if not first <= low <= first + 1:
            continue
        bare = reading.word(low).lower() in scene.book.words.get("amounts", ())
        if not bare and (counted is None or not low <= counted < high or not _only_numbers(reading, low, counted)):
            continue
        end = reading.sentences[reading.sentence_of(verb)][1]
        rest = range(high, min(end, high + _LONGEST))
        if all(reading.tag[at] not in _FINITE and reading.word(at) not in {";", ":"} for at in rest):
            return [(low, end)]
        beside = [span for other in reading.children(verb) if (span := reading.subtree(other))[0] == high]
        ran_on = bool(beside) and reading.pos[high] != "PUNCT"
        return [(low, beside[0][1] if ran_on else high)]
    return []


def _only_numbers(reading: Reading, first: int, last: int) -> bool:
    return all(reading.pos[at] in {"NUM", "ADV", "ADJ", "ADP", "DET", "SYM"} for at in range(first, last))


def rate(scene: Scene, hit: Hit) -> Ranges:
    """Return what is put at a number ("put the cost at 40 million")."""
    reading = scene.reading
    rated = reading.child(hit.anchor, "dobj")
    preps = reading.children(hit.anchor, "prep")
    if rated is not None:
        preps += reading.children(rated, "prep")
    for prep in preps:
        low, high = reading.subtree(prep)
        number = any(reading.pos[at] == "NUM" for at in range(low, min(high, low + 6)))
        if rated is not None and hit.anchor < rated < prep and reading.lemma[prep] == "at" and number:
            more = reading.child(reading.child(prep, "pobj") or prep, "cc")
            return [(reading.subtree(rated)[0], more if more is not None else high)]
    return []
