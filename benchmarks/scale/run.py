"""How assembling grows: made-up atoms of 10,000, 30,000 and 100,000 articles into deals, cases, events and actors.

    python benchmarks/scale/run.py [--sizes 10000,30000,100000] [--out FILE]

Each size runs in a process of its own on one core. Printed are seconds of processor time and of the clock without what
making the atoms takes, the peak of memory, and the number of records; at the end the growth between the sizes.
"""

import argparse
import itertools
import json
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from onrecord.model.article import ArticleResult
from onrecord.pipeline import whole_record

sys.path.insert(0, str(Path(__file__).resolve().parent))

from made import articles


def one(count: int) -> dict[str, object]:
    """Assemble the record of `count` made-up articles and return what it took."""
    making = [0.0, 0.0]

    def made() -> Iterator[ArticleResult]:
        source = articles(count)
        while True:
            clock, processor = time.perf_counter(), time.process_time()
            article = next(source, None)
            making[0] += time.perf_counter() - clock
            making[1] += time.process_time() - processor
            if article is None:
                return
            yield article

    clock, processor = time.perf_counter(), time.process_time()
    kinds = Counter(str(record.__struct_config__.tag) for record in whole_record(made()))
    return {
        "articles": count,
        "clock_s": round(time.perf_counter() - clock - making[0], 1),
        "processor_s": round(time.process_time() - processor - making[1], 1),
        "making_s": round(making[1], 1),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "records": dict(sorted(kinds.items())),
    }


def main() -> None:
    """Measure each size and print one JSON object a line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="10000,30000,100000")
    parser.add_argument("--one", type=int)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(one(options.one)))
        return
    lines = []
    for size in options.sizes.split(","):
        told = subprocess.run([sys.executable, __file__, "--one", size], check=True, capture_output=True, text=True)
        lines.append(json.loads(told.stdout))
        print(told.stdout.strip(), flush=True)
    for less, more in itertools.pairwise(list(lines)):
        times, growth = more["processor_s"] / less["processor_s"], more["articles"] / less["articles"]
        line = f"{growth:.1f} times the articles took {times:.1f} times the processor time"
        lines.append({"growth": line})
        print(line)
    if options.out:
        options.out.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")


if __name__ == "__main__":
    main()
