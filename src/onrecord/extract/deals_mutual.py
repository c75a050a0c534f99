"""Find what two sides do alike: give each other captives, or each let the other's people over the border.

Comes in: a reading and the book. Goes out: yes or no, or the two groups that went over.
"""

from onrecord.extract.clause import subject_of
from onrecord.extract.deals_terms import number
from onrecord.lexicon.deals import DealBook
from onrecord.model.cast import Cast
from onrecord.model.reading import Reading

_WIDE = 40
_AHEAD = 3


def each_other(reading: Reading, verb: int) -> bool:
    """Say whether both doers do it to each other: "A and B handed each other eleven captives", "ten apiece"."""
    first, last = reading.subtree(verb)
    first, last = max(first, verb - _WIDE), min(last, verb + _WIDE)
    for at in range(first, last):
        word = reading.word(at).lower()
        if word == "apiece" or (word in {"each", "one"} and at + 1 < last and reading.word(at + 1).lower() in _OTHER):
            return True
        if word == "each" and reading.head[at] == verb:
            return True
    return False


_OTHER = frozenset({"other", "another"})
_PEOPLE = frozenset({"people", "man", "woman", "fisherman", "sailor", "person"})
_BUSLOADS = 500


def crossing(reading: Reading, cast: Cast, verb: int, book: DealBook) -> tuple[int, int, int, int] | None:
    """Return two counted peoples of whom one clause each tells that they went over, and how many of each went.

    "68 Norlanders went home and 31 Sudrians came the other way" tells of an exchange, in an article about captives.
    """
    if reading.lemma[verb] not in book.words("crossing"):
        return None
    both = _joined_peoples(reading, cast, verb)
    if both is not None and (of_captives(reading, book) or _of_a_swap(reading, verb, book)):
        return both
    own = _people(reading, cast, verb)
    for other in reading.children(verb, "conj"):
        theirs = _people(reading, cast, other) if reading.lemma[other] in book.words("crossing") else None
        if own is not None and theirs is not None and own[2] != theirs[2] and of_captives(reading, book):
            return own[0], theirs[0], own[1], theirs[1]
    return None


def some_crossed(reading: Reading, verb: int, book: DealBook) -> tuple[int, int] | None:
    """Return who went over on a day, and how many, in an article about an exchange: "Five people crossed on May 18"."""
    if reading.lemma[verb] not in book.words("crossing") or reading.tag[verb] != "VBD":
        return None
    subject = reading.child(verb, "nsubj")
    bare = reading.child(verb, "dobj", "neg", "aux") is None and reading.dep[verb] in {"ROOT", "ccomp", "conj", "advcl"}
    if subject is None or not bare or not of_captives(reading, book):
        return None
    counts = [number(reading.word(one)) for one in reading.children(subject, "nummod")]
    folk = book.words("folk") | book.words("held") | book.words("captive") | book.words("men_of_state") | _PEOPLE
    dated = any(
        reading.lemma[prep] == "on" and any(reading.tag[day] in {"NNP", "CD"} for day in reading.children(prep, "pobj"))
        for prep in reading.children(verb, "prep")
    )
    if len(counts) != 1 or not counts[0] or counts[0] > _BUSLOADS or reading.lemma[subject] not in folk or not dated:
        return None
    return subject, counts[0]


def _joined_peoples(reading: Reading, cast: Cast, verb: int) -> tuple[int, int, int, int] | None:
    """Return two counted peoples who are the one subject: "Three A and two B guards walked past one another"."""
    subject = reading.child(verb, "nsubj")
    heads = (subject, *reading.children(subject, "conj")) if subject is not None else ()
    if len(heads) != len(_OTHER) or reading.tag[verb] not in {"VBD", "VBN"} or reading.child(verb, "neg") is not None:
        return None
    told: list[tuple[int, int, str]] = []
    for head in heads:
        counts = [number(reading.word(one)) for one in reading.children(head, "nummod")]
        lands = {
            country for one in (head, *reading.children(head, "amod", "compound", "nmod"))
            if (country := _country(cast, one)) is not None
        }  # fmt: skip
        if len(counts) == 1 and counts[0] and len(lands) == 1:
            told.append((head, counts[0], lands.pop()))
    if len(told) != len(heads) or told[0][2] == told[1][2]:
        return None
    return told[0][0], told[1][0], told[0][1], told[1][1]


