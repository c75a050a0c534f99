"""Say where a deal stands: the written rule of docs/explanation/status-of-a-deal.md, and nothing else.

Comes in: what was told of one deal, in any order. Goes out: the status on a day, and the steps that made it.
"""

from collections.abc import Iterable
from typing import Literal

import msgspec

from onrecord.model.vocabulary import DealKind, DealStatus, Polarity, StepKind, words

type Standing = Literal["own", "party", "third"]

# How far a step takes a deal, where the one who tells it has standing.
LEVELS: tuple[DealStatus, ...] = (
    "floated", "floated", "under_discussion", "agreed_in_principle", "agreed", "scheduled", "under_way", "carried_out",
)  # fmt: skip
_FORWARD: dict[StepKind, int] = {
    "proposed": 1, "discussed": 2, "talks_held": 2, "reaffirmed": 2, "conditions_set": 2, "announced": 2,
    "agreed_in_principle": 3, "agreed": 4, "signed": 4, "scheduled": 5, "partly_carried_out": 6, "carried_out": 7,
    "extended": 6, "resumed": 2,
}  # fmt: skip
_LASTING: frozenset[DealKind] = frozenset({"ceasefire", "talks", "humanitarian", "peace_agreement", "arms_control"})
_LABELS = 8
_DONE = 7
_PUT_OFF = frozenset({"postponed", "suspended"})
_UNDOES = frozenset({"denied", "refused", "suspended", "postponed", "violated", "collapsed"})
# On one day things go forward first and are undone after; what resumes, resumes last.
_ORDER = {step: place for place, step in enumerate(words(StepKind))} | {"denied": 40, "refused": 41, "violated": 42,
          "suspended": 43, "resumed": 44, "extended": 20, "collapsed": 46, "reaffirmed": 30}  # fmt: skip


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """One step as the rule sees it.

    `since` is the day it happened (its article's day where it has no date of its own: `dated` is False then); `side`
    is the party that made it, `teller` the party whose claim it is; `standing` says whether the article itself, a
    party or somebody else vouches for it; `in_force` is set where a reaffirmation says that a truce holds.
    """

    id: str
    step: StepKind
    kind: DealKind
    since: str
    dated: bool = True
    standing: Standing = "own"
    side: str | None = None
    teller: str | None = None
    polarity: Polarity = "asserted"
    conditional: bool = False
    unilateral: bool = False
    planned: str | None = None
    in_force: bool = False
    label: str = ""

    @property
    def place(self) -> tuple[str, int, str]:
        """Where it comes in the course of the deal: by day, and on one day in the order in which things go."""
        return self.since, _ORDER.get(self.step, 0), self.id


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """Where a deal stands, by which steps, against which, and the rule in words."""

    status: DealStatus
    made_by: tuple[str, ...]
    against: tuple[str, ...]
    disputed: bool
    rule: str


