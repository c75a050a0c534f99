"""`import onrecord` costs next to nothing, and the public names are exact."""

import subprocess
import sys

import onrecord

CODE = """
import sys, time
start = time.perf_counter()
import onrecord
print(time.perf_counter() - start)
print("spacy" in sys.modules, "onnxruntime" in sys.modules, "sqlite3" in sys.modules)
"""


def test_importing_is_quick_and_brings_no_parser() -> None:
    """Under 200 ms (best of three: the machine may be busy), and no spaCy."""
    best = 9.0
    for _ in range(3):
        out = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True).stdout.split()
        assert out[1:] == ["False", "False", "False"]
        best = min(best, float(out[0]))
    assert best < 0.2


def test_the_public_names_are_sorted_and_exist() -> None:
    """Nothing more, nothing less."""
    assert list(onrecord.__all__) == sorted(onrecord.__all__)
    assert all(hasattr(onrecord, name) for name in onrecord.__all__)
