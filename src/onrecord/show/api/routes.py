"""The addresses under /api/v1: lists with cursors in three formats, records by id, judgements in and out."""

import base64
import binascii
import hashlib
from collections.abc import Callable
from importlib.metadata import version
from typing import Any

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from onrecord.errors import StoreError, UsageError
from onrecord.keep.open import open_view
from onrecord.keep.protocol import View
from onrecord.model import wire
from onrecord.show.api.families import FAMILIES, Family
from onrecord.show.api.openapi import document
from onrecord.show.export import csv
from onrecord.show.web import asking, links, review
from onrecord.show.web.page import Desk
from onrecord.show.web.shelf import Shelf

USUAL, MOST = 100, 500
LARGEST = 20_000  # bytes of a judgement
MEDIA = {
    "json": "application/json", "jsonl": "application/x-ndjson", "csv": "text/csv; charset=utf-8",
}  # fmt: skip
CODES = {400: "bad_request", 401: "unauthorised", 403: "forbidden", 404: "not_found", 405: "method_not_allowed",
         413: "too_large", 429: "too_many_tries", 500: "broken", 503: "no_record"}  # fmt: skip


def failed(status: int, message: str) -> Response:
    """Return the one shape in which everything that goes wrong is told."""
    told = {"error": {"status": status, "code": CODES.get(status, "failed"), "message": message}}
    return Response(msgspec.json.encode(told), status, media_type=MEDIA["json"])


def routes(desk: Desk) -> list[Route]:
    """Return the routes over a desk's store."""

    def answering(make: Callable[[View, Request], Response]) -> Callable[[Request], Response]:
        def answer(request: Request) -> Response:
            try:
                with open_view(desk.store) as view:
                    tag = _tag(view.generation(), request)
                    if tag in [each.strip() for each in request.headers.get("if-none-match", "").split(",")]:
                        return Response(status_code=304, headers={"ETag": tag})
                    made = make(view, request)
            except HTTPException as error:
                return failed(error.status_code, str(error.detail))
            except StoreError as error:
                return failed(503, str(error))
            made.headers["ETag"] = tag
            made.headers["Cache-Control"] = "no-cache"
            return made

        return answer

    async def judged(request: Request) -> Response:
        return await _judged(desk, request)

    def openapi(request: Request) -> Response:
        del request
        return Response(msgspec.json.encode(document()), media_type=MEDIA["json"])

    made = [
        Route("/", answering(_index), methods=["GET"]),
        Route("/openapi.json", openapi, methods=["GET"]),
        Route("/judgements", judged, methods=["POST"]),
    ]
    for family in FAMILIES:
        made.append(Route(f"/{family.name}", answering(_lister(family)), methods=["GET"]))
        if family.kind != "rejection":
            made.append(Route(f"/{family.name}/{{id:path}}", answering(_getter(family)), methods=["GET"]))
    return made


def _tag(generation: int, request: Request) -> str:
    parts = (str(generation), version("onrecord"), request.url.path, request.url.query)
    return f'"{hashlib.blake2b("\0".join(parts).encode("utf-8", "replace"), digest_size=9).hexdigest()}"'


def _index(view: View, request: Request) -> Response:
    del request
    counts = view.counts()
    told = {
        "format": wire.VERSION, "version": version("onrecord"), "openapi": "/api/v1/openapi.json",
        "records": {
            family.name: {"address": f"/api/v1/{family.name}", "count": counts[family.kind]} for family in FAMILIES
        },
    }  # fmt: skip
    return Response(msgspec.json.encode(told), media_type=MEDIA["json"])


