"""`onrecord doctor`: what is missing or wrong, and how to mend it."""

import sys
from collections.abc import Callable, Iterator
from importlib import metadata, util
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from onrecord.errors import OnrecordError
from onrecord.show.cli.config import configure
from onrecord.show.cli.options import Store
from onrecord.show.cli.screen import screen

EXTRAS = {
    "archive": ("datatrove", "duckdb", "pyarrow"), "mcp": ("mcp",), "docs": ("mkdocs",), "frames": ("polars", "pandas"),
}  # fmt: skip
PROBE = 'Envoy Ilvo Marten of Denmark met officials of Vanuatu. "We agree on nothing," Marten said.'


class Found(msgspec.Struct, frozen=True):
    """One thing looked at: `ok` True, False, or None where it is only worth knowing."""

    what: str
    ok: bool | None
    told: str


def doctor(
    read: Annotated[bool, typer.Option("--read/--no-read", help="Load the parser and read two sentences.")] = True,
    store: Store = None,
) -> None:
    """Say what is missing or wrong: Python, packages, settings, lexicon, parser, learned reader, store.

    Ends with 1 where something is wrong that reading or showing needs.

    Example: onrecord doctor --store desk.db
    """
    console, wrong = screen(), 0
    for found in _checks(store, read=read):
        mark = {True: "ok", False: "WRONG", None: "note"}[found.ok]
        console.print(f"{mark:6} {found.what}: {found.told}")
        wrong += found.ok is False
    console.print("all well" if not wrong else f"{wrong} wrong")
    if wrong:
        raise typer.Exit(1)


def _checks(store: str | None, *, read: bool) -> Iterator[Found]:
    version = ".".join(map(str, sys.version_info[:3]))
    yield Found("python", sys.version_info >= (3, 12), f"{version} (3.12 or later is needed)")
    yield from _packages()
    try:
        settings = configure(store=store).settings
    except OnrecordError as error:
        yield Found("settings", ok=False, told=str(error))
        return
    yield Found("settings", ok=True, told="understood; `onrecord settings` says where each came from")
    encoding = (sys.stdout.encoding or "").lower().replace("-", "")
    plain = encoding != "utf8"
    yield Found("terminal", None if plain else True, f"{sys.stdout.encoding}{'; set PYTHONUTF8=1' if plain else ''}")
    yield _tried("lexicon", lambda: _lexicon(settings.lexicon))
    if read:
        yield _tried(f"reading ({settings.reader})", lambda: _reading(settings.reader))
    yield _store(Path(settings.store))


def _packages() -> Iterator[Found]:
    try:
        asked = metadata.requires("onrecord") or []
    except metadata.PackageNotFoundError:
        yield Found("packages", ok=None, told="onrecord itself is not installed: run from a source tree")
        return
    from packaging.requirements import Requirement

    wrong = []
    for requirement in map(Requirement, asked):
        if requirement.marker is not None and not requirement.marker.evaluate({"extra": ""}):
            continue
        try:
            version = metadata.version(requirement.name)
        except metadata.PackageNotFoundError:
            wrong.append(f"{requirement.name} is missing")
            continue
        if not requirement.specifier.contains(version, prereleases=True):
            wrong.append(f"{requirement.name} {version} is not {requirement.specifier}")
    yield Found("packages", not wrong, "; ".join(wrong) + ": reinstall onrecord" if wrong else "all that is needed")
    for extra, names in EXTRAS.items():
        missing = [name for name in names if util.find_spec(name) is None]
        told = f'without {", ".join(missing)}: pip install "onrecord[{extra}]"' if missing else "installed"
        yield Found(f"extra {extra}", None if missing else True, told)


def _tried(what: str, check: Callable[[], str]) -> Found:
    try:
        return Found(what, ok=True, told=check())
    except Exception as error:  # noqa: BLE001 - whatever breaks here is what the user wants to know
        return Found(what, ok=False, told=f"{type(error).__name__}: {error}")


def _lexicon(folder: str | None) -> str:
    from onrecord import lexicon
    from onrecord.lexicon import codes

    found = lexicon.load(Path(folder) if folder else None)
    codes.load()
    return f"{folder or 'the shipped one'}, {found.hash}"


def _reading(reader: str) -> str:
    from onrecord.show.python.record import read_text

    result = read_text(PROBE, "2031-05-04", reader=reader)
    broken = [note.note for note in result.rejections if note.code == "R390"]
    if broken or not any(each.speaker for each in result.statements):
        message = "; ".join(broken) or "the probe's quotation was not found"
        raise RuntimeError(message)
    return f"{len(result.statements)} statements in two sentences"


def _store(path: Path) -> Found:
    from onrecord.keep.open import open_view

    if not path.exists():
        return Found("store", ok=None, told=f"there is none at {path} yet: onrecord read --store {path} ARTICLE")
    try:
        with open_view(path) as view:
            told = ", ".join(f"{count} {kind}" for kind, count in view.counts().items() if count) or "empty"
    except OnrecordError as error:
        return Found("store", ok=False, told=str(error))
    return Found("store", ok=True, told=f"{path}: {told}")
