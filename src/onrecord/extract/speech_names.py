"""From the head token of a speaker to an actor: its phrase, its name, the apposition that names it.

Comes in: a scene, a head token, the cast. Goes out: references. A pronoun that the cast doesn't resolve is nobody: it
is never a speaker's name.
"""

import re
import unicodedata

from onrecord.extract import clause
from onrecord.extract.speech_scene import Hit, Scene
from onrecord.model.cast import Cast, Member
from onrecord.model.mention import ActorRef
from onrecord.model.reading import Reading
from onrecord.model.text import Document

_SLUG = re.compile(r"[^a-z0-9]+")
_OPENERS = frozenset({'"', "“", "``"})
_RUNS_ON = frozenset({"NOUN", "PROPN", "ADJ", "NUM", "DET"})


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
    named = apposed(scene, cast, head)
    if named:
        return tuple(
            ActorRef(ref.actor, ref.name, ref.country, ref.role, mention) for member in named for ref in member.refs
        )
    member = cast.member_at(head)
    if member is not None and member.form == "demonym" and member.last - member.first == 1:
        member = _namesake(reading, cast, head) or member
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


def apposed(scene: Scene, cast: Cast, head: int) -> tuple[Member, ...]:
    """Return the persons whom an apposition to this noun names ("her lawyer, Ivo Brandt"); none if it names a body.

    A relative "of" somebody may be named himself ("the brother of the driver, Ivo Brandt"): that is left open.
    """
    reading = scene.reading
    own = cast.member_at(head)
    if is_pronoun(scene, head) or reading.pos[head] == "PROPN" or (own is not None and own.form == "name"):
        return ()
    if scene.book.is_in("kin", reading.lemma[head]) and clause.preposition(reading, head, "of"):
        return ()
    first = [at for at in reading.children(head, "appos") if at > head]
    inner = [more for at in first for more in reading.children(at, "appos")]
    places = first + inner
    if not places:
        places = _behind_a_body(scene, head)
    if not places and (behind := _name_behind(scene, head)) is not None:
        places = [behind]
    found: list[Member] = []
    for at in places:
        for other in clause.conjuncts(reading, at):
            member = cast.member_at(other)
            if member is not None and member.sort == "person" and member.form == "name" and member not in found:
                found.append(member)
    many = reading.tag[head] == "NNS"
    return tuple(found) if found and (len(found) > 1) == many else ()


def _behind_a_body(scene: Scene, head: int) -> list[int]:
    """Return the appositions that the parser hung on the body somebody heads ("the head of its office, Ivo Brandt")."""
    reading = scene.reading
    return [
        place
        for noun in clause.preposition(reading, head, "of", "for", "at", "in")
        if reading.pos[noun] == "PROPN" or scene.book.is_in("bodies", reading.lemma[noun])
        for place in reading.children(noun, "appos")
        if place > noun
    ]


def _namesake(reading: Reading, cast: Cast, head: int) -> Member | None:
    """Return the person in the article whose last name this is, letter by letter, though a people is called so too."""
    word = reading.word(head)
    found = {
        member.refs[0].actor: member
        for member in cast.members
        if member.sort in {"person", "organisation"} and member.form == "name" and len(member.refs) == 1
        and member.last - member.first > 1 and reading.word(member.last - 1) == word
    }  # fmt: skip
    if len(found) != 1 or reading.children(head, "det"):
        return None
    (member,) = found.values()
    return Member(
        first=head, last=head + 1, head=head, form="name", sort="person", refs=member.refs, how="the last name of one",
    )  # fmt: skip


def _name_behind(scene: Scene, head: int) -> int | None:
    """Return the last token of a person's name between this phrase's comma and the next mark ("..., Ivo Brandt.")."""
    reading = scene.reading
    last = reading.subtree(head)[1]
    if last + 1 >= len(reading) or reading.word(last) != "," or not scene.people_near(last + 1):
        return None
    name = scene.people_near(last + 1)[0]
    closed = name.last >= len(reading) or reading.word(name.last) in {",", ".", ";"}
    return name.last - 1 if name.first == last + 1 and closed and name.last - name.first > 1 else None


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
