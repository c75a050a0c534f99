"""Lines that name a news agency: whose story it is, or who helped with it. Patterns and names as data."""

import re
from functools import cached_property
from typing import Literal

import msgspec

from onrecord.lexicon.load import Folder, read_csv, read_yaml

_LONGEST = 300


class AgencyRow(msgspec.Struct, frozen=True, kw_only=True):
    """A news agency: its name, and what else it is called."""

    name: str
    names: tuple[str, ...] = ()


class CreditRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A pattern that a whole line must match, with lines that do and don't; `own`: the story is the agency's."""

    id: str
    sort: Literal["own", "shared"]
    pattern: str
    yes: tuple[str, ...]
    no: tuple[str, ...]


class Credit(msgspec.Struct, frozen=True):
    """What a line says: which agencies, and whether the story is theirs."""

    sort: Literal["own", "shared"]
    agencies: tuple[str, ...]


class CreditBook(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """The rules and the agencies' names."""

    rules: tuple[CreditRule, ...]
    agencies: tuple[AgencyRow, ...]

    @cached_property
    def _known(self) -> dict[str, str]:
        return {name.casefold(): row.name for row in self.agencies for name in (row.name, *row.names)}

    @cached_property
    def _name(self) -> re.Pattern[str]:
        return re.compile(self._one, re.IGNORECASE)

    @property
    def _one(self) -> str:
        names = sorted(self._known, key=lambda name: (-len(name), name))
        return rf"\b(?:the )?(?:{'|'.join(re.escape(name) for name in names)})\b"

    @cached_property
    def _patterns(self) -> tuple[tuple[CreditRule, re.Pattern[str]], ...]:
        one = self._one
        several = rf"{one}(?:(?:,| and|, and|/| &) ?{one}){{0,5}}"
        made = []
        for rule in self.rules:
            filled = rule.pattern.replace("{agency}", f"(?P<agencies>{one})")
            filled = filled.replace("{agencies}", f"(?P<agencies>{several})", 1)
            made.append((rule, re.compile(filled.replace("{agencies}", several), re.IGNORECASE)))
        return tuple(made)

    def name(self, called: str) -> str | None:
        """Return the agency that is called so, or None."""
        return self._known.get(" ".join(called.split()).casefold().removeprefix("the "))

    def found(self, line: str) -> Credit | None:
        """Return what the line credits, or None where it is no credit."""
        line = " ".join(line[: _LONGEST + 1].split())
        if not line or len(line) > _LONGEST or self._name.search(line) is None:
            return None
        for rule, pattern in self._patterns:
            seen = pattern.fullmatch(line)
            if seen:
                words = next(text for text in seen.groupdict().values() if text)
                names = (self.name(one) for one in self._name.findall(words))
                return Credit(rule.sort, tuple(dict.fromkeys(filter(None, names))))
        return None


def load(folder: Folder) -> CreditBook:
    """Return `credits.yaml` and `agencies.csv` of this folder."""
    return CreditBook(
        rules=read_yaml(folder, "credits.yaml", CreditRule), agencies=read_csv(folder, "agencies.csv", AgencyRow)
    )
