"""Words a second of one core, in one run over the same articles, taking turns: bare spaCy, rules alone, everything on.

The bare parser gets the articles in batches of 8, at which it is quickest here; ours gets them one by one, as a worker
does. Processor time is what is measured, so that other work on the machine counts for little.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"):
    os.environ.setdefault(name, "1")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from speed.run import DEFAULT, bare_pipeline, raw

from onrecord.pipeline import Kit, per_article
from onrecord.settings import Settings

SLICE = 10
GOLD = DEFAULT.parents[2]


def readers() -> dict[str, Callable[[list[str]], object]]:
    """Return what takes turns, each warmed up by whoever calls it first."""
    bare = bare_pipeline(Settings())
    kits = {name: Kit.build(Settings(reader=name)) for name in ("rules", "learned")}

    def ours(kit: Kit) -> Callable[[list[str]], object]:
        def read(texts: list[str]) -> object:
            with kit.parser.session():
                return [per_article(raw(text), kit) for text in texts]

        return read

    return {
        "bare spaCy": lambda texts: [len(doc) for doc in bare.pipe(texts, batch_size=8)],
        "rules alone": ours(kits["rules"]),
        "everything on": ours(kits["learned"]),
    }


def mixed(count: int) -> list[str]:
    """Return as many articles again of PolNeAR, GUM, ECB+ and web pages, in turn: politics is a fourth of them."""
    topics = (GOLD / "ecbplus-topics" / "train.jsonl").read_text(encoding="utf-8").splitlines()
    pages = json.loads(
        (GOLD / "html" / "article-extraction-benchmark" / "ground-truth.json").read_text(encoding="utf-8")
    )
    streams = [
        [file.read_text(encoding="utf-8") for file in sorted(DEFAULT.glob("*.txt"))[:count]],
        [file.read_text(encoding="utf-8") for file in sorted((GOLD / "gum" / "train" / "text").glob("*.txt"))[:count]],
        [" ".join(json.loads(line)["sentences"]) for line in topics[:count]],
        [page["articleBody"] for page in list(pages.values())[:count]],
    ]
    return [text for row in zip(*streams, strict=False) for text in row]


def measure(texts: list[str], sides: dict[str, Callable[[list[str]], object]]) -> dict[str, object]:
    """Return words a second of processor time for each side, and its ratio to the first."""
    spent = dict.fromkeys(sides, 0.0)
    for read in sides.values():
        read(texts[:4])
    names = list(sides)
    for turn, first in enumerate(range(0, len(texts), SLICE)):
        part = texts[first : first + SLICE]
        for at in range(len(names)):
            name = names[(at + turn) % len(names)]
            start = time.process_time()
            sides[name](part)
            spent[name] += time.process_time() - start
    words = sum(len(text.split()) for text in texts)
    return {
        "articles": len(texts),
        "words": words,
        "words_a_second": {name: round(words / seconds) for name, seconds in spent.items()},
        "ratio_to_bare": {name: round(spent[names[0]] / seconds, 3) for name, seconds in spent.items()},
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=Path, default=DEFAULT)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--mixed", action="store_true", help="PolNeAR, GUM, ECB+ and web pages in turn")
    options = parser.parse_args()
    files = sorted(options.articles.glob("*.txt"))[: options.count]
    texts = mixed(options.count // 4) if options.mixed else [file.read_text(encoding="utf-8") for file in files]
    if not texts:
        parser.error(f"no .txt files in {options.articles}")
    print(json.dumps(measure(texts, readers()), indent=1))


if __name__ == "__main__":
    main()
