"""Tie those freed to those that they were freed for. Comes in: reports of releases. Goes out: the same, tied."""

from itertools import pairwise

import msgspec

from onrecord.extract.clause import conjuncts
from onrecord.extract.deals_terms import number
from onrecord.lexicon.custody import CustodyBook
from onrecord.model.cast import Cast, Member
from onrecord.model.claim import Custody
from onrecord.model.holding import Holdings
from onrecord.model.identity import identity
from onrecord.model.mention import ActorRef
from onrecord.model.reading import Reading

_FAR = 3
_AGED = 5


class Freed(msgspec.Struct, frozen=True, kw_only=True):
    """A word that tells a release, and the reports made of it."""

    token: int
    reports: tuple[str, ...]


def in_swap(reading: Reading, token: int, book: CustodyBook) -> bool:
    """Say whether the sentence of the release, or one right before it, tells the exchange that it was part of."""
    here = reading.sentence_of(token)
    first, last = reading.sentences[here]
    if any(
        reading.lemma[at] in book.words("swap") and reading.pos[at] == "NOUN" and not _planned(reading, at)
        for at in range(first, last)
    ):
        return True
    before = reading.sentences[max(0, here - 2)][0]
    near = range(max(before, first - 120), first)
    captives = any(reading.lemma[at] in book.words("captive") for at in near)
    handed = any(reading.lemma[at] in book.words("swap") and _done_in(reading, at) for at in near)
    if captives and handed:
        return True  # "each handed over 110 prisoners in an exchange. Among the freed was X"
    return any(
        reading.tag[at] == "VBD" and _exchanged_people(reading, at, book)
        for at in range(max(before, first - 120), first)
    )


def _done_in(reading: Reading, noun: int) -> bool:
    """Say whether something was done in this exchange: "handed over 110 prisoners in an exchange"."""
    prep = reading.head[noun]
    verb = reading.head[prep]
    inside = reading.dep[noun] == "pobj" and reading.lemma[prep] == "in" and not _planned(reading, noun)
    return inside and reading.tag[verb] == "VBD"


def over_border(reading: Reading, cast: Cast, token: int, book: CustodyBook) -> bool:
    """Say whether somebody goes over right behind an exchange: "A and B exchanged five prisoners. X walked into A".

    Envoys and observers cross bridges too: with an office in the sentence nobody is exchanged by walking.
    """
    if not in_swap(reading, token, book):
        return False
    first, last = reading.sentences[reading.sentence_of(token)]
    if any(reading.lemma[at] in book.words("between") for at in range(first, min(last, first + 120))):
        return False
    ends = [*reading.children(token, "dobj")]
    ends += [end for prep in reading.children(token, "prep") for end in reading.children(prep, "pobj")]
    return any(
        reading.lemma[end] in book.words("frontier")
        or any(member.sort == "state" and member.form != "demonym" for member in cast.within(end, end + 1))
        for end in ends
    )


def tells_of_swap(reading: Reading, book: CustodyBook, tokens: range | None = None) -> bool:
    """Say whether the article, or these tokens of it, tell of an exchange of prisoners."""
    captive = book.words("captive")
    for at in range(len(reading)) if tokens is None else tokens:
        if reading.lemma[at] in book.words("swap") and reading.pos[at] == "NOUN":
            near = range(max(0, at - 4), min(len(reading), at + 4))
            if any(reading.lemma[one] in captive for one in near):
                return True
        if reading.pos[at] == "VERB" and _exchanged_people(reading, at, book):
            return True
    return False


def _exchanged_people(reading: Reading, verb: int, book: CustodyBook) -> bool:
    swapped = any(rule.status == "exchanged" for rule, _ in book.of("object", reading.lemma[verb]))
    return swapped and any(reading.lemma[one] in book.words("captive") for one in reading.children(verb, "dobj"))


def _planned(reading: Reading, noun: int) -> bool:
    return any(reading.lemma[child] in {"no", "any", "another", "next"} for child in reading.children(noun))


def returned(reading: Reading, verb: int, book: CustodyBook) -> bool:
    """Say whether the release answers one told before: "In exchange, B freed Y"."""
    for prep in reading.children(verb, "prep"):
        for child in reading.children(prep, "pobj"):
            if reading.lemma[prep] == "in" and reading.lemma[child] in book.words("in_return"):
                return not reading.children(child, "prep", "det")
    return False


def price_of(reading: Reading, token: int, book: CustodyBook) -> tuple[int, ...]:
    """Return those that somebody is freed for: "freed X in exchange for Y", "swapped X for Y"."""
    swaps = any(rule.status == "exchanged" for rule, _ in book.of("object", reading.lemma[token]))
    found: list[int] = []
    for spot in (token, *reading.children(token, "dobj")):
        for prep in reading.children(spot, "prep"):
            if reading.lemma[prep] == "for" and swaps:
                found += reading.children(prep, "pobj")
            for child in reading.children(prep, "pobj"):
                if reading.lemma[prep] == "in" and reading.lemma[child] in book.words("in_return"):
                    for inner in reading.children(child, "prep"):
                        found += reading.children(inner, "pobj") if reading.lemma[inner] == "for" else ()
    # "in return for the release of X"
    return tuple(more for one in found for more in (_whose_release(reading, one, book) or (one,)))


