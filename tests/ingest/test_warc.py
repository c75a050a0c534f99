"""Web archives: every sound record is read, a damaged one costs one rejection, and reading goes on at the next."""

import gzip
import json
import random
import sys
import zipfile
from pathlib import Path

import pytest

from onrecord.ingest import warc
from onrecord.ingest.files import open_sources
from onrecord.model.article import RawArticle
from onrecord.model.rejection import Rejection
from onrecord.settings import Settings

sys.path.insert(0, str(Path(__file__).parent))

from archives import packed, page, record, response

SETTINGS = Settings(max_bytes=1_000_000)


def site(count: int = 6) -> list[bytes]:
    return [response(f"https://news.example/{number}", page(number)) for number in range(count)]


def read(data: bytes) -> tuple[list[RawArticle], list[Rejection]]:
    found = list(warc.read_bytes(data, "a.warc", SETTINGS))
    articles = [one for one in found if isinstance(one, RawArticle)]
    return articles, [one for one in found if isinstance(one, Rejection)]


def numbers(articles: list[RawArticle]) -> list[int]:
    return [int((article.url or "").rpartition("/")[2]) for article in articles]


@pytest.mark.parametrize("pack", [packed, b"".join], ids=["gz", "plain"])
def test_responses_are_read_and_nothing_else(pack):
    """Requests and metadata are passed over; what is no page is counted in one line."""
    records = site(3)
    records.insert(0, record("warcinfo", b"software: x\r\n", "", "application/warc-fields"))
    records.insert(2, record("request", b"GET / HTTP/1.1\r\n\r\n", "https://news.example/0", "application/http"))
    records.append(response("https://news.example/p.png", b"\x89PNG", head="Content-Type: image/png"))
    records.append(response("https://news.example/9", page(9), status="404 Not Found"))
    articles, rejections = read(pack(records))
    assert numbers(articles) == [0, 1, 2]
    assert articles[0].retrieved == "2031-05-02T10:00:00Z"
    assert "“Köprü”" in articles[0].text
    assert [(one.code, one.note) for one in rejections] == [
        ("R106", "responses that are no articles: 1 image/png, 1 status 404")
    ]


def cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


def spoiled(data: bytes) -> bytes:
    return data[:30] + b"\xff\x00\xfe" * 6 + data[48:]


@pytest.mark.parametrize("damage", [cut, spoiled], ids=lambda one: one.__name__)
@pytest.mark.parametrize("where", [0, 2, 5])
def test_a_damaged_member_costs_one_rejection(damage, where):
    """At the start, in the middle, at the end; the others are all read."""
    members = [gzip.compress(one) for one in site()]
    members[where] = damage(members[where])
    articles, rejections = read(b"".join(members))
    assert numbers(articles) == [number for number in range(6) if number != where]
    assert [one.code for one in rejections] == ["R120"]
    assert rejections[0].source == f"a.warc@{sum(map(len, members[:where]))}"


@pytest.mark.parametrize(
    "damage", [cut, lambda one: one[9:], lambda one: one.replace(b"Content-Length", b"Content-Lingth", 1)]
)
@pytest.mark.parametrize("where", [0, 2, 5])
def test_a_damaged_plain_record_costs_one_rejection(damage, where):
    """The same without compression."""
    records = site()
    records[where] = damage(records[where])
    articles, rejections = read(b"".join(records))
    assert numbers(articles) == [number for number in range(6) if number != where]
    assert [one.code for one in rejections] == ["R120"]


def test_a_digest_that_does_not_fit_is_a_damaged_record():
    """The archive says itself what the bytes should be."""
    one = response("https://news.example/1", page(1)).replace(
        b"WARC-Date", b"WARC-Block-Digest: sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ\r\nWARC-Date", 1
    )
    articles, rejections = read(packed([one, *site(1)]))
    assert numbers(articles) == [0]
    assert [one.note for one in rejections] == ["its digest does not fit"]


def test_what_the_server_packed_is_unpacked():
    """Content encoding, charset of the header, and a plain text."""
    turkish = page(4).decode().replace("utf-8", "iso-8859-9").replace("“", "").replace("”", "")
    body = gzip.compress(turkish.encode("iso-8859-9"))
    head = "Content-Type: text/html; charset=iso-8859-9\r\nContent-Encoding: gzip"
    plain = response("https://news.example/5", b"A minister resigned on Monday.", head="Content-Type: text/plain")
    articles, rejections = read(packed([response("https://news.example/4", body, head=head), plain]))
    assert rejections == []
    assert numbers(articles) == [4, 5]
    assert "Köprü" in articles[0].text
    assert articles[1].text == "A minister resigned on Monday."


def test_a_record_over_the_limit_is_passed_over():
    """Neither its bytes nor what they would swell to are kept."""
    bomb = response(
        "https://news.example/9",
        gzip.compress(b"a" * 9_000_000),
        head="Content-Type: text/html\r\nContent-Encoding: gzip",
    )
    huge = response("https://news.example/8", b"a" * 9_000_000)
    articles, rejections = read(packed([bomb, huge, *site(2)]))
    assert numbers(articles) == [0, 1]
    assert [one.code for one in rejections] == ["R105", "R105"]


def test_archives_are_sources(tmp_path):
    """By name: .warc, .warc.gz and .wacz, in a folder too; an empty one and a broken WACZ say so."""
    (tmp_path / "a.warc").write_bytes(b"".join(site(1)))
    (tmp_path / "b.warc.gz").write_bytes(packed(site(2)))
    with zipfile.ZipFile(tmp_path / "c.wacz", "w") as file:
        file.writestr("datapackage.json", "{}")
        file.writestr("archive/data.warc.gz", packed(site(3)))
    (tmp_path / "d.warc").write_bytes(b"")
    (tmp_path / "e.wacz").write_bytes(b"PK no more")
    found = list(open_sources([str(tmp_path)], SETTINGS, "2031-05-04"))
    articles = [one for one in found if isinstance(one, RawArticle)]
    assert numbers(articles) == [0, 0, 1, 0, 1, 2]
    assert {one.published for one in articles} == {"2031-05-04"}
    assert [one.code for one in found if isinstance(one, Rejection)] == ["R102", "R120"]


@pytest.mark.gold
@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_an_archive_of_the_benchmark_with_damage(shared):
    """One record in twenty spoiled and one member cut: all others are read, the damaged ones counted."""
    folder = shared / "gold" / "html" / "article-extraction-benchmark"
    gold = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    draw, members = random.Random(6), []
    for name, item in sorted(gold.items()):
        body = gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes())
        members.append(gzip.compress(response(item["url"].replace(" ", "%20"), body, head="Content-Type: text/html")))
    sound = list(warc.read_bytes(b"".join(members), "whole.warc.gz", Settings()))
    bad = sorted(draw.sample(range(len(members)), len(members) // 20))
    for place in bad[:-1]:
        middle = len(members[place]) // 2
        members[place] = members[place][:middle] + draw.randbytes(64) + members[place][middle + 64 :]
    members[bad[-1]] = members[bad[-1]][: len(members[bad[-1]]) // 2]
    found = list(warc.read_bytes(b"".join(members), "whole.warc.gz", Settings()))
    assert sum(getattr(one, "code", "") == "R120" for one in found) == len(bad)
    assert len(found) == len(sound)
    urls = {one.url or one.source for one in found if isinstance(one, RawArticle)}
    lost = {one.url or one.source for one in sound if isinstance(one, RawArticle)} - urls
    assert len(lost) <= len(bad), "a healthy record was lost"
