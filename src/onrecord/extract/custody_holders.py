"""Fill in who holds a person, by what the whole article tells. Comes in: reports, holdings. Goes out: reports."""

import msgspec

from onrecord.model.claim import Custody
from onrecord.model.holding import Holdings

_ELSEWHERE = "held.elsewhere"


def with_holders(reports: list[Custody], holdings: Holdings) -> list[Custody]:
    """Return the reports, the holder filled in where the article gives exactly one; `rules` then names the reason."""
    found: list[Custody] = []
    for report in reports:
        hold = holdings.of(report.person.actor) if report.holder is None else None
        if hold is None or len(hold.holders) != 1 or hold.holders[0].actor == report.person.actor:
            found.append(report)
            continue
        rules = (*report.rules, hold.rule or _ELSEWHERE)
        found.append(msgspec.structs.replace(report, holder=hold.holders[0], rules=rules))
    return found
