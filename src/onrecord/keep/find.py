"""A `Query` in, the SQL that answers it out. Values travel as parameters, never inside the SQL.

Row numbers fall with the day (`keep.keys`), in the table as in the full-text index: whatever is asked, the newest
records come first without sorting, and the walk stops when a page is full.
"""

from collections.abc import Sequence

from onrecord.keep.fold import fold, phrase
from onrecord.keep.keys import bounds
from onrecord.keep.protocol import Query
from onrecord.keep.tags import INDEXED, tag

MOST_NAMES = 500  # more names than these are looked up record by record
BODY = "coalesce(laid, body)"
_WHO = """row IN (SELECT record FROM record_actor WHERE name IN (
    SELECT row FROM name WHERE actor = ? COLLATE NOCASE {words}))"""
_WORDS = "UNION ALL SELECT rowid FROM name_words WHERE name_words MATCH ?"
_DEAL = """row IN (SELECT row FROM record WHERE deal = ? UNION ALL
    SELECT row FROM record WHERE id IN (SELECT part FROM member WHERE whole = ?))"""
_DOCUMENT = "row IN (SELECT row FROM record WHERE document = ? UNION ALL SELECT record FROM member WHERE part = ?)"
_INDEX = "words CROSS JOIN record ON record.row = words.rowid"

type Values = list[str | int]


def names(who: str) -> tuple[str, Values]:
    """Return the statement that yields the numbers of the names that an id or words of a name mean."""
    words = phrase(fold(who))
    more = _WORDS if words else ""
    return f"SELECT row FROM name WHERE actor = ? COLLATE NOCASE {more} LIMIT ?", [  # noqa: S608 - fixed terms only
        who,
        *([words] if words else []),
        MOST_NAMES + 1,
    ]


def select(query: Query, known: Sequence[int] | None = None) -> tuple[str, Values]:
    """Return the statement that yields the bodies of the records that fit, and its parameters.

    `known` are the numbers of the names that `query.who` means, None where they are too many or not looked up.
    """
    source, condition, values = _asked(query, known)
    if query.after is not None:
        condition += f" AND {_row(source)} < (SELECT max(row) FROM record WHERE id = ?)"  # noqa: S608 - fixed terms only
        values.append(query.after)
    return (
        f"SELECT {BODY} FROM {source} WHERE {condition} ORDER BY {_row(source)} DESC LIMIT ? OFFSET ?",  # noqa: S608 - fixed terms only
        [*values, query.limit if query.limit > 0 else -1, max(query.offset, 0)],
    )


def count(query: Query, known: Sequence[int] | None = None, most: int = 0) -> tuple[str, Values]:
    """Return the statement that counts the records that fit, up to `most` of them (0: all), and its parameters."""
    source, condition, values = _asked(query, known)
    if source == _INDEX and not _more(query):
        source = "words"
    return (
        f"SELECT count(*) FROM (SELECT 1 FROM {source} WHERE {condition} LIMIT ?)",  # noqa: S608 - fixed terms only
        [*values, most if most > 0 else -1],
    )


def days(query: Query, known: Sequence[int] | None = None) -> tuple[str, Values]:
    """Return the statement that yields the middle bits of the row numbers that fit and how many have them."""
    source, condition, values = _asked(query, known)
    if source == _INDEX and not _more(query):
        source = "words"
    order = f"({_row(source)} >> 36) & 4194303"
    return f"SELECT {order}, count(*) FROM {source} WHERE {condition} GROUP BY 1", values  # noqa: S608 - fixed terms only


def _row(source: str) -> str:
    return "record.row" if source == "record" else "words.rowid"


def _more(query: Query) -> bool:
    """Say whether the query asks for what only the record itself says."""
    return bool(query.since or query.until or query.deal or query.document)


def _asked(query: Query, known: Sequence[int] | None) -> tuple[str, str, Values]:
    """Return where to look, the condition after WHERE and its parameters."""
    few = query.document is not None or query.deal is not None
    indexed = query.kind in INDEXED and not few
    by_index = query.text is not None or query.country is not None or query.who is not None or query.facets
    if not (indexed and (by_index or (query.type is not None and query.status is not None))):
        return ("record", *where(query))
    expression = _expression(query, known)
    if expression is None:
        return ("record", "FALSE", [])
    first, last = bounds(query.kind, query.since, query.until)
    terms = ["words MATCH ?", "words.rowid BETWEEN ? AND ?"]
    values: Values = [expression, first, last]
    if query.who is not None and known is None:
        _who(query.who, terms, values)
    _dates(query, terms, values)
    return _INDEX, " AND ".join(terms), values


def _expression(query: Query, known: Sequence[int] | None) -> str | None:
    """Return the full-text expression of what is asked; None where it can't fit anything."""
    asked: list[str] = []
    if query.text is not None:
        words = phrase(query.text)
        if not words:
            return None
        asked.append(f"{{title text}} : ({words})")
    given = [("country", query.country), ("type", query.type), ("status", query.status), *query.facets]
    tags = [tag(facet, value) for facet, value in given if value is not None]
    if known is not None and query.who is not None:
        if not known:
            return None
        tags.append("(" + " OR ".join(f"n{name}" for name in known) + ")")
    if tags:
        asked.append(f"tags : ({' AND '.join(tags)})")
    return " AND ".join(asked)


def where(query: Query) -> tuple[str, Values]:
    """Return the condition on the table of records and its parameters."""
    # One article or deal has few records, and row numbers say the kind: "+" keeps SQLite from another way round.
    few = query.document is not None or query.deal is not None
    narrow = query.type is not None or query.status is not None or query.who is not None or query.country is not None
    walk = not few and (not narrow or bool(query.since or query.until))
    terms: list[str] = ["+kind = ?" if few or walk else "kind = ?"]
    values: Values = [query.kind]
    if walk:
        terms.append("row BETWEEN ? AND ?")
        values += bounds(query.kind, query.since, query.until)
    if query.who is not None:
        _who(query.who, terms, values)
    if query.country is not None:
        terms.append("row IN (SELECT record FROM record_country WHERE country = ?)")
        values.append(query.country.upper())
    _dates(query, terms, values)
    if query.deal is not None:
        terms.append(_DEAL)
        values += [query.deal, query.deal]
    if query.document is not None:
        terms.append(_DOCUMENT)
        values += [query.document, query.document]
    for column, value in (("status", query.status), ("type", query.type)):
        if value is not None:
            terms.append(f"{column} = ?")
            values.append(value)
    if query.text is not None or query.facets:
        # Asked within one article or deal: the index is asked about these few rows alone.
        expression = _expression(_only_index(query), None)
        terms.append("row IN (SELECT rowid FROM words WHERE words MATCH ?)" if expression else "FALSE")
        values += [expression] if expression else []
    return " AND ".join(terms), values


def _only_index(query: Query) -> Query:
    return Query(kind=query.kind, text=query.text, facets=query.facets)


def _who(who: str, terms: list[str], values: Values) -> None:
    words = phrase(fold(who))
    terms.append(_WHO.format(words=_WORDS if words else ""))
    values += [who, words] if words else [who]


def _dates(query: Query, terms: list[str], values: Values) -> None:
    if query.since is not None:
        terms.append("day IS NOT NULL AND (until IS NULL OR until >= ?)")
        values.append(query.since)
    if query.until is not None:
        terms.append("day IS NOT NULL AND (since IS NULL OR since <= ?)")
        values.append(query.until)
