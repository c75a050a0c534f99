"""Read whose citizen a person held is. Comes in: a member of the cast. Goes out: countries, as the words give them.

"The A-B cartoonist X", "X, a citizen of both A and B", "X, who also holds an A passport", "three As: X, Y and Z".
"""

from collections.abc import Iterator
from itertools import pairwise

from onrecord.lexicon.custody import CustodyBook
from onrecord.model.cast import Cast, Member
from onrecord.model.mention import ActorRef
from onrecord.model.reading import Reading

_BEFORE = 9
_BEHIND = 28
_FIRST = 5
_CODE = 3
_NEAR = 4
_AMONG = frozenset({"among", "amongst"})
_ONE_MORE = frozenset({"other", "third", "second", "fourth", "fifth", "last"})
_TIED = frozenset({"compound", "amod", "nmod"})
_INSIDE = frozenset({"JJ", "NN", "NNP", "NNPS", "NNS", "HYPH", "CC", "CD", "RB"})


def citizens(reading: Reading, cast: Cast, names: dict[str, ActorRef], book: CustodyBook) -> dict[str, tuple[str, ...]]:
    """Return the nationalities of everybody who is called by name, by what stands around his first names."""
    found: dict[str, tuple[str, ...]] = {}
    seen: dict[str, int] = {}
    for member in cast.members:
        if member.form != "name" or member.sort != "person" or len(member.refs) != 1:
            continue
        actor = names.get(member.refs[0].actor, member.refs[0]).actor
        seen[actor] = seen.get(actor, 0) + 1
        if seen[actor] <= _FIRST:
            found[actor] = tuple(dict.fromkeys((*found.get(actor, ()), *nationalities(reading, cast, member, book))))
    for noun, members in _told_of_people(reading, cast):
        for member in members:
            actor = names.get(member.refs[0].actor, member.refs[0]).actor
            found[actor] = tuple(dict.fromkeys((*found.get(actor, ()), *_left(reading, cast, noun, noun))))
    return found


def _told_of_people(reading: Reading, cast: Cast) -> Iterator[tuple[int, tuple[Member, ...]]]:
    """Yield the words for people of a country with those named as some of them: "Among the As was X"."""
    for first, last in reading.sentences:
        for noun in range(first, last):
            if not _of_a_country(reading, cast, noun):
                continue
            above = reading.head[noun]
            plural = reading.tag[noun] in {"NNS", "NNPS"}
            if plural and reading.dep[noun] == "pobj" and above == first and reading.lemma[above] in _AMONG:
                verb = reading.head[above]  # "Among the five As was X"
                plain = reading.lemma[verb] == "be" and reading.child(verb, "neg") is None
                yield noun, _run_of_names(reading, cast, verb + 1, last) if plain and verb > noun else ()
            elif plural and reading.dep[noun] == "nsubj" and reading.lemma[above] == "include" and above > noun:
                plain = reading.child(above, "neg") is None and reading.child(above, "aux") is None
                yield noun, _run_of_names(reading, cast, above + 1, last) if plain else ()
            elif not plural and reading.dep[noun] == "nsubj" and reading.lemma[above] == "be":
                # "The other A was Corporal X"
                other = any(reading.lemma[one] in _ONE_MORE for one in reading.children(noun, "amod", "det"))
                plain = other and reading.child(above, "neg") is None
                yield noun, _run_of_names(reading, cast, above + 1, last)[:1] if plain else ()


def _of_a_country(reading: Reading, cast: Cast, noun: int) -> bool:
    if reading.tag[noun] not in {"NNS", "NNPS", "NN", "NNP", "JJ"} or reading.dep[noun] not in {"pobj", "nsubj"}:
        return False
    return next(_left(reading, cast, noun, noun), None) is not None


def _run_of_names(reading: Reading, cast: Cast, start: int, end: int) -> tuple[Member, ...]:
    """Return the persons of a list that begins here: the first at once, those behind it joined to it."""
    found: list[Member] = []
    for member in cast.within(start, end):
        if member.sort != "person" or member.form != "name" or len(member.refs) != 1:
            continue
        if not found:
            if member.first > start + _NEAR or any(reading.pos[at] == "VERB" for at in range(start, member.first)):
                return ()
            found.append(member)
        elif reading.dep[member.head] == "conj" and reading.head[member.head] in {one.head for one in found}:
            found.append(member)
    return tuple(found)


