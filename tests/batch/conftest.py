"""Archives of made-up articles, and a program whose reading is quick and can be told to break."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SRC = Path(__file__).resolve().parents[2] / "src"

# Laid before the program by Python itself: a kit without models, and articles that do what their text says.
STUB = """
import os, signal, sys, time
if sys.argv and "onrecord.batch.worker" in " ".join(sys.orig_argv):
    import contextlib
    from onrecord import pipeline
    from onrecord.model.article import ArticleResult
    from onrecord.model.claim import Statement
    from onrecord.model.identity import identity
    from onrecord.model.rejection import Rejection
    from onrecord.model.text import Document
    class Parser:
        @contextlib.contextmanager
        def session(self):
            yield
    class Stub:
        parser = Parser()
    def read(raw, kit):
        if "KILL" in raw.text:
            os.kill(os.getpid(), signal.SIGKILL)
        if "BREAK" in raw.text:
            raise ValueError("broken on purpose")
        time.sleep(float(os.environ.get("SLOWLY", "0")))
        document = Document(id=Document.id_of(raw.text), title=None, text=raw.text, source=raw.source,
                            published=raw.published, published_basis="metadata" if raw.published else None)
        words = document.cite(0, len(raw.text))
        made = Statement(id=identity("statement", document.id), document=document.id, speaker=None, cue=None,
                         content=(words,), quotation="direct", evidence=(words,))
        return ArticleResult(document=document, statements=(made,))
    pipeline.Kit.build = classmethod(lambda cls, settings=None: Stub())
    pipeline.per_article = read
"""


@pytest.fixture
def stub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on, workers read without models."""
    folder = tmp_path / "stub"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(STUB, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(folder), str(SRC)]))


def lines(place: Path, texts: list[str]) -> Path:
    """JSON Lines of articles, a month for every ten."""
    with place.open("w", encoding="utf-8") as file:
        for number, text in enumerate(texts):
            day = f"2031-{number // 10 % 12 + 1:02}-{number % 10 + 1:02}"
            file.write(json.dumps({"text": text, "published": day, "url": f"paper/{number}"}) + "\n")
    return place


def made(count: int) -> list[str]:
    """So many different articles."""
    return [f"Envoy {number} of the northern delegation said that the truce would hold." for number in range(count)]


def command(*arguments: str) -> list[str]:
    """The program's command line."""
    return [sys.executable, "-m", "onrecord", *arguments]


def program(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the program to its end."""
    return subprocess.run(
        command(*arguments), capture_output=True, text=True, check=False, env=os.environ | environment, timeout=120
    )
