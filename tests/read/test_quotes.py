"""Quotation marks are paired by type and paragraph, and nothing is given up."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.model.reading import Quote
from onrecord.read.quotes import pair

PARAGRAPH = re.compile(r"[^\n]*[^\s][^\n]*")


def quotes(text: str) -> tuple[Quote, ...]:
    return pair(text, [match.span() for match in PARAGRAPH.finditer(text)])


def words(text: str) -> list[str]:
    return [text[quote.start : quote.end] for quote in quotes(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"We wait," Orlu said. "It is late."', ['"We wait,"', '"It is late."']),
        ("“We wait,” Orlu said. “It is late.”", ["“We wait,”", "“It is late.”"]),
        ("‘We wait,’ Orlu said.", ["‘We wait,’"]),
        ("Orlu said: 'We don't wait for the boys' boat.'", ["'We don't wait for the boys' boat.'"]),
        ("``We wait,'' Orlu said.", ["``We wait,''"]),
        ("« Nous attendons », dit Orlu.", ["« Nous attendons »"]),
        ("»Wir warten«, sagte Orlu.", ["»Wir warten«"]),
        ("„Wir warten“, sagte Orlu.", ["„Wir warten“"]),
        ('“We wait," Orlu said.', ['“We wait,"']),
        ("“We wait“ Orlu said.", ["“We wait“"]),
        ('Orlu spoke of "peace"—and "war".', ['"peace"', '"war"']),
        ("“We wait. ”", ["“We wait. ”"]),
    ],
)
def test_each_type_of_mark_is_paired(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Orlu's men didn't cross the soldiers' lines.",
        "Orlu’s men didn’t cross the soldiers’ lines.",
        "The '90s, rock 'n' roll and 'tis the season.",
        "The ’90s were hard, O’Dell said.",
        "A boat of 12' and a pipe of 6\".",
        "He is 6'2\" tall.",
        "No marks at all",
        '"',
        "”",
        "",
    ],
)
def test_apostrophes_and_measures_are_not_quotes(text: str) -> None:
    assert quotes(text) == ()


def test_a_measure_inside_a_quotation_does_not_close_it() -> None:
    assert words('"A 12" gun fired," Orlu said.') == ['"A 12" gun fired,"']


@pytest.mark.parametrize(
    "text",
    [
        "“She said ‘no’ to me,” Orlu said.",
        "\"She said 'no' to me,\" Orlu said.",
        '"She said "no" to me," Orlu said.',
        "‘She said “no” to me,’ Orlu said.",
    ],
)
def test_a_quotation_inside_another_has_level_one(text: str) -> None:
    outer, inner = quotes(text)
    assert (outer.level, inner.level) == (0, 1)
    assert outer.start < inner.start
    assert inner.end < outer.end
    assert text[inner.start + 1 : inner.end - 1] == "no"


def test_a_quotation_goes_on_over_paragraphs() -> None:
    text = "“We wait.\n\n“It is late.\n\n“We go,” Orlu said. “Now.”"
    found = quotes(text)
    assert [(quote.closed, quote.continues) for quote in found] == [
        (False, False), (False, True), (True, True), (True, False),
    ]  # fmt: skip
    assert words(text)[0] == "“We wait."


def test_a_quotation_that_goes_on_without_a_new_mark_is_found_too() -> None:
    text = '"We wait.\nIt is late." Then Orlu left.'
    assert words(text) == ['"We wait.', 'It is late."']
    assert quotes(text)[1].continues


def test_a_missing_mark_spoils_no_other_quotation() -> None:
    assert words('"We wait, Orlu said. "It is late," she said.')[1:] == ['"It is late,"']
    assert words('We wait," Orlu said. "It is late."') == ['"It is late."']
    text = 'Orlu said "we wait.\nLater she said "we go".'
    assert words(text) == ['"we wait.', '"we go"']
    assert [quote.closed for quote in quotes(text)] == [False, True]


def test_no_paragraph_spoils_the_next() -> None:
    assert words("An odd ' and ” and ‘ here.\n“We wait,” Orlu said.") == ["“We wait,”"]


@given(st.lists(st.sampled_from([*list("ab ,.’‘“”\"'`«»—\n6"), "``", "''"])).map("".join))
@settings(deadline=None)
def test_quotes_lie_inside_their_paragraph_and_never_cross(text: str) -> None:
    found = quotes(text)
    assert list(found) == sorted(found, key=lambda quote: quote.start)
    open_ends: list[int] = []
    for quote in found:
        assert 0 <= quote.start < quote.end <= len(text)
        assert "\n" not in text[quote.start : quote.end]
        while open_ends and open_ends[-1] <= quote.start:
            open_ends.pop()
        assert quote.level == len(open_ends)
        assert not open_ends or quote.end <= open_ends[-1]
        open_ends.append(quote.end)


@pytest.mark.parametrize("piece", ['"', "“", "'", "‘", ' "', "' ", "“a ”b ", "``", 'a" '])
def test_a_line_of_marks_takes_no_time(piece: str) -> None:
    began = time.process_time()
    text = piece * (20_000 // len(piece))
    pair(text, [(0, len(text))])
    assert time.process_time() - began < 3
