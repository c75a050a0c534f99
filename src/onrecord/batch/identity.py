"""What a run reads with, as hashes: the same hashes give the same record, so a resumed run must have the same."""

import hashlib
from importlib import metadata, resources
from importlib.resources.abc import Traversable
from pathlib import Path

from onrecord import __version__
from onrecord.settings import Settings

# What changes none of the results of an article.
_APART = frozenset({"show", "train", "bench", "batch", "keep", "reconcile", "__pycache__"})
_LIBRARIES = ("spacy", "numpy", "onnxruntime", "tokenizers", "trafilatura", "htmldate", "fastwarc")


def fingerprint(settings: Settings) -> dict[str, str]:
    """Return by name what the results depend on: settings, code, lexicon, models, libraries."""
    package = Path(str(resources.files("onrecord")))
    lexicon = Path(settings.lexicon) if settings.lexicon else package / "lexicon" / "data"
    found = {f"setting {name}": str(getattr(settings, name)) for name in Settings.__struct_fields__ if name != "store"}
    found |= {
        "version of onrecord": __version__,
        "code": _tree(package, (".py",)),
        "lexicon": _tree(lexicon, None),
        "learned reader": _tree(package / "read" / "data", None) if settings.reader == "learned" else "none",
        "parser": _version(settings.parser),
    }
    return found | {f"library {name}": _version(name) for name in _LIBRARIES}


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except (metadata.PackageNotFoundError, ValueError):
        return "not a package"


def _tree(folder: Path, suffixes: tuple[str, ...] | None) -> str:
    digest = hashlib.blake2b(digest_size=16)
    for name, file in sorted(_files(folder, "")):
        if suffixes is None or name.endswith(suffixes):
            digest.update(name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def _files(folder: Traversable, before: str) -> list[tuple[str, Traversable]]:
    found: list[tuple[str, Traversable]] = []
    for one in folder.iterdir():
        if one.name in _APART or one.name.startswith("."):
            continue
        if one.is_dir():
            found += _files(one, f"{before}{one.name}/")
        elif not one.name.endswith(".pyc"):
            found.append((before + one.name, one))
    return found
