"""One archive, read by one worker, by two, stopped anywhere: the same lake; whatever is in it, the run goes on."""

import json
import os
import random
import signal
import subprocess
import time
from pathlib import Path

import duckdb
import pytest
from tests.batch.conftest import command, lines, made, program

from onrecord.batch import plan as plans
from onrecord.batch.shard import DEATHS_THAT_TELL

pytestmark = pytest.mark.usefixtures("stub")


def content(lake: Path) -> dict[str, bytes]:
    """The bytes of every file that holds records, by its place in the lake."""
    return {str(file.relative_to(lake)): file.read_bytes() for file in sorted(lake.glob("*/month=*/*.parquet"))}


def ids(lake: Path) -> list[str]:
    """The ids of the documents, as anybody reads them."""
    return sorted(row[0] for row in duckdb.read_parquet(f"{lake}/document/*/*.parquet").select("id").fetchall())


def read(lake: Path, source: Path, *options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Read the source into the lake, in shards of ten."""
    return program("archive", str(source), "--lake", str(lake), "--shard-size", "10", *options, **environment)


def test_two_workers_give_the_bytes_of_one(tmp_path):
    source = lines(tmp_path / "a.jsonl", made(57))
    assert read(tmp_path / "one", source).returncode == 0
    assert read(tmp_path / "two", source, "--workers", "2").returncode == 0
    assert content(tmp_path / "one") == content(tmp_path / "two")
    assert len(ids(tmp_path / "one")) == len(set(ids(tmp_path / "one"))) == 57


@pytest.mark.parametrize("kills", [4, pytest.param(30, marks=pytest.mark.slow)])
def test_killed_anywhere_and_resumed_it_is_the_same_lake(tmp_path, kills):
    """SIGKILL to the run or to a worker of it, at random moments; no article is lost or read twice."""
    chance = random.Random(kills)
    source = lines(tmp_path / "a.jsonl", made(60))
    assert read(tmp_path / "whole", source).returncode == 0
    lake = tmp_path / "killed"
    arguments = ["archive", str(source), "--lake", str(lake), "--shard-size", "10", "--workers", "2"]
    for _ in range(kills):
        run = subprocess.Popen(command(*arguments), env=os.environ | {"SLOWLY": "0.05"}, stderr=subprocess.DEVNULL,
                               stdout=subprocess.DEVNULL, start_new_session=True)  # fmt: skip
        time.sleep(chance.uniform(0.3, 3.0))
        victims = [run.pid, *children(run.pid)] if chance.random() < 0.5 else children(run.pid)[:1]
        for victim in victims:
            kill(victim)
        if run.pid not in victims:
            time.sleep(chance.uniform(0.0, 1.0))
            kill(run.pid)
        run.wait()
    assert program(*arguments).returncode == 0
    assert content(lake) == content(tmp_path / "whole")
    assert len(ids(lake)) == len(set(ids(lake))) == 60


def children(process: int) -> list[int]:
    """The processes that this one started."""
    listed = Path(f"/proc/{process}/task/{process}/children")
    return [int(child) for child in listed.read_text().split()] if listed.exists() else []


def kill(process: int) -> None:
    """End a process of ours at once."""
    try:
        os.kill(process, signal.SIGKILL)
    except ProcessLookupError:
        return


def test_an_article_that_ends_its_worker_is_passed_and_written_down(tmp_path):
    texts = made(25)
    texts[13] = "KILL " + texts[13]
    done = read(tmp_path / "lake", lines(tmp_path / "a.jsonl", texts))
    assert done.returncode == 0, done.stderr
    assert len(ids(tmp_path / "lake")) == 24
    assert plans.deaths(tmp_path / "lake", 1) == {3: DEATHS_THAT_TELL}
    told = program("lake", "query", "SELECT source FROM rejection WHERE code = 'R290'", "--lake", str(tmp_path / "lake"),
                   "--format", "csv")  # fmt: skip
    assert "paper/13" in told.stdout
    assert "passed over" in done.stderr


def test_an_article_that_breaks_the_reader_costs_one_rejection(tmp_path):
    texts = made(12)
    texts[5] = "BREAK " + texts[5]
    assert read(tmp_path / "lake", lines(tmp_path / "a.jsonl", texts)).returncode == 0
    codes = [one.codes for one in plans.done(tmp_path / "lake").values()]
    assert {"R204": 1} in codes
    assert len(ids(tmp_path / "lake")) == 11


def test_another_plan_is_refused_in_words(tmp_path):
    source = lines(tmp_path / "a.jsonl", made(12))
    lake = tmp_path / "lake"
    read(lake, source)
    before = content(lake)
    other = read(lake, source, "--reader", "rules")
    assert other.returncode == 2
    assert "setting reader: learned then, rules now" in other.stderr
    smaller = program("archive", str(source), "--lake", str(lake), "--shard-size", "5")
    assert smaller.returncode == 2
    assert "--shard-size: 10 then, 5 now" in smaller.stderr
    with source.open("a") as file:
        file.write(json.dumps({"text": "One more."}) + "\n")
    grown = read(lake, source)
    assert grown.returncode == 2
    assert "of another size" in grown.stderr
    assert content(lake) == before


def test_ctrl_c_leaves_what_is_complete_and_no_process(tmp_path):
    source = lines(tmp_path / "a.jsonl", made(40))
    lake = tmp_path / "lake"
    run = subprocess.Popen(
        command("archive", str(source), "--lake", str(lake), "--shard-size", "10", "--workers", "2"),
        env=os.environ | {"SLOWLY": "0.4"}, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    until = time.monotonic() + 60
    while not list((lake / "done").glob("*.json")) and time.monotonic() < until:
        time.sleep(0.1)
    workers = children(run.pid)
    run.send_signal(signal.SIGINT)
    _, said = run.communicate(timeout=30)
    assert run.returncode == 130
    assert "the same command goes on from there" in said
    assert workers
    assert not [worker for worker in workers if Path(f"/proc/{worker}").exists()]
    assert program("archive", "--lake", str(lake)).returncode == 0
    assert len(ids(lake)) == 40


def test_one_run_at_a_time(tmp_path):
    source = lines(tmp_path / "a.jsonl", made(30))
    lake = tmp_path / "lake"
    with subprocess.Popen(
        command("archive", str(source), "--lake", str(lake)), env=os.environ | {"SLOWLY": "0.3"}, stderr=subprocess.DEVNULL
    ) as run:  # fmt: skip
        until = time.monotonic() + 60
        while not (lake / ".lock").exists() and time.monotonic() < until:
            time.sleep(0.05)
        second = program("archive", str(source), "--lake", str(lake))
        run.send_signal(signal.SIGINT)
    assert second.returncode == 2
    assert "another run is at work" in second.stderr


def test_the_same_words_in_two_shards_are_seen_once(tmp_path):
    texts = made(30)
    texts[3] = texts[2]
    texts[25] = texts[1]
    lake = tmp_path / "lake"
    done = read(lake, lines(tmp_path / "a.jsonl", texts))
    assert "1 read a second time" in done.stderr
    seen = program(
        "lake", "query", "SELECT count(*), count(DISTINCT id) FROM document", "--lake", str(lake), "--format", "csv"
    )
    assert seen.stdout.splitlines()[1] == "28,28"
    assert sum(one.codes.get("R292", 0) for one in plans.done(lake).values()) == 1


def test_a_folder_that_is_no_lake_is_left_alone(tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("All my work.")
    done = read(tmp_path / "mine", lines(tmp_path / "a.jsonl", made(1)))
    assert done.returncode == 2
    assert "not a lake" in done.stderr
    assert [file.name for file in (tmp_path / "mine").iterdir()] == ["thesis.txt"]


def test_a_part_comes_to_the_desk_and_a_lake_that_is_not_complete_is_not_assembled(tmp_path):
    lake, store = tmp_path / "lake", tmp_path / "desk.db"
    read(lake, lines(tmp_path / "a.jsonl", made(25)))
    loaded = program("lake", "load", "--lake", str(lake), "--into", str(store), "--since", "2031-02", "--limit", "5")
    assert loaded.returncode == 0, loaded.stderr
    assert "5 articles" in loaded.stderr
    shown = program("export", "--store", str(store), "--format", "jsonl", "--kind", "document")
    assert len(shown.stdout.splitlines()) == 5
    (lake / "done" / "000001.json").unlink()
    refused = program("lake", "assemble", "--lake", str(lake))
    assert refused.returncode == 2
    assert "1 shards are not complete" in refused.stderr
    assert "15" in program("lake", "query", "SELECT count(*) FROM document", "--lake", str(lake)).stdout


def test_killed_while_it_planned_it_plans_anew(tmp_path):
    lake = tmp_path / "lake"
    (lake / "document" / "month=undated").mkdir(parents=True)
    (lake / ".planning").touch()
    assert read(lake, lines(tmp_path / "a.jsonl", made(3))).returncode == 0
    assert len(ids(lake)) == 3
    assert not (lake / ".planning").exists()
