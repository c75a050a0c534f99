"""Read what a custody clause says beside its status: charge, sentence, stated reason, place, holder.

Comes in: the verb. Goes out: words as they stand in the text.
"""

import calendar
from datetime import date, timedelta

import msgspec

from onrecord.extract import clause
from onrecord.extract.custody_doubt import known_by_name
from onrecord.lexicon.custody import CustodyBook
from onrecord.model.cast import Cast
from onrecord.model.mention import ActorRef, Place, PlaceRef
from onrecord.model.moment import Moment, Period
from onrecord.model.reading import Reading
from onrecord.model.text import Document

_LONG = 24
_YEARS = 7
_NEWS = timedelta(days=10)
_TRIED = frozenset({"charged", "on_trial", "convicted", "sentenced"})
_DAYS = frozenset((*calendar.month_name[1:], *calendar.day_name))
_DEEDS = frozenset({"of", "with", "for", "over"})
_WHERE = frozenset({"in", "at", "from", "outside", "near", "inside"})


def charge(reading: Reading, cast: Cast, verb: int, status: str, book: CustodyBook) -> str | None:
    """Return what the person is held or tried for, as it stands: "on treason charges", "accused of breaking ..."."""
    told = _charge(reading, cast, verb, status, book)
    # "several charges", "one count": how many, and not of what
    empty = book.words("count") | book.words("charge") | {f"{one}s" for one in book.words("charge")}
    return None if told is not None and all(word in empty for word in told.lower().split()) else told


def _charge(reading: Reading, cast: Cast, verb: int, status: str, book: CustodyBook) -> str | None:
    words = book.words("charge")
    guilty = _guilty_of(reading, verb, book) if status in _TRIED else None
    if guilty is not None:
        return guilty
    for prep in (*_preps(reading, verb), *(_under_term(reading, verb, book) if status in _TRIED else ())):
        if reading.lemma[prep - 1] in book.words("company") or reading.lemma[prep] in book.words("company"):
            continue
        for child in reading.children(prep, "pobj", "pcomp"):
            if _somebody(reading, cast, child) or reading.lemma[child] in book.words("aside"):
                continue
            if reading.lemma[child] in words:
                inner = [one for one in reading.children(child, "prep") if reading.lemma[one] in {"of", "for"}]
                if inner:
                    first, last = reading.subtree(inner[0])
                    return _words(reading, first + 1, last)
                first, _ = reading.subtree(child)
                bare = _bare(reading, first, child)
                if bare is not None or reading.lemma[prep] != "without":
                    return bare
                continue
            named = reading.lemma[prep] in {"of", "with"} and status in _TRIED and not _is_term(reading, child, book)
            if (
                named
                and status == "sentenced"
                and reading.lemma[prep] == "of"
                and reading.dep[reading.head[prep]] == "dobj"
            ):
                continue  # "sentenced the leaders of the union": whose they are, and not for what
            if named or (reading.lemma[prep] == "over" and not _long(reading, child)):
                return _words(reading, *reading.subtree(child))
            aside = _is_term(reading, child, book)
            if reading.lemma[prep] == "for" and (reading.dep[child] == "pobj" or status != "detained") and not aside:
                return _words(reading, *reading.subtree(child))
    return None


def _tells(reading: Reading, token: int, moments: tuple[Moment, ...]) -> bool:
    """Say whether a charge goes on here to tell a deed: "killing two guards", "murder for the deaths of"."""
    if reading.tag[token] == "VBG" and reading.dep[token] in {"pcomp", "pobj"} and reading.children(token, "dobj"):
        return True
    deed = reading.dep[token] == "prep" and reading.lemma[token] not in _WHERE | {"of", "by", "to"}
    things = reading.children(token, "pobj") if deed else ()
    return any(not any(one.start < reading.end[at] and reading.start[at] < one.end for one in moments) for at in things)


