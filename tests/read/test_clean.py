"""The document: its text is fixed, boilerplate marked, dateline and date found, other languages refused."""

import pytest

from onrecord.model.article import RawArticle
from onrecord.model.text import Document
from onrecord.pipeline import Kit
from onrecord.read import clean, dateline
from onrecord.read.clean import lines


def cleaned(kit: Kit, text: str, **fields: str) -> tuple[Document | None, list[str]]:
    raw = RawArticle(text=text, source="test", **fields)  # type: ignore[arg-type]
    document, rejections = clean.run(raw=raw, settings=kit.settings, lexicon=kit.lexicon)
    return document, [rejection.code for rejection in rejections]


def test_the_text_does_not_change(kit: Kit) -> None:
    """Offsets must hold against the user's own file: no normalisation, no stripping."""
    text = "  Cafe\u0301 owner Orla Venn said no.\n\n\tAdvertisement \n\nThe ministry agreed.\n"
    document, _ = cleaned(kit, text)
    assert document is not None
    assert document.text == text


def test_boilerplate_is_marked_and_not_removed(kit: Kit) -> None:
    """Lines of the page are skipped, lines of the article are not."""
    text = "Orla Venn spoke to the council.\n\nRead more\n\nShe left on Monday.\n\n   \n\nPrevious Post Next Post"
    document, _ = cleaned(kit, text)
    assert document is not None
    assert [span.text for span in document.skipped] == ["Read more", "Previous Post Next Post"]


def test_no_date_is_said_and_not_guessed(kit: Kit) -> None:
    """R202, and no published date."""
    document, codes = cleaned(kit, "The minister left on Monday.")
    assert document is not None
    assert document.published is None
    assert codes == ["R202"]


def test_a_dateline_with_a_year_gives_the_date(kit: Kit) -> None:
    """Without a year it does not."""
    document, codes = cleaned(kit, "TBILISI, March 3, 2031 (Example Wire) - The minister left the hall.")
    assert document is not None
    assert (document.published, document.published_basis, document.wire) == ("2031-03-03", "dateline", "Example Wire")
    assert document.dateline is not None
    assert document.dateline.text == "TBILISI"
    assert codes == []
    document, codes = cleaned(kit, "TBILISI, March 3 (Example Wire) - The minister left the hall.")
    assert document is not None
    assert document.published is None
    assert codes == ["R202"]


@pytest.mark.parametrize(
    "line",
    [
        "4 May 2031", "Sunday, May 4, 2031", "By Orla Venn | Example Post | Sunday, May 4, 2031", "2031-05-04",
        "Published: May 4th, 2031 10:15 GMT", "Posted on 4 May 2031 at 10:15 am",
    ],
)  # fmt: skip
def test_a_line_of_its_own_gives_the_date_and_is_not_read(kit: Kit, line: str) -> None:
    """Under the headline, a date alone or a byline with one."""
    document, codes = cleaned(kit, f"Minister leaves the hall\n\n{line}\n\nThe minister left on Sunday.")
    assert document is not None
    assert (document.published, document.published_basis, codes) == ("2031-05-04", "dateline", [])
    assert [span.text for span in document.skipped] == [line]


@pytest.mark.parametrize(
    "line", ["The treaty of 4 May 2031 stands.", "Crowds gather for 4 May 2031 vote", "31 February 2031"]
)
def test_a_date_in_a_sentence_or_headline_is_not_the_day_of_publication(kit: Kit, line: str) -> None:
    """Nor is a day that no calendar has."""
    document, _ = cleaned(kit, f"{line}\n\nThe minister left on Sunday.")
    assert document is not None
    assert document.published is None


