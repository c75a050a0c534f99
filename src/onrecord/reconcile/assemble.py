"""Assemble the record: actors, events, deals and cases from the traces of all articles, under the judgements.

Comes in: a shelf of traces. Goes out: records, each kind in order. Pure: the same set of articles gives the same
records in the same order, however it was read. Only one kind of deal, one month's acts of a type, one block of persons
is unpacked at a time.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

from onrecord.model.article import ArticleResult
from onrecord.model.identity import identity
from onrecord.model.judgement import Judgement
from onrecord.model.record import Case, Deal, Event, Record
from onrecord.model.shelf import Row, Shelf
from onrecord.reconcile import actors, bundles, cases, deals, events, trace
from onrecord.reconcile.cases import Persons
from onrecord.reconcile.judged import Rulings, rulings
from onrecord.reconcile.pile import Pile
from onrecord.reconcile.strands import Strand

type Homes = Callable[[str, Iterable[str]], None]
"""Takes a record's id and the items that are in it."""


def run(articles: Iterable[ArticleResult], judgements: Iterable[Judgement], persons: Persons) -> Iterator[Record]:
    """Yield actors, events, deals and cases of articles; each article is let go of once its trace is taken."""
    pile, ruled = Pile(), rulings(judgements)
    for article in articles:
        if article.document is not None:
            pile.add(trace.of(ruled.laid(article), persons))
    yield from whole(pile, ruled, persons)


def whole(
    shelf: Shelf, ruled: Rulings, persons: Persons, homes: Homes = lambda _record, _items: None
) -> Iterator[Record]:
    """Yield every record that the traces of a shelf assemble to; `homes` is told which items are in which."""
    copies = shelf.copies()
    for actor, body in shelf.tallies():
        same = tuple(one for one in ruled.alike.get(actor, ()) if one != actor)
        yield actors.build(actor, actors.unpacked(body), same)
    yield from _events(shelf, ruled, copies, homes)
    named: dict[str, list[tuple[bool, str]]] = defaultdict(list)
    for deal in _deals(shelf, ruled, copies, homes):
        for person in {ref.actor for ref in (*deal.persons, *deal.left_out)}:
            named[ruled.root(person)].append((deal.status != "carried_out", deal.id))
        yield deal
    yield from _cases(shelf, ruled, persons, copies, named, homes)


def _events(shelf: Shelf, ruled: Rulings, copies: dict[str, str], homes: Homes) -> Iterator[Event]:
    blocks: dict[str, list[Row]] = defaultdict(list)
    for row in shelf.rows(trace.DEED):
        blocks[event_block(row)].append(row)
    for rows in united(blocks, event_names, ruled):
        yield from events_of(rows, ruled, copies, homes)


def event_block(row: Row) -> str:
    """Return the block of acts that an act's row is compared in: its type and month, or itself alone."""
    days = trace.days_in(row)
    return days[0][:-3] if days else f"alone|{row.item}"


def event_names(row: Row) -> tuple[str, ...]:
    """Return the ids under which a judgement may speak of an act."""
    return row.item, identity("event", row.item)


def events_of(rows: Iterable[Row], ruled: Rulings, copies: Mapping[str, str], homes: Homes) -> Iterator[Event]:
    """Yield the events of one block, in order of their ids."""
    deeds = [trace.deed_in(row) for row in rows if trace.days_in(row) or row.document not in copies]
    found = events.arrange(deeds, ruled) if len(deeds) != 1 else [events.Group(deeds=deeds, because=[])]
    made = [(events.build(group, copies, ruled), group) for group in found]
    for event, group in sorted(made, key=lambda pair: pair[0].id):
        homes(event.id, [deed.act.id for deed in group.deeds])
        yield event


def _deals(shelf: Shelf, ruled: Rulings, copies: Mapping[str, str], homes: Homes) -> Iterator[Deal]:
    classes: dict[str, list[Row]] = defaultdict(list)
    for row in shelf.rows(trace.STRAND):
        classes[row.keys[0].partition("|")[0]].append(row)
    for kind in sorted(classes):
        strands, echoes = voices((trace.strand_in(row) for row in classes[kind]), copies)
        for one in sorted(bundles.arrange(strands, ruled), key=lambda one: one.founder.deal):
            deal = deals.build(one, ruled, echoes)
            homes(deal.id, [item_of(strand) for strand in one.strands])
            yield deal


def voices(strands: Iterable[Strand], copies: Mapping[str, str]) -> tuple[list[Strand], dict[str, list[Strand]]]:
    """Return the strands that count, and those of copies by the document that they copy."""
    counted: list[Strand] = []
    echoes: dict[str, list[Strand]] = {}
    for strand in strands:
        if strand.document in copies:
            echoes.setdefault(copies[strand.document], []).append(strand)
        else:
            counted.append(strand)
    return counted, echoes


def item_of(strand: Strand) -> str:
    """Return the item under which a strand's row is kept."""
    return f"{strand.document} {strand.id}"


def _cases(
    shelf: Shelf,
    ruled: Rulings,
    persons: Persons,
    copies: Mapping[str, str],
    named: Mapping[str, list[tuple[bool, str]]],
    homes: Homes,
) -> Iterator[Case]:
    blocks: dict[str, list[Row]] = defaultdict(list)
    for row in shelf.rows(trace.REPORT):
        if row.document not in copies:
            blocks[row.keys[0]].append(row)
    for rows in united(blocks, report_names, ruled):
        yield from cases_of(rows, ruled, persons, named, homes)


def report_names(row: Row) -> tuple[str, ...]:
    """Return the ids under which a judgement may speak of a custody report."""
    return tuple(key[1:] for key in row.keys if key.startswith("@"))


def cases_of(
    rows: Iterable[Row],
    ruled: Rulings,
    persons: Persons,
    named: Mapping[str, list[tuple[bool, str]]],
    homes: Homes,
) -> Iterator[Case]:
    """Yield the cases of one block, in order of their ids; `named` gives the deals that name a person."""
    found = cases.arrange((trace.report_in(row) for row in rows), persons, ruled)
    for group in sorted(found, key=lambda group: cases.founder(group).case):
        if all(report.custody.polarity == "denied" for report in group.reports):
            continue  # of whom it is only told that he isn't held is nobody's case
        actors_ = sorted({ruled.root(report.custody.person.actor) for report in group.reports})
        case = cases.build(group, [deal for actor in actors_ for deal in named.get(actor, ())], ruled)
        homes(case.id, [report.custody.id for report in group.reports])
        yield case


def united(
    blocks: Mapping[str, list[Row]], names: Callable[[Row], Iterable[str]], ruled: Rulings
) -> Iterator[list[Row]]:
    """Yield the blocks in order of their keys, those made one in which somebody judged two things to be the same."""
    homes: dict[str, str] = {}
    if ruled.same:
        wanted = {one for pair in ruled.same for one in pair}
        homes = {name: key for key, rows in blocks.items() for row in rows for name in names(row) if name in wanted}
    root = {key: key for key in homes.values()}

    def top(key: str) -> str:
        while root[key] != key:
            key = root[key]
        return key

    for left, right in ruled.same:
        if left in homes and right in homes:
            first, second = sorted((top(homes[left]), top(homes[right])))
            root[second] = first
    merged: dict[str, list[str]] = defaultdict(list)
    for key in sorted(root):
        merged[top(key)].append(key)
    for key in sorted(blocks):
        if key not in root:
            yield blocks[key]
        elif top(key) == key:
            yield [row for one in merged[key] for row in blocks[one]]
