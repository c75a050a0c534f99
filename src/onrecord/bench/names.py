"""How the program links gold names in one article: what is shared by the sets that mark names (GUM, MEANTIME, ECB+).

Each gold name is looked up in what the program reads of the article's bare text: the mention that ends with it or fits
it best, else the place, else its own words. Two floors stand beside it: the same words, and last names and initials
joined to the longer name.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from onrecord.bench.chains import b_cubed
from onrecord.lexicon.people import fold, slug
from onrecord.model.mention import Mention, Place
from onrecord.model.text import Document

_FITS = 0.8


class Named(msgspec.Struct, frozen=True):
    """A gold name: characters of its words, the words, its chain."""

    start: int
    end: int
    text: str
    chain: str


def figures(documents: Iterable[tuple[Sequence[Named], Sequence[str]]]) -> dict[str, Any]:
    """Return B-cubed of the program's labels and of the two floors over (gold names, labels) of each document."""
    rows = [([name.chain for name in names], names, found) for names, found in documents]
    return {
        "program": b_cubed((gold, found) for gold, _, found in rows),
        "last_names_and_initials": b_cubed((gold, joined([name.text for name in names])) for gold, names, _ in rows),
        "same_words": b_cubed((gold, [bare(name.text) for name in names]) for gold, names, _ in rows),
    }


def linked(
    names: Sequence[Named], document: Document | None, mentions: Iterable[Mention], found_places: Iterable[Place]
) -> list[str]:
    """Return for each name the actor or place that the program took it for, else its own words.

    A city's name is the city, also where it stands for a government.
    """
    mentions = tuple(mentions)
    strange = f"-{document.id[-6:]}" if document else "-?"
    actors = [(_past_the(one), one.end, one.actor) for one in mentions if not one.actor.endswith(strange)]
    sorts = {(one.end, one.actor): one.sort for one in mentions}
    persons = [one for one in actors if sorts[one[1], one[2]] == "person"]
    places = [(one.start, one.end, one.feature, _place(one)) for one in found_places]
    cities = [(start, end, label) for start, end, feature, label in places if feature == "city"]
    spots = [(start, end, label) for start, end, _, label in places]
    labels = [
        _ending(name, persons)
        or _widest(name, persons)
        or _widest(name, cities)
        or _widest(name, actors)
        or _widest(name, spots)
        for name in names
    ]
    towns = {
        bare(name.text): label
        for name, label in zip(names, labels, strict=True)
        if label is not None and label.startswith("place ")
    }
    known: dict[str, str] = {}
    for name, label in zip(names, labels, strict=True):
        if label is not None:
            known.setdefault(bare(name.text), label)
    known |= towns
    return [
        towns.get(bare(name.text), label) or known.get(bare(name.text)) or bare(name.text)
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
