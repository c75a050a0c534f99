"""Metrics for attributions given as spans of source, cue and content.

Document level (ours, spans trimmed of blanks and marks): content exact, overlap and characters; source and cue where
the content was found; source and speaker end to end. Item level: the exact F1 of CofeNet (Wang et al., COLING 2022)
over its token items and flat BIO labels. Both agree with the scorers that are kept beside the gold sets.
"""

import collections
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

type Pair = tuple[int, int]
ROLES = ("source", "cue", "content")
DOUBLE = '"“”„«»'
TRIM = DOUBLE + "‘’'`" + " \t\r\n\xa0.,;:—–-…"


class Triple(msgspec.Struct, frozen=True):
    """One attribution: characters of its source, cue and content."""

    source: tuple[Pair, ...]
    cue: tuple[Pair, ...]
    content: tuple[Pair, ...]


def trimmed(text: str, spans: Iterable[Pair], marks: str = TRIM) -> tuple[Pair, ...]:
    """Return the spans without blanks and marks at their ends; empty ones left out."""
    kept = []
    for span in spans:
        words = text[slice(*span)]
        start = span[1] - len(words.lstrip(marks))
        end = span[0] + len(words.rstrip(marks))
        if start < end:
            kept.append((start, end))
    return tuple(kept)


def is_direct(text: str, span: Pair) -> bool:
    """Say whether a gold content opens and closes with a quotation mark."""
    for start, end in trimmed(text, [span], " \t\r\n\xa0.,;:?!—–-…"):
        words = text[start:end]
        if end - start >= 4:
            opens = words[0] in DOUBLE or words[:2] in {"''", "``"}
            return opens and (words[-1] in DOUBLE or words[-2:] == "''")
    return False


def common(left: Pair, right: Pair) -> int:
    """Return how many characters two spans share."""
    return max(0, min(left[1], right[1]) - max(left[0], right[0]))


def _touch(left: Iterable[Pair], right: Sequence[Pair]) -> bool:
    return any(common(one, other) for one in left for other in right)


def document_level(documents: Iterable[tuple[str, Sequence[Triple], Sequence[Triple]]], *, direct: bool = False) -> Any:
    """Return the document-level figures over (text, gold, predicted); with `direct`, over direct quotations alone."""
    count: collections.Counter[str] = collections.Counter()
    for text, gold, predicted in documents:
        _contents(count, text, gold, predicted, direct=direct)
        for row in gold:
            if direct and not any(is_direct(text, span) for span in row.content):
                continue
            _gold_row(count, text, row, predicted)
        for found in predicted:
            hit = [row for row in gold if _touch(found.content, row.content)]
            right = any(_touch(found.source, row.source) for row in hit)
            count["e2e predicted"] += 1
            count["e2e right"] += right
            count["e2e neutral"] += not right and not found.source and any(not row.source for row in hit)
    exact, speaker = count["exact"], count["e2e predicted"] - count["e2e neutral"]
    return {
        "content_exact": f1(exact, count["predicted"], exact, count["gold"]),
        "content_overlap": f1(count["overlap p"], count["predicted"], count["overlap g"], count["gold"]),
        "content_characters": f1(count["shared"], count["chars p"], count["shared"], count["chars g"]),
        "source_when_found": share(count["source overlap"], count["source found"]),
        "cue_when_found": share(count["cue overlap"], count["cue found"]),
        "source_end_to_end": f1(
            count["e2e right"], count["e2e predicted"], count["source overlap"], count["source gold"]
        ),
        "speaker_end_to_end": f1(count["e2e right"], speaker, count["source overlap"], count["source gold"]),
    }


def _contents(
    count: collections.Counter[str], text: str, gold: Sequence[Triple], predicted: Sequence[Triple], *, direct: bool
) -> None:
    wanted = {
        span
        for row in gold
        for span in trimmed(text, [one for one in row.content if not direct or is_direct(text, one)])
    }
    found = {span for row in predicted for span in trimmed(text, row.content)}
    count["predicted"] += len(found)
    count["gold"] += len(wanted)
    count["exact"] += len(found & wanted)
    count["overlap p"] += sum(any(common(one, other) for other in wanted) for one in found)
    count["overlap g"] += sum(any(common(one, other) for one in found) for other in wanted)
    left, right = _letters(text, found), _letters(text, wanted)
    count["shared"] += len(left & right)
    count["chars p"] += len(left)
    count["chars g"] += len(right)


