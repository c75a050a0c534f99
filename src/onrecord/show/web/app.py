"""A store in, the pages of it out, as a Starlette application."""

from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from onrecord.errors import StoreError
from onrecord.show.web import actors, acts, cases, deals, documents, front, rejections, statements
from onrecord.show.web.access import Access
from onrecord.show.web.gate import Gate
from onrecord.show.web.page import HEADERS, Desk

ROUTES = (
    ("/", front.front),
    ("/deals", deals.board),
    ("/deals/{id:path}", deals.deal),
    ("/cases", cases.table),
    ("/cases/{id:path}", cases.case),
    ("/statements", statements.search),
    ("/acts", acts.table),
    ("/actors", actors.table),
    ("/actors/{id:path}", actors.actor),
    ("/documents", documents.table),
    ("/documents/{id:path}", documents.reader),
    ("/rejections", rejections.table),
)
# What Starlette says by itself, in our words.
STOCK = {
    "Not Found": "There is no page at this address.",
    "Method Not Allowed": "The pages only show the record; nothing can be sent to them.",
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


def build(store: str | Path, notice: str | None = None, access: Access | None = None) -> Starlette:
    """Return the pages of the store at this path; `notice` stands on top of every page, `access` guards them all."""
    desk = Desk(Path(store), notice)

    def refused(request: Request, error: Exception) -> Response:
        status, detail = (error.status_code, error.detail) if isinstance(error, HTTPException) else (400, str(error))
        return desk.failed(request, status, STOCK.get(detail, detail))

    def storeless(request: Request, error: Exception) -> Response:
        return desk.failed(request, 503, str(error))

    def broken(request: Request, error: Exception) -> Response:
        del error
        return desk.failed(request, 500, "A mistake of ours. The record itself is not touched by it.")

    return Starlette(
        routes=[
            *(Route(path, desk.endpoint(family), methods=["GET"]) for path, family in ROUTES),
            Mount("/static", StaticFiles(packages=[("onrecord.show.web", "static")]), name="static"),
        ],
        middleware=[Middleware(Guarded), *([Middleware(Gate, access=access, desk=desk)] if access else [])],
        exception_handlers={HTTPException: refused, StoreError: storeless, Exception: broken},
    )
