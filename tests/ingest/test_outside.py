"""Rows of other data sets become accounts beside the record, and what is wrong with a row costs that row."""

import msgspec
import pytest

from onrecord.errors import UsageError
from onrecord.ingest import outside
from onrecord.keep.beside import beside
from onrecord.keep.open import open_view, open_writer
from onrecord.keep.protocol import Query
from onrecord.model.mention import ActorRef
from onrecord.model.moment import Period
from onrecord.model.outside import Outside
from onrecord.model.record import Event
from onrecord.model.rejection import Rejection
from onrecord.show.export.formats import BY_NAME
from onrecord.show.export.look import Look


def _file(tmp_path, text):
    path = tmp_path / "rows.txt"
    path.write_text(text, encoding="utf-8")
    return path


def _gdelt(**cells):
    row = [""] * 61
    named = {"row": 0, "day": 1, "one": 6, "land": 7, "two": 16, "land2": 17, "code": 26, "place": 52, "fips": 53}
    named |= {"lat": 56, "lon": 57, "url": 60}
    for name, value in cells.items():
        row[named[name]] = value
    return "\t".join(row) + "\n"


GDELT = _gdelt(
    row="77", day="20310504", one="DENMARK", land="DNK", two="ROMANIA", land2="ROM", code="190", place="Vila", fips="NH",
    lat="-17.7", lon="168.3", url="https://example.org/a",
)  # fmt: skip


def test_gdelt_rows(tmp_path):
    """By column; CAMEO and FIPS countries become ISO, the code becomes a type and is kept."""
    good, bad, off = outside.read(_file(tmp_path, GDELT + "1\t2\n" + GDELT.replace("-17.7", "-170")), "gdelt")
    assert (good.row, good.code, good.type) == ("77", "190", "ASSAULT")
    assert (good.actors[0].actor, good.targets[0].actor) == ("DNK", "ROU")
    assert good.date == Period("2031-05-04", "2031-05-04")
    assert (good.place.country, good.place.lat) == ("VUT", -17.7)
    assert {bad.code, off.code} == {"R190"}


def test_icews_rows(tmp_path):
    """By header, tabs between; a three-digit code keeps its zero."""
    head = (
        "Event ID\tEvent Date\tSource Name\tSource Country\tEvent Text\tCAMEO Code\tTarget Name\tTarget Country\tCity\n"
    )
    row = '5\t2031-05-04\tIlse "B" Brøndum\tDenmark\tConsult\t40\tVanuatu\tVanuatu\tVila\n'
    [found] = outside.read(_file(tmp_path, head + row), "icews")
    assert (found.code, found.type) == ("040", "CONSULT")
    assert (found.actors[0].name, found.actors[0].country) == ('Ilse "B" Brøndum', "DNK")
    assert found.targets[0].actor == "VUT"


def test_ucdp_rows_by_header(tmp_path):
    """Deaths as a range with the data set's own best estimate."""
    head = "id,type_of_violence,side_a,side_b,date_start,date_end,best,low,high,country,conflict_name\n"
    row = '9,1,Government of Vanuatu,"Red, Hats",2031-05-03,2031-05-05,12,10,,Vanuatu,Vila\n'
    good, bad = outside.read(_file(tmp_path, head + row + row.replace("2031-05-05", "2031-05-01")), "ucdp")
    assert good.figures[0] == outside.OutsideFigure("killed", 10, None, 12)
    assert (good.type, good.targets[0].name) == ("ASSAULT", "Red, Hats")
    assert isinstance(bad, Rejection)
    with pytest.raises(UsageError, match="lacks side_b"):
        list(outside.read(_file(tmp_path, "id,side_a,date_start,date_end,best,low,high\n"), "ucdp"))


def test_what_we_export_as_plover_and_gdelt_can_be_imported(demo, tmp_path):
    """Round trip: as many accounts as rows, with their ids, types and days."""
    for dataset, kind in (("plover", "act"), ("gdelt", "event"), ("icews", "event")):
        with open_view(demo) as view:
            records = {record.id: record for record in view.find(Query(kind=kind))}
            written = b"".join(BY_NAME[dataset].write(iter(records.values()), Look(view.get), kind))
        path = tmp_path / dataset
        path.write_bytes(written)
        found = list(outside.read(path, dataset))
        lines = len(written.splitlines()) - (dataset == "icews")
        assert (len(found), {type(each) for each in found}) == (lines, {Outside})
        if dataset == "plover":
            assert all(each.type == records[each.row].type for each in found)


@pytest.mark.parametrize("dataset", ["gdelt", "plover"])
def test_rubbish_costs_its_rows_and_nothing_else(tmp_path, dataset):
    """Whatever is in a file, each line is an account or a rejection."""
    text = '{"id": 1, "event": []}\n[1]\nnull\n{"id": "x", "event": "AID", "actor": [3], "date": "soon"}\n\x00\n'
    assert {type(each) for each in outside.read(_file(tmp_path, text), dataset)} <= {Rejection, Outside}


def test_an_account_stands_beside_an_event_and_is_no_evidence(tmp_path, made):
    """Kept, found, replaced by the same row, survives a rebuild; never an article, never a part of the record."""
    store = tmp_path / "desk.db"
    [account] = outside.read(_file(tmp_path, GDELT), "gdelt")
    states = (ActorRef("DNK", "Denmark", "DNK"), ActorRef("ROU", "Romania", "ROU"))
    event = Event(
        id="e1", type="ASSAULT", actors=states[:1], targets=states[1:], date=Period("2031-05-05", "2031-05-05")
    )  # fmt: skip
    with open_writer(store) as writer:
        writer.add(made("Delegates met in Vila."))
        assert writer.stand_beside(account)
        assert not writer.stand_beside(account)
        assert writer.stand_beside(msgspec.structs.replace(account, title="seen again"))
        writer.replace([event])
    with open_view(store) as view:
        assert view.counts()["outside"] == 1
        assert len(list(view.articles())) == 1
        [found] = view.find(Query(kind="outside", who="DNK", since="2031-05", status="gdelt"))
        assert found.title == "seen again"
        assert list(beside(view, event)) == [found]
        others = (
            msgspec.structs.replace(event, type="AID"),
            msgspec.structs.replace(event, date=Period("2031-05-07", "2031-05-07")),
            msgspec.structs.replace(event, targets=(ActorRef("VUT", "Vanuatu", "VUT"),)),
            msgspec.structs.replace(event, date=None),
        )
        assert [list(beside(view, other)) for other in others] == [[], [], [], []]
