"""A shelf in memory: the traces of articles that are in no store. Comes in: traces. Goes out: rows and tallies."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator

from onrecord.model.shelf import Row, Trace
from onrecord.reconcile import actors, copies, trace
from onrecord.reconcile.actors import Tally


class Pile:
    """Holds traces; the same document twice counts once, whichever of two readings has the greater hash."""

    def __init__(self) -> None:
        self._rows: dict[str, dict[str, list[Row]]] = defaultdict(dict)
        self._keys: dict[tuple[str, str], list[Row]] | None = None
        self._tallies: dict[str, Tally] = {}
        self._digests: dict[str, bytes] = {}
        self._of: dict[str, dict[str, bytes]] = {}
        self._copies: dict[str, str] | None = None

    def add(self, made: Trace) -> None:
        """Take the trace of an article in."""
        digest = _digest(made)
        known = self._digests.get(made.document)
        if known is not None and digest <= known:
            return
        if known is not None:
            self._drop(made.document)
        self._digests[made.document] = digest
        self._of[made.document] = made.tallies
        for row in made.rows:
            self._rows[row.shelf].setdefault(row.document, []).append(row)
        for actor, body in made.tallies.items():
            tally = self._tallies.setdefault(actor, Tally({}, {}, {}, {}, {}, 0))
            tally.add(actors.unpacked(body))
        self._keys = self._copies = None

    def _drop(self, document: str) -> None:
        for by_document in self._rows.values():
            by_document.pop(document, None)
        for actor, body in self._of.pop(document).items():
            self._tallies[actor].take(actors.unpacked(body))
            if not self._tallies[actor].documents:
                del self._tallies[actor]

    def rows(self, shelf: str, keys: Iterable[str] | None = None) -> Iterator[Row]:
        """Yield every row of a shelf, or those under any of the keys, each once, in order of document and item."""
        by_document = self._rows[shelf]
        if keys is None:
            for document in sorted(by_document):
                yield from sorted(by_document[document], key=lambda row: row.item)
            return
        found = {row.item: row for key in keys for row in self._by_key().get((shelf, key), ())}
        yield from sorted(found.values(), key=lambda row: (row.document, row.item))

    def _by_key(self) -> dict[tuple[str, str], list[Row]]:
        if self._keys is None:
            self._keys = {}
            for shelf, by_document in self._rows.items():
                for several in by_document.values():
                    for row in several:
                        for key in row.keys:
                            self._keys.setdefault((shelf, key), []).append(row)
        return self._keys

    def tallies(self, wanted: Iterable[str] | None = None) -> Iterator[tuple[str, bytes]]:
        """Yield actor ids with the sum of their tallies, in order of id."""
        for actor in sorted(self._tallies if wanted is None else set(wanted) & self._tallies.keys()):
            yield actor, actors.packed(self._tallies[actor])

    def copies(self) -> dict[str, str]:
        """Return document id -> id of the document that it copies."""
        if self._copies is None:
            self._copies = copies.find(trace.sentences_in(row) for row in self.rows(trace.TEXT))
        return self._copies


def _digest(made: Trace) -> bytes:
    digest = hashlib.blake2b(digest_size=12)
    for row in made.rows:
        digest.update(row.body)
    for actor in sorted(made.tallies):
        digest.update(actor.encode("utf-8", "surrogatepass"))
        digest.update(made.tallies[actor])
    return digest.digest()
