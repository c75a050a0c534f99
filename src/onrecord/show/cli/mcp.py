"""`onrecord mcp`: the record for language-model agents, over stdio or HTTP."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from onrecord.errors import MissingResource, UsageError
from onrecord.show.cli.config import store_path
from onrecord.show.cli.options import Store
from onrecord.show.cli.screen import tell

PORT = 8322


class Transport(StrEnum):
    """How the agent is connected."""

    STDIO = "stdio"
    HTTP = "http"


def mcp(
    transport: Annotated[Transport, typer.Option("--transport", help="How the agent is connected.")] = Transport.STDIO,
    host: Annotated[str, typer.Option("--host", help="With http: address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="With http: port to listen on.")] = PORT,
    password_file: Annotated[
        Path | None,
        typer.Option("--password-file", help="With http: file whose first line is the bearer token to ask for."),
    ] = None,
    store: Store = None,
) -> None:
    """Answer a language-model agent's questions (Model Context Protocol); read-only, each answer with its sentences.

    Any address but this machine's own needs --password-file, as with `onrecord serve`.

    Example: onrecord mcp --store desk.db
    """
    from onrecord.keep.open import open_view

    path = store_path(store)
    with open_view(path):
        pass
    try:
        from onrecord.show.mcp.server import build
    except ImportError as error:
        message = 'agents need the mcp package: pip install "onrecord[mcp]"'
        raise MissingResource(message) from error
    server = build(path)
    if transport is Transport.STDIO:
        server.run("stdio")
        return
    import uvicorn

    from onrecord.show.cli import serve
    from onrecord.show.mcp.gate import TokenGate
    from onrecord.show.web.access import LOCAL, Access, password_in

    local = host in serve.OWN
    if not local and password_file is None:
        message = f"others could read the record at {host}: name a file with --password-file"
        raise UsageError(message)
    access = Access(LOCAL if local else None, None if password_file is None else password_in(password_file))
    app = TokenGate(server.streamable_http_app(stateless_http=True, json_response=True, host=host), access)
    with serve.bound(host, port) as listening:
        shown = f"[{host}]" if ":" in host else host
        tell(f"Agents can ask at http://{shown}:{listening.getsockname()[1]}/mcp (Ctrl-C ends it)")
        uvicorn.Server(uvicorn.Config(app, log_level="warning")).run(sockets=[listening])
