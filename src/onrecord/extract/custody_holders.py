"""Fill in who holds a person, by what the whole article tells. Comes in: reports, holdings. Goes out: reports."""

import msgspec

from onrecord.model.claim import Custody
from onrecord.model.holding import Holdings

_ELSEWHERE = "held.elsewhere"
_MEMBER = "custody.member"


def with_holders(reports: list[Custody], holdings: Holdings) -> list[Custody]:
    """Return the reports, the holder filled in where the article gives exactly one; `rules` then names the reason."""
    found: list[Custody] = []
    reports = _with_group(reports)
    for report in reports:
        hold = holdings.of(report.person.actor) if report.holder is None else None
        if hold is None or len(hold.holders) != 1 or hold.holders[0].actor == report.person.actor:
            found.append(report)
            continue
        rules = (*report.rules, hold.rule or _ELSEWHERE)
        found.append(msgspec.structs.replace(report, holder=hold.holders[0], rules=rules))
    return found


def _with_group(reports: list[Custody]) -> list[Custody]:
    """Return the reports, who was freed with his group taken for held before by whom the group was."""
    freed = {one.person.actor: one.holder for one in reports if _MEMBER in one.rules and one.holder is not None}
    told = {one.person.actor for one in reports if one.holder is not None and _MEMBER not in one.rules}
    return [
        msgspec.structs.replace(one, holder=freed[one.person.actor], rules=(*one.rules, _ELSEWHERE))
        if one.holder is None and one.status == "detained" and one.person.actor in freed.keys() - told
        else one
        for one in reports
    ]
