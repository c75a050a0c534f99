"""Who may look: foreign names, passwords, sessions, tries."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from onrecord.errors import UsageError
from onrecord.keep.open import open_writer
from onrecord.show.cli.serve import run
from onrecord.show.web import access, app

PASSWORD = "seven grey herons"  # noqa: S105 - made up


@pytest.fixture
def locked(tmp_path: Path) -> Iterator[TestClient]:
    store = tmp_path / "x.db"
    with open_writer(store):
        pass
    guard = access.Access(password=PASSWORD)
    with TestClient(app.build(store, access=guard), base_url="http://127.0.0.1:8321", follow_redirects=False) as client:
        yield client


def enter(client: TestClient, password: str) -> int:
    form = re.search(r'name="form" value="([^"]+)"', client.get("/login").text)
    assert form
    return client.post("/login", data={"form": form[1], "password": password}).status_code


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8321", "127.0.0.1.evil.example", "", "127.0.0.1:x"])
def test_a_foreign_name_is_refused(locked: TestClient, host: str) -> None:
    """Against pages of others that point their name at this machine."""
    assert locked.get("/static/page.css", headers={"host": host}).status_code == 400


@pytest.mark.parametrize("host", ["localhost:1", "127.0.0.1", "[::1]:8321", "LOCALHOST"])
def test_our_own_names_are_answered(locked: TestClient, host: str) -> None:
    """With and without a port."""
    assert locked.get("/static/page.css", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("path", ["/", "/deals", "/documents/x", "/nowhere"])
def test_nothing_is_shown_without_the_password(locked: TestClient, path: str) -> None:
    """Also not whether a page is there."""
    answer = locked.get(path, headers={"cookie": "onrecord_session=made-up"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/login")


def test_the_right_password_opens_and_the_cookie_is_kept_from_scripts(locked: TestClient) -> None:
    """A wrong one doesn't."""
    assert enter(locked, "seven grey heron") == 403
    assert locked.get("/").status_code == 303
    form = re.search(r'name="form" value="([^"]+)"', locked.get("/login").text)
    assert form
    answer = locked.post("/login", data={"form": form[1], "password": PASSWORD})
    kept = next(line for line in answer.headers.get_list("set-cookie") if line.startswith("onrecord_session="))
    assert "HttpOnly" in kept
    assert "samesite=lax" in kept.lower()
    assert locked.get("/").status_code == 200


def test_a_form_of_another_site_is_refused(locked: TestClient) -> None:
    """Without the value that only our own form holds."""
    locked.get("/login")
    assert locked.post("/login", data={"form": "guess", "password": PASSWORD}).status_code == 403
    assert locked.post("/login", data={"password": PASSWORD}).status_code == 403
    assert locked.post("/login", content=b"\xff").status_code == 400
    assert locked.post("/login", content=b"x" * 50_000).status_code == 413
    assert locked.get("/").status_code == 303


def test_tries_are_counted(locked: TestClient) -> None:
    """After ten even the right password has to wait."""
    assert [enter(locked, "no such password") for _ in range(access.TRIES)] == [403] * access.TRIES
    assert enter(locked, PASSWORD) == 429


def test_another_address_needs_a_password(tmp_path: Path) -> None:
    """And one that is worth the name."""
    with pytest.raises(UsageError, match="--password-file"):
        run(tmp_path / "x.db", "0.0.0.0")  # noqa: S104 - refused
    short = tmp_path / "short"
    short.write_text("short\n")
    with pytest.raises(UsageError, match="8 to"):
        run(tmp_path / "x.db", "0.0.0.0", password_file=short)  # noqa: S104 - refused
    with pytest.raises(UsageError, match="read the password"):
        access.password_in(tmp_path / "none")


def test_logging_out_ends_the_session(locked: TestClient) -> None:
    """By a form of ours; the cookie is worth nothing afterwards."""
    enter(locked, PASSWORD)
    page = locked.get("/").text
    assert 'action="/logout"' in page
    form = re.search(r'action="/logout".*?name="form" value="([^"]+)"', page, re.DOTALL)
    assert form
    kept = locked.cookies.get("onrecord_session")
    assert locked.post("/logout", data={"form": "guess"}).status_code == 403
    assert locked.get("/").status_code == 200
    assert locked.post("/logout", data={"form": form[1]}).headers["location"] == "/login"
    assert locked.get("/", headers={"cookie": f"onrecord_session={kept}"}).status_code == 303


def test_a_token_opens_pages_and_api(tmp_path: Path) -> None:
    """As a bearer; wrong ones are counted, and the door for browsers takes it as the password."""
    store, token = tmp_path / "x.db", "a token of some length"
    with open_writer(store):
        pass
    guard = access.Access(token=token)
    with TestClient(app.build(store, access=guard), base_url="http://127.0.0.1", follow_redirects=False) as client:
        assert client.get("/api/v1/deals").status_code == 401
        assert client.get("/deals").status_code == 303
        right = {"Authorization": f"Bearer {token}"}
        assert client.get("/api/v1/deals", headers=right).status_code == 200
        wrong = [client.get("/deals", headers={"Authorization": f"Bearer {n}"}).status_code for n in range(12)]
        assert wrong == [401] * access.TRIES + [429] * 2
        assert client.get("/deals", headers=right).status_code == 200


def test_a_proxy_asks_under_the_name_that_was_given(tmp_path: Path) -> None:
    """And under no other."""
    with open_writer(tmp_path / "x.db"):
        pass
    guard = access.Access(access.LOCAL | {"record.example.org"})
    with TestClient(app.build(tmp_path / "x.db", access=guard), base_url="http://record.example.org") as client:
        assert client.get("/").status_code == 200
        assert client.get("/", headers={"host": "other.example.org"}).status_code == 400
