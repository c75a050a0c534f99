"""`onrecord rejections`: what was seen and not taken, by reason, with samples."""

from typing import Annotated

import typer

from onrecord.errors import UsageError
from onrecord.show.cli.config import store_path
from onrecord.show.cli.formats import Format, write
from onrecord.show.cli.options import Store


def rejections(
    code: Annotated[str | None, typer.Option("--code", metavar="CODE", help="Only this reason, all of it.")] = None,
    document: Annotated[str | None, typer.Option("--document", metavar="ID", help="Only in this document.")] = None,
    samples: Annotated[int, typer.Option("--samples", min=0, help="Samples of each reason.")] = 3,
    form: Annotated[Format, typer.Option("--format", help="How to print; jsonl and csv print all.")] = Format.TABLE,
    store: Store = None,
) -> None:
    """Show what was not taken: each reason with its count and some samples.

    Example: onrecord rejections --code R301
    """
    from onrecord.keep.open import open_view
    from onrecord.keep.protocol import Query
    from onrecord.model.rejection import MEANINGS
    from onrecord.show.cli.rows import Rows
    from onrecord.show.cli.screen import screen, tell

    if code is not None and code not in MEANINGS:
        message = f"unknown code {code!r}; the codes are {', '.join(MEANINGS)}"
        raise UsageError(message)
    with open_view(store_path(store)) as view:
        every = Query(kind="rejection", type=code, document=document)
        if code is not None or form is not Format.TABLE:
            write(view.find(every), "rejection", form)
            return
        console, total = screen(), 0
        for reason, meaning in MEANINGS.items():
            query = Query(kind="rejection", type=reason, document=document, limit=samples)
            count = view.count(query)
            if count:
                total += count
                console.print(f"{reason} {meaning}: {count}", style="bold")
                if samples:
                    console.print(Rows(view.find(query), "rejection"))
        tell(f"{total} rejections")
