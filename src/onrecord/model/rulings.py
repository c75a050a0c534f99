"""Lay the log of judgements over the claims. Comes in: judgements. Goes out: same, different, and fields set.

A withdrawn judgement counts for nothing; a person's wins over the program's, and of two the later one.
"""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

import msgspec

from onrecord.model.article import ArticleResult
from onrecord.model.claim import Claim
from onrecord.model.judgement import Judgement

_PROGRAM = "onrecord"
# The field by which a person says of a whole record that it is RIGHT or WRONG; no record has a field of that name.
REVIEW, RIGHT, WRONG = "review", "right", "wrong"
# What ties a record to its words, and what it is called: nobody's judgement changes these.
FIXED = frozenset({"id", "kind", "document", "evidence", "cue", "content", "trigger", "text", "start", "end"})


class Rulings(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """The judgements that stand: pairs (left < right) that are the same or different, and fields with their values."""

    same: tuple[tuple[str, str], ...] = ()
    different: frozenset[tuple[str, str]] = frozenset()
    fields: dict[str, dict[str, str]] = {}
    because: dict[tuple[str, str], str] = {}

    def reason(self, left: str, right: str) -> str:
        """Return who judged two to be the same or different, and why, in words; "" where nobody did."""
        return self.because.get((left, right)) or self.because.get((right, left)) or ""

    @cached_property
    def alike(self) -> dict[str, tuple[str, ...]]:
        """Each id that was judged to be the same as others -> all of those, itself included, in order."""
        home: dict[str, set[str]] = {}
        for left, right in self.same:
            both = home.get(left, {left}) | home.get(right, {right})
            home.update(dict.fromkeys(both, both))
        return {one: tuple(sorted(several)) for one, several in home.items()}

    @cached_property
    def named(self) -> frozenset[str]:
        """Every id that a standing judgement names."""
        pairs = [one for pair in (*self.same, *self.different) for one in pair]
        return frozenset(pairs) | frozenset(self.fields)

    def root(self, one: str) -> str:
        """Return the least of the ids that were judged to be the same as this one."""
        return self.alike[one][0] if one in self.alike else one

    @property
    def wrong(self) -> frozenset[str]:
        """The records that somebody read and found wrong as a whole."""
        return frozenset(record for record, values in self.fields.items() if values.get(REVIEW) == WRONG)

    def laid(self, article: ArticleResult) -> ArticleResult:
        """Return the article with its claims as people put them right, and without those that they found wrong."""
        families: dict[str, tuple[Claim, ...]] = {
            "statements": article.statements, "acts": article.acts, "steps": article.steps,
            "custody": article.custody,
        }  # fmt: skip
        if not any(claim.id in self.fields for family in families.values() for claim in family):
            return article
        wrong = self.wrong
        changed: dict[str, Any] = {
            name: tuple(with_fields(claim, self.fields.get(claim.id, {})) for claim in family if claim.id not in wrong)
            for name, family in families.items()
        }
        return msgspec.structs.replace(article, **changed)


def rulings(judgements: Iterable[Judgement]) -> Rulings:
    """Return what stands of these judgements; their order makes no difference."""
    pairs: dict[tuple[str, str], Judgement] = {}
    fields: dict[tuple[str, str], Judgement] = {}
    for judgement in sorted(judgements, key=weight):
        about = key(judgement)
        if judgement.withdrawn_at is None and about is not None:
            (pairs if judgement.field is None else fields)[about] = judgement
    values: dict[str, dict[str, str]] = {}
    for (left, field), judgement in sorted(fields.items()):
        if judgement.value is not None and judgement.verdict != "unsure":
            values.setdefault(left, {})[field] = judgement.value
    return Rulings(
        same=tuple(sorted(pair for pair, one in pairs.items() if one.verdict == "same")),
        different=frozenset(pair for pair, one in pairs.items() if one.verdict == "different"),
        fields=values,
        because={pair: f"{one.by}: {one.because}" for pair, one in pairs.items()},
    )


def key(judgement: Judgement) -> tuple[str, str] | None:
    """Return what a judgement is about: a record and its field, or two records in order; None where it is of nothing.

    Of several that are about the same, one counts: the one of most `weight`.
    """
    if judgement.field is not None:
        return judgement.left, judgement.field
    if judgement.right is None or judgement.left == judgement.right:
        return None
    left, right = sorted((judgement.left, judgement.right))
    return left, right


def weight(judgement: Judgement) -> tuple[bool, str, str]:
    """Return by what judgements of the same thing are put in order: a person's last, then by time, then by id."""
    return not judgement.by.startswith(_PROGRAM), judgement.at, judgement.id


def with_fields[Kept: msgspec.Struct](record: Kept, values: dict[str, str]) -> Kept:
    """Return the record with these fields set; a value that a field can't hold leaves it as it was."""
    changes = {name: held for name, value in values.items() if (held := _held(type(record), name, value)) is not None}
    return msgspec.structs.replace(record, **{name: held[0] for name, held in changes.items()}) if changes else record


def fits(kind: type[msgspec.Struct], field: str, value: str) -> bool:
    """Return whether a record of this kind has a field of that name which can be judged and can hold the value."""
    return value in {RIGHT, WRONG} if field == REVIEW else _held(kind, field, value) is not None


def _held(kind: type[msgspec.Struct], field: str, value: str) -> tuple[Any] | None:
    """Return what a field would hold, alone in a tuple; None where it can't."""
    found = next((one for one in msgspec.structs.fields(kind) if one.name == field), None)
    if found is None or field in FIXED:
        return None
    try:
        return (msgspec.convert(_value(value), found.type, strict=False),)
    except (msgspec.ValidationError, msgspec.DecodeError):
        return None


def _value(text: str) -> Any:
    if text[:1] in {"[", "{"}:
        try:
            return msgspec.json.decode(text)
        except msgspec.DecodeError:
            return text
    return text
