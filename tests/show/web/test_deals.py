"""The board and the page of a deal."""

from collections.abc import Callable

import msgspec
from starlette.testclient import TestClient

from onrecord.model.article import ArticleResult
from onrecord.model.record import Deal, Record

type Told = tuple[ArticleResult, tuple[Record, ...]]


def test_the_board_has_a_column_for_each_status_that_occurs(desk: TestClient) -> None:
    """With how many deals stand there, and a mark where accounts contradict."""
    page = desk.get("/deals").text
    assert 'id="s-agreed"' in page
    assert 'id="s-floated"' not in page
    assert "accounts differ" in page
    assert "2 for 2" in page


def test_the_board_is_filtered_by_party_and_kind(desk: TestClient) -> None:
    """By name or by id; what was asked stands in the form."""
    assert "Two sailors" in desk.get("/deals?party=Vanuatu&kind=prisoner_exchange").text
    assert "Two sailors" not in desk.get("/deals?kind=ceasefire").text
    assert "No deal fits." in desk.get("/deals?party=Tonga").text
    assert 'value="Tonga"' in desk.get("/deals?party=Tonga").text


def test_a_deal_names_the_rule_and_the_steps_that_made_its_status(desk: TestClient) -> None:
    """And marks the one that speaks against it."""
    page = desk.get("/deals/deal-1").text
    assert "the furthest step that stands" in page
    table = page.split('<table class="steps">')[1].split("</table>")[0]
    assert table.count("gives the status") == 1
    assert table.count("speaks against the status") == 1
    assert table.index("gives the status") < table.index("Without a date") < table.index("speaks against the status")
    assert ">denied</span>" in page
    assert "names" in page.split("Not disclosed")[1]
    assert 'href="/cases/case-1"' in page


def test_each_development_quotes_its_words_and_says_whose_they_are(desk: TestClient, told: Told) -> None:
    """A link to the place, the voice, the article."""
    result, _ = told
    page = desk.get("/deals/deal-1").text
    for step in result.steps:
        assert f'href="/documents/{step.document}#e-{step.id}"' in page
    assert "Two sailors for two" in page


def test_developments_stand_in_order_of_date(pages: Callable[..., TestClient], told: Told) -> None:
    """Whatever the order in the record."""
    result, records = told
    deal = next(record for record in records if isinstance(record, Deal))
    turned = msgspec.structs.replace(deal, developments=deal.developments[::-1])
    page = pages(result, records=(turned,)).get("/deals/deal-1").text
    assert page.index("1 May 2031</time></td>") < page.index("Without a date")


def test_a_crowded_status_has_a_page_of_its_own(pages: Callable[..., TestClient], told: Told) -> None:
    """The column shows the newest and links to all of them; that list has pages."""
    result, records = told
    deal = next(record for record in records if isinstance(record, Deal))
    many = tuple(msgspec.structs.replace(deal, id=f"deal-{number}") for number in range(70))
    client = pages(result, records=many)
    assert 'href="/deals?status=agreed">All 70 agreed</a>' in client.get("/deals").text
    first = client.get("/deals?status=agreed").text
    assert "1–50 of 70 deals" in first
    assert 'href="/deals?status=agreed&amp;page=2"' in first
    assert client.get("/deals?status=agreed&page=2").text.count('<article class="card">') == 20
