"""The plan of a run, written before anything is read: what is read, in which shards, with what.

`plan.json` holds the head, `shards.jsonl` a shard a line, `done/` a file for each shard that is complete. A run is
resumed by calling it again; with another plan it is refused, and said why.
"""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from onrecord.batch.identity import fingerprint
from onrecord.errors import StoreError, UsageError
from onrecord.ingest import slices
from onrecord.ingest.slices import Slice, Source
from onrecord.keep import lake_files
from onrecord.keep.lake_columns import LAYOUT
from onrecord.model import wire
from onrecord.settings import Settings

PLAN, SHARDS, DONE, DEATHS = "plan.json", "shards.jsonl", "done", "deaths"
_BEGUN = ".planning"
_MOST_NAMED = 4


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """The head of a plan. `reads_with` is what the results depend on (see `batch.identity`)."""

    layout: int = LAYOUT
    format: int = wire.VERSION
    settings: Settings
    published: str | None
    shard_size: int
    articles: int
    shards: int
    sources: tuple[Source, ...]
    reads_with: dict[str, str]


class Shard(msgspec.Struct, frozen=True):
    """A part of the archive that one worker reads from beginning to end."""

    number: int
    slices: tuple[Slice, ...]

    @property
    def articles(self) -> int:
        """Return how many articles it holds."""
        return sum(piece.count for piece in self.slices)


class Done(msgspec.Struct, frozen=True, kw_only=True):
    """What a completion file says of its shard: counts by kind, what was read and refused, and what it cost."""

    shard: int
    articles: int
    read: int
    refused: int
    passed: int
    words: int
    counts: dict[str, int]
    codes: dict[str, int]
    seconds: float
    processor_seconds: float
    megabytes: int


def prepare(
    lake: Path, sources: Sequence[str], settings: Settings, *, published: str | None, shard_size: int
) -> tuple[Plan, bool]:
    """Return the plan of this lake, made now where there is none, and whether it was there; `UsageError` if it differs.

    Without sources, the plan that stands is resumed.
    """
    standing = load(lake) if (lake / PLAN).is_file() else None
    if standing is None:
        if not sources:
            message = f"{lake}: there is no plan here; name the sources to read"
            raise UsageError(message)
        return _make(lake, sources, settings, published, shard_size), False
    found = tuple(slices.find(sources)) if sources else standing.sources
    wanted = msgspec.structs.replace(
        standing, settings=settings, published=published if sources else standing.published,
        shard_size=shard_size if sources else standing.shard_size, sources=found, reads_with=fingerprint(settings),
    )  # fmt: skip
    wrong = differences(standing, wanted)
    if wrong:
        reasons = "\n".join(f"  - {reason}" for reason in wrong)
        message = (
            f"{lake}: this lake was begun with another plan, and one lake is read in one way:\n{reasons}\n"
            "Give what it was begun with, or write to another --lake."
        )
        raise UsageError(message)
    return standing, True


def differences(old: Plan, new: Plan) -> list[str]:
    """Return, in words, each thing in which two plans differ."""
    found = [
        f"{name}: {old.reads_with.get(name, 'not there')} then, {new.reads_with.get(name, 'not there')} now"
        for name in sorted(old.reads_with | new.reads_with)
        if old.reads_with.get(name) != new.reads_with.get(name)
    ]
    if old.layout != new.layout or old.format != new.format:
        found.append(f"format: layout {old.layout} of records {old.format} then, {new.layout} of {new.format} now")
    if old.published != new.published:
        found.append(f"--published: {old.published or 'not given'} then, {new.published or 'not given'} now")
    if old.shard_size != new.shard_size:
        found.append(f"--shard-size: {old.shard_size} then, {new.shard_size} now")
    before, after = ({source.path: source.size for source in plan.sources} for plan in (old, new))
    found += _named("no longer among the sources", sorted(set(before) - set(after)))
    found += _named("new among the sources", sorted(set(after) - set(before)))
    found += _named("of another size", sorted(path for path in set(before) & set(after) if before[path] != after[path]))
    if not found and old.sources != new.sources:
        found.append("the sources come in another order")
    return found


def load(lake: Path) -> Plan:
    """Return the plan of a lake; a `UsageError` where there is none that can be read."""
    try:
        return msgspec.json.decode((lake / PLAN).read_bytes(), type=Plan)
    except FileNotFoundError as error:
        message = f"{lake}: not a lake of onrecord ({PLAN} is missing)"
        raise UsageError(message) from error
    except (OSError, msgspec.DecodeError) as error:
        message = f"{lake / PLAN}: {error}"
        raise UsageError(message) from error


def shards(lake: Path) -> Iterator[Shard]:
    """Yield the shards of a plan in their order."""
    with (lake / SHARDS).open("rb") as lines:
        for line in lines:
            yield msgspec.json.decode(line, type=Shard)


def done(lake: Path) -> dict[int, Done]:
    """Return what is complete, by the number of the shard."""
    found = (msgspec.json.decode(file.read_bytes(), type=Done) for file in (lake / DONE).glob("*.json"))
    return {one.shard: one for one in found}


def finish(lake: Path, made: Done) -> None:
    """Write that a shard is complete: the last thing that is done for it."""
    write(lake / DONE / f"{made.shard:06d}.json", made)


def deaths(lake: Path, shard: int) -> dict[int, int]:
    """Return how often reading ended its worker, by the place of the article in the shard."""
    file = lake / DEATHS / f"{shard:06d}.json"
    return msgspec.json.decode(file.read_bytes(), type=dict[int, int]) if file.is_file() else {}


def write(place: Path, value: Any) -> None:
    """Write a value as JSON, whole or not at all."""
    draft = place.with_name(f".{place.name}.{os.getpid()}")
    draft.write_bytes(msgspec.json.format(msgspec.json.encode(value), indent=1) + b"\n")
    draft.replace(place)


def _make(lake: Path, sources: Sequence[str], settings: Settings, published: str | None, shard_size: int) -> Plan:
    begun = lake / _BEGUN  # a plan that was begun and not finished may be begun anew
    foreign = lake.exists() and (not lake.is_dir() or any(not one.name.startswith(".") for one in lake.iterdir()))
    if foreign and not begun.is_file():
        message = f"{lake}: not empty, and not a lake of onrecord; name a new folder"
        raise UsageError(message)
    found = tuple(slices.find(sources))
    try:
        lake.mkdir(parents=True, exist_ok=True)
        begun.touch()
        for folder in (DONE, DEATHS):
            (lake / folder).mkdir(parents=True, exist_ok=True)
        lake_files.lay(lake)
        articles = number = 0
        draft = lake / f".{SHARDS}"
        with draft.open("wb") as file:
            for number, group in enumerate(slices.cut(found, shard_size), start=1):
                file.write(msgspec.json.encode(Shard(number - 1, group)) + b"\n")
                articles += sum(piece.count for piece in group)
        draft.replace(lake / SHARDS)
        plan = Plan(
            settings=settings, published=published, shard_size=shard_size, articles=articles, shards=number,
            sources=found, reads_with=fingerprint(settings),
        )  # fmt: skip
        write(lake / PLAN, plan)
        begun.unlink(missing_ok=True)
    except OSError as error:
        message = f"{lake}: the plan can't be written ({error.strerror or error})"
        raise StoreError(message) from error
    return plan


def _named(what: str, paths: Sequence[str]) -> list[str]:
    if not paths:
        return []
    more = f" and {len(paths) - _MOST_NAMED} more" if len(paths) > _MOST_NAMED else ""
    return [f"{what}: {', '.join(paths[:_MOST_NAMED])}{more}"]
