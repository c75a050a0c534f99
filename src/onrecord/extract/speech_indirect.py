"""Indirect and mixed speech by the tree: what hangs on a cue in one of its shapes.

Comes in: a scene and a cue in it. Goes out: the token ranges of the content and the shape, or nothing.
"""

from onrecord.extract import clause
from onrecord.extract.speech_objects import Ranges, blame, count, is_infinitive, label, rate
from onrecord.extract.speech_scene import Hit, Scene
from onrecord.extract.speech_speaker import late_cue
from onrecord.lexicon.speech import Cue, Shape
from onrecord.model.reading import Reading

_LONGEST = 160


def content_of(scene: Scene, hit: Hit) -> tuple[Cue, Shape, Ranges] | None:
    """Return the first of the cue's entries and shapes that the clause fits, with the content's token ranges."""
    options = [(entry, shape) for entry in hit.entries for shape in entry.shapes]
    for entry, shape in sorted(options, key=lambda option: option[1] == "quote"):
        late = shape == "clause" and late_cue(scene, hit)
        ranges = _before(scene, hit) if late else _SHAPES[shape](scene, hit)
        if ranges:
            return entry, shape, ranges
    return None


def _before(scene: Scene, hit: Hit) -> Ranges:
    """Return the sentence up to the comma before a late cue's subject."""
    reading = scene.reading
    first = reading.sentences[reading.sentence_of(hit.anchor)][0]
    comma = next(at for at in range(hit.anchor - 1, -1, -1) if reading.word(at) == ",")
    return [(_after_break(reading, first, comma), comma)] if first < comma else []


def _clause(scene: Scene, hit: Hit) -> Ranges:
    reading, verb = scene.reading, hit.anchor
    children = [
        child
        for holder in hit.tokens
        for child in reading.children(holder, *(("ccomp",) if holder == verb else ("ccomp", "advcl")))
        if not is_infinitive(reading, child) and (holder == verb or child > holder) and not _is_gap(reading, child)
    ]
    after = [child for child in children if child > verb and not _apart(reading, verb, reading.subtree(child)[0])]
    if any(scene.book.is_in("empty", reading.lemma[child]) for child in reading.children(verb, "dobj")):
        return []
    for child in [*after, *reversed([child for child in children if child < verb])]:
        if child > verb and reading.tag[child] == "VBG" and not _has_subject(reading, child):
            continue
        ranges = [piece for piece in _outside(scene, child, hit) if _says_something(scene, *piece)]
        if ranges:
            return ranges
    return _misplaced(scene, hit) or _around(reading, verb)


def _apart(reading: Reading, verb: int, first: int) -> bool:
    """Say whether a semicolon parts the cue from what the parser took for its clause."""
    return any(reading.word(at) == ";" for at in range(verb + 1, min(first + 1, verb + _LONGEST)))


def _is_gap(reading: Reading, child: int) -> bool:
    """Say whether this is a relative clause with a cue in it ("the flood that she says cut the road")."""
    first = reading.subtree(child)[0]
    return reading.lemma[first] in {"that", "which", "who"} and reading.dep[first] != "mark" and (
        reading.head[first] != child and reading.dep[first] in {"nsubj", "nsubjpass", "dobj"}
    )  # fmt: skip


def _misplaced(scene: Scene, hit: Hit) -> Ranges:
    """Return the "that ..." clause that the parser hung on a noun beside the cue ("told the court that ...")."""
    reading, verb = scene.reading, hit.anchor
    nouns = [child for child in reading.children(verb, "dobj", "dative") if child > verb]
    for prep in reading.children(verb, "prep", "dative"):
        nouns += [child for child in reading.children(prep, "pobj") if child > verb]
    for noun in nouns:
        if reading.lemma[noun] in scene.book.by_noun and reading.dep[noun] == "dobj":
            continue
        for child in reading.children(noun, "acl", "relcl", "ccomp"):
            if child > noun and _brings_in(reading, child):
                return [reading.subtree(child)]
            if child > noun and reading.dep[noun] != "pobj" and _is_told(scene, verb, child):
                return [reading.subtree(child)]
    return []


def _brings_in(reading: Reading, child: int) -> bool:
    """Say whether "that" begins a clause with nothing missing, whatever the parser called it."""
    if any(reading.lemma[mark] == "that" for mark in reading.children(child, "mark")):
        return True
    first = reading.subtree(child)[0]
    objects = [at for at in reading.children(child, "dobj", "attr", "acomp", "ccomp") if at > child]
    subject = reading.child(child, "nsubj", "nsubjpass", "expl")
    return reading.lemma[first] == "that" and bool(objects) and subject is not None and subject > first


