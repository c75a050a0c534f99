"""The made-up articles read once, and cut where names, codes, days and ids stand, so that a copy costs microseconds.

Comes in: a kit. Goes out: templates; `Template.fill` gives the JSON of each record of one copy. A name is replaced by
one of the same length, so that spans hold; ids are new but tied to each other as they were. Ids are not the hashes that
reading such a text would give: these records are generated, and nothing measured on them says how well we read.
"""

import re
import sys
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from generate.storyline import DAY, OTHERS, STORYLINE
from onrecord.model import wire
from onrecord.model.article import ArticleResult, RawArticle
from onrecord.pipeline import Kit, per_article

NAMES = {"Norway": "A", "Jordan": "B", "Anton": "f", "Velmar": "s", "Milos": "g", "Tarnok": "t"}
CODES = {'"NOR"': "a", '"JOR"': "b"}
_ID = re.compile(r"\b([a-z]+-[0-9a-f]{4})[0-9a-f]{12}\b")
_DATE = re.compile(r"\b20[23]\d-\d\d-\d\d\b")


@dataclass(frozen=True, slots=True)
class Template:
    """One article to multiply: what each of its records is, and its JSON with holes."""

    result: ArticleResult
    offset: int
    records: tuple[tuple[str, bytes], ...]

    def fill(self, holes: dict[bytes, bytes]) -> list[tuple[str, bytes]]:
        """Return kind and JSON of every record of a copy."""
        return [(kind, line % holes) for kind, line in self.records]


def make(kit: Kit) -> tuple[list[Template], list[Template]]:
    """Return the templates of the storyline and of everything else."""
    story = [_template(text, offset, kit) for offset, text in STORYLINE]
    return story, [_template(text, 0, kit) for text in OTHERS]


def _template(text: str, offset: int, kit: Kit) -> Template:
    day = (date.fromisoformat(DAY) + timedelta(offset)).isoformat()
    raw = RawArticle(text=text, source="made/x-0000000000000000", published=day, published_basis="given")
    result = per_article(raw, kit)
    records = tuple((str(made.__struct_config__.tag), _holes(wire.encode(made).decode())) for made in result.records())
    if len({line for _, line in records}) < len(records):
        raise ValueError(text)
    return Template(result, offset, records)


def _holes(line: str) -> bytes:
    line = line.replace("%", "%%")
    for name, hole in NAMES.items():
        line = line.replace(name, f"%({hole})b").replace(name.lower(), f"%({hole}l)b")
    for code, hole in CODES.items():
        line = line.replace(code, f'"%({hole})b"')
    line = _ID.sub(r"\1%(x)b", line)
    first = date.fromisoformat(DAY)

    def day(found: re.Match[str]) -> str:
        return f"%(d{(date.fromisoformat(found.group()) - first).days})b"

    return _DATE.sub(day, line).encode()
