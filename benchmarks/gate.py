"""The ratchet: measured figures against `floors.json`. Floors only rise; lowering one needs `--allow-regression`.

    python benchmarks/gate.py [--update] [--allow-regression] [--only NAME]... [--save DIR]

Each entry of floors.json names a bench, its data folder (`../shared` where the data must not be copied),
options, a floor per figure, and the hash of the data it was measured on: a changed corpus is said, and not
scored against floors of another one. An entry of the bench `made` is measured on what a generator of ours makes
(`report(**options)` of that file); the file is its data.
Exit status 1 when a figure is below its floor by more than EPSILON, or a `forbidden` total above its ceiling.
"""

import argparse
import json
import runpy
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from onrecord import __version__
from onrecord.bench import run, runs
from onrecord.bench.runs import corpus_hash

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
FLOORS = HERE / "floors.json"
EPSILON = 0.05


def figure(report: dict[str, Any], path: str) -> float:
    """Return the figure at a path like `statements/f1`."""
    value: Any = report
    for part in path.split("/"):
        value = value[part]
    return float(value)


def made(script: Path) -> Callable[..., dict[str, Any]]:
    """Return the function by which a generator of ours measures what it made."""
    found: Callable[..., dict[str, Any]] = runpy.run_path(str(script))["report"]
    return found


def check(
    name: str, entry: dict[str, Any], *, update: bool, allow: bool, folder_of_runs: Path | None = None
) -> tuple[list[str], dict[str, Any]]:
    """Return what is wrong with one entry, and the entry as it should stand after `--update`."""
    data = (ROOT / entry["data"]).resolve()
    if not data.exists():
        print(f"{name}: skipped, {entry['data']} is not beside the repository")
        return [], entry
    corpus = corpus_hash(data)
    if entry.get("corpus") not in {None, corpus} and not update:
        return [f"{name}: the data changed since the floors were measured; run with --update"], entry
    measure = made(data) if entry["bench"] == "made" else partial(run, entry["bench"], data)
    report = measure(**entry.get("options", {}))
    if folder_of_runs is not None:
        at = datetime.now(UTC).isoformat(timespec="seconds")
        runs.save(
            runs.Run(
                name=name, bench=entry["bench"], data=entry["data"], corpus=corpus, options=entry.get("options", {}),
                at=at, version=__version__, figures=report,
            ),
            folder_of_runs,
        )  # fmt: skip
    wrong, floors, ceilings = [], dict(entry["floors"]), dict(entry.get("ceilings", {}))
    for path, floor in entry["floors"].items():
        now = figure(report, path)
        print(f"{name}: {path} {now} (floor {floor})")
        if now < floor - EPSILON:
            wrong.append(f"{name}: {path} is {now}, below its floor {floor}")
        if update and (now > floor or allow):
            floors[path] = now
    for path, ceiling in ceilings.items():
        now = figure(report, path)
        print(f"{name}: {path} {now} (ceiling {ceiling})")
        if now > ceiling + EPSILON:
            wrong.append(f"{name}: {path} is {now}, above its ceiling {ceiling}")
        if update and (now < ceiling or allow):
            ceilings[path] = now
    return wrong, {**entry, "corpus": corpus, "floors": floors, "ceilings": ceilings}


def main() -> int:
    """Measure, compare, and with --update write the floors that rose."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--allow-regression", action="store_true")
    parser.add_argument("--only", action="append")
    parser.add_argument("--save", type=Path, metavar="DIR", help="keep each run as JSON, for benchmarks/card.py")
    options = parser.parse_args()
    entries: dict[str, Any] = json.loads(FLOORS.read_text(encoding="utf-8"))
    wrong = []
    for name, entry in entries.items():
        if options.only and name not in options.only:
            continue
        found, entries[name] = check(
            name, entry, update=options.update, allow=options.allow_regression, folder_of_runs=options.save
        )
        wrong += found
    if options.update and (not wrong or options.allow_regression):
        FLOORS.write_text(json.dumps(entries, indent=1) + "\n", encoding="utf-8")
    for line in wrong:
        print(line, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
