"""Who may ask over HTTP: the same rules as for the pages, with the password as a bearer token."""

import hashlib
from collections import OrderedDict

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from onrecord.show.web.access import Access

REMEMBERED = 500


class TokenGate:
    """Lets through requests for our own names that carry `Authorization: Bearer PASSWORD`, where there is one."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self._app = app
        self._access = access
        self._known: OrderedDict[bytes, str] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on or refuse: 400 for a foreign host, 401 without the token, 429 after too many wrong ones."""
        refused = await self._refusal(scope) if scope["type"] == "http" else None
        await (refused or self._app)(scope, receive, send)

    async def _refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        if not self._access.welcome(headers.get("host", "")):
            return PlainTextResponse("This server doesn't answer for that name.", 400)
        if not self._access.locked:
            return None
        kind, _, token = headers.get("authorization", "").partition(" ")
        if kind.lower() != "bearer" or not token:
            return PlainTextResponse("A token is needed.", 401, {"WWW-Authenticate": "Bearer"})
        digest = hashlib.sha256(token.encode("utf-8", "replace")).digest()
        if self._access.known(self._known.get(digest)):
            return None
        client = scope.get("client")
        if not self._access.may_try(client[0] if client else ""):
            return PlainTextResponse("Too many tries. Please wait five minutes.", 429)
        session = await run_in_threadpool(self._access.enter, token)
        if session is None:
            return PlainTextResponse("That isn't the token.", 401, {"WWW-Authenticate": "Bearer"})
        self._known[digest] = session
        if len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return None
