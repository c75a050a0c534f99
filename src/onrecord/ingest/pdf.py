"""PDF press releases to a `RawArticle`, through pypdf. Runs in the child process.

Lines are joined to paragraphs and hyphens at their ends undone. No date is taken from the file: it says when
the file was made, not the release.
"""

import io
import re

from onrecord.ingest.html_facts import line
from onrecord.ingest.sandbox import Job, Taken
from onrecord.model.article import RawArticle
from onrecord.model.rejection import Rejection

_MOST_PAGES, _FEWEST = 200, 8
_HYPHEN = re.compile(r"(\w)-\n(?=[a-z])")
_FULL = 60


def take(job: Job) -> Taken:
    """Return the article of a PDF; R122 where it is locked, damaged, or a picture of text."""
    import pypdf  # noqa: PLC0415 - only PDFs pay for it

    try:
        reader = pypdf.PdfReader(io.BytesIO(job.data))
        if reader.is_encrypted and not reader.decrypt(""):
            return _no(job, "it asks for a password")
        pages = [page.extract_text() for page in reader.pages[:_MOST_PAGES]]
        title = line(reader.metadata.title) if reader.metadata else None
    except (pypdf.errors.PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError) as error:
        return _no(job, f"{type(error).__name__}: {error}"[:200])
    text = paragraphs("\n\n".join(pages))
    if len(text.split()) < _FEWEST:
        return _no(job, "no text in it; it may be scanned")
    return Taken(articles=(RawArticle(text=text, source=job.source, title=title),))


def paragraphs(text: str) -> str:
    """Return the text with a paragraph on a line: a short line that ends a sentence ends its paragraph."""
    text = _HYPHEN.sub(r"\1", text.encode("utf-8", "replace").decode().replace("\r", "\n").replace("\x00", ""))
    made: list[str] = []
    for block in re.split(r"\n\s*\n", text):
        rows = [" ".join(row.split()) for row in block.split("\n") if row.strip()]
        widest = max((len(row) for row in rows), default=0)
        open_ = False
        for row in rows:
            if open_:
                made[-1] += f" {row}"
            else:
                made.append(row)
            open_ = not (row.endswith((".", "!", "?", "”", '"', ":")) and len(row) < max(_FULL, widest * 0.8))
    return "\n".join(made)


def _no(job: Job, note: str) -> Taken:
    note = note.encode("utf-8", "replace").decode()
    return Taken(rejections=(Rejection(code="R122", stage="ingest", source=job.source, note=note),))
