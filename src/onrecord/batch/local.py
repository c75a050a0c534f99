"""Give shards to workers on this machine and see to it that the death of one costs its shard's time and no more.

A worker is a process of its own that says which article it begins. Where it dies or stands still, its shard goes to
another; an article that has ended its worker three times is passed over (R290). datatrove's local executor waits for
ever for a worker that was killed: docs/decisions/0024.
"""

import contextlib
import fcntl
import os
import selectors
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

import msgspec

from onrecord.batch import plan as plans
from onrecord.batch.shard import DEATHS_THAT_TELL
from onrecord.batch.worker import Word
from onrecord.errors import StoreError, UsageError

STILL = 600.0
"""Seconds after which an article that is being read is taken to have hung."""
_MOST_TRIES = 20
_START = 300.0


class Event(msgspec.Struct, frozen=True):
    """What the run tells whoever watches: `begun` articles so far; or a `note` in words."""

    begun: int
    note: str = ""


class _Worker:
    """A process and what it is at."""

    def __init__(self, lake: Path) -> None:
        threads = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL", "BLIS", "VECLIB", "NUMEXPR")}
        command = [sys.executable, "-m", "onrecord.batch.worker", str(lake)]
        self.process = subprocess.Popen(  # noqa: S603 - our own program
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=os.environ | threads, bufsize=0,
        )  # fmt: skip
        self.shard: int | None = None
        self.place = -1
        self.source = ""
        self.heard = time.monotonic()
        self.ready = False
        self.rest = b""

    @property
    def out(self) -> BinaryIO:
        """Return its stdout."""
        if self.process.stdout is None:
            raise StoreError
        return self.process.stdout  # type: ignore[return-value]

    def order(self, shard: int) -> None:
        """Tell it to read a shard; whether it still lives shows later."""
        self.shard, self.place, self.source, self.heard = shard, -1, "", time.monotonic()
        if self.process.stdin is not None:
            with contextlib.suppress(OSError):
                self.process.stdin.write(b"%d\n" % shard)

    def words(self) -> Iterator[Word] | None:
        """Return what it has said since, or None where it says nothing any more."""
        data = os.read(self.out.fileno(), 1 << 16)
        if not data:
            return None
        *lines, self.rest = (self.rest + data).split(b"\n")
        return (msgspec.json.decode(line, type=Word) for line in lines if line)

    def still(self, now: float) -> bool:
        """Say whether it has said nothing for too long."""
        return now - self.heard > (STILL if self.ready else _START) and (self.shard is not None or not self.ready)

    def end(self) -> int:
        """End it, and return its exit code."""
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        if self.process.poll() is None:
            self.process.kill()
        return self.process.wait()


class _Crew:
    """The workers of a run, and the shards that are left."""

    def __init__(self, lake: Path, numbers: Sequence[int], watch: Callable[[Event], None]) -> None:
        self.failed: list[int] = []
        self._lake = lake
        self._watch = watch
        self._todo = deque(numbers)
        self._tries = dict.fromkeys(numbers, 0)
        self._workers: list[_Worker] = []
        self._waiting = selectors.DefaultSelector()
        self._begun = 0

    def work(self, workers: int) -> None:
        """Hire so many and let them read what is left."""
        try:
            for _ in range(workers):
                self._hire()
            while self._todo or any(worker.shard is not None for worker in self._workers):
                for key, _mask in self._waiting.select(timeout=1.0):
                    self._hear(key.data)
                now = time.monotonic()
                for worker in [one for one in self._workers if one.still(now)]:
                    self._lose(worker, "it stood still")
        finally:
            while self._workers:
                self._dismiss(self._workers[-1])
            self._waiting.close()

    def _hear(self, worker: _Worker) -> None:
        said = worker.words()
        if said is None:
            self._lose(worker, "its worker died")
            return
        worker.heard = time.monotonic()
        for word in said:
            if word.what == "at":
                worker.place, worker.source = word.place, word.source
                self._begun += 1
                continue
            if word.what == "failed":
                self.failed.append(word.shard)
                self._watch(Event(self._begun, f"shard {word.shard} could not be written: {word.note}"))
            worker.ready, worker.shard = True, None
            if self._todo:
                worker.order(self._todo.popleft())
        self._watch(Event(self._begun))

    def _hire(self) -> None:
        worker = _Worker(self._lake)
        self._workers.append(worker)
        self._waiting.register(worker.out, selectors.EVENT_READ, worker)

    def _dismiss(self, worker: _Worker) -> int:
        self._waiting.unregister(worker.out)
        self._workers.remove(worker)
        return worker.end()

    def _lose(self, worker: _Worker, why: str) -> None:
        shard, code = worker.shard, self._dismiss(worker)
        if shard is None:
            if not worker.ready:
                message = f"a worker ended before it could read (exit code {code}); what it said stands above"
                raise StoreError(message)
            self._hire()
            return
        self._tries[shard] += 1
        deaths = _note_death(self._lake, shard, worker.place) if worker.place >= 0 else 0
        again = "its shard is read again"
        if self._tries[shard] > _MOST_TRIES:
            self.failed.append(shard)
            again = "given up: it was tried too often"
        else:
            self._todo.appendleft(shard)
            if deaths >= DEATHS_THAT_TELL:
                again = "the article is passed over from now on"
        where = worker.source or "its beginning"
        self._watch(Event(self._begun, f"shard {shard}: {why} (exit code {code}) at {where}; {again}"))
        self._hire()


def run(lake: Path, numbers: Sequence[int], workers: int, watch: Callable[[Event], None] = lambda _: None) -> list[int]:
    """Read these shards with so many workers; return those that could not be written. Raises `StoreError`."""
    if not numbers:
        return []
    crew = _Crew(lake, numbers, watch)
    crew.work(max(1, min(workers, len(numbers))))
    return crew.failed


@contextlib.contextmanager
def alone(lake: Path) -> Iterator[None]:
    """Hold the lake's lock while the `with` lasts; a `UsageError` where another run holds it."""
    with (lake / ".lock").open("a+b") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            message = f"{lake}: another run is at work on this lake"
            raise UsageError(message) from error
        yield


def _note_death(lake: Path, shard: int, place: int) -> int:
    known = plans.deaths(lake, shard)
    known[place] = known.get(place, 0) + 1
    plans.write(lake / plans.DEATHS / f"{shard:06d}.json", known)
    return known[place]
