"""`onrecord serve`: the record as pages, on this machine."""

import contextlib
import socket
from pathlib import Path
from typing import Annotated

import typer

from onrecord.errors import UsageError
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


def run(path: Path, host: str = "127.0.0.1", port: int = PORT, notice: str | None = None) -> None:
    """Serve a store until Ctrl-C; say the address on stderr first. `notice` stands on top of every page."""
    import uvicorn

    from onrecord.keep.open import open_view
    from onrecord.show.web.app import build

    with open_view(path):
        pages = build(path, notice)
    server = uvicorn.Server(uvicorn.Config(pages, log_level="warning"))
    with _bound(host, port) as listening:
        shown = f"[{host}]" if ":" in host else host
        tell(f"The record is at http://{shown}:{listening.getsockname()[1]}/ (Ctrl-C ends it)")
        with contextlib.suppress(KeyboardInterrupt):
            server.run(sockets=[listening])


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen()  # before the address is said: whoever is quick waits, and is not refused
    except OSError as error:
        listening.close()
        message = f"can't listen on {host} port {port} ({error.strerror or error}); choose another with --port"
        raise UsageError(message) from error
    return listening
