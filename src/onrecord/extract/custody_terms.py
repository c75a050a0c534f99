"""Read what a custody clause says beside its status: charge, sentence, stated reason, place, holder.

Comes in: the verb. Goes out: words as they stand in the text.
"""

from onrecord.extract import clause
from onrecord.lexicon.custody import CustodyBook
from onrecord.model.cast import Cast
from onrecord.model.mention import ActorRef, Place, PlaceRef
from onrecord.model.moment import Moment
from onrecord.model.reading import Reading
from onrecord.model.text import Document

_LONG = 24


def charge(reading: Reading, verb: int, book: CustodyBook) -> str | None:
    """Return what the person is held or tried for, as it stands: "on treason charges", "accused of breaking ..."."""
    words = book.words("charge")
    for prep in _preps(reading, verb):
        for child in reading.children(prep, "pobj", "pcomp"):
            if reading.lemma[child] in words:
                inner = [one for one in reading.children(child, "prep") if reading.lemma[one] in {"of", "for"}]
                if inner:
                    first, last = reading.subtree(inner[0])
                    return _words(reading, first + 1, last)
                first, _ = reading.subtree(child)
                return _bare(reading, first, child)
            if reading.lemma[prep] in {"of", "with", "over"} and book.of("object", reading.lemma[verb]):
                return _words(reading, *reading.subtree(child))
            aside = _is_term(reading, child, book) or reading.lemma[child] in book.words("aside")
            if reading.lemma[prep] == "for" and reading.dep[child] == "pobj" and not aside:
                return _words(reading, *reading.subtree(child))
    return None


def _preps(reading: Reading, verb: int) -> tuple[int, ...]:
    own = reading.children(verb, "prep")
    inner = tuple(
        prep
        for child in reading.children(verb, "dobj", "acomp", "oprd", "xcomp")
        for prep in reading.children(child, "prep")
    )
    return (*own, *inner)


def _is_term(reading: Reading, token: int, book: CustodyBook) -> bool:
    return reading.lemma[token] in book.words("term")


def _words(reading: Reading, first: int, last: int) -> str | None:
    for token in range(first, min(last, first + _LONG)):
        if token > first and (
            reading.word(token) in {",", "—", "–", ";"}
            or (reading.dep[token] == "prep" and reading.lemma[token] == "by")
        ):
            last = token
            break
    last = min(last, first + _LONG)
    return reading.words(first, last) or None


def _bare(reading: Reading, first: int, last: int) -> str | None:
    while first < last and reading.pos[first] in {"DET", "ADP", "PRON", "NUM"}:
        first += 1
    return reading.words(first, last) or None


def sentence(reading: Reading, verb: int, moments: tuple[Moment, ...], book: CustodyBook) -> str | None:
    """Return the punishment as it stands: "12 years", "life"."""
    first, last = reading.subtree(verb)
    tokens = [token for token in range(verb, min(last, verb + 20)) if reading.lemma[token] in book.words("term")]
    del moments, first
    for token in tokens:
        left, _ = reading.subtree(token)
        numbers = reading.children(token, "nummod")
        if reading.lemma[token] in {"year", "month"} and numbers:
            return reading.words(min(numbers), token + 1)
        if not numbers and token + 1 < last and reading.lemma[token] not in {"year", "month", "term", "sentence"}:
            return reading.word(token)
        if not numbers and reading.lemma[token] not in {"year", "month", "term", "sentence"}:
            return reading.words(max(left, token), token + 1)
        if reading.lemma[token] in {"term", "sentence"}:
            inside = reading.words(max(left, token - 4), token)
            if any(char.isdigit() for char in inside):
                return inside.strip(" a")
    return None


def basis(reading: Reading, verb: int) -> str | None:
    """Return the deed that is given as the reason: "after donating ...", "for posting ..."."""
    for child in (*reading.children(verb, "prep", "advcl"), *_preps(reading, verb)):
        if reading.dep[child] == "prep" and reading.lemma[child] in {"after", "for", "over"}:
            for deed in reading.children(child, "pcomp"):
                return _to_stop(reading, *reading.subtree(deed))
        if reading.dep[child] == "advcl" and reading.tag[child] == "VBG":
            marks = reading.children(child, "mark", "prep", "advmod")
            if any(reading.lemma[mark] in {"after", "for"} for mark in marks):
                return _to_stop(reading, child, reading.subtree(child)[1])
    return None


def _to_stop(reading: Reading, first: int, last: int) -> str | None:
    return reading.words(first, min(last, first + 40)).rstrip(" .,—–") or None


def place(document: Document, reading: Reading, verb: int, places: tuple[Place, ...]) -> PlaceRef | None:
    """Return the place that stands in the clause of the verb behind "in", "at", "from", "outside"."""
    for prep in _preps(reading, verb):
        if reading.lemma[prep] not in {"in", "at", "from", "outside", "near", "inside"}:
            continue
        first, last = reading.subtree(prep)
        start, end = reading.start[first], reading.end[last - 1]
        for one in places:
            if start <= one.start and one.end <= end and one.feature != "country":
                return one.ref(document)
    return None


def holder(reading: Reading, cast: Cast, verb: int, persons: frozenset[str], book: CustodyBook) -> ActorRef | None:
    """Return who holds (or held) the person: the doer, "by ...", or the country of the prison."""
    for token in clause.subject_of(reading, verb):
        for ref in cast.refs_at(token):
            member = cast.member_at(token)
            if ref.actor not in persons and member is not None:
                return _power(ref, member.sort, cast)
    for prep in _preps(reading, verb):
        for child in reading.children(prep, "pobj"):
            near = [child, *reading.children(child, "amod", "compound", "poss", "nmod")]
            prison = any(reading.lemma[one] in book.words("prison") for one in near)
            for one in near:
                member = cast.member_at(one)
                if member is None or member.sort not in {"state", "government"}:
                    continue
                if prison or (reading.lemma[prep] == "in" and one == child):
                    return _power(member.refs[0], member.sort, cast) if member.refs else None
    return None


def _power(ref: ActorRef, sort: str, cast: Cast) -> ActorRef | None:
    if sort in {"armed_group", "group"} and not ref.country:
        return ref
    if sort == "armed_group":
        return ref
    country = ref.country
    return None if country is None or sort == "person" else state(cast, country)


def state(cast: Cast, country: str) -> ActorRef:
    """Return the state with this code, by the name that the article gives it."""
    for member in cast.members:
        for other in member.refs:
            if other.actor == country:
                return ActorRef(country, other.name, country)
    return ActorRef(country, country, country)
