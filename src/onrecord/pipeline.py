"""The one place that strings the stages together.

`per_article` is pure: it may run anywhere, in any order, twice. `whole_record` needs all claims together. A step names
what it needs and what it gives; `check` says in words what is wrong with an order.
"""

import gc
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
from onrecord.lexicon import Lexicon
from onrecord.model.article import ArticleResult, RawArticle
from onrecord.model.cast import Cast
from onrecord.model.holding import Holdings
from onrecord.model.judgement import Judgement
from onrecord.model.record import Record
from onrecord.model.rejection import Rejection
from onrecord.model.voices import Voices
from onrecord.read import attribute, clean, parse, weigh
from onrecord.read.parse import Parser
from onrecord.reconcile import assemble
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
    Step("parse", parse.run, ("document", "parser", "settings"), ("reading", "rejections")),
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
        ("document", "reading", "cast", "moments", "places", "figures", "voices", "holdings", "lexicon"),
        ("told", "rejections"),
    ),
    Step("weigh", weigh.run, ("document", "reading", "told", "parser"), ("judged",)),
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