def day(
    document: Document, reading: Reading, verb: int, status: str, moments: tuple[Moment, ...], book: CustodyBook
) -> Period | None:
    """Return when it was done, as its clause says; not the day of what the charge tells, nor of what came after it.

    "Charged with killing two guards in 2011", "convicted before his arrest on Tuesday": a moment behind such words is
    theirs. One of the last days may be the news of the day all the same, and is taken.
    """
    first, last = reading.sentences[reading.sentence_of(verb)]
    if reading.lemma[verb] in book.words("at_once") and any(
        reading.lemma[prep] == "since" for prep in _preps(reading, verb)
    ):
        return None  # "has been arrested in three towns since 2010": each time on some day
    hidden = _other_times(reading, verb)
    moments = tuple(one for one in moments if not any(low <= one.start < high for low, high in hidden))
    starts: list[int] = []
    for prep in _preps(reading, verb):
        if reading.lemma[prep] == "before":
            starts.append(reading.start[prep])
        elif status in _TRIED and reading.lemma[prep] in _DEEDS:
            deed = next((at for at in range(prep + 1, last) if _tells(reading, at, moments)), None)
            starts += [reading.start[deed]] if deed is not None else []
    if not starts:
        found = clause.date_of(reading, verb, moments)
        if found is None and status in _TRIED:
            # "convicted of spying in 2025": the parser hangs the year on the deed
            deeds = [child for prep in _preps(reading, verb) for child in reading.children(prep, "pcomp")]
            found = next((day for deed in deeds if (day := clause.date_of(reading, deed, moments)) is not None), None)
        return found
    fresh = (date.fromisoformat(document.published[:10]) - _NEWS).isoformat() if document.published else None
    before = {at for at in range(first, last) if reading.lemma[at] == "before" and at > verb}
    kept = tuple(
        one
        for one in moments
        if one.start < min(starts)
        or one.start >= reading.end[last - 1]
        or (not before and fresh and one.period is not None and (one.period.since or "") >= fresh)
    )
    return clause.date_of(reading, verb, kept)


def _other_times(reading: Reading, verb: int) -> list[tuple[int, int]]:
    """Return the stretches of the sentence whose moments are others': "since the army came in May", "X (1970-1974)"."""
    first, last = reading.sentences[reading.sentence_of(verb)]
    found: list[tuple[int, int]] = []
    for at in range(first, last):
        if reading.lemma[at] == "since" and reading.dep[at] == "mark":
            low, high = reading.subtree(reading.head[at])
            if not low <= verb < high:
                found.append((reading.start[low], reading.end[high - 1]))
        if reading.word(at) == "(" and at > first and reading.pos[at - 1] == "PROPN":
            close = next((end for end in range(at, min(last, at + _YEARS)) if reading.word(end) == ")"), None)
            if close is not None and reading.word(at - 1) not in _DAYS:
                found.append((reading.start[at], reading.end[close]))
    return found


def _under_term(reading: Reading, verb: int, book: CustodyBook) -> tuple[int, ...]:
    """Return the "for" that the parser hangs on the term or the prison: "to 14 years in a penal colony for theft"."""
    found: list[int] = []
    stack = list(_preps(reading, verb))
    for _ in range(_LONG):
        if not stack:
            break
        prep = stack.pop(0)
        for noun in reading.children(prep, "pobj"):
            if reading.lemma[noun] in book.words("term") | book.words("prison"):
                deeper = reading.children(noun, "prep")
                stack += deeper
                found += [one for one in deeper if reading.lemma[one] in {"for", "on"}]
    return tuple(found)


def _guilty_of(reading: Reading, verb: int, book: CustodyBook) -> str | None:
    """Return of what somebody is found guilty, or to what he pleads guilty; the parser may hang it on his clause."""
    first, last = reading.sentences[reading.sentence_of(verb)]
    words, to = book.words("guilt"), book.words("pleads")
    for at in range(max(first, verb + 1), min(last, verb + _LONG * 2)):
        if reading.lemma[at] not in words:
            continue
        spots = (*reading.children(at, "prep"), *(reading.children(verb, "prep") if reading.lemma[verb] in to else ()))
        for prep in spots:
            if reading.lemma[prep] == "of" or (reading.lemma[prep] == "to" and reading.lemma[verb] in to):
                for thing in reading.children(prep, "pobj", "pcomp"):
                    return _words(reading, *reading.subtree(thing))
    return None


