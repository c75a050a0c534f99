"""Judging from the pages and the API: what is kept, what is refused, and that it takes effect at once."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from onrecord.keep.open import open_view, open_writer
from onrecord.model.article import ArticleResult
from onrecord.model.judgement import Judgement
from onrecord.show.cli.reading import rebuild, renew
from onrecord.show.web import app
from onrecord.show.web.access import Access

TOKEN = "a token long enough to be one"  # noqa: S105 - made up
BEARER = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture
def store(tmp_path: Path, told: tuple[ArticleResult, Any]) -> Path:
    path = tmp_path / "desk.db"
    with open_writer(path) as writer:
        writer.add(told[0])
    rebuild(path)
    return path


@pytest.fixture
def client(store: Path) -> Iterator[TestClient]:
    with TestClient(app.build(store, access=Access(None, token=None), rebuild=renew)) as found:
        yield found


@pytest.fixture
def program(store: Path) -> Iterator[TestClient]:
    with TestClient(app.build(store, access=Access(None, token=TOKEN), rebuild=renew)) as found:
        yield found


def form_of(client: TestClient, path: str) -> dict[str, str]:
    """The hidden fields of the forms of a page, and the cookie in the jar."""
    found = re.search(r'name="form" value="([0-9a-f]+)"', client.get(path).text)
    assert found
    return {"form": found[1], "back": path}


def judgements(store: Path) -> list[Judgement]:
    with open_view(store) as view:
        return list(view.judgements())


def test_a_fixed_step_moves_the_deal_at_once_and_back(client: TestClient, store: Path, told: Any) -> None:
    step = told[0].steps[0]
    deal = client.get("/api/v1/deals").json()["records"][0]
    before = [one["step"] for one in deal["developments"]]
    assert "agreed" in before
    asked = {**form_of(client, f"/claims/{step.id}"), "record": step.id, "because": "read it again"}
    answer = client.post("/judge", data={**asked, "field": "step", "value": "proposed"}, follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith(f"/claims/{step.id}?judged=judgement-")
    after = [one["step"] for one in client.get(f"/api/v1/deals/{deal['id']}").json()["developments"]]
    assert "agreed" not in after
    assert "proposed" in after
    made = judgements(store)[0]
    assert (made.left, made.field, made.value, made.by) == (step.id, "step", "proposed", "a reader")
    client.post("/judge", data={**form_of(client, "/history"), "withdraw": made.id})
    again = client.get(f"/api/v1/deals/{deal['id']}").json()["developments"]
    assert [one["step"] for one in again] == before


def test_a_claim_judged_wrong_is_out_of_the_record_and_says_so(client: TestClient, store: Path, told: Any) -> None:
    custody = told[0].custody[0]
    assert client.get("/api/v1/cases").json()["total"] == 1
    asked = {**form_of(client, f"/claims/{custody.id}"), "record": custody.id, "because": "another man"}
    client.post("/judge", data={**asked, "review": "wrong", "by": "A. Reader"})
    assert client.get("/api/v1/cases").json()["total"] == 0
    page = client.get(f"/claims/{custody.id}").text
    assert "A. Reader" in page
    assert "another man" in page
    assert client.get("/history").text.count('aria-label="Withdraw') == 1


def test_two_actors_are_said_to_be_the_same(client: TestClient, store: Path) -> None:
    asked = {**form_of(client, "/actors/VUT"), "record": "VUT", "because": "one desk"}
    client.post("/judge", data={**asked, "verdict": "different", "other": "http://x/actors/DNK"})
    made = judgements(store)[0]
    assert (made.left, made.right, made.verdict) == ("DNK", "VUT", "different")


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"form": "0" * 64}, 403),
        ({"form": ""}, 403),
        ({"because": ""}, 400),
        ({"record": "nothing"}, 400),
        ({"review": "perhaps"}, 400),
        ({"review": "", "field": "speaker", "value": "x"}, 400),
        ({"review": "", "field": "step", "value": "flown"}, 400),
        ({"review": "", "field": "date", "value": "yesterday"}, 400),
        ({"review": ""}, 400),
        ({"review": "", "verdict": "same", "other": "VUT"}, 400),
        ({"by": "onrecord"}, 400),
        ({"because": "x" * 2001}, 400),
        ({"because": "x" * 50_000}, 413),
        ({"withdraw": "judgement-0"}, 400),
    ],
)
def test_what_cannot_be_judged_is_refused(
    client: TestClient, store: Path, told: Any, fields: dict[str, str], status: int
) -> None:
    step = told[0].steps[0].id
    asked = {**form_of(client, f"/claims/{step}"), "record": step, "because": "why", "review": "right"}
    assert client.post("/judge", data={**asked, **fields}).status_code == status
    assert judgements(store) == []


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}]
)
def test_a_form_of_another_site_is_refused(client: TestClient, store: Path, told: Any, headers: dict[str, str]) -> None:
    step = told[0].steps[0].id
    asked = {**form_of(client, f"/claims/{step}"), "record": step, "because": "why", "review": "right"}
    assert client.post("/judge", data=asked, headers=headers).status_code == 403
    assert judgements(store) == []


def test_without_its_cookie_a_form_is_worth_nothing(client: TestClient, store: Path, told: Any) -> None:
    step = told[0].steps[0].id
    asked = {**form_of(client, f"/claims/{step}"), "record": step, "because": "why", "review": "right"}
    client.cookies.clear()
    assert client.post("/judge", data=asked).status_code == 403
    assert judgements(store) == []


def test_the_way_back_stays_on_this_site(client: TestClient, told: Any) -> None:
    step = told[0].steps[0].id
    asked = {**form_of(client, f"/claims/{step}"), "record": step, "because": "why", "review": "right"}
    for back in ("https://evil.example/", "//evil.example/x", "/\\evil.example"):
        answer = client.post("/judge", data={**asked, "back": back}, follow_redirects=False)
        assert answer.headers["location"].startswith("/history?")


def test_a_program_judges_with_the_token_only(program: TestClient, store: Path, told: Any) -> None:
    step = told[0].steps[0].id
    asked = {"record": step, "review": "right", "because": "checked by hand", "by": "desk two"}
    assert program.post("/api/v1/judgements", json=asked).status_code == 401
    assert program.post("/api/v1/judgements", json=asked, headers={"Authorization": "Bearer no"}).status_code == 401
    assert judgements(store) == []
    answer = program.post("/api/v1/judgements", json=asked, headers=BEARER)
    assert answer.status_code == 201
    assert answer.json()["value"] == "right"
    gone = program.post("/api/v1/judgements", json={"withdraw": answer.json()["id"]}, headers=BEARER)
    assert gone.json()["withdrawn_at"]
    for wrong in ({"record": step}, {"record": "x", "review": "right", "because": "y"}):
        assert program.post("/api/v1/judgements", json=wrong, headers=BEARER).status_code == 400
    assert program.post("/api/v1/judgements", content=b"{", headers=BEARER).status_code == 400
    assert program.post("/api/v1/judgements", content=b"x" * 30_000, headers=BEARER).status_code == 413


def test_without_any_token_no_program_judges(client: TestClient, store: Path, told: Any) -> None:
    asked = {"record": told[0].steps[0].id, "review": "right", "because": "checked"}
    assert client.post("/api/v1/judgements", json=asked).status_code == 403
    assert judgements(store) == []


def test_a_published_record_cannot_be_judged_by_anybody(store: Path, told: Any) -> None:
    with TestClient(app.build(store, access=Access(None, token=TOKEN))) as client:
        asked = {"record": told[0].steps[0].id, "review": "right", "because": "checked"}
        assert client.post("/api/v1/judgements", json=asked, headers=BEARER).status_code == 403
        assert client.post("/judge", data=asked, headers=BEARER).status_code == 403
        assert "<form" not in client.get("/review", headers=BEARER).text.split("<main")[1]
    assert judgements(store) == []


def test_the_queue_leaves_out_what_was_judged(client: TestClient, told: Any) -> None:
    before = client.get("/review").text
    first = re.search(r'name="record" value="([^"]+)"', before)
    assert first
    asked = {**form_of(client, "/review"), "record": first[1], "because": "read it", "review": "right"}
    client.post("/judge", data=asked)
    assert f'value="{first[1]}"' not in client.get("/review").text
