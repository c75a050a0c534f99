"""Entries of a live blog: a day counts from the entry in which it stands."""

from onrecord.model.article import RawArticle
from onrecord.model.text import Piece
from onrecord.pipeline import per_article


def test_days_count_from_their_own_entry(kit):
    """Yesterday is another day in the entry of the day after."""
    one = "Envoy Orla Venn said that the ferry had sailed yesterday."
    two = "Minister Tomas Weir said that it had come back yesterday."
    pieces = (
        Piece(0, len(one), "2031-05-04T09:00+02:00"),
        Piece(len(one) + 2, len(one) + 2 + len(two), "2031-05-05T08:00"),
    )
    raw = RawArticle(
        text=f"{one}\n\n{two}", source="x", published="2031-05-05", published_basis="metadata", pieces=pieces
    )
    result = per_article(raw, kit)
    assert [moment.value for moment in result.moments] == ["2031-05-03", "2031-05-04"]
    assert result.document.pieces == pieces
