"""What an expression of time is read against: the day of publication, the story's last date, the tense around it."""

from datetime import date

import msgspec

from onrecord.extract.moments_calendar import Fixed
from onrecord.extract.moments_lex import Token
from onrecord.model.reading import Reading

_AUX = ("aux", "auxpass")
_SUBJECT = frozenset({"nsubj", "nsubjpass"})
_VERBS = frozenset({"VERB", "AUX"})
_FUTURE = frozenset({"will", "shall", "'ll", "’ll", "wo", "would", "should", "can", "may", "might", "must", "could"})
_COULD = frozenset({"could"})  # with "not" it tells of the past
_ATTRIBUTIVE = frozenset({"poss", "compound", "amod", "nmod"})


class Match(msgspec.Struct, frozen=True):
    """One match of a rule: the tokens of each named group, and where the whole stands in characters."""

    rule: str
    means: str
    groups: dict[str, tuple[Token, ...]]
    start: int
    end: int

    def has(self, group: str) -> bool:
        """Say whether the group took part."""
        return bool(self.groups.get(group))

    def at(self, group: str) -> int:
        """Return where the group's first token begins."""
        return self.groups[group][0].start

    def sense(self, group: str, *classes: str) -> str | None:
        """Return the value of the first token of the group with a reading of one of these classes (any, if none)."""
        for token in self.groups.get(group, ()):
            for sense in token.senses:
                if not classes or sense.group in classes:
                    return sense.value
        return None


class Scene(msgspec.Struct, kw_only=True):
    """The text, the day of publication (None: not known), and the last date that the story named."""

    reading: Reading
    published: date | None
    anchor: Fixed | None = None
    quarter: Fixed | None = None
    anchored: int = -1
    described: tuple[Fixed, int] | None = None
    planners: frozenset[str] = frozenset()
    ahead: frozenset[str] = frozenset()
    closing: frozenset[str] = frozenset()
    ends: frozenset[str] = frozenset()

    def text(self, token: Token) -> str:
        """Return a token as it stands."""
        return self.reading.text[token.start : token.end]

    def until(self, offset: int) -> bool:
        """Say whether what stands here is the end of a stretch ("until Friday")."""
        token = self.reading.token_at(offset)
        return bool(token) and token is not None and self.reading.word(token - 1).lower() in self.ends

    def gone(self, offset: int) -> bool:
        """Say whether a stretch begins here that goes on till now: "since his arrest on March 2"."""
        reading, token = self.reading, self.reading.token_at(offset)
        if token is None:
            return False
        for above in reading.ancestors(token):
            if reading.lemma[above] == "since" and reading.dep[above] == "prep":
                return True
            if reading.pos[above] in _VERBS:
                return False
        return False

    def closed(self, offset: int) -> bool:
        """Say whether the words that follow tell when it ends ("the year ended March 31")."""
        token = self.reading.token_at(offset)
        return token is not None and self.reading.word(token).lower() in self.closing

    def tense(self, offset: int) -> int:
        """Return -1, 0 or 1: whether the verb that governs this place tells of the past, neither, or the future."""
        reading, token = self.reading, self.reading.token_at(offset)
        if token is None:
            return 0
        if reading.dep[token] in _ATTRIBUTIVE:
            return 0
        ahead, below = False, token
        for above in reading.ancestors(token):
            ahead = reading.dep[below] not in _SUBJECT and (ahead or reading.lemma[above] in self.ahead)
            below = above
            planned = {"VBN", "JJ", "VBZ", "VBP"} | ({"VBD"} if ahead else set())
            if reading.lemma[above] in self.planners and reading.tag[above] in planned:
                return 1
            if reading.pos[above] not in _VERBS:
                continue
            helpers = reading.children(above, *_AUX)
            if any(reading.word(helper).lower() in _FUTURE for helper in helpers):
                if any(reading.lemma[helper] == "have" for helper in helpers):
                    return 0
                could = any(reading.word(helper).lower() in _COULD for helper in helpers)
                return -1 if could and reading.child(above, "neg") is not None else 1
            if any(reading.tag[helper] == "TO" for helper in helpers) and reading.tag[above] == "VB":
                if reading.dep[above] == "advcl":
                    continue
                return 0 if reading.dep[above] in {"acl", "pcomp"} else 1
            if any(reading.tag[helper] == "VBD" for helper in helpers) or reading.tag[above] == "VBD":
                return -1
            if any(reading.lemma[helper] == "have" for helper in helpers):
                return -1
            if reading.tag[above] in {"VBZ", "VBP"} or any(reading.tag[one] in {"VBZ", "VBP"} for one in helpers):
                return 0
            if reading.tag[above] == "VBN" and not helpers:
                return -1
        return 0


NARRATIVE = frozenset({"following", "that", "same", "previous"})
_REL = ("last", "this", "next", "previous", "following", "that", "same", "current", "latest")


def relation(match: Match, group: str = "rel") -> tuple[str, int] | None:
    """Return the class and the step (-1, 0, 1) of "last", "this", "next" and their kin."""
    for token in match.groups.get(group, ()):
        for sense in token.senses:
            if sense.group in _REL:
                return sense.group, int(sense.value or 0)
    return None


def base(scene: Scene, kind: str) -> date | None:
    """Return the day that a relation is counted from: the story's last date for "that", "the following"."""
    if kind in NARRATIVE and scene.anchor is not None and scene.anchor.since is not None:
        return scene.anchor.since
    return scene.published
