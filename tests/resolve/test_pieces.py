"""Live blogs: each entry is its own piece. A pronoun, an office or an open quotation reaches into no other entry."""

import pytest

from onrecord.ingest.html_live import Entry, joined
from onrecord.model.article import ArticleResult, RawArticle
from onrecord.pipeline import Kit, per_article
from onrecord.reconcile import events


def told(kit: Kit, *entries: str, live: bool = True) -> ArticleResult:
    """Read entries of one live blog, an hour and a day apart; or the same words as an article."""
    text, pieces = joined(tuple(Entry(f"2031-05-0{day}T10:00Z", None, body) for day, body in enumerate(entries, 4)))
    raw = RawArticle(
        text=text, source="test", published="2031-05-04", published_basis="given", pieces=pieces if live else ()
    )
    return per_article(raw, kit)


def speakers(result: ArticleResult) -> list[str | None]:
    """Who speaks in the last entry (in all of an article), in order of the text."""
    start = result.document.pieces[-1].start if result.document.pieces else 0
    said = sorted(
        (one for one in result.statements if one.content[0].start >= start), key=lambda one: one.content[0].start
    )
    return [one.speaker.name if one.speaker else None for one in said]


FIRST = "Foreign Minister Ilse Brandt of Denmark arrived in Vila on Sunday morning."
CASES = [
    (FIRST, "He said that the talks would go on for a week."),
    ("Tomas Weir, the envoy, left the hall at noon.", "He said that the talks would go on for a week."),
    (
        "The envoy Tomas Weir left the hall. He told reporters that he was tired.",
        "He said that nothing had been signed.",
    ),
]


@pytest.mark.parametrize(("first", "second"), CASES)
def test_a_pronoun_does_not_reach_into_another_entry(kit: Kit, first: str, second: str) -> None:
    """Nobody is named in this entry, so nobody speaks; in an article of the same words somebody may."""
    assert speakers(told(kit, first, second)) == []
    own = told(kit, first, f"The envoy Orla Venn came out. {second.replace('He ', 'She ')}")
    assert speakers(own)[-1] == "Orla Venn"


def test_in_one_article_the_same_pronoun_is_read(kit: Kit) -> None:
    """It is the border between entries that keeps it out, not the words."""
    first, second = CASES[1]
    assert speakers(told(kit, first, second, live=False))[-1] == "Tomas Weir"


def test_both_sides_of_another_entry_are_not_meant(kit: Kit) -> None:
    """Pairs are forgotten at the border."""
    first = "Denmark and Vanuatu met in Vila on Sunday."
    second = "Both sides said that the talks would go on."
    assert set(speakers(told(kit, first, second))).isdisjoint({"Denmark", "Vanuatu"})
    assert set(speakers(told(kit, first, second, live=False))) == {"Denmark", "Vanuatu"}


def test_an_office_is_held_by_who_is_named_in_the_entry(kit: Kit) -> None:
    """The minister of one entry isn't the minister of the next."""
    second = "The foreign minister said that the bridge would be opened."
    assert "Ilse Brandt" not in speakers(told(kit, FIRST, second))
    assert "Ilse Brandt" in speakers(told(kit, FIRST, second, live=False))


def test_a_quotation_does_not_go_on_in_another_entry(kit: Kit) -> None:
    """A mark that was left open, and an entry that opens with one: two voices."""
    first = "Tomas Weir, the envoy, told reporters: “We shall stay here until the list is whole."
    second = "“Nobody has asked us for any list at all,” read a banner on the harbour wall."
    found = told(kit, first, second)
    late = [one for one in found.statements if one.content[0].start > found.document.pieces[1].start]
    assert [one.speaker.name for one in late if one.speaker and "Weir" in one.speaker.name] == []


def test_a_day_counts_from_its_entry(kit: Kit) -> None:
    """Its own time: "on Monday" of the second entry, and what has no day at all is as of the entry."""
    found = told(
        kit, "Denmark attacked Vanuatu on Sunday.", "Vanuatu attacked Denmark on Monday.", "Denmark attacked Vanuatu."
    )
    days = {deed.act.trigger.start: deed.published for deed in events.of(found)}
    assert [days[start] for start in sorted(days)] == ["2031-05-04", "2031-05-05", "2031-05-06"]
    dated = sorted((act.trigger.start, act.date.since) for act in found.acts if act.date)
    assert [day for _, day in dated] == ["2031-05-04", "2031-05-05"]
