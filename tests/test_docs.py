"""The documentation is part of the program: what is not written down fails here."""

import importlib.util
import inspect
import re
import shlex
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import typer

from onrecord import bench, errors
from onrecord.model import wire
from onrecord.model.rejection import MEANINGS
from onrecord.pipeline import PER_ARTICLE
from onrecord.settings import DESCRIPTIONS, Settings
from onrecord.show.cli import GROUPS, VERBS, build
from onrecord.show.cli.export import ExportFormat
from onrecord.show.cli.reference import page as commands_page
from onrecord.show.export.formats import FORMS

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


def test_every_benchmark_has_its_row() -> None:
    """The page names each, in the order of the program."""
    rows = re.findall(r"^\| `(\w+)` \|", page("docs/reference/benchmarks.md"), re.MULTILINE)
    assert rows == list(bench.NAMES)


def test_the_architecture_names_every_package() -> None:
    """The map shows every room."""
    text = page("ARCHITECTURE.md")
    packages = {path.parent.name for path in (ROOT / "src" / "onrecord").glob("*/__init__.py")}
    assert [name for name in sorted(packages) if f"`{name}/`" not in text] == []
    assert len(PER_ARTICLE) > 8


def test_the_page_of_the_record_is_in_step_and_every_field_is_described() -> None:
    """Written by `make docs`; a field without its row in fields.csv is nobody's."""
    record_page = _script("record_page")
    known = record_page.meanings()
    kinds = [*wire.KINDS.values(), *record_page.parts()]
    fields = {field for kind in kinds for field in kind.__struct_fields__}
    assert sorted(fields - set(known)) == []
    assert sorted(set(known) - fields) == []
    assert page("docs/reference/record.md") == record_page.page(), "run `make docs`"


def test_every_format_and_every_option_of_export_is_described() -> None:
    """What maps to what, and what is lost."""
    text = page("docs/reference/formats.md")
    assert [form.name for form in FORMS if f"`{form.name}`" not in text] == []
    assert set(ExportFormat) == {form.name for form in FORMS}


def test_every_column_of_the_lexicon_is_described() -> None:
    """In the row of its file."""
    folder = ROOT / "src" / "onrecord" / "lexicon" / "data"
    rows = (folder / "README.md").read_text(encoding="utf-8").splitlines()
    missing = []
    for path in sorted(folder.glob("*.csv")):
        described = " ".join(row for row in rows if f"`{path.name}`" in row)
        columns = path.read_text(encoding="utf-8").splitlines()[0].split(",")
        missing += [f"{path.name}: {column}" for column in columns if f"`{column}`" not in described]
    assert missing == []


def test_every_command_and_option_stands_in_the_reference() -> None:
    """The page is the program's own help, for every verb and group of verbs."""
    text = page("docs/reference/commands.md")
    verbs = [verb.__name__ for verb in VERBS] + [f"{name} {verb.__name__}" for name in GROUPS for verb in GROUPS[name]]
    assert [verb for verb in verbs if f"## {verb}" not in text] == []
    assert text == commands_page(), "run `make docs`"


def test_the_site_builds_and_needs_no_network(tmp_path: Path) -> None:
    """MkDocs is strict about links; no page, script or style comes from another host."""
    site = tmp_path / "site"
    ran = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", site],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    loaded = re.compile(r"<(?:script|link|img|iframe)[^>]*(?:src|href)=[\"']?(?:https?:)?//", re.IGNORECASE)
    for path in [*site.rglob("*.html"), *site.rglob("*.css")]:
        text = path.read_text(encoding="utf-8")
        assert not loaded.search(text), path
        assert not re.search(r"@import|url\([\"']?(?:https?:)?//", text) or path.suffix == ".html", path
    for name in ("tutorial.html", "model-card.html", "reference/lexicon.html", "reference/formats.html"):
        assert (site / name).is_file()
    for folder in ("how-to", "reference", "explanation", "decisions"):
        for source in (ROOT / "docs" / folder).glob("*.md"):
            assert (site / folder / f"{source.stem}.html").is_file()


def _commands() -> list[tuple[str, str]]:
    """Every `onrecord ...` that README and docs tell to type, with the page it stands on; what is printed is no command."""
    found = []
    for path in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]:
        if path.parent.name in {"decisions", "reference"}:
            continue
        text = path.read_text(encoding="utf-8").replace("\\\n", " ")
        blocks = re.findall(r"^```[a-z]*\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
        lines = [line for block in blocks for line in block.splitlines()]
        inline = [
            " ".join(one.split())
            for one in re.findall(
                r"`(onrecord [^`]+)`", re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)
            )
        ]
        typed = [match[1] for line in lines if (match := re.match(r"^(?:\$ |[\d*/ ]+ )?(onrecord .*)", line))]
        found += [(path.name, one) for one in [*typed, *inline]]
    return found


def test_every_command_that_the_docs_tell_is_one() -> None:
    """Its verb, its options and the words that an option takes."""
    wrong, known = [], 0
    for name, line in _commands():
        try:
            words = shlex.split(
                re.sub(r'"?\$\(.*\)"?', "ID", line).partition(" > ")[0].partition(" | ")[0], comments=True
            )[1:]
        except ValueError:
            wrong.append((name, line, "quotes"))
            continue
        command: Any = typer.main.get_command(build())
        while words and hasattr(command, "commands") and words[0] in command.commands:
            command = command.commands[words.pop(0)]
        if hasattr(command, "commands") and not (words and words[0].startswith("--")):
            if "|" not in line:
                wrong.append((name, line, "no such verb"))
            continue
        known += 1
        options = {flag: one for one in command.params for flag in getattr(one, "opts", ()) if flag.startswith("-")}
        options |= dict.fromkeys(["--help", "-h", "--install-completion", "--show-completion"])
        for at, word in enumerate(words):
            flag = word.partition("=")[0]
            if flag.startswith("--") and flag.partition("|")[0] not in options:
                wrong.append((name, line, flag))
            choices = getattr(getattr(options.get(flag), "type", None), "choices", None)
            value = words[at + 1] if at + 1 < len(words) else ""
            if choices and not set(value.split("|")) <= {getattr(one, "value", one) for one in choices}:
                wrong.append((name, line, value))
    assert wrong == []
    assert known > 60


def _script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
