"""`onrecord serve`: the record as pages, on this machine."""

from pathlib import Path
from typing import Annotated

import typer

from onrecord.show.cli.config import store_path
from onrecord.show.cli.options import Store
from onrecord.show.cli.screen import tell

PORT = 8321


def serve(
    host: Annotated[str, typer.Option("--host", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Port to listen on.")] = PORT,
    store: Store = None,
) -> None:
    """Serve the pages of a store until Ctrl-C.

    Example: onrecord serve --store desk.db --port 8321
    """
    run(store_path(store), host, port)


def run(path: Path, host: str = "127.0.0.1", port: int = PORT) -> None:
    """Serve a store; say the address on stderr first."""
    import uvicorn

    from onrecord.keep.open import open_view
    from onrecord.show.web import app

    with open_view(path):
        pages = app.build(path)
    tell(f"The record is at http://{host}:{port}/ (Ctrl-C ends it)")
    uvicorn.run(pages, host=host, port=port, log_level="warning")
