"""The cast of one article: which token stands for whom.

Made by `resolve.within`, read by every family of `extract`. A member is a mention in the text with the actor it points
at; `how` says in words why it points there, so that a resolution can be printed and doubted.
"""

import bisect
from functools import cached_property

import msgspec

from onrecord.model.mention import ActorRef, Mention
from onrecord.model.vocabulary import ActorSort


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """A place where somebody may be named or pointed at, before it is resolved (made by `extract.names`).

    Tokens `[first, last)` with `head`; `form` is name, office, demonym, body, group or pronoun. `actor`, `name`,
    `country`, `role` are filled where the lexicon knows them; `gender` is m, f, n or None; `plural` is None if unclear.
    """

    first: int
    last: int
    head: int
    form: str
    sort: ActorSort
    actor: str | None = None
    name: str | None = None
    country: str | None = None
    role: str | None = None
    gender: str | None = None
    plural: bool | None = None


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """A resolved mention: tokens `[first, last)`, its head token, and whom it stands for ("they" may be several)."""

    first: int
    last: int
    head: int
    form: str
    sort: ActorSort
    refs: tuple[ActorRef, ...]
    how: str


class Cast(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """Every member in order of the text, and the `mention` records that say the same on the wire."""

    members: tuple[Member, ...]
    mentions: tuple[Mention, ...] = ()

    @cached_property
    def _firsts(self) -> list[int]:
        return [member.first for member in self.members]

    @cached_property
    def _by_head(self) -> dict[int, Member]:
        return {member.head: member for member in self.members}

    def member_at(self, token: int) -> Member | None:
        """Return the member whose head is this token, else the narrowest one that covers it, else None."""
        exact = self._by_head.get(token)
        if exact is not None:
            return exact
        covering = [
            member
            for member in self.members[max(0, bisect.bisect_right(self._firsts, token) - 12) :]
            if member.first <= token < member.last
        ]
        return min(covering, key=lambda member: member.last - member.first, default=None)

    def refs_at(self, token: int) -> tuple[ActorRef, ...]:
        """Return the actor references that this token stands for; empty where it stands for nobody known."""
        member = self.member_at(token)
        return member.refs if member else ()

    def within(self, first: int, last: int) -> tuple[Member, ...]:
        """Return the members that lie wholly inside tokens `[first, last)`, in order."""
        low = bisect.bisect_left(self._firsts, first)
        high = bisect.bisect_left(self._firsts, last)
        return tuple(member for member in self.members[low:high] if member.last <= last)