def _long(reading: Reading, noun: int) -> bool:
    """Say whether a clause hangs on the noun: that is a deed told, and no charge."""
    return reading.child(noun, "relcl") is not None


def _somebody(reading: Reading, cast: Cast, token: int) -> bool:
    member = cast.member_at(token)
    human = member is not None and member.head == token and member.sort in {"person", "group"}
    return human or bool(
        reading.tag[token] == "NNS" and reading.children(token, "nummod") and not _is_count(reading, token)
    )


def _is_count(reading: Reading, token: int) -> bool:
    """Say whether "of" goes on behind the counted noun: "two counts of fraud"."""
    return any(reading.lemma[prep] in {"of", "for"} for prep in reading.children(token, "prep"))


def _preps(reading: Reading, verb: int) -> tuple[int, ...]:
    own = reading.children(verb, "prep")
    things = reading.children(verb, "dobj", "acomp", "oprd", "xcomp")
    # "handed a baker, X, a 13-year term for treason": the parser takes the term for one more name of his
    aside = tuple(
        deep
        for thing in things
        for name in reading.children(thing, "appos")
        for deep in (name, *reading.children(name, "appos"))
        if reading.tag[deep] == "NN"
    )
    inner = tuple(prep for child in (*things, *aside) for prep in reading.children(child, "prep"))
    return (*own, *inner)


def _is_term(reading: Reading, token: int, book: CustodyBook) -> bool:
    return reading.lemma[token] in book.words("term")


def _words(reading: Reading, first: int, last: int) -> str | None:
    for token in range(first, min(last, first + _LONG)):
        if token > first and (
            (reading.word(token) in {",", "—", "–", ";"} and not _more_deeds(reading, first, token, last))
            or (reading.dep[token] == "prep" and (reading.lemma[token] == "by" or _of_a_day(reading, token)))
            or (reading.dep[token] == "advmod" and reading.lemma[token] in {"later", "earlier", "ago"})
            or (reading.dep[token] == "cc" and token + 1 < last and reading.tag[token + 1] in {"NNP", "VBN", "VBD"})
        ):
            # "with spying a week later"
            last = max(first + 1, reading.subtree(token)[0])
            break
    last = min(last, first + _LONG)
    return reading.words(first, last) or None


def _more_deeds(reading: Reading, first: int, comma: int, last: int) -> bool:
    """Say whether a list of deeds goes on behind the comma: "financing, recruiting and arming rebels"."""
    behind = comma + 2 if comma + 1 < last and reading.lemma[comma + 1] == "and" else comma + 1
    if behind >= last or reading.lemma[behind] == "include":
        return False
    return all(reading.word(at).endswith("ing") and reading.tag[at] in {"VBG", "NN"} for at in (first, behind))


def _of_a_day(reading: Reading, prep: int) -> bool:
    """Say whether a day, month or year stands behind the preposition: "in 2025", "on Monday"."""
    words = [reading.word(at) for at in reading.children(prep, "pobj")]
    return any(word in _DAYS or (len(word) == len("2025") and word.isdigit()) for word in words)


def _bare(reading: Reading, first: int, last: int) -> str | None:
    while first < last and reading.pos[first] in {"DET", "ADP", "PRON", "NUM"}:
        first += 1
    return reading.words(first, last) or None