def _lister(family: Family) -> Callable[[View, Request], Response]:
    known = {"limit", "cursor", "format", *(each.name for each in family.filters)}

    def answer(view: View, request: Request) -> Response:
        strange = [name for name in request.query_params if name not in known]
        if strange:
            asking.refuse(f"“{strange[0][:40]}” is not a filter of {family.name}; they are {', '.join(sorted(known))}.")
        form = asking.text(request, "format") or "json"
        if form not in MEDIA:
            asking.refuse(f"“format” can be one of {', '.join(MEDIA)}, not “{form}”.")
        limit = asking.number(request, "limit", 1, MOST) or USUAL
        for each in family.filters:
            value = asking.text(request, each.name)
            if each.words and value is not None and value not in each.words:
                asking.refuse(f"“{each.name}” can be one of {', '.join(each.words)}, not “{value}”.")
        query = family.query(request)
        total = view.count(query, asking.CAP)
        after, offset = _place(view, asking.text(request, "cursor"))
        found = list(view.find(msgspec.structs.replace(query, after=after, offset=offset, limit=limit)))
        cursor = None
        if len(found) == limit and (offset + limit < total or total >= asking.CAP or after is not None):
            last = getattr(found[-1], "id", None)
            cursor = _cursor(f"i:{last}" if last else f"o:{offset + limit}")
        return _told(family, request, form, found, total, cursor)

    return answer


def _told(family: Family, request: Request, form: str, found: list[Any], total: int, cursor: str | None) -> Response:
    values = dict(request.query_params)
    following = links.with_values(request.url.path, values, cursor=cursor) if cursor else None
    headers = {"X-Total-Count": str(total)}
    if following:
        headers["Link"] = f'<{following}>; rel="next"'
    if form == "csv":
        body = "".join(csv.write(found, wire.KINDS[family.kind])).encode("utf-8", "replace")
    elif form == "jsonl":
        body = b"".join(wire.encode_lines(found))
    else:
        told = {"kind": family.kind, "total": total, "capped": total >= asking.CAP, "next": cursor, "records": found}
        body = msgspec.json.encode(told)
    return Response(body, media_type=MEDIA[form], headers=headers)


def _getter(family: Family) -> Callable[[View, Request], Response]:
    def answer(view: View, request: Request) -> Response:
        record: str = request.path_params["id"]
        found = view.get(record) if len(record) <= links.LONGEST else None
        if found is None or found.__struct_config__.tag != family.kind:
            raise HTTPException(404, f"There is no {family.kind} “{record[:80]}” in this store.")
        return Response(wire.encode(found), media_type=MEDIA["json"])

    return answer


def _cursor(place: str) -> str:
    return base64.urlsafe_b64encode(place.encode("utf-8", "replace")).decode().rstrip("=")


def _place(view: View, cursor: str | None) -> tuple[str | None, int]:
    """Return the id behind which a page begins, or how many records stand before it."""
    if cursor is None:
        return None, 0
    try:
        said = base64.urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4)).decode()
    except (ValueError, binascii.Error):
        asking.refuse("“cursor” is not one of ours.")
    kind, _, value = said.partition(":")
    if kind == "i" and value and view.get(value) is not None:
        return value, 0
    if kind == "o" and value.isascii() and value.isdigit() and len(value) < 9:
        return None, int(value)
    return asking.refuse("“cursor” is not one of ours, or its record is gone; begin again without it.")


async def _judged(desk: Desk, request: Request) -> Response:
    """Keep a judgement that a program sends as JSON. Only with the token, and never where the record is published."""
    if not desk.hand.writes:
        return failed(403, "This record is published to be read: nothing can be judged here.")
    if not request.scope.get("onrecord.token"):
        message = "Judging through the API needs a token (serve --token-file), as `Authorization: Bearer ...`."
        return failed(401 if desk.access.has_token else 403, message)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            return failed(413, f"A judgement can have {LARGEST:,} bytes.")
    try:
        fields = msgspec.json.decode(bytes(body), type=dict[str, str])
        made = await run_in_threadpool(_made, desk, fields)
        done = await run_in_threadpool(desk.hand.judge, made)
    except (msgspec.DecodeError, UsageError, ValueError) as error:
        return failed(400, str(error))
    except HTTPException as error:
        return failed(error.status_code, str(error.detail))
    except StoreError as error:
        return failed(503, str(error))
    return Response(wire.encode(made), 201 if done else 202, media_type=MEDIA["json"])


def _made(desk: Desk, fields: dict[str, str]) -> Any:
    with open_view(desk.store) as view:
        return review.judgement_of(Shelf(view), {name: review.LINE.sub(" ", value) for name, value in fields.items()})
