"""A briefing as one page of HTML: no script, nothing from another host, prints well."""

from html import escape

from onrecord.show.briefing.content import Briefing, Note

_STYLE = """body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b}
h1,h2{line-height:1.2}ol,ul{padding-left:1.4rem}li{margin:.35rem 0}sup a{padding:0 .15em}a{color:#0b4f8a}
.notes{font-size:.86rem;color:#333}.notes q{color:#000}@media print{body{margin:0;max-width:none}a{color:inherit}}"""


def write(briefing: Briefing) -> str:
    """Return the page; every text is escaped, and only http and https addresses become links."""
    body = [f"<h1>{_plain(briefing.title)}</h1>", f"<p>{_plain(briefing.about)}</p>"]
    for section in briefing.sections:
        body.append(f"<h2>{_plain(section.title)}</h2>\n<ul>")
        for said in section.sentences:
            marks = "".join(f'<sup><a href="#n{number}">{number}</a></sup>' for number in said.notes)
            body.append(f"<li>{_plain(said.text)}{marks}</li>")
        body.append("</ul>")
    if not briefing.sections:
        body.append("<p>The record holds nothing on this. That is no evidence that nothing happened.</p>")
    if briefing.notes:
        body.append('<h2>Notes</h2>\n<ol class="notes">')
        body += [f'<li id="n{number}">{_note(note)}</li>' for number, note in enumerate(briefing.notes, start=1)]
        body.append("</ol>")
    page = "\n".join(body)
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    head += f"<title>{_plain(briefing.title)}</title>"
    return (
        f'<!doctype html>\n<html lang="en"><head>{head}<style>{_STYLE}</style></head>\n<body>\n{page}\n</body></html>\n'
    )


def _note(note: Note) -> str:
    told = [f"<q>{_plain(note.words)}</q>", _plain(note.title), _plain(note.outlet), _plain(note.published)]
    source = (
        f'<a href="{escape(note.link)}" rel="noreferrer">{_plain(note.source)}</a>'
        if note.link
        else _plain(note.source)
    )
    return ", ".join(filter(None, told)) + f". {_plain(note.document)} [{note.start}, {note.end}). {source}"


def _plain(words: str) -> str:
    return escape("".join(letter if letter.isprintable() else " " for letter in words))