def sentence(reading: Reading, verb: int, moments: tuple[Moment, ...], book: CustodyBook) -> str | None:
    """Return the punishment as it stands: "12 years", "life". What a clause tells of one name is that one's."""
    first, last = reading.subtree(verb)
    hidden: set[int] = set()
    apart = [at for at in range(first, last) if at != verb and reading.dep[at] in {"acl", "relcl"}]
    for child in (*reading.children(verb, "conj", "advcl"), *apart):
        hidden.update(range(*reading.subtree(child)))
    terms = book.words("term")
    tokens = [
        at for at in range(verb + 1, min(last, verb + 20))
        if reading.lemma[at] in terms and at not in hidden and not _past(reading, at)
    ]  # fmt: skip
    del moments
    written = [length for at in tokens if (length := _spelled(reading, at)) is not None]
    if written:
        return written[0]
    for token in tokens:
        left, _ = reading.subtree(token)
        numbers = reading.children(token, "nummod")
        of = [one for prep in reading.children(token, "prep") for one in reading.children(prep, "pobj")]
        whole = next((one for one in of if reading.lemma[one] in {"term", "sentence"}), None)
        if whole is not None and numbers:
            first_of = reading.subtree(whole)[0]
            return reading.words(first_of + (reading.pos[first_of] == "DET"), whole)
        if reading.lemma[token] in {"year", "month"} and numbers:
            return reading.words(min(numbers), _on_probation(reading, _with_months(reading, token)))
        if not numbers and token + 1 < last and reading.lemma[token] not in {"year", "month", "term", "sentence"}:
            return reading.word(token)
        if not numbers and reading.lemma[token] not in {"year", "month", "term", "sentence"}:
            return reading.words(max(left, token), token + 1)
        if reading.lemma[token] in {"term", "sentence"}:
            inside = reading.words(max(left, token - 4), token)
            if any(char.isdigit() for char in inside):
                return inside.strip(" a")
    return None


def _past(reading: Reading, unit: int) -> bool:
    """Say whether it only tells how long ago: "two years ago", "three months after his arrest"."""
    behind = reading.lemma[unit + 1] if unit + 1 < len(reading) else ""
    return behind in {"ago", "after", "before", "earlier", "later"}


def _with_months(reading: Reading, year: int) -> int:
    """Return where a term ends: "five years", "five years and six months"."""
    months = year + 3
    if months < len(reading) and reading.lemma[year + 1] == "and" and reading.lemma[months] == "month":
        return months + 1
    return year + 1


def _on_probation(reading: Reading, end: int) -> int:
    """Return where a term ends that is spent outside: "two years of probation", "two years' probation"."""
    for at in range(end, min(len(reading), end + 3)):
        if reading.lemma[at] == "probation":
            return at + 1
        if reading.lemma[at] not in {"of", "on", "'", "’", "'s", "’s", "supervised"}:
            break
    return end


def _spelled(reading: Reading, term: int) -> str | None:
    """Return the length of a term that is written out before it: "a six-year term"."""
    for unit in reading.children(term, "compound", "amod", "nmod"):
        counts = reading.children(unit, "nummod")
        if reading.lemma[unit] in {"year", "month"} and counts:
            first = min(counts)
            while first > 1 and reading.word(first - 1) in {"/", "-", "½"} and reading.word(first - 2).isdigit():
                first -= 2  # "4-1/2-month"
            return reading.words(first, unit + 1)
    return None


def basis(reading: Reading, verb: int) -> str | None:
    """Return the deed that is given as the reason: "after donating ...", "for posting ..."."""
    for child in (*reading.children(verb, "prep", "advcl"), *_preps(reading, verb)):
        if reading.dep[child] == "prep" and reading.lemma[child] in {"after", "for", "over"}:
            for thing in reading.children(child, "pobj"):
                if reading.lemma[child] == "over" and _long(reading, thing):
                    return _to_stop(reading, *reading.subtree(thing))
            for deed in reading.children(child, "pcomp"):
                return _to_stop(reading, *reading.subtree(deed))
        if reading.dep[child] == "advcl" and reading.tag[child] == "VBG":
            marks = reading.children(child, "mark", "prep", "advmod")
            if any(reading.lemma[mark] in {"after", "for"} for mark in marks):
                return _to_stop(reading, child, reading.subtree(child)[1])
    return None


