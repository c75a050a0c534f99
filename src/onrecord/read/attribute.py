"""The learned reader's turn. Comes in: a document, its reading, the rules' attributions. Goes out: its own."""

from onrecord.model.reading import Attributed, Reading
from onrecord.model.text import Document
from onrecord.read.parse import Parser


def run(
    *, document: Document, reading: Reading, hints: tuple[Attributed, ...], parser: Parser
) -> tuple[Attributed, ...]:
    """Return the attributions that the learned reader sees; none where the settings ask for rules alone."""
    return parser.attribute(document, reading, hints)
