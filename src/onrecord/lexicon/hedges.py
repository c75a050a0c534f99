"""What the rules know about hedges, as data: words that make what they stand over less than a deed that happened."""

from functools import cached_property
from typing import Literal

import msgspec

from onrecord.errors import LexiconError
from onrecord.lexicon.load import Folder, read_yaml
from onrecord.model.vocabulary import Modality, Polarity

type HedgeSort = Literal[
    "verb", "noun", "adjective", "adverb", "auxiliary", "mark", "determiner", "preposition", "time preposition"
]
type Effect = Literal[
    "planned", "threatened", "called_for", "hypothetical", "ongoing", "denied", "alleged", "happened", "enacted",
    "unsaid", "none",
]  # fmt: skip
type Over = Literal["clause", "object", "subject"]


class HedgeExample(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A sentence, the word in it that tells the act, and what the hedges must make of it."""

    text: str
    word: str
    modality: Modality = "happened"
    polarity: Polarity = "asserted"


class Hedge(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words of one sort with one effect on what they stand over.

    `over` says what a verb acts on: a clause (ccomp, xcomp), its object, its subject, or a preposition by name
    ("for"). `enacted` words pass on their own reality ("carried out a strike"); `happened` stops the look upwards;
    `alleged` marks an accusation's content; `unsaid` is a denial only where the word itself is negated ("did not say").
    """

    id: str
    sort: HedgeSort
    effect: Effect
    words: tuple[str, ...]
    over: tuple[str, ...] = ("clause", "object", "subject")
    yes: tuple[HedgeExample, ...] = ()
    no: tuple[HedgeExample, ...] = ()


class HedgeBook(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """The entries, indexed by sort and word."""

    entries: tuple[Hedge, ...] = ()

    @cached_property
    def _index(self) -> dict[tuple[str, str, str], Effect]:
        return {
            (entry.sort, word, over): entry.effect
            for entry in self.entries
            for word in entry.words
            for over in entry.over
        }

    @cached_property
    def _plain(self) -> dict[tuple[str, str], Effect]:
        return {(entry.sort, word): entry.effect for entry in self.entries for word in entry.words}

    def over(self, sort: HedgeSort, word: str, what: str) -> Effect | None:
        """Return the effect of a verb, noun or adjective on its clause, object, subject or preposition, or None."""
        return self._index.get((sort, word, what))

    def effect(self, sort: HedgeSort, word: str) -> Effect | None:
        """Return the effect of a word whose scope needs no relation (auxiliary, adverb, mark ...), or None."""
        return self._plain.get((sort, word))


def load(folder: Folder) -> HedgeBook:
    """Return the entries of `hedges.yaml`; every entry must have at least two `yes` and one `no` example."""
    entries = read_yaml(folder, "hedges.yaml", Hedge)
    for entry in entries:
        if len(entry.yes) < 2 or not entry.no:
            message = f"hedges.yaml:1: {entry.id} needs at least two yes and one no"
            raise LexiconError(message)
    return HedgeBook(entries=entries)
