"""Make the document. Comes in: a raw article. Goes out: a `Document` whose text never changes again.

Boilerplate is marked, not removed; the publication date is what was given, else what the page said, else what a
dateline with a year or a line of its own says, else missing and said so: it is never taken from today's clock.
"""

import re

import msgspec

from onrecord.lexicon import Lexicon
from onrecord.lexicon.agencies import Credit
from onrecord.model.article import RawArticle
from onrecord.model.rejection import Rejection
from onrecord.model.text import Document, Span
from onrecord.read import dateline, language, recase
from onrecord.settings import Settings

_LINE = re.compile(r"[^\n]+")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ].*)?")
_HEAD, _FOOT, _CREDIT = 5, 4, 320
_TERMINAL = tuple(".!?:;\"”'’)")


def lines(text: str) -> tuple[tuple[int, int], ...]:
    """Return the characters of every line that isn't blank: in our texts a line is a paragraph."""
    return tuple(found.span() for found in _LINE.finditer(text) if not found.group().isspace())


def run(*, raw: RawArticle, settings: Settings, lexicon: Lexicon) -> tuple[Document | None, tuple[Rejection, ...]]:
    """Return the document, or None with the reason, and what there is to say."""
    text = raw.text
    if not text.strip():
        return None, (Rejection(code="R102", stage="read", source=raw.source),)
    english, code = language.is_english(text)
    if not english:
        note = f"it seems to be in {code!r}"
        return None, (Rejection(code="R201", stage="read", source=raw.source, note=note),)
    identifier = Document.id_of(text)
    paragraphs, shown = lines(text), recase.wording(text, lexicon)
    credited = _credited(shown, paragraphs, lexicon)
    line = dateline.find(shown, paragraphs)
    published, basis = raw.published, raw.published_basis
    if published is not None and not _ISO.fullmatch(published):
        published, basis = None, None
    if published is None and line is not None and line.day is not None:
        published, basis = line.day, "dateline"
    dated = dateline.day_line(shown, paragraphs)
    if published is None and dated is not None:
        published, basis = dated[2], "dateline"
    draft = Document(
        id=identifier,
        title=raw.title or _headline(text, paragraphs),
        text=text,
        source=raw.url or raw.source,
        outlet=raw.outlet,
        authors=raw.authors,
        published=published,
        published_basis=basis if published else None,
        language="en",
        retrieved=raw.retrieved,
        updated=raw.updated,
        section=raw.section,
        pieces=raw.pieces,
        wire=_agency(line, credited, lexicon),
        credits=_helpers(credited),
    )
    document = msgspec.structs.replace(
        draft,
        dateline=draft.cite(*line.place) if line and line.place else None,
        skipped=_skipped(draft, paragraphs, lexicon, {*credited, *([dated[0]] if dated else [])}),
    )
    return document, _remarks(document, settings)


def _remarks(document: Document, settings: Settings) -> tuple[Rejection, ...]:
    remarks = []
    if document.published is None:
        note = "give it with --published; nothing is counted from today's date"
        remarks.append(Rejection(code="R202", stage="read", document=document.id, note=note))
    if len(document.text) > settings.max_characters:
        note = f"read up to character {settings.max_characters} of {len(document.text)}"
        remarks.append(Rejection(code="R203", stage="read", document=document.id, note=note))
    return tuple(remarks)


def _headline(text: str, paragraphs: tuple[tuple[int, int], ...]) -> str | None:
    if len(paragraphs) < 2:
        return None
    start, end = paragraphs[0]
    first = text[start:end].strip()
    return first if len(first) <= 200 and not first.endswith(_TERMINAL) and len(first.split()) > 2 else None


def _credited(text: str, paragraphs: tuple[tuple[int, int], ...], lexicon: Lexicon) -> dict[int, Credit]:
    """Return the lines that credit a news agency, by where they start; whose a story is stands at its head or foot."""
    edge = {start for start, _ in (*paragraphs[:_HEAD], *paragraphs[-_FOOT:])}
    found = ((start, lexicon.agencies.found(text[start:end])) for start, end in paragraphs if end - start < _CREDIT)
    return {start: one for start, one in found if one is not None and (one.sort == "shared" or start in edge)}


def _agency(line: dateline.Dateline | None, credited: dict[int, Credit], lexicon: Lexicon) -> str | None:
    """Return the agency whose story it is: the dateline's, else the one that a line of its own names."""
    if line is not None and line.agency:
        return lexicon.agencies.name(line.agency) or line.agency
    return next((one.agencies[0] for one in credited.values() if one.sort == "own"), None)


def _helpers(credited: dict[int, Credit]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for one in credited.values() if one.sort == "shared" for name in one.agencies))


def _skipped(
    document: Document, paragraphs: tuple[tuple[int, int], ...], lexicon: Lexicon, apart: set[int]
) -> tuple[Span, ...]:
    """Return boilerplate, and the lines that begin at `apart`."""
    return tuple(
        document.cite(start, end)
        for start, end in paragraphs
        if start in apart or (end - start < 600 and lexicon.boilerplate.matches(document.text[start:end]))
    )
