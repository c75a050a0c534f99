"""What the rules know about speech, as data: cues with their force and the shapes of what follows them, and media."""

from functools import cached_property
from typing import Literal

import msgspec

from onrecord.lexicon.load import Folder, read_yaml
from onrecord.model.vocabulary import Force, Medium, Quotation

type Shape = Literal["clause", "quote", "infinitive", "gerund", "object", "order", "blame", "label", "count", "rate"]


type Form = Literal[
    "performative", "insisted", "none_there", "ultimatum", "harm", "refusal", "commitment", "willing", "obligation",
    "deed", "label", "vow",
]  # fmt: skip


class Example(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A sentence that must yield this statement; the content as `Statement.content` joined by a blank."""

    text: str
    speaker: str
    content: str
    force: Force | None = None
    quotation: Quotation | None = None
    medium: Medium | None = None
    negated: bool = False


class Cue(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words that bring in what somebody says.

    `verbs` are lemmas, with a particle or preposition where it belongs to the cue ("point out", "call for"); `nouns`
    bring in a clause ("the claim that ..."); `phrases` hold their speaker as object ("according to ..."). `shapes` are
    what may follow: clause (that ...), quote, infinitive (to ...), gerund (denied doing ...), object (rejected the
    ...), order (urged them to ...), blame (accused them of ...), label (called it ...), count (counts 40 dead), rate
    (puts the dead at 40). `thought` marks opinions and
    wishes that need not have been spoken: they are attributions, not statements. `needs_actor` asks for a speaker
    who can speak: "the poll suggests" is no statement, "the minister suggested" is.
    """

    id: str
    force: Force
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    shapes: tuple[Shape, ...]
    medium: Medium | None = None
    thought: bool = False
    needs_actor: bool = False
    yes: tuple[Example, ...] = ()
    no: tuple[str, ...] = ()


class MediumHint(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words beside a cue that say by which way it was said; lemmas, several words apart by a blank."""

    id: str
    medium: Medium
    words: tuple[str, ...]
    yes: tuple[Example, ...] = ()
    no: tuple[str, ...] = ()


class Forced(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A sentence whose one statement must have this force."""

    text: str
    force: Force


class ForceRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A form of the content that settles the force where the cue is a plain one.

    `form` names what is looked for: performative (we demand ...: the force is that of the verb), insisted (a cue in
    `words`, the content negated), none_there (there was no ..., not one ...), ultimatum (will not ... until; not with
    `words`), harm (we will, with a verb in `words`, if ...), refusal (we will not, with a verb in `words`), commitment
    (we will, with a verb not in `words`), willing (we are, with an adjective in `words`, to ...), obligation (an
    auxiliary in `words`), deed (another side did what `words` name), label (called it a word in `words`), vow (promised
    a word in `words`). `no` are sentences whose statement is a plain one.
    """

    id: str
    form: Form
    force: Force | None
    words: tuple[str, ...]
    yes: tuple[Forced, ...] = ()
    no: tuple[str, ...] = ()


class WordList(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A list of lemmas that a rule asks for by its id, and what it is for."""

    id: str
    why: str
    words: tuple[str, ...]


class SpeechBook(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """The entries, indexed."""

    cues: tuple[Cue, ...]
    media: tuple[MediumHint, ...]
    lists: tuple[WordList, ...]
    forces: tuple[ForceRule, ...] = ()

    @cached_property
    def by_verb(self) -> dict[str, tuple[tuple[tuple[str, ...], Cue], ...]]:
        """Verb lemma -> what else must stand beside it, and the cue; the longest first."""
        return _by_first([(words, cue) for cue in self.cues for words in cue.verbs])

    @cached_property
    def by_noun(self) -> dict[str, Cue]:
        """Noun lemma -> its cue."""
        return {noun: cue for cue in self.cues for noun in cue.nouns}

    @cached_property
    def by_phrase(self) -> dict[str, tuple[tuple[tuple[str, ...], Cue], ...]]:
        """First word of a phrase in lower case -> its other words and the cue; the longest first."""
        return _by_first([(words, cue) for cue in self.cues for words in cue.phrases])

    @cached_property
    def by_medium(self) -> dict[str, tuple[tuple[tuple[str, ...], MediumHint], ...]]:
        """First lemma of a hint -> its other lemmas and the hint; the longest first."""
        return _by_first([(words, hint) for hint in self.media for words in hint.words])

    @property
    def plain(self) -> Cue | None:
        """The plainest cue, the first in the file: what stands for a cue where a colon alone brings words in."""
        return self.cues[0] if self.cues else None

    @cached_property
    def words(self) -> dict[str, frozenset[str]]:
        """Id of a word list -> its lemmas; an id that isn't there is an empty list."""
        return {entry.id: frozenset(entry.words) for entry in self.lists}

    def is_in(self, name: str, lemma: str) -> bool:
        """Say whether the lemma stands in the list with this id."""
        return lemma in self.words.get(name, ())


def _by_first[T](pairs: list[tuple[str, T]]) -> dict[str, tuple[tuple[tuple[str, ...], T], ...]]:
    index: dict[str, list[tuple[tuple[str, ...], T]]] = {}
    for text, entry in pairs:
        first, *rest = text.split()
        index.setdefault(first, []).append((tuple(rest), entry))
    return {first: tuple(sorted(found, key=lambda pair: -len(pair[0]))) for first, found in index.items()}


def load(folder: Folder) -> SpeechBook:
    """Return the entries of `speech.yaml` and of its `_media`, `_words` and `_force` in this folder."""
    return SpeechBook(
        cues=read_yaml(folder, "speech.yaml", Cue),
        media=read_yaml(folder, "speech_media.yaml", MediumHint),
        lists=read_yaml(folder, "speech_words.yaml", WordList),
        forces=read_yaml(folder, "speech_force.yaml", ForceRule),
    )
