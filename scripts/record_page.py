"""Write docs/reference/record.md: every kind of record with its fields, from the types and fields.csv.

python scripts/record_page.py > docs/reference/record.md
"""

import csv
import inspect
import sys
import typing
from collections.abc import Iterator
from pathlib import Path

import msgspec

from onrecord.model import vocabulary, wire
from onrecord.show.export.formats import FORMS

ROOT = Path(__file__).resolve().parent.parent
HEAD = """# The record

Written by `make docs` from the types and `fields.csv`; a test holds them together. JSON Lines, one record a line;
`kind` says what it is. Offsets are code points into the text of the named document, start included, end not. A
field keeps its meaning and type; new fields come with a default; a kind is never renamed. As JSON Schema:
[record.schema.json](record.schema.json).
"""


def meanings() -> dict[str, str]:
    """Return what each field means."""
    with (ROOT / "docs" / "reference" / "fields.csv").open(encoding="utf-8", newline="") as file:
        return {row["field"]: row["means"].replace("; ", ", ") for row in csv.DictReader(file)}


def inside(kind: object) -> Iterator[type[msgspec.Struct]]:
    """Yield the structs that a type holds."""
    kind = getattr(kind, "__value__", kind)
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        yield kind
    for part in typing.get_args(kind):
        yield from inside(part)


def parts() -> list[type[msgspec.Struct]]:
    """Return the structs that stand inside records, in the order in which they are met."""
    found: list[type[msgspec.Struct]] = []
    waiting = list(wire.KINDS.values())
    while waiting:
        for field in msgspec.structs.fields(waiting.pop(0)):
            for kind in inside(field.type):
                if kind not in found:
                    found.append(kind)
                    waiting.append(kind)
    return found


def table(kind: type[msgspec.Struct], known: dict[str, str]) -> str:
    """Return the fields of one struct."""
    lines = ["| field | means | |", "|---|---|---|"]
    lines += [
        f"| `{field.name}` | {known[field.name]} | {'required' if field.required else ''} |"
        for field in msgspec.structs.fields(kind)
    ]
    return "\n".join(lines)


def words() -> str:
    """Return the closed vocabularies."""
    told = []
    for name, value in vars(vocabulary).items():
        if hasattr(value, "__value__"):
            told.append(f"| {name} | {', '.join(f'`{word}`' for word in vocabulary.words(value))} |")
    return "\n".join(["| vocabulary | words |", "|---|---|", *told])


def page() -> str:
    """Return the page."""
    known = meanings()
    out = [HEAD]
    for name, kind in wire.KINDS.items():
        said = inspect.cleandoc(kind.__doc__ or "")
        forms = ", ".join(f"`{form.name}`" for form in FORMS if name in form.kinds)
        out.append(f"## {name}\n\n{said}\n\nExported as {forms}.\n\n{table(kind, known)}\n")
    out.append("## Inside records\n")
    out += [
        f"### {kind.__name__}\n\n{inspect.cleandoc(kind.__doc__ or '')}\n\n{table(kind, known)}\n" for kind in parts()
    ]
    out.append(f"## Vocabularies\n\nA word keeps its meaning; a new one is added at the end.\n\n{words()}\n")
    return "\n".join(out)


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.write(page())
