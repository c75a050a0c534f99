"""Tell what only looks like a deed done to a person held. Comes in: reading, a token or reports. Goes out: yes or no.

Aimed at ("the aim of capturing X"), rumoured ("rumours of the kidnapping of X"), nearly so ("virtually kidnapped"),
out of a hospital ("was bandaged and released"), long ago, or of what is nobody: "the Northern Brigade".
"""

import msgspec

from onrecord.extract import clause
from onrecord.extract.custody_swap import Freed
from onrecord.lexicon.custody import CustodyBook
from onrecord.model.cast import Cast, Member
from onrecord.model.claim import Custody
from onrecord.model.mention import ActorRef, Place
from onrecord.model.reading import Reading
from onrecord.model.rejection import Rejection

_LONG_AGO = 60
_BEFORE_ALL = 1930
_HOME = 3
_NEAR = 3
_FREE = frozenset({"released", "exchanged", "pardoned"})
_SEIZED = frozenset({"custody.found_dead_seized", "custody.killed_seized", "custody.body_found"})
_SUBJECT = ("nsubj", "nsubjpass")
_ABOUT = frozenset({"of", "on", "about", "regarding", "concerning", "over", "that"})


def unreal(reading: Reading, token: int, book: CustodyBook) -> str | None:
    """Return why a verb or noun tells of nothing done, or None: it was an aim, a rumour, or only nearly so."""
    if _aimed(reading, token, book):
        return "an aim"
    if not clause.is_verb(reading, token) and _rumoured(reading, token, book):
        return "a rumour"
    if any(reading.lemma[one] in book.words("nearly") for one in reading.children(token, "advmod")):
        return "not quite"
    return "to be tried elsewhere" if _to_court(reading, token, book) else None


def _aimed(reading: Reading, token: int, book: CustodyBook) -> bool:
    """Say whether it is what somebody aims at: "the aim of capturing X", "their plan was capturing X"."""
    aims, above = book.words("aim"), reading.head[token]
    if reading.dep[token] == "appos" and reading.lemma[above] in aims:
        return True
    if not clause.is_verb(reading, token) or reading.tag[token] != "VBG":
        return False
    if reading.dep[token] == "pcomp" and reading.lemma[reading.head[above]] in aims:
        return True
    verbs = (token, above) if reading.lemma[above] == "be" else (token,)
    return any(reading.lemma[one] in aims for verb in verbs for one in reading.children(verb, *_SUBJECT))


def _to_court(reading: Reading, verb: int, book: CustodyBook) -> bool:
    """Say whether a court or a cell waits: "deported to Norland, where he is accused of", "to police officers"."""
    goals = [end for prep in reading.children(verb, "prep", "dative") for end in reading.children(prep, "pobj")]
    bodies = {reading.lemma[one] for end in goals for one in reading.children(end, "compound", "amod")}
    if reading.lemma[verb] == "hand" and bodies & {"police", "judicial"}:
        return True
    if reading.lemma[verb] not in book.words("sent_off"):
        return False
    ends = [end for prep in reading.children(verb, "prep") for end in reading.children(prep, "pobj")]
    clauses = [one for end in (verb, *ends) for one in reading.children(end, "relcl", "advcl")]
    return any(reading.lemma[one] in book.words("at_court") for one in clauses)


def _rumoured(reading: Reading, noun: int, book: CustodyBook) -> bool:
    """Say whether the noun hangs on a rumour: "rumours about the kidnapping of X"."""
    prep = reading.head[noun]
    above = reading.head[prep]
    told = reading.dep[noun] in {"pobj", "dobj"} and reading.lemma[prep] in _ABOUT | {"regard", "concern"}
    return told and reading.pos[above] == "NOUN" and reading.lemma[above] in book.words("rumour")


def _from_care(reading: Reading, token: int, book: CustodyBook) -> bool:
    """Say whether somebody may have been let out of a hospital: "she was treated for burns and released"."""
    if reading.lemma[token] not in book.words("let_out") or not _no_doer(reading, token):
        return False
    place = reading.sentence_of(token)
    first, last = reading.sentences[place]
    if any(reading.tag[one] == "PRP" for one in clause.object_of(reading, token)) and place > 0:
        first = reading.sentences[place - 1][0]
    words = {reading.lemma[at] for at in range(first, last)} | {reading.word(at).lower() for at in range(first, last)}
    held = book.words("captive") | book.words("armed") | book.words("prison") | book.words("court") | book.words("law")
    return bool(words & book.words("care")) and not words & (held | book.words("taken") | book.words("charge"))


def _no_doer(reading: Reading, token: int) -> bool:
    """Say whether the verb is in the passive, or a participle joined to one, and tells of nobody who did it."""
    passive = clause.is_passive(reading, token) or reading.tag[token] == "VBN"
    return passive and not clause.agent_of(reading, token)


def another_name(reading: Reading, person: Member, book: CustodyBook) -> bool:
    """Say whether it is only what somebody is also called ("X (alias the Ox)"), or of his kin by a first name.

    "His father, Jon, was jailed": the article's Jon Varga may be the son.
    """
    if any(reading.lemma[at] == "alias" for at in (person.first - 1, person.first) if at >= 0):
        return True
    around = range(max(0, person.first - 1), min(len(reading), person.last + 2))
    quotes = [one for one in around if reading.tag[one] in {"``", "''"}]
    if len(quotes) > 1 and any(reading.pos[one] == "PROPN" for one in reading.children(person.head, "appos")):
        return True  # "'The Ox,' Jon Varga, was jailed"
    spots = (person.head, *reading.children(person.head, "appos"))
    spots = (*spots, reading.head[person.head]) if reading.dep[person.head] == "appos" else spots
    kin = any(
        reading.lemma[at] in book.words("kin") and reading.child(at, "poss") is not None
        and any(_first_name(reading, one, person.refs[0].name) for one in reading.children(at, "appos"))
        for at in spots
    )  # fmt: skip
    return kin and bool(person.refs)