def _is_told(scene: Scene, verb: int, child: int) -> bool:
    """Say whether a clause without "that" is what somebody was told ("told them it was late"), not a relative one."""
    reading = scene.reading
    if not scene.book.is_in("tells", reading.lemma[verb]):
        return False
    first = reading.subtree(child)[0]
    subject = reading.child(child, "nsubj", "nsubjpass", "expl")
    gap = reading.child(child, "dobj", "acomp", "attr", "ccomp", "auxpass", "xcomp", "prep")
    wh = any(reading.tag[at] in {"WP", "WDT", "WRB", "WP$"} for at in reading.children(child))
    return subject is not None and gap is not None and not wh and reading.subtree(subject)[0] == first


def _says_something(scene: Scene, first: int, last: int) -> bool:
    """Say whether a range holds a verb or a quotation, so that it can be the content of a clause."""
    reading = scene.reading
    near = range(first, min(last, first + _LONGEST))
    words = [at for at in near if reading.word(at)[0].isalnum()]
    return len(words) > 1 and any(reading.pos[at] in {"VERB", "AUX"} or scene.is_quoted(at) for at in near)


def _has_subject(reading: Reading, verb: int) -> bool:
    return reading.child(verb, "nsubj", "nsubjpass", "expl", "csubj", "aux", "auxpass") is not None


def _outside(scene: Scene, child: int, hit: Hit) -> Ranges:
    """Return the child's stretch of tokens, cut where the cue and its subject stand."""
    reading, verb = scene.reading, hit.anchor
    first, last = reading.subtree(child)
    if child > verb:
        return [(_after_time(reading, child, max(first, *(token + 1 for token in hit.tokens))), last)]
    edge = min((verb, *(reading.subtree(subject)[0] for subject in reading.children(verb, "nsubj", "nsubjpass"))))
    told = reading.child(verb, "dobj")
    if told is not None and told > verb and not scene.book.is_in("tells", reading.lemma[verb]):
        return []
    if any(reading.word(at) in {";", ":"} for at in range(max(first, min(last, edge) - 2), edge)):
        return []
    edge = min(edge, *(at for at in reading.children(verb, "aux", "neg", "auxpass") or (verb,)))
    return [(first, min(last, edge))] if first < edge else []


def _after_time(reading: Reading, child: int, first: int) -> int:
    """Return where the clause begins behind a time that belongs to the cue ("said last week he would go")."""
    for at in reading.children(child, "npadvmod"):
        low, high = reading.subtree(at)
        if low == first and high < child and reading.pos[high] in {"PRON", "PROPN", "DET", "NOUN"}:
            return high
    return first


def _around(reading: Reading, verb: int) -> Ranges:
    """Return the clause that a cue in brackets of commas stands in ("the road, she said, is open")."""
    dep, host = reading.dep[verb], reading.head[verb]
    if host > verb and reading.dep[host] == "conj" and _apart(reading, verb, host):
        host = reading.head[host]
    if host == verb or not (clause.is_verb(reading, host) or reading.dep[host] == "ROOT"):
        return []
    marked = any(reading.lemma[mark] == "as" for mark in reading.children(verb, "mark", "advmod"))
    if not (
        dep == "parataxis" or (dep == "advcl" and marked) or (dep in {"ccomp", "dep"} and _bracketed(reading, verb))
    ):
        return []
    if reading.child(verb, "dobj", "xcomp") is not None:
        return []
    return without(reading, host, verb)


def _bracketed(reading: Reading, verb: int) -> bool:
    first, last = reading.subtree(verb)
    before = first > 0 and reading.word(first - 1) == ","
    inside = reading.word(first) == ","
    after = last < len(reading) and reading.word(last) in {",", ".", "?", "!"}
    return (before or inside) and (after or reading.word(last - 1) in {",", "."})


def without(reading: Reading, host: int, inner: int) -> Ranges:
    """Return the tokens under `host` before and after those under `inner`."""
    first, last = reading.subtree(host)
    low, high = reading.subtree(inner)
    first = _after_break(reading, first, low)
    last = next((at for at in range(max(high - 1, first), last) if reading.word(at) == ";"), last)
    ranges = [(first, min(low, last)), (max(high, first), last)]
    return [(start, end) for start, end in ranges if any(reading.pos[at] != "PUNCT" for at in range(start, end))]


