"""Citations, calendars and text fragments: what reference managers, calendars and browsers are given."""

import re
from datetime import date
from urllib.parse import unquote

import icalendar
import msgspec
import pytest

from onrecord.model.claim import Act, Statement
from onrecord.model.mention import ActorRef
from onrecord.model.moment import Period
from onrecord.model.record import Deal, Development, Event
from onrecord.model.text import Document
from onrecord.show.export import bibtex, cite, fragment, ical, ris
from onrecord.show.export.look import Look

TEXT = 'The swap, set for 4 May, is on. "It will go ahead, I promise: 100% & more {soon}; wait," said Ilvo Marten.\nThe swap'
DOCUMENT = Document(
    id="doc-1", title="Swap *set*, says {envoy}", text=TEXT, source="https://example.org/a?b=1#top", outlet="The Vila_Post",
    authors=("Ana Ruud", "Bo Lin"), published="2031-05-01",
)  # fmt: skip
WORDS = DOCUMENT.cite(TEXT.index('"It'), TEXT.index(" said"))
SAID = Statement(
    id="statement-1", document="doc-1", speaker=ActorRef("ilvo-marten", "Ilvo Marten", None, "envoy"), cue=None,
    content=(WORDS,), quotation="direct", force="promise", evidence=(WORDS,),
)  # fmt: skip
LOOK = Look({"doc-1": DOCUMENT, "statement-1": SAID}.get)


def test_ris_reads_back() -> None:
    """Every line is a tag of the format, and the quotation is in it word for word."""
    [reference] = ris.write([SAID], LOOK)
    lines = reference.split("\r\n")
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in lines if line)
    assert lines[0] == "TY  - NEWS"
    assert reference.endswith("ER  - \r\n\r\n")
    assert f"AB  - “{WORDS.text}”" in lines
    assert [line for line in lines if line.startswith("AU")] == ["AU  - Ana Ruud", "AU  - Bo Lin"]


def test_bibtex_balances_its_braces() -> None:
    """Nothing in an article closes a field: braces, percent signs and ampersands are written out."""
    [entry] = bibtex.write([SAID], LOOK)
    bare = re.sub(r"\\[{}]", "", entry)
    assert bare.count("{") == bare.count("}")
    assert entry.startswith("@misc{statement-1,\n")
    assert r"100\% \& more \{soon\}" in entry
    assert "The Vila\\_Post" in entry


def test_markdown_marks_nothing_that_an_article_says() -> None:
    """Stars, brackets and tags of a title come out as themselves."""
    hostile = msgspec.structs.replace(DOCUMENT, title="<b>[x](javascript:1)\n# *y*")
    told = cite.markdown(cite.citation(SAID, hostile))
    assert "\\<b\\>\\[x\\](javascript:1) \\# \\*y\\*" in told
    assert len(told.splitlines()) == 3


def test_a_citation_says_where_the_words_stand() -> None:
    """Speaker, words, title, outlet, day, address, characters."""
    told = cite.text(cite.citation(SAID, DOCUMENT))
    assert told.startswith(f"Ilvo Marten (envoy): “{WORDS.text}”")
    assert f"characters {WORDS.start}–{WORDS.end}" in told
    assert "1 May 2031" in told


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (TEXT.index("is on"), TEXT.index("is on") + 5, ":~:text=is%20on"),
        (0, 13, ":~:text=The%20swap%2C%20set"),
        (0, TEXT.index("\nThe"), ':~:text=The swap, set for 4,{soon}; wait," said Ilvo Marten.'),
    ],
)
def test_fragments_name_the_words(start: int, end: int, expected: str) -> None:
    """Short words whole, long ones by their ends; what means something in a fragment is encoded."""
    made = fragment.directive(DOCUMENT, DOCUMENT.cite(start, end))
    assert unquote(made) == unquote(expected)
    assert "&" not in made
    assert fragment.link(DOCUMENT, DOCUMENT.cite(start, end)) == f"https://example.org/a?b=1#top{made}"


def test_a_fragment_of_words_that_stand_twice_says_what_is_before() -> None:
    """Else a browser would go to the first of them."""
    text = "He met her. Then she met her."
    document = Document(id="d", title=None, text=text, source="a.txt")
    span = document.cite(text.rindex("met her"), len(text) - 1)
    assert fragment.directive(document, span) == ":~:text=her.%20Then%20she-,met%20her"
    assert fragment.link(document, span) == ""


def _deal(**changes: object) -> Deal:
    step = Development(
        step="scheduled", document="doc-1", evidence=(WORDS,), id="step-1",
        scheduled_for=Period("2031-05-04", "2031-05-05"),
    )  # fmt: skip
    deal = Deal(
        id="deal-1", deal_kind="prisoner_exchange", parties=(), title="Swap; of nine, 😀" * 9, status="scheduled",
        developments=(step, msgspec.structs.replace(step, id="step-2", scheduled_for=None)),
    )  # fmt: skip
    return msgspec.structs.replace(deal, **changes)


def test_a_calendar_holds_the_days_that_were_set() -> None:
    """icalendar reads it: whole days, the end left out, the words in the description, no line over 75 octets."""
    written = "".join(ical.write([_deal()], LOOK))
    assert all(len(line.encode()) <= 75 for line in written.split("\r\n"))
    [entry] = icalendar.Calendar.from_ical(written).walk("VEVENT")
    assert (entry["DTSTART"].dt, entry["DTEND"].dt) == (date(2031, 5, 4), date(2031, 5, 6))
    assert str(entry["SUMMARY"]) == "Swap; of nine, 😀" * 9 + ": scheduled"
    assert WORDS.text in str(entry["DESCRIPTION"])
    assert str(entry["STATUS"]) == "CONFIRMED"


def test_a_deal_that_collapsed_is_cancelled_and_one_without_a_day_left_out() -> None:
    """Nothing in a calendar looks as if it would still happen."""
    look = Look({"doc-1": DOCUMENT}.get)
    written = "".join(ical.write([_deal(status="collapsed"), _deal(developments=())], look))
    [entry] = icalendar.Calendar.from_ical(written).walk("VEVENT")
    assert str(entry["STATUS"]) == "CANCELLED"
    assert look.left_out == 1


def test_planned_events_stand_in_the_calendar_and_past_ones_do_not() -> None:
    """An event that is planned for a day, with the words of its act."""
    act = Act(id="act-1", document="doc-1", type="CONSULT", trigger=WORDS, evidence=(WORDS,))
    event = Event(id="e1", type="CONSULT", modality="planned", date=Period("2031-05-04", "2031-05-04"), acts=("act-1",))
    past = msgspec.structs.replace(event, id="e2", modality="happened")
    look = Look({"doc-1": DOCUMENT, "act-1": act}.get)
    entries = icalendar.Calendar.from_ical("".join(ical.write([event, past], look))).walk("VEVENT")
    assert [str(entry["UID"]) for entry in entries] == ["e1@onrecord"]
