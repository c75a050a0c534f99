"""GUM (Zeldes 2017), names in news: which names of one article mean the same, by B-cubed over gold names.

A gold name is a marked mention whose head is a proper noun, times apart; its words are the run of capitalised words
about the head. Each is looked up in what the program reads of the article's bare text and day: the mention that ends
with it or fits it best, else the place, else its own words. Beside it stand two floors over the same names: the same
words, and last names and initials joined to the longer name.
"""

import json
import re
from collections.abc import Hashable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from onrecord.bench import conllu
from onrecord.bench.chains import b_cubed
from onrecord.errors import UsageError
from onrecord.lexicon.people import fold, slug
from onrecord.model.article import ArticleResult, RawArticle
from onrecord.model.mention import Mention, Place
from onrecord.pipeline import Kit, per_article
from onrecord.settings import Settings

_JOINS = frozenset({"of", "and", "for", "the", "-", "&"})
_PERSONAL = frozenset({"-"})
_DAY = re.compile(r"^# meta::dateCreated = (\d{4}-\d{2}-\d{2})$", re.MULTILINE)
_FITS = 0.8


class Named(msgspec.Struct, frozen=True):
    """A gold name: characters of its words, the words, its chain."""

    start: int
    end: int
    text: str
    chain: str


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
    labels: dict[str, list[tuple[Sequence[Hashable], Sequence[Hashable]]]] = {
        "program": [], "last_names_and_initials": [], "same_words": []
    }  # fmt: skip
    lines = []
    for item in documents:
        gold = [name.chain for name in item.names]
        raw = RawArticle(text=item.text, source=item.stem, published=item.published)
        found = linked(item.names, per_article(raw, kit))
        labels["program"].append((gold, found))
        labels["same_words"].append((gold, [bare(name.text) for name in item.names]))
        labels["last_names_and_initials"].append((gold, joined([name.text for name in item.names])))
        lines += [
            json.dumps({"document": item.stem, "start": name.start, "end": name.end, "actor": label})
            for name, label in zip(item.names, found, strict=True)
        ]
    if predictions is not None:
        predictions.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return {"documents": len(documents), **{key: b_cubed(rows) for key, rows in labels.items()}}


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


def linked(names: Sequence[Named], result: ArticleResult) -> list[str]:
    """Return for each name the actor or place that the program took it for, else its own words.

    A city's name is the city, also where it stands for a government.
    """
    strange = f"-{result.document.id[-6:]}" if result.document else ""
    actors = [(_past_the(one), one.end, one.actor) for one in result.mentions if not one.actor.endswith(strange)]
    sorts = {(one.end, one.actor): one.sort for one in result.mentions}
    persons = [one for one in actors if sorts[one[1], one[2]] == "person"]
    places = [(one.start, one.end, one.feature, _place(one)) for one in result.places]
    cities = [(start, end, label) for start, end, feature, label in places if feature == "city"]
    spots = [(start, end, label) for start, end, _, label in places]
    labels = [
        _ending(name, persons) or _widest(name, persons) or _widest(name, cities) or _widest(name, actors) or _widest(name, spots)
        for name in names
    ]
    towns = {
        bare(name.text): label
        for name, label in zip(names, labels, strict=True) if label is not None and label.startswith("place ")
    }
    known: dict[str, str] = {}
    for name, label in zip(names, labels, strict=True):
        if label is not None:
            known.setdefault(bare(name.text), label)
    known |= towns
    return [
        (label if bare(name.text) not in towns else towns[bare(name.text)])
        or known.get(bare(name.text)) or bare(name.text)
        for name, label in zip(names, labels, strict=True)
    ]  # fmt: skip


def _past_the(one: Mention) -> int:
    """Return where a mention begins without its article."""
    return one.start + len("the ") * one.text.casefold().startswith("the ")


def bare(name: str) -> str:
    """Return the folded name without a leading article."""
    return fold(name).removeprefix("the ")


def _place(place: Place) -> str:
    if place.feature == "country" and place.country:
        return place.country
    return f"place {place.geonames or bare(place.name)}"


def _ending(name: Named, found: Sequence[tuple[int, int, str]]) -> str | None:
    """Return the label of the shortest mention that holds the name at its end, titles and articles before it."""
    last = slug(name.text).split("-")[-1]
    holding = [
        (end - start, label)
        for start, end, label in found if start <= name.start and end == name.end and last in label.split("-")
    ]  # fmt: skip
    return min(holding)[1] if holding else None


def _widest(name: Named, found: Sequence[tuple[int, int, str]]) -> str | None:
    """Return the label of what fits the name's characters best, if it fits well."""
    fits = [
        (2 * shared / (end - start + name.end - name.start), label)
        for start, end, label in found
        if (shared := min(end, name.end) - max(start, name.start)) > 0
    ]
    best = max(fits, default=(0.0, ""), key=lambda fit: fit[0])
    return best[1] if best[0] >= _FITS else None


def joined(names: Sequence[str]) -> list[str]:
    """Return the floor's labels: one word is joined to the first longer name that ends in it or has its initials."""
    distinct = list(dict.fromkeys(names))
    longer = [name for name in distinct if " " in name]
    label = {name: bare(name) for name in distinct}
    for name in distinct:
        if " " in name:
            continue
        full = [other for other in longer if other.split()[-1] == name]
        full += [other for other in longer if name.isupper() and initials(other) == name]
        if full:
            label[name] = bare(full[0])
    return [label[name] for name in names]


def initials(name: str) -> str:
    """Return the first letters of the capitalised words."""
    return "".join(word[0] for word in name.split() if word[0].isupper())
