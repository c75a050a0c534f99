"""Reading brat and counting exact F1."""

from pathlib import Path

from onrecord.train.polnear import bio_spans, exact_f1, project, read_articles, read_brat, read_items

BRAT = """T1\tSource 0 10\tIlse Varga
T2\tCue 11 15\tsaid
T3\tContent 16 20;30 35\tno, never
T4\tAttribution 11 15\tsaid
T5\tContent 40 44\tstay
E1\tAttribution:T4 Content:T3 Cue:T2 Source:T1 Content2:T5
E2\tAttribution:T4 Cue:T2
"""


def test_brat_fragments_and_numbered_arguments() -> None:
    first, second = read_brat(BRAT)
    assert first == {"source": [(0, 10)], "cue": [(11, 15)], "content": [(16, 20), (30, 35), (40, 44)]}
    assert second["content"] == []


def test_articles_keep_their_line_ends_and_all_annotators(tmp_path: Path) -> None:
    (tmp_path / "text").mkdir()
    (tmp_path / "ann").mkdir()
    (tmp_path / "text" / "a_b.txt").write_bytes(b"one\r\ntwo")
    for who in ("x", "y"):
        (tmp_path / "ann" / f"a_b_{who}.ann").write_text(BRAT, encoding="utf-8")
    (article,) = read_articles(tmp_path)
    assert article.text == "one\r\ntwo"
    assert len(article.annotations) == 2


def test_items(tmp_path: Path) -> None:
    path = tmp_path / "items.jsonl"
    path.write_text('{"document": "d", "labels": ["B-cue"], "offsets": [[3, 7]]}\n', encoding="utf-8")
    (item,) = read_items(path)
    assert (item.document, item.labels, item.offsets) == ("d", ["B-cue"], [(3, 7)])


def test_projection_drops_what_touches_a_labelled_token() -> None:
    offsets = [(0, 3), (4, 8), None, (9, 12)]
    assert project(offsets, [("cue", 4, 12), ("source", 0, 5)]) == ["O", "B-cue", "I-cue", "I-cue"]
    assert project(offsets, [("source", 20, 25)]) == ["O"] * 4


def test_an_i_without_its_b_says_nothing() -> None:
    assert bio_spans(["I-cue", "B-source", "I-source", "I-cue", "B-cue"]) == {("source", 1, 3), ("cue", 4, 5)}


def test_exact_f1() -> None:
    gold = ["B-source", "I-source", "B-cue", "B-content"]
    found = exact_f1([(gold, ["B-source", "O", "B-cue", "O"])])
    assert found == {"source": 0.0, "cue": 100.0, "content": 0.0}
    assert set(exact_f1([(gold, gold)]).values()) == {100.0}
