"""One worker: a process that reads the shards it is told to. `python -m onrecord.batch.worker LAKE`.

Orders come in on stdin, a shard's number a line; what happens goes out on stdout, a JSON object a line. It ends when
stdin does, or when nobody reads its stdout any more. Kit and threads: one kit, one thread.
"""

import gc
import os
import signal
import sys
from pathlib import Path
from typing import BinaryIO

import msgspec

from onrecord.batch import plan as plans
from onrecord.batch import shard as shards
from onrecord.pipeline import Kit


class Word(msgspec.Struct, omit_defaults=True):
    """What a worker says: `ready`, `at` an article, `done` with a shard, or that a shard `failed`."""

    what: str
    shard: int = -1
    place: int = -1
    source: str = ""
    note: str = ""


def main(lake: Path, orders: BinaryIO, out: BinaryIO) -> None:
    """Read the shards that are ordered, one after the other."""

    def say(word: Word) -> None:
        out.write(msgspec.json.encode(word) + b"\n")
        out.flush()

    plan = plans.load(lake)
    todo = {shard.number: shard for shard in plans.shards(lake)}
    kit = Kit.build(plan.settings)
    gc.collect()
    gc.freeze()  # what was loaded stays: the collector need not look at it again
    say(Word("ready"))
    for line in orders:
        number = int(line)

        def tell(place: int, source: str, number: int = number) -> None:
            say(Word("at", number, place, source))

        try:
            made = shards.read(lake, plan, todo[number], kit, deaths=plans.deaths(lake, number), tell=tell)
            plans.finish(lake, made)
        except OSError as error:
            say(Word("failed", number, note=str(error)))
            continue
        say(Word("done", number))


def _start() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the business of whoever gives the orders
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not be taken for our words
    try:
        main(Path(sys.argv[1]), sys.stdin.buffer, out)
    except BrokenPipeError:
        os._exit(1)


if __name__ == "__main__":
    _start()
