"""Measured runs kept as JSON, and the tables of the model card made of them.

An interval that the benchmark measured over documents (`low`, `high`) is taken as it is. Where a figure has only
counts, its interval is drawn from them: 2,000 times the same number of items, each right or wrong as often as
measured (Efron's bootstrap, percentile form, from a fixed seed). Items of one article are not independent, so such an
interval is too narrow; the table says which is which.
"""

import hashlib
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from onrecord.errors import UsageError

DRAWS = 2000
SEED = 9
INLINE = 12  # rows of a table that stand in the page; the rest folds away


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """One benchmark run: what was run on which data, when, by which version, and what came out."""

    name: str
    bench: str
    data: str
    corpus: str
    options: dict[str, Any]
    at: str
    version: str
    figures: dict[str, Any]


class Row(msgspec.Struct, frozen=True):
    """One figure: where it stands in the report, its value in per cent, its interval and what that is over, counts."""

    path: str
    value: float
    low: float
    high: float
    over: str
    counts: str


def corpus_hash(folder: Path) -> str:
    """Return a hash over names and bytes of all files under a folder, or of the one file that it is."""
    digest = hashlib.sha256()
    files = [folder] if folder.is_file() else sorted(path for path in folder.rglob("*") if path.is_file())
    for file in files:
        digest.update(str(file.relative_to(folder)).encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def save(run: Run, folder: Path) -> Path:
    """Write a run to `folder/NAME.json`, in place of an earlier one of that name; return the file."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{run.name}.json"
    path.write_bytes(msgspec.json.format(msgspec.json.encode(run), indent=1) + b"\n")
    return path


def saved(folder: Path) -> list[Run]:
    """Return the runs of a folder in order of their names; a `UsageError` names a file that isn't one."""
    found = []
    for path in sorted(folder.glob("*.json")):
        try:
            found.append(msgspec.json.decode(path.read_bytes(), type=Run))
        except msgspec.ValidationError as error:
            if b'"figures"' not in path.read_bytes():
                continue  # another tool's run (speed, archive) beside ours
            message = f"{path}: not a run: {error}"
            raise UsageError(message) from error
    return found


def rows(report: dict[str, Any], path: str = "") -> Iterator[Row]:
    """Yield every figure of a report that has its counts beside it."""
    row = _row(report, path)
    if row is not None:
        yield row
    for name, value in report.items():
        if isinstance(value, dict):
            yield from rows(value, f"{path} / {name}" if path else name)


def _row(node: dict[str, Any], path: str) -> Row | None:
    if {"f1", "found", "predicted", "gold"} <= set(node) and node["gold"]:
        value, found, predicted, gold = float(node["f1"]), node["found"], node["predicted"], node["gold"]
        low, high, over = _given(node) or (*_f1_interval(found, predicted, gold), "items")
        return Row(f"{path}, F1", value, low, high, over, f"{found} of {gold} found, {predicted} predicted")
    if {"share", "right", "of"} <= set(node) and node["of"]:
        low, high, over = _given(node) or (*_share_interval(node["right"], node["of"]), "items")
        return Row(path, float(node["share"]), low, high, over, f"{node['right']} of {node['of']}")
    if {"f1", "low", "high"} <= set(node):
        return Row(f"{path}, F1", float(node["f1"]), node["low"], node["high"], "documents", "")
    return None


def _given(node: dict[str, Any]) -> tuple[float, float, str] | None:
    return (node["low"], node["high"], "documents") if {"low", "high"} <= set(node) else None


def _share_interval(right: int, of: int) -> tuple[float, float]:
    chance = random.Random(SEED)  # noqa: S311 - a bootstrap, not a secret
    return _ends([100 * chance.binomialvariate(of, right / of) / of for _ in range(DRAWS)])


def _f1_interval(found: int, predicted: int, gold: int) -> tuple[float, float]:
    """Draw what is right, wrongly predicted and missed anew, all items together."""
    chance = random.Random(SEED)  # noqa: S311 - a bootstrap, not a secret
    wrong, missed = max(predicted - found, 0), max(gold - found, 0)
    total = found + wrong + missed
    drawn = []
    for _ in range(DRAWS):
        hits = chance.binomialvariate(total, found / total)
        rest = total - hits
        drawn.append(200 * hits / (2 * hits + rest) if total else 0.0)
    return _ends(drawn)


def _ends(drawn: list[float]) -> tuple[float, float]:
    drawn.sort()
    return round(drawn[int(0.025 * DRAWS)], 1), round(drawn[int(0.975 * DRAWS)], 1)


def markdown(runs: list[Run]) -> str:
    """Return the runs as the model card shows them: a table each, what it was measured on and the command."""
    return "\n".join(_table(run) for run in runs)


def _table(run: Run) -> str:
    options = " ".join(f"--{name} {value}" for name, value in run.options.items())
    command = " ".join(filter(None, ["onrecord bench", run.bench, "--data", run.data, options]))
    told = [f"### {run.name}\n", f"`{command}`, data {run.corpus}, {run.at[:10]}, version {run.version}.\n"]
    lines = [
        f"| {row.path} | {row.value:.1f} | {row.low:.1f}–{row.high:.1f} ({row.over}) | {row.counts} |"
        for row in rows(run.figures)
    ]
    head = "| figure | % | 95% interval over | counts |\n|---|---|---|---|"
    if not lines:
        return "\n".join([*told, "No figure of this run has counts beside it; see the file.\n"])
    told.append("\n".join([head, *lines[:INLINE], ""]))
    if len(lines) > INLINE:
        folded = "\n".join([head, *lines[INLINE:], ""])
        told.append(
            f"<details><summary>{len(lines) - INLINE} more figures, by part</summary>\n\n{folded}\n</details>\n"
        )
    return "\n".join(told)
