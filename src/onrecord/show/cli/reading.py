"""Read sources one article after the other: what goes wrong with one costs that one, and Ctrl-C keeps what is done."""

import contextlib
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import msgspec

from onrecord.keep.lite import LiteWriter
from onrecord.model.article import ArticleResult, RawArticle
from onrecord.model.rejection import Rejection
from onrecord.settings import Settings
from onrecord.show.cli.screen import shortened, tell


class Run:
    """One run of reading: iterate over it to read; afterwards it says what came of it."""

    def __init__(self, items: Iterable[RawArticle | Rejection], settings: Settings, writer: LiteWriter | None) -> None:
        self._items = items
        self._settings = settings
        self._writer = writer
        self.read = 0
        self.refused = 0
        self.changed = 0
        self.interrupted = False

    def __iter__(self) -> Iterator[ArticleResult]:
        """Yield what each article gave, kept already where there is a store."""
        try:
            with _progress() as advance:
                for result in self._results():
                    if self._writer is not None and self._writer.add(result):
                        self.changed += 1
                    if result.document is None:
                        self.refused += 1
                    else:
                        self.read += 1
                    advance(f"{self.read} read, {self.refused} refused")
                    yield result
        except KeyboardInterrupt:
            self.interrupted = True
            tell(f"stopped: {self.read} articles were read before that" + (" and are kept" if self._writer else ""))

    def _results(self) -> Iterator[ArticleResult]:
        kit = None
        for item in self._items:
            if isinstance(item, Rejection):
                yield ArticleResult(document=None, rejections=(item,))
                continue
            from onrecord import pipeline

            if kit is None:
                kit = pipeline.Kit.build(self._settings)
            try:
                result = pipeline.per_article(item, kit)
            except Exception as error:  # noqa: BLE001 - a bug of ours must not cost the other articles
                tell(f"{item.source}: could not be read: {type(error).__name__}: {error}; please report this")
                note = shortened(f"{type(error).__name__}: {error}", 300)
                failed = Rejection(code="R204", stage="read", source=item.source, note=note)
                result = ArticleResult(document=None, rejections=(*item.notes, failed))
            yield _with_source(result, item.source)


def renew(store: Path) -> int:
    """Assemble what was read and judged since into a store; return how many records came out otherwise."""
    from onrecord import pipeline
    from onrecord.keep.open import open_writer

    with open_writer(store) as writer, _progress() as advance:
        return pipeline.renew(writer, progress=advance).written


def rebuild(store: Path) -> int:
    """Assemble the whole record of a store anew, from the articles on; return of how many records it consists."""
    from onrecord import pipeline
    from onrecord.keep.open import open_writer

    with open_writer(store) as writer, _progress() as advance:
        return pipeline.renew(writer, whole=True, progress=advance).written


def _with_source(result: ArticleResult, source: str) -> ArticleResult:
    """Return the result with the source named in the rejections of an article that was refused whole."""
    if result.document is not None:
        return result
    named = tuple(note if note.source else msgspec.structs.replace(note, source=source) for note in result.rejections)
    return msgspec.structs.replace(result, rejections=named)


@contextlib.contextmanager
def _progress() -> Iterator[Callable[[str], None]]:
    """Show on a terminal's stderr that something happens; elsewhere nothing."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.status import Status

    status = Status("reading", console=Console(stderr=True, markup=False))
    with status:
        yield status.update
