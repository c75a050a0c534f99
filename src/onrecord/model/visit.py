"""What a watch remembers of an address: not part of the record, kept beside it so that a run starts where it left."""

from typing import Literal

import msgspec


class Visit(msgspec.Struct, frozen=True, kw_only=True):
    """An address, and where its reading stands.

    `stamp` is the date that its feed gives it: a later one means a new version. `not_before` is in seconds since 1970.
    """

    address: str
    sort: Literal["feed", "page"] = "page"
    state: Literal["waiting", "done", "refused"] = "waiting"
    stamp: str = ""
    etag: str | None = None
    modified: str | None = None
    tries: int = 0
    not_before: float = 0.0
