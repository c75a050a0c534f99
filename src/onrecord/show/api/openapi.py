"""The OpenAPI 3.1 document of the API, made from its table of families and the types of the record format."""

from functools import cache
from importlib.metadata import version
from typing import Any

import msgspec

from onrecord.model import wire
from onrecord.model.vocabulary import Verdict
from onrecord.model.vocabulary import words as words_of
from onrecord.show.api.families import FAMILIES, Family, Filter

PAGE = (
    {"name": "limit", "in": "query", "schema": {"type": "integer", "minimum": 1, "maximum": 500, "default": 100},
     "description": "How many records."},
    {"name": "cursor", "in": "query", "schema": {"type": "string", "maxLength": 500},
     "description": "Where to go on: `next` of the page before."},
    {"name": "format", "in": "query", "schema": {"enum": ["json", "jsonl", "csv"], "default": "json"},
     "description": "JSON with paging, or the records alone; the next page is in the Link header too."},
)  # fmt: skip


@cache
def document() -> dict[str, Any]:
    """Return the whole document."""
    (_, components) = msgspec.json.schema_components(
        list(wire.KINDS.values()), ref_template="#/components/schemas/{name}"
    )
    paths: dict[str, Any] = {"/": _index()}
    for family in FAMILIES:
        paths[f"/{family.name}"] = {"get": _listing(family)}
        if family.kind != "rejection":
            paths[f"/{family.name}/{{id}}"] = {"get": _record(family)}
    paths["/judgements"]["post"] = _judging()
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "onrecord", "version": version("onrecord"),
            "description": "Who said what, did what to whom, is held, where each deal stands; each with its words.",
        },
        "servers": [{"url": "/api/v1"}],
        "paths": paths,
        "components": {
            "schemas": {**components, "Error": _error()},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{}, {"token": []}],
    }  # fmt: skip


def _index() -> dict[str, Any]:
    done = {"description": "The lists and how long they are.", "content": _json({"type": "object"})}
    return {"get": {"operationId": "index", "summary": "What there is", "responses": _answers({"200": done})}}


def _listing(family: Family) -> dict[str, Any]:
    shape = {
        "type": "object",
        "required": ["kind", "total", "capped", "next", "records"],
        "properties": {
            "kind": {"const": family.kind}, "total": {"type": "integer"}, "capped": {"type": "boolean"},
            "next": {"type": ["string", "null"]}, "records": {"type": "array", "items": _ref(family)},
        },
    }  # fmt: skip
    content = {
        **_json(shape), **{form: {"schema": {"type": "string"}} for form in ("application/x-ndjson", "text/csv")},
    }  # fmt: skip
    done = {"description": "A page of the list.", "content": content}
    return {
        "operationId": f"list_{family.name}", "summary": f"List {family.name}",
        "parameters": [*map(_parameter, family.filters), *PAGE],
        "responses": _answers({"200": done, "304": {"description": "As it was (If-None-Match)."}}, "400"),
    }  # fmt: skip


def _record(family: Family) -> dict[str, Any]:
    done = {"description": "The record.", "content": _json(_ref(family))}
    where = {"name": "id", "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}
    return {
        "operationId": f"get_{family.kind}", "summary": f"One {family.kind}", "parameters": [where],
        "responses": _answers({"200": done, "304": {"description": "As it was (If-None-Match)."}}, "404"),
    }  # fmt: skip


def _judging() -> dict[str, Any]:
    fields = {
        "record": "The id of the record that is judged.", "because": "Why.", "by": "Who judges.",
        "field": "The field that is put right.", "value": "What it should be.",
        "other": "Another record, to say that it is the same or different.", "withdraw": "A judgement to withdraw.",
    }  # fmt: skip
    shape: dict[str, Any] = {
        name: {"type": "string", "maxLength": 2000, "description": about} for name, about in fields.items()
    }
    shape["review"] = {"enum": ["right", "wrong"]}
    shape["verdict"] = {"enum": list(words_of(Verdict))}
    body = {"type": "object", "properties": shape, "additionalProperties": {"type": "string"}}
    kept = {
        "description": "Kept, and the record assembled anew.",
        "content": _json({"$ref": "#/components/schemas/Judgement"}),
    }
    later = {**kept, "description": "Kept; the record is still being assembled."}
    return {
        "operationId": "judge", "summary": "Put a record right, or withdraw a judgement", "security": [{"token": []}],
        "requestBody": {"required": True, "content": _json(body)},
        "responses": _answers({"201": kept, "202": later}, "400", "401", "403", "413"),
    }  # fmt: skip


def _parameter(one: Filter) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string", "maxLength": 500}
    if one.words:
        schema = {"enum": list(one.words)}
    elif one.day:
        schema = {"type": "string", "format": "date"}
    elif one.name == "country":
        schema = {"type": "string", "pattern": "^[A-Za-z]{3}$"}
    return {"name": one.name, "in": "query", "schema": schema, "description": one.about}


def _ref(family: Family) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{wire.KINDS[family.kind].__name__}"}


def _json(schema: dict[str, Any]) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}


def _answers(done: dict[str, Any], *codes: str) -> dict[str, Any]:
    wrong = {"description": "What went wrong, in words.", "content": _json({"$ref": "#/components/schemas/Error"})}
    return {**done, **dict.fromkeys((*codes, "401", "429", "503"), wrong)}


def _error() -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["error"],
        "properties": {
            "error": {
                "type": "object",
                "required": ["status", "code", "message"],
                "properties": {
                    "status": {"type": "integer"}, "code": {"type": "string"}, "message": {"type": "string"},
                },
            }
        },
    }  # fmt: skip