def _whose_release(reading: Reading, noun: int, book: CustodyBook) -> tuple[int, ...]:
    """Return who is freed by the release that this noun names."""
    if reading.lemma[noun] not in book.words("releasing"):
        return ()
    return tuple(
        end for prep in reading.children(noun, "prep") if reading.lemma[prep] == "of"
        for end in reading.children(prep, "pobj")
    )  # fmt: skip


def listed(reading: Reading, cast: Cast, token: int, things: tuple[int, ...]) -> tuple[Member, ...]:
    """Return the persons whose names the next sentence lists, where they are as many as were freed here.

    "Four soldiers were freed on Monday. A, B, C and D waved from a stage."
    """
    counts = [number(reading.word(one)) for thing in things for one in reading.children(thing, "nummod")]
    place = reading.sentence_of(token) + 1
    if not counts or counts[0] is None or counts[0] < 2 or len(reading.sentences) <= place:
        return ()
    first, last = reading.sentences[place]
    subject = _subject_of_next(reading, cast, first, last)
    if len(subject) == counts[0]:
        return subject
    names = [member for member in cast.within(first, min(last, first + 80)) if member.sort == "person"]
    names = [member for member in names if member.form == "name" and len(member.refs) == 1]
    if len(names) < counts[0] or names[0].first != first:
        return ()
    chosen = names[: counts[0]]
    # names with nothing between them but commas, "and" and ages: "X, 32, Y, 40, and Z, 51"
    together = all(
        left.last <= right.first <= left.last + _AGED
        and (right.first <= left.last + _FAR or all(_between(reading, at) for at in range(left.last, right.first)))
        for left, right in pairwise(chosen)
    )
    return tuple(chosen) if together else ()


def _subject_of_next(reading: Reading, cast: Cast, first: int, last: int) -> tuple[Member, ...]:
    """Return the persons that the sentence begins with: "X, a clerk, and Y, who ...", "The men, X and Y, were"."""
    root = next((at for at in range(first, last) if reading.head[at] == at), first)
    for subject in reading.children(root, "nsubj", "nsubjpass"):
        start = reading.subtree(subject)[0]
        the = reading.tag[subject] in {"NNS", "CD"} and reading.lemma[start] == "the" and start == first
        if not the and (reading.pos[subject] != "PROPN" or start != first):
            continue
        heads = (subject, *reading.children(subject, "appos")) if the else (subject,)
        tokens = dict.fromkeys(more for head in heads for more in conjuncts(reading, head))
        members = (cast.member_at(at) for at in tokens)
        named = [one for one in members if one is not None and one.form == "name" and one.sort == "person"]
        return tuple(one for one in named if len(one.refs) == 1)
    return ()


def _between(reading: Reading, at: int) -> bool:
    return reading.pos[at] in {"PUNCT", "CCONJ", "NUM"} or reading.tag[at] == "CD"


def exchanges(reading: Reading, reports: list[Custody], freed: list[Freed], book: CustodyBook) -> list[Custody]:
    """Return the reports, both halves of each exchange with status, counterpart and, where one lacks it, date."""
    by_id = {report.id: report for report in reports}
    for before, after in pairwise(freed):
        distance = reading.sentence_of(after.token) - reading.sentence_of(before.token)
        if not returned(reading, after.token, book) or distance > _FAR:
            continue
        given = tuple(by_id[one].person for one in before.reports if one in by_id)
        taken = tuple(by_id[one].person for one in after.reports if one in by_id)
        date = next((by_id[one].date for one in before.reports if by_id[one].date), None)
        for ids, others in ((before.reports, taken), (after.reports, given)):
            for one in ids:
                report = by_id[one]
                by_id[one] = _exchanged(report, others, report.date or date)
    return [by_id[report.id] for report in reports]


def _exchanged(report: Custody, others: tuple[ActorRef, ...], date: object) -> Custody:
    span = report.evidence[0]
    return msgspec.structs.replace(
        report, status="exchanged", exchanged_for=others, date=date,
        id=identity("custody", report.document, report.person.actor, "exchanged", span.start, span.end),
    )  # fmt: skip


def of_own_item(reading: Reading, token: int, holdings: Holdings, book: CustodyBook) -> bool:
    """Say whether the item of a round-up in which this stands tells of an exchange itself; any other article does."""
    if not holdings.digest:
        return True
    here = reading.paragraph_of(reading.start[token])
    if any(reading.paragraph_of(start) == here for start, _ in holdings.days):
        return True
    return bool(reading.paragraphs) and tells_of_swap(
        reading, book, range(*reading.tokens_in(*reading.paragraphs[here]))
    )
