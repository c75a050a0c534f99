"""What the rules know about people held, as data: the words that say so, and what hangs on them.

Comes in: `custody.yaml`. Goes out: a `CustodyBook` indexed by sort and first word.
"""

from functools import cached_property
from typing import Literal

import msgspec

from onrecord.lexicon.index import by_first_word
from onrecord.lexicon.load import Folder, read_yaml
from onrecord.model.vocabulary import CustodyStatus

type Sort = Literal["object", "subject", "adjective", "noun", "words"]


class CustodyRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One rule: a verb whose object (or subject) is a person held, an adjective before one, or a plain list.

    `needs` are words of which one must hang on the verb ("serve ... years"); `without` words that forbid it; `doers`
    are words of which one must be the doer ("a court jailed"), `no_doers` words none of which may be ("footage
    captured"); `behind` are prepositions by which the needed noun tells whom it is for ("a pardon for X"); `had_been`
    are verbs of which a clause on the subject tells what had been done to him ("who had been held in A"); `direct`
    asks for the needed word as object, `passive` for a verb in the passive; a preposition of `no_on` may hang on an
    active verb before a day only ("seized on Monday", not "seized on hopes"); `progressive` asks for "is holding",
    `now` for the present ("is in the second group").
    What an `official` rule tells, only a state does: the state of the place, where no other is named. A rule `by_power`
    asks for a doer who is told, and can hold people: a state, an armed group, rebels. A `supported`
    rule holds where another one says of the same person that he is held, an `in_seizure` rule in an article that tells
    of people seized, an `in_swap` rule in one that tells of an exchange of prisoners, an `in_court` rule near a court,
    a `prison` rule where the sentence tells of one, an `over_border` rule where somebody goes to a state or over a
    border right behind one. Of a rule that `receives`, the doer is whose people they are, and not who held them.
    `yes` are sentences in which the rule must give its status to the person named, `no` those in which it must not.
    """

    id: str
    sort: Sort
    words: tuple[str, ...]
    status: CustodyStatus | None = None
    needs: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    doers: tuple[str, ...] = ()
    no_doers: tuple[str, ...] = ()
    no_on: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()
    had_been: tuple[str, ...] = ()
    passive: bool = False
    progressive: bool = False
    now: bool = False
    in_seizure: bool = False
    direct: bool = False
    supported: bool = False
    official: bool = False
    by_power: bool = False
    in_swap: bool = False
    in_court: bool = False
    prison: bool = False
    receives: bool = False
    over_border: bool = False
    list: str | None = None
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a rule without examples or without a status."""
        if self.sort == "words":
            if self.list is None:
                message = f"{self.id}: a plain list needs a name"
                raise ValueError(message)
            return
        if self.status is None:
            message = f"{self.id}: a rule needs a status"
            raise ValueError(message)
        if len(self.yes) < 2 or not self.no:
            message = f"{self.id}: a rule needs at least two examples that match and one that doesn't"
            raise ValueError(message)


class CustodyBook(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """The rules, indexed by sort and by the first word of each of their words."""

    rules: tuple[CustodyRule, ...] = ()

    def of(self, sort: Sort, lemma: str) -> tuple[tuple[CustodyRule, tuple[str, ...]], ...]:
        """Return the rules of this sort one of whose words begins with this lemma, each with the words that follow."""
        return self._index.get((sort, lemma), ())

    def words(self, name: str) -> frozenset[str]:
        """Return the words of the plain list with this name."""
        return self._lists.get(name, frozenset())

    @cached_property
    def _index(self) -> dict[tuple[str, str], tuple[tuple[CustodyRule, tuple[str, ...]], ...]]:
        return by_first_word((rule.sort, rule, rule.words) for rule in self.rules)

    @cached_property
    def _lists(self) -> dict[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for rule in self.rules:
            if rule.list:
                found.setdefault(rule.list, set()).update(rule.words)
        return {name: frozenset(words) for name, words in found.items()}


def load(folder: Folder) -> CustodyBook:
    """Return the rules of `custody.yaml` in this folder; an empty book where there is no such file."""
    if not (folder / "custody.yaml").is_file():
        return CustodyBook()
    return CustodyBook(rules=read_yaml(folder, "custody.yaml", CustodyRule))
