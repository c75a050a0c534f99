"""Who speaks: from a cue to the tokens of its speaker, and from those to an actor.

Comes in: a scene, a cue, the cast. Goes out: head tokens, then references. A pronoun that the cast doesn't resolve is
nobody: it is never a speaker's name.
"""

import re
import unicodedata

from onrecord.extract import clause
from onrecord.extract.speech_scene import Hit, Scene
from onrecord.model.cast import Cast
from onrecord.model.mention import ActorRef
from onrecord.model.reading import Reading
from onrecord.model.text import Document

_SLUG = re.compile(r"[^a-z0-9]+")
_OPENERS = frozenset({'"', "“", "``"})
_RUNS_ON = frozenset({"NOUN", "PROPN", "ADJ", "NUM", "DET"})


def speakers_of(scene: Scene, hit: Hit) -> tuple[int, ...]:
    """Return the head tokens of who speaks by this cue; none where nobody is named."""
    reading, book = scene.reading, scene.book
    if hit.sort == "phrase":
        return _object_of(reading, hit)
    if hit.sort == "noun":
        return _owner(scene, hit.anchor)
    verb = hit.anchor
    master = superior(scene, hit)
    if master is not None:
        return speakers_of(scene, master)
    if late_cue(scene, hit):
        return clause.conjuncts(reading, reading.head[verb])
    own = [at for at in reading.children(verb, "nsubj") if reading.tag[at] not in {"WDT", "WP"}]
    if reading.dep[verb] == "acl" and _rootless(reading, verb):
        heads: tuple[int, ...] = (reading.head[verb],)
    elif clause.is_passive(reading, verb):
        heads = clause.agent_of(reading, verb)
    elif own:
        heads = clause.conjuncts(reading, own[-1])
    else:
        heads = clause.surface_subject(reading, verb)
    above = reading.head[reading.head[verb]] if reading.dep[verb] == "pcomp" else verb
    if above != verb and book.is_in("relays", reading.lemma[above]):
        quoted = reading.child(above, "dobj")
        if clause.is_passive(reading, above):
            heads = clause.surface_subject(reading, above)
        elif quoted is not None:
            heads = clause.conjuncts(reading, quoted)
    return tuple(
        head
        for head in heads
        if not book.is_in("no_speaker", reading.lemma[head])
        and reading.dep[head] != "expl"
        and not (reading.lemma[head] == "one" and is_none(reading, head))
    )


def is_none(reading: Reading, head: int) -> bool:
    """Say whether the subject is nobody of a kind ("no official", "neither side")."""
    return any(reading.lemma[det] in {"no", "neither"} for det in reading.children(head, "det", "preconj", "neg"))


def late_cue(scene: Scene, hit: Hit) -> bool:
    """Say whether "..., officials announced on Monday." was read as officials who were announced.

    A bare participle after people at the end of a sentence, with a comma before them and nothing done by anybody.
    """
    reading, verb = scene.reading, hit.anchor
    noun = reading.head[verb]
    if reading.dep[verb] != "acl" or noun != verb - 1 or reading.tag[verb] not in {"VBN", "VBD"}:
        return False
    if reading.child(verb, "agent", "dobj", "oprd", "ccomp", "xcomp") is not None:
        return False
    first = noun
    while first > 0 and reading.head[first - 1] == noun:
        first -= 1
        if reading.word(first) == ",":
            break
    if first > 0 and reading.word(first) != "," and reading.word(first - 1) == ",":
        first -= 1
    last = reading.sentences[reading.sentence_of(verb)][1]
    ends = reading.subtree(verb)[1] >= last - 2
    return ends and reading.word(first) == "," and scene.book.is_in("people", reading.lemma[noun])


def _rootless(reading: Reading, verb: int) -> bool:
    """Say whether a finite verb hangs on its own subject, which the parser took for something else."""
    head = reading.head[verb]
    if head != verb - 1 or reading.child(verb, "agent") is not None:
        return False
    pair = len(reading.children(verb, "oprd", "dobj")) > 1
    return reading.word(head)[0].isupper() and (reading.tag[verb] == "VBD" or pair)


