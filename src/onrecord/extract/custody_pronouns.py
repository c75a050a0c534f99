"""Judge the reports that only a pronoun gives. Comes in: reports. Goes out: those that are sure, of whom they are sure.

Who "he" is was found by likelihood. A president who signs a pardon for a prisoner is not he who "remains in prison".
"""

import msgspec

from onrecord.extract.custody_people import plain_pronoun
from onrecord.lexicon.custody import CustodyBook
from onrecord.model.cast import Cast, Member
from onrecord.model.claim import Custody
from onrecord.model.identity import identity
from onrecord.model.mention import ActorRef
from onrecord.model.reading import Reading
from onrecord.model.rejection import Rejection

_STAYS = frozenset({"detained", "sentenced", "charged"})


def note(pronouns: dict[str, Member | None], made: list[Custody], told: tuple[Member, ...]) -> None:
    """Note for each report the pronoun that gave it, or None where a name did."""
    for report, person in zip(made, told, strict=True):
        if person.form != "pronoun":
            pronouns[report.id] = None
        else:
            pronouns.setdefault(report.id, person)


def sure(
    reading: Reading, cast: Cast, reports: list[Custody], pronouns: dict[str, Member | None],
    names: dict[str, ActorRef], nations: dict[str, tuple[str, ...]], book: CustodyBook,
) -> tuple[list[Custody], list[Rejection]]:  # fmt: skip
    """Return the reports, those left out that only a pronoun gives of somebody of whom nothing else says such a thing.

    `pronouns` are the members by the id of the report that they gave. Where "he" would be somebody of whom nothing
    else is told, and the sentence before names one person who is told to be held, he is that one.
    """
    # a murder is told of many who were never held
    deaths = {rule.id for rule in book.rules if rule.supported and rule.status == "died"}
    known = {
        report.person.actor: report.person
        for report in reports
        if pronouns.get(report.id) is None and not deaths.intersection(report.rules)
    }
    made: list[tuple[Custody, bool]] = []
    for report in reports:
        member = pronouns.get(report.id)
        if member is None or report.person.actor in known:
            made.append((report, True))
            continue
        beside = _beside(reading, cast, member, names)
        held = [actor for actor in beside if actor in known]
        acts = bool(set((report.person.role or "").lower().split()) & book.words("between"))
        states = report.status in _STAYS and _is_told(reading, member)
        if len(held) == 1 and (acts or states):
            made.append((_of(report, known[held[0]], nations), True))
        else:
            made.append((report, plain_pronoun(reading, cast, member) and not (acts and beside)))
    certain = {report.person.actor for report, plain in made if plain}
    kept = [report for report, _ in made if report.person.actor in certain]
    rejections = [
        Rejection(code="R307", stage="extract", document=report.document, span=report.evidence[0],
                  note=f"{report.status}: told of a pronoun alone")
        for report, _ in made if report.person.actor not in certain
    ]  # fmt: skip
    return kept, rejections


def _is_told(reading: Reading, member: Member) -> bool:
    """Say whether the pronoun is told of as it stands: "he remains", "she is serving", "she is being held"."""
    verb = reading.head[member.head]
    marks = reading.children(verb, "aux", "auxpass")
    now = any(reading.tag[one] == "VBZ" and reading.lemma[one] == "be" for one in marks)
    return reading.dep[member.head] == "nsubj" or (reading.dep[member.head] == "nsubjpass" and now)


def _beside(reading: Reading, cast: Cast, member: Member, names: dict[str, ActorRef]) -> list[str]:
    """Return who else is named in the sentence before the pronoun's."""
    place = reading.sentence_of(member.head)
    if place == 0:
        return []
    mine = {ref.actor for ref in member.refs}
    found = [
        names.get(one.refs[0].actor, one.refs[0]).actor
        for one in cast.within(*reading.sentences[place - 1])
        if one.form == "name" and one.sort == "person" and len(one.refs) == 1
    ]
    return [actor for actor in dict.fromkeys(found) if actor not in mine]


def _of(report: Custody, person: ActorRef, nations: dict[str, tuple[str, ...]]) -> Custody:
    span = report.evidence[0]
    ref = msgspec.structs.replace(person, mention=report.person.mention)
    return msgspec.structs.replace(
        report, person=ref, nationalities=nations.get(ref.actor, ()), rules=(*report.rules, "custody.pronoun.held"),
        id=identity("custody", report.document, ref.actor, report.status, span.start, span.end),
    )  # fmt: skip
