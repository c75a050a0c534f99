"""Each export of the demonstration's record, opened by the tool that it is for."""

import csv as reader
import io
import json
import os
import subprocess
from pathlib import Path

import duckdb
import icalendar
import polars as pl
import pyarrow.parquet
import pytest
import rdflib
import shapely

from onrecord.keep.open import open_view
from onrecord.keep.protocol import Query
from onrecord.lexicon.codes import ours
from onrecord.model import wire
from onrecord.model.text import Document
from onrecord.show.export import acled, gdelt, icews
from onrecord.show.export.formats import BY_NAME, FORMS
from onrecord.show.export.look import Look

ROOT = Path(__file__).resolve().parents[3]


class Export:
    """The bytes of an export, how many records went in, and how many had no place in it."""

    def __init__(self, store: Path, name: str, kind: str | None = None) -> None:
        form = BY_NAME[name]
        kinds = (kind,) if kind else form.usual or form.kinds
        with open_view(store) as view:
            look, self.provenance = Look(view.get), []
            look.trace = self.provenance.append
            self.went_in = sum(view.count(Query(kind=each)) for each in kinds)
            records = (record for each in kinds for record in view.find(Query(kind=each)))
            self.bytes = b"".join(form.write(records, look, kinds[0]))
            self.texts = {record.id: record.text for record in view.find(Query(kind="document"))}
        self.left_out = look.left_out

    @property
    def text(self) -> str:
        return self.bytes.decode()

    @property
    def lines(self) -> list[dict]:
        return [json.loads(line) for line in self.text.splitlines()]


@pytest.fixture(scope="module")
def export(demo):
    return lambda name, kind=None: Export(demo, name, kind)


@pytest.mark.parametrize("kind", ["document", "statement", "act", "deal", "case", "event", "actor", "judgement"])
def test_parquet_is_read_by_pyarrow_polars_and_duckdb(export, tmp_path, kind):
    """As many rows as records, the fields of the format as columns, and nested fields as JSON that reads back."""
    made = export("parquet", kind)
    path = tmp_path / "records.parquet"
    path.write_bytes(made.bytes)
    fields = list(wire.KINDS[kind].__struct_fields__)
    assert pyarrow.parquet.read_table(path).column_names == fields
    frame = pl.read_parquet(path)
    assert (frame.height, frame.columns) == (made.went_in, fields)
    assert duckdb.sql(f"select count(*) from '{path}'").fetchall() == [(made.went_in,)]  # noqa: S608
    if kind == "statement":
        [(content,)] = duckdb.sql(f"select content from '{path}' limit 1").fetchall()  # noqa: S608
        assert json.loads(content)[0]["text"]


