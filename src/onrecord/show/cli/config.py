"""Build the settings: defaults < onrecord.toml < ONRECORD_* in the environment < flags; each value with its origin."""

import difflib
import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from onrecord.errors import UsageError
from onrecord.settings import Settings

FILE = "onrecord.toml"
PREFIX = "ONRECORD_"
DEFAULT = "default"


class Configured(msgspec.Struct, frozen=True):
    """The settings and, by name, where each value came from."""

    settings: Settings
    origins: dict[str, str]


def configure(
    *, folder: Path | None = None, environment: Mapping[str, str] | None = None, **flags: object
) -> Configured:
    """Return the settings of this run; flags that are None were not given."""
    environment = os.environ if environment is None else environment
    values: dict[str, Any] = {}
    origins = dict.fromkeys(Settings.__struct_fields__, DEFAULT)
    file = (folder or Path()) / FILE
    if file.is_file():
        _lay(values, origins, _file(file), FILE)
    named = {name: value for name, value in environment.items() if name.startswith(PREFIX)}
    for name, value in named.items():
        _lay(values, origins, {name.removeprefix(PREFIX).lower(): value}, name)
    for flag, given in flags.items():
        if given is not None:
            _lay(values, origins, {flag: given}, f"--{flag}")
    return Configured(Settings(**values), origins)


def _file(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        message = f"{file}: {error}"
        raise UsageError(message) from error


def _lay(values: dict[str, Any], origins: dict[str, str], given: Mapping[str, object], origin: str) -> None:
    types = {field.name: field.type for field in msgspec.structs.fields(Settings)}
    for name, value in given.items():
        if name not in types:
            close = difflib.get_close_matches(name, types, n=1)
            hint = f" (did you mean {close[0]!r}?)" if close else ""
            message = f"{origin}: unknown setting {name!r}{hint}"
            raise UsageError(message)
        try:
            values[name] = msgspec.convert(value, types[name], strict=not isinstance(value, str))
        except msgspec.ValidationError as error:
            message = f"{origin}: {name} can't be {value!r}: {error}"
            raise UsageError(message) from error
        origins[name] = origin


def store_path(given: str | None) -> Path:
    """Return the store that a command uses."""
    return Path(configure(store=given).settings.store)
