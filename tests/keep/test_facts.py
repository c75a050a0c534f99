"""What is indexed of a record: the days it is found by, its words, people, countries and parts."""

import pytest

from onrecord.keep.facts import facts
from onrecord.keep.judge import judged
from onrecord.model.mention import ActorRef
from onrecord.model.moment import Period
from onrecord.model.record import Case, CaseEntry, Deal, Development, Event
from onrecord.model.text import Span

TEXT = "Delegates met in Vila on the quiet terms of a truce."
SPAN = Span(0, 9, "Delegates", "doc-1")


def published(_):
    return "2031-05-04"


def case(*periods, **fields):
    history = tuple(CaseEntry(status="detained", evidence=(SPAN,), date=period) for period in periods)
    person = ActorRef("tomas-weir", "Tomás Weir", "IRL")
    return Case(id="case-1", person=person, status="detained", history=history, **fields)


@pytest.mark.parametrize(
    ("periods", "since", "until", "day"),
    [
        ([None], "2031-05-04", "2031-05-04", "2031-05-04"),
        ([Period("2031-01-02", "2031-01-03")], "2031-01-02", "2031-01-03", "2031-01-02"),
        (
            [Period("2031-01-02", "2031-01-03"), Period("2030-06-01", "2030-06-30")],
            "2030-06-01",
            "2031-01-03",
            "2031-01-02",
        ),
        ([Period("2031-01-02", None)], "2031-01-02", None, "2031-01-02"),
        ([Period(None, "2031-01-03")], None, "2031-01-03", "2031-01-03"),
        ([Period(None, None)], "2031-05-04", "2031-05-04", "2031-05-04"),
    ],
)
def test_days(periods, since, until, day):
    known = facts(case(*periods), published)
    assert (known.since, known.until, known.day) == (since, until, day)


def test_a_record_of_an_undated_document_has_no_day(made):
    known = facts(made(TEXT, published=None).statements[0], lambda _: None)
    assert (known.since, known.until, known.day) == (None, None, None)


def test_people_are_those_in_a_role(made):
    result = made(TEXT)
    assert facts(result.statements[0], published).names == {("ilse-brøndum", "Ilse Brøndum")}
    assert facts(result.acts[0], published).names == {("DNK", "Denmark"), ("VUT", "Vanuatu")}
    assert facts(result.custody[0], published).countries == {"IRL", "VUT"}


def test_a_whole_knows_its_parts():
    entry = Development(step="agreed", document="doc-1", evidence=(SPAN,), id="step-1", voice="statement-1")
    deal = Deal(
        id="deal-1",
        deal_kind="talks",
        parties=(),
        title="T",
        status="agreed",
        developments=(entry,),
        made_by=("step-2",),
    )
    assert facts(deal, published).parts == {"doc-1", "step-1", "statement-1", "step-2"}
    assert facts(deal, published).deal == "deal-1"
    assert facts(case(None, claims=("custody-1",), deal="deal-1"), published).parts == {"custody-1", "doc-1"}
    assert facts(Event(id="event-1", type="CONSULT", acts=("act-1",)), published).parts == {"act-1"}
    verdict = judged(left="b", verdict="same", right="a", because="x", by="me", at="2031-01-01T00:00:00Z")
    assert facts(verdict, published).parts == {"a", "b"}


def test_the_words_of_documents_and_statements_are_searched(made):
    result = made(TEXT)
    assert facts(result.document, published).text == TEXT
    assert facts(result.statements[0], published).text == TEXT
    assert facts(result.acts[0], published).text is None
