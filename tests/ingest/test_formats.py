"""Dumps of other programs, mail, PDF, lists of addresses: each under our names, or refused with its reason."""

import io
import json
from pathlib import Path

import pypdf
import pytest
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from onrecord.ingest import web
from onrecord.ingest.files import open_sources
from onrecord.ingest.mail import messages
from onrecord.ingest.pdf import paragraphs
from onrecord.model.article import RawArticle
from onrecord.model.rejection import Rejection
from onrecord.settings import Settings

TEXT = "Minister Orla Venn said on Monday that the ferry would sail again before the end of the week."
ROWS = {
    "news-please": {"maintext": TEXT, "title": "Ferry", "date_publish": "2031-05-02 10:15:00", "source_domain": "n.example", "authors": ["Tilde Marsh"], "url": "https://n.example/a", "language": "en"},
    "ninjs 1": {"type": "text", "uri": "tag:n.example,2031:1", "headline": "Ferry", "body_text": TEXT, "versioncreated": "2031-05-02T10:15:00+00:00", "byline": "Tilde Marsh", "copyrightholder": "n.example"},
    "ninjs 1 xhtml": {"headline": "Ferry", "body_xhtml": f"<div><p>{TEXT}</p></div>", "firstcreated": "2031-05-02T10:15:00Z", "byline": "Tilde Marsh", "copyrightholder": "n.example"},
    "ninjs 3": {"headlines": [{"role": "sub", "value": "no"}, {"role": "main", "value": "Ferry"}], "bodies": [{"role": "main", "contentType": "text/html", "value": f"<p>{TEXT}</p>"}], "firstCreated": "2031-05-02T10:15:00Z", "by": "Tilde Marsh", "copyrightHolder": "n.example"},
}  # fmt: skip


def opened(path: Path) -> list[RawArticle | Rejection]:
    return list(open_sources([str(path)], Settings()))


@pytest.mark.parametrize("suffix", [".jsonl", ".json"])
@pytest.mark.parametrize("name", ROWS)
def test_dumps_are_read_under_our_names(tmp_path, name, suffix):
    """The same article, whatever the program calls its fields."""
    file = tmp_path / f"a{suffix}"
    file.write_text(json.dumps(ROWS[name]))
    (article,) = opened(file)
    assert isinstance(article, RawArticle)
    assert (article.text, article.title, article.outlet) == (TEXT, "Ferry", "n.example")
    assert article.published.startswith("2031-05-02T10:15")
    assert article.authors == ("Tilde Marsh",)


@pytest.mark.parametrize("name", ["urn:example:ferry-1", "paper/13"])
def test_a_name_that_is_no_address_is_still_its_name(tmp_path, name):
    """It is no canonical address, but records and rejections say it."""
    file = tmp_path / "a.jsonl"
    file.write_text(json.dumps({"text": TEXT, "uri": name}))
    (article,) = opened(file)
    assert (article.source, article.url) == (name, None)


def test_a_json_file_may_hold_many(tmp_path):
    """A list, or an object with a list of items; a bad one is named by its number."""
    rows = [{"text": TEXT}, {"title": "no text"}, {"text": f"{TEXT} Again."}]
    for number, root in enumerate((rows, {"items": rows})):
        file = tmp_path / f"{number}.json"
        file.write_text(json.dumps(root))
        assert [getattr(one, "code", "ok") for one in opened(file)] == ["ok", "R108", "ok"]
    (tmp_path / "bad.json").write_text("{")
    assert [one.code for one in opened(tmp_path / "bad.json")] == ["R108"]


MAIL = (
    "From: Example Wire <desk@wire.example>\nSubject: =?utf-8?q?Ferry_to_K=C3=B6pr=C3=BC?=\nDate: Fri, 02 May 2031 10:15:00 +0200\n"
    "MIME-Version: 1.0\nContent-Type: {type}; charset={charset}\n\n{body}\n"
)


