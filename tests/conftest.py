"""The fixtures, all in one place."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from onrecord import lexicon as lexicons
from onrecord.keep.open import open_writer
from onrecord.lexicon import Lexicon
from onrecord.model.article import ArticleResult, RawArticle
from onrecord.model.claim import Act, Custody, Statement, Step
from onrecord.model.identity import identity
from onrecord.model.mention import ActorRef, Mention, Place
from onrecord.model.moment import Moment, Period
from onrecord.model.reading import Reading
from onrecord.model.rejection import Rejection
from onrecord.model.text import Document
from onrecord.pipeline import Kit, per_article
from onrecord.read import clean, parse
from onrecord.settings import Settings
from onrecord.show.cli import demo as dispatches
from onrecord.show.cli.reading import rebuild

settings.register_profile("fast", deadline=None, max_examples=40)
settings.register_profile("deep", deadline=None, max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fast"))

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    """The shipped lexicon."""
    return lexicons.load()


@pytest.fixture(scope="session")
def kit() -> Kit:
    """Settings, lexicon and parser with the rules alone: what most tests are about."""
    return Kit.build(Settings(reader="rules"))


@pytest.fixture(scope="session")
def demo(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The record of the made-up dispatches, read with the rules: a store that nobody may change.

    DEMO_RECORD names one that was made already, for whoever works on what shows it.
    """
    if os.environ.get("DEMO_RECORD"):
        return Path(os.environ["DEMO_RECORD"])
    kit: Kit = request.getfixturevalue("kit")
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    folder = ROOT / "examples" / "dispatches"
    with open_writer(path) as writer:
        for item in dispatches.articles(folder, dispatches.manifest(folder), kit.settings):
            assert isinstance(item, RawArticle)
            writer.add(per_article(item, kit))
    rebuild(path)
    return path


def raw(text: str, published: str | None = None) -> RawArticle:
    """A plain-text article as ingest hands it over."""
    return RawArticle(text=text, source="test", published=published, published_basis="given" if published else None)


@pytest.fixture(scope="session")
def read(kit: Kit) -> Callable[..., ArticleResult]:
    """read(text, published=None) -> ArticleResult, by the whole of per_article."""
    return lambda text, published=None: per_article(raw(text, published), kit)


@pytest.fixture(scope="session")
def reading(kit: Kit) -> Callable[..., tuple[Document, Reading]]:
    """reading(text, published=None) -> (Document, Reading)."""

    def make(text: str, published: str | None = None) -> tuple[Document, Reading]:
        document, _ = clean.run(raw=raw(text, published), settings=kit.settings, lexicon=kit.lexicon)
        assert document is not None
        return document, parse.run(document=document, parser=kit.parser, settings=kit.settings)[0]

    return make


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of gold beside the repository; the test skips where it isn't."""
    path = ROOT.parent / "shared"
    if not (path / "gold").is_dir():
        pytest.skip("needs ../shared/gold, which is never copied into the repository")
    return path


@pytest.fixture(scope="session")
def made() -> Callable[..., ArticleResult]:
    """made(text, published, **fields) -> ArticleResult built by hand: one statement, one act, one step, one custody."""
    return _made


def _made(text: str, published: str | None = "2031-05-04", source: str = "hand.txt") -> ArticleResult:
    document = Document(
        id=Document.id_of(text), title=text[:20], text=text, source=source, language="en", published=published,
        published_basis="given" if published else None,
    )  # fmt: skip
    words = document.cite(0, len(text))
    first = document.cite(0, text.index(" "))
    speaker = ActorRef("ilse-brøndum", "Ilse Brøndum", "DNK", "minister", first)
    state, other = ActorRef("DNK", "Denmark", "DNK"), ActorRef("VUT", "Vanuatu", "VUT")
    claim = {"document": document.id, "evidence": (words,)}
    statement = Statement(
        id=identity("statement", document.id),
        speaker=speaker,
        cue=None,
        content=(words,),
        quotation="indirect",
        **claim,
    )
    day = Period("2031-05-01", "2031-05-02")
    return ArticleResult(
        document=document,
        moments=(Moment(document=document.id, start=0, end=first.end, text=first.text, type="DATE", value="2031"),),
        places=(Place(document=document.id, start=0, end=first.end, text=first.text, name="Vila", country="VUT"),),
        mentions=(
            Mention(
                document=document.id, start=0, end=first.end, text=first.text, actor="VUT", sort="state", chain="c1"
            ),
        ),
        statements=(statement,),
        acts=(
            Act(
                id=identity("act", document.id), type="CONSULT", actors=(state,), targets=(other,), trigger=first,
                date=day, voice=statement.id, **claim,
            ),
        ),
        steps=(
            Step(
                id=identity("step", document.id), deal_kind="ceasefire", parties=(state, other), step="agreed",
                by=speaker, **claim,
            ),
        ),
        custody=(
            Custody(
                id=identity("custody", document.id), person=ActorRef("tomas-weir", "Tomás Weir"), holder=other,
                nationalities=("IRL",), status="detained", **claim,
            ),
        ),
        rejections=(Rejection(code="R301", stage="extract", document=document.id, span=first, note="=no speaker"),),
    )  # fmt: skip
