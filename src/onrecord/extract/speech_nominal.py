"""Cues that are no verbs: "according to ...", "in the words of ...", "the claim that ...", "a promise to ...".

Comes in: a scene and a cue in it. Goes out: the token ranges of the content.
"""

from onrecord.extract import clause
from onrecord.extract.speech_indirect import without
from onrecord.extract.speech_objects import Ranges
from onrecord.extract.speech_scene import Hit, Scene
from onrecord.extract.speech_speaker import own_clause
from onrecord.model.reading import Reading

_FINITE = frozenset({"VBD", "VBZ", "VBP"})


def phrase_content(scene: Scene, hit: Hit) -> Ranges:
    """Return the clause that "according to ..." stands beside; a clause quoted right before it is the content alone."""
    reading, first = scene.reading, hit.anchor
    sentence = reading.sentences[reading.sentence_of(first)]
    quoted = _quoted_before(scene, first, sentence[0])
    if quoted is not None:
        return [quoted]
    host = _whole(reading, host_of(reading, first), first)
    if host is None:
        return []
    begin = _own_clause_begins(reading, host, first, sentence[0])
    ranges = [(max(start, begin), min(end, sentence[1])) for start, end in without(reading, host, first)]
    return [piece for piece in ranges if piece[0] < piece[1] and (piece[0] < first or _goes_on(reading, host, *piece))]


def _whole(reading: Reading, host: int | None, phrase: int) -> int | None:
    """Return the verb of the whole clause where a comma sets the phrase off from it ("it is to ..., according to")."""
    if host is None or phrase == 0 or reading.word(phrase - 1) != ",":
        return host
    for _ in range(6):
        above = reading.head[host]
        shares = reading.dep[host] == "conj" and reading.child(host, "nsubj", "nsubjpass", "expl") is None
        inner = reading.dep[host] in {"advcl", "xcomp", "acl"} and (
            reading.tag[host] == "VBG" or any(reading.lemma[aux] == "to" for aux in reading.children(host, "aux"))
        )
        if above == host or above > phrase or not (shares or inner) or not clause.is_verb(reading, above):
            return host
        host = above
    return host


def _own_clause_begins(reading: Reading, host: int, phrase: int, floor: int) -> int:
    """Return where the last clause with a subject of its own begins, where a contrast cuts the sentence in two."""
    for other in reversed([at for at in reading.children(host, "conj") if at < phrase]):
        subject = reading.child(other, "nsubj", "nsubjpass", "expl")
        if subject is None:
            continue
        begin = reading.subtree(subject)[0]
        if begin > floor + 1 and reading.lemma[begin - 1] == "but" and reading.word(begin - 2) in {",", ";"}:
            return begin
    return floor


def _goes_on(reading: Reading, host: int, first: int, last: int) -> bool:
    """Say whether what stands behind the phrase is the same clause's: its verb, or a finite verb beside it."""
    if first <= host < last:
        return True
    return any(
        first <= at < last and reading.tag[at] in _FINITE and own_clause(reading, at)
        for at in reading.children(host, "conj")
    )


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
