"""Where: place names with country and coordinates, as far as the gazetteer and the article say.

Comes in: document, reading, lexicon. Goes out: places in order of the text. A capital or a country that speaks or
decides ("Kinshasa said") stands for its government and is no place. A name without an entry keeps its words alone.
"""

import re
from functools import lru_cache

from onrecord.extract.places_resolve import Question, resolve
from onrecord.extract.places_spans import Toponym, given, in_names, opening, toponyms
from onrecord.lexicon import Lexicon
from onrecord.lexicon.gazetteer import COUNTY, REGION, Gazetteer, Site, fold
from onrecord.lexicon.people import StateRow
from onrecord.model.cast import Cast
from onrecord.model.mention import Place
from onrecord.model.reading import Reading
from onrecord.model.text import Document

_HOST = re.compile(r"https?://[^/?#:@]*\.(?P<ending>[A-Za-z]+)(?=[:/?#]|$)")
_ENDINGS = {"uk": "GB"}
_AGENT = frozenset({"nsubj", "agent"})


def run(
    *,
    document: Document,
    reading: Reading,
    lexicon: Lexicon,
    cast: Cast | None = None,
    only: bool = False,
    loose: bool = False,
) -> tuple[Place, ...]:
    """Return the places of the document; a word that the cast takes for somebody's own name is none.

    With `only`, the recognised names and no others, metonyms too. With `loose`, also demonyms ("Kenyan") and places
    inside other names ("Oslo Police"), as some benchmarks mark them.
    """
    gazetteer = lexicon.gazetteer
    dateline = document.dateline.text if document.dateline is not None else ""
    found = given(reading, gazetteer) if only else toponyms(reading, gazetteer, dateline)
    if cast is not None and not only:
        found = [one for one in found if not _somebody(reading, one, cast, gazetteer)]
    hints = [] if only else in_names(reading, found, gazetteer)
    parts = {} if only else _openings(reading, found, gazetteer)
    peoples = demonyms(reading, lexicon) if loose or only else {}
    if loose:
        here = {token for toponym in (*found, *hints) for token in range(toponym.first, toponym.last)}
        found += [*hints, *(one for one in peoples.values() if one.first not in here)]
        found.sort(key=lambda one: one.first)
        hints = []
    if not found:
        return ()
    names = {place: _country_of(reading, toponym, lexicon) for place, toponym in enumerate(found)} if peoples else {}
    home = _home(document.source, gazetteer)
    chosen = resolved(reading, found, [*hints, *parts.values()], gazetteer, names, home)
    places = []
    for place, toponym in enumerate(found):
        site = chosen.get(fold(names.get(place) or toponym.text)) if toponym.known or only else None
        part = parts.get(toponym)
        if site is None and part is not None and (near := chosen.get(fold(part.text))) is not None:
            places.append(_near(document, reading, toponym, near))
            continue
        if site is not None and not only and not loose and _speaks(reading, toponym, site, gazetteer):
            continue
        places.append(_place(document, reading, toponym, site))
    return tuple(places)


def _home(source: str, gazetteer: Gazetteer) -> str:
    """Return the ISO 3166 alpha-2 country of the address that an article came from, or nothing.

    Endings of countries that stand for something else in practice (".tv", ".io") tell nothing.
    """
    found = _HOST.match(source)
    ending = found.group("ending").lower() if found else ""
    if len(ending) != 2 or ending in gazetteer.group("ending_of_anybody"):
        return ""
    return _ENDINGS.get(ending, ending.upper())


def _somebody(reading: Reading, toponym: Toponym, cast: Cast, gazetteer: Gazetteer) -> bool:
    """Say whether the name is a person's; one after "in" that nothing else takes up is not ("a flat in Hai Phong")."""
    member = next((one for one in cast.within(toponym.first, toponym.last) if one.last == toponym.last), None)
    if member is None or member.form != "name" or member.sort != "person":
        return False
    led = toponym.first > 0 and reading.lemma[toponym.first - 1] in gazetteer.group("locative")
    if not (led and toponym.known and toponym.first == member.first):
        return True
    mine = {ref.actor for ref in member.refs}
    return any(one is not member and mine & {ref.actor for ref in one.refs} for one in cast.members)


def demonyms(reading: Reading, lexicon: Lexicon) -> dict[int, Toponym]:
    """Return the words for peoples, by their first token."""
    return {
        name.first: Toponym(name.first, name.last, reading.words(name.first, name.last), known=True)
        for name in reading.names
        if name.last - name.first < 3 and _people(lexicon).get(fold(reading.words(name.first, name.last)))
    }