def _to_stop(reading: Reading, first: int, last: int) -> str | None:
    return reading.words(first, min(last, first + 40)).rstrip(" .,—–") or None


def place(
    document: Document, reading: Reading, verb: int, places: tuple[Place, ...], book: CustodyBook
) -> PlaceRef | None:
    """Return the place that stands in the clause of the verb behind "in", "at", "from", "outside", as it stands there.

    A prison with a name of its own is the place: "in Evin prison".
    """
    courts = (one for one in clause.subject_of(reading, verb) if reading.lemma[one] in book.words("court"))
    spots = [*_where(reading, verb, book), *(prep for one in courts for prep in reading.children(one, "prep"))]
    for prep in spots:
        for noun in reading.children(prep, "pobj"):
            cell = _prison_named(document, reading, noun, places, book)
            if cell is not None:
                return cell
    for prep in spots:
        first, last = reading.subtree(prep)
        start, end = reading.start[first], reading.end[last - 1]
        hidden: set[int] = set()
        for at in range(first, last):
            if reading.dep[at] in {"relcl", "acl", "appos"}:
                hidden.update(range(*reading.subtree(at)))
        for one in places:
            if reading.token_at(one.start) in hidden:
                continue
            if start <= one.start and one.end <= end and one.feature not in {"country", "water"}:
                return msgspec.structs.replace(one.ref(document), name=one.text)
    return None


def _prison_named(
    document: Document, reading: Reading, noun: int, places: tuple[Place, ...], book: CustodyBook
) -> PlaceRef | None:
    """Return the prison that is called by a name here: "Evin prison", "the Black Dolphin colony"."""
    if reading.lemma[noun] not in book.words("jail"):
        return None
    names = [one for one in reading.children(noun, "compound", "nmod") if reading.pos[one] == "PROPN"]
    if not names:
        return None
    first = min(names)
    while first > 0 and reading.pos[first - 1] == "PROPN" and reading.head[first - 1] in names:
        first -= 1
    span = document.cite(reading.start[first], reading.end[noun])
    known = next((one for one in places if span.start <= one.start and one.end <= span.end), None)
    if known is not None and known.feature == "country":
        return None
    if known is not None:
        return msgspec.structs.replace(known.ref(document), name=known.text)
    return PlaceRef(name=span.text, mention=span)


def _where(reading: Reading, verb: int, book: CustodyBook) -> list[int]:
    """Return the prepositions of place of this verb, those too that the parser hangs on "14 years" or "prison"."""
    found: list[int] = []
    stack = list(_preps(reading, verb))
    prison = book.words("prison")
    while stack and len(found) < _LONG:
        prep = stack.pop(0)
        if reading.lemma[prep] in _WHERE:
            found.append(prep)
        # "walked out of Arven prison"
        found += (one for one in reading.children(prep, "prep") if reading.lemma[prep] == "out")
        for noun in reading.children(prep, "pobj"):
            if reading.lemma[prep] in _WHERE or reading.lemma[noun] in book.words("term") | prison:
                stack += reading.children(noun, "prep")
            else:
                # "died of a fever in Arven prison"
                inner = ((at, reading.children(at, "pobj")) for at in reading.children(noun, "prep"))
                stack += (at for at, ends in inner if any(reading.lemma[end] in prison for end in ends))
    return found


