"""Assemble anew what some articles and judgements touch, and nothing else: the same record as assembling everything.

Comes in: the rows that came and went, the ids that judgements name, and a bench to look the rest up on. Goes out: the
records that are to be written and dropped. Why it is the same: an item's home depends only on the items that share a
party, a day or a last name with it; all of those are looked up, and a record is built when all of its items are known.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

import msgspec

from onrecord.model.record import Deal, Record
from onrecord.model.shelf import Row, Shelf
from onrecord.reconcile import actors, assemble, bundles, copies, deals, events, trace
from onrecord.reconcile.cases import Persons
from onrecord.reconcile.judged import Rulings
from onrecord.reconcile.strands import Strand

_MOST = 200  # documents under one sentence, as in `copies`


class Bench(Shelf, Protocol):
    """A shelf that also knows what was assembled from it."""

    def items(self, shelf: str, items: Iterable[str]) -> Iterator[Row]:
        """Yield the rows of these items."""

    def of_documents(self, documents: Iterable[str]) -> list[Row]:
        """Return all rows of these documents."""

    def homes(self, items: Iterable[str]) -> dict[str, str]:
        """Return the record in which each of these items stands."""

    def members(self, record: str) -> list[str]:
        """Return the items that stand in a record."""

    def versions(self) -> dict[str, str]:
        """Return earlier version of an address -> id of the latest."""

    def kept(self, record: str) -> msgspec.Struct | None:
        """Return a record as it was last assembled, or None."""

    def naming(self, actor: str) -> Iterator[msgspec.Struct]:
        """Yield the deals that name an actor."""


class Renewal:
    """What is to be written: records, ids of records to drop, where items stand, copies, versions, sums of tallies."""

    def __init__(self) -> None:
        self.records: dict[str, Record] = {}
        self.dropped: set[str] = set()
        self.homes: dict[str, str | None] = {}
        self.copies: dict[str, str | None] = {}
        self.versions: dict[str, str] = {}
        self.sums: dict[str, bytes | None] = {}

    def put(self, record: Record, items: Iterable[str] = ()) -> None:
        """Take a record in, in the place of an earlier one of its id."""
        self.records[record.id] = record
        self.homes.update(dict.fromkeys(items, record.id))


def renew(
    bench: Bench,
    came: Iterable[Row],
    went: Iterable[Row],
    tallies: tuple[Mapping[str, Iterable[bytes]], Mapping[str, Iterable[bytes]]],
    named: frozenset[str],
    rulings: Rulings,
    persons: Persons,
) -> Renewal:
    """Return what changes: `came` rows are on the bench, `went` rows no longer; `tallies` are those that came and went.

    `named` are the ids named by judgements that were made or withdrawn since.
    """
    made = Renewal()
    came, went = list(came), list(went)
    were = bench.copies()
    touched = [*came, *went, *_copied(bench, came, went, were, made)]
    known = {document: original for document, original in {**were, **made.copies}.items() if original is not None}
    ids = named | rulings.named
    _actors(bench, *tallies, named, rulings, made)
    _events(bench, [row for row in touched if row.shelf == trace.DEED], ids, rulings, known, made)
    told = [row for row in touched if row.shelf == trace.STRAND]
    persons_of = _deals(bench, told, ids, rulings, (known, were), made)
    reports = [row for row in touched if row.shelf == trace.REPORT]
    _cases(bench, reports, ids, persons_of, rulings, persons, known, made)
    made.dropped -= made.records.keys()
    return made


def _copied(bench: Bench, came: list[Row], went: list[Row], known: Mapping[str, str], made: Renewal) -> list[Row]:
    """Find anew which of the touched documents, and of those like them, are copies; return the rows of what changed."""
    alike = {row.item: trace.sentences_in(row) for row in came if row.shelf == trace.TEXT}
    were = {row.item: trace.sentences_in(row) for row in went if row.shelf == trace.TEXT}
    frontier = [*alike.values(), *were.values()]
    while frontier:
        one = frontier.pop()
        for key in one.sketch:
            rows = list(bench.rows(trace.TEXT, [key]))
            for row in rows if len(rows) <= _MOST else ():
                if row.item not in alike:
                    other = trace.sentences_in(row)
                    if copies.alike(one, other) or (one.address and one.address == other.address):
                        alike[row.item] = other
                        frontier.append(other)
    now, earlier = copies.kin(alike.values()), bench.versions()
    changed = {
        name: now.voices.get(name) for name in (*alike, *were)
        if now.voices.get(name) != known.get(name) or now.versions.get(name) != earlier.get(name)
    }  # fmt: skip
    made.copies.update(changed)
    made.versions.update(now.versions)
    return bench.of_documents(changed)


def _actors(
    bench: Bench,
    came: Mapping[str, Iterable[bytes]],
    went: Mapping[str, Iterable[bytes]],
    named: frozenset[str],
    rulings: Rulings,
    made: Renewal,
) -> None:
    wanted = {*came, *went, *named, *(other for one in named for other in rulings.alike.get(one, ()))}
    for actor in sorted(wanted):
        tally = actors.total(body for _, body in bench.tallies([actor]))
        for body in went.get(actor, ()):
            tally.take(actors.unpacked(body))
        for body in came.get(actor, ()):
            tally.add(actors.unpacked(body))
        if actor in came or actor in went:
            made.sums[actor] = actors.packed(tally) if tally.documents > 0 else None
        if tally.documents > 0:
            same = tuple(one for one in rulings.alike.get(actor, ()) if one != actor)
            made.put(actors.build(actor, tally, same))
        elif actor in went:
            made.dropped.add(actor)


def _named_rows(bench: Bench, shelf: str, ids: Iterable[str]) -> list[Row]:
    """Return the rows that judgements speak of, by item, by another of their names, or by the record they stand in."""
    found: dict[str, Row] = {}
    for one in sorted(ids):
        rows = [*bench.items(shelf, [one, *bench.members(one)]), *bench.rows(shelf, [f"@{one}"])]
        found.update({row.item: row for row in rows})
    return list(found.values())


def _events(
    bench: Bench, touched: list[Row], ids: frozenset[str], rulings: Rulings, known: Mapping[str, str], made: Renewal
) -> None:
    touched = [*touched, *_named_rows(bench, trace.DEED, ids)]
    items = {row.item for row in touched}
    days = {key for row in touched for key in trace.days_in(row)}
    around = {near for key in days for near in _month(key)}
    rows = {row.item: row for row in bench.rows(trace.DEED, around)}
    alone = {row.item: row for row in bench.items(trace.DEED, items) if not trace.days_in(row)}
    blocks: dict[str, list[Row]] = defaultdict(list)
    for row in (*rows.values(), *alone.values()):
        blocks[assemble.event_block(row)].append(row)
    old = bench.homes({*rows, *alone, *items})
    near = {item for item, row in rows.items() if days.intersection(row.keys)} | items
    made.homes.update(dict.fromkeys(items, None))
    dirty = {old[item] for item in items if item in old}
    for block in assemble.united(blocks, assemble.event_names, rulings):
        deeds = [trace.deed_in(row) for row in block if trace.days_in(row) or row.document not in known]
        found = events.arrange(deeds, rulings)
        new = {deed.act.id: group for group in found for deed in group.deeds}
        homes = {id(group): min(group.deeds, key=lambda deed: deed.place).event for group in found}
        for row in block:
            item = row.item
            home = homes[id(new[item])] if item in new else None
            if item in near and (item in items or home != old.get(item)):
                dirty |= {one for one in (home, old.get(item)) if one is not None}
                made.homes.setdefault(item, None)
        for group in found:
            if homes[id(group)] in dirty:
                made.put(events.build(group, known, rulings), [deed.act.id for deed in group.deeds])
    made.dropped |= dirty


def _month(key: str) -> Iterator[str]:
    """Yield the keys of all days of a key's month: the acts of one type and month are compared with each other."""
    for day in range(1, 32):
        yield f"{key[:-2]}{day:02}"


