"""Cut text into tokens with classes, as the patterns for expressions of time want them.

Comes in: a reading and the book of moments. Goes out: tokens, and one string with a character for each of them.
"""

import calendar
import re

import msgspec

from onrecord.lexicon.moments import MARKS, STOPS, MomentBook, Sense, number_classes
from onrecord.model.reading import Reading

_TOKEN = re.compile(
    r"(?P<iso>(?<!\d)\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2})?(?!\d))"
    r"|(?P<slash>(?<!\d)\d{1,2}/\d{1,2}/\d{2,4}(?!\d))"
    r"|(?P<clock>\d{1,2}:\d{2}(?!\d))"
    r"|(?P<decade>\d{3}0['’]?s\b|['’]\d0s\b)"
    r"|(?P<range>(?<![\d-])[12]\d{3}[-–](?:\d{4}|\d{2})(?![\d-]))"
    r"|(?P<frac>(?<![\d/])[13]/[24](?![\d/])|[½¼¾])"
    r"|(?P<ordn>\d{1,2}(?:st|nd|rd|th)\b)"
    r"|(?P<num>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"|(?P<ampm>[ap]\.m\.|[ap]m\b)"
    r"|(?P<word>[^\W\d_]+)"
    r"|(?P<mark>[^\w\s])",
    re.IGNORECASE,
)
_NOUNS = frozenset({"NOUN", "PROPN"})
_ASTRAY = frozenset({"punct", "dep", "advmod", "npadvmod", "nmod", "prep"})
_MONTHS = frozenset(calendar.month_name[1:])


class Token(msgspec.Struct, frozen=True):
    """Characters `[start, end)`, the kind that the lexer saw, and the readings of a word."""

    start: int
    end: int
    kind: str
    senses: tuple[Sense, ...] = ()


def lex(reading: Reading, book: MomentBook, start: int, end: int) -> tuple[list[Token], str]:
    """Return the tokens of one paragraph and their codes."""
    tokens, codes = [], []
    known, senses_of, text = book.codes, book.senses, reading.text
    for match in _TOKEN.finditer(text, start, end):
        kind = match.lastgroup or ""
        senses: tuple[Sense, ...] = ()
        if kind == "word":
            senses = senses_of.get(match.group().lower(), ())
            if senses:
                senses = tuple(sense for sense in senses if not sense.check or _holds(reading, match, sense.check))
            classes = frozenset(sense.group for sense in senses)
        elif kind == "num":
            classes = number_classes(match.group())
        elif kind == "mark":
            mark = MARKS.get(match.group())
            classes = frozenset() if mark is None else frozenset({mark, "stop"} if mark in STOPS else {mark})
        else:
            classes = frozenset({kind})
        tokens.append(Token(match.start(), match.end(), kind, senses))
        codes.append(known.get(classes, "."))
    return tokens, "".join(codes)


def _holds(reading: Reading, match: re.Match[str], check: str) -> bool:
    token = reading.token_at(match.start())
    if token is None:
        return True
    if check == "proper":
        return match.group()[0].isupper() and reading.pos[token] not in {"VERB", "AUX"}
    if check == "determiner":
        after = token + 1
        if after < len(reading) and reading.word(after) in _MONTHS and reading.tag[token] != "WDT":
            # "took effect that August": the parser has no place for the word
            return reading.dep[token] in _ASTRAY or reading.head[token] == after
        return reading.dep[token] == "det"
    if check == "adjective":
        return reading.dep[token] == "amod" and reading.pos[token] == "ADJ"
    return reading.pos[token] in _NOUNS
