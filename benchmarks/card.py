"""Fill MODEL_CARD.md from the runs in benchmarks/runs: what stands between the two marks is written anew.

    python benchmarks/card.py [--runs DIR] [--card FILE] [--check]

Runs are made by `onrecord bench NAME --data DIR --save benchmarks/runs`, or by `python benchmarks/gate.py --save DIR`.
With --check nothing is written; exit status 1 when the card isn't what the runs say.
"""

import argparse
import sys
from pathlib import Path

from onrecord.bench import runs

ROOT = Path(__file__).resolve().parent.parent
START, END = "<!-- measured runs: start -->\n", "<!-- measured runs: end -->"


def filled(card: str, tables: str) -> str:
    """Return the card with these tables between its marks."""
    before, start, rest = card.partition(START)
    _, end, after = rest.partition(END)
    if not start or not end:
        message = f"the card has no line {START.strip()!r} or {END!r}"
        raise SystemExit(message)
    return f"{before}{START}\n{tables}\n{END}{after}"


def main() -> int:
    """Fill or check the card."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=Path, default=ROOT / "benchmarks" / "runs")
    parser.add_argument("--card", type=Path, default=ROOT / "MODEL_CARD.md")
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    card = options.card.read_text(encoding="utf-8")
    found = runs.saved(options.runs)
    new = filled(card, runs.markdown(found))
    if options.check:
        return int(new != card)
    options.card.write_text(new, encoding="utf-8")
    print(f"{len(found)} runs in {options.card.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
