"""Which source and which content belong to which cue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from onrecord.read.tagger_decode import Floats, Run
from onrecord.read.tagger_encode import Encoded

REACH = 80
"""Words between a cue and its source or content, at most."""
GAP, OTHER_PARAGRAPH, CUE_BETWEEN, LEARNED = 2.0, 3.0, 1.0, 0.2
OTHER_SENTENCE, NO_SOURCE = 3.0, -11.0
"""A source in another sentence counts less; below this a cue has none (passives without an agent)."""
EMPTY_CUE = 6.0
"""What it is worth that a cue has a content: in news there is none without."""
SIGNED = 6
"""Words between a content without a cue and the source that stands beside it, at most."""
MARKS = frozenset("―—–:")
"""What does a cue's work between a quotation and the name under it."""


@dataclass(slots=True)
class Group:
    """One attribution in the making."""

    source: Run | None = None
    cue: Run | None = None
    content: list[Run] = field(default_factory=list)
    link: float = 0.0
    """Score of the weakest link in it."""


def gap(left: Run, right: Run) -> int:
    """Words between two spans."""
    return max(left.start - right.end, right.start - left.end, 0)


def link(text: Encoded, runs: Sequence[Run], vectors: Floats, width: int) -> list[Group]:
    """Give every cue its source, and every content its cue.

    Nearness decides for the most part; another paragraph or another cue between counts against, and the learned vectors
    settle what is close. (The vectors alone did worse than nearness alone.)
    """
    sources, cues, contents = ([run for run in runs if run.role == role] for role in range(3))
    starts = np.array([cue.start for cue in cues], dtype=np.int64)

    def score(one: Run, cue: Run, learned: float) -> float:
        low, high = (one, cue) if one.start < cue.start else (cue, one)
        between = int(np.searchsorted(starts, high.start) - np.searchsorted(starts, low.end))
        apart = bool(text.paragraphs[one.start] != text.paragraphs[cue.start])
        return (
            LEARNED * learned
            - GAP * float(np.log1p(gap(one, cue)))
            - OTHER_PARAGRAPH * apart
            - CUE_BETWEEN * max(between, 0)
        )

    def sentence(run: Run) -> int:
        return int(np.searchsorted(text.segments, run.start, side="right"))

    def vector(run: Run, part: int) -> Floats:
        part_of: Floats = vectors[run.start, part * width : (part + 1) * width] / width**0.25
        return part_of

    groups = [Group(cue=cue) for cue in cues]
    offers: list[dict[int, float]] = []
    chosen: list[int] = []
    for group, cue in zip(groups, cues, strict=True):
        near = [source for source in sources if gap(source, cue) < REACH]
        weighed = [(score(source, cue, float(vector(cue, 0) @ vector(source, 1))), source) for source in near]
        if weighed:
            value, source = max(weighed, key=lambda pair: pair[0])
            if value - OTHER_SENTENCE * (sentence(source) != sentence(cue)) > NO_SOURCE:
                group.link, group.source = value, source
    for content in contents:
        offer = {
            at: score(content, cue, float(vector(content, 2) @ vector(cue, 3)))
            for at, cue in enumerate(cues)
            if gap(content, cue) < REACH
        }
        offers.append(offer)
        chosen.append(max(offer, key=lambda at: (offer[at], at)) if offer else -1)
    _share_out(offers, chosen, len(cues))
    taken = {id(group.source) for group in groups}
    free = [source for source in sources if id(source) not in taken]
    for content, offer, at in zip(contents, offers, chosen, strict=True):
        if at < 0:
            groups.append(_signed(text, content, free, runs))
        else:
            groups[at].content.append(content)
            groups[at].link = min(groups[at].link, offer[at])
    return groups


def _signed(text: Encoded, content: Run, free: list[Run], runs: Sequence[Run]) -> Group:
    """Give a content without a cue the source beside it ("..." - Name), and take that from those still `free`.

    A dash or colon between them is the cue.
    """
    beside = min(free, key=lambda source: gap(source, content), default=None)
    if beside is None or gap(beside, content) > SIGNED:
        return Group(content=[content])
    low, high = sorted((beside, content), key=lambda run: run.start)
    if any(low.end <= run.start < high.start for run in runs):
        return Group(content=[content])
    free.remove(beside)
    between = range(low.end, high.start)
    mark = next((at for at in between if text.text[text.starts[at] : text.ends[at]] in MARKS), None)
    chance = min(beside.probability, content.probability)
    cue = Run(1, mark, mark + 1, chance) if mark is not None else None
    return Group(beside, cue, [content], -GAP * float(np.log1p(gap(beside, content))))


def _share_out(offers: Sequence[dict[int, float]], chosen: list[int], cues: int) -> None:
    """Give a cue that got nothing a content of a cue that got several, where that costs less than a cue is worth."""
    count = [chosen.count(at) for at in range(cues)]
    for at in range(cues):
        if count[at]:
            continue
        losses = [
            (offer[chosen[number]] - offer[at], number)
            for number, offer in enumerate(offers)
            if at in offer and count[chosen[number]] > 1
        ]
        loss, number = min(losses, default=(EMPTY_CUE, -1))
        if loss < EMPTY_CUE:
            count[chosen[number]] -= 1
            count[at] += 1
            chosen[number] = at
