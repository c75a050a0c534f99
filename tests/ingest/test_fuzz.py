"""Hostile bytes: mutated pages, archives and feeds. No exception that isn't ours, nothing over its limits."""

import gzip
import random
import sys
import time
from pathlib import Path

import pytest

from onrecord.ingest import sandbox, warc
from onrecord.model.article import RawArticle
from onrecord.model.rejection import Rejection
from onrecord.settings import Settings

sys.path.insert(0, str(Path(__file__).parent))

from archives import packed, page, response

SETTINGS = Settings(max_bytes=2_000_000, page_seconds=10)
PIECES = [
    b"<",
    b">",
    b"</p>",
    b"<p>",
    b"\x00",
    b"\xff\xfe",
    b"&#xD800;",
    b"<![CDATA[",
    b"<!--",
    b"]]>",
    b'"',
    b"'",
    b"{",
    b"}",
    b"\\ud800",
    b"<div>" * 500,
    b"a" * 5000,
    b"WARC/1.0\r\n",
    b"\x1f\x8b\x08",
    b"Content-Length: 99999999999\r\n",
    b"<!ENTITY a '&a;&a;'>",
    "\u202e\u0301".encode() * 50,
    b"<table>" * 200,
]
RSS = (
    b"<?xml version='1.0'?><rss version='2.0'><channel><title>x</title>"
    + b"<item><link>https://n.example/a</link><pubDate>Mon, 05 May 2031 10:00:00 GMT</pubDate></item>" * 5
    + b"</channel></rss>"
)
LD = b'<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2031-05-02T10:15:00Z","author":[{"name":"T"}],"liveBlogUpdate":[{"articleBody":"x"}]}</script></head>'


def mutated(draw: random.Random, data: bytes) -> bytes:
    """One to eight edits: cut, repeated, swapped, flipped, or something nasty put in."""
    made = bytearray(data)
    for _ in range(draw.randint(1, 8)):
        at, size = draw.randrange(len(made) + 1), draw.choice([1, 3, 20, 200])
        match draw.randrange(6):
            case 0:
                del made[at : at + size]
            case 1:
                made[at:at] = draw.choice(PIECES)
            case 2:
                made[at:at] = made[at : at + size] * draw.randint(1, 20)
            case 3:
                made[at : at + size] = draw.randbytes(len(made[at : at + size]))
            case 4:
                del made[at + draw.randint(0, 2000) :]
            case _:
                other = draw.randrange(len(made) + 1)
                made[at:at] = made[other : other + size]
    return bytes(made)


def many(sample: int, all_: int):
    return pytest.mark.parametrize(
        "count", [sample, pytest.param(all_, marks=[pytest.mark.slow, pytest.mark.timeout(3600)])]
    )


@many(40, 5000)
def test_mutated_pages(count):
    """An article or a rejection each, in time."""
    draw = random.Random(1)
    for number in range(count):
        data = mutated(draw, page(number).replace(b"</head>", LD))
        began = time.monotonic()
        found = sandbox.run(sandbox.Job(task="page", data=data, source="x", limits=sandbox.Limits(seconds=10))).one("x")
        assert isinstance(found, RawArticle | Rejection)
        assert time.monotonic() - began < 60


@many(30, 1000)
def test_mutated_archives(count):
    """Whatever stands in the file, compressed or not."""
    draw = random.Random(2)
    records = [
        response(
            f"https://n.example/{n}", b"A minister resigned on Monday, it was said.", head="Content-Type: text/plain"
        )
        for n in range(4)
    ]
    for number in range(count):
        whole = packed(records) if number % 2 else b"".join(records)
        data = mutated(draw, whole) if number % 3 else packed([mutated(draw, one) for one in records])
        found = list(warc.read_bytes(data, "x", SETTINGS))
        assert all(isinstance(one, RawArticle | Rejection) for one in found)


@many(60, 1000)
def test_mutated_feeds(count):
    """Links, or the reason why there are none."""
    draw = random.Random(3)
    for _ in range(count):
        taken = sandbox.run(
            sandbox.Job(task="feed", data=mutated(draw, RSS), source="x", limits=sandbox.Limits(seconds=10))
        )
        assert {one.code for one in taken.rejections} <= {"R121", "R109"}
        assert all(link.url.startswith(("http://", "https://")) for link in taken.links)


def test_a_bomb_in_an_archive_is_not_unpacked():
    """A member that swells to a gigabyte costs a rejection."""
    bomb = gzip.compress(gzip.compress(b"\0" * 200_000_000, 1), 1)
    assert [one.code for one in warc.read_bytes(bomb, "x", SETTINGS)] in (["R120"], ["R105"])
