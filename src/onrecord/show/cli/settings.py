"""`onrecord settings`: each value and where it came from."""

from typing import Annotated

import typer

from onrecord.show.cli.config import configure
from onrecord.show.cli.options import Store


def settings(
    store: Store = None,
    reader: Annotated[str | None, typer.Option("--reader", help="learned or rules.")] = None,
) -> None:
    """Show each setting, its value and where it came from: default < onrecord.toml < ONRECORD_* < flags.

    Example: ONRECORD_READER=rules onrecord settings
    """
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from onrecord.settings import DESCRIPTIONS
    from onrecord.show.cli.screen import line, screen

    configured = configure(store=store, reader=reader)
    table = Table("setting", "value", "from", "meaning", box=box.SIMPLE_HEAD)
    for name, origin in configured.origins.items():
        value = getattr(configured.settings, name)
        said = "" if value is None else str(value)
        table.add_row(name, Text(line(said)), Text(origin), DESCRIPTIONS.get(name, ""))
    screen().print(table)
