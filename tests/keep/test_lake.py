"""What goes into a lake comes out as it was; a query reads the lake and nothing else."""

import re
from pathlib import Path

import pandas as pd
import polars as pl
import pytest
from pyarrow import parquet

from onrecord.errors import StoreError, UsageError
from onrecord.keep import lake_files
from onrecord.keep.lake import Part, find_repeats, open_lake
from onrecord.keep.lake_columns import ASSEMBLED, FROM_ARTICLES, columns
from onrecord.keep.lake_kin import write_kin
from onrecord.keep.lake_write import ShardWriter, write_records
from onrecord.model.record import Actor
from onrecord.model.wire import KINDS

ONE = "Delegates met in Vila on the quiet terms of a truce, the minister said."
TWO = "Officials said nothing at all about a café — “that” burned 😀."
THREE = "Envoys of both sides left Vila without a word."


@pytest.fixture
def lake(tmp_path: Path, made) -> Path:
    """Two shards: one article in the first, in the second two and the first once more."""
    lake_files.lay(tmp_path)
    for number, texts in enumerate([[ONE], [TWO, ONE, THREE]]):
        writer = ShardWriter(tmp_path, number)
        for text in texts:
            writer.add(made(text, published=None if text == TWO else "2031-05-04"))
        writer.close()
    return tmp_path


def test_every_kind_has_its_fields_as_columns():
    for kind in (*FROM_ARTICLES, *ASSEMBLED):
        names = columns(kind).names
        assert tuple(names[: len(KINDS[kind].__struct_fields__)]) == KINDS[kind].__struct_fields__


def test_articles_come_back_as_they_were(lake, made):
    with open_lake(lake) as opened:
        back = list(opened.articles(Part()))
    wanted = [made(ONE), made(TWO, published=None), made(ONE), made(THREE)]
    assert back == wanted


def test_a_text_in_two_shards_is_seen_once(lake, made):
    assert find_repeats(lake) == 1
    with open_lake(lake) as opened:
        assert list(opened.articles(Part())) == [made(ONE), made(TWO, published=None), made(THREE)]
        for kind in ("statement", "act", "step", "custody", "mention", "rejection"):
            assert len(list(opened.records(kind))) == 3


def test_a_part_of_it(lake, made):
    find_repeats(lake)
    with open_lake(lake) as opened:
        assert list(opened.articles(Part(since="2031-05-04"))) == [made(ONE), made(THREE)]
        assert list(opened.articles(Part(until="2031-05-03"))) == []
        assert list(opened.articles(Part(who="VUT", limit=1))) == [made(ONE)]
        assert list(opened.articles(Part(country="VUT", since="2031"))) == [made(ONE), made(THREE)]
        assert list(opened.articles(Part(who="it's nobody"))) == []


def test_incomplete_shards_are_left_out(lake):
    with open_lake(lake, complete=[0]) as opened:
        assert next(opened.rows("SELECT count(*) FROM document")) == (1,)


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM document",
        "COPY document TO 'out.csv'",
        "SELECT 1; SELECT 2",
        "SELECT * FROM nothing",
        "SELEC",
        "ATTACH 'x.db'",
        "INSTALL httpfs",
        "SET threads = 9",
        "",
    ],
)
def test_a_query_only_reads(lake, sql):
    with open_lake(lake) as opened, pytest.raises(UsageError):
        opened.query(sql)


@pytest.mark.parametrize("reader", ["read_text('{}')", "read_csv('{}')", "read_parquet('{}')", "glob('{}*')"])
def test_a_query_opens_no_file_outside_the_lake(lake, tmp_path_factory, reader):
    outside = tmp_path_factory.mktemp("outside") / "notes.txt"
    outside.write_text("what is nobody's business")
    with open_lake(lake) as opened, pytest.raises((UsageError, StoreError), match=r"ermission|disabled"):
        list(opened.query("SELECT * FROM " + reader.format(outside))[1])  # noqa: S608 - that is what is tried


def test_other_tools_open_it(lake):
    table = str(lake / "statement")
    frame = pd.read_parquet(table)
    assert len(frame) == 4
    assert set(frame["month"].astype(str)) == {"2031-05", "undated"}
    assert pl.scan_parquet(f"{table}/**/*.parquet", hive_partitioning=True).collect().height == 4
    assert parquet.read_table(lake / "act" / "month=2031-05" / "000000.parquet").num_rows == 1


def test_assembled_records_are_written_whole_or_not_at_all(lake):
    place = lake / "actor" / "000000.parquet"
    actor = Actor(id="tomas-weir", name="Tomás Weir", aliases=("Mr Weir",), sort="person", country="IRL")
    assert write_records(place, "actor", [actor]) == 1

    def broken():
        yield actor
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_records(place, "actor", broken())
    with open_lake(lake) as opened:
        assert list(opened.records("actor")) == [actor]


def test_a_folder_that_is_no_lake_is_said(tmp_path):
    with pytest.raises(UsageError, match="not a lake"), open_lake(tmp_path):
        pass


QUESTIONS = re.findall(
    r"```sql\n(.*?)```",
    (Path(__file__).parents[2] / "docs" / "how-to" / "archive.md").read_text(encoding="utf-8"),
    re.DOTALL,
)


@pytest.mark.parametrize("number", range(10))
def test_the_questions_of_the_how_to_are_answered(lake, number):
    assert len(QUESTIONS) == 10
    with open_lake(lake) as opened:
        names, rows = opened.query(QUESTIONS[number])
        assert names
        assert all(len(row) == len(names) for row in rows)


def test_copies_are_laid_over_the_articles(lake):
    """Who reads through the lake sees what copies what; what was read stays as it was read."""
    with open_lake(lake) as opened:
        first, second, *_ = sorted(one.id for one in opened.records("document"))
        total = next(opened.rows("SELECT count(*) FROM document"))
    write_kin(lake, {first: second}, {})
    with open_lake(lake) as opened:
        shown = {one.id: one.copy_of for one in opened.records("document")}
        read = {one.document.copy_of for one in opened.articles(Part())}
        assert next(opened.rows("SELECT count(*) FROM document")) == total
    assert shown[first] == second
    assert shown[second] is None
    assert read == {None}
    write_kin(lake, {first: second}, {first: second})
    with open_lake(lake) as opened:
        (told,) = opened.records("document", "WHERE told.id = ?", [first])
    assert (told.copy_of, told.version_of) == (None, second)
