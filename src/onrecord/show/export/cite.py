"""How a statement is cited: the article in which it stands, the words, the speaker, and where in the text they are."""

from datetime import date
from itertools import starmap

import msgspec

from onrecord.model.claim import Statement
from onrecord.model.text import Document
from onrecord.show.export import fragment
from onrecord.show.export.look import Look, address

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


class Citation(msgspec.Struct, frozen=True):
    """What every form of a citation says; an empty field isn't known."""

    key: str
    speaker: str
    words: str
    force: str
    title: str
    authors: tuple[str, ...]
    outlet: str
    day: str
    address: str
    fragment: str
    source: str
    places: str
    document: str


def citation(statement: Statement, document: Document) -> Citation:
    """Return what there is to cite of a statement."""
    speaker = statement.speaker
    name = "" if speaker is None else f"{speaker.name} ({speaker.role})" if speaker.role else speaker.name
    return Citation(
        key=statement.id,
        speaker=one_line(name),
        words=one_line(" … ".join(span.text for span in statement.content)),
        force=("not " if statement.negated else "") + statement.force,
        title=one_line(document.title or document.text[:80]),
        authors=tuple(map(one_line, document.authors)),
        outlet=one_line(document.outlet or ""),
        day=document.published_day or "",
        address=address(document),
        fragment=fragment.link(document, statement.content[0]),
        source=one_line(document.source),
        places=", ".join(starmap("characters {}–{}".format, ((span.start, span.end) for span in statement.content))),
        document=document.id,
    )


def found(statement: msgspec.Struct, look: Look) -> Citation | None:
    """Return the citation of a statement whose document is kept, None for everything else."""
    if not isinstance(statement, Statement):
        return None
    document = look.document(statement.document)
    if document is None:
        look.left_out += 1
        return None
    return citation(statement, document)


def text(cited: Citation) -> str:
    """Return the citation as a sentence."""
    who = f"{cited.speaker}: " if cited.speaker else ""
    told = [f"{who}“{cited.words}”", f"“{cited.title}”", cited.outlet, _said(cited.day), cited.address or cited.source]
    return ", ".join(filter(None, told)) + f" ({cited.places})."


def markdown(cited: Citation) -> str:
    """Return the citation in Markdown: the words as a block, the source under them."""
    who = f"**{_marked(cited.speaker)}**: " if cited.speaker else ""
    title = f"[{_marked(cited.title)}](<{cited.fragment}>)" if cited.fragment else _marked(cited.title)
    told = ", ".join(filter(None, [title, _marked(cited.outlet), _said(cited.day)]))
    return f"> {who}“{_marked(cited.words)}”\n>\n> {told} ({cited.places})\n"


def one_line(words: str) -> str:
    """Return the words with one blank between them and no control characters."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in words).split())


def _said(day: str) -> str:
    if not day:
        return ""
    known = date.fromisoformat(day)
    return f"{known.day} {MONTHS[known.month - 1]} {known.year}"


def _marked(words: str) -> str:
    """Return the words with what Markdown or HTML would take for a mark written out."""
    for mark in "\\`*_[]<>#|&!~":
        words = words.replace(mark, "\\" + mark)
    return words
