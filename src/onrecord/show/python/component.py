"""A component for spaCy pipelines: `nlp.add_pipe("onrecord")`, then `doc._.onrecord` and `doc.spans["statements"]`.

The article is read by onrecord's own parser, so that the record is the same as anywhere else: it costs a second parse,
and the pipeline that it is added to may hold anything. `doc.user_data["published"]` gives the article's day.
"""

from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from onrecord.model.article import ArticleResult
from onrecord.show.python.record import read_text

GROUPS = {"statements": "content", "acts": "evidence", "steps": "evidence", "custody": "evidence"}


@Language.factory("onrecord", default_config={"reader": "learned"}, assigns=["doc._.onrecord", "doc.spans"])  # type: ignore[untyped-decorator]
def make(nlp: Language, name: str, reader: str) -> "Component":
    """Return the component; `reader` is "learned" or "rules"."""
    del nlp, name
    return Component(reader)


class Component:
    """Reads each document that passes."""

    def __init__(self, reader: str) -> None:
        self._reader = reader
        if not Doc.has_extension("onrecord"):
            Doc.set_extension("onrecord", default=None)

    def __call__(self, doc: Any) -> Any:
        """Set `doc._.onrecord` to an ArticleResult, and a group of spans for each family of claims.

        A span that begins or ends inside one of the document's tokens takes in the whole token.
        """
        result: ArticleResult = read_text(
            doc.text, doc.user_data.get("published"), source=doc.user_data.get("source", "spacy"), reader=self._reader
        )  # fmt: skip
        doc._.onrecord = result
        for family, field in GROUPS.items():
            found = [
                doc.char_span(span.start, span.end, label=claim.id, alignment_mode="expand")
                for claim in getattr(result, family)
                for span in getattr(claim, field)
            ]
            doc.spans[family] = [span for span in found if span is not None]
        return doc