class Course:
    """The state of a deal while its steps are gone through in order."""

    def __init__(self) -> None:
        self.level = 0
        self.made: list[Told] = []
        self.block: Told | None = None
        self.blocked: DealStatus | None = None
        self.dispute: Told | None = None
        self.breaches: list[Told] = []
        self.held: list[Told] = []
        self.proposers: set[str | None] = set()
        self.announcers: set[str] = set()
        self.against: list[Told] = []

    def take(self, told: Told) -> None:
        """Go one step on."""
        if told.conditional and told.step != "conditions_set":
            return
        if told.standing == "third":
            self._third(told)
        elif told.polarity == "denied" or told.step == "denied":
            self.dispute = told
            self.against.append(told)
        elif told.step in _UNDOES and not (told.step == "postponed" and told.planned):
            self._undo(told)
        else:
            self._forward(told)

    def _third(self, told: Told) -> None:
        """Take a third party's claim: alone it never takes a deal past being talked of, and undoes nothing."""
        if told.step in _UNDOES or told.polarity == "denied":
            self.against.append(told)
            return
        reached = 2 if told.step in {"discussed", "talks_held"} else 1
        if self.level < reached and told.step not in {"reaffirmed", "resumed", "extended"}:
            self.level, self.made = reached, [told]
        if told.step == "reaffirmed":
            self.held.append(told)

    def _forward(self, told: Told) -> None:
        level = self._reached(told)
        if self.block is not None:
            freed = told.step == "resumed" or level > 3 or (self.blocked != "stalled" and level > 0)
            later = self.block.since < told.since and (told.dated or not self.block.dated)
            # what has been done had been put off before, where nothing says when
            later = later or (told.step == "carried_out" and not self.block.dated and self.block.step in _PUT_OFF)
            if freed and (later or told.step == "resumed"):
                if self.blocked != "stalled":
                    self.level, self.made = 0, []
                self.block = self.blocked = None
        if self.dispute is not None and told.dated and self.dispute.since < told.since and told.step != "discussed":
            self.dispute = None
        if told.step == "reaffirmed":
            self.held.append(told)
        if self._more_to_come(told):
            self.level, self.made = 6, [*self.made, told]
        elif self.level < level:
            self.level, self.made = level, [told]
        elif self.level == level and (told.step != "reaffirmed" or told.in_force):
            self.made.append(told)

    def _more_to_come(self, told: Told) -> bool:
        """Say whether a day is set after a carrying-out: then that was a part of it."""
        done = max((made.since for made in self.made), default="")
        return self.level == 7 and told.step == "scheduled" and told.planned is not None and done < told.planned

    def _reached(self, told: Told) -> int:
        level = _FORWARD.get(told.step, 0)
        if told.step == "proposed":
            self.proposers.add(told.side)
        elif told.step == "conditions_set":
            level = 1 if self.proposers <= {told.side} and self.proposers else 2
        elif told.step == "announced":
            if told.side is not None:
                self.announcers.add(told.side)
            if told.unilateral:
                level = 6 if told.kind == "ceasefire" else 4
            elif told.side is None or len(self.announcers) > 1:
                level = 4
        elif told.step == "resumed" and told.kind in _LASTING:
            level = 6
        elif told.step == "postponed":
            level = 5
        elif told.kind in _LASTING and level == 7:
            level = 6
        elif told.in_force and told.kind == "ceasefire":
            level = 6  # what holds is in force
        if told.kind == "talks" and told.step == "talks_held":
            level = 6
        return level

    def _undo(self, told: Told) -> None:
        self.against.append(told)
        if told.step == "violated":
            self.breaches.append(told)
            return
        if not told.dated and any(made.dated and told.since <= made.since for made in self.made):
            return  # told without a day beside what was done on one: nobody knows that it came after
        if not told.dated and self.level == _DONE and told.kind not in _LASTING and told.step in _PUT_OFF:
            return  # what has been done can't be put off: that came before
        settles = self.dispute is not None and told.dated and self.dispute.since < told.since
        if settles:
            self.dispute = None
        self.block = told
        if told.step == "collapsed":
            self.blocked = "collapsed"
        elif told.step == "refused" and self.level < 4:
            self.blocked = "refused"
        else:
            self.blocked = "stalled"

    def breach(self) -> tuple[Told, ...]:
        """Return the breaches that leave it open whether the deal holds: mutual, the article's own, or answered."""
        # a breach without a day of its own is no later than the article that tells it
        last = max((told.since for told in self.made if told.dated), default="")
        after = [told for told in self.breaches if last <= told.since]
        accused = {told.side for told in after if told.side is not None}
        if len(accused) > 1 or any(told.standing == "own" and told.teller is None for told in after):
            return tuple(after)
        if after and any(held.side in accused or held.side is None for held in self.held if held.standing != "third"):
            return tuple(after)
        return ()

    def state(self) -> tuple[DealStatus, bool]:
        """Return the status as it is now, and whether it is disputed."""
        breached = bool(self.breaches) and bool(self.breach())
        if self.dispute is not None:
            return "disputed", True
        if self.blocked == "collapsed" and self.block is not None:
            return "collapsed", breached
        if breached and (self.level >= 4 or any(told.kind in _LASTING for told in self.breaches)):
            return "disputed", True  # what lasts and is broken must have been in force
        if self.block is not None and self.blocked is not None:
            return self.blocked, breached
        return LEVELS[self.level], breached

    def verdict(self) -> "Verdict":
        """Return the status as it is now with the steps that made it and those that speak against it."""
        status, disputed = self.state()
        made: tuple[Told, ...]
        if self.dispute is not None:
            made = (*self.made, self.dispute)
        elif status == "disputed":
            made = (*self.made, *self.breach())
        elif self.block is not None and status == self.blocked:
            made = (self.block,)
        else:
            made = tuple(self.made)
        ids = tuple(dict.fromkeys(told.id for told in made))
        against = tuple(dict.fromkeys(told.id for told in self.against if told.id not in ids or status == "disputed"))
        return Verdict(status=status, made_by=ids, against=against, disputed=disputed, rule=_in_words(status, made))


def status_of(steps: Iterable[Told], as_of: str | None = None) -> Verdict:
    """Return where the deal stood at the end of the day `as_of` (an ISO date), or after all that was told."""
    course = Course()
    for told in sorted((told for told in steps if as_of is None or told.since <= as_of), key=lambda told: told.place):
        course.take(told)
    return course.verdict()


def _in_words(status: DealStatus, made: tuple[Told, ...]) -> str:
    labels = list(dict.fromkeys(one.label or f"{one.step} ({one.since})" for one in made))
    more = f"; and {len(labels) - _LABELS} more" if len(labels) > _LABELS else ""
    told = "; ".join(labels[:_LABELS])
    return f"{status}: {told}{more}" if told else f"{status}: no step moves it further"
