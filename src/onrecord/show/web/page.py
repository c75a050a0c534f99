"""A template and its values in, a response with the one policy for what a browser may do out."""

import secrets
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
from onrecord.model.vocabulary import CustodyStatus, DealStatus, Force, StepKind
from onrecord.model.vocabulary import words as words_of
from onrecord.show.web import links, words
from onrecord.show.web.access import Access
from onrecord.show.web.hand import Hand
from onrecord.show.web.passage import passage
from onrecord.show.web.shelf import Shelf

HEADERS = {
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-cache",
}
SESSION, FORM, NAME = "onrecord_session", "onrecord_form", "onrecord_name"
TITLES = {
    400: "That can’t be asked", 403: "Not allowed", 404: "Not on record", 405: "Not for this page", 409: "Not possible",
    413: "Too long", 503: "No record to show",
}  # fmt: skip


class Page(msgspec.Struct, frozen=True):
    """What a family of pages answers: a template, its values, and which entry of the menu it belongs to."""

    template: str
    title: str
    values: dict[str, Any] = {}
    section: str = ""
    status: int = 200
    headers: dict[str, str] = {}


type Family = Callable[[Shelf, Request], Page | Response]


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
        headline=words.headline, heading=words.heading, record_name=words.record_name, month_end=words.month_end,
        said_value=words.said_value, dataset=words.dataset, rule=words.rule,
        whence=words.whence, other_names=words.other_names,
    )  # fmt: skip
    made.globals.update(
        page_of=links.page, spot=links.spot, at=links.at, words_at=links.words, original=links.original,
        abroad=links.abroad,
        anchor=links.anchor, home=links.home, with_values=links.with_values, counted=words.counted,
        count_of=words.count_of, words_of=words_of, meanings=MEANINGS, says_kind=words.says_kind, passage=passage,
        flag=words.flag, step_words=words_of(StepKind), status_words=words_of(CustodyStatus),
        deal_words=words_of(DealStatus), force_words=words_of(Force),
    )  # fmt: skip
    return made


class Desk:
    """A store and how its pages look; `notice` stands on top of every page (the demonstration is made up)."""

    def __init__(
        self, store: Path, notice: str | None = None, access: Access | None = None, hand: Hand | None = None
    ) -> None:
        self.store = store
        self.access = access or Access(None)
        self.hand = hand or Hand(store)
        self._notice = notice
        self._environment = environment()

    def render(self, request: Request, page: Page, shelf: Shelf | None = None) -> Response:
        """Draw a page; whoever may write gets the cookie that its forms are checked against."""
        kept = request.cookies.get(FORM, "")
        forms = self.hand.writes or self.access.locked
        fresh = secrets.token_urlsafe(24) if forms and not kept else ""
        body = self._environment.get_template(page.template).render(
            **page.values, title=page.title, section=page.section, notice=self._notice, shelf=shelf,
            asked=dict(request.query_params), writes=self.hand.writes, busy=self.hand.busy,
            form_token=self.access.form_token(kept or fresh) if forms else "",
            inside=self.access.locked and self.access.known(request.cookies.get(SESSION)),
            known_as=request.cookies.get(NAME, "")[:80], here=_here(request),
        )  # fmt: skip
        answer = HTMLResponse(body, page.status, {**HEADERS, **page.headers})
        if fresh:
            answer.set_cookie(FORM, fresh, httponly=True, samesite="strict", secure=request.url.scheme == "https")
        return answer

    def endpoint(self, family: Family) -> Callable[[Request], Response]:
        """Return what answers a route: a view of the store is opened, the page made and drawn, the view closed."""

        def answer(request: Request) -> Response:
            with open_view(self.store) as view:
                shelf = Shelf(view)
                made = family(shelf, request)
                return made if isinstance(made, Response) else self.render(request, made, shelf)

        return answer

    def failed(self, request: Request, status: int, message: str) -> Response:
        """Draw the page that says what went wrong."""
        title = TITLES.get(status, "Something broke")
        return self.render(request, Page("failed.html", title, {"message": message, "status": status}, status=status))


def _here(request: Request) -> str:
    query = request.url.query
    return request.url.path + (f"?{query}" if query else "")


def missing(what: str, record: str) -> NoReturn:
    """Answer 404: this record isn't there."""
    raise HTTPException(404, f"There is no {what} “{words.short(record, 80)}” in this store.")
