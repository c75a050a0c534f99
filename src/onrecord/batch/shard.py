"""Read one shard: the same whoever reads it, and when. Comes in: a shard. Goes out: its files, and `Done`."""

import resource
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from onrecord import pipeline
from onrecord.batch.plan import Done, Plan, Shard
from onrecord.ingest import slices
from onrecord.keep.lake_write import ShardWriter
from onrecord.model.article import ArticleResult, RawArticle
from onrecord.model.rejection import Rejection
from onrecord.pipeline import Kit

DEATHS_THAT_TELL = 3
"""Reading one and the same article ends its worker this often before the article is passed over."""
TOGETHER = 32
"""Articles between two cleanings of the parser's memory."""

type Tell = Callable[[int, str], None]


def read(lake: Path, plan: Plan, shard: Shard, kit: Kit, *, deaths: dict[int, int], tell: Tell) -> Done:
    """Read a shard into the lake and return what to write of it.

    `tell` is called with place and source before each article is begun, so that one that ends the process is known.
    """
    began, worked = time.monotonic(), time.process_time()
    writer = ShardWriter(lake, shard.number)
    read_ = refused = passed = words = 0
    codes: Counter[str] = Counter()
    seen: set[str] = set()
    place = 0
    articles = enumerate(_articles(shard, plan))
    ended = False
    while not ended:
        with kit.parser.session():
            for place, item in articles:
                tell(place, item.source or "")
                if isinstance(item, RawArticle) and deaths.get(place, 0) >= DEATHS_THAT_TELL:
                    result, passed = _passed(item, deaths[place]), passed + 1
                else:
                    result = _once(attempt(item, kit), seen, item.source)
                writer.add(result)
                read_ += result.document is not None
                refused += result.document is None
                words += len(result.document.text.split()) if result.document is not None else 0
                codes.update(rejection.code for rejection in result.rejections)
                if place % TOGETHER == TOGETHER - 1:
                    break
            else:
                ended = True
    writer.close()
    return Done(
        shard=shard.number, articles=read_ + refused, read=read_, refused=refused, passed=passed, words=words,
        counts=dict(sorted(writer.counts.items())), codes=dict(sorted(codes.items())),
        seconds=round(time.monotonic() - began, 3), processor_seconds=round(time.process_time() - worked, 3),
        megabytes=_resident(),
    )  # fmt: skip


def attempt(item: RawArticle | Rejection, kit: Kit) -> ArticleResult:
    """Return what an article gives; a bug of ours costs one rejection, R204."""
    if isinstance(item, Rejection):
        return ArticleResult(document=None, rejections=(item,))
    try:
        result = pipeline.per_article(item, kit)
    except Exception as error:  # noqa: BLE001 - a bug of ours must not cost the other articles
        note = f"{type(error).__name__}: {error}"[:300]
        failed = Rejection(code="R204", stage="read", source=item.source, note=note)
        return ArticleResult(document=None, rejections=(*item.notes, failed))
    if result.document is not None:
        return result
    named = tuple(
        note if note.source else msgspec.structs.replace(note, source=item.source) for note in result.rejections
    )
    return msgspec.structs.replace(result, rejections=named)


def _articles(shard: Shard, plan: Plan) -> Iterator[RawArticle | Rejection]:
    for piece in shard.slices:
        yield from slices.articles(piece, plan.settings, plan.published)


def _once(result: ArticleResult, seen: set[str], source: str | None) -> ArticleResult:
    """Return the result, or the note that these words stood in this shard before."""
    if result.document is None:
        return result
    if result.document.id not in seen:
        seen.add(result.document.id)
        return result
    note = f"its text is that of {result.document.id}"
    return ArticleResult(document=None, rejections=(Rejection(code="R292", stage="read", source=source, note=note),))


def _passed(item: RawArticle, times: int) -> ArticleResult:
    note = f"its worker ended {times} times while it was read"
    return ArticleResult(
        document=None,
        rejections=(*item.notes, Rejection(code="R290", stage="read", source=item.url or item.source, note=note)),
    )


def _resident() -> int:
    """Return the megabytes that this process holds now, where the system tells; else the most that it held."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except (OSError, ValueError, IndexError):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return pages * resource.getpagesize() // (1 << 20)
