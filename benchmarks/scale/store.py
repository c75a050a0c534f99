"""How soon one more article shows: a store of made-up articles, assembled whole, then one article after the other.

    python benchmarks/scale/store.py [--count 100000] [--more 5] [--folder FOLDER]

The store is filled with the traces that assembling reads (model/shelf.py), not with the articles: those are
never read again when one more article comes. Printed are seconds of the clock and of the processor from `add` to the
end of `renew`, and what assembling the whole store took.
"""

import argparse
import json
import resource
import tempfile
import time
from itertools import batched
from pathlib import Path

from made import articles

from onrecord.keep.lite import LiteWriter
from onrecord.pipeline import renew
from onrecord.reconcile import trace
from onrecord.resolve.judge import Judge


def fill(writer: LiteWriter, count: int) -> None:
    """Put the traces of `count` articles into a store."""
    judge = Judge()
    for several in batched((one for one in articles(count) if one.document is not None), 500):
        with writer.assembling() as bench:
            for article in several:
                name = article.document.id
                bench.enter(name, article.document.published_day)
                bench.keep(name, trace.of(article, judge), trace.VERSION)


def main() -> None:
    """Measure and print one JSON object a line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--more", type=int, default=5)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        writer = LiteWriter(Path(folder) / "scale.db")
        fill(writer, options.count)
        clock, processor = time.perf_counter(), time.process_time()
        whole = renew(writer)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        told = {"whole": options.count, "records": whole.written, "peak_mb": peak}
        print(json.dumps({**told, **_took(clock, processor)}), flush=True)
        for article in list(articles(options.more, seed=2)):
            clock, processor = time.perf_counter(), time.process_time()
            writer.add(article)
            made = renew(writer)
            told = {"one_more": article.document.id if article.document else "", "written": made.written}
            print(json.dumps({**told, "whole": made.whole, **_took(clock, processor)}), flush=True)
        writer.close()


def _took(clock: float, processor: float) -> dict[str, float]:
    return {
        "clock_s": round(time.perf_counter() - clock, 2),
        "processor_s": round(time.process_time() - processor, 2),
    }


if __name__ == "__main__":
    main()
