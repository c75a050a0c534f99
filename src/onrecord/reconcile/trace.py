"""What one article leaves for assembling: rows to be found by key, and tallies of the actors that it names.

Comes in: an article. Goes out: its trace. Pure. `VERSION` rises when a trace would come out otherwise: stores then make
theirs anew.
"""

import msgspec

from onrecord.model.article import ArticleResult
from onrecord.model.shelf import Row, Trace
from onrecord.reconcile import actors, cases, copies, events, strands
from onrecord.reconcile.cases import Persons, Report
from onrecord.reconcile.events import Deed
from onrecord.reconcile.fingerprint import Fingerprint
from onrecord.reconcile.strands import Strand

VERSION = 4
STRAND, REPORT, DEED, TEXT = "strand", "report", "deed", "text"

_encoder = msgspec.msgpack.Encoder()
_strands = msgspec.msgpack.Decoder(Strand)
_reports = msgspec.msgpack.Decoder(Report)
_deeds = msgspec.msgpack.Decoder(Deed)
_texts = msgspec.msgpack.Decoder(Fingerprint)


def of(article: ArticleResult, persons: Persons) -> Trace:
    """Return the trace of an article that has a document; `persons` gives the blocks in which people are compared."""
    if article.document is None:
        return Trace("", (), {})
    home = article.document.id
    rows: list[Row] = []
    for strand in strands.of(article):
        sides = [f"{strands.kind_class(strand.kind)}|{side}" for side in sorted(strand.sides) or [""]]
        keys = (*sides, *(f"@{one}" for one in sorted(strand.names)))
        rows.append(Row(STRAND, f"{home} {strand.id}", home, keys, _encoder.encode(strand)))
    for report in cases.of(article):
        keys = (cases.key_of(report.custody, persons), *(f"@{one}" for one in sorted(set(report.names))))
        rows.append(Row(REPORT, report.custody.id, home, keys, _encoder.encode(report)))
    for deed in events.of(article):
        keys = (*events.keys_of(deed.act), f"@{deed.event}")
        rows.append(Row(DEED, deed.act.id, home, keys, _encoder.encode(deed)))
    sentences = copies.of(article.document)
    rows.append(Row(TEXT, home, home, sentences.sketch, _encoder.encode(sentences)))
    tallies = {actor: actors.packed(tally) for actor, tally in actors.of(article).items()}
    return Trace(home, tuple(rows), tallies)


def days_in(row: Row) -> tuple[str, ...]:
    """Return the blocks of an act's row: its type and each of its days; none where it stands alone."""
    return tuple(key for key in row.keys if not key.startswith("@"))


def strand_in(row: Row) -> Strand:
    """Return the strand that a row holds."""
    return _strands.decode(row.body)


def report_in(row: Row) -> Report:
    """Return the custody report that a row holds."""
    return _reports.decode(row.body)


def deed_in(row: Row) -> Deed:
    """Return the act that a row holds."""
    return _deeds.decode(row.body)


def sentences_in(row: Row) -> Fingerprint:
    """Return the fingerprint that a row holds."""
    return _texts.decode(row.body)
