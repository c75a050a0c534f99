"""Mail to a `RawArticle`: wire copy and press releases as `.eml`, or many in an mbox. Runs in the child process.

The text is the plain part, else the HTML part without its tags; date, subject and sender are the message's own.
"""

import email
import email.policy
from collections.abc import Iterator
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime
from typing import Any, BinaryIO

from onrecord.ingest.decode import clean_lines
from onrecord.ingest.html_facts import line, plain
from onrecord.ingest.sandbox import Job, Taken
from onrecord.model.article import RawArticle
from onrecord.model.rejection import Rejection

_FEWEST = 8


def take(job: Job) -> Taken:
    """Return the article of one message; R122 where it holds no text."""
    message = email.message_from_bytes(job.data, policy=email.policy.default)
    part = message.get_body(("plain", "html")) if isinstance(message, EmailMessage) else None
    text = _text(part) if part is not None else ""
    if len(text.split()) < _FEWEST:
        return Taken(rejections=(Rejection(code="R122", stage="ingest", source=job.source),))
    published = _date(message)
    name, address = parseaddr(str(message.get("from", "")))
    return Taken(
        articles=(
            RawArticle(
                text=text, source=job.source, title=line(str(message.get("subject", ""))),
                outlet=line(name) or line(address.partition("@")[2]), published=published,
                published_basis="metadata" if published else None,
            ),
        )
    )  # fmt: skip


def _text(part: Any) -> str:
    try:
        content = part.get_content()
    except (LookupError, UnicodeError, KeyError, AssertionError):
        raw = part.get_payload(decode=True)
        content = raw.decode("utf-8", "replace") if isinstance(raw, bytes) else ""
    text = str(content).encode("utf-8", "replace").decode()
    if part.get_content_type() == "text/html":
        return plain(text)
    lines = [one.rstrip() for one in clean_lines(text).split("\n")]
    return _unwrapped([one for one in lines if not one.startswith(">")])


def _unwrapped(lines: list[str]) -> str:
    """Return the text with paragraphs on one line each: mail is wrapped, and blank lines part its paragraphs."""
    paragraphs = "\n".join(lines).strip().split("\n\n")
    return "\n".join(" ".join(one.split()) for one in paragraphs if one.strip())


def _date(message: email.message.Message) -> str | None:
    try:
        moment = parsedate_to_datetime(str(message.get("date", "")))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment.isoformat(timespec="minutes") if moment.year > 1970 else None


def messages(file: BinaryIO, limit: int) -> Iterator[bytes | None]:
    """Yield each message of an mbox (RFC 4155); None for one of more than `limit` bytes."""
    gathered: list[bytes] = []
    size, blank = 0, True
    while row := file.readline(1 << 20):
        if blank and row.startswith(b"From "):
            if size:
                yield b"".join(gathered) if size <= limit else None
            gathered, size = [], 0
        else:
            size += len(row)
            if size <= limit:
                gathered.append(row[1:] if row.startswith(b">From ") else row)
        blank = not row.strip()
    if size:
        yield b"".join(gathered) if size <= limit else None
