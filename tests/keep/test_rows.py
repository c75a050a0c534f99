"""Row numbers keep the order, counts keep step, corrections lie over what was read and lift off again."""

import sqlite3

import msgspec
import pytest

from onrecord.keep import keys, schema
from onrecord.keep.judge import corrected, withdrawn
from onrecord.keep.open import open_view, open_writer
from onrecord.keep.protocol import Query
from onrecord.model import wire

ONE = "Delegates met in Vila on the quiet terms of a truce, the minister said."
TWO = "Officials said nothing at all about a café that burned."
OTHER = '{"actor": "per-holm", "name": "Per Holm"}'
AT = "2031-06-01T00:00:00Z"


@pytest.fixture
def path(tmp_path, made):
    with open_writer(tmp_path / "x.db") as writer:
        writer.add(made(ONE))
        writer.add(made(TWO, published="2031-05-06", source="two.txt"))
    return tmp_path / "x.db"


def speakers(path, **asked):
    with open_view(path) as view:
        return [record.speaker.name for record in view.find(Query(kind="statement", **asked))]


def correction(path, made, value=OTHER):
    statement = made(ONE).statements[0]
    return corrected(record=statement.id, field="speaker", value=value, because="heard it", by="me", at=AT)


def test_numbers_fall_with_the_day_and_rise_with_the_id():
    later = keys.number("act", "2031-05-02", "act-0000000000000001", None, 0)
    first = keys.number("act", "2031-05-01", "act-0000000010000000", None, 0)
    second = keys.number("act", "2031-05-01", "act-00000000f0000000", None, 0)
    undated = keys.number("act", None, "act-0000000010000000", None, 0)
    assert later > first > second > undated
    low, high = keys.bounds("act")
    assert all(low <= number <= high for number in (later, first, second, undated))
    assert keys.bounds("custody")[0] > high
    assert keys.day_of((later >> keys.ID_BITS) & keys.LAST_DAY) == "2031-05-02"


def test_a_correction_is_shown_found_and_lifted(path, made):
    made_by_me = correction(path, made)
    with open_writer(path) as writer:
        writer.judge(made_by_me)
    assert sorted(speakers(path)) == ["Ilse Brøndum", "Per Holm"]
    assert speakers(path, who="holm") == ["Per Holm"]
    assert speakers(path, facets=(("speaker", "per-holm"),), text="truce") == ["Per Holm"]
    assert speakers(path, facets=(("speaker", "ilse-brøndum"),), text="truce") == []
    with open_view(path) as view:
        assert {one.speaker.name for article in view.articles() for one in article.statements} == {"Ilse Brøndum"}
    with open_writer(path) as writer:
        writer.judge(withdrawn(made_by_me, AT))
    assert speakers(path) == ["Ilse Brøndum", "Ilse Brøndum"]
    assert speakers(path, who="holm") == []


def test_a_correction_survives_reading_again(path, made):
    with open_writer(path) as writer:
        writer.judge(correction(path, made))
        assert writer.add(made(ONE, published="2032-01-01")) is True
    assert sorted(speakers(path)) == ["Ilse Brøndum", "Per Holm"]


def test_a_value_that_the_field_cannot_hold_changes_nothing(path, made):
    with open_writer(path) as writer:
        writer.judge(correction(path, made, value='{"nobody": 1}'))
    assert speakers(path) == ["Ilse Brøndum", "Ilse Brøndum"]


def test_tallies_are_what_counting_gives(path, made):
    with open_writer(path) as writer:
        writer.judge(correction(path, made))
        writer.add(msgspec.structs.replace(made(TWO, published="2031-05-06", source="two.txt"), acts=()))
    with open_view(path) as view, sqlite3.connect(path) as straight:
        for kind, count in view.counts().items():
            assert count == len(list(view.find(Query(kind=kind)))), kind
        assert view.tally("statement", "type") == {"say": 2}
        assert view.tally("act", "type") == {"CONSULT": 1}
        assert straight.execute("SELECT count(*) FROM words").fetchone()[0] == sum(
            view.counts()[kind] for kind in ("document", "statement", "act", "step", "custody")
        )
    straight.close()


def test_every_change_has_its_generation(path, made):
    with open_view(path) as view:
        before = view.generation()
        with open_writer(path) as writer:
            writer.judge(correction(path, made))
        assert view.generation() > before


def test_days_are_counted_without_the_records(path):
    with open_view(path) as view:
        assert view.days(Query(kind="document")) == {"2031-05-04": 1, "2031-05-06": 1}
        assert view.days(Query(kind="document", text="café")) == {"2031-05-06": 1}
        assert view.count(Query(kind="statement", text="the"), most=1) == 1


def test_a_store_of_version_1_is_brought_up_to_date(tmp_path, path, made):
    """The records of an old file come back whole, found and counted; a second writer has nothing left to do."""
    old = tmp_path / "old.db"
    first = schema.migrations()[0]
    article = made(ONE)
    with sqlite3.connect(old, isolation_level=None) as connection:
        for statement in schema.statements(first[2]):
            connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {schema.APPLICATION}")
        connection.execute("PRAGMA user_version = 1")
        connection.execute("INSERT INTO article VALUES (?, ?, ?)", (article.document.id, "2031-05-04", b"x"))
        insert = "INSERT INTO record (kind, id, article, place, body) VALUES (?, ?, ?, ?, ?)"
        for place, record in enumerate(article.records()):
            kind = str(record.__struct_config__.tag)
            row = (kind, getattr(record, "id", None), article.document.id, place, wire.encode(record))
            connection.execute(insert, row)
        judged = correction(path, made)
        connection.execute(insert, ("judgement", judged.id, None, 0, wire.encode(judged)))
    connection.close()
    for _ in range(2):
        with open_writer(old):
            pass
    assert speakers(old, who="holm", text="truce") == ["Per Holm"]
    with open_view(old) as view:
        assert list(view.articles()) == [article]
        assert view.counts()["act"] == 1
