"""What every store promises. A new store is a new line in `STORES`."""

import contextlib
from pathlib import Path

import msgspec
import pytest

from onrecord.errors import StoreError
from onrecord.keep.judge import corrected, judged, withdrawn
from onrecord.keep.open import open_view, open_writer
from onrecord.keep.protocol import Query
from onrecord.model.article import ArticleResult
from onrecord.model.mention import ActorRef
from onrecord.model.moment import Period
from onrecord.model.record import Actor, Case, CaseEntry, Deal, Development
from onrecord.model.rejection import Rejection

ONE = "Delegates met in Vila on the quiet terms of a truce, the minister said."
TWO = "Officials said nothing at all about a café that burned."


class Lite:
    """The store on SQLite."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "test.db"

    def writer(self):
        return open_writer(self.path)

    def view(self):
        return open_view(self.path)


STORES = (Lite,)


@pytest.fixture(params=STORES, ids=lambda store: store.__name__)
def store(request, tmp_path):
    return request.param(tmp_path)


@pytest.fixture
def kept(store, made):
    with store.writer() as writer:
        writer.add(made(ONE))
        writer.add(made(TWO, published=None, source="two.txt"))
        writer.replace(assembled(made(ONE)))
    return store


def assembled(article: ArticleResult) -> list:
    span = msgspec.structs.replace(article.document.cite(0, 9), document=article.document.id)
    step = article.steps[0]
    development = Development(step="agreed", document=article.document.id, evidence=(span,), id=step.id)
    return [
        Actor(id="tomas-weir", name="Tomás Weir", aliases=("Mr Weir",), sort="person", country="IRL"),
        Deal(
            id="deal-1", deal_kind="ceasefire", parties=step.parties, title="Truce", status="agreed",
            developments=(development,), made_by=(step.id,),
        ),
        Case(
            id="case-1", person=ActorRef("tomas-weir", "Tomás Weir"), status="released", deal="deal-1",
            history=(CaseEntry(status="released", evidence=(span,), date=Period("2031-04-01", "2031-04-30", "month")),),
            claims=(article.custody[0].id,),
        ),
    ]  # fmt: skip


def found(store, **query):
    with store.view() as view:
        return list(view.find(Query(**query)))


def everything(store):
    with store.view() as view:
        articles = list(view.articles())
        return articles, view.counts(), [r for kind in view.counts() for r in view.find(Query(kind=kind))]


def test_what_is_kept_comes_back_as_it_was(kept, made):
    with kept.view() as view:
        back = list(view.articles())
    wanted = [made(ONE), made(TWO, published=None, source="two.txt")]
    assert back == sorted(wanted, key=lambda article: article.document.id)


def test_reading_twice_changes_nothing(kept, made):
    before = everything(kept)
    with kept.writer() as writer:
        assert writer.add(made(ONE)) is False
    assert everything(kept) == before


def test_when_it_was_fetched_makes_no_difference(kept, made):
    article = made(ONE)
    later = msgspec.structs.replace(
        article, document=msgspec.structs.replace(article.document, retrieved="2031-06-01T00:00:00Z")
    )
    with kept.writer() as writer:
        assert writer.add(later) is False


def test_the_order_of_reading_makes_no_difference(tmp_path, made):
    states = []
    for name, order in (("a", (ONE, TWO)), ("b", (TWO, ONE))):
        (tmp_path / name).mkdir()
        store = Lite(tmp_path / name)
        with store.writer() as writer:
            for text in order:
                assert writer.add(made(text))
        states.append(everything(store))
    assert states[0] == states[1]


def test_reading_with_other_results_replaces_the_old_ones(kept, made):
    fewer = msgspec.structs.replace(made(ONE, published="2032-01-01"), acts=())
    with kept.writer() as writer:
        assert writer.add(fewer) is True
    assert not found(kept, kind="act", document=fewer.document.id)
    assert found(kept, kind="document", since="2032-01-01") == [fewer.document]
    assert len(found(kept, kind="statement", text="Vila")) == 1


def copy(made, source, published, basis="metadata", **fields):
    article = made(ONE, published=published, source=source)
    document = msgspec.structs.replace(article.document, published_basis=basis if published else None)
    return msgspec.structs.replace(article, document=document, **fields)


@pytest.mark.parametrize(
    "pair",
    [
        (("a.txt", "2031-05-04"), ("b.txt", "2031-05-04")),
        (("a.txt", "2031-05-05"), ("b.txt", "2031-05-04")),
        (("a.txt", None), ("b.txt", "2031-05-04")),
        (("a.txt", None), ("b.txt", None)),
        (("a.txt", "2031-05-03"), ("b.txt", "2031-05-04", "given")),
    ],
)
def test_the_same_words_from_two_sources_are_the_same_record_in_either_order(tmp_path, made, pair):
    states = []
    for name, order in (("a", pair), ("b", pair[::-1])):
        (tmp_path / name).mkdir()
        store = Lite(tmp_path / name)
        with store.writer() as writer:
            for one in (*order, *order):
                writer.add(copy(made, *one))
        states.append(everything(store))
    assert states[0] == states[1]


def test_newer_rules_and_the_last_word_of_a_person_replace_what_another_path_gave(store, made):
    with store.writer() as writer:
        writer.add(copy(made, "a.txt", "2031-05-04"))
        assert writer.add(copy(made, "./a.txt", "2031-05-04", acts=())) is True
        assert writer.add(copy(made, "b.txt", "2031-05-09", "given")) is True
        assert writer.add(copy(made, "c.txt", "2031-05-08", "given")) is True
        assert writer.add(copy(made, "d.txt", "2031-05-10", "given")) is True
        assert writer.add(copy(made, "e.txt", "2031-05-01")) is False
    assert found(store, kind="document")[0].published == "2031-05-10"


def test_a_rejected_source_is_kept_until_it_can_be_read(store, made):
    refused = ArticleResult(document=None, rejections=(Rejection(code="R102", stage="ingest", source="hand.txt"),))
    with store.writer() as writer:
        assert writer.add(refused) is True
        assert writer.add(refused) is False
        assert [r.code for r in found(store, kind="rejection")] == ["R102"]
        writer.add(made(ONE))
    assert [r.code for r in found(store, kind="rejection")] == ["R301"]
    with store.view() as view:
        assert len(list(view.articles())) == 1


def test_an_article_that_fails_half_way_leaves_nothing(kept, made):
    before = everything(kept)
    article = made("Observers counted " + "crates " * 20, source="three.txt")
    broken = msgspec.structs.replace(article.acts[0], mode="\ud800")
    with kept.writer() as writer, pytest.raises(UnicodeEncodeError):
        writer.add(msgspec.structs.replace(article, acts=(broken,)))
    assert everything(kept) == before


def test_assembled_records_are_replaced_as_a_whole_or_not_at_all(kept, made):
    def two_then_trouble():
        yield assembled(made(ONE))[0]
        message = "no more"
        raise RuntimeError(message)

    with kept.writer() as writer:
        with pytest.raises(RuntimeError):
            writer.replace(two_then_trouble())
        assert [deal.id for deal in found(kept, kind="deal")] == ["deal-1"]
        writer.replace(assembled(made(ONE))[:1])
    assert found(kept, kind="deal") == []
    assert len(found(kept, kind="actor")) == 1
    assert len(found(kept, kind="statement")) == 2


def test_a_view_sees_the_committed_state_while_another_writes(kept, made):
    with kept.view() as view, kept.writer() as writer:
        assert view.count(Query(kind="document")) == 2

        def slowly():
            assert view.count(Query(kind="deal")) == 1
            yield from assembled(made(ONE))[:1]
            assert view.count(Query(kind="deal")) == 1

        writer.replace(slowly())
        assert view.count(Query(kind="deal")) == 0


def test_get_finds_a_record_of_any_kind(kept, made):
    article = made(ONE)
    with kept.view() as view:
        for record in (article.document, article.statements[0], article.acts[0], article.steps[0]):
            assert view.get(record.id) == record
        assert view.get("deal-1").title == "Truce"
        assert view.get("nothing") is None


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"kind": "statement"}, 2),
        ({"kind": "statement", "who": "ilse-brøndum"}, 2),
        ({"kind": "statement", "who": "BRONDUM"}, 2),
        ({"kind": "statement", "who": "brondum ilse"}, 2),
        ({"kind": "statement", "who": "Ilse Nobody"}, 0),
        ({"kind": "statement", "who": "Vanuatu"}, 0),
        ({"kind": "statement", "who": "…"}, 0),
        ({"kind": "statement", "country": "DNK"}, 2),
        ({"kind": "statement", "country": "VUT"}, 0),
        ({"kind": "act", "who": "vanuatu"}, 2),
        ({"kind": "act", "since": "2031-05-02"}, 2),
        ({"kind": "act", "since": "2031-05-03"}, 0),
        ({"kind": "act", "until": "2031-05-01"}, 2),
        ({"kind": "act", "until": "2031-04-30"}, 0),
        ({"kind": "act", "type": "CONSULT"}, 2),
        ({"kind": "act", "type": "ASSAULT"}, 0),
        ({"kind": "statement", "since": "2031-05-04"}, 1),
        ({"kind": "step", "status": "agreed"}, 2),
        ({"kind": "step", "deal": "deal-1"}, 1),
        ({"kind": "document", "deal": "deal-1"}, 1),
        ({"kind": "case", "deal": "deal-1"}, 1),
        ({"kind": "deal", "deal": "deal-1"}, 1),
        ({"kind": "deal", "status": "agreed"}, 1),
        ({"kind": "custody", "country": "irl"}, 2),
        ({"kind": "custody", "who": "tomas weir"}, 2),
        ({"kind": "actor", "who": "Mr Weir"}, 1),
        ({"kind": "case", "since": "2031-04-30", "until": "2031-04-30"}, 1),
        ({"kind": "document", "text": "cafe"}, 1),
        ({"kind": "document", "text": 'cafe "quiet terms"'}, 0),
        ({"kind": "statement", "text": '"quiet terms" vila'}, 1),
        ({"kind": "statement", "text": '"terms quiet"'}, 0),
        ({"kind": "statement", "text": '" OR * NEAR('}, 0),
        ({"kind": "statement", "text": "--"}, 0),
        ({"kind": "rejection", "type": "R301"}, 2),
        ({"kind": "place", "country": "VUT"}, 2),
        ({"kind": "mention", "who": "VUT"}, 2),
        ({"kind": "moment"}, 2),
    ],
)
def test_every_filter_that_is_given_must_fit(kept, query, count):
    with kept.view() as view:
        assert view.count(Query(**query)) == count
        assert len(list(view.find(Query(**query)))) == count


def test_deals_of_a_document_are_found(kept, made):
    assert [deal.id for deal in found(kept, kind="deal", document=made(ONE).document.id)] == ["deal-1"]
    assert found(kept, kind="deal", document=made(TWO).document.id) == []


def test_newest_first_undated_last_and_pages_fit_together(kept):
    whole = found(kept, kind="statement")
    assert next(record.document for record in whole) == found(kept, kind="document", since="2031-01-01")[0].id
    pages = [found(kept, kind="statement", limit=1, offset=place)[0] for place in range(2)]
    assert pages == whole


def test_judgements_stay_and_can_be_withdrawn(kept):
    first = judged(left="b", verdict="same", right="a", because="read it", by="me", at="2031-01-01T00:00:00Z")
    second = corrected(record="case-1", field="status", value="died", because="x", by="me", at="2031-01-02T00:00:00Z")
    with kept.writer() as writer:
        writer.judge(first)
        writer.judge(second)
        writer.judge(first)
        writer.replace(())
        gone = withdrawn(first, "2031-01-03T00:00:00Z")
        writer.judge(gone)
        with pytest.raises(StoreError):
            writer.judge(msgspec.structs.replace(second, value="released"))
    with kept.view() as view:
        assert list(view.judgements()) == [gone, second]
        assert view.get(first.id) == gone


def test_counts_name_every_kind(kept):
    with kept.view() as view:
        counts = view.counts()
    assert counts["statement"] == 2
    assert counts["event"] == 0
    assert next(iter(counts)) == "document"


def test_a_store_that_is_not_there_is_an_error_in_words(store):
    with pytest.raises(StoreError, match="there is no store"), contextlib.ExitStack() as stack:
        stack.enter_context(store.view())