def _after_break(reading: Reading, first: int, last: int) -> int:
    """Return where the last stretch without a colon or semicolon begins in tokens `[first, last)`."""
    for at in range(last - 2, max(first, last - _LONGEST) - 1, -1):
        if reading.word(at) in {":", ";"}:
            return at + 1
    return first


def _infinitive(scene: Scene, hit: Hit) -> Ranges:
    reading = scene.reading
    if reading.child(hit.anchor, "dobj", "dative") is not None:
        return []
    for child in reading.children(hit.anchor, "xcomp"):
        if is_infinitive(reading, child) and child > hit.anchor:
            return [reading.subtree(child)]
    return []


def _gerund(scene: Scene, hit: Hit) -> Ranges:
    reading = scene.reading
    for child in reading.children(hit.anchor, "xcomp", "ccomp", "dobj"):
        if reading.tag[child] == "VBG" and child > hit.anchor and clause.is_verb(reading, child):
            return [reading.subtree(child)]
    for holder in hit.tokens[1:]:
        for child in reading.children(holder, "pcomp"):
            return [reading.subtree(child)]
    return []


def _object(scene: Scene, hit: Hit) -> Ranges:
    reading = scene.reading
    if len(hit.tokens) > 1:
        found = [child for holder in hit.tokens[1:] for child in reading.children(holder, "pobj")]
        if not found:
            found = [child for child in reading.children(hit.anchor, "dobj") if child > hit.tokens[-1]]
    else:
        found = list(reading.children(hit.anchor, "dobj"))
    for child in found:
        if reading.pos[child] == "PRON" or child < hit.anchor or _is_empty(scene, child):
            continue
        first, last = reading.subtree(child)
        for clause_head in reading.children(hit.anchor, "advcl"):
            begin, end = reading.subtree(clause_head)
            conditional = any(reading.lemma[at] in {"if", "unless"} for at in reading.children(clause_head, "mark"))
            if conditional and last <= begin <= last + 1:
                last = end
        return [(first, last)]
    return []


def _is_empty(scene: Scene, noun: int) -> bool:
    """Say whether the object is a nominal cue, whose own clause will be the content."""
    reading = scene.reading
    return reading.lemma[noun] in scene.book.by_noun and reading.child(noun, "acl", "ccomp") is not None


def _order(scene: Scene, hit: Hit) -> Ranges:
    reading = scene.reading
    for child in reading.children(hit.anchor, "xcomp", "ccomp", "advcl"):
        if child > hit.anchor and is_infinitive(reading, child):
            addressed = reading.child(hit.anchor, "dobj", "dative") or reading.child(child, "nsubj")
            if addressed is None and len(hit.tokens) == 1 and not clause.is_passive(reading, hit.anchor):
                continue
            to = next(at for at in reading.children(child, "aux") if reading.lemma[at] == "to")
            if to > 0 and reading.dep[to - 1] == "neg":
                to -= 1
            return [_cut_after_quote(scene, to, reading.subtree(child)[1])]
    return []


def _cut_after_quote(scene: Scene, first: int, last: int) -> tuple[int, int]:
    """End the content with a quotation that begins it, unless words or a second infinitive run on in it."""
    reading = scene.reading
    for at in (first, first + 1, first + 2):
        quote = scene.quote_at(reading.start[at]) if at < last else None
        if quote is not None:
            end = reading.tokens_in(quote.start, quote.end)[1]
            goes_on = end < last and any(
                reading.tag[second] == "VB" and second > end and is_infinitive(reading, reading.head[second])
                for mark in (end, end + 1) if reading.dep[mark] == "cc"
                for second in reading.children(reading.head[mark], "conj")
            )  # fmt: skip
            return (first, last) if goes_on else (first, min(last, end))
    return (first, last)


def _quote(scene: Scene, hit: Hit) -> Ranges:
    """Return the quotation that stands right behind the cue, for those that `speech_direct` did not take."""
    reading = scene.reading
    at = max(hit.tokens) + 1
    while at < len(reading) and reading.word(at) in {",", ":", "that"}:
        at += 1
    quote = scene.quote_at(reading.start[at]) if at < len(reading) else None
    if quote is None or quote.start < reading.start[hit.anchor]:
        return []
    return [reading.tokens_in(quote.start, quote.end)]


_SHAPES = {
    "count": count,
    "rate": rate,
    "clause": _clause,
    "quote": _quote,
    "infinitive": _infinitive,
    "gerund": _gerund,
    "object": _object,
    "order": _order,
    "blame": blame,
    "label": label,
}
