"""The tutorial's commands, run as they stand; what it says they print is compared."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TEXT = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")


def blocks() -> list[tuple[str, str]]:
    """Return each command of the page with the output that stands under it."""
    found = []
    for block in re.findall(r"```console\n(.*?)```", TEXT, re.DOTALL):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            found.append((command, output.strip()))
    return found


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, str, str]]:
    """Run every command in a shell of its own, in a folder with examples/ and nothing else."""
    folder = tmp_path_factory.mktemp("tutorial")
    (folder / "examples").symlink_to(ROOT / "examples")
    program = folder / "bin"
    program.mkdir()
    (program / "onrecord").write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m onrecord "$@"\n')
    (program / "onrecord").chmod(0o755)
    environment = {**os.environ, "PATH": f"{program}{os.pathsep}{os.environ['PATH']}", "COLUMNS": "120"}
    environment["PYTHONPATH"] = str(ROOT / "src")
    run = []
    for command, output in blocks():
        ran = subprocess.run(
            ["bash", "-c", command],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=240,
        )
        assert ran.returncode == 0, f"{command}\n{ran.stderr}"
        run.append((command, output, ran.stdout + ran.stderr))
    assert (folder / "brief.md").read_text(encoding="utf-8").startswith("# Briefing")
    return run


def test_the_commands_print_what_the_page_says(said: list[tuple[str, str, str]]) -> None:
    """Line by line; an ellipsis stands for what differs from run to run."""
    compared = 0
    for command, output, printed in said:
        for line in output.splitlines():
            pattern = re.escape(line).replace(re.escape("..."), ".*")
            assert re.search(f"^{pattern}$", printed, re.MULTILINE), f"{command}\n{line}\n---\n{printed}"
            compared += 1
    assert compared


def test_the_deal_moves_and_its_words_are_shown(said: list[tuple[str, str, str]]) -> None:
    """Agreed on the first day, something else after the second article; why shows both articles' words."""
    shown = [printed for command, _, printed in said if "show deals" in command and "why" not in command]
    assert "\nagreed," in shown[0]
    assert "\nagreed," not in shown[1]
    [why] = [printed for command, _, printed in said if command.startswith("onrecord why")]
    assert "05-truce-agreed" in why
    assert "06-truce-broken" in why


def test_every_command_of_the_readme_exists() -> None:
    """With the options that it is shown with."""
    from onrecord.show.cli.reference import page  # noqa: PLC0415

    reference = page()
    for name in ["README.md", *(str(path.relative_to(ROOT)) for path in sorted((ROOT / "docs").glob("how-to/*.md")))]:
        text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
        for line in re.findall(r"^onrecord ([^#\n]*)", text, re.MULTILINE):
            verb = line.split()[0]
            assert f"## {verb}" in reference, f"{name}: {line}"
            for option in re.findall(r"--[a-z-]+", line):
                assert option in reference, f"{name}: {line}"
