"""`onrecord rebuild`: assemble actors, events, deals and cases anew from what was read and judged."""

from onrecord.show.cli.config import store_path
from onrecord.show.cli.options import Store
from onrecord.show.cli.screen import tell


def rebuild(store: Store = None) -> None:
    """Assemble the whole record of a store anew, and bring an older store up to this version.

    Example: onrecord rebuild --store desk.db
    """
    from onrecord.errors import UsageError
    from onrecord.show.cli import reading

    path = store_path(store)
    if not path.exists():
        message = f"{path}: there is no store here"
        raise UsageError(message)
    tell(f"{reading.rebuild(path)} records assembled in {path}")
