"""Assemble the whole record of a lake out of core: DuckDB sorts and groups, `reconcile`'s pure functions do each block.

First every shard's articles leave their traces, several shards at once; then the blocks are gone through: actors,
events, deals, cases. What is held in memory is a shard, a block, the strands of one kind of deal, and which
documents copy which.
"""

import multiprocessing
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

import msgspec

from onrecord.keep.lake import Part, open_lake
from onrecord.keep.lake_files import shards_of
from onrecord.keep.lake_kin import write_kin
from onrecord.keep.lake_traces import Traces
from onrecord.keep.lake_write import write_records
from onrecord.model.record import Deal
from onrecord.model.rulings import rulings
from onrecord.model.shelf import Row
from onrecord.reconcile import actors, assemble, bundles, copies, deals, trace
from onrecord.resolve.judge import Judge

_FILE = "000000.parquet"

type Tell = Callable[[str], None]


def run(lake: Path, *, workers: int = 1, memory: str = "3GB", tell: Tell = lambda _: None) -> dict[str, int]:
    """Assemble a lake and write actors, events, deals and cases into it; return how many there are of each."""
    leave_traces(lake, workers, tell)
    ruled, persons, traces = rulings(()), Judge(), Traces(lake, trace.VERSION)
    named: dict[str, list[tuple[bool, str]]] = defaultdict(list)
    counts: dict[str, int] = {}
    with open_lake(lake, memory=memory, threads=max(1, workers)) as opened:
        kin = copies.kin(trace.sentences_in(row) for row in traces.shared(opened, trace.TEXT))
        copied = kin.voices
        write_kin(lake, copied, kin.versions)
        tell(f"{len(copied)} copies of other articles")

        def write(kind: str, records: Iterator[msgspec.Struct]) -> None:
            counts[kind] = write_records(lake / kind / _FILE, kind, records)
            tell(f"{counts[kind]} {kind}s")

        def told_of(deal: Deal) -> Deal:
            for person in sorted({ref.actor for ref in (*deal.persons, *deal.left_out)}):
                named[person].append((deal.status != "carried_out", deal.id))
            return deal

        def nothing(_record: str, _items: object) -> None: ...

        write("actor", (actors.build(one, actors.total(bodies)) for one, bodies in traces.tallies(opened)))
        write(
            "event",
            (
                event
                for _, rows in traces.blocks(opened, trace.DEED)
                for event in assemble.events_of(rows, ruled, copied, nothing)
            ),
        )

        def dealt() -> Iterator[Deal]:
            for _, rows in traces.blocks(opened, trace.STRAND):
                strands, echoes = assemble.voices((trace.strand_in(row) for row in rows), copied)
                for one in sorted(bundles.arrange(strands, ruled), key=lambda one: one.founder.deal):
                    yield told_of(deals.build(one, ruled, echoes))

        write("deal", dealt())
        write(
            "case",
            (
                case
                for _, rows in traces.blocks(opened, trace.REPORT)
                for case in assemble.cases_of(
                    [row for row in rows if row.document not in copied], ruled, persons, named, nothing
                )
            ),
        )
    return counts


def leave_traces(lake: Path, workers: int, tell: Tell) -> None:
    """Make the traces of every shard that has none yet."""
    traces, files = Traces(lake, trace.VERSION), shards_of(lake)
    left = [shard for shard in sorted(files) if not traces.has(shard)]
    if workers <= 1 or len(left) < 2:
        for number, shard in enumerate(left, start=1):
            trace_shard(lake, shard, files[shard])
            tell(f"{number} of {len(left)} shards traced")
        return
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
        waiting = [pool.submit(trace_shard, lake, shard, files[shard]) for shard in left]
        for number, made in enumerate(as_completed(waiting), start=1):
            made.result()
            tell(f"{number} of {len(left)} shards traced")


def trace_shard(lake: Path, shard: int, files: dict[str, list[Path]]) -> None:
    """Write the traces of one shard's articles."""
    persons = Judge()
    rows: list[tuple[str, Row]] = []
    tallies: dict[str, actors.Tally] = {}
    with open_lake(lake, files=files, memory="1GB", threads=1) as opened:
        for article in opened.articles(Part()):
            made = trace.of(article, persons)
            rows += [(_block(row), row) for row in made.rows]
            for actor, body in made.tallies.items():
                if actor in tallies:
                    tallies[actor].add(actors.unpacked(body))
                else:
                    tallies[actor] = actors.unpacked(body)
    packed = {actor: actors.packed(tallies[actor]) for actor in sorted(tallies)}
    Traces(lake, trace.VERSION).write(shard, rows, packed)


def _block(row: Row) -> str:
    match row.shelf:
        case trace.DEED:
            return assemble.event_block(row)
        case trace.STRAND:
            return row.keys[0].partition("|")[0]
        case trace.REPORT:
            return row.keys[0]
    return ""