def _letters(text: str, spans: Iterable[Pair]) -> set[int]:
    return {at for start, end in spans for at in range(start, end) if not text[at].isspace()}


def _gold_row(count: collections.Counter[str], text: str, row: Triple, predicted: Sequence[Triple]) -> None:
    wanted = trimmed(text, row.content)
    best, best_key = None, (0,) * 5
    for found in predicted:
        content = trimmed(text, found.content)
        size = sum(common(one, other) for one in content for other in wanted)
        if size:
            key = (
                size,
                -sum(end - start for start, end in content),
                sum(common(one, other) for one in found.cue for other in row.cue),
                sum(common(one, other) for one in found.source for other in row.source),
                -sum(end - start for start, end in (*found.cue, *found.source)),
            )
            if key > best_key:
                best, best_key = found, key
    cue = trimmed(text, row.cue)
    if best is not None and cue:
        count["cue found"] += 1
        count["cue overlap"] += _touch(trimmed(text, best.cue), cue)
    source = trimmed(text, row.source)
    if source:
        count["source gold"] += 1
        if best is not None:
            count["source found"] += 1
            count["source overlap"] += _touch(trimmed(text, best.source), source)


def f1(right_predicted: int, predicted: int, right_gold: int, gold: int) -> dict[str, float]:
    """Return precision, recall and F1 in per cent, with the counts that they stand on."""
    precision = right_predicted / predicted if predicted else 0.0
    recall = right_gold / gold if gold else 0.0
    both = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {
        "precision": round(100 * precision, 1),
        "recall": round(100 * recall, 1),
        "f1": round(100 * both, 1),
        "predicted": predicted,
        "gold": gold,
    }


def share(right: int, of: int) -> dict[str, float]:
    """Return a share in per cent with its counts."""
    return {"share": round(100 * right / of, 1) if of else 0.0, "right": right, "of": of}


def project(offsets: Sequence[Pair | None], predicted: Sequence[Triple]) -> list[str]:
    """Return BIO labels over an item's tokens: in the order given, a span that touches a labelled token is dropped."""
    labels = ["O"] * len(offsets)
    for row in predicted:
        for role in ROLES:
            for start, end in getattr(row, role):
                inside = [at for at, place in enumerate(offsets) if place and place[0] < end and place[1] > start]
                if not inside:
                    continue
                first, last = inside[0], inside[-1]
                if any(labels[at] != "O" for at in range(first, last + 1)):
                    continue
                labels[first : last + 1] = ["B-" + role] + ["I-" + role] * (last - first)
    return labels


def labelled(labels: Sequence[str]) -> dict[str, set[Pair]]:
    """Return the spans of a BIO sequence by role; an I without its B is no span."""
    found: dict[str, set[Pair]] = {role: set() for role in ROLES}
    role, first = "", 0
    for at, label in enumerate([*labels, "O"]):
        if role and label != "I-" + role:
            found[role].add((first, at))
            role = ""
        if label.startswith("B-"):
            role, first = label[2:], at
    return found


def item_level(items: Iterable[tuple[Sequence[str], Sequence[str]]]) -> dict[str, dict[str, float]]:
    """Return CofeNet's exact F1 of source, cue and content over (gold labels, predicted labels)."""
    count: collections.Counter[tuple[str, str]] = collections.Counter()
    for gold, predicted in items:
        left, right = labelled(gold), labelled(predicted)
        for role in ROLES:
            count[role, "gold"] += len(left[role])
            count[role, "predicted"] += len(right[role])
            count[role, "exact"] += len(left[role] & right[role])
    return {
        role: f1(count[role, "exact"], count[role, "predicted"], count[role, "exact"], count[role, "gold"])
        for role in ROLES
    }