def test_what_was_given_wins_over_the_dateline(kit: Kit) -> None:
    """--published > metadata > dateline."""
    text = "TBILISI, March 3, 2031 (Example Wire) - The minister left the hall."
    document, _ = cleaned(kit, text, published="2031-03-05", published_basis="given")
    assert document is not None
    assert document.published == "2031-03-05"


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("GENEVA - Talks went on.", "GENEVA"),
        ("PORT SUDAN, Sudan (EW) — Talks went on.", "PORT SUDAN, Sudan"),
        ("KHARTOUM, Sudan, 9 March 2031 (EW) – Talks went on.", "KHARTOUM, Sudan"),
        ("(Example Wire) - Talks went on.", None),
        ("Port Sudan (Sudan) – Talks went on.", "Port Sudan (Sudan)"),
        ("Tromsø, 9 March 2031 — Talks went on.", "Tromsø"),
    ],
)
def test_datelines(line: str, place: str | None) -> None:
    """Place, then date, then agency, then a dash; each may be missing but the dash."""
    found = dateline.find(line, lines(line))
    assert found is not None
    assert (line[slice(*found.place)] if found.place else None) == place
    assert line[found.end :] == "Talks went on."


@pytest.mark.parametrize(
    "line",
    [
        "The talks - if any - went on.",
        "UN - led talks",
        "Talks went on.",
        "AP-style text",
        "Norway - Kenya talks",
        "Norway (hosts) - no",
    ],
)
def test_not_datelines(line: str) -> None:
    """A dash alone makes no dateline; capitals of an ordinary name may, where a dash with blanks follows."""
    found = dateline.find(line, lines(line))
    assert found is None or line.startswith("UN - ")


@pytest.mark.parametrize(
    "text",
    [
        "Le ministre a déclaré lundi que la guerre était finie et que les prisonniers seraient libérés demain matin.",
        "Der Minister sagte am Montag, dass die Gefangenen freigelassen werden und der Krieg bald zu Ende gehe.",
        "Министр заявил в понедельник, что пленные будут освобождены, а переговоры продолжатся завтра.",
    ],
)
def test_another_language_is_refused(kit: Kit, text: str) -> None:
    """Not English: R201 and no document."""
    document, codes = cleaned(kit, text)
    assert document is None
    assert codes == ["R201"]


def test_every_example_of_the_boilerplate_rules(kit: Kit) -> None:
    """A rule matches all of its yes lines; no rule matches any of the no lines."""
    for rule in kit.lexicon.boilerplate.rules:
        for line in rule.yes:
            assert kit.lexicon.boilerplate.matches(line), (rule.id, line)
        for line in rule.no:
            assert not kit.lexicon.boilerplate.matches(line), (rule.id, line)


BODY = """Envoys met in Vila on Monday and spoke for nine hours about the fishing fleet, a minister said.
The two coasts have had no ferry since the winter of the long strike, he told reporters there.
Her counterpart asked for a list of the crews, and was given one that left out seven names.
Nobody would say on Tuesday when the talks go on, or whether the boats may sail before they do.
"""


@pytest.mark.parametrize(
    ("text", "wire", "helped"),
    [
        (BODY + "The Associated Press contributed to this report.", None, ("Associated Press",)),
        (BODY + "Reuters and AFP contributed to this report.", None, ("Reuters", "Agence France-Presse")),
        ("VILA (AP) — " + BODY, "Associated Press", ()),
        ("By The Associated Press\n" + BODY, "Associated Press", ()),
        (BODY + "© 2031 AFP", "Agence France-Presse", ()),
        ("VILA (Reuters) - " + BODY + "AFP contributed to this report.", "Reuters", ("Agence France-Presse",)),
        (BODY + "Reuters said that it had asked both sides on Tuesday night.", None, ()),
    ],
)
def test_a_credit_says_whose_story_it_is_or_who_helped(
    kit: Kit, text: str, wire: str | None, helped: tuple[str, ...]
) -> None:
    """An agency that contributed makes the story nobody's copy; the line is skipped, not read."""
    document, _ = cleaned(kit, text)
    assert document is not None
    assert (document.wire, document.credits) == (wire, helped)
    said = text.strip().rsplit("\n", 1)[-1]
    assert (said in [span.text for span in document.skipped]) == (said.endswith(("this report.", "AFP")))
