"""The folders of a lake: a table a kind, cut by month; each holds an empty file, so that every table opens at once."""

from pathlib import Path

from onrecord.keep.lake_columns import ASSEMBLED, FROM_ARTICLES, LAYOUT
from onrecord.keep.lake_write import UNDATED, write_batches

MARK = "lake.json"


def lay(lake: Path) -> None:
    """Make the folders of the tables that articles fill, each with a file without rows."""
    for kind in FROM_ARTICLES:
        folder = lake / kind / f"month={UNDATED}"
        folder.mkdir(parents=True, exist_ok=True)
        write_batches(folder / "empty.parquet", kind, ())
    (lake / MARK).write_text(f'{{"what": "onrecord lake", "layout": {LAYOUT}}}\n', encoding="utf-8")


def glob_of(lake: Path, kind: str) -> str:
    """Return the pattern of the files of a kind's table."""
    return str(lake / kind / ("*.parquet" if kind in ASSEMBLED else "*/*.parquet"))
