"""Records of one article in, the `ArticleResult` out, as it was read."""

from collections.abc import Iterable

import msgspec

from onrecord.model.article import ArticleResult
from onrecord.model.text import Document

_FIELDS = {
    "moment": "moments", "place": "places", "mention": "mentions", "statement": "statements", "act": "acts",
    "step": "steps", "custody": "custody", "rejection": "rejections",
}  # fmt: skip


def gathered(records: Iterable[msgspec.Struct]) -> ArticleResult:
    """Return what these records, in their order, were the result of."""
    document: Document | None = None
    found: dict[str, list[msgspec.Struct]] = {field: [] for field in _FIELDS.values()}
    for record in records:
        if isinstance(record, Document):
            document = record
        else:
            found[_FIELDS[str(record.__struct_config__.tag)]].append(record)
    fields = {field: tuple(values) for field, values in found.items()}
    return ArticleResult(document=document, **fields)  # type: ignore[arg-type]
