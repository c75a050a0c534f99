"""The documentation is part of the program: what is not written down fails here."""

import inspect
import re
from pathlib import Path

import pytest

from onrecord import errors
from onrecord.model import wire
from onrecord.model.rejection import MEANINGS
from onrecord.pipeline import PER_ARTICLE
from onrecord.settings import DESCRIPTIONS, Settings

ROOT = Path(__file__).resolve().parent.parent


def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_every_rejection_has_its_line() -> None:
    """Code and meaning, in the words of the program."""
    text = page("docs/reference/rejections.md")
    assert [code for code, meaning in MEANINGS.items() if f"| {code} | {meaning} |" not in text] == []


def test_every_error_has_its_line() -> None:
    """Code and name."""
    text = page("docs/reference/errors.md")
    classes = [thing for thing in vars(errors).values() if inspect.isclass(thing) and issubclass(thing, Exception)]
    assert len(classes) > 5
    assert [kind.__name__ for kind in classes if f"| {kind.code} | `{kind.__name__}` |" not in text] == []


def test_every_setting_has_its_line_with_its_default() -> None:
    """The table can't fall behind the struct."""
    text = page("docs/reference/settings.md")
    assert set(DESCRIPTIONS) == set(Settings.__struct_fields__)
    defaults = Settings()
    assert [name for name in DESCRIPTIONS if f"| `{name}` | `{getattr(defaults, name)}` |" not in text] == []


def test_the_glossary_has_every_kind() -> None:
    """One word for one thing, and every thing has its word."""
    text = page("GLOSSARY.md")
    words = set(wire.KINDS) - {"document"}
    assert [word for word in sorted(words) if not re.search(rf"^\| [^|]*\b{word}\b", text, re.MULTILINE)] == []


def test_the_readme_is_short_and_starts_with_the_two_commands() -> None:
    """At most 120 lines; make demo and make test before anything else that is typed."""
    text = page("README.md")
    assert len(text.splitlines()) <= 120
    first = text.index("```")
    assert text[first:].splitlines()[1].startswith("make demo")
    assert text[first:].splitlines()[2].startswith("make test")


@pytest.mark.parametrize(
    "name", [str(path.relative_to(ROOT)) for path in sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])]
)
def test_links_lead_somewhere(name: str) -> None:
    """Every relative link of every page points at a file."""
    folder = (ROOT / name).parent
    targets = re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", page(name))
    assert [target for target in targets if not (folder / target).exists()] == []


def test_every_lexicon_file_is_described() -> None:
    """A data file without its row in the README is nobody's."""
    folder = ROOT / "src" / "onrecord" / "lexicon" / "data"
    text = (folder / "README.md").read_text(encoding="utf-8")
    files = [path.name for path in sorted(folder.iterdir()) if path.suffix in {".yaml", ".csv", ".json"}]
    assert len(files) > 10
    assert [name for name in files if f"`{name}`" not in text] == []


def test_the_architecture_names_every_package() -> None:
    """The map shows every room."""
    text = page("ARCHITECTURE.md")
    packages = {path.parent.name for path in (ROOT / "src" / "onrecord").glob("*/__init__.py")}
    assert [name for name in sorted(packages) if f"`{name}/`" not in text] == []
    assert len(PER_ARTICLE) > 8
