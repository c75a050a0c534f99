"""Pages (article-extraction-benchmark, htmldate's mediacloud pages): main text and day of publication.

Main text: the benchmark's own metric, precision and recall of 4-gram shingles of words with exact match, averaged over
pages, and F1 of the two averages. Dates: right, wrong, or none given, against the day that the set states. Both go
through `ingest.html.read_page`, child process and all; a page that is refused counts as empty.
"""

import gzip
import json
import re
import time
from collections import Counter
from pathlib import Path
from typing import Any

from onrecord.ingest.html import read_page
from onrecord.model.article import RawArticle

_WORD = re.compile(r"\w+")
_SIZE = 4
type Shingles = Counter[tuple[str, ...]]


def run(data: Path, predictions: Path | None = None) -> dict[str, Any]:
    """Take every page apart, score, and write what was predicted where a file is named."""
    lines: list[dict[str, Any]] = []
    report: dict[str, Any] = {}
    started = time.process_time()
    if (data / "article-extraction-benchmark").is_dir():
        report["text"] = _texts(data / "article-extraction-benchmark", lines)
    if (data / "htmldate-mediacloud").is_dir():
        report["dates"] = _dates(data / "htmldate-mediacloud", lines)
    report["own_seconds"] = round(time.process_time() - started, 1)
    if predictions:
        text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        predictions.write_text(text, encoding="utf-8")
    return report


def _texts(folder: Path, lines: list[dict[str, Any]]) -> dict[str, Any]:
    gold = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    precisions, recalls, refused = [], [], Counter[str]()
    for name, item in sorted(gold.items()):
        found = read_page(_unzipped(folder / "html" / f"{name}.html.gz"), item["url"], url=item["url"])
        body = found.text if isinstance(found, RawArticle) else ""
        if not isinstance(found, RawArticle):
            refused[found.code] += 1
        lines.append({"page": name, "text": body})
        precision, recall = overlap(shingles(item["articleBody"]), shingles(body))
        precisions += [] if precision is None else [precision]
        recalls += [] if recall is None else [recall]
    precision, recall = sum(precisions) / len(precisions), sum(recalls) / len(recalls)
    return {
        "pages": len(gold),
        "precision": round(100 * precision, 2),
        "recall": round(100 * recall, 2),
        "F1": round(200 * precision * recall / (precision + recall), 2),
        "refused": dict(sorted(refused.items())),
    }


def _dates(folder: Path, lines: list[dict[str, Any]]) -> dict[str, Any]:
    gold = json.loads((folder / "eval_mediacloud_2020.json").read_text(encoding="utf-8"))
    counts = Counter({"right": 0, "wrong": 0, "none": 0})
    for url, item in sorted(gold.items()):
        data = _unzipped(folder / "html" / f"{item['file']}.gz")
        found = read_page(data, url, url=url)
        day = found.published[:10] if isinstance(found, RawArticle) and found.published else None
        if day is None:
            day = stated(data, url)
        lines.append({"page": url, "published": day})
        counts["none" if day is None else "right" if day == item["date"] else "wrong"] += 1
    return {"pages": len(gold), **counts}


def stated(data: bytes, url: str) -> str | None:
    """Return the day that a page without a main text states: the set asks for it, though the product has no use."""
    from onrecord.ingest import html_facts  # noqa: PLC0415 - this bench alone

    day, _ = html_facts.chosen(html_facts.read(data.decode("utf-8", "replace"), url), url)
    return day[:10] if day else None


def _unzipped(path: Path) -> bytes:
    with gzip.open(path) as file:
        return file.read()


def shingles(text: str) -> Shingles:
    """Return the 4-grams of words with their counts; one shorter gram where there are fewer words."""
    words = _WORD.findall(text)
    size = min(_SIZE, len(words))
    return Counter(tuple(words[at : at + size]) for at in range(len(words) - size + 1)) if words else Counter()


def overlap(gold: Shingles, found: Shingles) -> tuple[float | None, float | None]:
    """Return precision and recall; None where there is nothing to divide by."""
    both = sum((gold & found).values())
    predicted, wanted = sum(found.values()), sum(gold.values())
    return (both / predicted if predicted else None), (both / wanted if wanted else None)
