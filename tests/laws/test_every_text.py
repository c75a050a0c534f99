"""No text of the public sets makes reading fail, whatever it is: articles, interviews, fiction, tables, chat."""

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.model.article import RawArticle
from onrecord.pipeline import Kit, per_article
from onrecord.settings import Settings

GOLD = Path(__file__).resolve().parents[3] / "shared" / "gold"
SHORTEST = 200
BROKEN = "R390"


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from strings(inner)


def texts() -> Iterator[tuple[str, str]]:
    """Every text that the sets hold, whole: markup stripped, long strings out of JSON."""
    for path in sorted(GOLD.rglob("*")):
        name = path.relative_to(GOLD).as_posix()
        if path.suffix == ".txt" and "LICENSE" not in name:
            yield name, path.read_text(encoding="utf-8", errors="replace")
        elif path.suffix in {".tml", ".xml"}:
            marked = path.read_text(encoding="utf-8", errors="replace")
            for at, part in enumerate(re.split(r"</article>", marked)):
                yield f"{name}#{at}", html.unescape(re.sub(r"<[^>]+>", " ", part))
        elif path.suffix in {".json", ".jsonl"}:
            for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
                try:
                    found = list(strings(json.loads(line)))
                except ValueError:
                    continue
                for at, text in enumerate(found):
                    yield f"{name}#{at}", text


@pytest.mark.slow
@pytest.mark.gold
@pytest.mark.timeout(5400)
@pytest.mark.skipif(not GOLD.is_dir(), reason="needs ../shared/gold, which is never copied into the repository")
def test_no_text_breaks_and_none_is_dropped_without_a_reason() -> None:
    kit = Kit.build(Settings(reader="learned"))
    seen, read, failed = set(), 0, []
    for name, text in texts():
        if len(text) < SHORTEST or text in seen:
            continue
        seen.add(text)
        read += 1
        result = per_article(RawArticle(text=text, source=name, published="2016-09-01", published_basis="given"), kit)
        if any(rejection.code == BROKEN for rejection in result.rejections):
            failed.append(name)
        if result.document is None and not result.rejections:
            failed.append(f"{name}: dropped in silence")
    assert not failed, f"{len(failed)} of {read}: {failed[:20]}"
    assert read > 1000
