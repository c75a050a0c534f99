"""A store made by hand and its pages, for the tests of the web."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from onrecord.keep.open import open_writer
from onrecord.model.article import ArticleResult
from onrecord.model.claim import Act, Custody, Figure, Statement, Step, Terms
from onrecord.model.identity import identity
from onrecord.model.mention import ActorRef, PlaceRef
from onrecord.model.moment import Period
from onrecord.model.record import (
    Account,
    Actor,
    Case,
    CaseEntry,
    CompetingFigure,
    Deal,
    Development,
    Event,
    Record,
    Role,
)
from onrecord.model.rejection import Rejection
from onrecord.model.text import Document, Span
from onrecord.show.web import app

TEXT = """VILA — Denmark and Vanuatu have agreed to trade two sailors, Ilse Brøndum said on Thursday.

"They will be home by Sunday," the minister said. Vanuatu denied that a day had been set.

Read more: the sailors' story

Tomás Weir, an Irish cook, was arrested in Vila in March and charged with spying."""
DAY = "2031-05-04"


@pytest.fixture
def pages(tmp_path: Path) -> Iterator[Callable[..., TestClient]]:
    """pages(*results, records=(), notice=None) -> a client of the pages over a store with these."""
    opened: list[TestClient] = []

    def make(*results: ArticleResult, records: tuple[Record, ...] = (), notice: str | None = None) -> TestClient:
        store = tmp_path / f"{len(opened)}.db"
        with open_writer(store) as writer:
            for result in results:
                writer.add(result)
            writer.replace(records)
        client = TestClient(app.build(store, notice=notice), raise_server_exceptions=True)
        opened.append(client)
        return client

    yield make
    for client in opened:
        client.close()


@pytest.fixture(scope="session")
def told() -> tuple[ArticleResult, tuple[Record, ...]]:
    """An article with every kind of claim, and the records assembled of them."""
    return story()


@pytest.fixture
def desk(pages: Callable[..., TestClient], told: tuple[ArticleResult, tuple[Record, ...]]) -> TestClient:
    """Pages over that article, those records and a file that was refused."""
    result, records = told
    refused = ArticleResult(document=None, rejections=(Rejection(code="R103", stage="ingest", source="blob.bin"),))
    return pages(result, refused, records=records)


def story(text: str = TEXT, source: str = "https://news.example.org/vila") -> tuple[ArticleResult, tuple[Record, ...]]:
    """Return an article with its claims, and a deal, a case, an event and actors."""
    document = Document(
        id=Document.id_of(text), title="Two sailors for two", text=text, source=source, outlet="The Vila Bell",
        published=DAY, published_basis="given", language="en",
    )  # fmt: skip

    def cite(words: str) -> Span:
        return document.cite(text.index(words), text.index(words) + len(words))

    def abroad(words: str) -> Span:
        span = cite(words)
        return Span(span.start, span.end, span.text, document.id)

    minister = ActorRef("ilse-brøndum", "Ilse Brøndum", "DNK", "minister")
    denmark, vanuatu = ActorRef("DNK", "Denmark", "DNK"), ActorRef("VUT", "Vanuatu", "VUT")
    cook = ActorRef("tomas-weir", "Tomás Weir", "IRL")
    first = text[: text.index("\n")]
    agreed = "Denmark and Vanuatu have agreed to trade two sailors"
    denial = "Vanuatu denied that a day had been set."
    held = text[text.index("Tomás") :]
    day = Period("2031-05-01", "2031-05-01")
    claim = {"document": document.id}
    said = Statement(
        id=identity("statement", document.id, 1), speaker=minister, cue=cite("said on"), content=(cite(agreed),),
        quotation="indirect", evidence=(cite(first),), date=day, **claim,
    )  # fmt: skip
    quoted = Statement(
        id=identity("statement", document.id, 2), speaker=minister, cue=None, content=(cite("They will be home"),),
        quotation="direct", force="promise", evidence=(cite("They will be home by Sunday"),), **claim,
    )  # fmt: skip
    denied = Statement(
        id=identity("statement", document.id, 3), speaker=vanuatu, cue=None, content=(cite("a day had been set"),),
        quotation="indirect", force="deny", evidence=(cite(denial),), **claim,
    )  # fmt: skip
    act = Act(
        id=identity("act", document.id), type="COERCE", mode="arrest", actors=(vanuatu,), targets=(cook,),
        trigger=cite("arrested"), place=PlaceRef("Vila", "VUT"), evidence=(cite(held),), **claim,
    )  # fmt: skip
    step = Step(
        id=identity("step", document.id, 1), deal_kind="prisoner_exchange", parties=(denmark, vanuatu), step="agreed",
        by=minister, date=day, voice=said.id, evidence=(cite(first),), **claim,
    )  # fmt: skip
    against = Step(
        id=identity("step", document.id, 2), deal_kind="prisoner_exchange", parties=(denmark, vanuatu),
        step="scheduled", by=vanuatu, polarity="denied", voice=denied.id, evidence=(cite(denial),), **claim,
    )  # fmt: skip
    custody = Custody(
        id=identity("custody", document.id), person=cook, nationalities=("IRL",), holder=vanuatu, status="charged",
        charge="spying", evidence=(cite(held),), **claim,
    )  # fmt: skip
    result = ArticleResult(
        document=Document(**{name: getattr(document, name) for name in document.__struct_fields__}
                          | {"skipped": (cite("Read more: the sailors' story"),) if "Read more" in text else ()}),
        statements=(said, quoted, denied), acts=(act,), steps=(step, against), custody=(custody,),
        rejections=(Rejection(code="R308", stage="extract", document=document.id, span=cite("Sunday")),),
    )  # fmt: skip
    developments = tuple(
        Development(
            step=each.step, by=each.by, date=each.date, document=document.id, voice=each.voice, id=each.id,
            polarity=each.polarity, evidence=(abroad(each.evidence[0].text),),
        )
        for each in (step, against)
    )  # fmt: skip
    deal = Deal(
        id="deal-1", deal_kind="prisoner_exchange", parties=(denmark, vanuatu), title="Two sailors: Denmark and Vanuatu",
        terms=Terms(ratio=(2, 2), figures=(Figure(what="exchanged", low=2, high=2, span=abroad("two sailors")),)),
        status="agreed", as_of="2031-05-01", undisclosed=("names",), developments=developments,
        against=developments[1:], documents=1, rule="the furthest step that stands", made_by=(step.id,),
        persons=(cook,),
    )  # fmt: skip
    case = Case(
        id="case-1", person=cook, nationalities=("IRL",), holder=vanuatu, charge="spying", status="charged",
        history=(CaseEntry(status="charged", evidence=(abroad(held),), id=custody.id),), deal="deal-1",
        exchanged_for=(minister,), disputed=True, claims=(custody.id,), documents=1,
    )  # fmt: skip
    figure = CompetingFigure(
        what="arrested", low=1, high=3, accounts=(Account(by=vanuatu, low=1, high=3, evidence=(abroad("an Irish"),)),)
    )
    event = Event(
        id="event-1",
        type="COERCE",
        actors=(vanuatu,),
        targets=(cook,),
        acts=(act.id,),
        figures=(figure,),
        disputed=True,
    )
    role = Role(role="minister", org="Denmark", evidence=(abroad("the minister"),))
    actors = (
        Actor(id="ilse-brøndum", name="Ilse Brøndum", sort="person", country="DNK", roles=(role,), documents=1),
        Actor(id="DNK", name="Denmark", sort="state", country="DNK", documents=1),
        Actor(id="VUT", name="Vanuatu", aliases=("Port Vila",), sort="state", country="VUT", documents=1),
        Actor(id="tomas-weir", name="Tomás Weir", sort="person", country="IRL", documents=1),
    )
    return result, (deal, case, event, *actors)
