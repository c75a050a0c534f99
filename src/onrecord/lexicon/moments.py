"""What the rules know about expressions of time: words with their classes, and patterns over those classes."""

import itertools
import re
from functools import cached_property

import msgspec

from onrecord.errors import LexiconError
from onrecord.lexicon.load import Folder, read_csv, read_yaml

_NAME = re.compile(r"\{(\w+)\}")
_PART = re.compile(r"\b[A-Z]{2,}\b(?![>'])")
_FIRST_CODE = 0xE000
MARKS = {",": "comma", ".": "dot", "-": "hyphen", "–": "hyphen", "'": "apostrophe", "’": "apostrophe", "$": "money",
         "€": "money", "£": "money", "%": "percent", ";": "stop", ":": "stop", "!": "stop", "?": "stop", ")": "stop",
         '"': "stop", "”": "stop"}  # fmt: skip
STOPS = frozenset({"comma", "dot"})


class Word(msgspec.Struct, frozen=True, kw_only=True):
    """Word forms of one class and the value they stand for; `check` names what else the token must be."""

    group: str
    value: str = ""
    forms: tuple[str, ...]
    check: str = ""


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """A piece of pattern with a name in capitals."""

    name: str
    pattern: str


class MomentYes(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A text in which the rule must find these words with this value."""

    text: str
    published: str
    found: str
    value: str


class MomentRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One pattern over classes of words, and the way its value is worked out."""

    id: str
    pattern: str
    means: str
    yes: tuple[MomentYes, ...]
    no: tuple[str, ...]


class Sense(msgspec.Struct, frozen=True):
    """One reading of a word: its class, the value it stands for, what else the token must be."""

    group: str
    value: str
    check: str


class MomentBook(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """Words and rules, with patterns compiled over one character for each set of classes."""

    words: tuple[Word, ...]
    parts: tuple[Part, ...]
    rules: tuple[MomentRule, ...]

    @cached_property
    def senses(self) -> dict[str, tuple[Sense, ...]]:
        """The readings of each word form, in the order of the file."""
        found: dict[str, list[Sense]] = {}
        for word in self.words:
            for form in word.forms:
                found.setdefault(form, []).append(Sense(word.group, word.value, word.check))
        return {form: tuple(senses) for form, senses in found.items()}

    @cached_property
    def planners(self) -> frozenset[str]:
        """Verbs and adjectives whose time lies ahead."""
        return self._forms("planner")

    @cached_property
    def ahead(self) -> frozenset[str]:
        """Prepositions behind which a planned time lies ahead, though the planning is past."""
        return self._forms("ahead")

    @cached_property
    def ends(self) -> frozenset[str]:
        """Words before the end of a stretch of time."""
        return self._forms("until")

    @cached_property
    def named_days(self) -> frozenset[str]:
        """Words that make a day of the week the name of one in history or in the church's year."""
        return self._forms("named")

    @cached_property
    def closing(self) -> frozenset[str]:
        """Words that say when a stretch of time ends."""
        return self._forms("closing")

    def _forms(self, group: str) -> frozenset[str]:
        return frozenset(form for word in self.words if word.group == group for form in word.forms)

    @cached_property
    def codes(self) -> dict[frozenset[str], str]:
        """One character for every set of classes that a token can have; "." stands for a token of no class."""
        sets: set[frozenset[str]] = {frozenset({group}) for group in (*_LEXED, *MARKS.values())}
        sets |= {frozenset({group, "stop"}) for group in STOPS}
        sets |= {number_classes(str(number)) for number in range(2200)}
        sets |= {number_classes(text) for text in ("1,000", "1.5", "05", "25000")}
        for senses in self.senses.values():
            for size in range(1, len(senses) + 1):
                sets |= {frozenset(sense.group for sense in some) for some in itertools.combinations(senses, size)}
        ordered = sorted(sets - {frozenset()}, key=sorted)
        return {frozenset(): "."} | {one: chr(_FIRST_CODE + place) for place, one in enumerate(ordered)}

    @cached_property
    def compiled(self) -> tuple[tuple[re.Pattern[str], MomentRule], ...]:
        """Each rule with its pattern over codes."""
        parts = {part.name: part.pattern for part in self.parts}
        chars: dict[str, str] = {}
        for groups, code in self.codes.items():
            for group in groups:
                chars[group] = chars.get(group, "") + code
        return tuple((re.compile(self._spell(rule, parts, chars)), rule) for rule in self.rules)

    @staticmethod
    def _spell(rule: MomentRule, parts: dict[str, str], chars: dict[str, str]) -> str:
        def part(match: re.Match[str]) -> str:
            if match.group() not in parts:
                message = f"moments.yaml: {rule.id}: no part is called {match.group()}"
                raise LexiconError(message)
            return parts[match.group()]

        def group(match: re.Match[str]) -> str:
            if match.group(1) not in chars:
                message = f"moments.yaml: {rule.id}: no word has the class {match.group(1)}"
                raise LexiconError(message)
            return f"[{chars[match.group(1)]}]"

        return _NAME.sub(group, _PART.sub(part, rule.pattern))


_LEXED = ("frac", "iso", "slash", "clock", "decade", "range", "ordn", "ampm")


def number_classes(text: str) -> frozenset[str]:
    """Return the classes of a number as it is written: int, decimal, day, hour, year."""
    if "." in text:
        return frozenset({"decimal"})
    if "," in text or len(text) > 4:
        return frozenset({"int"})
    value, classes = int(text), {"int"}
    if 1 <= value <= 31:
        classes.add("day")
    if value <= 24:
        classes.add("hour")
    if len(text) == 4 and 1200 <= value < 2100:
        classes.add("year")
    return frozenset(classes)


def load(folder: Folder) -> MomentBook:
    """Return the words, parts and rules of the files in this folder."""
    return MomentBook(
        words=read_csv(folder, "moments_words.csv", Word),
        parts=read_csv(folder, "moments_parts.csv", Part),
        rules=read_yaml(folder, "moments.yaml", MomentRule),
    )