def outside(scene: Scene, hit: Hit, speakers: tuple[int, ...]) -> tuple[int, ...]:
    """Return the speakers, or, where the parser lost the subject, the noun right before or behind the cue."""
    reading, verb = scene.reading, hit.anchor
    if speakers or hit.sort != "verb" or clause.is_passive(reading, verb) or reading.tag[verb] in {"VBG", "VB"}:
        return speakers
    if reading.child(verb, "nsubj", "nsubjpass", "expl") is not None:
        return speakers
    first, last = reading.sentences[reading.sentence_of(verb)]
    at = verb - 1
    while at > first and (reading.pos[at] in {"AUX", "ADV"} or reading.word(at) == ","):
        at -= 1
    if at >= first and verb - at < 4 and reading.pos[at] in {"PROPN", "NOUN", "PRON"} and not scene.is_quoted(at):
        named = reading.pos[at] == "PROPN" and (reading.dep[at] == "appos" or bool(scene.people_near(at)))
        alone = reading.word(verb - 1) != "," or named
        return (_top(reading, at),) if alone else ()
    for at in range(verb + 1, min(last, verb + 8)):
        if reading.pos[at] in {"PROPN", "NOUN"} and reading.dep[at] not in {"compound", "npadvmod", "dobj", "pobj"}:
            return (at,)
        if reading.pos[at] in {"PUNCT", "ADP", "SCONJ", "VERB"}:
            break
    return ()


def _top(reading: Reading, at: int) -> int:
    """Return the head of the run of names that ends here."""
    while reading.dep[at] in {"compound", "flat"} and reading.head[at] > at:
        at = reading.head[at]
    return at


def superior(scene: Scene, hit: Hit) -> Hit | None:
    """Return the cue that this one goes on from, though the parser put it inside that one's content.

    "She said the road was open, adding that ..." and "..., and accused ...": after a comma, a participle or a
    coordinated cue without a subject of its own is what the first speaker does.
    """
    reading, verb = scene.reading, hit.anchor
    if hit.sort != "verb" or reading.child(verb, "nsubj", "nsubjpass") is not None:
        return None
    dep = reading.dep[verb]
    participle = reading.tag[verb] == "VBG" and dep in {"advcl", "acl", "conj"} and not reading.children(verb, "aux")
    if not participle and not (dep == "conj" and reading.tag[verb] in {"VBD", "VBZ", "VBP"}):
        return None
    if not comma_before(reading, verb):
        return None
    at = reading.head[verb]
    for _ in range(6):
        head = reading.head[at]
        if head == at:
            return None
        if reading.dep[at] == "ccomp" and head < at:
            return next((above for above in scene.hits_in(head, head + 1) if above.sort == "verb"), None)
        if reading.dep[at] in {"relcl", "nsubj"}:
            return None
        at = head
    return None


def comma_before(reading: Reading, verb: int) -> int | None:
    """Return the token of the comma right before a verb, conjunction, adverb and closing mark skipped, or None."""
    for at in range(verb - 1, max(verb - 5, -1), -1):
        if reading.word(at) == ",":
            return at
        if reading.pos[at] not in {"CCONJ", "ADV", "PUNCT"}:
            return None
    return None


def relay_of(scene: Scene, hit: Hit) -> tuple[int, ...]:
    """Return the head tokens of who passes the words on ("the daily quoted her as saying")."""
    reading = scene.reading
    above = reading.head[reading.head[hit.anchor]]
    if reading.dep[hit.anchor] != "pcomp" or not scene.book.is_in("relays", reading.lemma[above]):
        return ()
    if clause.is_passive(reading, above):
        return clause.agent_of(reading, above)
    return clause.surface_subject(reading, above)


def _object_of(reading: Reading, hit: Hit) -> tuple[int, ...]:
    for holder in reversed(hit.tokens):
        child = reading.child(holder, "pobj")
        if child is not None:
            return clause.conjuncts(reading, child)
    return ()


def _owner(scene: Scene, noun: int) -> tuple[int, ...]:
    reading = scene.reading
    owner = reading.child(noun, "poss")
    if owner is not None:
        return clause.conjuncts(reading, owner)
    agents = clause.preposition(reading, noun, "by", "from")
    if agents:
        return agents
    head = reading.head[noun]
    above = reading.head[head] if reading.dep[noun] == "pobj" else head
    if reading.dep[noun] in {"dobj", "pobj"} and scene.book.is_in("support", reading.lemma[above]):
        return clause.subject_of(reading, above)
    return ()


