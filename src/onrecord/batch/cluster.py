"""The same shards on Slurm or Ray, under datatrove's executors: a task is a worker that reads every n-th shard.

datatrove launches, requeues and retries; our own completion files say what is read, so a task that is begun again
goes on where it was. Within a task `local.run` keeps watch over one process, so a poison article is passed here too.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from onrecord.batch import local
from onrecord.batch import plan as plans
from onrecord.errors import MissingResource, StoreError

LOGS = ".engine"


def read_share(lake: str, rank: int, world: int) -> None:
    """Read every shard of this rank that isn't complete yet; a `StoreError` where one could not be written."""
    place = Path(lake)
    ready = plans.done(place)
    mine = [number for number in range(rank, plans.load(place).shards, world) if number not in ready]
    failed = local.run(place, mine, 1) if mine else []
    if failed:
        message = f"{lake}: shards {failed} could not be read"
        raise StoreError(message)


def step_for(lake: Path) -> Callable[[Any, int, int], None]:
    """Return the step that datatrove calls with (data, rank, world size)."""
    name = str(lake.resolve())

    def step(data: Any, rank: int = 0, world_size: int = 1) -> None:
        from onrecord.batch.cluster import read_share as read  # noqa: PLC0415 - it travels to another machine by name

        del data
        read(name, rank, world_size)

    return step


def slurm(lake: Path, workers: int, *, partition: str, time: str, memory: int, setup: str | None) -> str:
    """Submit the run as a Slurm job array of `workers` tasks; return its id."""
    executors = _datatrove("slurm")
    executor = executors.SlurmPipelineExecutor(
        pipeline=[step_for(lake)], tasks=workers, time=time, partition=partition, mem_per_cpu_gb=memory, qos="",
        cpus_per_task=1, job_name="onrecord", env_command=setup, skip_completed=False, mail_user=None,
        logging_dir=str(lake.resolve() / LOGS), slurm_logs_folder=str(lake.resolve() / LOGS / "logs"),
    )  # fmt: skip
    executor.run()
    return str(executor.job_id)


def ray(lake: Path, workers: int, *, memory: int) -> None:
    """Run on the Ray cluster that RAY_ADDRESS names, else on a Ray of this machine; returns when all is read."""
    executors = _datatrove("ray")
    try:
        import ray as engine  # noqa: PLC0415
    except ModuleNotFoundError as error:
        message = "Ray is not installed here (pip install 'onrecord[archive,ray]')"
        raise MissingResource(message) from error
    started = not engine.is_initialized()
    if started:
        engine.init(log_to_driver=False, include_dashboard=False)
    try:
        executors.RayPipelineExecutor(
            pipeline=[step_for(lake)], tasks=workers, workers=workers, mem_per_cpu_gb=memory, skip_completed=False,
            logging_dir=str(lake.resolve() / LOGS),
        ).run()  # fmt: skip
    finally:
        if started:
            engine.shutdown()


def _datatrove(name: str) -> Any:
    import importlib  # noqa: PLC0415

    try:
        return importlib.import_module(f"datatrove.executor.{name}")
    except ModuleNotFoundError as error:
        message = f"datatrove is not installed here (pip install 'onrecord[archive]'): {error}"
        raise MissingResource(message) from error
