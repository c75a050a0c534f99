"""Statements, acts, cases, actors, rejections and the front page: what each of them tells."""

import re
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from starlette.testclient import TestClient

from onrecord.keep.open import open_writer
from onrecord.model.article import ArticleResult
from onrecord.model.moment import Period
from onrecord.model.outside import Outside, OutsideFigure
from onrecord.model.record import Event, Record
from onrecord.show.web import app

type Told = tuple[ArticleResult, tuple[Record, ...]]
CARD = '<article class="said"'


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ("", 3),
        ("q=home", 1),
        ("q=submarine", 0),
        ("who=Brøndum", 2),
        ("country=vut", 1),
        ("force=deny", 1),
        ("since=2031-05-02", 2),
        ("until=2031-05-02", 1),
        ("who=Brøndum&force=promise&q=home", 1),
    ],
)
def test_statements_are_searched(desk: TestClient, asked: str, count: int) -> None:
    """By words, speaker, country, force and time, all of them together."""
    page = desk.get(f"/statements?{asked}").text
    assert page.count(CARD) == count


def test_a_statement_says_who_how_and_where(desk: TestClient, told: Told) -> None:
    """Name, role, force, own words or not, article, and the link to the words."""
    page = desk.get("/statements?force=promise").text
    for words in ("Ilse Brøndum", "minister", "promise", "in their own words", "The Vila Bell", "reported"):
        assert words in page
    statement = told[0].statements[1]
    assert f'href="/documents/{statement.document}#e-{statement.id}"' in page


def test_statements_have_pages(desk: TestClient) -> None:
    """And a page past the end is said to be one."""
    assert "1–3 of 3 statements" in desk.get("/statements").text
    assert "No statements" in desk.get("/statements?q=submarine").text
    assert desk.get("/statements?page=2").status_code == 404


def test_events_show_the_competing_figures(desk: TestClient) -> None:
    """Each count with who says so and the words."""
    page = desk.get("/events").text
    assert "Arrested 1–3" in page
    assert "disputed" in page
    assert "?at=" in page
    assert "an Irish" in page


def test_an_event_shows_outside_accounts_and_rests_on_none(
    pages: Callable[..., TestClient], told: Told, tmp_path: Path
) -> None:
    """Beside the same type, day and sides; marked, without a claim; what others wrote in them is text."""
    result, records = told
    day = Period("2031-05-03", "2031-05-03")
    dated = [msgspec.structs.replace(one, date=day) if isinstance(one, Event) else one for one in records]
    event = next(one for one in dated if isinstance(one, Event))
    row = Outside(
        id="outside-1", dataset="ucdp", row="<b>9</b>", code="190", type=event.type, actors=event.actors,
        targets=event.targets, date=day, figures=(OutsideFigure("killed", 10, None, 12),), cited="javascript:alert(1)",
    )  # fmt: skip
    others = [
        msgspec.structs.replace(row, id="outside-2", dataset="gdelt", row="77", cited="https://example.org/a"),
        msgspec.structs.replace(row, id="outside-3", row="elsewhere", date=Period("2031-06-03", "2031-06-03")),
    ]
    desk = pages(result, records=tuple(dated))
    before = desk.get("/events/event-1").text
    assert "Outside accounts" not in before
    with open_writer(tmp_path / "0.db") as writer:
        for one in (row, *others):
            writer.stand_beside(one)
    page = desk.get("/events/event-1").text
    section = page.split('id="h-outside"')[1].split("</section>")[0]
    for words in ("no evidence", "UCDP GED", "GDELT", "&lt;b&gt;9&lt;/b&gt;", "killed 12", "at least 10"):
        assert words in section
    assert 'href="https://example.org/a" rel="noreferrer nofollow noopener"' in section
    assert 'href="javascript' not in page
    assert "elsewhere" not in page
    assert re.sub(r'<section class="outside".*?</section>\n', "", page, flags=re.DOTALL) == before
    assert desk.get("/api/v1/events/event-1").json() == msgspec.json.decode(msgspec.json.encode(event))


def test_reports_are_shown_one_by_one(desk: TestClient, told: Told) -> None:
    """With the place, the voice and the words."""
    page = desk.get("/events?view=reports&type=COERCE&who=Weir").text
    assert page.count(CARD) == 1
    assert "says the article itself" in page
    assert f"#e-{told[0].acts[0].id}" in page


def test_a_case_tells_its_history(desk: TestClient, told: Told) -> None:
    """Who, nationality, holder, charge, history, exchanged for, deal, disputed."""
    page = desk.get("/cases/case-1").text
    for words in ("Tomás Weir", "Ireland", "Vanuatu", "spying", "Disputed", "Ilse Brøndum", 'href="/deals/deal-1"'):
        assert words in page
    assert f"#e-{told[0].custody[0].id}" in page
    assert "Tomás Weir" in desk.get("/cases?country=IRL&status=charged").text
    assert "Tomás Weir" not in desk.get("/cases?status=released").text.split("<main")[1]


def test_every_field_of_a_case_leads_to_its_sentences(demo: Path) -> None:
    """Of a case that the program assembled itself; two ways to write a value are one, and undated entries stand apart."""
    with TestClient(app.build(demo)) as client:
        cases = client.get("/api/v1/cases").json()["records"]
        assert cases
        for case in cases:
            page = client.get(f"/cases/{case['id']}").text
            facts = page.split('<dl class="facts">')[1].split("</dl>")[0]
            for field in ("holder", "place", "charge", "sentence"):
                if case[field]:
                    assert 'class="backed"><a href="/documents/' in facts, (case["person"]["name"], field)
            undated = [entry for entry in case["history"] if not entry["date"]]
            assert ('class="history undated"' in page) == bool(undated)
            assert facts.count("accounts differ") == len({rival["field"] for rival in case["rivals"]})


def test_an_actor_gathers_what_they_said_and_did(desk: TestClient) -> None:
    """Statements by, acts by and toward, deals, cases; names that only look alike are left out."""
    vanuatu = desk.get("/actors/VUT").text
    for heading in ("What they said", "What they did", "Deals", "People they hold"):
        assert heading in vanuatu
    assert "What was done toward them" not in vanuatu
    assert "What was done toward them" in desk.get("/actors/tomas-weir").text
    assert "minister" in desk.get("/actors/ilse-brøndum").text


def test_rejections_are_counted_by_reason(desk: TestClient, told: Told) -> None:
    """Each with its place, or the source where there is no article."""
    page = desk.get("/rejections").text
    assert "R308" in page
    assert "R103" in page
    assert "?at=" in desk.get("/rejections?code=R308").text
    assert "blob.bin" in desk.get("/rejections?code=R103").text


def test_the_front_page_is_the_brief(desk: TestClient) -> None:
    """Deals by status, people held, newest statements, how the reading went."""
    page = desk.get("/").text
    for words in ("Two sailors", "Tomás Weir", "They will be home", "Refused whole", "1 article read"):
        assert words in page
