"""A view of the store for one request: what is looked up twice is fetched once."""

from typing import Any

import msgspec

from onrecord.keep.protocol import Query, View
from onrecord.model.claim import Statement
from onrecord.model.judgement import Judgement
from onrecord.model.moment import Period
from onrecord.model.record import Actor
from onrecord.model.text import Document


class Shelf:
    """The store as the pages see it: `view`, with a memory for what was fetched already."""

    def __init__(self, view: View) -> None:
        self.view = view
        self._known: dict[str, msgspec.Struct | None] = {}

    def get(self, record: str | None) -> Any:
        """Return the record with this id, or None."""
        if not record:
            return None
        if record not in self._known:
            self._known[record] = self.view.get(record)
        return self._known[record]

    def document(self, record: str | None) -> Document | None:
        """Return the document with this id, or None."""
        found = self.get(record)
        return found if isinstance(found, Document) else None

    def voice(self, claim: Any) -> Statement | None:
        """Return the statement that vouches for a claim, or None where the article itself does."""
        found = self.get(claim.voice)
        return found if isinstance(found, Statement) else None

    def day(self, claim: Any) -> Period | None:
        """Return when something was: its own date, else the day on which its article was published."""
        if claim.date is not None and (claim.date.since or claim.date.until):
            found: Period = claim.date
            return found
        document = self.document(claim.document)
        if document is None or document.published_day is None:
            return None
        try:
            return Period(document.published_day, document.published_day)
        except ValueError:
            return None

    def judgements(self, record: str | None) -> list[Judgement]:
        """Return what people judged of a record, newest last; asked only where anything was judged at all."""
        if not record or not self.view.count(Query(kind="judgement")):
            return []
        found = [one for one in self.view.find(Query(kind="judgement", document=record)) if isinstance(one, Judgement)]
        return sorted((one for one in found if record in (one.left, one.right)), key=lambda one: (one.at, one.id))

    def standing(self, record: str | None) -> list[Judgement]:
        """Return the judgements of a record that were not withdrawn."""
        return [one for one in self.judgements(record) if one.withdrawn_at is None]

    def name(self, actor: str) -> str:
        """Return the name of an actor by its id; the words of the id where there is no record of it."""
        found = self.get(actor)
        return found.name if isinstance(found, Actor) else actor.replace("-", " ")

    def found(self, kind: str, **asked: Any) -> list[Any]:
        """Return the records that fit, newest first."""
        return list(self.view.find(Query(kind=kind, **asked)))

    def count(self, kind: str, most: int = 0, **asked: Any) -> int:
        """Return how many records fit; counting stops at `most` (0: it doesn't)."""
        return self.view.count(Query(kind=kind, **asked), most)
