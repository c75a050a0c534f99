"""Show on stderr how far a long run is: a bar on a terminal, elsewhere a line a minute."""

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING, Self

from onrecord.show.cli.screen import tell

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from onrecord.batch.local import Event

_EVERY = 60.0


class Watch:
    """Called with each event of a run; `total` articles in the plan, `left` of them still to be read."""

    def __init__(self, total: int, left: int) -> None:
        self._total, self._left = total, left
        self._began = self._told = time.monotonic()
        self._bar: Progress | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

            self._bar = Progress(
                TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"),
                TimeRemainingColumn(), console=Console(stderr=True, markup=False),
            )  # fmt: skip
            self._task = self._bar.add_task("", total=self._total, completed=self._total - self._left, rate="")
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def __call__(self, event: "Event") -> None:
        """Show what an event says."""
        now = time.monotonic()
        rate = event.begun / (now - self._began) if now > self._began else 0.0
        if self._bar is not None and self._task is not None:
            done = min(self._total - self._left + event.begun, self._total)
            self._bar.update(self._task, completed=done, rate=f"{rate:.1f} articles/s")
        elif now - self._told > _EVERY:
            self._told = now
            left = max(self._left - event.begun, 0) / rate if rate else 0.0
            tell(f"{event.begun} of {self._left} articles, {rate:.1f} a second, about {_spelt(left)} left")
        if event.note:
            tell(event.note)


def _spelt(seconds: float) -> str:
    hours, minutes = divmod(round(seconds / 60), 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"