type _Copies = tuple[Mapping[str, str], Mapping[str, str]]
"""Which documents are copies of which, and which were."""


def _deals(
    bench: Bench, touched: list[Row], ids: frozenset[str], rulings: Rulings, known: _Copies, made: Renewal
) -> set[str]:
    """Renew the deals; return the persons of those that changed, as they were and as they are."""
    persons: set[str] = set()
    classes: dict[str, list[Row]] = defaultdict(list)
    for row in (*touched, *_named_rows(bench, trace.STRAND, ids)):
        classes[row.keys[0].partition("|")[0]].append(row)
    for kind in sorted(classes):
        persons |= _deals_of(bench, kind, classes[kind], rulings, known, made)
    return persons


def _deals_of(bench: Bench, kind: str, touched: list[Row], rulings: Rulings, known: _Copies, made: Renewal) -> set[str]:
    items = {row.item for row in touched}
    told = [frozenset(key.partition("|")[2] for key in row.keys if not key.startswith("@")) - {""} for row in touched]
    sides = {side for several in told for side in several}
    single = [row for row in bench.items(trace.STRAND, items) if row.keys[0] == f"{kind}|"]
    while True:
        rows = list(bench.rows(trace.STRAND, [f"{kind}|{side}" for side in sides]))
        strands, echoes = assemble.voices((trace.strand_in(row) for row in (*rows, *single)), known[0])
        found = bundles.arrange(strands, rulings)
        new = {assemble.item_of(strand): one.founder.deal for one in found for strand in one.strands}
        sure = {assemble.item_of(strand) for strand in strands if strand.sides <= sides} | items
        old = bench.homes({*sure, *items})
        moved = {item for item in sure if item in items or new.get(item) != old.get(item)}
        dirty = {home for item in moved for home in (new.get(item), old.get(item)) if home is not None}
        originals = {copies_[row.document] for row in touched for copies_ in known if row.document in copies_}
        dirty |= {new[row.item] for row in rows if row.document in originals and row.item in new}
        need = _needed([one for one in found if one.founder.deal in dirty], told, strands)
        if need <= sides:
            break
        sides |= need
    persons: set[str] = set()
    for record in sorted(dirty):
        before = bench.kept(record)
        if isinstance(before, Deal):
            persons |= {ref.actor for ref in (*before.persons, *before.left_out)}
    for one in found:
        if one.founder.deal in dirty:
            deal = deals.build(one, rulings, echoes)
            made.put(deal, [assemble.item_of(strand) for strand in one.strands])
            persons |= {ref.actor for ref in (*deal.persons, *deal.left_out)}
    for item in moved:
        made.homes.setdefault(item, new.get(item))
    made.dropped |= dirty
    return persons


