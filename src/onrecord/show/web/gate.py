"""The door before the pages: the Host header, the token, the login page, the session cookie, who may send anything."""

import hmac
import secrets
from urllib.parse import parse_qs, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from onrecord.show.web.access import LASTS, LONGEST, Access
from onrecord.show.web.page import FORM, SESSION, Desk, Page

LOGIN, LOGOUT, API = "/login", "/logout", "/api/"
LARGEST = 12 * LONGEST + 1000  # bytes of the form: every character escaped
LOGIN_FORM = "onrecord_login"


class Gate:
    """Lets through who may look; answers everybody else itself."""

    def __init__(self, app: ASGIApp, access: Access, desk: Desk) -> None:
        self._app = app
        self._access = access
        self._desk = desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on or refuse: 400 for a foreign host, 303 to the login page without a session, 401 to programs."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        answer = await self._answered(request, Headers(scope=scope))
        await (answer or self._app)(scope, receive, send)

    async def _answered(self, request: Request, headers: Headers) -> Response | None:
        """Return what the door itself says, None for who may pass."""
        path, access = request.url.path, self._access
        if not access.welcome(headers.get("host", "")):
            return self._desk.failed(request, 400, "This server doesn't answer for that name.")
        if path.startswith("/static/"):
            return None
        if request.method not in {"GET", "HEAD"} and not path.startswith(API) and not _at_home(headers):
            return self._desk.failed(request, 403, "That was sent by a page of another site.")
        bearer = headers.get("authorization", "")
        if bearer.lower().startswith("bearer "):
            # A right token costs nothing; wrong ones are counted.
            if access.bears(bearer[7:].strip()):
                request.scope["onrecord.token"] = True
                return None
            client = request.client.host if request.client else ""
            status, said = (401, "That isn't the token.") if access.may_try(client) else (429, "Too many tries.")
            return _refused(status, said)
        if not access.locked:
            return None
        if path == LOGIN:
            return await self._login(request)
        if not access.known(request.cookies.get(SESSION)):
            return _refused(401, "A token is needed.") if path.startswith(API) else RedirectResponse(LOGIN, 303)
        if path == LOGOUT and request.method == "POST":
            return await self._logout(request)
        return None

    async def _logout(self, request: Request) -> Response:
        fields = await _fields(request)
        if fields is None or not self._access.is_ours(request.cookies.get(FORM, ""), fields.get("form", [""])[0]):
            return self._desk.failed(request, 403, "That form was out of date. Please try again.")
        self._access.leave(request.cookies.get(SESSION))
        answer = RedirectResponse(LOGIN, 303)
        answer.delete_cookie(SESSION)
        return answer

    async def _login(self, request: Request) -> Response:
        if request.method != "POST":
            return self._asked(request)
        try:
            fields = await _fields(request)
        except ValueError:
            return self._asked(request, "That form can't be read.", 400)
        if fields is None:
            return self._asked(request, "That is too long for a password.", 413)
        given, kept = fields.get("form", [""])[0], request.cookies.get(LOGIN_FORM, "")
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
        answer.delete_cookie(LOGIN_FORM, path=LOGIN)
        return answer

    def _asked(self, request: Request, message: str = "", status: int = 200) -> Response:
        form = secrets.token_urlsafe(32)
        values = {"message": message, "form": form}
        answer = self._desk.render(request, Page("login.html", "Password", values, status=status))
        answer.set_cookie(LOGIN_FORM, form, path=LOGIN, httponly=True, samesite="strict")
        return answer


async def _fields(request: Request) -> dict[str, list[str]] | None:
    """Return the fields of a small form, None where it is too long; ValueError where it can't be read."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            return None
    return parse_qs(body.decode("ascii"), max_num_fields=20)


def _at_home(headers: Headers) -> bool:
    """Whether a form comes from our own page, as far as the browser says (Origin, else Sec-Fetch-Site)."""
    origin = headers.get("origin")
    if origin is not None:
        return origin != "null" and urlsplit(origin).netloc == headers.get("host", "")
    return headers.get("sec-fetch-site", "same-origin") in {"same-origin", "none"}


def _refused(status: int, said: str) -> Response:
    codes = {401: "unauthorised", 429: "too_many_tries"}
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else None
    return JSONResponse({"error": {"status": status, "code": codes[status], "message": said}}, status, headers)
