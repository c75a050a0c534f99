"""The record from Python: typed records, frames, notebooks, the spaCy component."""

import json

import pandas as pd
import polars as pl
import pytest
import spacy

import onrecord
from onrecord.errors import StoreError, UsageError
from onrecord.model.record import Deal
from onrecord.model.text import Document
from onrecord.show.python import record as door

TEXT = 'Envoy Ilvo Marten of Denmark met officials of Vanuatu. "We agree on nothing," Marten said on Tuesday.'


@pytest.fixture
def record(demo):
    with onrecord.open(demo) as opened:
        yield opened


@pytest.fixture
def _kit(kit, monkeypatch):
    monkeypatch.setattr(door, "kit", lambda _: kit)


def test_deals_are_found_by_party_and_typed(record):
    """A filter by any of its names; as many as counted."""
    deals = list(record.deals(party="IRN"))
    assert {type(deal) for deal in deals} == {Deal}
    assert len(deals) == len(record.deals(who="IRN")) > 0
    assert len(record.deals(limit=2)) == 2
    assert all("IRN" in {ref.actor for ref in (*deal.parties, *deal.mediators)} for deal in deals)
    assert record.get(deals[0].id) == deals[0]


@pytest.mark.parametrize("family", ["documents", "statements", "acts", "steps", "custody", "events", "deals", "cases"])
def test_frames_have_a_row_a_record_and_a_column_a_field(record, family):
    """In polars and in pandas."""
    found = getattr(record, family)()
    fields = list(next(iter(found)).__struct_fields__)
    frame, other = found.to_polars(), found.to_pandas()
    assert isinstance(frame, pl.DataFrame)
    assert isinstance(other, pd.DataFrame)
    assert frame.height == len(other) == len(found)
    assert frame.columns == list(other.columns) == fields
    nested = "evidence" if "evidence" in fields else "developments" if "developments" in fields else None
    assert nested is None or isinstance(json.loads(frame[nested][0]), list)


def test_what_makes_no_sense_is_said(record, tmp_path):
    """An unknown filter, a path without a store, a reader that there isn't."""
    with pytest.raises(UsageError, match="colour"):
        record.deals(colour="red")
    with pytest.raises(UsageError):
        record.deals(who="RUS", party="RUS")
    with pytest.raises(StoreError, match="no store"):
        onrecord.open(tmp_path / "none.db")
    with pytest.raises(UsageError, match="learned"):
        onrecord.read_text("One.", reader="oracle")


@pytest.mark.usefixtures("_kit")
def test_a_text_is_read(record):
    """Everything that an article yields, with its day; a byte order mark and CRLF are no part of it."""
    result = onrecord.read_text("\ufeff" + TEXT + "\r\n", published="2031-05-07")
    assert result.document.text == TEXT + "\n"
    assert result.document.published == "2031-05-07"
    assert any(each.speaker and each.speaker.name == "Ilvo Marten" for each in result.statements)


@pytest.mark.usefixtures("_kit")
def test_spacy_documents_get_the_record():
    """The component gives the result and groups of spans over the document's own tokens."""
    from onrecord.show.python import component  # noqa: PLC0415 - registers the factory

    assert component.make
    nlp = spacy.blank("en")
    nlp.add_pipe("onrecord", config={"reader": "rules"})
    doc = nlp(TEXT)
    assert doc._.onrecord.statements
    assert any("We agree on nothing" in span.text for span in doc.spans["statements"])


def test_notebooks_show_records_and_nothing_in_them_is_a_tag(record):
    """Deals, statements, documents, the record itself; hostile text stays text."""
    for family in ("deals", "statements", "documents", "events", "cases", "acts"):
        shown = getattr(record, family)()._repr_html_()
        assert shown.startswith("<p>")
        assert "<h4>" in shown or "<blockquote>" in shown
    assert "deal" in record._repr_html_()
    assert "deal" in repr(record)
    hostile = Document(id="d", title="<script>x</script>", text="<img src=x onerror=y>\u202e", source='"><b>')
    assert "<script" not in hostile._repr_html_()
    assert "<img" not in hostile._repr_html_()
    assert "\u202e" not in hostile._repr_html_()
