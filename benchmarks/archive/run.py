"""`make bench-archive`: what is promised of archives, measured; prints JSON and keeps it in benchmarks/runs/archive/.

    python benchmarks/archive/run.py [--only words] [--scale 0.1]

At scale 1: 500 PolNeAR articles, 30 kills, 50,000 short articles, a lake of 1,000,000. Hours on two cores.
"""

import argparse
import json
import os
import platform
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"):
    os.environ.setdefault(name, "1")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from speed.run import DEFAULT

from archive import parts, words

RUNS = Path(__file__).resolve().parents[1] / "runs" / "archive"
PARTS = ("words", "mixed", "workers", "stops", "memory", "lake", "peers")


def measure(part: str, scale: float, room: Path, reader: str) -> dict[str, object]:
    """Return the figures of a part."""
    match part:
        case "words":
            files = sorted(DEFAULT.glob("*.txt"))[: max(20, round(500 * scale))]
            return words.measure([file.read_text(encoding="utf-8") for file in files], words.readers())
        case "mixed":
            return words.measure(words.mixed(max(5, round(150 * scale))), words.readers())
        case "workers":
            return parts.workers(room, max(40, round(500 * scale)), reader)
        case "stops":
            return parts.stops(room, 40, max(3, round(30 * scale)), reader)
        case "memory":
            return parts.memory(room, max(2000, round(50_000 * scale)), reader)
        case "lake":
            sizes = sorted({max(1000, round(size * scale)) for size in (10_000, 100_000, 1_000_000)})
            return {str(size): parts.lake(room, size, 2) for size in sizes}
    return parts.peers(max(20, round(100 * scale)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", action="append", choices=PARTS)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--reader", choices=("rules", "learned"), default="rules")
    options = parser.parse_args()
    RUNS.mkdir(parents=True, exist_ok=True)
    day = datetime.now(UTC).date().isoformat()
    for part in options.only or PARTS:
        with tempfile.TemporaryDirectory() as room:
            figures = measure(part, options.scale, Path(room), options.reader)
        made = {
            "part": part, "scale": options.scale, "day": day, "load": round(os.getloadavg()[0], 1),
            "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
            "figures": figures,
        }  # fmt: skip
        printed = json.dumps(made, indent=1)
        print(printed, flush=True)
        (RUNS / f"{part}-{day}.json").write_text(printed + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
