"""`onrecord serve`: the record as pages and API, on this machine."""

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
        typer.Option(
            "--password-file", help="File whose first line is asked for. Any other address needs this or a token."
        ),
    ] = None,
    token_file: Annotated[
        Path | None,
        typer.Option("--token-file", help="File whose first line opens pages and API to programs, also to judge."),
    ] = None,
    read_only: Annotated[bool, typer.Option("--read-only", help="Publish: nothing can be judged.")] = False,
    name: Annotated[
        list[str] | None,
        typer.Option("--name", metavar="HOST", help="A name to answer for, behind a proxy."),
    ] = None,
    store: Store = None,
) -> None:
    """Serve the pages of a store and its API until Ctrl-C.

    Example: onrecord serve --store desk.db --port 8321

    Example: onrecord serve --store desk.db --read-only --name record.example.org
    """  # fmt: skip
    run(
        store_path(store), host, port, password_file=password_file, token_file=token_file, read_only=read_only,
        names=tuple(name or ()),
    )  # fmt: skip


def run(
    path: Path,
    host: str = "127.0.0.1",
    port: int = PORT,
    notice: str | None = None,
    password_file: Path | None = None,
    token_file: Path | None = None,
    *,
    read_only: bool = False,
    names: tuple[str, ...] = (),
) -> None:
    """Serve a store until Ctrl-C; say the address on stderr first. `notice` stands on top of every page.

    UsageError for an address other than this machine's own without a password or token.
    """
    import uvicorn

    from onrecord.keep.open import open_view
    from onrecord.show.cli.reading import renew
    from onrecord.show.web.access import LOCAL, Access, password_in
    from onrecord.show.web.app import build

    local = host in OWN
    if not local and password_file is None and token_file is None:
        message = f"others could read the record at {host}: name a file with --password-file or --token-file"
        raise UsageError(message)
    password = None if password_file is None else password_in(password_file)
    token = None if token_file is None else password_in(token_file, "token")
    # Away from this machine the name is not known unless it is given.
    hosts = LOCAL | {each.lower() for each in names} if local or names else None
    access = Access(hosts, password, token)
    with open_view(path):
        pages = build(path, notice, access, None if read_only else renew)
    server = uvicorn.Server(uvicorn.Config(pages, log_level="warning", server_header=False))
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