def _of_a_swap(reading: Reading, verb: int, book: DealBook) -> bool:
    """Say whether the sentence names an exchange: "... in the first half of an exchange agreed last month"."""
    first, last = reading.sentences[reading.sentence_of(verb)]
    near = range(max(first, verb - _WIDE), min(last, verb + _WIDE))
    return any(reading.lemma[at] in book.words("far_back") and reading.pos[at] == "NOUN" for at in near)


def _people(reading: Reading, cast: Cast, verb: int) -> tuple[int, int, str] | None:
    """Return the head, the number and the country of the people who do this, where they are counted nationals."""
    subject = reading.child(verb, "nsubj")
    if subject is None or reading.tag[verb] not in {"VBD", "VBN"} or reading.child(verb, "neg") is not None:
        return None
    member = cast.member_at(subject)
    counts = [number(reading.word(one)) for one in reading.children(subject, "nummod")]
    countries = {ref.country for ref in member.refs if ref.country} if member is not None else set()
    if len(countries) != 1 or len(counts) != 1 or not counts[0]:
        return None
    return subject, counts[0], next(iter(countries))


def by_captors(reading: Reading, cast: Cast, verb: int, things: tuple[int, ...], book: DealBook) -> bool:
    """Say whether an armed group or kidnappers let counted people go: whoever they are, they were captives."""
    captors = book.words("armed") | book.words("captors")
    doers = [
        one for one in subject_of(reading, verb)
        if reading.lemma[one] in captors
        or ((member := cast.member_at(one)) is not None and member.sort == "armed_group")
    ]  # fmt: skip
    folk = book.words("folk") | book.words("held") | book.words("trades") | book.words("trades_unsure")
    return bool(doers) and any(
        reading.lemma[thing] in folk and reading.children(thing, "nummod", "det") for thing in things
    )


def of_a_nation(reading: Reading, cast: Cast, verb: int, things: tuple[int, ...], book: DealBook) -> bool:
    """Say whether a state or a group lets people of another nation go: "handed over 24 Sudrian fishermen"."""
    if not subject_of(reading, verb) or reading.lemma[verb] not in book.words("handing_over"):
        return False
    doing = {country for one in subject_of(reading, verb) if (country := _country(cast, one)) is not None}
    folk = book.words("held") | book.words("trades") | book.words("trades_unsure")
    for thing in things:
        if reading.dep[thing] == "pobj" or reading.lemma[thing] not in folk:
            continue
        for child in reading.children(thing, "amod", "compound", "nmod"):
            nation = cast.member_at(child)
            countries = {ref.country for ref in nation.refs if ref.country} if nation is not None else set()
            if nation is not None and nation.form == "demonym" and countries and not countries & doing:
                return True
    return False


def taken_before(reading: Reading, cast: Cast, thing: int, book: DealBook) -> int | None:
    """Return the verb by which the article tells before that this person was kidnapped: "X was abducted ... He"."""
    member = cast.member_at(thing)
    if member is None or member.sort != "person" or len(member.refs) != 1:
        return None
    for other in cast.within(0, thing):
        if other.head == thing or not any(ref.actor == member.refs[0].actor for ref in other.refs):
            continue
        spots = [reading.head[other.head]] if reading.dep[other.head] in {"nsubjpass", "dobj"} else []
        spots += reading.children(other.head, "acl", "relcl")
        spots += [
            one for inner in reading.children(other.head, "appos") for one in reading.children(inner, "acl", "relcl")
        ]
        found = next((verb for verb in spots if reading.lemma[verb] in book.words("kidnap")), None)
        if found is not None:
            return found
    return None


