"""`onrecord judgements`: desks share what they judged, as JSON Lines."""

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from onrecord.errors import UsageError
from onrecord.show.cli.config import store_path
from onrecord.show.cli.options import Since, Store, first_day
from onrecord.show.cli.screen import line, tell

if TYPE_CHECKING:
    from onrecord.model.judgement import Judgement

_SAMPLES = 20


def export(
    store: Store = None,
    by: Annotated[str | None, typer.Option("--by", metavar="NAME", help="Only what this person judged.")] = None,
    since: Since = None,
) -> None:
    """Write the judgements of a store to stdout, withdrawn ones too, in the order in which they were made.

    With --since, those that were made or withdrawn on that day or later.

    Example: onrecord judgements export --store desk.db > judgements.jsonl
    """
    from onrecord.keep.open import open_view
    from onrecord.model import wire

    day = first_day(since) or ""
    count = 0
    with open_view(store_path(store)) as view:
        for one in view.judgements():
            if by in {None, one.by} and max(one.at, one.withdrawn_at or "") >= day:
                sys.stdout.buffer.write(wire.encode(one) + b"\n")
                count += 1
    sys.stdout.buffer.flush()
    tell(f"{count} judgements")


def import_(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="Files that another desk exported; - for standard input.")
    ],
    store: Store = None,
) -> None:
    """Keep the judgements of another desk beside this one's; then what they touch is assembled anew.

    Importing twice changes nothing. What is withdrawn on either side stays withdrawn. Where two say otherwise of the
    same thing both are kept, and one counts: a person's before the program's, then the later one. A judgement of a
    record that isn't here waits until it is read. A bad line is refused with its reason and costs nothing else.

    Example: onrecord judgements import judgements.jsonl --store desk.db
    """
    from onrecord.keep.open import open_view, open_writer
    from onrecord.keep.share import read, rivals, take, unknown
    from onrecord.show.cli import reading
    from onrecord.show.web.hand import now

    missing = [path for path in files if str(path) != "-" and not path.is_file()]
    if missing:  # before anything is kept
        message = f"{missing[0]}: there is no such file"
        raise UsageError(message)
    path = store_path(store)
    with open_view(path):
        pass  # a store that isn't there is not made for judgements of nothing
    told: Counter[str] = Counter()
    new: list[Judgement] = []
    at = now()
    with open_writer(path) as writer, open_view(path) as view:
        for where, text in _lines(files):
            try:
                judgement = read(text, at)
                outcome = take(view, writer, judgement)
            except UsageError as error:
                told["refused"] += 1
                if told["refused"] <= _SAMPLES:
                    tell(line(f"{where}: refused: {error}"))
                continue
            told[outcome] += 1
            if outcome == "new" and judgement.withdrawn_at is None:
                new.append(judgement)
        waiting = unknown(view, new)
        apart = _apart(rivals(view.judgements()), {one.id for one in new})
    if told["new"] or told["withdrawn"]:
        reading.renew(path)
    for said in apart:
        tell(said)
    tell(
        f"{told['new']} new, {told['withdrawn']} withdrawn, {told['known']} known already, {told['refused']} refused"
        + (f"; {waiting} of the new name records that this store does not hold yet" if waiting else "")
    )
    if told["refused"] and not told.total() - told["refused"]:
        raise typer.Exit(1)


def _apart(rivals: "Iterator[tuple[Judgement, Judgement]]", new: set[str]) -> list[str]:
    """Return a line for each of two judgements that say otherwise, where one of them has just come in."""
    said = [
        line(f"{_said(counts)} counts over {_said(other)}") for counts, other in rivals if {counts.id, other.id} & new
    ]
    more = len(said) - _SAMPLES
    return said[:_SAMPLES] + ([f"and {more} more that say otherwise"] if more > 0 else [])


def _said(one: "Judgement") -> str:
    what = f"{one.field} = {one.value}" if one.field is not None else f"{one.verdict} as {one.right}"
    return f"{one.id} ({one.left}: {what}, by {one.by}, {one.at})"


def _lines(files: list[Path]) -> Iterator[tuple[str, bytes]]:
    """Yield where each line stands and its bytes; one that is too long comes cut, and is refused for that."""
    for path in files:
        if str(path) == "-":
            yield from _numbered("-", sys.stdin.buffer)
            continue
        try:
            with path.open("rb") as file:
                yield from _numbered(path.name, file)
        except OSError as error:
            message = f"can't read {path} ({error.strerror or error})"
            raise UsageError(message) from error


def _numbered(name: str, file: BinaryIO) -> Iterator[tuple[str, bytes]]:
    from onrecord.keep.share import LONGEST_LINE

    number = 0
    while text := file.readline(LONGEST_LINE + 2):
        number += 1
        rest = text
        while len(rest) > LONGEST_LINE and not rest.endswith(b"\n"):  # the rest of a line that is refused
            rest = file.readline(LONGEST_LINE + 2)
        text = text.removeprefix(b"\xef\xbb\xbf") if number == 1 else text
        if text.strip():
            yield f"{name}:{number}", text.strip()


import_.__name__ = "import"
VERBS = (export, import_)


def build() -> typer.Typer:
    """Return the verbs of the judgements."""
    app = typer.Typer(name="judgements", no_args_is_help=True, rich_markup_mode=None, help=__doc__)
    for verb in VERBS:
        app.command()(verb)
    return app
