"""BibTeX: statements in, a `@misc` entry for each out; the words and the speaker stand in the note."""

from collections.abc import Iterable, Iterator

import msgspec

from onrecord.show.export import cite
from onrecord.show.export.cite import Citation
from onrecord.show.export.look import Look

_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "^": r"\textasciicircum{}",
    "_": r"\_", "~": r"\textasciitilde{}", "%": r"\%",
}  # fmt: skip


def write(statements: Iterable[msgspec.Struct], look: Look) -> Iterator[str]:
    """Yield an entry for each statement whose document is kept."""
    for statement in statements:
        cited = cite.found(statement, look)
        if cited is not None:
            yield entry(cited)


def entry(cited: Citation) -> str:
    """Return one entry; its key is the statement's id."""
    authors = " and ".join("{" + _escaped(name) + "}" for name in cited.authors or filter(None, [cited.outlet]))
    note = f"{cited.speaker or 'Speaker not known'}: “{cited.words}” ({cited.places})"
    fields = {
        "author": authors,
        "title": "{" + _escaped(cited.title) + "}",
        "howpublished": _escaped(cited.outlet),
        "year": cited.day[:4],
        "month": cited.day[5:7].lstrip("0"),
        "date": cited.day,
        "url": cited.address.replace("{", "%7B").replace("}", "%7D").replace("%", r"\%"),
        "note": _escaped(note),
    }
    inside = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@misc{{{cited.key},\n{inside}\n}}\n\n"


def _escaped(words: str) -> str:
    return "".join(_SPECIAL.get(letter, letter) for letter in words)