def holder(
    document: Document, reading: Reading, cast: Cast, verb: int, persons: frozenset[str], places: tuple[Place, ...],
    book: CustodyBook, *, lands: bool = True,
) -> ActorRef | None:  # fmt: skip
    """Return who holds (or held) the person: the doer, "by ...", or the country of the court or prison.

    The country alone ("jailed in A") counts only where `lands` is true: kidnappers too hold people in some country.
    """
    doers = clause.subject_of(reading, verb)
    powers = {ref.country or ref.actor for token in doers for ref in cast.refs_at(token)}
    if len(powers) > 1:
        # "detained by A and B": one holder can't be named
        return None
    for token in doers:
        member = cast.member_at(token)
        if member is not None and member.refs and member.refs[0].actor not in persons:
            power = _power(reading, token, member.refs[0], member.sort, cast, book)
            if power is not None:
                return power
        if reading.lemma[token] in book.words("authority"):
            return _state_in(document, reading, cast, *reading.subtree(token), places, verb)
    jailed = False
    for prep in _preps(reading, verb):
        first, last = reading.subtree(prep)
        if jailed and reading.lemma[prep] in _WHERE:
            # "in prison in A": the parser hangs both on the verb
            found = _state_in(document, reading, cast, first, min(last, first + _LONG), places, verb)
            if found is not None:
                return found
        jailed = jailed or any(reading.lemma[at] in book.words("jail") for at in reading.children(prep, "pobj"))
        prison = any(reading.lemma[at] in book.words("prison") for at in range(first, min(last, first + _LONG)))
        # "in prison in A" is A's prison; "in captivity in A" may be anybody's
        lands = lands or any(reading.lemma[at] in book.words("jail") for at in reading.children(prep, "pobj"))
        if prison and reading.lemma[prep] in _WHERE | {"to", "under"}:
            found = _state_in(document, reading, cast, first, min(last, first + _LONG), places, verb)
            if found is not None:
                return found
        for child in reading.children(prep, "pobj"):
            member = cast.member_at(child)
            state_there = (
                lands and member is not None and member.head == child and member.sort == "state" and member.refs
            )
            if member is not None and state_there and reading.lemma[prep] == "in":
                return _power(reading, child, member.refs[0], member.sort, cast, book)
    for prep in _where(reading, verb, book):
        # "died of a fever in Arven prison": the parser hangs the prison on the fever
        if any(reading.lemma[at] in book.words("jail") for at in reading.children(prep, "pobj")):
            first, last = reading.subtree(prep)
            return _state_in(document, reading, cast, first, min(last, first + _LONG), places, verb)
    return None


def _state_in(
    document: Document, reading: Reading, cast: Cast, first: int, last: int, places: tuple[Place, ...], verb: int
) -> ActorRef | None:
    """Return the state named in these tokens, or that of a place named there; nothing of a clause under them."""
    hidden: set[int] = set()
    for at in range(first, last):
        if at != verb and reading.dep[at] in {"relcl", "acl", "advcl", "pcomp"}:
            hidden.update(range(*reading.subtree(at)))
    for member in cast.within(first, last):
        if member.sort == "state" and member.refs and member.refs[0].country and member.head not in hidden:
            return state(cast, member.refs[0].country)
    start, end = reading.start[first], reading.end[last - 1]
    for one in places:
        if start <= one.start and one.end <= end and one.country and reading.token_at(one.start) not in hidden:
            return state(cast, one.country)
    del document
    return None


def _power(reading: Reading, token: int, ref: ActorRef, sort: str, cast: Cast, book: CustodyBook) -> ActorRef | None:
    """Return the state, body or armed group that can hold somebody; none for inmates, crowds and firms."""
    if sort == "armed_group":
        return ref if known_by_name(ref, book) else None
    official = reading.lemma[token] in book.words("authority")
    # "pardoned by the president of A": a head of state's deed is the state's
    role = {reading.lemma[token], *(ref.role or "").lower().split()} if sort == "person" else set()
    official = official or bool(role & book.words("ruler"))
    if sort == "group" and not ref.country and reading.lemma[token] in book.words("armed"):
        return ref
    if ref.country is None or (sort in {"person", "group", "organisation"} and not official):
        return None
    return state(cast, ref.country)


def state(cast: Cast, country: str) -> ActorRef:
    """Return the state with this code, by the name that the article gives it."""
    named = [other.name for member in cast.members for other in member.refs if other.actor == country]
    plain = [
        other.name for member in cast.members if member.sort == "state" for other in member.refs
        if other.actor == country
    ]  # fmt: skip
    return ActorRef(country, next(iter((*plain, *named)), country), country)
