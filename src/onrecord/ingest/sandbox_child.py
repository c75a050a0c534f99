"""The child's side of `ingest.sandbox`: jobs on stdin, what came of them on stdout, length first, until stdin ends.

Memory is limited by the address space, time by the processor-time timer whose signal ends the process, even inside a
library's C code. Run as `python -m onrecord.ingest.sandbox_child`.
"""

import importlib
import os
import sys
from collections.abc import Callable
from typing import BinaryIO

import msgspec

from onrecord.ingest.sandbox import Job, Limits, Taken
from onrecord.model.rejection import Rejection

TASKS: dict[str, tuple[str, str]] = {
    "page": ("onrecord.ingest.html", "take"),
    "feed": ("onrecord.ingest.feed_files", "take"),
    "pdf": ("onrecord.ingest.pdf", "take"),
    "mail": ("onrecord.ingest.mail", "take"),
}


def main() -> None:
    """Serve until stdin ends. What a library prints goes nowhere: stdout is ours alone."""
    given = os.fdopen(os.dup(0), "rb")
    back = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    limited = False
    while head := given.read(8):
        job = msgspec.msgpack.decode(_exactly(given, int.from_bytes(head, "big")), type=Job)
        task = _task(job.task)
        if not limited:
            limited = _limit_memory(job.limits)
        _limit_time(job.limits.seconds)
        taken = _attempt(task, job)
        _limit_time(0.0)
        answer = msgspec.msgpack.encode(taken)
        back.write(len(answer).to_bytes(8, "big") + answer)
        back.flush()


def _attempt(task: Callable[[Job], Taken], job: Job) -> Taken:
    try:
        taken = task(job)
        msgspec.msgpack.encode(taken)
    except MemoryError:
        return _lost(job, f"it needs more than {job.limits.memory >> 20} MB", out_of_memory=True)
    except UnicodeEncodeError:
        return _lost(job, "it holds a lone surrogate")
    except RecursionError:
        return _lost(job, "it is nested too deeply")
    except Exception as error:  # noqa: BLE001 - a hostile page may break any parser; it costs one rejection
        return _lost(job, f"{type(error).__name__}: {error}"[:300])
    return taken


def _lost(job: Job, note: str, *, out_of_memory: bool = False) -> Taken:
    rejection = Rejection(code="R109", stage="ingest", source=job.source, note=note.encode("utf-8", "replace").decode())
    return Taken(rejections=(rejection,), out_of_memory=out_of_memory)


def _task(name: str) -> Callable[[Job], Taken]:
    module, function = TASKS[name]
    task: Callable[[Job], Taken] = getattr(importlib.import_module(module), function)
    return task


def _exactly(given: BinaryIO, size: int) -> bytes:
    data = given.read(size)
    if len(data) != size:
        sys.exit(1)
    return data


def _limit_memory(limits: Limits) -> bool:
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:
        return True
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    return True


def _limit_time(seconds: float) -> None:
    import signal  # noqa: PLC0415

    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, seconds)


if __name__ == "__main__":
    main()
