"""The state that an office or a force named without one belongs to ("the army", "Foreign Minister X").

A reporter leaves the country out where the reader knows it: from the label that opens a paragraph ("MYANMAR. The
army ..."), from the only state that the paragraph names, from the dateline, or from what the article is about.
What is concluded so is marked as inferred; where two of these disagree on the paragraph's own words, nothing is.
"""

from collections import Counter
from functools import cached_property

from onrecord.extract import clause
from onrecord.extract.acts_ground import Ground
from onrecord.model.cast import Cast, Member
from onrecord.model.claim import Statement
from onrecord.model.mention import ActorRef
from onrecord.model.reading import Reading
from onrecord.model.text import Document
from onrecord.model.voices import Voices

_LABEL = frozenset({".", ":", "—", "–", "-"})
_LEAST = 3


class Nations:
    """Countries that this article takes for granted."""

    def __init__(self, document: Document, reading: Reading, cast: Cast, ground: Ground, voices: Voices) -> None:
        self.document, self.reading, self.cast, self.ground, self.voices = document, reading, cast, ground, voices
        self._named: dict[int, frozenset[str]] = {}

    def at(self, token: int) -> str | None:
        """Return the state that an organ at this token belongs to, or None where the article leaves it open."""
        place = self.reading.paragraph_of(self.reading.start[token])
        label = self._label(place)
        if label is not None:
            return label
        named, home = self.named_in(place), self.home
        if len(named) == 1 and (named <= self._by_name(place) or home in named):
            return next(iter(named))
        return home if not named or home in named else None

    def told_of(self, place: int) -> frozenset[str]:
        """Return the countries that a paragraph names otherwise than by a town."""
        first, last = self.reading.tokens_in(*self.reading.paragraphs[place])
        return frozenset(_countries(self.cast.within(first, last)))

    def _by_name(self, place: int) -> frozenset[str]:
        """Return the countries that a paragraph names as states, not only through some of their people."""
        first, last = self.reading.tokens_in(*self.reading.paragraphs[place])
        return frozenset(_countries(tuple(one for one in self.cast.within(first, last) if one.form != "demonym")))

    @cached_property
    def digest(self) -> bool:
        """Whether the article is a round-up, each paragraph under the label of its country."""
        return sum(self._label(place) is not None for place in range(len(self.reading.paragraphs))) > 1

    def taken_for_granted(self, token: int) -> str | None:
        """Return the article's own state where the paragraph around the token names no other."""
        place = self.reading.paragraph_of(self.reading.start[token])
        label = self._label(place)
        if label is not None:
            return label
        named, home = self.named_in(place), self.home
        return home if home in self._foremost and (not named or home in named) else None

    def speaks_for(self, ref: ActorRef) -> str | None:
        """Return the state that an official speaks for: "Foreign Minister X said Velmora would not sign"."""
        reading = self.reading
        found: set[str | None] = set()
        for statement in self.voices.statements:
            if statement.speaker is None or statement.speaker.actor != ref.actor:
                continue
            before = self._spoke_before(statement)
            if before is not None:
                found.add(before)
            for span in statement.content:
                first, last = reading.tokens_in(span.start, span.end)
                for token in range(first, min(last, first + 6)):
                    member = self.cast.member_at(token)
                    if member is None or member.sort != "state" or member.head != token or len(member.refs) != 1:
                        continue
                    helpers = clause.auxiliaries(reading, reading.head[token])
                    if reading.dep[token] == "nsubj" and any(reading.tag[helper] == "MD" for helper in helpers):
                        found.add(member.refs[0].country)
        return found.pop() if len(found) == 1 else None

    def _spoke_before(self, statement: Statement) -> str | None:
        """Return the state whose words the paragraph gives just before ("Velmora denied it. ... X said")."""
        start = min(span.start for span in statement.content)
        place = self.reading.paragraph_of(start)
        earlier = [
            (min(span.start for span in other.content), other) for other in self.voices.statements
            if other.id != statement.id and self.reading.paragraph_of(other.content[0].start) == place
        ]  # fmt: skip
        last = max((pair for pair in earlier if pair[0] < start), key=lambda pair: pair[0], default=None)
        speaker = last[1].speaker if last is not None else None
        return speaker.country if speaker is not None and speaker.actor == speaker.country else None

    def _label(self, place: int) -> str | None:
        first, last = self.reading.tokens_in(*self.reading.paragraphs[place])
        for member in self.cast.within(first, min(last, first + 4)):
            after = member.last
            if member.first == first and member.sort == "state" and member.form == "name" and after < last:
                return member.refs[0].country if self.reading.word(after) in _LABEL else None
        return None

    def named_in(self, place: int) -> frozenset[str]:
        """Return the countries that a paragraph names, by themselves, their people, their offices or their towns."""
        if place not in self._named:
            first, last = self.reading.tokens_in(*self.reading.paragraphs[place])
            told = _countries(self.cast.within(first, last))
            self._named[place] = frozenset(told) | self.ground.countries(first, last)
        return self._named[place]

    @cached_property
    def home(self) -> str | None:
        """The state of the dateline, else the one that is named twice as often as any other."""
        if self.document.dateline is not None:
            there = self.ground.of_dateline(self.document.dateline.text)
            if len(there) == 1:
                return next(iter(there))
        counts = self._counts
        if not counts or counts[0][1] < _LEAST or (len(counts) > 1 and counts[0][1] < 2 * counts[1][1]):
            return None
        return counts[0][0]

    @cached_property
    def _counts(self) -> list[tuple[str, int]]:
        """The two states that the article names most, by themselves, their officials or their armed groups."""
        return Counter(
            member.refs[0].country for member in self.cast.members
            if len(member.refs) == 1 and member.refs[0].country and member.form != "pronoun"
        ).most_common(2)  # fmt: skip

    @property
    def _foremost(self) -> set[str]:
        return {country for country, _ in self._counts}


def _countries(members: tuple[Member, ...]) -> list[str]:
    """List the countries that these members name, state by state and people by people."""
    return [
        member.refs[0].country
        for member in members
        if len(member.refs) == 1 and member.refs[0].country and member.sort in {"state", "government"}
        and member.form != "pronoun" and len(member.refs[0].actor) == len(member.refs[0].country)
    ]  # fmt: skip
