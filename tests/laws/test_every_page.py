"""No page of the public sets makes the reader raise, from its bytes to its record: an article or a reason, each time."""

import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.ingest.html import read_page
from onrecord.model.article import RawArticle
from onrecord.pipeline import Kit, per_article

BROKEN = "R390"


def pages(gold: Path) -> Iterator[tuple[str, bytes]]:
    """Every page of both sets with its address."""
    for folder, listing in (
        ("article-extraction-benchmark", "ground-truth.json"), ("htmldate-mediacloud", "eval_mediacloud_2020.json")
    ):  # fmt: skip
        told = json.loads((gold / folder / listing).read_text(encoding="utf-8"))
        for name, item in sorted(told.items()):
            file = f"{name}.html.gz" if "url" in item else f"{item['file']}.gz"
            yield item.get("url", name), gzip.decompress((gold / folder / "html" / file).read_bytes())


@pytest.mark.gold
@pytest.mark.slow
@pytest.mark.timeout(5400)
def test_no_page_makes_the_whole_reader_raise(shared: Path, kit: Kit) -> None:
    """Refused, or read through every step without one that broke. Two in three are in English."""
    read, codes = 0, Counter[str]()
    for url, data in pages(shared / "gold" / "html"):
        found = read_page(data, url, url=url)
        if not isinstance(found, RawArticle):
            codes[found.code] += 1
            continue
        result = per_article(found, kit)
        broken = [one.note for one in result.rejections if one.code == BROKEN]
        assert not broken, f"{url}: {broken}"
        assert result.document is not None or result.rejections, url
        read += result.document is not None
        codes.update(one.code for one in result.rejections[-1:] if result.document is None)
    sys.stdout.write(f"{read} read, refused: {dict(codes)}\n")
    assert read + sum(codes.values()) == 381
    assert read + codes["R201"] > 350
    assert read > 220
