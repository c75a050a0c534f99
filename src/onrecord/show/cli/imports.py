"""`onrecord import`: rows of other data sets, kept beside the record as outside accounts."""

from collections import Counter
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from onrecord.errors import UsageError
from onrecord.show.cli.config import store_path
from onrecord.show.cli.options import Store
from onrecord.show.cli.screen import tell

_SAMPLES = 5


class Dataset(StrEnum):
    """What can be imported."""

    GDELT = "gdelt"
    ICEWS = "icews"
    UCDP = "ucdp"
    PLOVER = "plover"


def import_(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Files of rows.")],
    dataset: Annotated[Dataset, typer.Option("--from", help="What the rows are.")],
    store: Store = None,
) -> None:
    """Keep rows of GDELT 2.0, ICEWS, UCDP GED or PLOVER as outside accounts beside the record.

    They are a voice of their own, without a sentence: `onrecord why` shows them beside an event of the same type, day
    and sides, and nothing counts them as evidence. Importing a file twice changes nothing.

    Example: onrecord import 20310504.export.CSV --from gdelt --store desk.db
    """
    from onrecord.ingest import outside
    from onrecord.keep.open import open_writer
    from onrecord.model.rejection import Rejection

    missing = [path for path in files if not path.is_file()]
    if missing:  # before a store is made for nothing
        message = f"{missing[0]}: there is no such file"
        raise UsageError(message)
    told: Counter[str] = Counter()
    with open_writer(store_path(store)) as writer:
        for path in files:
            for found in outside.read(path, dataset.value):
                if isinstance(found, Rejection):
                    told["refused"] += 1
                    if told["refused"] <= _SAMPLES:
                        tell(f"{found.source}: {found.note}")
                else:
                    told["read"] += 1
                    told["new"] += writer.stand_beside(found)
    tell(f"{told['read']} accounts read, {told['new']} new or changed, {told['refused']} refused")
    if not told["read"]:
        raise typer.Exit(1)


import_.__name__ = "import"
