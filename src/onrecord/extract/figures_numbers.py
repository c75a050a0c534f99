"""Numbers as they are written, with what stands before them: "at least 12", "up to 1.2 million", "dozens".

Comes in: a reading and the book of figures. Goes out: `Quantity` in order of the text.
"""

import re
from collections.abc import Iterator

import msgspec

from onrecord.lexicon.figures import FigureBook
from onrecord.model.reading import Reading

_DIGITS = re.compile(r"(?P<sign>[$€£¥₽₴₪])?(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?:\.(?P<part>\d+))?(?P<scale>[a-z]{0,3})")
_BIGGEST = 10**15


class Quantity(msgspec.Struct, frozen=True):
    """Tokens `[first, last)` from the first word of the bound to the number, its head token, the two ends."""

    first: int
    last: int
    head: int
    low: int | None
    high: int | None
    currency: str | None = None


def quantities(reading: Reading, book: FigureBook) -> Iterator[Quantity]:
    """Yield every number, written in digits or in words."""
    words = [reading.word(token).lower() for token in range(len(reading))]
    token = 0
    while token < len(words):
        found = _number(words, token, book)
        if found is None:
            token += 1
            continue
        value, last, sign, many = found
        first, low, high = _bounded(reading, words, token, value, book)
        if many:
            low, high = value, None
        upper = _upper(words, token, last, book)
        if upper is not None:
            value_high, last = upper
            low, high = value, value_high
            first = token - 1 if token and words[token - 1] == "between" else token
        currency = sign or (book.currencies.get(words[token - 1]) if token else None)
        if last < len(words) and currency is None:
            currency = book.currencies.get(words[last])
        yield Quantity(first, last, last - 1, low, high, currency)
        token = last


def _number(words: list[str], token: int, book: FigureBook) -> tuple[int, int, str | None, bool] | None:
    """Return value, end, currency and whether the number is vague, or None where no number begins."""
    word = words[token]
    if word in book.many:
        value, last = book.many[word], token + 1
        if last + 1 < len(words) and words[last] == "of":
            joined = f"{word} of {words[last + 1]}"
            if joined in book.many:
                return book.many[joined], last + 2, None, True
        return value, last, None, True
    joined = " ".join(words[token : token + 3])
    if joined in book.many:
        return book.many[joined], token + 3, None, True
    match = _DIGITS.fullmatch(word)
    sign = None
    if match:
        scale = match["scale"]
        if scale and scale not in book.scales:
            return None
        value = int(match["whole"].replace(",", "")[:16])
        fraction = int((match["part"] or "0")[:9]) / 10 ** len((match["part"] or "0")[:9])
        factor = book.scales.get(scale, 1)
        last = token + 1
        if last < len(words) and words[last] in book.scales and not scale:
            factor, last = book.scales[words[last]], last + 1
        if match["part"] and factor == 1:
            return None
        sign = book.currencies.get(match["sign"] or "")
        return min(_BIGGEST, round((value + fraction) * factor)), last, sign, False
    return _in_words(words, token, book)


def _in_words(words: list[str], token: int, book: FigureBook) -> tuple[int, int, str | None, bool] | None:
    total, here, at, seen = 0, 0, token, False
    while at < len(words):
        word = words[at]
        parts = word.split("-")
        if all(part in book.numbers for part in parts):
            here += sum(book.numbers[part] for part in parts)
            seen = True
        elif word in book.scales and (seen or (token and words[token - 1] == "a")) and len(word) > 2:
            here = max(1, here) * book.scales[word]
            if book.scales[word] >= 1000:
                total, here = total + here, 0
            seen = True
        elif (
            seen
            and word in {"-", "and"}
            and at + 1 < len(words)
            and words[at + 1] in book.numbers
            and (word == "-" or here >= 100)
        ):
            pass
        else:
            break
        at += 1
        if at - token > 8 or total > _BIGGEST:
            break
    return (min(_BIGGEST, total + here), at, None, False) if seen else None


def _bounded(
    reading: Reading, words: list[str], token: int, value: int, book: FigureBook
) -> tuple[int, int | None, int | None]:
    begin = token - 1 if token and words[token - 1] in book.currencies else token
    if begin and words[begin - 1] == "a" and value in {12, 100, 1000, 1000000}:
        begin -= 1
    for phrase, group, step in book.bounds:
        first = begin - len(phrase)
        if first >= 0 and tuple(words[first:begin]) == phrase and reading.dep[first] != "prt":
            if group == "low":
                return first, value + step, None
            if group == "high":
                return first, None, value + step
            return first, value, value
    return begin, value, value


def _upper(words: list[str], token: int, last: int, book: FigureBook) -> tuple[int, int] | None:
    """Return the upper end of a range: "20 to 30", "20-30", "between 20 and 30"."""
    if last + 1 >= len(words):
        return None
    joins = {"to", "-", "–"} | ({"and"} if token and words[token - 1] == "between" else set())
    if words[last] not in joins:
        return None
    found = _number(words, last + 1, book)
    lower = _number(words, token, book)
    if found is None or lower is None or found[3] or found[0] <= lower[0]:
        return None
    return found[0], found[1]
