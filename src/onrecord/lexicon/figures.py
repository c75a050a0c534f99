"""What the rules know about figures: how numbers and their bounds are written, and what they count."""

from functools import cached_property

import msgspec

from onrecord.lexicon.load import Folder, read_csv, read_yaml
from onrecord.model.vocabulary import Measure


class FigureWord(msgspec.Struct, frozen=True, kw_only=True):
    """Words of one group (bounds, numbers, scales, currencies) and the value they stand for."""

    group: str
    value: str = ""
    forms: tuple[str, ...]


class FigureYes(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A text in which the rule must find a figure with these ends."""

    text: str
    low: int | None = None
    high: int | None = None


class FigureRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is counted where a number stands beside these verbs, nouns and states."""

    id: str
    what: Measure
    objects_of: tuple[str, ...] = ()
    subjects_of: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    tolls: tuple[str, ...] = ()
    with_: tuple[str, ...] = msgspec.field(default=(), name="with")
    of_people: bool = False
    both_sides: bool = False
    of_nouns: tuple[str, ...] = ()
    yes: tuple[FigureYes, ...]
    no: tuple[str, ...]


type Index = dict[str, tuple[FigureRule, ...]]


class FigureBook(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """Words and rules, indexed by lemma."""

    words: tuple[FigureWord, ...]
    rules: tuple[FigureRule, ...]

    def _values(self, group: str) -> dict[str, int]:
        return {form: int(word.value or 0) for word in self.words if word.group == group for form in word.forms}

    def _index(self, field: str) -> Index:
        found: dict[str, tuple[FigureRule, ...]] = {}
        for rule in self.rules:
            for lemma in getattr(rule, field):
                found[lemma] = (*found.get(lemma, ()), rule)
        return found

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Number words with what they stand for."""
        return self._values("number")

    @cached_property
    def scales(self) -> dict[str, int]:
        """Words that multiply the number before them."""
        return self._values("scale")

    @cached_property
    def many(self) -> dict[str, int]:
        """Words for a number that isn't said, with the least they can mean."""
        return self._values("many")

    @cached_property
    def bounds(self) -> tuple[tuple[tuple[str, ...], str, int], ...]:
        """Phrases before a number, longest first: words, group (low, high, about), what to add."""
        found = [
            (tuple(form.split()), word.group, int(word.value or 0))
            for word in self.words
            if word.group in {"low", "high", "about"}
            for form in word.forms
        ]
        return tuple(sorted(found, key=lambda one: -len(one[0])))

    @cached_property
    def currencies(self) -> dict[str, str]:
        """Signs and names of money with their ISO 4217 code."""
        return {form: word.value for word in self.words if word.group == "currency" for form in word.forms}

    @cached_property
    def not_counted(self) -> frozenset[str]:
        """Nouns whose numbers are lengths, parts or scores."""
        return frozenset(form for word in self.words if word.group == "not" for form in word.forms)

    @cached_property
    def people(self) -> frozenset[str]:
        """Nouns for people."""
        return frozenset(form for word in self.words if word.group == "people" for form in word.forms)

    @cached_property
    def by_object(self) -> Index:
        """Rules by the verb whose object is counted."""
        return self._index("objects_of")

    @cached_property
    def by_subject(self) -> Index:
        """Rules by the verb whose subject is counted."""
        return self._index("subjects_of")

    @cached_property
    def by_noun(self) -> Index:
        """Rules by the noun counted or the noun before "of"."""
        return self._index("nouns")

    @cached_property
    def by_state(self) -> Index:
        """Rules by the participle or adjective beside the noun."""
        return self._index("states")

    @cached_property
    def by_toll(self) -> Index:
        """Rules by the noun that a number is put at."""
        return self._index("tolls")


def load(folder: Folder) -> FigureBook:
    """Return the words and rules of the files in this folder."""
    return FigureBook(
        words=read_csv(folder, "figures_words.csv", FigureWord), rules=read_yaml(folder, "figures.yaml", FigureRule)
    )
