"""The one place that strings the stages together.

`per_article` is pure: it may run anywhere, in any order, twice. `whole_record` needs all claims together. A step names
what it needs and what it gives; `check` says in words what is wrong with an order.
"""

import gc
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from onrecord import lexicon as lexicons
from onrecord.extract import (
    acts,
    acts_judged,
    custody,
    deals,
    figures,
    held,
    moments,
    names,
    places,
    speech,
    speech_seen,
    voice,
)
from onrecord.keep.lite import LiteWriter
from onrecord.keep.workbench import Workbench
from onrecord.lexicon import Lexicon
from onrecord.model import wire
from onrecord.model.article import ArticleResult, RawArticle
from onrecord.model.cast import Cast
from onrecord.model.holding import Holdings
from onrecord.model.judgement import Judgement
from onrecord.model.record import Record
from onrecord.model.rejection import Rejection
from onrecord.model.rulings import rulings
from onrecord.model.shelf import Row
from onrecord.model.voices import Voices
from onrecord.read import attribute, clean, parse, weigh
from onrecord.read.parse import Parser
from onrecord.reconcile import actors, assemble, copies, trace
from onrecord.reconcile import renew as renewing
from onrecord.resolve import within
from onrecord.resolve.judge import Judge
from onrecord.settings import Settings


class Kit(msgspec.Struct, frozen=True):
    """What a worker needs to read: settings, lexicon, parser. Built once."""

    settings: Settings
    lexicon: Lexicon
    parser: Parser

    @classmethod
    def build(cls, settings: Settings | None = None) -> "Kit":
        """Load lexicon and parser as the settings say."""
        settings = settings or Settings()
        folder = Path(settings.lexicon) if settings.lexicon else None
        with _no_collection():
            return cls(settings, lexicons.load(folder), Parser.load(settings))


