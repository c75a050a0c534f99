"""Archives cut into slices: every article is in exactly one, and a slice is read alone as it is read in its file."""

import gzip
import io
import json

import fsspec
import pyarrow as pa
import pytest
from pyarrow import parquet

from onrecord.errors import UsageError
from onrecord.ingest import slices
from onrecord.model.article import RawArticle
from onrecord.settings import Settings

SETTINGS = Settings()
PAGE = """<html><head><title>Envoy {0} speaks</title><meta property="article:published_time" content="2031-05-04"></head>
<body><article><p>Envoy {0} of the northern delegation said on Sunday that the truce would hold through the winter.</p>
<p>He spoke in Vila, where talks between the two sides had gone on for a week without a word to the press.</p>
</article></body></html>"""


def texts(count):
    return [f"Envoy {number} of the northern delegation said that the truce would hold." for number in range(count)]


def rows(count):
    return b"".join(json.dumps({"text": text}).encode() + b"\n" for text in texts(count))


def warc(count):
    out = io.BytesIO()
    for number in range(count):
        body = PAGE.format(number).encode()
        http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://paper.example/{number}\r\nWARC-Date: 2031-05-05T00:00:00Z\r\n"
            f"WARC-Record-ID: <urn:uuid:{number}>\r\nContent-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(http)}\r\n\r\n"
        )
        out.write(gzip.compress(head.encode() + http + b"\r\n\r\n"))
    return out.getvalue()


def table(count):
    out = io.BytesIO()
    parquet.write_table(
        pa.table({"text": texts(count), "url": [f"paper/{n}" for n in range(count)]}), out, row_group_size=4
    )
    return out.getvalue()


FORMS = {
    "a.jsonl": rows,
    "a.jsonl.gz": lambda count: gzip.compress(rows(count)),
    "unended.jsonl": lambda count: rows(count).rstrip(b"\n"),
    "a.warc.gz": warc,
    "a.parquet": table,
}


def read(groups):
    return [item for group in groups for piece in group for item in slices.articles(piece, SETTINGS)]


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("size", [1, 3, 5, 11, 40])
def test_every_article_is_in_one_slice(tmp_path, name, size):
    (tmp_path / name).write_bytes(FORMS[name](11))
    found = slices.find([str(tmp_path / name)])
    groups = list(slices.cut(found, size))
    assert [sum(piece.count for piece in group) for group in groups] == [size] * (11 // size) + [11 % size] * (
        11 % size > 0
    )
    items = read(groups)
    assert all(isinstance(item, RawArticle) for item in items)
    assert [item.text.split()[1] for item in items] == [str(number) for number in range(11)]
    assert items == read(slices.cut(found, 1000))


def test_a_folder_of_everything(tmp_path):
    for name, make in FORMS.items():
        (tmp_path / name).write_bytes(make(3))
    (tmp_path / "plain.txt").write_text(texts(1)[0])
    (tmp_path / ".hidden.txt").write_text("no")
    groups = list(slices.cut(slices.find([str(tmp_path)]), 4))
    assert sum(piece.count for group in groups for piece in group) == 16
    assert len(read(groups)) == 16


def test_a_pattern_of_any_file_system():
    memory = fsspec.filesystem("memory")
    for name in ("one", "two"):
        memory.pipe(f"/news/{name}.jsonl", rows(2))
    found = slices.find(["memory://news/*.jsonl"])
    assert [source.path for source in found] == ["memory:///news/one.jsonl", "memory:///news/two.jsonl"]
    assert len(read(slices.cut(found, 3))) == 4


def test_nothing_there_is_said(tmp_path):
    with pytest.raises(UsageError, match="nothing here"):
        slices.find([str(tmp_path / "no.jsonl")])


def test_what_is_not_a_page_is_a_rejection(tmp_path):
    broken = gzip.compress(gzip.decompress(warc(1)).replace(b"200 OK", b"404 NO"))
    (tmp_path / "a.warc.gz").write_bytes(broken)
    (item,) = read(slices.cut(slices.find([str(tmp_path / "a.warc.gz")]), 5))
    assert item.code == "R106"
