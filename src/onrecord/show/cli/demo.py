"""`onrecord demo`: read the made-up dispatches into a store, print the brief, serve the pages."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from onrecord.errors import UsageError
from onrecord.show.cli import serve
from onrecord.show.cli.config import configure
from onrecord.show.cli.read import Reader
from onrecord.show.cli.screen import tell

if TYPE_CHECKING:
    from onrecord.model.article import RawArticle
    from onrecord.model.rejection import Rejection
    from onrecord.settings import Settings


NOTICE = "A demonstration: all of these articles are made up, and so are the people in them."


class Dispatch(msgspec.Struct, frozen=True):
    """A line of the demonstration's manifest."""

    folder: str
    file: str
    published: str | None = None
    source_name: str | None = None
    url: str | None = None


def demo(
    folder: Annotated[Path, typer.Argument(help="The folder with manifest.json.")] = Path("examples/dispatches"),
    store: Annotated[Path, typer.Option("--store", help="The store to read into.")] = Path("demo.db"),
    reader: Annotated[Reader | None, typer.Option("--reader", help="Default: the setting `reader`.")] = None,
    pages: Annotated[bool, typer.Option("--serve/--no-serve", help="Serve the pages afterwards.")] = True,
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Port to listen on.")] = serve.PORT,
) -> None:
    """Read the made-up dispatches of the project, print a brief of their record and serve its pages.

    Example: onrecord demo --no-serve
    """
    from onrecord.keep.open import open_view, open_writer
    from onrecord.show.cli.brief import print_brief
    from onrecord.show.cli.reading import Run, renew
    from onrecord.show.cli.screen import screen

    settings = configure(reader=reader.value if reader else None).settings
    dispatches = manifest(folder)
    with open_writer(store) as writer:
        run = Run(articles(folder, dispatches, settings), settings, writer)
        for result in run:
            for note in result.rejections if result.document is None else ():
                tell(f"{note.source}: {note.note or note.code}")
    renew(store)
    if run.interrupted:
        raise typer.Exit(130)
    if not run.read:
        raise typer.Exit(1)
    tell(f"{run.read} dispatches read into {store}. {NOTICE}")
    with open_view(store) as view:
        print_brief(view, screen())
    if pages:
        serve.run(store, port=port, notice=NOTICE)


def manifest(folder: Path) -> list[Dispatch]:
    """Return what a folder's manifest.json names; a `UsageError` where it can't be read."""
    file = folder / "manifest.json"
    try:
        return msgspec.json.decode(file.read_bytes(), type=list[Dispatch])
    except (OSError, msgspec.DecodeError) as error:
        message = f"{file}: {error}"
        raise UsageError(message) from error


def articles(folder: Path, dispatches: list[Dispatch], settings: "Settings") -> "Iterator[RawArticle | Rejection]":
    """Yield the articles of a manifest, with the outlet and address that it gives them."""
    from onrecord.ingest.files import open_sources
    from onrecord.model.article import RawArticle

    for dispatch in dispatches:
        path = str(folder / dispatch.folder / dispatch.file)
        for item in open_sources([path], settings, dispatch.published):
            if isinstance(item, RawArticle):
                yield msgspec.structs.replace(
                    item, outlet=item.outlet or dispatch.source_name, url=item.url or dispatch.url
                )
            else:
                yield item
