"""What a page says when it does not give the article: paywalls and consent walls, as patterns with examples."""

import re
from functools import cached_property
from typing import Literal

import msgspec

from onrecord.lexicon.load import Folder, read_yaml


class PageRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A pattern that is found inside a line (case and runs of blanks ignored), with lines that have it and don't."""

    id: str
    sort: Literal["paywall", "consent"]
    pattern: str
    yes: tuple[str, ...]
    no: tuple[str, ...]


class PageBook(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """All rules; asked by sort."""

    rules: tuple[PageRule, ...]

    @cached_property
    def _patterns(self) -> tuple[tuple[PageRule, re.Pattern[str]], ...]:
        return tuple((rule, re.compile(rule.pattern, re.IGNORECASE)) for rule in self.rules)

    def found(self, sort: str, line: str) -> frozenset[str]:
        """Return the ids of the rules of this sort that are found in the line."""
        line = " ".join(line[:2000].split())
        return frozenset(rule.id for rule, pattern in self._patterns if rule.sort == sort and pattern.search(line))


def load(folder: Folder) -> PageBook:
    """Return the rules of `pages.yaml` in this folder."""
    return PageBook(rules=read_yaml(folder, "pages.yaml", PageRule))
