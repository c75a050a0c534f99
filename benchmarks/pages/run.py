"""Time the pages over a store: `python benchmarks/pages/run.py big.db --rounds 30`.

Starts `onrecord serve` as one process, asks each type of page again and again for records drawn at random,
prints median and 95th percentile in milliseconds and the memory of the server. Exits 1 where a bar is missed: 150 ms at
the median and 400 ms at the 95th percentile, 100 ms at the median for searches, 500 MB of memory.
"""

import argparse
import http.client
import os
import random
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, urlencode

from onrecord.keep.open import open_view
from onrecord.keep.protocol import Query

MEDIAN, HIGH, SEARCH, MEMORY = 150.0, 400.0, 100.0, 500.0


def questions(store: Path, seed: int) -> dict[str, Callable[[], str]]:
    """Return, for each type of page, what gives the address of one of them."""
    pick = random.Random(seed)  # noqa: S311 - which page comes next is no secret
    with open_view(store) as view:
        counts = view.counts()
        ids = {
            kind: [
                quote(record.id, safe="")
                for at in range(6)
                for record in view.find(Query(kind=kind, limit=5, offset=at * max(0, counts[kind] - 5) // 6))
            ]
            for kind in ("deal", "case", "statement", "event", "actor", "document", "act")
        }
        words = [
            word
            for document in view.find(Query(kind="document", limit=40))
            for word in re.findall(r"[a-z]{3,}", document.text)
        ]

    def one(family: str, kind: str) -> Callable[[], str]:
        return lambda: f"/{family}/{pick.choice(ids[kind])}"

    def asked(path: str, **values: Callable[[], str] | str) -> Callable[[], str]:
        return lambda: path + "?" + urlencode({k: v if isinstance(v, str) else v() for k, v in values.items()})

    def word() -> str:
        return pick.choice(words)

    def actor() -> str:
        return pick.choice(ids["actor"][:8])

    return {
        "front": lambda: "/", "deals": lambda: "/deals", "deals, one status": asked("/deals", status="agreed"),
        "deal": one("deals", "deal"), "cases": lambda: "/cases", "case": one("cases", "case"),
        "statements": lambda: "/statements", "statement": one("statements", "statement"),
        "search: a word": asked("/statements", q=word),
        "search: two words": asked("/statements", q=lambda: f"{word()} {word()}"),
        "search: the commonest word": asked("/statements", q="the"),
        "search: word, force, period": asked(
            "/statements", q=word, force="deny", since="2025-01-01", until="2025-03-31"
        ),
        "search: articles": asked("/documents", q=word),
        "X on Y": asked("/statements", speaker=actor, about=actor),
        "statements, country and force": asked("/statements", country="FRA", force="accuse"),
        "statements, page 150": asked("/statements", page="150"),
        "events": lambda: "/events", "events, type and country": asked("/events", type="ASSAULT", country="DEU"),
        "event": one("events", "event"), "calendar": asked("/events", view="calendar"),
        "map": asked("/events", view="map"), "network": asked("/events", view="network"),
        "reports": asked("/events", view="reports"), "claim": one("claims", "act"), "actors": lambda: "/actors",
        "actor, most named": lambda: f"/actors/{actor()}", "actor": one("actors", "actor"),
        "documents": lambda: "/documents", "reader": one("documents", "document"), "rejections": lambda: "/rejections",
        "rejections, one code": asked("/rejections", code="R301"), "review": lambda: "/review",
        "history": lambda: "/history", "feed": lambda: "/feeds/deals", "api": lambda: "/api/v1/statements",
    }  # fmt: skip


def memory(process: int) -> float:
    """Return the resident memory of a process in MB."""
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    return int(status.split("VmRSS:")[1].split()[0]) / 1000


def spent(process: int) -> float:
    """Return the seconds of processor time that a process has used."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("store", type=Path)
    asked.add_argument("--rounds", type=int, default=30)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--port", type=int, default=8399)
    given = asked.parse_args()
    pages = questions(given.store, given.seed)
    command = [sys.executable, "-m", "onrecord", "serve", "--store", str(given.store), "--port", str(given.port)]
    server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    missed = 0
    try:
        print(server.stderr.readline().strip() if server.stderr else "", f"load {os.getloadavg()[0]:.1f}")
        client = http.client.HTTPConnection("127.0.0.1", given.port, timeout=60)
        print(f"{'page':32}{'median':>9}{'95th':>9}{'processor':>11}  ms")
        for name, address in pages.items():
            times, cpu = [], spent(server.pid)
            for _ in range(given.rounds):
                begun = time.perf_counter()
                client.request("GET", address())
                answer = client.getresponse()
                answer.read()
                times.append((time.perf_counter() - begun) * 1000)
                if answer.status != 200:
                    print(f"{name}: {answer.status}")
                    missed += 1
            each = (spent(server.pid) - cpu) / given.rounds * 1000
            middle = statistics.median(times)
            high = statistics.quantiles(times, n=20, method="inclusive")[-1] if len(times) > 1 else times[0]
            bad = middle > (SEARCH if name.startswith("search") else MEDIAN) or high > HIGH
            missed += bad
            print(f"{name:32}{middle:9.1f}{high:9.1f}{each:11.1f}  {'over the bar' if bad else ''}", flush=True)
        used = memory(server.pid)
        missed += used > MEMORY
        print(f"memory {used:.0f} MB")
    finally:
        server.terminate()
        server.wait(10)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
