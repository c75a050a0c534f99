"""The fixtures, all in one place."""

from collections.abc import Callable
from pathlib import Path

import pytest

from onrecord import lexicon as lexicons
from onrecord.lexicon import Lexicon
from onrecord.model.article import ArticleResult, RawArticle
from onrecord.model.reading import Reading
from onrecord.model.text import Document
from onrecord.pipeline import Kit, per_article
from onrecord.read import clean, parse
from onrecord.settings import Settings

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    """The shipped lexicon."""
    return lexicons.load()


@pytest.fixture(scope="session")
def kit() -> Kit:
    """Settings, lexicon and parser with the rules alone: what most tests are about."""
    return Kit.build(Settings(reader="rules"))


def raw(text: str, published: str | None = None) -> RawArticle:
    """A plain-text article as ingest hands it over."""
    return RawArticle(
        text=text, source="test", published=published, published_basis="given" if published else None
    )


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
