"""Lines that belong to the page and not to the article: patterns as data."""

import re
from functools import cached_property

import msgspec

from onrecord.lexicon.load import Folder, read_yaml


class BoilerplateRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A pattern that a whole line must match (case and outer blanks ignored), with lines that do and don't."""

    id: str
    pattern: str
    yes: tuple[str, ...]
    no: tuple[str, ...]


class BoilerplateBook(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """All patterns, compiled into one."""

    rules: tuple[BoilerplateRule, ...]
    max_length: int = 300

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{rule.pattern})" for rule in self.rules), re.IGNORECASE)

    def matches(self, line: str) -> bool:
        """Say whether this line is boilerplate."""
        line = " ".join(line.split())
        return 0 < len(line) <= self.max_length and self._pattern.fullmatch(line) is not None


def load(folder: Folder) -> BoilerplateBook:
    """Return the patterns of `boilerplate.yaml` in this folder."""
    return BoilerplateBook(rules=read_yaml(folder, "boilerplate.yaml", BoilerplateRule))