def described(reading: Reading, cast: Cast, noun: int) -> tuple[str, ...]:
    """Return the countries that the demonyms before this noun give: "four Armenian soldiers"."""
    return tuple(dict.fromkeys(_left(reading, cast, noun, noun)))


def behind_colon(reading: Reading, cast: Cast, noun: int) -> tuple[Member, ...]:
    """Return the names that a colon counts out behind this noun: "three Turks: A, B and C"."""
    _, last = reading.sentences[reading.sentence_of(noun)]
    if reading.tag[noun] not in {"NNS", "NNPS"}:
        return ()
    colon = next((at for at in range(noun, min(last, noun + 14)) if reading.word(at) == ":"), None)
    counted = listed(reading, cast, colon) if colon is not None else None
    return counted[1] if counted is not None and counted[0] == noun else ()


def nationalities(reading: Reading, cast: Cast, person: Member, book: CustodyBook) -> tuple[str, ...]:
    """Return the countries that the words around the name give as the person's."""
    found: dict[str, None] = dict.fromkeys(_left(reading, cast, person.last - 1, person.first))
    head = person.head
    first = head
    while reading.dep[first] == "conj" and reading.head[first] != first:
        first = reading.head[first]
    above = reading.head[first]
    if first != head and reading.dep[first] == "appos" and reading.tag[above] in {"NNS", "NNPS"}:
        # "two French tourists, X and Y": Y too
        found |= dict.fromkeys(_left(reading, cast, above, above))
    for spot in (*reading.children(head, "appos"), *((reading.head[head],) if reading.dep[head] == "appos" else ())):
        if reading.pos[spot] in {"NOUN", "PROPN"} and (cast.member_at(spot) is None or _described(cast, spot)):
            found |= dict.fromkeys(_left(reading, cast, spot, spot))
            found |= dict.fromkeys(_halves(reading, cast, spot, book))
    found |= dict.fromkeys(_papers(reading, cast, person, book))
    if not found:
        found |= dict.fromkeys(_of_the_list(reading, cast, person))
    return tuple(found)


def _halves(reading: Reading, cast: Cast, noun: int, book: CustodyBook) -> Iterator[str]:
    """Yield the countries of the short forms before a hyphen: "a Franco-Iranian engineer"."""
    halves = dict(one.split() for one in book.words("half"))
    for token in range(max(0, noun - _BEFORE), noun):
        if reading.word(token + 1) == "-" and reading.word(token).lower() in halves:
            yield halves[reading.word(token).lower()]
            # the parser takes "Franco-Iranian" for a name
            found = _demonym(reading, cast, token + 2) if token + 2 < noun else None
            if found is not None:
                yield found


def _described(cast: Cast, token: int) -> bool:
    member = cast.member_at(token)
    return member is not None and (member.form in {"office", "group", "demonym"} or member.sort == "group")


def _demonym(reading: Reading, cast: Cast, token: int) -> str | None:
    member = cast.member_at(token)
    if member is None or member.form != "demonym" or not member.refs:
        near = [one for one in cast.within(token, token + 1) if one.form == "demonym" and one.refs]
        member = near[0] if near else None
    behind = reading.lemma[token + 1] if token + 1 < len(reading) else ""
    if member is None and reading.dep[token] in _TIED and reading.pos[reading.head[token]] == "NOUN":
        # "a US citizen": the state's name stands for its people
        member = next((one for one in cast.within(token, token + 1) if one.sort == "state" and one.refs), None)
    if member is None and reading.pos[token] in {"NOUN", "PROPN", "ADJ"}:
        # "a Russian convicted of spying"
        whole = cast.member_at(token)
        member = whole if whole is not None and whole.sort == "group" and whole.head == token and whole.refs else None
    if member is None and behind == "-":
        # "US-Georgian": the first half is a name
        member = next((one for one in cast.within(token, token + 1) if one.sort == "state" and one.refs), None)
    if member is None or behind in {"'s", "’s", "’"}:
        return None
    country = member.refs[0].country
    return country if country and len(country) == _CODE else None


