"""A lake assembles to the record that a store assembles to, copies and repeats included."""

from pathlib import Path

import pytest

from onrecord import pipeline
from onrecord.batch import assemble
from onrecord.ingest.files import open_sources
from onrecord.keep import lake_files
from onrecord.keep.lake import find_repeats, open_lake
from onrecord.keep.lake_columns import ASSEMBLED
from onrecord.keep.lake_write import ShardWriter
from onrecord.model import wire

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def results(kit):
    """The made-up dispatches, read."""
    folder = ROOT / "examples" / "dispatches"
    files = sorted(str(file) for file in folder.glob("*/article.*"))
    days = {file: f"2031-05-{number + 1:02}" for number, file in enumerate(files)}
    return [
        pipeline.per_article(item, kit) for file in files for item in open_sources([file], kit.settings, days[file])
    ]


@pytest.mark.parametrize("workers", [1, pytest.param(2, marks=pytest.mark.slow)])
def test_a_lake_assembles_as_a_store_does(tmp_path, results, workers):
    lake_files.lay(tmp_path)
    shards = [results[:5], results[5:9], [*results[9:], results[0]]]
    for number, several in enumerate(shards):
        writer = ShardWriter(tmp_path, number)
        for result in several:
            writer.add(result)
        writer.close()
    assert find_repeats(tmp_path) == 1
    counts = assemble.run(tmp_path, workers=workers)
    wanted = sorted(wire.encode(record) for record in pipeline.whole_record(results))
    with open_lake(tmp_path) as opened:
        found = sorted(wire.encode(record) for kind in ASSEMBLED for record in opened.records(kind))
    assert found == wanted
    assert sum(counts.values()) == len(wanted)
    assert counts["deal"] > 0
    assert counts["case"] > 0


def test_traces_are_made_once(tmp_path, results, monkeypatch):
    lake_files.lay(tmp_path)
    writer = ShardWriter(tmp_path, 0)
    for result in results[:3]:
        writer.add(result)
    writer.close()
    first = assemble.run(tmp_path)
    monkeypatch.setattr(assemble, "trace_shard", lambda *_: pytest.fail("traced again"))
    assert assemble.run(tmp_path) == first
