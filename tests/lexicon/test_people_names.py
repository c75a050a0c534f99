"""Every armed group and state of the lists is met in a sentence by each of its names."""

import pytest

from onrecord.extract import names_known
from onrecord.lexicon import Lexicon


@pytest.mark.parametrize("kind", ["groups", "states"])
def test_every_name_of_the_lists_is_found(reading, lexicon: Lexicon, kind: str) -> None:
    """The parser takes "People's" apart, and a list that doesn't would never meet the New People's Army."""
    rows = getattr(lexicon.people, kind)
    names = [(name, getattr(row, "actor", None) or row.country) for row in rows for name in (row.name, *row.names)]
    _, read = reading("\n\n".join(f"Talks with the {name} went on." for name, _ in names))
    found: dict[int, set[str]] = {}
    for one in names_known.find(read, lexicon.people):
        found.setdefault(read.paragraph_of(read.start[one.first]), set()).add(one.known.actor)
    assert [name for place, (name, actor) in enumerate(names) if actor not in found.get(place, ())] == []