def test_gdelt_rows_have_the_columns_of_the_codebook(export):
    """61 cells, whole numbers where they must be, CAMEO codes that begin with their root, FIPS countries."""
    made = export("gdelt")
    rows = [dict(zip(gdelt.COLUMNS, line.split("\t"), strict=True)) for line in made.text.splitlines()]
    assert len(gdelt.COLUMNS) == 61
    assert len(rows) == made.went_in - made.left_out
    assert 0 < len(rows) == len({row["GLOBALEVENTID"] for row in rows})
    fips = {ours().land(code).fips for code in ("TUR", "IRN", "KGZ", "TJK", "CHL", "BOL", "CAN", "VNM", "ECU", "PER")}
    places = 0
    for row in rows:
        for name in ("GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "IsRootEvent", "QuadClass", "NumMentions"):
            assert row[name].isdigit(), (name, row[name])
        assert int(row["GLOBALEVENTID"]) < 2**63
        assert row["SQLDATE"].startswith(row["MonthYear"])
        assert int(row["Year"]) <= float(row["FractionDate"]) < int(row["Year"]) + 1
        assert row["EventCode"].startswith(row["EventBaseCode"][:3])
        assert row["EventBaseCode"].startswith(row["EventRootCode"])
        assert 1 <= int(row["EventRootCode"]) <= 20
        assert -10 <= float(row["GoldsteinScale"]) <= 10
        assert len(row["DATEADDED"]) == 14
        assert row["ActionGeo_Type"] in {"0", "1", "4"}
        if row["ActionGeo_Type"] != "0":
            places += 1
            assert len(row["ActionGeo_CountryCode"]) in {0, 2}
            float(row["ActionGeo_Lat"])
    assert places
    assert fips & {row["ActionGeo_CountryCode"] for row in rows}
    assert any(row["EventCode"].startswith("0") for row in rows)


def test_icews_and_acled_rows_have_their_columns(export):
    """Header and cells agree, days are days, and what has no type is counted."""
    made = export("icews")
    rows = list(reader.DictReader(io.StringIO(made.text), delimiter="\t", quoting=reader.QUOTE_NONE))
    assert tuple(rows[0]) == icews.COLUMNS
    assert len(rows) == made.went_in - made.left_out
    assert all(-10 <= float(row["Intensity"]) <= 10 and row["CAMEO Code"] for row in rows)
    made = export("acled")
    rows = list(reader.DictReader(io.StringIO(made.text)))
    assert tuple(rows[0]) == acled.COLUMNS
    assert len(acled.COLUMNS) == 31
    assert len(rows) == made.went_in - made.left_out
    assert {row["disorder_type"] for row in rows} >= {acled.VIOLENCE, acled.DEMONSTRATIONS}
    assert all(row["year"] == row["event_date"][:4] for row in rows)


def test_plover_records_point_into_the_text(export):
    """The required fields are there, and every span holds."""
    made = export("plover")
    assert len(made.lines) == made.went_in
    for record in made.lines:
        assert {"id", "event", "text", "text_info", "cite_info"} <= set(record)
        text = made.texts[record["cite_info"]["document"]]
        spans = [record["text_info"]["event"], *record["text_info"]["sentence"], *record["text_info"]["actor"]]
        assert all(text[span["start"] : span["end"]] == span["text"] for span in spans)


def test_geojson_is_read_by_shapely(export):
    """A feature an event; every point is on the globe."""
    made = export("geojson")
    features = json.loads(made.text)["features"]
    assert len(features) == made.went_in
    points = [shapely.from_geojson(json.dumps(each["geometry"])) for each in features if each["geometry"]]
    assert points
    assert all(-180 <= point.x <= 180 and -90 <= point.y <= 90 for point in points)


def test_the_calendar_is_read_by_icalendar(export):
    """Whole days, in order."""
    calendar = icalendar.Calendar.from_ical(export("ical").bytes)
    entries = calendar.walk("VEVENT")
    assert entries
    assert all(entry["DTSTART"].dt < entry["DTEND"].dt for entry in entries)


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
def test_claims_are_read_by_rdflib_without_a_network(export):
    """As many Claims as statements, each with its words and its article."""
    made = export("jsonld")
    graph = rdflib.Graph().parse(data=made.text, format="json-ld")
    schema = rdflib.Namespace("https://schema.org/")
    claims = list(graph.subjects(rdflib.RDF.type, schema.Claim))
    assert len(claims) == made.went_in
    assert all(graph.value(claim, schema["text"]) and graph.value(claim, schema.appearance) for claim in claims)


@pytest.mark.parametrize("kind", ["statement", "act", "step", "custody"])
def test_annotations_hold_in_their_documents(export, kind):
    """Position and quotation name the same words of the document."""
    made = export("annotation", kind)
    assert len(made.lines) == made.went_in
    texts = set(made.texts.values())
    for note in made.lines:
        for target in note["target"]:
            place, quote = target["selector"][:2]
            assert any(text[place["start"] : place["end"]] == quote["exact"] for text in texts)


def test_citations_are_as_many_as_statements(export):
    """One of each."""
    ris, bibtex = export("ris"), export("bibtex")
    assert ris.text.count("TY  - NEWS\r\n") == ris.text.count("ER  - \r\n") == ris.went_in
    assert bibtex.text.count("@misc{statement-") == bibtex.went_in


def test_followthemoney_validates_every_entity(export):
    """The package itself, in its own environment (it needs ICU): valid, unchanged by cleaning, nothing dangling."""
    python = Path(os.environ.get("PEERS_VENV", ROOT / ".venv-peers")) / "bin" / "python"
    if not python.exists() and not os.environ.get("CI"):
        pytest.skip("needs .venv-peers: `make peers` (followthemoney wants libicu-dev, pkg-config and a compiler)")
    made = export("ftm")
    check = ROOT / "tests" / "peers" / "check_ftm.py"
    ran = subprocess.run([python, check], input=made.bytes, capture_output=True, check=True)
    assert ran.stdout.decode() == f"{len(made.lines)} entities\n"
    assert {entity["schema"] for entity in made.lines} >= {
        "Article", "Person", "Organization", "PublicBody", "Event", "Mention", "Note", "Documentation", "Sanction",
    }  # fmt: skip


def test_provenance_holds_word_for_word(export):
    """Every value's words stand in their document, and its entity is among the entities."""
    made = export("ftm")
    known = {entity["id"] for entity in made.lines}
    assert made.provenance
    for told in made.provenance:
        assert made.texts[told["document"]][told["start"] : told["end"]] == told["text"]
        assert told["entity"] in known


def test_every_format_is_tried(demo):
    """A format that is added must be opened by its tool in this file."""
    words = Path(__file__).read_text(encoding="utf-8")
    assert [form.name for form in FORMS if f'export("{form.name}"' not in words] == ["jsonl", "csv"]
    with open_view(demo) as view:
        assert isinstance(next(view.find(Query(kind="document"))), Document)