@lru_cache(maxsize=4)
def _table(states: tuple[StateRow, ...]) -> dict[str, str]:
    return {fold(word): state.name for state in states for word in (*state.adjectives, *state.people)}


def _people(lexicon: Lexicon) -> dict[str, str]:
    return _table(lexicon.people.states)


def _country_of(reading: Reading, toponym: Toponym, lexicon: Lexicon) -> str | None:
    del reading
    return None if lexicon.gazetteer.holds(toponym.text) else _people(lexicon).get(fold(toponym.text))


def resolved(
    reading: Reading,
    found: list[Toponym],
    hints: list[Toponym],
    gazetteer: Gazetteer,
    names: dict[int, str | None],
    home: str = "",
) -> dict[str, Site]:
    """Return the site of each distinct folded name that has one; `home` is the country of the outlet, if known."""
    counts: dict[str, int] = {}
    texts: dict[str, str] = {}
    containers: dict[str, list[str]] = {}
    for place, toponym in enumerate((*found, *hints)):
        text = names.get(place) or toponym.text
        key = fold(text)
        counts[key] = counts.get(key, 0) + 1
        texts.setdefault(key, text)
        after = found[place + 1] if place + 1 < len(found) else None
        if after is not None and _in_next(reading, toponym, after):
            containers.setdefault(key, []).append(fold(after.text))
    questions = [
        Question(key, gazetteer.find(texts[key]), count, tuple(dict.fromkeys(containers.get(key, ()))))
        for key, count in counts.items()
    ]
    return {key: site for key, (site, _) in resolve(questions, home).items()}


def _in_next(reading: Reading, one: Toponym, after: Toponym) -> bool:
    """Say whether the text puts the one place in the other: "Sake, Congo", "Sake (Congo)", "Sake in Congo"."""
    between = reading.words(one.last, after.first).strip() if one.last < after.first else ""
    return between in {",", "(", "in", ", in", "in the", ", the", "in northern", "in eastern"}


def _speaks(reading: Reading, toponym: Toponym, site: Site, gazetteer: Gazetteer) -> bool:
    """Say whether a government is meant: the name is what says, decides, demands."""
    if site.feature not in {"country", "city", "facility"}:
        return False
    head = next((token for token in range(toponym.last - 1, toponym.first - 1, -1)
                 if not toponym.first <= reading.head[token] < toponym.last), toponym.last - 1)  # fmt: skip
    return reading.dep[head] in _AGENT and reading.lemma[reading.head[head]] in gazetteer.group("saying")


def _place(document: Document, reading: Reading, toponym: Toponym, site: Site | None) -> Place:
    start, end = reading.start[toponym.first], reading.end[toponym.last - 1]
    span = document.cite(start, end)
    if site is None:
        return Place(
            document=document.id,
            start=span.start,
            end=span.end,
            text=span.text,
            name=reading.text[span.start : span.end],
        )
    return Place(
        document=document.id, start=span.start, end=span.end, text=span.text, name=_name(site, toponym),
        country=_alpha3(site.country), lat=site.lat, lon=site.lon, geonames=site.geonames or None,
        feature=site.feature,
    )  # fmt: skip


def _openings(reading: Reading, found: list[Toponym], gazetteer: Gazetteer) -> dict[Toponym, Toponym]:
    """Return the known place that each name without an entry begins with."""
    parts = {one: opening(reading, one, gazetteer) for one in found if not one.known}
    return {one: part for one, part in parts.items() if part is not None}


def _near(document: Document, reading: Reading, toponym: Toponym, site: Site) -> Place:
    """Return a facility where the place that it is named after lies; the id, which is that place's, stays out."""
    span = document.cite(reading.start[toponym.first], reading.end[toponym.last - 1])
    return Place(
        document=document.id, start=span.start, end=span.end, text=span.text,
        name=reading.text[span.start : span.end],
        country=_alpha3(site.country), lat=site.lat, lon=site.lon, feature="facility",
    )  # fmt: skip


def _name(site: Site, toponym: Toponym) -> str:
    """Return the gazetteer's name; of a subdivision, whose name there may be a transcription, the article's."""
    return toponym.text if site.kind in {REGION, COUNTY} else site.name


def _alpha3(code: str) -> str | None:
    import pycountry  # noqa: PLC0415 - loads its tables at import

    if code == "XK":
        return "XKX"
    country = pycountry.countries.get(alpha_2=code) if code else None
    return country.alpha_3 if country else None