def leaves_land(reading: Reading, cast: Cast, verb: int, things: tuple[int, ...], book: DealBook) -> bool:
    """Say whether soldiers of one nation leave another's land or a base: "the last Norland troops left Sudria"."""
    ends = list(reading.children(verb, "dobj"))
    back = [one for spot in (verb, *reading.children(verb, "advmod")) for one in reading.children(spot, "prep")]
    ends += [end for prep in back if reading.lemma[prep] in {"from", "out"}
             for spot in (prep, *reading.children(prep, "prep", "pcomp"))
             for end in reading.children(spot, "pobj")]  # fmt: skip
    own = {_country(cast, one) for thing in things for one in (thing, *reading.children(thing, "amod", "compound"))}
    own.discard(None)
    its = any(reading.tag[one] == "PRP$" for thing in things for one in reading.children(thing, "poss"))
    if not own and not its:
        return False
    for end in ends:
        theirs = {_country(cast, one) for one in (end, *_under(reading, end))} - {None}
        land = (member := cast.member_at(end)) is not None and member.sort == "state"
        if reading.lemma[end] in book.words("abroad_land"):
            return True  # soldiers of a nation who leave "the country" or a base were on another's land
        place = reading.pos[end] == "PROPN" and member is None and bool(reading.children(end, "prep"))
        if ((land or place) and theirs - own) or (reading.lemma[end] in book.words("land") and (theirs - own or land)):
            return True
    return False


def leaves_town(reading: Reading, cast: Cast, verb: int) -> bool:
    """Say whether an armed group withdraws from a place by name: "the A began withdrawing from Kolm"."""
    doers = (cast.member_at(one) for one in subject_of(reading, verb))
    armed = any(one is not None and one.sort == "armed_group" for one in doers)
    ends = [end for prep in reading.children(verb, "prep") if reading.lemma[prep] == "from"
            for end in reading.children(prep, "pobj")]  # fmt: skip
    return armed and any(reading.pos[end] == "PROPN" for end in ends)


def _under(reading: Reading, token: int) -> tuple[int, ...]:
    near = [*reading.children(token, "poss", "amod", "compound")]
    near += [end for prep in reading.children(token, "prep") for end in reading.children(prep, "pobj")]
    return tuple(near)


def _country(cast: Cast, token: int) -> str | None:
    member = cast.member_at(token)
    return next((ref.country for ref in member.refs if ref.country), None) if member is not None else None


def of_captives(reading: Reading, book: DealBook) -> bool:
    """Say whether the article tells of captives, and of their being exchanged or handed over."""
    lemmas = {reading.lemma[at] for at in range(len(reading))}
    return bool(lemmas & book.words("captive")) and bool(lemmas & (book.words("swapping") | book.words("handing")))


def _of_so_many(reading: Reading, token: int) -> bool:
    return any(
        reading.children(end, "nummod") or reading.pos[end] == "NUM"
        for prep in reading.children(token, "prep") if reading.lemma[prep] == "of"
        for end in reading.children(prep, "pobj")
    )  # fmt: skip


def some_left(reading: Reading, verb: int, book: DealBook) -> bool:
    """Say whether the next sentences tell of those who are left: "the remaining ten never left their bus"."""
    here = reading.sentence_of(verb)
    first, last = reading.sentences[here]
    for at in range(max(first, verb - _WIDE), min(last, verb + _WIDE)):
        numbered = any(reading.lemma[one] in book.words("ordinal") for one in reading.children(at, "amod"))
        if reading.lemma[at] in book.words("halves") and numbered:
            return True  # "in the first half of an exchange"
        if reading.lemma[at] == "first" and _of_so_many(reading, at):
            return True  # "the first of 15 prisoners"
    for first, last in reading.sentences[here + 1 : here + 1 + _AHEAD]:
        for at in range(first, last):
            left = reading.lemma[at] in book.words("left_over") or reading.word(at).lower() in book.words("left_over")
            if left and (reading.dep[at] == "amod" or reading.dep[at] in {"nsubj", "nsubjpass"}):
                return True
    return False
