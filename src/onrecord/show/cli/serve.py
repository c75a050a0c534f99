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
OWN = frozenset({"127.0.0.1", "::1", "localhost"})


def serve(
    host: Annotated[str, typer.Option("--host", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Port to listen on.")] = PORT,
    password_file: Annotated[
        Path | None,
        typer.Option("--password-file", help="File whose first line is asked for. Needed for any other address."),
    ] = None,
    store: Store = None,
) -> None:
    """Serve the pages of a store until Ctrl-C.

    Example: onrecord serve --store desk.db --port 8321
    """
    run(store_path(store), host, port, password_file=password_file)


def run(
    path: Path,
    host: str = "127.0.0.1",
    port: int = PORT,
    notice: str | None = None,
    password_file: Path | None = None,
) -> None:
    """Serve a store until Ctrl-C; say the address on stderr first. `notice` stands on top of every page.

    UsageError for an address other than this machine's own without a password.
    """
    import uvicorn

    from onrecord.keep.open import open_view
    from onrecord.show.web.access import LOCAL, Access, password_in
    from onrecord.show.web.app import build

    local = host in OWN
    if not local and password_file is None:
        message = f"others could read the record at {host}: name a file with --password-file"
        raise UsageError(message)
    password = None if password_file is None else password_in(password_file)
    access = Access(LOCAL if local else None, password)
    with open_view(path):
        pages = build(path, notice, access)
    server = uvicorn.Server(uvicorn.Config(pages, log_level="warning"))
    with bound(host, port) as listening:
        shown = f"[{host}]" if ":" in host else host
        tell(f"The record is at http://{shown}:{listening.getsockname()[1]}/ (Ctrl-C ends it)")
        with contextlib.suppress(KeyboardInterrupt):
            server.run(sockets=[listening])


def bound(host: str, port: int) -> socket.socket:
    """Return a socket that listens at this address; a `UsageError` where it can't."""
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
