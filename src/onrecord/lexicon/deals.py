"""What the rules know about deals, as data: nouns that name a deal, verbs and nouns that move it, frames that are one.

Comes in: `deals.yaml`. Goes out: a `DealBook` with the rules indexed by sort and by their first word.
"""

from collections.abc import Iterable
from functools import cached_property
from typing import Literal

import msgspec

from onrecord.lexicon.index import by_first_word
from onrecord.lexicon.load import Folder, read_yaml
from onrecord.model.vocabulary import DealKind, StepKind

type Sort = Literal["mention", "step", "over", "frame", "broker", "words"]
type Part = Literal["subject", "object", "oblique", "any"]


class DealRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One rule.

    `mention`: a noun of `words` names a deal of `kind`; with `along`, only beside one of these words, with `also`
    beside one of those as well; a `weak` one only where the article tells of another deal of the same parties, and not
    as held.
    `step`: a verb, noun or adjective of `words` moves a deal that stands as its `part`; `needs` are words of which one
    must hang on it; `negated` is the step that its denial makes, `planned` the one that it makes where somebody says
    that it is to come; `kinds` (all where empty) are the deals it can move.
    With `noun`, a word counts only as a noun ("a call for", not "called"), with `told` only where a verb tells of it as
    of a fact ("announced the end of the truce"); with `only_negated`, only its denial moves anything.
    Of a rule with `doers`, the subject must be one of them ("the agreement provides for", not "the law").
    With `alone`, a verb counts only without an object of its own ("the truce ended"); with `near`, a frame counts only
    where its paragraph has one of these words.
    `over`: a word of `words` above a step makes it another (`step`), or, without one, takes it back.
    `frame`: a verb of `words` with an object of `along` is itself a deal of `kind`, at `step` where it happened; with
    `subject` it is the subject that must be of `along` ("two hostages walked free").
    `broker`: a verb or noun whose doer stands between the parties. `words`: a plain list under the name `list`.
    `yes` are sentences in which the rule must fire, `no` those in which it must not.
    """

    id: str
    sort: Sort
    words: tuple[str, ...]
    kind: DealKind | None = None
    kinds: tuple[DealKind, ...] = ()
    along: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    step: StepKind | None = None
    part: tuple[Part, ...] = ("any",)
    needs: tuple[str, ...] = ()
    negated: StepKind | None = None
    planned: StepKind | None = None
    weak: bool = False
    noun: bool = False
    told: bool = False
    only_negated: bool = False
    subject: bool = False
    alone: bool = False
    near: tuple[str, ...] = ()
    doers: tuple[str, ...] = ()
    list: str | None = None
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a rule without examples, or one that lacks what its sort needs."""
        if self.sort != "words" and (len(self.yes) < 2 or not self.no):
            message = f"{self.id}: a rule needs at least two examples that match and one that doesn't"
            raise ValueError(message)
        if self.sort == "words" and self.list is None:
            message = f"{self.id}: a plain list needs a name"
            raise ValueError(message)
        if self.sort in {"mention", "frame"} and self.kind is None:
            message = f"{self.id}: a {self.sort} needs a kind"
            raise ValueError(message)
        if self.sort in {"step", "frame"} and self.step is None:
            message = f"{self.id}: a {self.sort} needs a step"
            raise ValueError(message)


class DealBook(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """The rules, indexed by sort and by the first word of each of their words."""

    rules: tuple[DealRule, ...] = ()

    def of(self, sort: Sort, lemma: str) -> tuple[tuple[DealRule, tuple[str, ...]], ...]:
        """Return the rules of this sort one of whose words begins with this lemma, each with the words that follow."""
        return self._index.get((sort, lemma), ())

    def words(self, name: str) -> frozenset[str]:
        """Return the words of the plain list with this name."""
        return self._lists.get(name, frozenset())

    @cached_property
    def _index(self) -> dict[tuple[str, str], tuple[tuple[DealRule, tuple[str, ...]], ...]]:
        return by_first_word((rule.sort, rule, rule.words) for rule in self.rules)

    @cached_property
    def _lists(self) -> dict[str, frozenset[str]]:
        return _gather((rule.list, rule.words) for rule in self.rules if rule.list)


def _gather(pairs: Iterable[tuple[str, tuple[str, ...]]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for name, words in pairs:
        found.setdefault(name, set()).update(words)
    return {name: frozenset(words) for name, words in found.items()}


def load(folder: Folder) -> DealBook:
    """Return the rules of `deals.yaml` in this folder; an empty book where there is no such file."""
    if not (folder / "deals.yaml").is_file():
        return DealBook()
    return DealBook(rules=read_yaml(folder, "deals.yaml", DealRule))
