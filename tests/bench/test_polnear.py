"""Whole articles through the door that the benchmark opens, in both layouts."""

import json
from pathlib import Path

from onrecord.bench.polnear import run

TEXT = "Ilse Varga said on Monday that the talks had failed. The guards called for calm.\n"


def span(words: str) -> list[int]:
    return [TEXT.index(words), TEXT.index(words) + len(words)]


def gum(folder: Path) -> Path:
    (folder / "text").mkdir(parents=True)
    (folder / "text" / "GUM_news_talks.txt").write_text(TEXT, encoding="utf-8")
    row = {"source": [span("Ilse Varga")], "cue": [span("said")], "content": [span("the talks had failed")]}
    listed = {"id": "GUM_news_talks", "attributions": [row]}
    (folder / "attributions.jsonl").write_text(json.dumps(listed) + "\n", encoding="utf-8")
    return folder


def polnear(folder: Path) -> Path:
    (folder / "text").mkdir(parents=True)
    (folder / "ann").mkdir()
    (folder / "text" / "paper_talks.txt").write_text(TEXT, encoding="utf-8")
    parts = [("Source", "Ilse Varga"), ("Cue", "said"), ("Content", "that the talks had failed")]
    lines = [f"T{at}\t{role} {span(words)[0]} {span(words)[1]}\t{words}" for at, (role, words) in enumerate(parts, 1)]
    lines.append("E1\tAttribution:T2 Source:T1 Cue:T2 Content:T3")
    (folder / "ann" / "paper_talks_reader.ann").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def test_gum_counts_clauses_alone_and_says_what_it_left_out(tmp_path: Path) -> None:
    report = run(gum(tmp_path), tmp_path / "out.jsonl", reader="rules")
    written = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert report["all"]["content_overlap"]["f1"] == 100.0
    assert report["predicted"] == len(written) == 1
    assert report["unfiltered"]["content_overlap"]["predicted"] >= 1


def test_polnear_counts_everything_by_kind(tmp_path: Path) -> None:
    report = run(polnear(tmp_path), reader="rules")
    assert "unfiltered" not in report
    assert report["all"]["content_overlap"]["recall"] == 100.0
    assert report["by"]["source"]["name"] == {
        "of": 1,
        **{measure: {"share": 100.0, "low": 100.0, "high": 100.0} for measure in ("found", "exact", "speaker")},
    }