def phrase_of(reading: Reading, head: int, hit: Hit | None = None) -> tuple[int, int]:
    """Return the tokens of the noun phrase with this head, appositions and "of ..." included, up to the cue."""
    if reading.pos[head] == "PRON":
        return head, head + 1
    first, last = reading.subtree(head)
    first = max(first, head - 24)
    last = min(last, head + 40)
    for anchor in (*hit.tokens, *reading.children(hit.anchor, "aux", "auxpass")) if hit else ():
        if anchor > head:
            last = min(last, anchor)
        elif anchor < head:
            first = max(first, anchor + 1)
    last = next((at for at in range(head + 1, last) if reading.word(at) in _OPENERS), last)
    if hit and hit.anchor < head:
        deeds = [prep for prep in reading.children(head, "prep") if reading.child(prep, "pcomp") is not None]
        last = min([last, *(prep for prep in deeds if prep > head)])
    while hit and last < hit.anchor and last - head < 12 and _runs_on(reading, last):
        last += 1
    coordinated = reading.children(head, "conj")
    if coordinated:
        last = min(last, reading.subtree(coordinated[0])[0])
        marks = [at for at in reading.children(head, "cc", "punct") if head < at < last]
        last = min([last, *marks[-1:]])
    while last > head + 1 and _is_loose(reading, head, last - 1):
        last -= 1
    while first < head and reading.pos[first] == "PUNCT":
        first += 1
    return first, last


def _runs_on(reading: Reading, token: int) -> bool:
    return reading.pos[token] in _RUNS_ON or reading.word(token) in {"’", "'", "’s", "'s"}


def _is_loose(reading: Reading, head: int, token: int) -> bool:
    """Say whether a token at the end of a phrase is no part of it; a bracket that closes one is."""
    if reading.word(token) == ")":
        return all(reading.word(at) != "(" for at in range(max(head, token - 8), token))
    loose = reading.pos[token] in {"PUNCT", "CCONJ"} or reading.tag[token] in {"WDT", "WP"}
    return loose or reading.dep[token] == "case"


def name_of(reading: Reading, head: int, hit: Hit | None = None) -> str:
    """Return the words that name an actor the cast doesn't know: the phrase without article and clauses."""
    first, last = phrase_of(reading, head, hit)
    for child in reading.children(head, "relcl", "acl", "appos", "punct", "conj", "cc"):
        begin = reading.subtree(child)[0]
        if head < child and not (reading.dep[child] == "relcl" and begin == head + 1 and last - head < 8):
            last = min(last, begin)
    while first < head and reading.dep[first] == "det" and reading.lemma[first] not in {"no", "neither"}:
        first += 1
    while last > head + 1 and (reading.pos[last - 1] == "PUNCT" or reading.tag[last - 1] == "POS"):
        last -= 1
    return " ".join(reading.words(first, max(last, head + 1)).split())


def slug(name: str) -> str:
    """Return a name as an id: lower case, letters and digits, hyphens between."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return _SLUG.sub("-", "".join(c for c in plain if not unicodedata.combining(c))).strip("-") or "unnamed"


def is_pronoun(scene: Scene, head: int) -> bool:
    """Say whether the token points and doesn't name."""
    reading = scene.reading
    return reading.pos[head] in {"PRON", "DET"} or reading.tag[head] in {"PRP", "PRP$", "WP", "WDT", "DT"}


def references(scene: Scene, document: Document, cast: Cast, head: int, hit: Hit | None = None) -> tuple[ActorRef, ...]:
    """Return whom the head token stands for, each with the full phrase as mention; none for an unresolved pronoun."""
    reading = scene.reading
    first, last = phrase_of(reading, head, hit)
    mention = document.cite(reading.start[first], reading.end[last - 1])
    member = cast.member_at(head)
    if member is not None and member.refs and (member.head == head or _names(reading, member.head, head)):
        return tuple(
            ActorRef(ref.actor, _fuller(scene, ref.name, head, hit), ref.country, ref.role, mention)
            for ref in member.refs
        )
    if is_pronoun(scene, head):
        return ()
    name = name_of(reading, head, hit)
    if not any(map(str.isalpha, name)):
        return ()
    countries = {ref.country for member in cast.within(first, last) for ref in member.refs if ref.country}
    return (ActorRef(slug(name), name, countries.pop() if len(countries) == 1 else None, None, mention),)


def _fuller(scene: Scene, name: str, head: int, hit: Hit | None) -> str:
    """Return an unnamed source as it is named here ("diplomat who took part"), a named one as the cast has it."""
    if name != name.lower() or is_pronoun(scene, head):
        return name
    phrase = name_of(scene.reading, head, hit)
    return phrase if name in phrase else name


def _names(reading: Reading, one: int, other: int) -> bool:
    """Say whether two tokens head the same name: one hangs on the other as a part of it."""
    return any(
        reading.head[low] == high and reading.dep[low] in {"compound", "flat", "appos", "nmod"}
        for low, high in ((one, other), (other, one))
    )
