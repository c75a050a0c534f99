"""A template and its values in, a response with the one policy for what a browser may do out."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

import jinja2
import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from onrecord.keep.open import open_view
from onrecord.model.rejection import MEANINGS
from onrecord.model.vocabulary import words as words_of
from onrecord.show.web import links, words
from onrecord.show.web.passage import passage
from onrecord.show.web.shelf import Shelf

HEADERS = {
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}


class Page(msgspec.Struct, frozen=True):
    """What a family of pages answers: a template, its values, and which entry of the menu it belongs to."""

    template: str
    title: str
    values: dict[str, Any] = {}
    section: str = ""
    status: int = 200


type Family = Callable[[Shelf, Request], Page]


@cache
def environment() -> jinja2.Environment:
    """Return the templates, with everything escaped and a missing value an error."""
    made = jinja2.Environment(
        loader=jinja2.PackageLoader("onrecord.show.web"), autoescape=True, undefined=jinja2.StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    made.filters.update(
        plain=words.plain, short=words.short, label=words.label, number=words.number, day=words.day,
        period=words.period, country=words.country, initial=words.initial,
        headline=words.headline, heading=words.heading,
    )  # fmt: skip
    made.globals.update(
        page_of=links.page, spot=links.spot, at=links.at, words_at=links.words, original=links.original,
        anchor=links.anchor, with_values=links.with_values, counted=words.counted, count_of=words.count_of,
        words_of=words_of, meanings=MEANINGS, says_kind=words.says_kind, passage=passage,
    )  # fmt: skip
    return made


class Desk:
    """A store and how its pages look; `notice` stands on top of every page (the demonstration is made up)."""

    def __init__(self, store: Path, notice: str | None = None) -> None:
        self._store = store
        self._notice = notice
        self._environment = environment()

    def render(self, request: Request, page: Page, shelf: Shelf | None = None) -> Response:
        """Draw a page."""
        body = self._environment.get_template(page.template).render(
            **page.values, title=page.title, section=page.section, notice=self._notice, shelf=shelf,
            asked=dict(request.query_params),
        )  # fmt: skip
        return HTMLResponse(body, page.status, HEADERS)

    def endpoint(self, family: Family) -> Callable[[Request], Response]:
        """Return what answers a route: a view of the store is opened, the page made and drawn, the view closed."""

        def answer(request: Request) -> Response:
            with open_view(self._store) as view:
                shelf = Shelf(view)
                return self.render(request, family(shelf, request), shelf)

        return answer

    def failed(self, request: Request, status: int, message: str) -> Response:
        """Draw the page that says what went wrong."""
        titles = {400: "That can’t be asked", 404: "Not on record", 405: "Only to be read", 503: "No record to show"}
        title = titles.get(status, "Something broke")
        return self.render(request, Page("failed.html", title, {"message": message, "status": status}, status=status))


def missing(what: str, record: str) -> NoReturn:
    """Answer 404: this record isn't there."""
    raise HTTPException(404, f"There is no {what} “{words.short(record, 80)}” in this store.")
