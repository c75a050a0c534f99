"""Records for a person to look at: a table where there is room for one, else one below the other."""

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

import msgspec

from onrecord.show.cli.columns import COLUMNS, cells
from onrecord.show.cli.screen import shortened

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult
    from rich.table import Table

type Published = Callable[[str], str | None]

_CELL = 160
_GAP = 3  # characters between two columns
_LEAST = 36  # characters that a column of words needs
_CAP = 22
_CAPS = {"date": 13, "published": 10, "source": 30, "where": 30, "name": 40}
_WHOLE = frozenset({"id", "status"})  # never broken
_WIDE = frozenset({"words", "title", "note", "because"})
_LABELLED = frozenset(
    {"against", "as of", "by", "charge", "deal", "documents", "holder", "origins", "parties", "published", "released",
     "right", "sentence", "steps", "targets", "withdrawn"}
)  # fmt: skip
_DATED = frozenset({"statement", "act", "step", "custody"})  # said to have happened one day, published another


def headings(kind: str, published: Published | None = None) -> list[str]:
    """Return the headings of a kind; with `published`, claims have their article's day as well."""
    names = [heading for heading, _ in COLUMNS[kind]]
    return [*names[:1], "published", *names[1:]] if published and kind in _DATED else names


def row(kind: str, record: msgspec.Struct, published: Published | None = None) -> Iterator[str]:
    """Yield the cells of a record, one for each heading."""
    for place, cell in enumerate(cells(kind, record)):
        yield cell
        if place == 0 and published and kind in _DATED:
            yield published(getattr(record, "document", "")) or ""


class Rows:
    """Records of one kind, to be printed by rich; columns that are empty throughout are left out."""

    def __init__(
        self,
        records: Iterable[msgspec.Struct],
        kind: str,
        *,
        title: str | None = None,
        published: Published | None = None,
    ) -> None:
        names = headings(kind, published)
        found = [list(row(kind, record, published)) for record in records]
        shown = [place for place in range(len(names)) if any(told[place] for told in found)]
        self._title = title
        self._names = [names[place] for place in shown]
        self._rows = [[shortened(told[place], _CELL) for place in shown] for told in found]

    def __rich_console__(self, console: "Console", options: "ConsoleOptions") -> "RenderResult":
        """Lay the records out for the width that there is."""
        from rich.text import Text

        if self._title:
            yield Text(self._title, style="bold")
        widths = self._widths(options.max_width)
        if widths is None:
            yield from self._stacked()
        else:
            yield self._table(widths)

    def _widths(self, room: int) -> list[int] | None:
        """Return the width of each column, what is left going to the widest words; None where it is too little."""
        wanted = [max(len(name), *(len(told[at]) for told in self._rows)) for at, name in enumerate(self._names)]
        widths = [
            want if name in _WHOLE | _WIDE else min(want, _CAPS.get(name, _CAP))
            for name, want in zip(self._names, wanted, strict=True)
        ]
        wide = [at for at, name in enumerate(self._names) if name in _WIDE]
        room -= sum(width for at, width in enumerate(widths) if at not in wide) + _GAP * (len(widths) - 1)
        for at in wide:
            widths[at] = min(widths[at], room // len(wide))
        enough = all(widths[at] >= min(wanted[at], _LEAST) for at in wide)
        return widths if enough and room >= 0 else None

    def _table(self, widths: list[int]) -> "Table":
        from rich import box
        from rich.table import Table
        from rich.text import Text

        made = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
        for name, width in zip(self._names, widths, strict=True):
            made.add_column(name, width=width, overflow="fold", style="dim" if name == "id" else "")
        for told in self._rows:
            made.add_row(*(Text(cell) for cell in told))
        return made

    def _stacked(self) -> "RenderResult":
        from rich.padding import Padding
        from rich.text import Text

        for told in self._rows:
            named = [(name, cell) for name, cell in zip(self._names, told, strict=True) if cell]
            short = [
                f"{name}: {cell}" if name in _LABELLED else cell
                for name, cell in named
                if name not in _WIDE and name != "id"
            ]
            yield Text(" · ".join(short), style="bold")
            for name, cell in named:
                if name in _WIDE:
                    yield Padding(Text(cell), (0, 0, 0, 2), expand=False)
            for name, cell in named:
                if name == "id":
                    yield Text(f"  {cell}", style="dim")
