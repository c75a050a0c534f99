"""Copies and versions in the store: filled when the record is renewed, the same in any order, gone when they don't hold."""

import itertools
import sys
from pathlib import Path

import msgspec
import pytest

from onrecord.keep.open import open_view, open_writer
from onrecord.keep.protocol import Query
from onrecord.model.article import ArticleResult
from onrecord.model.moment import Period
from onrecord.model.text import Document
from onrecord.pipeline import renew

sys.path.insert(0, str(Path(__file__).parents[1] / "reconcile"))

from claims import act, article

LINES = [
    "Envoys met in Vila on Monday and spoke for nine hours about the return of the fishing fleet.",
    "Orla Venn, who led the first delegation, said that the harbour of Pellin would open after the storms.",
    "The two coasts have had no ferry since the winter of the long strike, in which forty boats were lost.",
    "Her counterpart Tomas Weir asked for a list of the crews, and was given one that left out seven names.",
]
OTHER = ["Nobody in Pellin knew on Friday where the lights on the water had come from, or who had put them out."]
HERE = "https://here.example/talks"


def told(name: str, lines: list[str], source: str, day: str, updated: str | None = None) -> ArticleResult:
    """An article of these lines that tells one act."""
    document = Document(
        id=name, title=None, text="\n".join(lines), source=source, published=day, published_basis="given",
        updated=updated,
    )  # fmt: skip
    deed = msgspec.structs.replace(act(document, None, None, id=f"act-{name}"), date=Period("2031-05-05", "2031-05-05"))
    return article(document, deed)


WIRE = told("wire", LINES, "https://wire.example/1", "2031-05-05")
COPY = told("copy", [*LINES[:3], "See our own report from the harbour on page four of the paper."], "b", "2031-05-06")
EARLY = told("early", [*OTHER, "More soon."], HERE, "2031-05-06", "2031-05-06T08:00Z")
LATE = told(
    "late", [*LINES[1:], "This story was put together by the night desk."], HERE, "2031-05-06", "2031-05-06T20:00Z"
)
ALONE = told("alone", OTHER, "c", "2031-07-05")
ALL = (WIRE, COPY, EARLY, LATE, ALONE)
WANTED = {
    "wire": (None, None), "copy": ("wire", None), "early": ("wire", "late"), "late": ("wire", None), "alone": (None, None),
}  # fmt: skip


def kept(path: Path) -> dict[str, tuple[str | None, str | None]]:
    """What each document says of its like."""
    with open_view(path) as view:
        found = [view.get(one.id) for one in view.find(Query(kind="document"))]
    return {one.id: (one.copy_of, one.version_of) for one in found if isinstance(one, Document)}


@pytest.mark.parametrize("order", list(itertools.permutations(range(5)))[::29])
@pytest.mark.parametrize("often", [True, False], ids=["renewed each time", "renewed once"])
def test_any_order_of_reading_gives_the_same(tmp_path, order, often):
    """Read one by one or together; assembling everything anew changes nothing."""
    path = tmp_path / "desk.db"
    with open_writer(path) as writer:
        for place in order:
            writer.add(ALL[place])
            if often:
                renew(writer)
        renew(writer)
    assert kept(path) == WANTED
    with open_writer(path) as writer:
        renew(writer, whole=True)
    assert kept(path) == WANTED


def test_origins_count_one_voice_once(tmp_path):
    """Five articles tell one act: a story with two copies, of which one has an earlier version, and one of its own."""
    path = tmp_path / "desk.db"
    with open_writer(path) as writer:
        writer.add_all(ALL)
        renew(writer)
    with open_view(path) as view:
        (event,) = view.find(Query(kind="event"))
    assert (len(event.acts), event.origins) == (5, 2)


def test_what_no_longer_holds_is_taken_back(tmp_path):
    """The original is read anew with other words under its id: the copies lose it, and find one another."""
    path = tmp_path / "desk.db"
    with open_writer(path) as writer:
        writer.add_all(ALL)
        renew(writer)
        writer.add(
            told(
                "wire",
                ["The harbour master had nothing to say to anybody all week."],
                "https://wire.example/1",
                "2031-05-05",
            )
        )
        renew(writer)
        quick = kept(path)
        renew(writer, whole=True)
    assert quick == kept(path)
    assert quick["wire"] == (None, None)
    assert quick["copy"] == (None, None)
    assert quick["late"] == ("copy", None)


def test_copies_can_be_asked_for(tmp_path):
    """By the document that they copy, and versions by the latest; exported as they are shown."""
    path = tmp_path / "desk.db"
    with open_writer(path) as writer:
        writer.add_all(ALL)
        renew(writer)
    with open_view(path) as view:
        asked = {
            facet: {one.id for one in view.find(Query(kind="document", facets=((facet, value),)))}
            for facet, value in (("copy_of", "wire"), ("version_of", "late"))
        }
        read = {one.document.id: one.document.copy_of for one in view.articles()}
    assert asked == {"copy_of": {"copy", "late", "early"}, "version_of": {"early"}}
    assert set(read.values()) == {None}, "what was read stays as it was read"
