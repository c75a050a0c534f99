"""RIS: statements in, a reference for each out, type NEWS; the words and the speaker stand in the notes.

After the RIS format specification of Research Information Systems, as Zotero, EndNote and Mendeley read it.
"""

from collections.abc import Iterable, Iterator

import msgspec

from onrecord.show.export import cite
from onrecord.show.export.cite import Citation
from onrecord.show.export.look import Look


def write(statements: Iterable[msgspec.Struct], look: Look) -> Iterator[str]:
    """Yield a reference for each statement whose document is kept."""
    for statement in statements:
        cited = cite.found(statement, look)
        if cited is not None:
            yield reference(cited)


def reference(cited: Citation) -> str:
    """Return one reference, CRLF line ends, closed by ER and an empty line."""
    lines = [
        ("TY", "NEWS"), ("ID", cited.key), *(("AU", name) for name in cited.authors), ("TI", cited.title),
        ("T2", cited.outlet), ("DA", cited.day.replace("-", "/") + "/" if cited.day else ""), ("PY", cited.day[:4]),
        ("UR", cited.address), ("AB", f"“{cited.words}”"),
        ("N1", f"{cited.speaker or 'Speaker not known'} ({cited.force}), {cited.places} of {cited.document}"),
        ("KW", cited.speaker), ("LA", "en"),
    ]  # fmt: skip
    return "".join(f"{tag}  - {value}\r\n" for tag, value in lines if value) + "ER  - \r\n\r\n"
