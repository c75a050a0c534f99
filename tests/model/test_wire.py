"""The wire: what is written comes back, every line fits the published schema, and the schema file is in step."""

import json
from pathlib import Path

import jsonschema
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import UsageError
from onrecord.keep.judge import corrected
from onrecord.model import wire
from onrecord.model.claim import Figure, Terms
from onrecord.model.mention import ActorRef
from onrecord.model.moment import Period
from onrecord.model.outside import Outside, OutsideFigure
from onrecord.model.record import (
    Account,
    Actor,
    Case,
    CaseEntry,
    CompetingFigure,
    Deal,
    Development,
    Event,
    Role,
)
from onrecord.model.text import Document, Span

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = ROOT / "docs" / "reference" / "record.schema.json"
TEXT = "Delegates met in Vila on the quiet terms of a truce."
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


def spans(document: str | None) -> st.SearchStrategy[Span]:
    made = st.tuples(st.integers(0, 10**6), WORDS.filter(bool))
    return made.map(lambda pair: Span(pair[0], pair[0] + len(pair[1]), pair[1], document))


DAYS = st.dates().map(lambda day: day.isoformat())
PERIODS = st.tuples(DAYS, DAYS).map(lambda days: Period(min(days), max(days), "approx"))
ACTORS = st.builds(ActorRef, WORDS, WORDS, st.none() | WORDS, st.none() | WORDS, st.none() | spans(None))
EVIDENCE = st.lists(spans("doc-1"), min_size=1, max_size=3).map(tuple)
FIGURES = st.builds(
    Figure,
    what=st.sampled_from(["killed", "released"]),
    low=st.none() | st.integers(0),
    high=st.none(),
    span=spans(None),
)
DEALS = st.builds(
    Deal,
    id=WORDS,
    deal_kind=st.sampled_from(["ceasefire", "prisoner_exchange"]),
    parties=st.lists(ACTORS, max_size=3).map(tuple),
    title=WORDS,
    terms=st.builds(
        Terms, ratio=st.none() | st.tuples(st.integers(0, 99), st.integers(0, 99)), figures=st.lists(FIGURES).map(tuple)
    ),
    status=st.sampled_from(["agreed", "disputed"]),
    developments=st.lists(
        st.builds(
            Development,
            step=st.sampled_from(["agreed", "denied"]),
            by=st.none() | ACTORS,
            date=st.none() | PERIODS,
            document=WORDS,
            evidence=EVIDENCE,
        ),
        max_size=3,
    ).map(tuple),
)


def samples(made) -> list[msgspec.Struct]:
    """One record of every kind."""
    span = Span(0, 9, "Delegates", "doc-1")
    person = ActorRef("tomas-weir", "Tomás Weir", "IRL", "clerk", Span(0, 2, "he"))
    development = Development(step="agreed", document="doc-1", evidence=(span,), by=person)
    account = Account(by=person, low=1, high=None, evidence=(span,))
    return [
        *made(TEXT).records(),
        Actor(id="a", name="A", sort="person", roles=(Role(role="clerk", evidence=(span,)),)),
        Event(id="e", type="CONSULT", figures=(CompetingFigure(what="killed", low=1, high=2, accounts=(account,)),)),
        Deal(id="d", deal_kind="talks", parties=(person,), title="T", status="agreed", developments=(development,)),
        Case(id="c", person=person, status="charged", history=(CaseEntry(status="charged", evidence=(span,)),)),
        Outside(id="o", dataset="ucdp", row="1", actors=(person,), figures=(OutsideFigure("killed", 1, None, 2),)),
        corrected(record="c", field="status", value="died", because="x", by="me", at="2031-01-01T00:00:00Z"),
    ]  # fmt: skip


def test_there_is_a_sample_of_every_kind(made) -> None:
    assert {wire.KINDS[str(type(record).__struct_config__.tag)] for record in samples(made)} == set(wire.KINDS.values())


def test_what_is_written_comes_back(made) -> None:
    records = samples(made)
    assert list(wire.decode_lines(wire.encode_lines(records))) == records


@given(DEALS)
def test_any_deal_comes_back(deal) -> None:
    line = wire.encode(deal)
    assert wire.decode(line) == deal
    assert wire.encode(wire.decode(line)) == line
    assert b"\n" not in line


@given(WORDS.filter(bool))
def test_any_text_comes_back(text) -> None:
    document = Document(id=Document.id_of(text), title=text, text=text, source=text)
    assert wire.decode(wire.encode(document)) == document


def test_kind_comes_first_and_fields_in_the_order_of_the_types(made) -> None:
    for record in samples(made):
        keys = list(json.loads(wire.encode(record)))
        assert keys[0] == "kind"
        assert [key for key in type(record).__struct_fields__ if key in keys] == keys[1:]


def test_every_line_fits_the_published_schema(made) -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    validator = jsonschema.Draft202012Validator(schema)
    validator.check_schema(schema)
    for line in wire.encode_lines(samples(made)):
        validator.validate(json.loads(line))
    with pytest.raises(jsonschema.ValidationError):
        validator.validate({"kind": "act", "id": "x"})


def test_the_published_schema_is_in_step_with_the_types() -> None:
    assert SCHEMA.read_bytes() == wire.schema_file(), "run `make docs`"


@pytest.mark.parametrize(
    "line",
    ["", "[]", "{}", '{"kind": "deed"}', '{"kind": "statement", "id": "s"}', '{"kind": "rejection", "code": "R0"}'],
)
def test_what_is_no_record_is_a_usage_error(line) -> None:
    with pytest.raises(UsageError, match="not a record of format version 1"):
        wire.decode(line)


def test_a_field_of_a_later_version_does_no_harm(made) -> None:
    value = json.loads(wire.encode(made(TEXT).acts[0]))
    value["weather"] = "fine"
    assert wire.decode(json.dumps(value)) == made(TEXT).acts[0]


def test_blank_lines_are_passed_over(made) -> None:
    line = wire.encode(made(TEXT).acts[0])
    assert len(list(wire.decode_lines([b"\n", line, b"  "]))) == 1
