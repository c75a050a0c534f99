"""The file of a store: ours or not, of which version, and what happens when something goes wrong under it."""

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from onrecord.errors import StoreError
from onrecord.keep import schema
from onrecord.keep.open import open_view, open_writer
from onrecord.keep.protocol import Query

TEXT = "Delegates met in Vila on the quiet terms of a truce, the minister said."


@pytest.fixture
def path(tmp_path):
    return tmp_path / "record.db"


def opened(path):
    with open_writer(path):
        pass
    return path


def refused(path, words):
    for door in (open_view, open_writer):
        with pytest.raises(StoreError, match=words), door(path):
            pass


def test_a_file_of_something_else_is_refused_and_not_touched(path):
    path.write_text("a letter home, longer than a header")
    refused(path, "not an onrecord store")
    assert path.read_text() == "a letter home, longer than a header"


def test_a_database_of_another_program_is_refused_and_not_touched(path):
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE songs (title)")
    other.close()
    before = path.read_bytes()
    refused(path, "another program")
    assert path.read_bytes() == before


def test_a_folder_is_refused(tmp_path):
    refused(tmp_path, "a folder, not a store")


def test_a_damaged_store_is_an_error_in_words(path):
    opened(path)
    path.write_bytes(path.read_bytes()[:16] + b"\xff" * 5000)
    refused(path, "not an onrecord store, or it is damaged")


def test_a_store_of_a_later_version_is_refused(path):
    opened(path)
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 9999")
    connection.close()
    refused(path, "later version")


def test_an_empty_file_becomes_a_store_by_writing_only(path):
    path.touch()
    with pytest.raises(StoreError, match="an empty file"), open_view(path):
        pass
    opened(path)
    with open_view(path) as view:
        assert view.count(Query(kind="deal")) == 0


def test_a_missing_folder_is_an_error_in_words(tmp_path):
    with pytest.raises(StoreError, match="can't be opened"), open_writer(tmp_path / "nowhere" / "x.db"):
        pass


def test_each_migration_is_noted_and_runs_once(path):
    opened(opened(path))
    with sqlite3.connect(path) as connection:
        rows = connection.execute("SELECT number, name FROM migration ORDER BY number").fetchall()
    connection.close()
    assert rows == [(number, name) for number, name, _ in schema.migrations()]
    assert [number for number, _ in rows] == list(range(1, len(rows) + 1))


def test_a_migration_that_fails_leaves_the_store_as_it_was(path, monkeypatch):
    opened(path)
    later = [*schema.migrations(), (9, "009_broken.sql", "CREATE TABLE half (a);\nCREATE TABLE half (a);\n")]
    monkeypatch.setattr(schema, "migrations", lambda: later)
    with pytest.raises(StoreError, match="already exists"), open_writer(path):
        pass
    with pytest.raises(StoreError, match="older version"), open_view(path):
        pass
    monkeypatch.undo()
    with sqlite3.connect(path) as connection:
        assert not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'half'").fetchone()
    connection.close()
    opened(path)


def test_a_locked_store_says_who_to_wait_for(path, made, monkeypatch):
    monkeypatch.setattr(schema, "WAIT_SECONDS", 0.05)
    with open_writer(path) as writer:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="another process is writing"):
            writer.add(made(TEXT))
        other.execute("ROLLBACK")
        other.close()
        assert writer.add(made(TEXT))


def test_a_full_disk_keeps_nothing_of_the_step_and_the_rest_stays(path, made):
    with open_writer(path) as writer:
        writer.add(made(TEXT))
        pages = writer._connection.execute("PRAGMA page_count").fetchone()[0]
        writer._connection.execute(f"PRAGMA max_page_count = {pages + 2}")
        with pytest.raises(StoreError, match="no space is left"):
            writer.add(made("Crates of " + "tinned fish " * 9000))
        assert writer.add(made(TEXT)) is False
    with open_view(path) as view:
        assert view.counts()["document"] == 1


def test_a_view_can_not_write(path):
    opened(path)
    with open_view(path) as view, pytest.raises(sqlite3.OperationalError):
        view._connection.execute("DELETE FROM record")


WRITES = """
import sys
import msgspec
from onrecord.keep.open import open_writer
from onrecord.model.wire import decode
from onrecord.model.article import ArticleResult
from onrecord.model.text import Document
from onrecord.model.rejection import Rejection
with open_writer(sys.argv[1]) as writer:
    for number in range(100000):
        text = f"Delegation {number} left. " + "And so on. " * 50
        document = Document(id=Document.id_of(text), title=None, text=text, source=f"{number}.txt")
        notes = tuple(
            Rejection(code="R301", stage="extract", document=document.id, note=str(note)) for note in range(40)
        )
        writer.add(ArticleResult(document=document, rejections=notes))
        if number == 20:
            print("going", flush=True)
"""


def test_a_kill_in_the_middle_leaves_nothing_half_written(path):
    with subprocess.Popen([sys.executable, "-c", WRITES, str(path)], stdout=subprocess.PIPE) as process:
        assert process.stdout.readline() == b"going\n"
        os.kill(process.pid, signal.SIGKILL)
    with open_view(path) as view:
        articles = list(view.articles())
        assert len(articles) > 20
        assert {len(article.rejections) for article in articles} == {40}
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()


def test_another_process_reads_while_one_writes(path, made):
    script = """
import sys
from onrecord.keep.open import open_view
with open_view(sys.argv[1]) as view:
    print(view.counts()["document"])
"""
    with open_writer(path) as writer:
        writer.add(made(TEXT))
        writer._connection.execute("BEGIN IMMEDIATE")
        run = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=False)
        writer._connection.execute("ROLLBACK")
    assert run.stdout == "1\n", run.stderr


def test_a_store_at_rest_is_read_from_a_folder_without_write_permission(path, made):
    with open_writer(path) as writer:
        writer.add(made(TEXT))
    assert not Path(f"{path}-wal").exists()
    path.chmod(0o444)
    path.parent.chmod(0o555)
    try:
        with open_view(path) as view:
            assert view.counts()["document"] == 1
    finally:
        path.parent.chmod(0o755)


def test_statements_of_a_script_come_one_by_one():
    script = (
        "-- a; b\nCREATE TABLE a (b);\n\nCREATE TRIGGER t AFTER INSERT ON a BEGIN\n  DELETE FROM a;\nEND;\nSELECT 1"
    )
    assert [part.split()[-1] for part in schema.statements(script)] == ["(b);", "END;", "1"]


def test_a_record_that_can_not_be_understood_is_a_store_error(path, made):
    with open_writer(path) as writer:
        writer.add(made(TEXT))
        writer._connection.execute("UPDATE record SET body = '{\"kind\": \"omen\"}' WHERE kind = 'act'")
    with open_view(path) as view, pytest.raises(StoreError, match="can't be understood"):
        list(view.find(Query(kind="act")))
