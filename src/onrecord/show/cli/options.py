"""The options that several verbs share, and how their values are understood."""

import calendar
import re
from typing import Annotated

import typer

from onrecord.errors import UsageError

Store = Annotated[str | None, typer.Option("--store", metavar="PATH", help="The store. Default: the setting `store`.")]
Since = Annotated[
    str | None, typer.Option("--since", metavar="DATE", help="From this day on: YYYY-MM-DD, YYYY-MM or YYYY.")
]
Until = Annotated[str | None, typer.Option("--until", metavar="DATE", help="Up to the end of this day, month or year.")]

_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


def first_day(value: str | None) -> str | None:
    """Return the first day of a day, month or year; a `UsageError` for anything else."""
    return _day(value, last=False)


def last_day(value: str | None) -> str | None:
    """Return the last day of a day, month or year; a `UsageError` for anything else."""
    return _day(value, last=True)


def _day(value: str | None, *, last: bool) -> str | None:
    if value is None:
        return None
    found = _DATE.fullmatch(value)
    if found is not None:
        year, month = int(found.group(1)), int(found.group(2) or (12 if last else 1))
        if year >= 1 and 1 <= month <= 12:
            length = calendar.monthrange(year, month)[1]
            day = int(found.group(3) or (length if last else 1))
            if 1 <= day <= length:
                return f"{year:04}-{month:02}-{day:02}"
    message = f"not a date as YYYY-MM-DD, YYYY-MM or YYYY: {value!r}"
    raise UsageError(message)


def country(value: str | None) -> str | None:
    """Return the alpha-3 code of a country given by code or name; a `UsageError` where none fits."""
    if value is None or re.fullmatch(r"[A-Z]{3}", value):
        return value
    import pycountry

    try:
        code: str = pycountry.countries.lookup(value).alpha_3
    except LookupError as error:
        message = f"no country is called {value!r}; give its name or ISO 3166 code"
        raise UsageError(message) from error
    return code