def _first_name(reading: Reading, token: int, name: str) -> bool:
    """Say whether this word alone is the first of a longer name."""
    words = name.split()
    return len(words) > 1 and reading.word(token) == words[0] and not reading.children(token, "compound")


def of_a_band(reading: Reading, token: int, book: CustodyBook) -> bool:
    """Say whether a court is only that of some group, and no state's: "our organisation's tribunal"."""
    return any(reading.lemma[one] in book.words("vague") for one in reading.children(token, "poss"))


def known_by_name(ref: ActorRef, book: CustodyBook) -> bool:
    """Say whether the name says who it is: "the group" and "the same group" may be anybody."""
    words = (*ref.name.lower().split(), *ref.actor.lower().split("-"))
    # a name cut at a hyphen
    return not ref.name.startswith("-") and any(word not in book.words("vague") for word in words)


def without_strays(places: tuple[Place, ...], cast: Cast) -> tuple[Place, ...]:
    """Return the places, without the country of one that alone lies in a land of which the article tells nothing.

    A suburb called like a town of another land is taken for that town. Who is held there isn't held by that land.
    """
    names: dict[str, set[str]] = {}
    for one in places:
        if one.country is not None:
            names.setdefault(one.country, set()).add(one.name)
    told = {ref.country for member in cast.members for ref in member.refs if ref.country}
    told |= {one.country for one in places if one.feature == "country" and one.country}
    home = any(len(several) >= _HOME for several in names.values())
    stray = {land for land, several in names.items() if home and len(several) == 1 and land not in told}
    return tuple(msgspec.structs.replace(one, country=None) if one.country in stray else one for one in places)


def _on_the_run(reading: Reading, cast: Cast, report: Custody, book: CustodyBook) -> bool:
    """Say whether the person who "vanished" is told to be wanted: he is no victim."""
    at = reading.token_at(report.evidence[0].start)
    here = reading.sentence_of(at) if at is not None else 0
    for first, last in reading.sentences[max(0, here - _NEAR) : here + _NEAR + 1]:
        named = any(ref.actor == report.person.actor for one in cast.within(first, last) for ref in one.refs)
        wanted = any(
            reading.lemma[one] in book.words("wanted") and reading.tag[one] in {"VBN", "NN", "JJ"}
            for one in range(first, last)
        )
        if named and wanted:
            return True
    return False


def sifted(
    reading: Reading, cast: Cast, reports: list[Custody], freed: list[Freed], published: str | None,
    places: tuple[Place, ...], book: CustodyBook,
) -> tuple[list[Custody], list[Rejection]]:  # fmt: skip
    """Return the reports that are of somebody's custody; who may have left a hospital needs another beside it."""
    weak = {report for one in freed if _from_care(reading, one.token, book) for report in one.reports}
    held = {one.person.actor for one in reports if one.id not in weak}
    denied = _only_denied(reports)
    free = {one.person.actor for one in reports if one.status in _FREE and one.polarity == "asserted"}
    kept: list[Custody] = []
    rejections: list[Rejection] = []
    for one in reports:
        why = None
        if _no_person(reading, one.person.name, places, book):
            why = ("R307", "not a person's name")
        elif one.id in weak and one.status == "released" and one.person.actor not in held:
            why = ("R305", "out of a hospital, it may be")
        elif one.id in denied:
            why = ("R305", "not so, and nobody says that it is")
        elif one.status == "died" and one.person.actor in free and _SEIZED.intersection(one.rules):
            why = ("R305", "after he was freed, it may be")
        elif one.status == "missing" and _on_the_run(reading, cast, one, book):
            why = ("R305", "on the run")
        elif _long_ago(one, published):
            why = ("R305", "history")
        if why is None:
            kept.append(one)
            continue
        rejections.append(
            Rejection(code=why[0], stage="extract", document=one.document, span=one.evidence[0],
                      note=f"{one.status}: {why[1]}")
        )  # fmt: skip
    return kept, rejections


def _no_person(reading: Reading, name: str, places: tuple[Place, ...], book: CustodyBook) -> bool:
    """Say whether the name is that of an office, a body, a place or a headline's verb: nobody can be held by it."""
    words = name.split()
    if words[-1].lower() in book.words("no_name"):
        return True
    if len(words) > 1:
        return False
    # "in Brod": where one can be, and what never does or suffers anything, is no person
    spots = [at for at in range(len(reading)) if reading.word(at) == name]
    inside = any(reading.dep[at] == "pobj" and reading.lemma[reading.head[at]] in {"in", "near"} for at in spots)
    acts = any(reading.dep[at] in {*_SUBJECT, "dobj"} for at in spots)
    return (inside and not acts) or any(one.text == name or one.text.endswith(f" {name}") for one in places)


def _long_ago(report: Custody, published: str | None) -> bool:
    """Say whether it was so long before the article that it is history, and nobody's case."""
    day = (report.date.until or report.date.since) if report.date is not None else None
    year = int(published[:4]) - _LONG_AGO if published else _BEFORE_ALL
    return day is not None and int(day[:4]) < year


def _only_denied(reports: list[Custody]) -> set[str]:
    """Return the ids of the reports that somebody isn't held, by the paper itself, where nothing says that he is."""
    held = {one.person.actor for one in reports if one.polarity == "asserted" or one.voice is not None}
    return {one.id for one in reports if one.polarity == "denied" and one.person.actor not in held}
