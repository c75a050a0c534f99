"""Read whose citizen a person held is from more than his own words. Comes in: reports. Goes out: reports.

The group that he is one of, the second citizenship that he "also" has, the office that he held; a resident is none.
"""

import msgspec

from onrecord.extract.custody_nations import described, papers
from onrecord.lexicon.custody import CustodyBook
from onrecord.lexicon.people import PeopleBook
from onrecord.model.cast import Cast, Member
from onrecord.model.claim import Custody
from onrecord.model.mention import ActorRef
from onrecord.model.reading import Reading

_CODE = 3


def of_the_freed(reading: Reading, cast: Cast, reports: list[Custody], second: frozenset[str]) -> list[Custody]:
    """Return the reports, the country of those exchanged filled in from the group that they are part of.

    "Five As who had been held in B landed on Tuesday. ... X; Y; and Z": who was exchanged out of B's hands, of whom
    nothing else is told, is one of the As, where the article counts no other nation's people but B's own. So is who
    "also has" another citizenship (`second`).
    """
    counted = {
        member.refs[0].country
        for member in cast.members
        if member.sort == "group" and member.refs and reading.tag[member.head] in {"NNS", "NNPS"}
        and reading.children(member.head, "nummod")
    } - {None}  # fmt: skip
    known = {one.person.actor: one.nationalities for one in reports if one.nationalities}
    found: list[Custody] = []
    for report in reports:
        theirs = {land for ref in report.exchanged_for for land in known.get(ref.actor, ())}
        lands = counted - theirs - {report.holder.country} if report.holder is not None else set()
        land = next(iter(lands)) if len(lands) == 1 else None
        mine = report.nationalities
        part = not mine or (report.person.actor in second and len(mine) == 1 and land not in mine)
        if report.status == "exchanged" and part and land is not None and len(land) == _CODE:
            rules = (*report.rules, "custody.nation.group")
            found.append(msgspec.structs.replace(report, nationalities=(land, *mine), rules=rules))
        else:
            found.append(report)
    return found


def seconds(reading: Reading, cast: Cast, names: dict[str, ActorRef], book: CustodyBook) -> frozenset[str]:
    """Return those of whom it is told that they have another citizenship too: "who also has a British passport"."""
    found: set[str] = set()
    for actor, member in _named(cast, names):
        for token in papers(reading, cast, member, book):
            above = reading.head[token]
            marks = (*reading.children(above, "advmod"), *reading.children(token, "amod", "advmod"))
            if any(reading.lemma[one] in book.words("besides") for one in marks):
                found.add(actor)
    return frozenset(found)


def without_residents(
    reading: Reading, cast: Cast, nations: dict[str, tuple[str, ...]], names: dict[str, ActorRef], book: CustodyBook
) -> dict[str, tuple[str, ...]]:
    """Return the nationalities without the countries of which somebody is only a resident: "a US resident"."""
    found = dict(nations)
    for actor, member in _named(cast, names):
        for spot in reading.children(member.head, "appos"):
            if reading.lemma[spot] in book.words("resident"):
                lands = described(reading, cast, spot)
                found[actor] = tuple(land for land in found.get(actor, ()) if land not in lands)
    return found


def of_office(reports: list[Custody], book: PeopleBook) -> list[Custody]:
    """Return the reports, who held an office of one state alone taken for its citizen where nothing else is told."""
    return [
        msgspec.structs.replace(report, nationalities=(land,), rules=(*report.rules, "custody.nation.office"))
        if not report.nationalities and " " in report.person.name
        and (land := book.country_served(report.person.name)) is not None and land == report.person.country
        else report
        for report in reports
    ]  # fmt: skip


def _named(cast: Cast, names: dict[str, ActorRef]) -> list[tuple[str, Member]]:
    return [
        (names.get(member.refs[0].actor, member.refs[0]).actor, member)
        for member in cast.members
        if member.form == "name" and member.sort == "person" and len(member.refs) == 1
    ]