@contextmanager
def _no_collection() -> Iterator[None]:
    """Hold off the garbage collector while millions of objects are made that all stay."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


class Step(msgspec.Struct, frozen=True):
    """One step: `run` is called with what it needs, by name, and returns what it gives, in order.

    Where a step breaks on an article, that is a bug of ours; it costs the article what the step gives (which is then
    empty) and is written down as R390, so that a folder of thousands is not lost to one sentence.
    """

    name: str
    run: Callable[..., Any]
    needs: tuple[str, ...]
    gives: tuple[str, ...]


PER_ARTICLE: tuple[Step, ...] = (
    Step("clean", clean.run, ("raw", "settings", "lexicon"), ("document", "rejections")),
    Step("parse", parse.run, ("document", "parser", "settings", "lexicon"), ("reading", "rejections")),
    Step("names", names.run, ("document", "reading", "lexicon"), ("candidates",)),
    Step("within", within.run, ("document", "reading", "candidates", "lexicon"), ("cast", "rejections")),
    Step("moments", moments.run, ("document", "reading", "lexicon"), ("moments", "rejections")),
    Step("places", places.run, ("document", "reading", "lexicon", "cast"), ("places",)),
    Step("figures", figures.run, ("document", "reading", "lexicon"), ("figures",)),
    Step("seen", speech_seen.run, ("reading", "lexicon", "settings"), ("seen", "hints")),
    Step("attribute", attribute.run, ("document", "reading", "hints", "parser"), ("attributed",)),
    Step(
        "speech",
        speech.run,
        ("document", "reading", "seen", "attributed", "cast", "moments"),
        ("statements", "rejections"),
    ),
    Step("voice", voice.run, ("statements",), ("voices",)),
    Step(
        "deals",
        deals.run,
        ("document", "reading", "cast", "moments", "figures", "voices", "lexicon"),
        ("steps", "rejections"),
    ),
    Step("held", held.run, ("reading", "cast", "places", "voices", "steps", "lexicon"), ("holdings",)),
    Step(
        "acts",
        acts.run,
        ("document", "reading", "cast", "moments", "places", "figures", "voices", "holdings", "steps", "lexicon"),
        ("told", "rejections"),
    ),
    Step("weigh", weigh.run, ("reading", "told", "parser"), ("judged",)),
    Step("settle", acts_judged.run, ("document", "told", "judged"), ("acts", "rejections")),
    Step(
        "custody",
        custody.run,
        ("document", "reading", "cast", "moments", "places", "voices", "holdings", "lexicon"),
        ("custody", "rejections"),
    ),
)

EMPTY: dict[str, Any] = {
    "document": None,
    "reading": None,
    "cast": Cast(members=()),
    "voices": Voices((), (), ()),
    "holdings": Holdings(),
}
GIVEN = ("raw", "settings", "lexicon", "parser")


def check(steps: Iterable[Step], given: Iterable[str] = GIVEN) -> list[str]:
    """Return, in words, everything that is wrong with this order of steps; an empty list when it can run."""
    known, wrong = set(given), []
    for step in steps:
        wrong += [f"{step.name} needs {need}, which no earlier step gives" for need in step.needs if need not in known]
        wrong += [f"{step.name} gives {give} a second time" for give in step.gives if give in known - {"rejections"}]
        known.update(step.gives)
    return wrong


def per_article(raw: RawArticle, kit: Kit) -> ArticleResult:
    """Read one article. Pure; never raises for anything that an article can hold."""
    bag: dict[str, Any] = {"raw": raw, "settings": kit.settings, "lexicon": kit.lexicon, "parser": kit.parser}
    rejections: list[Rejection] = list(raw.notes)
    for step in PER_ARTICLE:
        given, failure = _attempt(step, bag)
        if failure is not None:
            home = bag["document"].id if bag.get("document") is not None else None
            note = f"{step.name}: {failure}"
            rejections.append(Rejection(code="R390", stage="extract", document=home, source=raw.source, note=note))
        for name, value in zip(step.gives, given, strict=True):
            if name == "rejections":
                rejections.extend(value)
            else:
                bag[name] = value
        if bag["document"] is None or ("reading" in step.gives and bag["reading"] is None):
            return ArticleResult(document=None, rejections=tuple(rejections))
    return ArticleResult(
        document=bag["document"],
        moments=bag["moments"],
        places=bag["places"],
        mentions=bag["cast"].mentions,
        statements=bag["statements"],
        acts=bag["acts"],
        steps=bag["steps"],
        custody=bag["custody"],
        rejections=tuple(rejections),
    )


def _attempt(step: Step, bag: dict[str, Any]) -> tuple[tuple[Any, ...], str | None]:
    try:
        given = step.run(**{need: bag[need] for need in step.needs})
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - the law is that no article stops a run; the failure is recorded, not hidden
        return tuple(EMPTY.get(name, ()) for name in step.gives), f"{type(error).__name__}: {error}"[:300]
    return (given if len(step.gives) > 1 else (given,)), None


def whole_record(articles: Iterable[ArticleResult], judgements: Iterable[Judgement] = ()) -> Iterator[Record]:
    """Assemble actors, events, deals and cases from the claims of all articles; the order makes no difference.

    Articles are taken one by one and let go of again; what is kept of each is some kilobytes.
    """
    yield from assemble.run(articles, judgements, Judge())


class Renewed(msgspec.Struct, frozen=True):
    """What assembling came to: articles traced, records written and dropped, and whether all of it was done anew."""

    articles: int
    written: int
    dropped: int
    whole: bool


_BATCH = 100
_FEW = 50  # articles, or a tenth of the store: more than that, and all is assembled anew


def renew(writer: LiteWriter, *, whole: bool = False, progress: Callable[[str], None] = lambda _: None) -> Renewed:
    """Bring what a store has assembled up to date with what was read and judged since.

    Only what is touched is assembled; with `whole`, everything, from the articles on. The record is the same.
    Raises `StoreError`. Can be stopped at any time and called again.
    """
    judge = Judge()
    with writer.assembling() as bench:
        if whole:
            bench.reset()
        everything, missing = bench.counted(trace.VERSION)
        small = bench.version() == trace.VERSION and missing <= max(_FEW, everything // 10)
        if small:
            return _renew_some(bench, judge)
        bench.assembled(0)  # stopped from here on, the next call starts here again
    traced = 0
    while True:
        with writer.assembling() as bench:
            keys = bench.untraced(trace.VERSION, _BATCH)
            ruled = rulings(bench.judgements())
            for key in keys:
                bench.keep(key, trace.of(ruled.laid(bench.article(key)), judge), trace.VERSION)
        traced += len(keys)
        progress(f"{traced} of {missing} articles looked through")
        if not keys:
            break
    progress("assembling")
    with writer.assembling() as bench:
        return _renew_all(bench, judge, traced)


def _renew_some(bench: Workbench, judge: Judge) -> Renewed:
    """Trace what is new and assemble what it touches."""
    came: list[Row] = []
    added: dict[str, list[bytes]] = {}
    keys = bench.untraced(trace.VERSION, sys.maxsize)
    judgements, before = bench.judgements(), bench.judged()
    ruled = rulings(judgements)
    for key in keys:
        made = trace.of(ruled.laid(bench.article(key)), judge)
        bench.keep(key, made, trace.VERSION)
        came += made.rows
        for actor, body in made.tallies.items():
            added.setdefault(actor, []).append(body)
    went = bench.gone()
    taken: dict[str, list[bytes]] = {}
    for row in went:
        for actor, body in bench.tallied(row).items():
            taken.setdefault(actor, []).append(body)
    changed = [one for one in judgements if before.get(one.id) is not (one.withdrawn_at is not None)]
    named = frozenset(name for one in changed for name in (one.left, one.right) if name is not None)
    found = renewing.renew(bench, came, went, (added, taken), named, ruled, judge)
    fresh = [one for one in found.records.values() if bench.body(one.id) != wire.encode(one)]
    dropped = bench.drop(found.dropped)
    bench.drop(one.id for one in fresh)
    written = bench.put(fresh)
    bench.settle(found.homes.items())
    bench.set_copies(found.copies, found.versions)
    bench.sum_up(found.sums.items())
    bench.set_judged(judgements)
    bench.forget_gone()
    return Renewed(len(keys), written, dropped, whole=False)


def _renew_all(bench: Workbench, judge: Judge, traced: int) -> Renewed:
    """Assemble everything from the traces that the store holds."""
    bench.forget_gone()
    dropped = bench.clear()
    kin = copies.kin(trace.sentences_in(row) for row in bench.rows(trace.TEXT))
    bench.set_copies({**dict.fromkeys(bench.copies()), **kin.voices}, kin.versions)
    sums: dict[str, actors.Tally] = {}
    for row in bench.rows(Workbench.TALLY):
        for actor, body in bench.tallied(row).items():
            if actor in sums:
                sums[actor].add(actors.unpacked(body))
            else:
                sums[actor] = actors.unpacked(body)
    bench.sum_up((actor, actors.packed(tally)) for actor, tally in sums.items())
    sums.clear()
    judgements = bench.judgements()

    def home(record: str, items: Iterable[str]) -> None:
        bench.settle((item, record) for item in items)

    written = bench.put(assemble.whole(bench, rulings(judgements), judge, home))
    bench.set_judged(judgements)
    bench.assembled(trace.VERSION)
    return Renewed(traced, written, dropped, whole=True)
