"""Read lexicon files and check their shape; a wrong line is reported as `file:line: what (did you mean ...?)`."""

import csv
import difflib
import io
import re
from collections.abc import Callable
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any, get_args

import msgspec
import yaml

from onrecord.errors import LexiconError

type Folder = Traversable

_PATH = re.compile(r"\$((?:\.\w+|\[[^\]]*\])*)")
_BAD_ENUM = re.compile(r"Invalid enum value '([^']*)'")
_BAD_FIELD = re.compile(r"Object contains unknown field `([^`]*)`")


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """The safe loader with the booleans of YAML 1.2: `yes`, `no`, `on` are words, only true and false are not."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - the library's own shape
        first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"(?:true|false)$"), list("tf"))


def shipped() -> Folder:
    """Return the folder of lexicon files that comes with the program."""
    return resources.files("onrecord.lexicon") / "data"


def read_yaml[Entry: msgspec.Struct](folder: Folder, name: str, entry: type[Entry]) -> tuple[Entry, ...]:
    """Return the entries of a YAML file that is one list of mappings, each checked against the struct `entry`."""
    text = _text(folder, name)
    try:
        root = yaml.compose(text, Loader=_Loader)
        values = yaml.load(text, Loader=_Loader) or []  # noqa: S506 - derived from the safe loader
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        message = f"{name}:{mark.line + 1 if mark else 1}: not YAML: {getattr(error, 'problem', error)}"
        raise LexiconError(message) from error
    if not values:
        return ()
    if not isinstance(root, yaml.SequenceNode):
        message = f"{name}:1: the file must be a list of entries"
        raise LexiconError(message)
    nodes: list[yaml.Node] = root.value
    entries = []
    for place, value in enumerate(values):
        node = nodes[place]
        try:
            entries.append(msgspec.convert(value, entry, strict=True))
        except msgspec.ValidationError as error:
            raise LexiconError(_explain(name, node, str(error), entry)) from error
    _refuse_twins(name, entries, lambda place: nodes[place].start_mark.line + 1)
    return tuple(entries)


def read_csv[Entry: msgspec.Struct](folder: Folder, name: str, entry: type[Entry]) -> tuple[Entry, ...]:
    """Return the rows of a CSV file with a header, each checked against `entry`; lists are split at `|`."""
    text = _text(folder, name)
    reader = csv.DictReader(io.StringIO(text), strict=True)
    wanted = set(entry.__struct_fields__)
    if set(reader.fieldnames or ()) != wanted:
        message = f"{name}:1: the columns must be {sorted(wanted)}, not {sorted(reader.fieldnames or ())}"
        raise LexiconError(message)
    lists = {field.name for field in msgspec.structs.fields(entry) if "tuple" in str(field.type)}
    entries = []
    for row in reader:
        value: dict[str, Any] = {}
        for column, cell in row.items():
            if cell is None or column is None:
                message = f"{name}:{reader.line_num}: {len(wanted)} cells wanted"
                raise LexiconError(message)
            if column in lists:
                value[column] = tuple(part.strip() for part in cell.split("|") if part.strip())
            elif cell.strip():
                value[column] = cell.strip()
        try:
            entries.append(msgspec.convert(value, entry, strict=False))
        except msgspec.ValidationError as error:
            message = f"{name}:{reader.line_num}: {_in_words(str(error), entry)}"
            raise LexiconError(message) from error
    return tuple(entries)


def _text(folder: Folder, name: str) -> str:
    try:
        return (folder / name).read_text(encoding="utf-8")
    except OSError as error:
        message = f"{name}: the lexicon folder has no such file that can be read"
        raise LexiconError(message) from error
    except UnicodeDecodeError as error:
        message = f"{name}: not UTF-8: {error}"
        raise LexiconError(message) from error


def _refuse_twins(name: str, entries: list[Any], line: Callable[[int], int]) -> None:
    seen: dict[str, int] = {}
    for place, entry in enumerate(entries):
        key = getattr(entry, "id", None)
        if key is not None and key in seen:
            message = f"{name}:{line(place)}: the id {key!r} stands at line {seen[key]} already"
            raise LexiconError(message)
        if key is not None:
            seen[key] = line(place)


def _explain(name: str, node: yaml.Node, error: str, entry: type) -> str:
    found = _PATH.search(error.rsplit(" - at ", maxsplit=1)[-1]) if " - at " in error else None
    line = node.start_mark.line + 1
    if found:
        for part in re.findall(r"\.(\w+)|\[(\d+|\.\.\.)\]", found.group(1)):
            node, line = _step_into(node, part, line)
    field = _BAD_FIELD.search(error)
    if field and isinstance(node, yaml.MappingNode):
        line = next((key.start_mark.line + 1 for key, _ in node.value if key.value == field.group(1)), line)
    return f"{name}:{line}: {_in_words(error, entry)}"


def _step_into(node: yaml.Node, part: tuple[str, str], line: int) -> tuple[yaml.Node, int]:
    key, index = part
    if key and isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            if name.value == key:
                return value, name.start_mark.line + 1
    if index.isdigit() and isinstance(node, yaml.SequenceNode) and int(index) < len(node.value):
        child = node.value[int(index)]
        return child, child.start_mark.line + 1
    return node, line


def _in_words(error: str, entry: type) -> str:
    bad = _BAD_ENUM.search(error)
    if bad:
        path = error.rsplit("`$.", 1)[-1].strip("`").split(".")[0].split("[")[0]
        options = _options(entry)
        close = difflib.get_close_matches(bad.group(1), options, n=1, cutoff=0.5)
        hint = f' (did you mean "{close[0]}"?)' if close else ""
        return f'unknown {path} "{bad.group(1)}"{hint}'
    field = _BAD_FIELD.search(error)
    if field:
        close = difflib.get_close_matches(field.group(1), entry.__struct_fields__, n=1)  # type: ignore[attr-defined]
        return f'unknown field "{field.group(1)}"' + (f' (did you mean "{close[0]}"?)' if close else "")
    return error


def _options(kind: Any, depth: int = 0) -> list[str]:
    if depth > 8:
        return []
    if isinstance(kind, str):
        return [kind]
    kind = getattr(kind, "__value__", kind)
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return [option for field in msgspec.structs.fields(kind) for option in _options(field.type, depth + 1)]
    return [option for argument in get_args(kind) for option in _options(argument, depth + 1)]
