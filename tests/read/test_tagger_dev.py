"""The shipped reader on PolNeAR's dev articles, against floors. Needs ../shared/gold, which is never copied here."""

from pathlib import Path

import pytest

from onrecord.read.tagger import Tagger
from onrecord.read.tagger_encode import ROLES
from onrecord.train.polnear import exact_f1, project, read_articles, read_items

DEV = Path(__file__).resolve().parents[3] / "shared" / "gold" / "polnear" / "dev"
FLOORS = {"source": 80.0, "cue": 74.0, "content": 68.0}


@pytest.mark.slow
@pytest.mark.gold
@pytest.mark.skipif(not DEV.is_dir(), reason="PolNeAR is not at ../shared/gold/polnear")
def test_exact_f1_keeps_to_its_floors() -> None:
    tagger = Tagger.load()
    found: dict[str, list[tuple[str, int, int]]] = {}
    for article in read_articles(DEV):
        for one in tagger.tag(article.text):
            spans = found.setdefault(article.stem, [])
            spans += [(role, start, end) for role in ROLES for start, end in getattr(one, role)]
    items = read_items(DEV / "cofenet.jsonl")
    figures = exact_f1((item.labels, project(item.offsets, found.get(item.document, []))) for item in items)
    low = {role: round(figures[role], 2) for role in ROLES if figures[role] < FLOORS[role]}
    assert not low, f"exact F1 fell: {low}, floors {FLOORS}"