def test_mail_is_read_with_its_date_and_sender(tmp_path):
    """Plain or HTML, unwrapped; quoted lines of an answer left out."""
    wrapped = (
        TEXT.replace("that the", "that\nthe")
        + "\n\n> an old line that was quoted before\nA second paragraph came by the next mail."
    )
    (tmp_path / "a.eml").write_bytes(MAIL.format(type="text/plain", charset="utf-8", body=wrapped).encode())
    (tmp_path / "b.eml").write_bytes(MAIL.format(type="text/html", charset="klingon", body=f"<p>{TEXT}</p>").encode())
    (tmp_path / "c.eml").write_bytes(b"Subject: nothing\n\n")
    plain, marked, empty = opened(tmp_path)
    assert plain.text == f"{TEXT}\nA second paragraph came by the next mail."
    assert (plain.title, plain.outlet, plain.published) == ("Ferry to Köprü", "Example Wire", "2031-05-02T10:15+02:00")
    assert marked.text == TEXT
    assert empty.code == "R122"


def test_an_mbox_is_many_messages(tmp_path):
    """Cut at its From lines; one over the limit costs itself alone."""
    one = MAIL.format(type="text/plain", charset="utf-8", body=TEXT)
    box = "".join(f"From x@y Fri May  2 10:15:00 2031\n{one}\n" for _ in range(3))
    (tmp_path / "a.mbox").write_text(box)
    assert [getattr(item, "text", "") for item in opened(tmp_path / "a.mbox")] == [TEXT] * 3
    cut = list(messages(io.BytesIO(box.replace(TEXT, TEXT * 50, 1).encode()), 1500))
    assert [item is None for item in cut] == [True, False, False]


def pdf(lines: list[str], password: str | None = None) -> bytes:
    writer = pypdf.PdfWriter()
    page = writer.add_blank_page(600, 800)
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
    )
    stream = DecodedStreamObject()
    shown = "".join(f"({line}) Tj 0 -16 Td " for line in lines)
    stream.set_data(f"BT /F1 12 Tf 50 700 Td {shown}ET".encode())
    page[NameObject("/Contents")] = writer._add_object(stream)
    writer.add_metadata({"/Title": "On the ferry"})
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_pdf_gives_its_text_and_no_date(tmp_path):
    """Lines become paragraphs; a locked, a cut and an empty one say so."""
    lines = ["Minister Orla Venn said on Monday that the fer-", "ry would sail again before the end of the week."]
    (tmp_path / "a.pdf").write_bytes(pdf(lines))
    (tmp_path / "b.pdf").write_bytes(pdf(lines, "secret"))
    (tmp_path / "c.pdf").write_bytes(pdf(lines)[:300])
    (tmp_path / "d.pdf").write_bytes(pdf([]))
    found = opened(tmp_path)
    assert found[0].text == TEXT
    assert (found[0].title, found[0].published) == ("On the ferry", None)
    assert [one.code for one in found[1:]] == ["R122"] * 3


def test_lines_become_paragraphs():
    """A short line that ends a sentence ends its paragraph."""
    long = "It rained on the harbour all day long and the envoys stayed in their rooms, waiting"
    assert paragraphs(f"{long}\nfor word.\nThe next day was dry.") == f"{long} for word.\nThe next day was dry."


def test_a_list_of_addresses_is_told_from_an_article():
    """One a line, or the last column of a table; an article that names an address is none."""
    assert web.listed("https://a.example/1\nhttps://a.example/2\nhttps://a.example/1\n") == [
        "https://a.example/1",
        "https://a.example/2",
    ]
    assert web.listed("1\t2031\tXXX\thttps://a.example/1\n2\t2031\tYYY\thttps://a.example/2") == [
        "https://a.example/1",
        "https://a.example/2",
    ]
    assert web.listed("He wrote it down:\nhttps://a.example/1") == []
    assert web.listed("") == []


def test_addresses_of_this_machine_are_refused(tmp_path):
    """A list, a feed and a source that lead inward cost a rejection each and no request."""
    (tmp_path / "list.txt").write_text("http://127.0.0.1:9/a\n")
    (tmp_path / "feed.xml").write_text(
        "<rss version='2.0'><channel><title>x</title><item><link>http://127.0.0.1:9/b</link></item></channel></rss>"
    )
    found = [*opened(tmp_path), *open_sources(["http://127.0.0.1:9/c"], Settings())]
    assert {one.code for one in found} == {"R116"}
    assert len(found) == 3
