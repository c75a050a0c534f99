"""The hand that writes: a judgement in, kept and taken into the record at once."""

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from onrecord.keep.open import open_writer
from onrecord.model.judgement import Judgement

type Rebuild = Callable[[Path], int]
PATIENCE = 8.0  # seconds that somebody waits for the record to be assembled anew; then it goes on behind the page


class Hand:
    """Keeps judgements. `rebuild` assembles the record anew (the pages don't know how); without it nothing is kept."""

    def __init__(self, store: Path, rebuild: Rebuild | None = None) -> None:
        self._store = store
        self._rebuild = rebuild
        self._lock = threading.Lock()
        self._waiting = threading.Event()

    @property
    def writes(self) -> bool:
        """Whether anything can be judged here."""
        return self._rebuild is not None

    @property
    def busy(self) -> bool:
        """Whether the record is still being assembled after a judgement."""
        return self._lock.locked()

    def judge(self, judgement: Judgement) -> bool:
        """Keep a judgement and assemble the record anew; False where that goes on longer than somebody should wait."""
        with open_writer(self._store) as writer:
            writer.judge(judgement)
        self._waiting.set()
        worker = threading.Thread(target=self._assemble, name="rebuild")
        worker.start()
        worker.join(PATIENCE)
        return not worker.is_alive()

    def _assemble(self) -> None:
        """Assemble until nothing is waiting: judgements that came meanwhile are taken in together."""
        with self._lock:
            while self._waiting.is_set():
                self._waiting.clear()
                if self._rebuild is not None:
                    self._rebuild(self._store)


def now() -> str:
    """Return this moment as judgements write it; two within a second differ by their order."""
    return datetime.fromtimestamp(time.time(), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
