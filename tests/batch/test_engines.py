"""The same lake under the engines of others: a stand-in for Slurm that runs the job array here, and Ray where it is."""

import importlib.util
import os
import re
import sys
from pathlib import Path

import pytest
from tests.batch.conftest import lines, made, program
from tests.batch.test_archive import content, ids, read

pytestmark = pytest.mark.usefixtures("stub")

SBATCH = """#!/bin/bash
# takes a job script as sbatch does, and runs each task of its array at once, one after the other
script="${@: -1}"
grep -q "merge_stats" "$script" && { echo "Submitted batch job 8"; exit 0; }
last=$(sed -n 's/^#SBATCH --array=0-\\([0-9]*\\).*/\\1/p' "$script")
for task in $(seq 0 "$last"); do
  SLURM_NODELIST=localhost SLURM_ARRAY_TASK_ID=$task RUN_OFFSET=0 bash "$script" >> "$SLURM_SAID" 2>&1
done
echo "Submitted batch job 7"
"""
SRUN = """#!/bin/bash
while [[ "$1" == -* ]]; do if [[ "$1" == -n ]]; then shift; fi; shift; done
exec "$@"
"""
SCONTROL = """#!/bin/bash
echo localhost
"""


@pytest.fixture
def slurm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder on the path with `sbatch` and `srun`; what the tasks print goes to the file that is returned."""
    folder, said = tmp_path / "bin", tmp_path / "said.txt"
    folder.mkdir()
    for name, text in (("sbatch", SBATCH), ("srun", SRUN), ("scontrol", SCONTROL)):
        (folder / name).write_text(text)
        (folder / name).chmod(0o755)
    binaries = Path(sys.executable).parent
    monkeypatch.setenv("PATH", os.pathsep.join([str(folder), str(binaries), os.environ["PATH"]]))
    monkeypatch.setenv("SLURM_SAID", str(said))
    return said


def test_slurm_gives_the_same_bytes(tmp_path, slurm):
    source = lines(tmp_path / "a.jsonl", made(45))
    assert read(tmp_path / "local", source).returncode == 0
    done = read(tmp_path / "lake", source, "--engine", "slurm", "--workers", "2", "--partition", "cpu")
    assert done.returncode == 0, done.stderr
    assert re.search(r"submitted as job 7", done.stderr)
    assert content(tmp_path / "lake") == content(tmp_path / "local"), slurm.read_text()
    closed = program("archive", "--lake", str(tmp_path / "lake"))
    assert "45 articles read" in closed.stderr


@pytest.mark.slow
@pytest.mark.skipif(importlib.util.find_spec("ray") is None, reason="ray is not installed (the extra `ray`)")
def test_ray_gives_the_same_bytes(tmp_path):
    source = lines(tmp_path / "a.jsonl", made(45))
    assert read(tmp_path / "local", source).returncode == 0
    done = read(tmp_path / "lake", source, "--engine", "ray", "--workers", "2", "--memory", "1")
    assert done.returncode == 0, done.stderr
    assert content(tmp_path / "lake") == content(tmp_path / "local")
    assert len(ids(tmp_path / "lake")) == 45
