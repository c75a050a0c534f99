"""Each export is opened by the tool it is for."""

import csv as reader
import io
import json

import pytest

from onrecord.model.claim import Statement
from onrecord.model.mention import ActorRef, PlaceRef
from onrecord.model.record import Event
from onrecord.model.text import Document, Span
from onrecord.show.export import annotation, csv, geojson
from onrecord.show.export.look import Look

TEXT = '=1+1, said Ilvo Marten 😀: "We agree."'
SPAN = Span(start=11, end=len(TEXT), text=TEXT[11:])
DOCUMENT = Document(id="d1", title=None, text=TEXT, source="https://example.org/a")
SAID = Statement(
    id="s1",
    document="d1",
    speaker=ActorRef(actor="ilvo-marten", name="=Ilvo, Marten"),
    cue=None,
    content=(SPAN,),
    quotation="direct",
    evidence=(SPAN,),
)
EVENTS = [
    Event(id="e1", type="ASSAULT", place=PlaceRef(name="Orrin", lat=10.5, lon=-20.25), title="=SUM(1)"),
    Event(id="e2", type="CONSULT"),
]


def test_csv_reads_back_and_runs_no_formula() -> None:
    """Every row has every field, and a cell that begins as a formula is kept as text."""
    rows = list(reader.DictReader(io.StringIO("".join(csv.write(EVENTS, Event)))))
    assert [row["id"] for row in rows] == ["e1", "e2"]
    assert rows[0]["title"] == "'=SUM(1)"
    assert json.loads(rows[0]["place"])["lon"] == -20.25


@pytest.mark.parametrize("count", [0, 1, 2])
def test_geojson_holds_every_event(count: int) -> None:
    """None, one or more events make a whole collection, longitude before latitude (RFC 7946)."""
    features = json.loads("".join(geojson.write(EVENTS[:count])))["features"]
    assert len(features) == count
    points = [feature["geometry"] for feature in features if feature["geometry"]]
    assert points == [{"type": "Point", "coordinates": [-20.25, 10.5]}][:count]


def test_annotations_stand_at_their_offsets() -> None:
    """Position and quotation name the same words, counted in code points."""
    [line] = annotation.write([SAID], Look({"d1": DOCUMENT}.get))
    [target] = json.loads(line)["target"]
    place, words, found = target["selector"]
    assert TEXT[place["start"] : place["end"]] == words["exact"]
    assert words["prefix"] + words["exact"] + words["suffix"] == TEXT[:]
    assert found["value"].endswith("%20%22We%20agree.%22")


def test_a_statement_without_its_document_is_left_out() -> None:
    """No annotation points to a text that the record doesn't hold."""
    look = Look({}.get)
    assert not list(annotation.write([SAID], look))
    assert look.left_out == 1
