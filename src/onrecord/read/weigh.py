"""The judge's turn. Comes in: acts as the rules tell them. Goes out: its chances, where an act names both sides.

The judge is shown the act's own clause, not the sentence: of "Norway denied arming the rebels" it would else say what
Norway did by denying. An actor who stands outside of the clause is put in front of it ("Norway arming the rebels").
"""

from onrecord.model.claim import Act
from onrecord.model.judged import Judged
from onrecord.model.mention import ActorRef
from onrecord.model.reading import Reading
from onrecord.read.parse import Parser

type Span = tuple[int, int]
type Row = tuple[str, tuple[Span, ...], tuple[Span, ...]]


def run(*, reading: Reading, told: tuple[Act, ...], parser: Parser) -> tuple[Judged, ...]:
    """Ask the judge about every act whose actor and target are named; none with rules alone."""
    if parser.judge is None or not len(reading):
        return ()
    asked = [(act.id, row) for act in told if (row := clause_of(reading.text, act)) is not None]
    chances = parser.judge([row for _, row in asked])
    return tuple(Judged(act, row) for (act, _), row in zip(asked, chances, strict=True))


def clause_of(whole: str, act: Act) -> Row | None:
    """Return the words that the judge is shown, with who and whom in them; None where one of them has no words."""
    start, end = act.evidence[0].start, act.evidence[0].end
    text = whole[start:end]
    target = _inside(act.targets, start, end)
    source = _inside(act.actors, start, end)
    outside = next((ref.mention for ref in act.actors if ref.mention is not None), None)
    if not target or (not source and outside is None):
        return None
    if not source and outside is not None:
        name = whole[outside.start : outside.end]
        before = len(name) + 1
        text = f"{name} {text}"
        source = ((0, len(name)),)
        target = tuple((first + before, last + before) for first, last in target)
    return text, source, target


def _inside(refs: tuple[ActorRef, ...], start: int, end: int) -> tuple[Span, ...]:
    """Return where these stand between two characters, counted from the first."""
    return tuple(
        (ref.mention.start - start, ref.mention.end - start)
        for ref in refs
        if ref.mention is not None and start <= ref.mention.start and ref.mention.end <= end
    )
