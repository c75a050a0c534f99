"""The query of a request in, checked values out; what can't be meant is answered with 400 and the reason in words."""

import math
import re
from datetime import date
from typing import Any, NamedTuple, NoReturn

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request

from onrecord.keep.protocol import Query
from onrecord.model.vocabulary import words as words_of
from onrecord.show.web import links
from onrecord.show.web.shelf import Shelf

SIZE = 50
LONGEST = 500
CAP = 10_000  # records that are counted at most
_LAST_PAGE = 1_000_000


def refuse(message: str) -> NoReturn:
    """Answer 400 and say what was wrong with the question."""
    raise HTTPException(400, message)


def text(request: Request, name: str) -> str | None:
    """Return a value of the query without blanks around it, None where it is empty."""
    value = request.query_params.get(name, "").strip()
    if len(value) > LONGEST:
        refuse(f"“{name}” can have {LONGEST} characters at most, not {len(value):,}.")
    return value.replace("\0", "") or None


def day(request: Request, name: str) -> str | None:
    """Return a day of the query as YYYY-MM-DD."""
    return iso(text(request, name) or "", name)


def iso(value: str, name: str = "date") -> str | None:
    """Return a day as YYYY-MM-DD, None for nothing."""
    if not value:
        return None
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        refuse(f"“{name}” should be a day such as 2031-05-04, not “{value}”.")


def word(request: Request, name: str, vocabulary: object) -> str | None:
    """Return a word of one of the vocabularies."""
    value = text(request, name)
    known = words_of(vocabulary)
    if value is not None and value not in known:
        refuse(f"“{name}” can be one of {', '.join(known)}, not “{value}”.")
    return value


def country(request: Request, name: str = "country") -> str | None:
    """Return an alpha-3 country code in capitals."""
    value = text(request, name)
    if value is not None and not re.fullmatch(r"[A-Za-z]{3}", value):
        refuse(f"“{name}” should be a code of three letters such as DNK, not “{value}”.")
    return value.upper() if value else None


def place(request: Request) -> tuple[int, int] | None:
    """Return the offsets of `?at=start-end`."""
    value = text(request, "at")
    if value is None:
        return None
    found = re.fullmatch(r"([0-9]{1,9})-([0-9]{1,9})", value)
    if not found or not int(found[1]) < int(found[2]):
        refuse(f"“at” should be two offsets such as 120-180, not “{value}”.")
    return int(found[1]), int(found[2])


def page(request: Request) -> int:
    """Return the number of the page that is asked for, 1 where none is."""
    value = text(request, "page") or "1"
    if not re.fullmatch(r"[0-9]{1,7}", value) or not 1 <= int(value) <= _LAST_PAGE:
        refuse(f"“page” should be a number from 1, not “{value}”.")
    return int(value)


class Pages(NamedTuple):
    """Where we are in a long list, and the addresses of its other pages; counting stops at `CAP`."""

    path: str
    values: dict[str, str]
    now: int
    total: int
    size: int = SIZE

    @property
    def last(self) -> int:
        """Return the number of the last page."""
        return max(1, math.ceil(self.total / self.size))

    @property
    def offset(self) -> int:
        """Return how many records stand before this page."""
        return (self.now - 1) * self.size

    @property
    def first_shown(self) -> int:
        """Return the place in the list of the first record of this page."""
        return min(self.offset + 1, self.total)

    @property
    def last_shown(self) -> int:
        """Return the place in the list of the last record of this page."""
        return min(self.offset + self.size, self.total)

    @property
    def capped(self) -> bool:
        """Say whether there are more than were counted."""
        return self.total >= CAP

    def link(self, number: int) -> str | None:
        """Return the address of another page of the list, or None where there is none."""
        if not 1 <= number <= self.last:
            return None
        return links.with_values(self.path, self.values, page=None if number == 1 else number)


def pages(request: Request, total: int) -> Pages:
    """Return the paging of this request over so many records; a page past the end is a 404."""
    values = {name: value for name, value in request.query_params.items() if name != "page"}
    asked = Pages(path=request.url.path, values=values, now=page(request), total=total)
    if asked.now > asked.last:
        raise HTTPException(404, f"The list has {asked.last} pages; there is no page {asked.now}.")
    return asked


def listed(shelf: Shelf, request: Request, query: Query) -> tuple[list[Any], Pages]:
    """Return the records of the page that is asked for, and the paging of the list."""
    found = pages(request, shelf.view.count(query, CAP))
    return list(shelf.view.find(msgspec.structs.replace(query, limit=found.size, offset=found.offset))), found


def facets(request: Request, *names: str) -> tuple[tuple[str, str], ...]:
    """Return those facets of the query that are given, as the store is asked for them."""
    given = [(name, text(request, name)) for name in names]
    return tuple((name, value) for name, value in given if value)


def number(request: Request, name: str, low: int, high: int) -> int | None:
    """Return a whole number of the query between two bounds."""
    value = text(request, name)
    if value is None:
        return None
    if not re.fullmatch(r"[0-9]{1,7}", value) or not low <= int(value) <= high:
        refuse(f"“{name}” should be a number from {low} to {high}, not “{value}”.")
    return int(value)
