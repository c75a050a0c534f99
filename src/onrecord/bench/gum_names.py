"""GUM (Zeldes 2017), names in news: which names of one article mean the same, by B-cubed over gold names.

A gold name is a marked mention whose head is a proper noun, times apart; its words are the run of capitalised words
about the head. How the program's answer is looked up, and the floors, stand in `bench.names`.
"""

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from onrecord.bench import conllu
from onrecord.bench.names import Named, figures, linked
from onrecord.errors import UsageError
from onrecord.model.article import RawArticle
from onrecord.pipeline import Kit, per_article
from onrecord.settings import Settings

_JOINS = frozenset({"of", "and", "for", "the", "-", "&"})
_PERSONAL = frozenset({"-"})
_DAY = re.compile(r"^# meta::dateCreated = (\d{4}-\d{2}-\d{2})$", re.MULTILINE)


class Item(msgspec.Struct, frozen=True):
    """One document: stem, text, day of publication where the set gives one, gold names in order."""

    stem: str
    text: str
    published: str | None
    names: tuple[Named, ...]


def run(data: Path, predictions: Path | None = None, *, genre: str = "news") -> dict[str, Any]:
    """Link the gold names of every document of the genre; write each name's label where a file is named."""
    kit = Kit.build(Settings(reader="rules"))
    documents = list(items(data, genre))
    if not documents:
        message = f"no {genre} documents in documents/dep under {data}"
        raise UsageError(message)
    labels, lines = [], []
    for item in documents:
        raw = RawArticle(text=item.text, source=item.stem, published=item.published)
        result = per_article(raw, kit)
        found = linked(item.names, result.document, result.mentions, result.places)
        labels.append((item.names, found))
        lines += [
            json.dumps({"document": item.stem, "start": name.start, "end": name.end, "actor": label})
            for name, label in zip(item.names, found, strict=True)
        ]
    if predictions is not None:
        predictions.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return {"documents": len(documents), **figures(labels)}


def items(data: Path, genre: str) -> Iterator[Item]:
    """Yield the documents of the genre under the folder, in order of names."""
    for path in sorted(data.rglob(f"documents/dep/*_{genre}_*.conllu")):
        text = (path.parents[2] / "text" / f"{path.stem}.txt").read_text(encoding="utf-8")
        written = path.read_text(encoding="utf-8")
        words, marked = conllu.read(written, text)
        day = _DAY.search(written)
        names = (named(text, words, one) for one in marked)
        yield Item(path.stem, text, day.group(1) if day else None, tuple(name for name in names if name is not None))


def named(text: str, words: Sequence[conllu.Word], one: conllu.Marked) -> Named | None:
    """Return the name that a marked mention holds, if its head is one."""
    inside = range(one.first, one.last)
    head = next((at for at in inside if words[at].head == at or words[at].head not in inside), one.first)
    if words[head].pos != "PROPN" or one.type == "time":
        return None
    joins = _PERSONAL if one.type == "person" else _JOINS
    first, last = head, head + 1
    while first > one.first and (words[first - 1].text[0].isupper() or words[first - 1].text == "-"):
        first -= 1
    while last < one.last and (end := _on(words, last, one.last, joins)):
        last = end
    start, end = words[first].start, words[last - 1].end
    return Named(start, end, " ".join(text[start:end].split()), one.chain)


def _on(words: Sequence[conllu.Word], at: int, last: int, joins: frozenset[str]) -> int:
    """Return where the name goes on to from here, over words that join; 0 where it ends."""
    while at < last and words[at].text in joins:
        at += 1
    return at + 1 if at < last and words[at].text[0].isupper() else 0
