"""`onrecord bench`: score the reader on a public benchmark."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from onrecord.errors import UsageError
from onrecord.show.cli.screen import tell


def bench(
    name: Annotated[str | None, typer.Argument(help="The benchmark; without it, those that there are.")] = None,
    data: Annotated[Path | None, typer.Option("--data", metavar="DIR", help="The folder of the data.")] = None,
    predictions: Annotated[
        Path | None, typer.Option("--predictions", metavar="FILE", help="Write what was predicted to this file.")
    ] = None,
    save: Annotated[
        Path | None,
        typer.Option("--save", metavar="DIR", help="Keep the run as JSON in this folder (for the model card)."),
    ] = None,
) -> None:
    """Score the reader on a public benchmark and print the figures.

    Example: onrecord bench polnear --data polnear/test --predictions predicted.jsonl
    """
    from onrecord import bench as benchmarks

    known = benchmarks.NAMES
    if name is None:
        typer.echo("\n".join(known))
        return
    if name not in known:
        message = f"unknown benchmark {name!r}; there are: {', '.join(known)}"
        raise UsageError(message)
    if data is None or not data.is_dir():
        message = f"--data must be the folder of {name}'s data"
        raise UsageError(message)
    figures = benchmarks.run(name, data, predictions)
    if save is not None:
        _kept(save, name, data, figures)
    sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(figures), indent=2) + b"\n")
    sys.stdout.buffer.flush()


def _kept(folder: Path, name: str, data: Path, figures: dict[str, Any]) -> None:
    from onrecord import __version__
    from onrecord.bench import runs

    at = datetime.now(UTC).isoformat(timespec="seconds")
    run = runs.Run(
        name=name, bench=name, data=data.name, corpus=runs.corpus_hash(data), options={}, at=at, version=__version__,
        figures=figures,
    )  # fmt: skip
    tell(f"kept as {runs.save(run, folder)}")
