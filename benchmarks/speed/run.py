"""Speed of reading, in one run on the same articles: bare `nlp.pipe` of the parser against the whole of `per_article`.

    python benchmarks/speed/run.py [--articles FOLDER] [--count 500] [--reader rules] [--out FILE]

The two take turns over slices of the articles on one core, so that a machine whose speed drifts drifts for both. Also
printed: the time from the start of `onrecord read` to its first record, and of `import onrecord`: medians of five.
"""

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"):
    os.environ.setdefault(name, "1")

from onrecord.model.article import RawArticle
from onrecord.pipeline import PER_ARTICLE, Kit, per_article
from onrecord.settings import Settings

DEFAULT = Path(__file__).resolve().parents[3] / "shared" / "gold" / "polnear" / "train" / "text"
SLICE = 25


def bare_pipeline(settings: Settings) -> object:
    """Load the same pipeline as it comes, with none of our parts."""
    import importlib  # noqa: PLC0415

    import spacy  # noqa: PLC0415

    return spacy.load(importlib.import_module(settings.parser).model_path())


def timed(command: list[str], until_first_line: bool) -> float:
    """Return seconds until the command's first line, or until its end."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    if process.stdout is None:
        raise RuntimeError(command)
    if until_first_line:
        process.stdout.readline()
    else:
        process.wait()
    seconds = time.perf_counter() - start
    process.communicate()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return seconds


def main() -> None:
    """Measure and print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=Path, default=DEFAULT)
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--reader", choices=("rules", "learned"), default="rules")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    texts = [file.read_text(encoding="utf-8") for file in sorted(options.articles.glob("*.txt"))[: options.count]]
    if not texts:
        parser.error(f"no .txt files in {options.articles}")
    settings = Settings(reader=options.reader)
    bare, kit = bare_pipeline(settings), Kit.build(settings)
    words = sum(len(text.split()) for text in texts)
    spent = {"bare": 0.0, "ours": 0.0}
    steps: dict[str, float] = {step.name: 0.0 for step in PER_ARTICLE}
    list(bare.pipe(texts[:5]))
    per_article(raw(texts[0]), kit)
    for turn, first in enumerate(range(0, len(texts), SLICE)):
        part = texts[first : first + SLICE]
        for side in ("bare", "ours") if turn % 2 == 0 else ("ours", "bare"):
            start = time.process_time()
            if side == "bare":
                for _ in bare.pipe(part):
                    pass
            else:
                for text in part:
                    per_article(raw(text), kit)
            spent[side] += time.process_time() - start
    for text in texts[:50]:
        by_step(raw(text), kit, steps)
    first_record = [
        timed([sys.executable, "-m", "onrecord", "read", str(sample()), "--format", "jsonl", "--reader", options.reader,
               "--published", "2031-05-06"], until_first_line=True)
        for _ in range(5)
    ]  # fmt: skip
    importing = [timed([sys.executable, "-c", "import onrecord"], until_first_line=False) for _ in range(5)]
    nothing = [timed([sys.executable, "-c", ""], until_first_line=False) for _ in range(5)]
    figures = {
        "articles": len(texts),
        "words": words,
        "reader": options.reader,
        "bare_words_per_second": round(words / spent["bare"]),
        "ours_words_per_second": round(words / spent["ours"]),
        "ratio": round(spent["bare"] / spent["ours"], 3),
        "share_of_time_by_step": {name: round(value / sum(steps.values()), 3) for name, value in steps.items()},
        "start_to_first_record_seconds": round(statistics.median(first_record), 2),
        "import_seconds": round(max(0.0, statistics.median(importing) - statistics.median(nothing)), 3),
        "peak_megabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
    }
    printed = json.dumps(figures, indent=1)
    print(printed)
    if options.out:
        options.out.write_text(printed + "\n", encoding="utf-8")


def raw(text: str) -> RawArticle:
    """Return an article as ingest would hand it over."""
    return RawArticle(text=text, source="speed", published="2016-09-01", published_basis="given")


def by_step(article: RawArticle, kit: Kit, steps: dict[str, float]) -> None:
    """Add the seconds of each step over one article."""
    bag = {"raw": article, "settings": kit.settings, "lexicon": kit.lexicon, "parser": kit.parser}
    for step in PER_ARTICLE:
        start = time.process_time()
        given = step.run(**{need: bag[need] for need in step.needs})
        steps[step.name] += time.process_time() - start
        bag.update(zip(step.gives, given if len(step.gives) > 1 else (given,), strict=True))


def sample() -> Path:
    """Return an article of our own to start on."""
    return Path(__file__).resolve().parents[2] / "examples" / "dispatches" / "05-truce-agreed" / "article.txt"


if __name__ == "__main__":
    main()
