"""A `Query` in, the SQL that answers it out. Values travel as parameters, never inside the SQL."""

from onrecord.keep.fold import fold, phrase
from onrecord.keep.protocol import Query

_WHO = """row IN (SELECT record FROM record_actor WHERE name IN (
    SELECT row FROM name WHERE actor = ? COLLATE NOCASE {words}))"""
_WORDS = "UNION ALL SELECT rowid FROM name_words WHERE name_words MATCH ?"
_DEAL = """row IN (SELECT row FROM record WHERE deal = ? UNION ALL
    SELECT row FROM record WHERE id IN (SELECT part FROM member WHERE whole = ?))"""
_DOCUMENT = "row IN (SELECT row FROM record WHERE document = ? UNION ALL SELECT record FROM member WHERE part = ?)"
_ORDER = " ORDER BY day DESC, id, article, place, row"  # as the index record_kind has it; NULL comes last


def where(query: Query) -> tuple[str, list[str]]:
    """Return the condition after WHERE and its parameters."""
    # One article or deal has few records: "+" keeps SQLite from walking through all of the kind instead.
    few = query.document is not None or query.deal is not None
    terms, values = ["+kind = ?" if few else "kind = ?"], [query.kind]

    def add(term: str, *given: str) -> None:
        terms.append(term)
        values.extend(given)

    if query.who is not None:
        words = phrase(fold(query.who))
        add(_WHO.format(words=_WORDS if words else ""), *([query.who, words] if words else [query.who]))
    if query.country is not None:
        add("row IN (SELECT record FROM record_country WHERE country = ?)", query.country.upper())
    if query.since is not None:
        add("day IS NOT NULL AND (until IS NULL OR until >= ?)", query.since)
    if query.until is not None:
        add("day IS NOT NULL AND (since IS NULL OR since <= ?)", query.until)
    if query.deal is not None:
        add(_DEAL, query.deal, query.deal)
    if query.document is not None:
        add(_DOCUMENT, query.document, query.document)
    if query.status is not None:
        add("status = ?", query.status)
    if query.type is not None:
        add("type = ?", query.type)
    if query.text is not None:
        words = phrase(query.text)
        if words:
            add("row IN (SELECT rowid FROM words WHERE words MATCH ?)", words)
        else:
            add("FALSE")
    return " AND ".join(terms), values


def select(query: Query) -> tuple[str, list[str | int]]:
    """Return the statement that yields the bodies of the records that fit, and its parameters."""
    condition, values = where(query)
    return (
        f"SELECT body FROM record WHERE {condition}{_ORDER} LIMIT ? OFFSET ?",  # noqa: S608 - fixed terms only
        [*values, query.limit if query.limit > 0 else -1, max(query.offset, 0)],
    )


def count(query: Query) -> tuple[str, list[str]]:
    """Return the statement that counts the records that fit, and its parameters."""
    condition, values = where(query)
    return f"SELECT count(*) FROM record WHERE {condition}", values  # noqa: S608 - fixed terms only
