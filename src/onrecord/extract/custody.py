"""Find what an article says of persons held. Comes in: reading, cast, moments, places, voices. Goes out: custody.

Only persons that are named (or resolved to a name) make a report; an arrest that somebody claims stays his claim.
"""

from onrecord.extract import clause
from onrecord.extract.custody_people import nationalities, persons_at
from onrecord.extract.custody_swap import Freed, exchanges, in_swap, listed
from onrecord.extract.custody_terms import basis, charge, holder, place, sentence, state
from onrecord.lexicon import Lexicon
from onrecord.lexicon.custody import CustodyBook, CustodyRule
from onrecord.model.cast import Cast, Member
from onrecord.model.claim import Custody
from onrecord.model.identity import identity
from onrecord.model.mention import Place
from onrecord.model.moment import Moment
from onrecord.model.reading import Reading
from onrecord.model.rejection import Rejection
from onrecord.model.text import Document, Span
from onrecord.model.vocabulary import CustodyStatus
from onrecord.model.voices import Voices

_FREE = {"released", "exchanged"}


def run(
    *,
    document: Document,
    reading: Reading,
    cast: Cast,
    moments: tuple[Moment, ...],
    places: tuple[Place, ...],
    voices: Voices,
    lexicon: Lexicon,
) -> tuple[tuple[Custody, ...], tuple[Rejection, ...]]:
    """Return the reports in order of the text, and what was seen and not taken."""
    book = lexicon.custody
    reports: list[Custody] = []
    freed: list[Freed] = []
    rejections: list[Rejection] = []
    for token in range(len(reading)):
        for rule, persons in _told(reading, cast, token, book):
            span = _evidence(document, reading, token)
            if _off_topic(reading, token, book):
                continue
            modality, polarity = clause.modality(reading, token, lexicon.hedges)
            if modality not in {"happened", "ongoing"}:
                rejections.append(
                    Rejection(
                        code="R305", stage="extract", document=document.id, span=span, note=f"{rule.status}: {modality}"
                    )
                )
                continue
            made = [
                _report(document, reading, cast, moments, places, voices, book, token, rule, person, span, polarity)
                for person in persons
            ]
            reports += made
            if rule.status in _FREE and polarity == "asserted":
                freed.append(Freed(token=token, reports=tuple(report.id for report in made)))
    reports = exchanges(reading, _supported(reports, book), freed, book)
    return tuple(_unique(reports)), tuple(rejections)


def _supported(reports: list[Custody], book: CustodyBook) -> list[Custody]:
    """Return the reports, accusations left out of persons of whom nothing else says that they are held."""
    weak = {rule.id for rule in book.rules if rule.supported}
    sure = {report.person.actor for report in reports if not weak.intersection(report.rules)}
    return [report for report in reports if report.person.actor in sure]


def _told(reading: Reading, cast: Cast, token: int, book: CustodyBook) -> list[tuple[CustodyRule, tuple[Member, ...]]]:
    found: list[tuple[CustodyRule, tuple[Member, ...]]] = []
    lemma = reading.lemma[token]
    if clause.is_verb(reading, token):
        for rule, rest in (*book.of("object", lemma), *book.of("subject", lemma)):
            if not _phrasal(reading, token, rest) or not _fits(reading, token, rule):
                continue
            tokens = _objects(reading, token) if rule.sort == "object" else clause.surface_subject(reading, token)
            persons = [person for one in tokens for person in persons_at(reading, cast, one)]
            if not persons and rule.status in _FREE:
                persons = list(listed(reading, cast, token, tokens))
            if persons:
                found.append((rule, tuple(dict.fromkeys(persons))))
    elif reading.dep[token] == "amod":
        for rule, _ in book.of("adjective", reading.word(token).lower()):
            persons = list(persons_at(reading, cast, reading.head[token]))
            if persons:
                found.append((rule, tuple(dict.fromkeys(persons))))
    statuses = {rule.status for rule, _ in found}
    if "sentenced" in statuses:
        found = [pair for pair in found if pair[0].status != "detained"]
    return found[:2]


def _objects(reading: Reading, verb: int) -> tuple[int, ...]:
    tokens = clause.object_of(reading, verb)
    if not tokens and reading.dep[verb] == "acl" and reading.tag[verb] == "VBN":
        tokens = (reading.head[verb],)
    return tokens


def _phrasal(reading: Reading, token: int, rest: tuple[str, ...]) -> bool:
    near = {reading.lemma[child] for child in reading.children(token)}
    near |= {reading.lemma[at] for at in range(token + 1, min(token + 4, len(reading)))}
    return all(word in near for word in rest)


def _fits(reading: Reading, token: int, rule: CustodyRule) -> bool:
    near = {reading.lemma[child] for child in reading.children(token)}
    for child in reading.children(token, "prep", "agent", "dobj", "attr", "acomp", "oprd", "npadvmod"):
        near |= {reading.lemma[inner] for inner in reading.children(child)}
        near |= {reading.word(inner).lower() for inner in reading.children(child)}
    if rule.status in {"on_trial", "released"} and reading.child(token, "xcomp") is not None:
        return False
    return (not rule.needs or bool(near & set(rule.needs))) and not near & set(rule.without)


def _off_topic(reading: Reading, token: int, book: CustodyBook) -> bool:
    first, last = reading.sentences[reading.sentence_of(token)]
    return any(reading.lemma[at] in book.words("off_topic") for at in range(first, last))


def _report(
    document: Document, reading: Reading, cast: Cast, moments: tuple[Moment, ...], places: tuple[Place, ...],
    voices: Voices, book: CustodyBook, token: int, rule: CustodyRule, person: Member, span: Span, polarity: str,
) -> Custody:  # fmt: skip
    ref = person.refs[0]
    status: CustodyStatus = rule.status or "detained"
    if polarity == "denied" and status in {"released", "exchanged", "pardoned"}:
        # "has not been freed": still held
        status, polarity = "detained", "asserted"
    verb = clause.is_verb(reading, token)
    voice = voices.at(reading.start[token])
    if status == "released" and in_swap(reading, token, book):
        status = "exchanged"
    held = holder(reading, cast, token, frozenset({ref.actor}), book) if verb else None
    if (
        status in {"charged", "convicted", "sentenced", "pardoned", "on_trial"}
        and held is not None
        and not held.country
    ):
        held = None
    where = place(document, reading, token, places) if verb else None
    if held is None and rule.official and where is not None and where.country:
        held = state(cast, where.country)
    return Custody(
        id=identity("custody", document.id, ref.actor, status, span.start, span.end),
        document=document.id, person=ref, nationalities=nationalities(reading, cast, person, book), holder=held,
        status=status, charge=charge(reading, token, book) if verb and status not in _FREE else None,
        sentence=sentence(reading, token, moments, book) if verb and status in {"sentenced", "detained"} else None,
        basis=basis(reading, token) if verb and status not in _FREE else None,
        place=where, date=clause.date_of(reading, token, moments),
        polarity="denied" if polarity == "denied" else "asserted", voice=voice.id if voice else None,
        evidence=(span,), rules=(rule.id,),
    )  # fmt: skip


def _evidence(document: Document, reading: Reading, token: int) -> Span:
    first, last = reading.sentences[reading.sentence_of(token)]
    return document.cite(reading.start[first], reading.end[last - 1])


def _unique(reports: list[Custody]) -> list[Custody]:
    found: dict[str, Custody] = {}
    for report in reports:
        found.setdefault(report.id, report)
    return list(found.values())
