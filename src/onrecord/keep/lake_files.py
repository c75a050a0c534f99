"""The folders of a lake: a table a kind, cut by month; each holds an empty file, so that every table opens at once."""

from collections import defaultdict
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


def shards_of(lake: Path) -> dict[int, dict[str, list[Path]]]:
    """Return the files of every shard by kind."""
    found: dict[int, dict[str, list[Path]]] = defaultdict(lambda: defaultdict(list))
    for kind in FROM_ARTICLES:
        for file in sorted((lake / kind).glob("month=*/*.parquet")):
            if file.stem.isdigit():
                found[int(file.stem)][kind].append(file)
    return {shard: dict(files) for shard, files in found.items()}
