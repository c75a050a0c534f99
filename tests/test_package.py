"""What is installed: entry points that lead somewhere, completions, a wheel that is the same when built twice."""

import hashlib
import importlib
import os
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_entry_points_lead_somewhere():
    """The program, and the component that spaCy finds by its name."""
    points = {**PROJECT["scripts"], **PROJECT["entry-points"]["spacy_factories"]}
    assert set(points) == {"onrecord"}
    for target in (*PROJECT["scripts"].values(), *PROJECT["entry-points"]["spacy_factories"].values()):
        module, _, name = target.partition(":")
        assert callable(getattr(importlib.import_module(module), name))


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_shell_completes_verbs_and_choices(shell):
    """`onrecord --install-completion` puts in place what is asked here."""
    line = "onrecord ex"
    environment = {
        **os.environ, "_ONRECORD_COMPLETE": f"complete_{shell}", "COMP_WORDS": line, "COMP_CWORD": "1",
        "_TYPER_COMPLETE_ARGS": line, "_TYPER_COMPLETE_FISH_ACTION": "get-args",
    }  # fmt: skip
    code = "from onrecord.show.cli import main; main()"
    ran = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert "export" in ran.stdout, ran.stderr


@pytest.mark.slow
def test_wheel_and_sdist_are_the_same_when_built_twice(tmp_path):
    """Byte for byte, and the wheel holds the data that reading needs."""
    digests = []
    for name in ("one", "two"):
        folder = tmp_path / name
        command = [sys.executable, "-m", "hatchling", "build", "-d", str(folder)]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        digests.append({path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()})
    assert digests[0] == digests[1]
    assert len(digests[0]) == 2
    [wheel] = (tmp_path / "one").glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    for needed in ("lexicon/data/cameo.csv", "read/data/attribution.int8.onnx", "show/web/static/page.css"):
        assert f"onrecord/{needed}" in names
