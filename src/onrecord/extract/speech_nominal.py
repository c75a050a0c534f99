"""Cues that are no verbs: "according to ...", "in the words of ...", "the claim that ...", "a promise to ...".

Comes in: a scene and a cue in it. Goes out: the token ranges of the content.
"""

from onrecord.extract import clause
from onrecord.extract.speech_indirect import Ranges, without
from onrecord.extract.speech_scene import Hit, Scene
from onrecord.model.reading import Reading


def phrase_content(scene: Scene, hit: Hit) -> Ranges:
    """Return the clause that "according to ..." stands beside; a clause quoted right before it is the content alone."""
    reading, first = scene.reading, hit.anchor
    sentence = reading.sentences[reading.sentence_of(first)]
    quoted = _quoted_before(scene, first, sentence[0])
    if quoted is not None:
        return [quoted]
    host = host_of(reading, first)
    if host is None:
        return []
    ranges = without(reading, host, first)
    return [(max(start, sentence[0]), min(end, sentence[1])) for start, end in ranges]


def host_of(reading: Reading, token: int) -> int | None:
    """Return the verb whose clause holds the phrase; the root of the sentence where there is none."""
    at = token
    for above in reading.ancestors(token):
        at = above
        if clause.is_verb(reading, above) and reading.dep[above] not in {"amod", "acl", "relcl", "xcomp"}:
            return above
    return at if at != token else None


def _quoted_before(scene: Scene, first: int, floor: int) -> tuple[int, int] | None:
    reading, at = scene.reading, first - 1
    while at > floor and reading.word(at) in {",", ";"}:
        at -= 1
    quote = scene.quote_at(reading.start[at]) if at >= floor else None
    if quote is None or not quote.closed:
        return None
    begin, end = reading.tokens_in(quote.start, quote.end)
    finite = any(reading.tag[token] in {"VBD", "VBZ", "VBP", "MD"} for token in range(begin, min(end, begin + 60)))
    return (begin, end) if finite else None


def noun_content(scene: Scene, hit: Hit) -> Ranges:
    """Return the clause that a nominal cue brings in ("the claim that ...", "her promise to ...")."""
    reading, noun = scene.reading, hit.anchor
    for child in reading.children(noun, "acl", "ccomp", "relcl"):
        if child < noun:
            continue
        to = any(reading.lemma[mark] == "to" for mark in reading.children(child, "aux"))
        that = any(reading.lemma[mark] == "that" for mark in reading.children(child, "mark")) or (
            reading.dep[child] == "acl" and reading.lemma[reading.subtree(child)[0]] == "that"
        )
        if (that and "clause" in hit.entries[0].shapes) or (to and "infinitive" in hit.entries[0].shapes):
            return [reading.subtree(child)]
    return []
