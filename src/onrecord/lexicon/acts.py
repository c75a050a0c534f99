"""What the rules know about acts, as data: triggers with their PLOVER type, who stands where, what must not."""

from collections.abc import Iterable
from functools import cached_property

import msgspec

from onrecord.errors import LexiconError
from onrecord.lexicon.load import Folder, read_yaml
from onrecord.model.vocabulary import ActType, Modality, Polarity

FILES = (
    "acts_cooperation.yaml",
    "acts_words_cooperation.yaml",
    "acts_words_conflict.yaml",
    "acts_force.yaml",
    "acts_law.yaml",
    "acts_pressure.yaml",
    "acts_diplomacy.yaml",
)


class ActExample(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A sentence with the actors and targets (head words) that the rule must find in it."""

    text: str
    actor: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    modality: Modality = "happened"
    polarity: Polarity = "asserted"


class ActRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One way of telling an act.

    `verbs` and `nouns` are lemmas; a verb may carry its particle ("carry out"), a noun its compound ("hunger strike").
    `actor` and `target` say where to look, in order: subject, object, owner (a noun's possessor or demonym),
    beneficiary (dative), inner (whom a threatened deed falls on), toward (whom a promised one does), embedded (the
    subject of the clause below it), embedded with (whom that is with), party (whom the subject is with or
    between), above (what the trigger is said of), or a preposition. `needs` and `not_with` map such a place (or "any",
    "modifier", "clause", "infinitive", "content", "bare" (the verb itself, where it has no object), "head") to words,
    "@name" standing for any name, "@people" for a people's name, "@any" for anything. `reciprocal` makes all sides
    actors; `victims` allows an act without an actor; `weak` needs both sides; `other_side` takes the other of the
    article's two sides as target where none is named; `modality` is how real it is where nothing hedges it; `of_state`
    deeds are done by the state in whose place they are done, where nobody is named; `refuses` marks the rule for deeds
    that somebody says will not be done; `lasting` deeds go on where the tense or "since" says so, its `standing` verbs
    also as bare participles ("men held").
    """

    id: str
    type: ActType
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    actor: tuple[str, ...] = ("subject",)
    target: tuple[str, ...] = ("object",)
    reciprocal: bool = False
    victims: bool = False
    weak: bool = False
    other_side: bool = False
    lasting: bool = False
    standing: tuple[str, ...] = ()
    modality: Modality = "happened"
    of_state: bool = False
    active: bool = False
    refuses: tuple[ActType, ...] = ()
    needs: dict[str, frozenset[str]] = {}
    not_with: dict[str, frozenset[str]] = {}
    yes: tuple[ActExample, ...]
    no: tuple[str, ...]


class WordList(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words of one sort that the acts' rules share: forces, weapons, games, disasters ..."""

    id: str
    note: str
    words: tuple[str, ...]


class ActBook(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """The entries, indexed by the lemma that triggers them."""

    rules: tuple[ActRule, ...] = ()
    lists: tuple[WordList, ...] = ()

    @cached_property
    def _verbs(self) -> dict[str, tuple[ActRule, ...]]:
        return _index((word, rule) for rule in self.rules for word in rule.verbs)

    @cached_property
    def _nouns(self) -> dict[str, tuple[ActRule, ...]]:
        return _index((word, rule) for rule in self.rules for word in rule.nouns)

    @cached_property
    def _lists(self) -> dict[str, frozenset[str]]:
        return {entry.id: frozenset(entry.words) for entry in self.lists}

    def trigger_words(self) -> set[str]:
        """Return every verb and noun that can trigger an act."""
        return {*self._verbs, *self._nouns}

    def of_verb(self, lemma: str) -> tuple[ActRule, ...]:
        """Return the rules that this verb (with its particle, where it has one) triggers."""
        return self._verbs.get(lemma, ())

    def of_noun(self, lemma: str) -> tuple[ActRule, ...]:
        """Return the rules that this noun (with its compound, where it has one) triggers."""
        return self._nouns.get(lemma, ())

    @cached_property
    def refusals(self) -> dict[ActType, ActRule]:
        """Return, by the type of the deed that is refused, the rule for saying that it will not be done."""
        return {kind: rule for rule in self.rules for kind in rule.refuses}

    def words(self, name: str) -> frozenset[str]:
        """Return the words of a list; empty where there is none of that name."""
        return self._lists.get(name, frozenset())


def _index(pairs: Iterable[tuple[str, ActRule]]) -> dict[str, tuple[ActRule, ...]]:
    found: dict[str, list[ActRule]] = {}
    for word, rule in pairs:
        found.setdefault(word, []).append(rule)
    return {word: tuple(sorted(rules, key=lambda rule: not rule.needs)) for word, rules in found.items()}


def load(folder: Folder) -> ActBook:
    """Return the rules of all acts files and the word lists; each rule needs two `yes` and one `no` example."""
    rules: list[ActRule] = []
    for name in FILES:
        for rule in read_yaml(folder, name, ActRule):
            if len(rule.yes) < 2 or not rule.no:
                message = f"{name}:1: {rule.id} needs at least two yes and one no"
                raise LexiconError(message)
            if any(rule.id == other.id for other in rules):
                message = f"{name}:1: the id {rule.id!r} stands in another acts file already"
                raise LexiconError(message)
            rules.append(rule)
    return ActBook(rules=tuple(rules), lists=read_yaml(folder, "acts_lists.yaml", WordList))
