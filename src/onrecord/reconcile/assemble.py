"""Assemble the record: actors, events, deals and cases from the claims of all articles, under the judgements.

Comes in: what each article yielded, and the log of judgements. Goes out: records. Pure: the same set gives the same
records in the same order, however it was read.
"""

from collections.abc import Iterator

from onrecord.model.article import ArticleResult
from onrecord.model.judgement import Judgement
from onrecord.model.record import Record
from onrecord.reconcile import actors, cases, copies, deals, events
from onrecord.reconcile.judged import rulings


def run(articles: tuple[ArticleResult, ...], judgements: tuple[Judgement, ...] = ()) -> Iterator[Record]:
    """Yield actors, events, deals and cases, each kind in order of id."""
    known = {article.document.id: article for article in articles if article.document is not None}
    read = [known[document] for document in sorted(known)]
    days = [article.document.published_day for article in read if article.document is not None]
    as_of = max((day for day in days if day), default=None)
    copied = copies.find(read)
    ruled = rulings(judgements)
    yield from actors.assemble(read)
    yield from events.assemble(read, copied)
    found = deals.assemble(read, ruled, copied, as_of)
    yield from found
    yield from cases.assemble(read, found, ruled, copied)
