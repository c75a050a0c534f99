"""The door before the pages: the Host header, the login page, the session cookie."""

import hmac
import secrets
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from onrecord.show.web.access import LASTS, LONGEST, Access
from onrecord.show.web.page import Desk, Page

SESSION, FORM = "onrecord_session", "onrecord_form"
LOGIN = "/login"
LARGEST = 12 * LONGEST + 1000  # bytes of the form: every character escaped


class Gate:
    """Lets through who may look; answers everybody else itself."""

    def __init__(self, app: ASGIApp, access: Access, desk: Desk) -> None:
        self._app = app
        self._access = access
        self._desk = desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on or refuse: 400 for a foreign host, 303 to the login page without a session."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        if not self._access.welcome(Headers(scope=scope).get("host", "")):
            answer: Response | None = self._desk.failed(request, 400, "This server doesn't answer for that name.")
        elif not self._access.locked or request.url.path.startswith("/static/"):
            answer = None
        elif request.url.path == LOGIN:
            answer = await self._login(request)
        else:
            known = self._access.known(request.cookies.get(SESSION))
            answer = None if known else RedirectResponse(LOGIN, 303)
        await (answer or self._app)(scope, receive, send)

    async def _login(self, request: Request) -> Response:
        if request.method != "POST":
            return self._asked(request)
        body = bytearray()
        async for chunk in request.stream():
            body += chunk
            if len(body) > LARGEST:
                return self._asked(request, "That is too long for a password.", 413)
        try:
            fields = parse_qs(body.decode("ascii"), max_num_fields=5)
        except ValueError:
            return self._asked(request, "That form can't be read.", 400)
        given, kept = fields.get("form", [""])[0], request.cookies.get(FORM, "")
        if not kept or not hmac.compare_digest(given.encode("utf-8", "replace"), kept.encode("utf-8", "replace")):
            return self._asked(request, "That form was out of date. Please try again.", 403)
        if not self._access.may_try(request.client.host if request.client else ""):
            return self._asked(request, "Too many tries. Please wait five minutes.", 429)
        session = await run_in_threadpool(self._access.enter, fields.get("password", [""])[0])
        if session is None:
            return self._asked(request, "That isn't the password.", 403)
        answer = RedirectResponse("/", 303)
        answer.set_cookie(
            SESSION, session, max_age=LASTS, httponly=True, samesite="lax", secure=request.url.scheme == "https"
        )
        answer.delete_cookie(FORM, path=LOGIN)
        return answer

    def _asked(self, request: Request, message: str = "", status: int = 200) -> Response:
        form = secrets.token_urlsafe(32)
        values = {"message": message, "form": form}
        answer = self._desk.render(request, Page("login.html", "Password", values, status=status))
        answer.set_cookie(FORM, form, path=LOGIN, httponly=True, samesite="strict")
        return answer
