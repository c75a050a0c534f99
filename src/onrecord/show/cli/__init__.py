"""The command line: one file a verb. Data on stdout, the rest on stderr; exit codes 0 done, 1 failed, 2 wrong use."""

import os
import sys

import typer

from onrecord import __version__
from onrecord.errors import OnrecordError, UsageError
from onrecord.show.cli import (
    archive,
    bench,
    brief,
    changes,
    demo,
    doctor,
    export,
    imports,
    judge,
    judgements,
    lake,
    mcp,
    read,
    rebuild,
    rejections,
    schema,
    serve,
    settings,
    show,
    steps,
    watch,
    why,
)
from onrecord.show.cli.screen import tell

VERBS = (
    read.read, watch.watch, archive.archive, show.show, why.why, brief.brief, changes.changes,
    rejections.rejections,
    export.export, imports.import_, judge.judge, rebuild.rebuild, serve.serve, mcp.mcp, demo.demo, bench.bench,
    settings.settings, doctor.doctor, steps.steps, schema.schema,
)  # fmt: skip
GROUPS = {"lake": lake.VERBS, "judgements": judgements.VERBS}
INTERRUPTED = 130


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"onrecord {__version__}")
        raise typer.Exit


def _door(
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Print the version."),
) -> None:
    """Read the news on conflict and diplomacy and keep the record, every entry tied to the words it came from.

    Example: onrecord read article.txt --published 2031-05-04
    """
    del version


def build() -> typer.Typer:
    """Return the application with every verb."""
    app = typer.Typer(
        name="onrecord", no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )  # fmt: skip
    app.callback()(_door)
    for verb in VERBS:
        app.command()(verb)
    app.add_typer(lake.build())
    app.add_typer(judgements.build())
    return app


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and leave with its exit code: 0 done, 1 failed, 2 wrong use, 130 interrupted."""
    for library in ("OMP", "OPENBLAS", "MKL"):  # one article is read on one core; idle threads cost a second to start
        os.environ.setdefault(f"{library}_NUM_THREADS", "1")
    try:
        build()(arguments, prog_name="onrecord")
    except UsageError as error:
        tell(str(error))
        sys.exit(2)
    except OnrecordError as error:
        tell(str(error))
        sys.exit(1)
    except KeyboardInterrupt:
        tell("stopped")
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        # Whoever read our output has gone (`| head`); without this, Python complains once more while it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
