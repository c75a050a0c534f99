"""Where: place names with country and coordinates, as far as the gazetteer and the article say.

Comes in: document, reading, lexicon. Goes out: places in order of the text. A capital or a country that speaks or
decides ("Kinshasa said") stands for its government and is no place. A name without an entry keeps its words alone.
"""

from onrecord.extract.places_resolve import Question, resolve
from onrecord.extract.places_spans import Toponym, given, toponyms
from onrecord.lexicon import Lexicon
from onrecord.lexicon.gazetteer import COUNTY, REGION, Gazetteer, Site, fold
from onrecord.model.mention import Place
from onrecord.model.reading import Reading
from onrecord.model.text import Document

_AGENT = frozenset({"nsubj", "agent"})


def run(*, document: Document, reading: Reading, lexicon: Lexicon, only: bool = False) -> tuple[Place, ...]:
    """Return the places of the document; with `only`, the recognised names and no others, metonyms too."""
    gazetteer = lexicon.gazetteer
    found = given(reading, gazetteer) if only else toponyms(reading, gazetteer)
    if not found:
        return ()
    chosen = resolved(reading, found, gazetteer)
    places = []
    for toponym in found:
        site = chosen.get(fold(toponym.text))
        if site is not None and not only and _speaks(reading, toponym, site, gazetteer):
            continue
        places.append(_place(document, reading, toponym, site))
    return tuple(places)


def resolved(reading: Reading, found: list[Toponym], gazetteer: Gazetteer) -> dict[str, Site]:
    """Return the site of each distinct folded name that has one."""
    counts: dict[str, int] = {}
    texts: dict[str, str] = {}
    containers: dict[str, list[str]] = {}
    for place, toponym in enumerate(found):
        key = fold(toponym.text)
        counts[key] = counts.get(key, 0) + 1
        texts.setdefault(key, toponym.text)
        after = found[place + 1] if place + 1 < len(found) else None
        if after is not None and _in_next(reading, toponym, after):
            containers.setdefault(key, []).append(fold(after.text))
    questions = [
        Question(key, gazetteer.find(texts[key]), count, tuple(dict.fromkeys(containers.get(key, ()))))
        for key, count in counts.items()
    ]
    return {key: site for key, (site, _) in resolve(questions).items()}


def _in_next(reading: Reading, one: Toponym, after: Toponym) -> bool:
    """Say whether the text puts the one place in the other: "Sake, Congo", "Sake (Congo)", "Sake in Congo"."""
    between = reading.words(one.last, after.first).strip() if one.last < after.first else ""
    return between in {",", "(", "in", ", in", "in the", ", the", "in northern", "in eastern"}


def _speaks(reading: Reading, toponym: Toponym, site: Site, gazetteer: Gazetteer) -> bool:
    """Say whether a government is meant: the name is what says, decides, demands."""
    if site.feature not in {"country", "city"}:
        return False
    head = next((token for token in range(toponym.last - 1, toponym.first - 1, -1)
                 if not toponym.first <= reading.head[token] < toponym.last), toponym.last - 1)  # fmt: skip
    return reading.dep[head] in _AGENT and reading.lemma[reading.head[head]] in gazetteer.group("saying")


def _place(document: Document, reading: Reading, toponym: Toponym, site: Site | None) -> Place:
    start, end = reading.start[toponym.first], reading.end[toponym.last - 1]
    span = document.cite(start, end)
    if site is None:
        return Place(document=document.id, start=span.start, end=span.end, text=span.text, name=span.text)
    return Place(
        document=document.id, start=span.start, end=span.end, text=span.text, name=_name(site, toponym),
        country=_alpha3(site.country), lat=site.lat, lon=site.lon, geonames=site.geonames or None,
        feature=site.feature,
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
