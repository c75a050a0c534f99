"""A briefing in Markdown, with footnotes as GitHub, Pandoc and MkDocs read them."""

from onrecord.show.briefing.content import Briefing, Note

_MARKS = "\\`*_[]<>#|"


def write(briefing: Briefing) -> str:
    """Return the briefing; nothing that an article says is taken for a mark."""
    parts = [f"# {_plain(briefing.title)}\n\n{_plain(briefing.about)}\n"]
    for section in briefing.sections:
        parts.append(f"\n## {section.title}\n")
        parts += [f"- {_plain(said.text)}{_marks(said.notes)}" for said in section.sentences]
    if not briefing.sections:
        parts.append("\nThe record holds nothing on this. That is no evidence that nothing happened.")
    parts.append("")
    parts += [f"[^{number}]: {_note(note)}" for number, note in enumerate(briefing.notes, start=1)]
    return "\n".join(parts) + "\n"


def _marks(notes: tuple[int, ...]) -> str:
    return "".join(f"[^{number}]" for number in notes)


def _note(note: Note) -> str:
    told = [f"“{_plain(note.words)}”", _plain(note.title), _plain(note.outlet), note.published]
    place = f"{note.document} [{note.start}, {note.end})"
    link = f" <{note.link}>" if note.link else f" {_plain(note.source)}"
    return ", ".join(filter(None, told)) + f". {_plain(place)}{link}"


def _plain(words: str) -> str:
    shown = "".join(letter if letter.isprintable() else " " for letter in words)
    return "".join("\\" + letter if letter in _MARKS else letter for letter in shown)
