"""`onrecord archive`: read an archive into a lake, with any number of workers, stopped and resumed."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.show.cli.config import configure
from onrecord.show.cli.read import Reader
from onrecord.show.cli.screen import tell

if TYPE_CHECKING:
    from onrecord.batch.plan import Plan


class Engine(StrEnum):
    """What runs the workers."""

    LOCAL = "local"
    SLURM = "slurm"
    RAY = "ray"


def archive(
    sources: Annotated[
        list[str] | None,
        typer.Argument(metavar="SOURCE", help="Files, folders, patterns or fsspec addresses; none to resume."),
    ] = None,
    lake: Annotated[Path, typer.Option("--lake", metavar="DIR", help="The folder that the record goes to.")] = Path(
        "lake"
    ),
    engine: Annotated[Engine, typer.Option("--engine", help="What runs the workers.")] = Engine.LOCAL,
    workers: Annotated[int, typer.Option("--workers", min=1, help="Workers, one core each.")] = 1,
    shard_size: Annotated[int, typer.Option("--shard-size", min=1, help="Articles a shard, at most.")] = 1000,
    published: Annotated[
        str | None, typer.Option("--published", metavar="DATE", help="Publication date of all sources (ISO 8601).")
    ] = None,
    reader: Annotated[Reader | None, typer.Option("--reader", help="Default: the setting `reader`.")] = None,
    partition: Annotated[str, typer.Option("--partition", help="Slurm: the partition.")] = "compute",
    time: Annotated[str, typer.Option("--time", help="Slurm: the time limit of a task.")] = "24:00:00",
    memory: Annotated[int, typer.Option("--memory", help="Slurm and Ray: GB a worker.")] = 2,
    setup: Annotated[
        str | None, typer.Option("--setup", metavar="COMMAND", help="Slurm: what makes onrecord known on a node.")
    ] = None,
) -> None:
    """Read JSON Lines, Parquet, WARC, text and pages into a lake of Parquet, a file a shard, kind and month.

    Run it again to resume: what is complete is not read twice, and another plan (other sources, settings, code) is
    refused. Ctrl-C ends it cleanly. An article that ends its worker three times is passed over and written down.

    Example: onrecord archive news.jsonl.gz --lake lake --workers 8

    Example: onrecord archive "s3://bucket/2031/*.warc.gz" --lake lake --engine slurm --workers 64 --partition cpu
    """
    from onrecord.batch import plan as plans
    from onrecord.ingest.files import check_date

    if published is not None:
        check_date(published)
    settings = configure(reader=reader.value if reader else None).settings
    if not sources and (lake / plans.PLAN).is_file() and reader is None:
        settings = plans.load(lake).settings
    plan, resumed = plans.prepare(lake, sources or [], settings, published=published, shard_size=shard_size)
    ready = plans.done(lake)
    what = f"{plan.articles} articles in {plan.shards} shards"
    tell(f"{what}, {len(ready)} of them complete" if resumed else f"{what}; the plan is in {lake / plans.PLAN}")
    if len(ready) < plan.shards:
        if engine is Engine.SLURM:
            from onrecord.batch import cluster

            job = cluster.slurm(lake, workers, partition=partition, time=time, memory=memory, setup=setup)
            tell(f"submitted as job {job}; `onrecord archive --lake {lake}` says how far it is and reads what is left")
            return
        if engine is Engine.RAY:
            from onrecord.batch import cluster

            cluster.ray(lake, workers, memory=memory)
        else:
            _local(lake, plan, workers)
    _close(lake, plan)


def _local(lake: Path, plan: "Plan", workers: int) -> None:
    from onrecord.batch import local
    from onrecord.batch import plan as plans
    from onrecord.show.cli.watching import Watch

    with local.alone(lake):
        ready = plans.done(lake)
        left = [shard for shard in plans.shards(lake) if shard.number not in ready]
        with Watch(plan.articles, sum(shard.articles for shard in left)) as watch:
            try:
                local.run(lake, [shard.number for shard in left], workers, watch)
            except KeyboardInterrupt:
                complete = len(plans.done(lake))
                tell(f"stopped: {complete} of {plan.shards} shards are complete; the same command goes on from there")
                raise typer.Exit(130) from None


def _close(lake: Path, plan: "Plan") -> None:
    from onrecord.batch import finish
    from onrecord.batch import plan as plans

    ready = plans.done(lake)
    if len(ready) < plan.shards:
        tell(f"{plan.shards - len(ready)} of {plan.shards} shards are not complete; run the same command again")
        raise typer.Exit(1)
    repeats = finish.repeats(lake)
    read = sum(one.read for one in ready.values())
    refused = sum(one.refused for one in ready.values())
    passed = sum(one.passed for one in ready.values())
    tell(f"{read} articles read, {refused} refused, {passed} passed over, {repeats} read a second time in other places")
    sys.stdout.write(f"{lake}\n")
