"""Read what a deal would consist of: n for n, duration, start. Comes in: a stretch of the text. Goes out: `Terms`."""

import re

from onrecord.model.claim import Figure, Terms
from onrecord.model.moment import Moment, Period
from onrecord.model.reading import Reading

_UNITS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = dict(
    zip(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], range(20, 100, 10), strict=True)
)
NUMBERS = {word: value for value, word in enumerate(_UNITS)} | _TENS | {"a": 1, "an": 1, "dozen": 12}
_N = (
    r"(?:\d{1,3}(?:,\d{3})+|\d{1,6}|"
    + "|".join(w for w in (*_UNITS[1:], *_TENS))
    + r")(?:[-\s](?:"
    + "|".join(_UNITS[1:10])
    + r"))?"
)
_ABOUT = r"(?:some|about|around|nearly|almost|roughly|up to|more than|over|at least|approximately)?\s*"
_GAP = r"(?:\s+(?!for\b|in\b|\d)[\w’'-]+){0,6}?\s+"
_FOR = r"(?:for|in return for|in exchange for|against)"
_PATTERNS = (
    re.compile(rf"\b({_N})[-\s]?(?:-for-|\sfor\s|-to-)[-\s]?({_N})\b", re.IGNORECASE),
    re.compile(
        rf"\b({_N}){_GAP}{_FOR}\s+{_ABOUT}({_N})\b(?!\s*(?:days?|weeks?|months?|years?|hours?|%|per))", re.IGNORECASE
    ),
)
# "A will free three people and B two"
_BOTH = re.compile(
    rf"\b(?:free|release|hand over|return|exchange)\w*\s+({_N})\s+(?:[\w’'-]+\s+){{1,3}}and\s+"
    rf"(?:the\s+)?[A-Z][\w’'-]+\s+({_N})\b"
)
# "in September 2025 A swapped one B for two C": a year is no number of people
_YEAR = re.compile(r"(?:\b(?:in|since|of|until|by)\s|[A-Z][a-z]{2,8}\.?,?\s|\d,\s)(?:19|20)\d\d$")
_EACH = re.compile(rf"\b({_N})\s+(?:[\w’'-]+\s+){{1,4}}(?:each|apiece)\b", re.IGNORECASE)
_DURATION = re.compile(rf"\b({_N}|a|an)[-\s](hour|day|week|month|year)s?(?:[-\s]long)?\b", re.IGNORECASE)
_MONEY = re.compile(r"[$€£]\s?\d[\d,.]*\s?(?:bn|m|billion|million|trillion)?\b")


def number(text: str) -> int | None:
    """Return the count that digits or words ("1,000", "twenty-one") stand for, or None."""
    folded = text.strip().lower().replace(",", "")
    if folded.isdigit():
        return int(folded) if len(folded) <= 9 else None
    parts = re.split(r"[-\s]+", folded)
    if all(part in NUMBERS for part in parts) and 1 <= len(parts) <= 2:
        return sum(NUMBERS[part] for part in parts)
    return None


def ratio(text: str) -> tuple[int, int] | None:
    """Return the n-for-n that these words give, in their order, or None."""
    for pattern in _PATTERNS:
        found = pattern.search(text)
        while found is not None:
            low, high = number(found.group(1)), number(found.group(2))
            if low and high and not _YEAR.search(text[: found.end(1)]):
                return low, high
            found = pattern.search(text, found.start() + 1 if found.start() == found.start(1) else found.start(1))
    both = _BOTH.search(text)
    if both is not None and (counts := (number(both.group(1)), number(both.group(2)))) and counts[0] and counts[1]:
        return counts[0], counts[1]
    each = _EACH.search(text)
    count = number(each.group(1)) if each is not None else None
    return (count, count) if count else None


def duration(text: str) -> str | None:
    """Return the length of time that stands in these words ("10-day", "42 days"), as it stands there."""
    for found in _DURATION.finditer(text):
        before = text[: found.start()].rstrip().lower()
        if not before.endswith(("every", "after", "per")) and not text[found.end() :].lstrip().startswith(
            ("ago", "old", "later", "-old")
        ):
            return found.group(0)
    return None


def amount(text: str) -> str | None:
    """Return the sum of money in these words as it stands there, or None."""
    found = _MONEY.search(text)
    return found.group(0) if found else None


def starts(moments: tuple[Moment, ...], first: int, last: int) -> Period | None:
    """Return the first dated moment in characters `[first, last)`."""
    return next(
        (m.period for m in moments if first <= m.start and m.end <= last and m.type in {"DATE", "TIME"} and m.period),
        None,
    )


def around(reading: Reading, first: int, last: int) -> str:
    """Return the words of tokens `[first, last)`."""
    return reading.words(first, last)


def merge(left: Terms, right: Terms) -> Terms:
    """Return the terms of the left, its gaps filled from the right."""
    figures: tuple[Figure, ...] = left.figures or right.figures
    return Terms(
        ratio=left.ratio or right.ratio,
        duration=left.duration or right.duration,
        starts=left.starts or right.starts,
        place=left.place or right.place,
        amount=left.amount or right.amount,
        unilateral=left.unilateral or right.unilateral,
        figures=figures,
    )
