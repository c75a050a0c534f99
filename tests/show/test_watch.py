"""`onrecord watch` against a site that does everything wrong: each page once, never too fast, nothing lost, even killed."""

import os
import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import msgspec
import pytest

from onrecord.keep.ledger import open_ledger
from onrecord.keep.open import open_view
from onrecord.keep.protocol import Query
from onrecord.show.cli.moved import Standing, changes

sys.path.insert(0, str(Path(__file__).parent))

import itertools

from watch_site import HOSTS, ODD, Site

DELAY = 0.02
DRIVER = Path(__file__).parent / "watch_driver.py"


def started(site: Site, store: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(DRIVER), str(site.port), "watch", *site.feeds, "--once", "--store", str(store), "--delay", str(DELAY), "--backoff", "0.05", "--most", "1000"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, "ONRECORD_READER": "rules"},
    )  # fmt: skip


def finished(site: Site, store: Path) -> str:
    child = started(site, store)
    out, err = child.communicate(timeout=900)
    assert child.returncode == 0, err
    return out + err


def state(store: Path):
    """Everything that is kept and remembered, but for times, and for which failure of a failing page was the last."""
    with open_view(store) as view:
        documents = [msgspec.structs.replace(one, retrieved=None) for one in view.find(Query(kind="document"))]
        rejections = sorted((one.code, one.source or "") for one in view.find(Query(kind="rejection")))
    with open_ledger(store) as ledger:
        visits = [(one.address, one.sort, one.state, one.stamp, one.etag) for one in ledger.visits()]
    return documents, rejections, visits


def too_fast(site: Site) -> list[tuple[str, float]]:
    """Requests to one host that came sooner after the one before than the pace allows."""
    found = []
    for host in HOSTS:
        times = [at for at, where, _, _ in site.log if where == host]
        found += [
            (host, after - before) for before, after in itertools.pairwise(times) if after - before < DELAY * 0.95
        ]
    return found


@pytest.mark.parametrize("pages", [5, pytest.param(50, marks=[pytest.mark.slow, pytest.mark.timeout(1800)])])
def test_each_page_once_and_nothing_that_must_not_be(tmp_path, pages):
    """Twice --once: pages are fetched once, feeds answer 304, what must be refused is refused, rates are kept."""
    store = tmp_path / "desk.db"
    with Site(pages) as site:
        said = finished(site, store)
        first = list(site.log)
        again = finished(site, store)
        second = site.log[len(first) :]
        assert too_fast(site) == []
    documents, rejections, _ = state(store)
    assert len(documents) == pages * len(HOSTS)
    assert all("“Köprü”" in one.text for one in documents)
    wanted = Counter({code: list(ODD.values()).count(code) for code in ODD.values()})
    assert Counter(code for code, _ in rejections if code != "R110") == wanted
    served = Counter(
        (host, path) for _, host, path, status in first if status == 200 and path.startswith(("/news/", "/real/"))
    )
    assert set(served.values()) == {1}
    assert len(served) == pages * len(HOSTS)
    assert {path for _, _, path, _ in second} <= {
        "/robots.txt",
        *(
            f"/{name}"
            for name in ("rss.xml", "atom.xml", "feed.json", "sitemap.xml", "index.xml", "list.opml", "sub.xml")
        ),
    }
    assert Counter(
        status for _, _, path, status in second if path in {"/rss.xml", "/atom.xml", "/feed.json", "/sub.xml"}
    ) == {304: 4}
    assert "127.0.0.1" not in {host for _, host, _, _ in site.log}
    assert f"{pages * len(HOSTS)} read" in said
    assert "0 read, 0 refused" in again


@pytest.mark.parametrize(
    ("pages", "kills"), [(2, 2), pytest.param(50, 50, marks=[pytest.mark.slow, pytest.mark.timeout(3600)])]
)
def test_killed_at_any_moment_it_ends_with_the_same_store(tmp_path, pages, kills):
    """SIGKILL again and again, at random moments; what is kept in the end is what an undisturbed run keeps."""
    draw = random.Random(6)
    with Site(pages) as site:
        began = time.monotonic()
        finished(site, tmp_path / "whole.db")
        whole = time.monotonic() - began
    with Site(pages) as site:
        for _ in range(kills):
            child = started(site, tmp_path / "killed.db")
            try:
                child.wait(
                    draw.uniform(0.2, max(1.0, whole)) if kills < 10 else draw.uniform(0.3, max(2.0, whole / 12))
                )
            except subprocess.TimeoutExpired:
                child.kill()
            child.communicate(timeout=60)
        finished(site, tmp_path / "killed.db")
    assert state(tmp_path / "killed.db") == state(tmp_path / "whole.db")


def test_what_changed_is_told_in_a_line_each():
    """New, moved on, better founded, gone."""
    was = {
        "d1": Standing("deal", "Truce", "floated", 1), "d2": Standing("deal", "Swap", "agreed", 2),
        "c1": Standing("case", "Tomas Weir", "detained", 1), "c2": Standing("case", "Ilse", "detained", 1),
    }  # fmt: skip
    now = {
        "d1": Standing("deal", "Truce", "agreed", 2), "d2": Standing("deal", "Swap", "agreed", 3),
        "c1": was["c1"], "c3": Standing("case", "Orla", "released", 1),
    }  # fmt: skip
    assert changes(was, now) == [
        "new case: Orla: released  c3",
        "deal Swap: agreed, 2 -> 3 reports  d2",
        "deal Truce: floated -> agreed  d1",
        "gone, or taken together with another: case Ilse  c2",
    ]
