"""The only place that knows spaCy: a document in, a `Reading` of plain arrays out."""

import importlib
import re
import warnings
from typing import Any

from onrecord.model.reading import Name, Reading
from onrecord.model.rejection import Rejection
from onrecord.model.text import Document
from onrecord.settings import Settings

_PARAGRAPH = re.compile(r"[^\n]*[^\s][^\n]*")


class Parser:
    """An English spaCy pipeline behind a door: paragraphs in, arrays out."""

    def __init__(self, pipeline: Any) -> None:
        self._pipeline = pipeline

    @classmethod
    def load(cls, settings: Settings) -> "Parser":
        """Load the pipeline that the settings name."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import spacy  # noqa: PLC0415 - seconds that a command without reading should not pay

            package = importlib.import_module(settings.parser)
            return cls(spacy.load(package.model_path()))

    def read(self, document: Document) -> Reading:
        """Parse every paragraph that isn't skipped."""
        paragraphs = [
            match.span()
            for match in _PARAGRAPH.finditer(document.text)
            if not any(span.start <= match.start() < span.end for span in document.skipped)
        ]
        pieces = self._pipeline.pipe([document.text[start:end] for start, end in paragraphs])
        start, end, lemma, pos, tag, head, dep = [], [], [], [], [], [], []
        sentences, names = [], []
        for (offset, _), piece in zip(paragraphs, pieces, strict=True):
            place = {}
            for sentence in piece.sents:
                first = len(start)
                for token in sentence:
                    if token.is_space:
                        continue
                    place[token.i] = len(start)
                    start.append(offset + token.idx)
                    end.append(offset + token.idx + len(token))
                    lemma.append(token.lemma_.lower())
                    pos.append(token.pos_)
                    tag.append(token.tag_)
                    dep.append(token.dep_)
                    head.append(token)
                if len(start) > first:
                    sentences.append((first, len(start)))
            for index in place.values():
                token = head[index]
                above = token.head
                while above.i not in place and above.head.i != above.i:
                    above = above.head
                head[index] = place.get(above.i, index)
            for entity in piece.ents:
                inside = [place[token.i] for token in entity if token.i in place]
                if inside:
                    names.append(Name(inside[0], inside[-1] + 1, entity.label_))
        return Reading(
            text=document.text, start=tuple(start), end=tuple(end), lemma=tuple(lemma), pos=tuple(pos), tag=tuple(tag),
            head=tuple(head), dep=tuple(dep), sentences=tuple(sentences), paragraphs=tuple(paragraphs),
            names=tuple(names),
        )  # fmt: skip


def run(*, document: Document, parser: Parser) -> tuple[Reading, tuple[Rejection, ...]]:
    """Return the reading of the document."""
    return parser.read(document), ()
