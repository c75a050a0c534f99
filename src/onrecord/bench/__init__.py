"""Public benchmarks and their published metrics. `run` is the one door; every set is laid out as its README says."""

import importlib
from pathlib import Path
from typing import Any

from onrecord.errors import UsageError

NAMES = (
    "cameo_class",
    "cameo_ner",
    "dispatches",
    "ecbplus",
    "factuality",
    "forms",
    "gum",
    "gum_names",
    "gum_pronouns",
    "html",
    "india_police",
    "meantime",
    "muc4",
    "plv",
    "polnear",
    "recase",
    "stories",
    "time",
    "toponyms",
)


def run(name: str, data: Path, predictions: Path | None = None, **options: Any) -> dict[str, Any]:
    """Score the benchmark in the folder `data` and return its figures; predictions go to a JSON Lines file."""
    if name not in NAMES:
        message = f"no benchmark is called {name!r}; there are {', '.join(NAMES)}"
        raise UsageError(message)
    if not data.is_dir():
        message = f"not a folder: {data}"
        raise UsageError(message)
    figures: dict[str, Any] = importlib.import_module(f"onrecord.bench.{name}").run(data, predictions, **options)
    return figures
