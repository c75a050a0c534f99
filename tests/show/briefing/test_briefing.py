"""Every sentence is footnoted, every footnote holds, and no article can write into the page."""

import io
import re

import pypdf
import pytest

from onrecord.keep.open import open_view
from onrecord.keep.protocol import Query
from onrecord.show.briefing import content, html, markdown, pdf
from onrecord.show.briefing.content import Asked, Briefing, Note, Section, Sentence

HOSTILE = Briefing(
    "Briefing", "<script>alert(1)</script>", (
        Section("What was said", (Sentence("Ilse Brøndum, Erdoğan, Łódź, Владимир: “[x](javascript:1)” (a\\b)", (1,)),)),
    ),
    (Note("<img src=x onerror=y> *z*", 0, 5, "doc-1", "T\n# x", "O", "2031-05-04", 'a" onclick="b', ""),),
)  # fmt: skip


@pytest.fixture(scope="module")
def told(demo):
    with open_view(demo) as view:
        texts = {document.id: document.text for document in view.find(Query(kind="document"))}
        return content.write(view, Asked()), texts


def test_every_sentence_is_footnoted_and_every_footnote_holds(told):
    """Word for word, at the offsets that it names."""
    briefing, texts = told
    used = set()
    for section in briefing.sections:
        for sentence in section.sentences:
            assert sentence.notes, sentence
            used.update(sentence.notes)
    assert used == set(range(1, len(briefing.notes) + 1))
    for note in briefing.notes:
        assert " ".join(texts[note.document][note.start : note.end].split()) == note.words


def test_contradictions_have_their_own_section(told):
    """Both sides of a count are named."""
    [section] = [each for each in told[0].sections if each.title == "Contradictions"]
    assert len(section.sentences) > 1


@pytest.mark.parametrize("asked", [{"country": "TUR"}, {"who": "IRN"}, {"since": "2026-05-01"}])
def test_a_filter_leaves_less(demo, told, asked):
    """By country, actor and day; a deal gives its own."""
    with open_view(demo) as view:
        some = content.write(view, Asked(**asked, most=0))
        whole = content.write(view, Asked(most=0))
        deal = next(view.find(Query(kind="deal")))
        one = content.write(view, Asked(deal=deal.id))
        none = content.write(view, Asked(who="Nobody Atall"))
    count = {len(each.notes) for each in (some, whole)}
    assert 0 < min(count) < max(count) == len(whole.notes)
    assert one.about == deal.title
    assert none.sections == ()
    assert "no evidence" in markdown.write(none)
    assert "no evidence" in html.write(none)


def test_markdown_has_a_note_for_each_mark(told):
    """As many definitions as numbers used."""
    written = markdown.write(told[0])
    assert set(re.findall(r"\[\^(\d+)\](?!:)", written)) == set(re.findall(r"^\[\^(\d+)\]:", written, re.MULTILINE))


def test_nothing_that_an_article_says_is_a_mark():
    """Tags, links and headings come out as text."""
    page, text = html.write(HOSTILE), markdown.write(HOSTILE)
    assert "<script" not in page
    assert "<img" not in page
    assert 'onclick="b' not in page
    assert "\\[x\\](javascript:1)" in text
    assert "\n# x" not in text


def test_the_pdf_is_read_back_by_pypdf(told):
    """Its words can be copied, letters outside ASCII included; long briefings have several pages."""
    reader = pypdf.PdfReader(io.BytesIO(pdf.write(told[0])), strict=True)
    assert len(reader.pages) > 2
    words = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    assert "Where deals stand" in words
    [page] = pypdf.PdfReader(io.BytesIO(pdf.write(HOSTILE)), strict=True).pages
    found = page.extract_text()
    for name in ("Brøndum", "Erdoğan", "Łódź", "Владимир", "(a\\b)"):
        assert name in found
