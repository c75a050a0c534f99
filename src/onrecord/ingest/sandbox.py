"""Take hostile input apart in a child process: a page that hangs or explodes costs one `rejection`, not the run.

The child (`ingest.sandbox_child`) is started at first need, serves many pages, and is limited in memory, in processor
time a page, and in time by the clock. What it sends back is decoded into our own types and nothing else.
"""

import atexit
import contextlib
import os
import selectors
import subprocess
import sys
import threading
import time
from typing import Self

import msgspec

from onrecord.model.article import RawArticle
from onrecord.model.rejection import Rejection

PAGES_A_CHILD = 400
SLACK = 10.0
_MOST_BACK = 256_000_000
_CHILD = ("-P", "-m", "onrecord.ingest.sandbox_child")


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """What one piece of input may cost: seconds of processor time, bytes of memory; by the clock four times as long."""

    seconds: float = 20.0
    memory: int = 2_000_000_000


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """What the child is asked to do: a task by name, the bytes, where they come from and what is known of them."""

    task: str
    data: bytes
    source: str
    url: str | None = None
    charset: str | None = None
    type: str | None = None
    limits: Limits = Limits()


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of a feed: the address of an article, and what the feed says of it."""

    url: str
    title: str | None = None
    published: str | None = None
    updated: str | None = None


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a job: articles, links to articles, links to further feeds, and what there is to say."""

    articles: tuple[RawArticle, ...] = ()
    links: tuple[Link, ...] = ()
    feeds: tuple[str, ...] = ()
    rejections: tuple[Rejection, ...] = ()
    out_of_memory: bool = False

    def one(self, source: str) -> RawArticle | Rejection:
        """Return the article, or the reason why there is none."""
        if self.articles:
            return self.articles[0]
        return self.rejections[0] if self.rejections else Rejection(code="R107", stage="ingest", source=source)


class Gone(Exception):  # noqa: N818 - named for what it says
    """The child ended or did not answer in time; the message says which. Never leaves this module."""


class Box:
    """The parent's side. Safe to be used by many threads; one job at a time."""

    def __init__(self, command: tuple[str, ...] = _CHILD, pages: int = PAGES_A_CHILD) -> None:
        """Prepare; the child is started with the first job. `command` are the arguments after the interpreter."""
        self._command = command
        self._pages = pages
        self._left = 0
        self._owner = os.getpid()
        self._child: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def run(self, job: Job) -> Taken:
        """Do the job in the child and return what came of it; R109 where it took too long, too much, or fell over."""
        with self._lock:
            try:
                taken = self._attempt(job)
            except Gone as gone:
                self._stop()
                return Taken(rejections=(Rejection(code="R109", stage="ingest", source=job.source, note=str(gone)),))
            self._left -= 1
            if taken.out_of_memory or self._left <= 0:
                self._stop()
            return taken

    def _attempt(self, job: Job) -> Taken:
        payload = msgspec.msgpack.encode(job)
        if self._child is None or self._child.poll() is not None or self._owner != os.getpid():
            self._start()
        answer = self._exchange(len(payload).to_bytes(8, "big") + payload, job.limits)
        try:
            return msgspec.msgpack.decode(answer, type=Taken)
        except msgspec.DecodeError as error:
            message = f"what was taken from it can't be understood: {error}"
            raise Gone(message) from error

    def _start(self) -> None:
        self._stop()
        path = os.pathsep.join(entry for entry in sys.path if entry)
        self._child = subprocess.Popen(  # noqa: S603 - our own interpreter and our own module
            [sys.executable, *self._command],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0,
            env={**os.environ, "PYTHONPATH": path, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
            start_new_session=True,
        )  # fmt: skip
        self._owner, self._left = os.getpid(), self._pages
        for stream in (self._child.stdin, self._child.stdout):
            if stream is not None:
                os.set_blocking(stream.fileno(), False)

    def _exchange(self, sent: bytes, limits: Limits) -> bytes:
        child = self._child
        if child is None or child.stdin is None or child.stdout is None:
            message = "no child process could be started"
            raise Gone(message)
        given, taken = child.stdin.fileno(), child.stdout.fileno()
        patience = 4 * limits.seconds + SLACK
        until, left, back = time.monotonic() + patience, memoryview(sent), bytearray()
        with selectors.DefaultSelector() as waiting:
            waiting.register(taken, selectors.EVENT_READ)
            waiting.register(given, selectors.EVENT_WRITE)
            while len(back) < 8 or len(back) < 8 + int.from_bytes(back[:8], "big"):
                ready = waiting.select(max(0.0, until - time.monotonic()))
                if not ready:
                    message = f"no answer after {patience:.0f} s by the clock"
                    raise Gone(message)
                for key, _ in ready:
                    if key.fd == given:
                        left = self._give(given, left)
                        if not left:
                            waiting.unregister(given)
                    else:
                        back += self._take(taken, limits)
                if len(back) > _MOST_BACK:
                    message = f"more than {_MOST_BACK} bytes came out of it"
                    raise Gone(message)
        return bytes(back[8:])

    def _give(self, given: int, left: memoryview) -> memoryview:
        try:
            return left[os.write(given, left[:65536]) :]
        except BlockingIOError:
            return left
        except OSError as error:
            raise Gone(self._ended(None)) from error

    def _take(self, taken: int, limits: Limits) -> bytes:
        try:
            piece = os.read(taken, 1 << 20)
        except BlockingIOError:
            return b""
        if not piece:
            raise Gone(self._ended(limits))
        return piece

    def _ended(self, limits: Limits | None) -> str:
        code = self._child.wait(10) if self._child is not None else None
        if code is not None and code < 0:
            took = f" (it may take {limits.seconds:.0f} s and {limits.memory >> 20} MB)" if limits else ""
            return f"the process that took it apart was ended by signal {-code}{took}"
        return f"the process that took it apart ended with code {code}"

    def _stop(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        if self._owner == os.getpid():
            with contextlib.suppress(OSError):
                child.kill()
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(10)
        for stream in (child.stdin, child.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()

    def close(self) -> None:
        """End the child."""
        with self._lock:
            self._stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


_shared = Box()
atexit.register(_shared.close)


def run(job: Job) -> Taken:
    """Do the job in the child that this process shares."""
    return _shared.run(job)
