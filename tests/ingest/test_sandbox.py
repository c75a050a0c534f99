"""The child process: what hangs, grows or falls over costs one rejection, and the next page is read."""

import os
import signal
import time

import pytest

from onrecord.ingest.sandbox import Box, Job, Limits, Taken
from onrecord.model.article import RawArticle

LOOP = """
import sys, time, os
from onrecord.ingest import sandbox_child
from onrecord.ingest.sandbox import Taken
from onrecord.model.article import RawArticle

def take(job):
    what = job.data.decode()
    if what == "spin":
        while True:
            pass
    if what == "sleep":
        time.sleep(600)
    if what == "grow":
        kept = []
        while True:
            kept.append(bytearray(10_000_000))
    if what == "die":
        os._exit(3)
    if what == "raise":
        raise ValueError("no \\ud800 such page")
    if what == "print":
        print("noise on stdout")
        os.write(1, b"more of it")
    if what == "lie":
        return "not what was asked for"
    return Taken(articles=(RawArticle(text=f"{what} {os.getpid()}", source=job.source),))

sandbox_child._task = lambda name: take
sandbox_child.main()
"""


@pytest.fixture
def box():
    with Box(("-P", "-c", LOOP), pages=50) as made:
        yield made


def job(what: str, **limits) -> Job:
    return Job(task="page", data=what.encode(), source=what, limits=Limits(**limits))


def test_a_page_comes_back_from_another_process(box):
    """The work is done elsewhere, by the same child for the next page."""
    first, second = (box.run(job("fine")).articles[0].text.split()[-1] for _ in range(2))
    assert first == second != str(os.getpid())


@pytest.mark.parametrize(
    ("what", "limits", "words"),
    [
        ("spin", {"seconds": 0.3}, "ended by signal"),
        ("grow", {"memory": 400_000_000}, "needs more than"),
        ("die", {}, "ended with code 3"),
        ("raise", {}, "ValueError"),
        ("lie", {}, "can't be understood"),
    ],
)
def test_what_goes_wrong_costs_one_rejection(box, what, limits, words):
    """R109 with the reason, at once, and the next page is read."""
    began = time.monotonic()
    taken = box.run(job(what, **limits))
    assert [rejection.code for rejection in taken.rejections] == ["R109"]
    assert words in taken.rejections[0].note
    assert taken.rejections[0].source == what
    assert box.run(job("fine")).articles
    assert time.monotonic() - began < 60


def test_a_child_that_waits_is_ended_by_the_clock(box, monkeypatch):
    """No processor time is used, so the clock ends it."""
    monkeypatch.setattr("onrecord.ingest.sandbox.SLACK", 0.5)
    taken = box.run(job("sleep", seconds=0.01))
    assert "by the clock" in taken.rejections[0].note


def test_what_a_library_prints_does_not_disturb_the_answer(box):
    """Stdout is the child's own."""
    assert box.run(job("print")).articles[0].text.startswith("print")


def test_a_child_is_replaced_after_so_many_pages():
    """What leaks, leaks for a while only."""
    with Box(("-P", "-c", LOOP), pages=2) as box:
        seen = [box.run(job("fine")).articles[0].text for _ in range(4)]
    assert seen[0] == seen[1] != seen[2] == seen[3]


def test_a_child_that_was_killed_between_two_pages_is_started_again(box):
    """Somebody else's doing costs nothing."""
    pid = int(box.run(job("fine")).articles[0].text.split()[-1])
    os.kill(pid, signal.SIGKILL)
    time.sleep(0.2)
    assert box.run(job("fine")).articles


def test_the_first_of_what_was_taken_is_the_page(box):
    """An article goes before what is said; nothing at all is a rejection too."""
    article = RawArticle(text="words", source="x")
    assert Taken(articles=(article,)).one("x") is article
    assert Taken().one("x").code == "R107"


def test_a_large_page_goes_through_the_pipe(box):
    """Megabytes in and out, with neither side waiting for the other for ever."""
    big = "word " * 1_000_000
    assert box.run(job(big)).articles[0].text.startswith(big)