def _left(reading: Reading, cast: Cast, last: int, first: int) -> Iterator[str]:
    """Yield the demonyms of the noun phrase that ends at `last`, read leftwards from it."""
    for token in range(last, max(-1, last - _BEFORE), -1):
        if token < first and (reading.tag[token] not in _INSIDE or reading.pos[token] in {"VERB", "AUX", "ADP"}):
            return
        if token < first and reading.tag[token] == "CC" and reading.tag[token - 1] in {"NNS", "NNPS"}:
            return  # "five As and the B X"
        country = _demonym(reading, cast, token)
        if country is not None:
            yield country


def papers(reading: Reading, cast: Cast, person: Member, book: CustodyBook) -> Iterator[int]:
    """Yield the words for passports and citizenship that are told of the person behind his name, in his own clause."""
    _, last = reading.sentences[reading.sentence_of(person.head)]
    for token in range(person.last, min(last, person.last + _BEHIND)):
        member = cast.member_at(token)
        if reading.word(token) == ";" or (member is not None and member.form == "name" and member.sort == "person"):
            return
        if reading.lemma[token] not in book.words("citizen") or reading.pos[token] not in {"NOUN", "PROPN"}:
            continue
        above = reading.head[token]
        held = reading.dep[token] != "dobj" or reading.lemma[above] in book.words("owning")
        if not held or reading.child(above, "neg") is not None or _of_one_more(reading, token):
            continue
        yield token


def _of_one_more(reading: Reading, token: int) -> bool:
    """Say whether it is somebody else beside the person: "in addition to a B citizen", "along with a B citizen"."""
    prep = reading.head[token]
    return reading.dep[token] == "pobj" and (
        reading.lemma[prep] in {"to", "besides", "like", "by"} or reading.lemma[prep - 1] in {"along", "together"}
    )


def _papers(reading: Reading, cast: Cast, person: Member, book: CustodyBook) -> Iterator[str]:
    """Yield the countries of the passports and the citizenship that are told of the person."""
    _, last = reading.sentences[reading.sentence_of(person.head)]
    for token in papers(reading, cast, person, book):
        yield from _left(reading, cast, token, token)
        for prep in reading.children(token, "prep"):
            if reading.lemma[prep] == "of":
                for one in cast.within(prep, min(last, prep + 7)):
                    if one.sort == "state" and one.refs and one.refs[0].country:
                        yield one.refs[0].country


def listed(reading: Reading, cast: Cast, colon: int) -> tuple[int, tuple[Member, ...]] | None:
    """Return the noun that a colon counts out, and the names behind it, where they are as many as it says."""
    first, last = reading.sentences[reading.sentence_of(colon)]
    stops = [colon, *(at for at in range(colon, min(last, colon + 200)) if reading.word(at) == ";"), last]
    names = [one for one in cast.within(colon, last) if one.form == "name" and one.sort == "person"]
    if len(stops) > 2:
        pairs = pairwise(stops)
        chosen = [next((one for one in names if low < one.first < high), None) for low, high in pairs]
        people = tuple(one for one in chosen if one is not None)
    else:
        people = tuple(names)
    for noun in range(colon - 1, max(first - 1, colon - 14), -1):
        if reading.tag[noun] in {"NNS", "NNPS"} and reading.children(noun, "nummod"):
            counts = {_number(reading.word(one)) for one in reading.children(noun, "nummod")}
            return (noun, people) if len(people) in counts else None
    return None


def _number(word: str) -> int:
    small = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    lower = word.lower()
    return int(lower) if lower.isdecimal() and len(lower) < 4 else small.index(lower) if lower in small else -1


def _of_the_list(reading: Reading, cast: Cast, person: Member) -> Iterator[str]:
    first, _ = reading.sentences[reading.sentence_of(person.head)]
    colon = next((at for at in range(person.first, max(first, person.first - 60), -1) if reading.word(at) == ":"), None)
    counted = listed(reading, cast, colon) if colon is not None else None
    if counted is not None and any(one.head == person.head for one in counted[1]):
        yield from _left(reading, cast, counted[0], counted[0])