def _needed(found: Iterable[bundles.Bundle], touched: Iterable[frozenset[str]], strands: Iterable[Strand]) -> set[str]:
    """Return the parties whose strands must be known for these bundles, and for what was touched, to be whole."""
    needed: set[str] = set()
    pairs = {several for several in touched if len(several) > 1}
    for one in found:
        for strand in one.strands:
            needed |= strand.sides
            if len(strand.sides) == 2:
                pairs.add(strand.sides)
    for strand in strands:
        if len(strand.sides) > 2 and any(len(pair & strand.sides) > 1 for pair in pairs):
            needed |= strand.sides
    return needed


def _cases(
    bench: Bench,
    touched: list[Row],
    ids: frozenset[str],
    named: set[str],
    rulings: Rulings,
    persons: Persons,
    known: Mapping[str, str],
    made: Renewal,
) -> None:
    linked = [row for one in sorted(named) for row in bench.rows(trace.REPORT, [f"@{one}"])]
    keys = {row.keys[0] for row in (*touched, *linked, *_named_rows(bench, trace.REPORT, ids))}
    rows = list(bench.rows(trace.REPORT, keys))
    blocks: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row.document not in known:
            blocks[row.keys[0]].append(row)
    items = {row.item for row in (*rows, *touched)}
    made.dropped |= set(bench.homes(items).values())
    made.homes.update(dict.fromkeys(items, None))
    deals_of = _Naming(bench, made, rulings)

    def home(record: str, inside: Iterable[str]) -> None:
        made.homes.update(dict.fromkeys(inside, record))

    for block in assemble.united(blocks, assemble.report_names, rulings):
        for case in assemble.cases_of(block, rulings, persons, deals_of, home):
            made.put(case)


class _Naming(dict[str, list[tuple[bool, str]]]):
    """The deals that name a person, looked up as they are asked for: as kept, unless they were renewed."""

    def __init__(self, bench: Bench, made: Renewal, rulings: Rulings) -> None:
        super().__init__()
        self._bench, self._rulings = bench, rulings
        self._gone = made.dropped | made.records.keys()
        self._new = [record for record in made.records.values() if isinstance(record, Deal)]

    def get(self, actor: str, default: object = None) -> list[tuple[bool, str]]:
        """Return the deals that name this person under any of the ids that he was judged to have."""
        del default
        alike = set(self._rulings.alike.get(actor, (actor,)))
        kept = [one for name in sorted(alike) for one in self._bench.naming(name) if isinstance(one, Deal)]
        deals_ = [*(one for one in kept if one.id not in self._gone), *self._new]
        return [
            (one.status != "carried_out", one.id)
            for one in deals_
            if alike & {ref.actor for ref in (*one.persons, *one.left_out)}
        ]
