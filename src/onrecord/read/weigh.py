"""The judge's turn. Comes in: acts as the rules tell them. Goes out: its chances, where an act names both sides."""

from onrecord.model.claim import Act
from onrecord.model.judged import Judged
from onrecord.model.mention import ActorRef
from onrecord.model.reading import Reading
from onrecord.model.text import Document
from onrecord.read.parse import Parser

type Span = tuple[int, int]


def run(*, document: Document, reading: Reading, told: tuple[Act, ...], parser: Parser) -> tuple[Judged, ...]:
    """Ask the judge about every act whose actor and target stand in the trigger's sentence; none with rules alone."""
    if parser.judge is None:
        return ()
    asked: list[tuple[str, str, tuple[Span, ...], tuple[Span, ...]]] = []
    for act in told:
        token = reading.token_at(act.trigger.start)
        if token is None:
            continue
        first, last = reading.sentences[reading.sentence_of(token)]
        start, end = reading.start[first], reading.end[last - 1]
        source, target = _inside(act.actors, start, end), _inside(act.targets, start, end)
        if source and target:
            asked.append((act.id, document.text[start:end], source, target))
    chances = parser.judge([(text, source, target) for _, text, source, target in asked])
    return tuple(Judged(act, row) for (act, *_), row in zip(asked, chances, strict=True))


def _inside(refs: tuple[ActorRef, ...], start: int, end: int) -> tuple[Span, ...]:
    """Return where these stand in a sentence, in characters of the sentence."""
    return tuple(
        (ref.mention.start - start, ref.mention.end - start)
        for ref in refs
        if ref.mention is not None and start <= ref.mention.start and ref.mention.end <= end
    )
