"""The API: the same records as the pages, cursors that meet every record once, one shape for what goes wrong."""

import csv
import io
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from starlette.testclient import TestClient

from onrecord.model import wire
from onrecord.model.article import ArticleResult
from onrecord.model.record import Actor
from onrecord.show.api.families import FAMILIES

NAMES = [family.name for family in FAMILIES]


@pytest.mark.parametrize("family", FAMILIES, ids=NAMES)
def test_every_list_in_every_format(desk: TestClient, family: Any) -> None:
    told = desk.get(f"/api/v1/{family.name}").json()
    assert told["kind"] == family.kind
    assert told["total"] == len(told["records"])
    lines = desk.get(f"/api/v1/{family.name}?format=jsonl").content
    assert [msgspec.json.decode(wire.encode(one)) for one in wire.decode_lines(lines.splitlines())] == told["records"]
    rows = list(csv.DictReader(io.StringIO(desk.get(f"/api/v1/{family.name}?format=csv").text)))
    assert len(rows) == told["total"]
    for record in told["records"]:
        if "id" in record:
            assert desk.get(f"/api/v1/{family.name}/{record['id']}").json() == record


@pytest.mark.parametrize(
    ("path", "page", "marker"),
    [
        ("/statements?force=promise", "/statements?force=promise", '<article class="said">'),
        ("/statements?speaker=VUT", "/statements?speaker=VUT", '<article class="said">'),
        ("/deals?party=Denmark", "/deals?party=Denmark", '<article class="card">'),
        ("/deals?q=sailors", "/deals?q=sailors", '<article class="card">'),
        ("/cases?country=IRL", "/cases?country=IRL", '<th scope="row">'),
        ("/actors?sort=state", "/actors?sort=state", '<th scope="row">'),
    ],
)
def test_pages_and_api_count_alike(desk: TestClient, path: str, page: str, marker: str) -> None:
    count = desk.get("/api/v1" + path).json()["total"]
    assert count > 0
    assert desk.get(page).text.count(marker) == count


def test_cursors_meet_every_record_once(pages: Callable[..., TestClient]) -> None:
    people = tuple(
        Actor(id=f"p-{number}", name=f"P {number}", sort="person", documents=number % 7) for number in range(57)
    )
    client = pages(records=people)
    seen, address = [], "/api/v1/actors?limit=10"
    while address:
        answer = client.get(address)
        seen += [record["id"] for record in answer.json()["records"]]
        address = answer.links["next"]["url"] if "next" in answer.links else ""
    assert sorted(seen) == sorted(one.id for one in people)
    assert len(seen) == 57


def test_an_etag_saves_the_answer_until_something_changes(desk: TestClient) -> None:
    first = desk.get("/api/v1/deals")
    again = desk.get("/api/v1/deals", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert desk.get("/api/v1/deals?kind=ceasefire").headers["etag"] != first.headers["etag"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/nothing", 404), ("/deals/none", 404), ("/deals/case-1", 404), ("/deals?colour=red", 400),
        ("/deals?kind=x", 400), ("/deals?limit=0", 400), ("/deals?limit=9999", 400), ("/deals?cursor=x", 400),
        ("/deals?cursor=aTpub25l", 400), ("/deals?format=xml", 400), ("/statements?since=x", 400),
        ("/cases?country=Denmark", 400), ("/deals?disputed=perhaps", 400),
    ],
)  # fmt: skip
def test_one_shape_for_what_goes_wrong(desk: TestClient, path: str, status: int) -> None:
    answer = desk.get("/api/v1" + path)
    assert answer.status_code == status
    error = answer.json()["error"]
    assert error["status"] == status
    assert error["message"]
    assert set(error) == {"status", "code", "message"}


def test_cells_that_a_spreadsheet_would_run_are_quoted(pages: Callable[..., TestClient]) -> None:
    names = ("=1+1", "+A1", "-A1", "@x", "plain")
    client = pages(records=tuple(Actor(id=f"a{n}", name=name, sort="person") for n, name in enumerate(names)))
    rows = csv.DictReader(io.StringIO(client.get("/api/v1/actors?format=csv").text))
    assert {row["name"] for row in rows} == {"'=1+1", "'+A1", "'-A1", "'@x", "plain"}


def test_the_document_names_every_list(desk: TestClient) -> None:
    document = desk.get("/api/v1/openapi.json").json()
    assert document["openapi"] == "3.1.0"
    assert {f"/{name}" for name in NAMES} <= set(document["paths"])
    index = desk.get("/api/v1/").json()
    assert set(index["records"]) == set(NAMES)


@pytest.mark.timeout(280)
@pytest.mark.filterwarnings("ignore")
def test_nothing_that_the_document_allows_breaks_the_server(desk: TestClient, told: tuple[ArticleResult, Any]) -> None:
    """schemathesis over every operation: no 5xx, whatever is asked."""
    loaded = schemathesis.openapi.from_asgi("/api/v1/openapi.json", desk.app)
    operations = [found.ok() for found in loaded.get_all_operations()]
    assert len(operations) > 20
    asked = 0
    for operation in operations:

        @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), database=None)
        @given(case=operation.as_strategy())
        def ask(case: Any) -> None:
            nonlocal asked
            asked += 1
            answer = case.call()
            assert answer.status_code < 500, case.as_curl_command()

        ask()
    assert asked > 200
