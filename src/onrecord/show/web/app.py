"""A store in, the pages of it out, as a Starlette application."""

from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from onrecord.errors import StoreError
from onrecord.show.api.routes import failed
from onrecord.show.api.routes import routes as api_routes
from onrecord.show.web import actors, cases, deals, documents, events, feeds, front, rejections, review, statements
from onrecord.show.web.access import Access
from onrecord.show.web.gate import Gate
from onrecord.show.web.hand import Hand, Rebuild
from onrecord.show.web.links import with_values
from onrecord.show.web.page import HEADERS, Desk

ROUTES = (
    ("/", front.front),
    ("/deals", deals.board),
    ("/deals/{id:path}", deals.deal),
    ("/cases", cases.table),
    ("/cases/{id:path}", cases.case),
    ("/statements", statements.search),
    ("/statements/{id}/cite.{form}", statements.citation),
    ("/statements/{id:path}", statements.statement),
    ("/events", events.table),
    ("/events/{id:path}", events.event),
    ("/claims/{id:path}", events.claim),
    ("/actors", actors.table),
    ("/actors/{id:path}", actors.actor),
    ("/documents", documents.table),
    ("/documents/{id:path}", documents.reader),
    ("/rejections", rejections.table),
    ("/review", review.queue),
    ("/history", review.history),
    ("/feeds/statements", feeds.statements_feed),
    ("/feeds/deals", feeds.deals_feed),
    ("/feeds/records/{id:path}", feeds.record_feed),
    ("/calendar", feeds.calendar),
    ("/calendar/{id:path}", feeds.calendar),
)
# What Starlette says by itself, in our words.
STOCK = {
    "Not Found": "There is no page at this address.",
    "Method Not Allowed": "Nothing can be sent to this page.",
}


class Guarded:
    """Puts the policy on every response, the stylesheet's included."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, with the headers that are missing added."""

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                known = {name.lower() for name, _ in message["headers"]}
                added = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]
                message["headers"] = [*message["headers"], *(pair for pair in added if pair[0] not in known)]
            await send(message)

        await self._app(scope, receive, guarded if scope["type"] == "http" else send)


def build(
    store: str | Path, notice: str | None = None, access: Access | None = None, rebuild: Rebuild | None = None
) -> Starlette:
    """Return the pages of the store at this path, and its API under /api/v1.

    `notice` stands on top of every page, `access` guards them all, `rebuild` assembles the record after a judgement:
    without it the pages are only to be read.
    """
    desk = Desk(Path(store), notice, access, Hand(Path(store), rebuild))

    def refused(request: Request, error: Exception) -> Response:
        status, detail = (error.status_code, error.detail) if isinstance(error, HTTPException) else (400, str(error))
        said = STOCK.get(detail, detail)
        return failed(status, said) if of_api(request) else desk.failed(request, status, said)

    def storeless(request: Request, error: Exception) -> Response:
        return desk.failed(request, 503, str(error))

    def broken(request: Request, error: Exception) -> Response:
        del error
        said = "A mistake of ours. The record itself is not touched by it."
        return failed(500, said) if of_api(request) else desk.failed(request, 500, said)

    async def judge(request: Request) -> Response:
        return await review.judge(desk, request)

    def moved(request: Request) -> Response:
        return RedirectResponse(with_values("/events", dict(request.query_params)), 308)

    return Starlette(
        routes=[
            *(Route(path, desk.endpoint(family), methods=["GET"]) for path, family in ROUTES),
            Route("/acts", moved, methods=["GET"]),
            Route("/judge", judge, methods=["POST"]),
            Mount("/api/v1", routes=api_routes(desk), name="api"),
            Mount("/static", Static(packages=[("onrecord.show.web", "static")]), name="static"),
        ],
        middleware=[
            Middleware(Guarded),
            *([Middleware(Gate, access=access, desk=desk)] if access else []),
        ],
        exception_handlers={HTTPException: refused, StoreError: storeless, Exception: broken},
    )


def of_api(request: Request) -> bool:
    """Say whether a program asks, so that what goes wrong is told as JSON."""
    return request.url.path.startswith("/api/")


class Static(StaticFiles):
    """The stylesheet, the script and the pictures; a browser may keep them for an hour."""

    def file_response(self, *args: object, **kwargs: object) -> Response:
        """Return a file with the time that it may be kept."""
        answer = super().file_response(*args, **kwargs)  # type: ignore[arg-type]
        answer.headers["Cache-Control"] = "max-age=3600"
        return answer
