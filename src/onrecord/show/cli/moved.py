"""What changed in deals and cases between two states of a store, a line each."""

from pathlib import Path

import msgspec

from onrecord.show.cli.screen import line


class Standing(msgspec.Struct, frozen=True):
    """Where a deal or case stands: its kind, title, status, and how much it rests on."""

    kind: str
    title: str
    status: str
    weight: int


def standing(path: Path) -> dict[str, Standing]:
    """Return where every deal and case of a store stands, by id; nothing for a store that isn't there yet."""
    from onrecord.errors import StoreError
    from onrecord.keep.open import open_view
    from onrecord.keep.protocol import Query
    from onrecord.model.record import Case, Deal

    found: dict[str, Standing] = {}
    try:
        with open_view(path) as view:
            for kind in ("deal", "case"):
                for one in view.find(Query(kind=kind)):
                    if isinstance(one, Deal):
                        found[one.id] = Standing("deal", one.title, one.status, len(one.developments))
                    elif isinstance(one, Case):
                        found[one.id] = Standing("case", one.person.name, one.status, len(one.history))
    except StoreError:
        return {}
    return found


def changes(before: dict[str, Standing], after: dict[str, Standing]) -> list[str]:
    """Return a line for each deal or case that is new, stands otherwise, rests on more or less, or is gone."""
    told = []
    for name, now in sorted(after.items(), key=lambda item: (item[1].kind, item[1].title, item[0])):
        was = before.get(name)
        if was is None:
            told.append(f"new {now.kind}: {line(now.title)}: {now.status}  {name}")
        elif was.status != now.status:
            told.append(f"{now.kind} {line(now.title)}: {was.status} -> {now.status}  {name}")
        elif was.weight != now.weight:
            told.append(f"{now.kind} {line(now.title)}: {now.status}, {was.weight} -> {now.weight} reports  {name}")
    gone = [name for name in before if name not in after]
    told += [
        f"gone, or taken together with another: {before[one].kind} {line(before[one].title)}  {one}" for one in gone
    ]
    return told
