"""`onrecord rebuild`: assemble actors, events, deals and cases anew from what was read and judged."""

from typing import TYPE_CHECKING

from onrecord.show.cli.config import store_path
from onrecord.show.cli.options import Store
from onrecord.show.cli.screen import tell

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def rebuild(store: Store = None) -> None:
    """Assemble the whole record of a store anew from its articles and judgements, and bring an older store up to date.

    The same articles and judgements give the same record, in whatever order they came. Judgements that name nothing any
    more (what they named is read otherwise now) are told of.

    Example: onrecord rebuild --store desk.db
    """
    from onrecord.errors import UsageError
    from onrecord.show.cli import reading

    path = store_path(store)
    if not path.exists():
        message = f"{path}: there is no store here"
        raise UsageError(message)
    tell(f"{reading.rebuild(path)} records assembled in {path}")
    for judgement, name in _dangling(path):
        tell(f"{judgement} names {name}, which nothing is called any more")


def _dangling(path: "Path") -> "Iterator[tuple[str, str]]":
    """Yield the standing judgements that name what is no longer there, with that name."""
    from onrecord.keep.open import open_view

    with open_view(path) as view:
        for made in view.judgements():
            if made.withdrawn_at is None:
                for name in (made.left, made.right):
                    if name is not None and view.get(name) is None:
                        yield made.id, name
