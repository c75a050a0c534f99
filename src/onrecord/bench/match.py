"""How a prediction is held against gold that quotes snippets: where words stand, and whether two names are one.

Spans are compared as sets of characters, letters and digits only. Names are folded (case, accents, titles); a
government, capital or body may be written by name or by its code.
"""

import json
import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from onrecord import lexicon as lexicons

type Row = dict[str, Any]
type Chars = frozenset[int]

_CODE = re.compile(r"[A-Z][A-Z0-9]{1,3}")
_MARKS = {"“": '[“"”]', "”": '[“"”]', '"': '[“"”]', "’": "[’'‘]", "'": "[’'‘]", "‘": "[’'‘]"}


def fold(text: str) -> str:
    """Return the text without case, accents, possessives and marks."""
    text = unicodedata.normalize("NFKD", text or "").casefold()
    text = "".join(letter for letter in text if not unicodedata.combining(letter))
    text = re.sub(r"['’]s?\b(?=\s|$)", "", text)
    return re.sub(r"\s+", " ", re.sub(r"[^\w\s.&-]", " ", text)).strip(" .-")


def find(text: str, snippet: str | None) -> list[Chars]:
    """Return the characters of every place where the snippet stands, blanks and quotation marks folded."""
    pattern = r"\s+".join("".join(_MARKS.get(c, re.escape(c)) for c in word) for word in (snippet or "").split())
    if not pattern:
        return []
    return [frozenset(at for at in range(*found.span()) if text[at].isalnum()) for found in re.finditer(pattern, text)]


def chars(text: str, spans: list[Row]) -> Chars:
    """Return the characters of these spans."""
    return frozenset(at for span in spans for at in range(span["start"], span["end"]) if text[at].isalnum())


def overlap(left: Chars, right: Chars) -> float:
    """Return the F1 of two sets of characters, 0 to 1."""
    return 2 * len(left & right) / (len(left) + len(right)) if left and right else 0.0


def listed(value: Any) -> list[Any]:
    """Return a list of what may be one thing, a list or nothing."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


@cache
def _titles() -> frozenset[str]:
    people = lexicons.load().people
    written = [title.title for title in people.titles] + [
        epithet.word for epithet in people.epithets if epithet.kind != "calling"
    ]
    written += [row.office for row in people.office_rows] + ["the", "a", "an", "then", "former"]
    return frozenset(word for title in written for word in fold(title).split())


@cache
def _codes() -> dict[str, str]:
    """Return the code by folded name: states with their capitals and demonyms, bodies, armed groups."""
    people = lexicons.load().people
    names: dict[str, str] = {}
    for state in people.states:
        for name in (state.name, *state.names, *state.adjectives, *state.people, *state.capitals):
            names.setdefault(fold(name), state.country)
    rows = [(row.actor, row.country, (row.name, *row.names)) for row in people.bodies]
    rows += [(row.actor, row.country, (row.name, *row.names)) for row in people.groups]
    for actor, country, written in rows:
        for name in written:
            names[fold(name)] = country if country and len(actor) > 4 else actor
    return names


def bare(name: str) -> list[str]:
    """Return the words of a name without its titles."""
    words = fold(name).split()
    while len(words) > 1 and words[0].strip(".") in _titles():
        words = words[1:]
    return [word.strip(".") for word in words if word.strip(".")]


def same_name(gold: str, found: str) -> bool:
    """Say whether two names can be one: equal, the last name alone, or first names that agree."""
    left, right = bare(gold), bare(found)
    if not left or not right:
        return False
    if left == right:
        return True
    if left[-1] != right[-1] and not (min(len(left[-1]), len(right[-1])) > 4 and fuzz.ratio(left[-1], right[-1]) >= 85):
        return False
    if len(left) == 1 or len(right) == 1:
        return True
    first, other = left[0], right[0]
    return first[0] == other[0] if min(len(first), len(other)) == 1 else fuzz.ratio(first, other) >= 60


def same_actor(gold: str, ref: Row | None, country: str | None = None, mention: str | None = None) -> bool:
    """Say whether a predicted actor reference is the one that gold names or gives the code of."""
    if not ref:
        return False
    name, actor = ref.get("name") or "", str(ref.get("actor") or "")
    code = _codes().get(re.sub(r"^the ", "", fold(name)))
    if _CODE.fullmatch(gold):
        return gold in {actor, ref.get("country"), code} or fold(name) == fold(gold)
    if same_name(gold, name) or (mention is not None and same_name(mention, name)):
        return True
    known = _codes().get(re.sub(r"^the ", "", fold(gold)))
    wanted = country or known
    impersonal = known is not None or _OFFICE.search(fold(gold)) is not None
    return bool(impersonal and wanted and wanted in {ref.get("country"), actor, code} and not _person(ref))


_OFFICE = re.compile(
    r"\b(government|ministry|officials?|administration|army|military|authorities|parliament|delegation|sources?)\b"
)


def _person(ref: Row) -> bool:
    name = ref.get("name") or ""
    return len(name.split()) > 1 and name.istitle() and _codes().get(fold(name)) is None


def folders(data: Path) -> list[Path]:
    """Return the folders that hold a gold.json: the folder itself, or those in it, sorted."""
    return [data] if (data / "gold.json").is_file() else sorted(path.parent for path in data.glob("*/gold.json"))


def gold_of(folder: Path) -> Row:
    """Return the gold of one article."""
    gold: Row = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    return gold
