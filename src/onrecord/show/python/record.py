"""A store in, typed records out: `record = onrecord.open("record.db")`, then `record.deals(party="RUS")`."""

from collections.abc import Iterator
from functools import cache
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import msgspec

from onrecord.errors import StoreError, UsageError
from onrecord.keep.lite import LiteView
from onrecord.keep.protocol import Query
from onrecord.model.article import ArticleResult, RawArticle
from onrecord.model.claim import Act, Custody, Statement, Step
from onrecord.model.outside import Outside
from onrecord.model.record import Actor, Case, Deal, Event
from onrecord.model.text import Document
from onrecord.pipeline import Kit, per_article
from onrecord.settings import Settings
from onrecord.show.python import frames, html

html.install()


class Records[Kind: msgspec.Struct]:
    """The records of one kind that fit a question: iterate over them, take their `len`, or make a frame of them."""

    def __init__(self, view: LiteView, kind: type[Kind], query: Query) -> None:
        self._view = view
        self._kind = kind
        self._query = query

    def __iter__(self) -> Iterator[Kind]:
        """Yield the records, newest first, never all in memory."""
        for record in self._view.find(self._query):
            if isinstance(record, self._kind):
                yield record

    def __len__(self) -> int:
        """Return how many there are; a `limit` counts."""
        found = self._view.count(msgspec.structs.replace(self._query, limit=0))
        return min(found, self._query.limit) if self._query.limit else found

    def to_polars(self) -> Any:
        """Return a polars DataFrame, a column a field; nested fields are JSON text. Needs polars."""
        return frames.polars(self, self._kind)

    def to_pandas(self) -> Any:
        """Return a pandas DataFrame, a column a field; nested fields are JSON text. Needs pandas."""
        return frames.pandas(self, self._kind)

    def _repr_html_(self) -> str:
        return html.table(self, len(self))


class Record:
    """A store, opened for reading. Close it, or use it in a `with`.

    Every method that gives records takes the same filters, all of which must fit: `who` (an actor's id or words of a
    name; `party`, `speaker` and `person` are other names for it), `country` (alpha-3), `since` and `until`
    (YYYY-MM-DD), `deal` and `document` (ids), `status`, `type`, `text` (words, for statements and documents), `limit`.
    """

    def __init__(self, path: str | PathLike[str]) -> None:
        """Open the store at this path; a `StoreError` where there is none."""
        self._path = Path(path)
        if not self._path.is_file():
            message = f"there is no store at {self._path}"
            raise StoreError(message)
        self._view = LiteView(self._path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._view.close()

    def documents(self, **asked: Any) -> Records[Document]:
        """Return the articles."""
        return self._found("document", Document, asked)

    def statements(self, **asked: Any) -> Records[Statement]:
        """Return who said what."""
        return self._found("statement", Statement, asked)

    def acts(self, **asked: Any) -> Records[Act]:
        """Return who did what to whom, as single articles tell it."""
        return self._found("act", Act, asked)

    def steps(self, **asked: Any) -> Records[Step]:
        """Return what single articles say happened to deals."""
        return self._found("step", Step, asked)

    def custody(self, **asked: Any) -> Records[Custody]:
        """Return what single articles say of persons held."""
        return self._found("custody", Custody, asked)

    def events(self, **asked: Any) -> Records[Event]:
        """Return happenings, told by one or more acts."""
        return self._found("event", Event, asked)

    def deals(self, **asked: Any) -> Records[Deal]:
        """Return deals with their status."""
        return self._found("deal", Deal, asked)

    def cases(self, **asked: Any) -> Records[Case]:
        """Return persons held, with their histories."""
        return self._found("case", Case, asked)

    def actors(self, **asked: Any) -> Records[Actor]:
        """Return everybody whom the articles name."""
        return self._found("actor", Actor, asked)

    def outside(self, **asked: Any) -> Records[Outside]:
        """Return the rows of other data sets that were imported; they are no evidence."""
        return self._found("outside", Outside, asked)

    def get(self, known: str) -> msgspec.Struct | None:
        """Return the record with this id, or None."""
        return self._view.get(known)

    def counts(self) -> dict[str, int]:
        """Return how many records of each kind there are."""
        return self._view.counts()

    def _found[Kind: msgspec.Struct](self, kind: str, type_: type[Kind], asked: dict[str, Any]) -> Records[Kind]:
        given = {("who" if name in {"party", "speaker", "person"} else name): value for name, value in asked.items()}
        unknown = set(given) - set(Query.__struct_fields__) | {"kind"} & set(given)
        if unknown or len(given) != len(asked):
            message = f"{kind}s can't be asked for by {', '.join(sorted(unknown or asked))}"
            raise UsageError(message)
        return Records(self._view, type_, Query(kind=kind, **given))

    def _repr_html_(self) -> str:
        return html.counts(str(self._path), self.counts())

    def __repr__(self) -> str:
        told = ", ".join(f"{kind}: {count}" for kind, count in self.counts().items() if count)
        return f"<Record {self._path} ({told})>"


def open(path: str | PathLike[str]) -> Record:  # noqa: A001 - read as onrecord.open
    """Open the store at this path for reading; a `StoreError` where there is none."""
    return Record(path)


def read_text(
    text: str,
    published: str | None = None,
    *,
    title: str | None = None,
    source: str = "text",
    outlet: str | None = None,
    reader: str | None = None,
) -> ArticleResult:
    """Read one article and return all that it yields: document, statements, acts, steps, custody, rejections.

    `published` is a day (YYYY-MM-DD) or date-time; without it relative dates stay unresolved. `reader` is "learned"
    (the default) or "rules". The first call loads the parser, which takes seconds.
    """
    raw = RawArticle(
        text=text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"), source=source, title=title,
        outlet=outlet, published=published, published_basis="given" if published else None,
    )  # fmt: skip
    return per_article(raw, kit(reader or Settings().reader))


@cache
def kit(reader: str) -> Kit:
    """Return settings, lexicon and parser for one of the readers, loaded once; a `UsageError` for any other word."""
    if reader not in {"learned", "rules"}:
        message = f'reader must be "learned" or "rules", not {reader!r}'
        raise UsageError(message)
    return Kit.build(Settings(reader=reader))  # type: ignore[arg-type]
