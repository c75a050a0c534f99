"""GUM (Zeldes 2017), pronouns of the third person in news: whom each stands for, and how often that is left open.

Counted are pronouns whose chain names its entity before by a noun: of he and she every one, of it and they those that
stand for a person, an organisation or a place, which is what a record knows. The program's answer is right where
another mention that it gives the same actor lies in a gold mention of the same chain and isn't a pronoun itself.
The floor takes the nearest gold mention before that could be meant (a person for he and she).
"""

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from onrecord.bench import conllu
from onrecord.bench.spans import f1
from onrecord.errors import UsageError
from onrecord.model.article import RawArticle
from onrecord.model.mention import Mention
from onrecord.pipeline import Kit, per_article
from onrecord.settings import Settings

_WORDS = {
    "he_she": frozenset({"he", "him", "his", "himself", "she", "her", "hers", "herself"}),
    "it": frozenset({"it", "its", "itself"}),
    "they": frozenset({"they", "them", "their", "theirs", "themselves"}),
}
_TYPES = {
    "he_she": frozenset({"person"}),
    "it": frozenset({"organization", "place"}),
    "they": frozenset({"person", "organization", "place"}),
}


class Asked(msgspec.Struct, frozen=True):
    """One pronoun: its sort, characters, the nouns of its chain (as characters), and what the floor would say."""

    sort: str
    start: int
    end: int
    nouns: tuple[tuple[int, int], ...]
    nearest: bool


def run(data: Path, predictions: Path | None = None, *, genre: str = "news") -> dict[str, Any]:
    """Resolve the pronouns of every document of the genre and return precision, recall and F1 a sort."""
    kit = Kit.build(Settings(reader="rules"))
    paths = sorted(data.rglob(f"documents/dep/*_{genre}_*.conllu"))
    if not paths:
        message = f"no {genre} documents in documents/dep under {data}"
        raise UsageError(message)
    counts: Counter[tuple[str, str]] = Counter()
    lines = []
    for path in paths:
        text = (path.parents[2] / "text" / f"{path.stem}.txt").read_text(encoding="utf-8")
        words, marked = conllu.read(path.read_text(encoding="utf-8"), text)
        mentions = per_article(RawArticle(text=text, source=path.stem), kit).mentions
        for one in asked(words, marked):
            said, good = answer(one, mentions)
            for sort in (one.sort, "all"):
                counts[sort, "gold"] += 1
                counts[sort, "found"] += said is not None
                counts[sort, "right"] += good
                counts[sort, "nearest"] += one.nearest
            lines.append(json.dumps({"document": path.stem, "start": one.start, "end": one.end, "actor": said}))
    if predictions is not None:
        predictions.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    figures: dict[str, Any] = {"documents": len(paths)}
    for sort in ("all", *_WORDS):
        right, gold = counts[sort, "right"], counts[sort, "gold"]
        near = counts[sort, "nearest"]
        figures[sort] = {
            "program": f1(right, counts[sort, "found"], right, gold),
            "nearest_mention": f1(near, gold, near, gold),
        }
    return figures


def asked(words: Sequence[conllu.Word], marked: Sequence[conllu.Marked]) -> list[Asked]:
    """Return the pronouns that count, in order of the text."""
    found = []
    nouns = [one for one in marked if words[_head(words, one)].pos in {"NOUN", "PROPN"}]
    for one in marked:
        if one.last - one.first != 1 or words[one.first].pos != "PRON":
            continue
        word = words[one.first].text.lower()
        sort = next((name for name, forms in _WORDS.items() if word in forms), None)
        if sort is None or one.type not in _TYPES[sort]:
            continue
        chain = [noun for noun in nouns if noun.chain == one.chain]
        before = [noun for noun in nouns if noun.first < one.first and noun.type in _TYPES[sort]]
        if not any(noun.first < one.first for noun in chain):
            continue
        spans = tuple((words[noun.first].start, words[noun.last - 1].end) for noun in chain)
        start, end = words[one.first].start, words[one.first].end
        found.append(Asked(sort, start, end, spans, bool(before) and before[-1].chain == one.chain))
    return found


def _head(words: Sequence[conllu.Word], one: conllu.Marked) -> int:
    inside = range(one.first, one.last)
    return next((at for at in inside if words[at].head == at or words[at].head not in inside), one.first)


def answer(one: Asked, mentions: Sequence[Mention]) -> tuple[str | None, bool]:
    """Return whom the program takes a pronoun for, and whether that is right; None where it leaves it open."""
    mine = next((found for found in mentions if (found.start, found.end) == (one.start, one.end)), None)
    if mine is None:
        return None, False
    same = [
        found
        for found in mentions
        if found.actor == mine.actor and found.text.lower() not in frozenset().union(*_WORDS.values())
    ]
    right = any(
        max(found.start, start) < min(found.end, end) and abs(found.end - end) <= max(2, (end - start) // 2)
        for found in same
        for start, end in one.nouns
    )
    return mine.actor, right
