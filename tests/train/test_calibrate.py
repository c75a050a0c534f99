"""What counts as right, and that the confidence says how often."""

from pathlib import Path
from typing import Self

import numpy as np
import pytest

from onrecord.read.tagger import Attribution, Params
from onrecord.train.calibrate import calibrate, fit, is_right, reliability

GOLD = [
    {"source": [(0, 4)], "cue": [(5, 9)], "content": [(10, 30)]},
    {"source": [], "cue": [(40, 45)], "content": [(46, 60)]},
]


def found(source: list[tuple[int, int]], content: list[tuple[int, int]]) -> Attribution:
    return Attribution(source=tuple(source), cue=(), content=tuple(content), confidence=0.5)


def test_content_and_source_must_meet_the_same_attribution() -> None:
    assert is_right(found([(2, 4)], [(20, 35)]), GOLD)
    assert is_right(found([], [(50, 55)]), GOLD)
    assert not is_right(found([(0, 4)], [(50, 55)]), GOLD)
    assert not is_right(found([], [(20, 25)]), GOLD)
    assert not is_right(found([(0, 4)], []), GOLD)


def test_the_fit_finds_the_chance() -> None:
    chance = np.random.default_rng(0)
    figure = chance.normal(size=4000)
    truth = (chance.random(4000) < 1 / (1 + np.exp(-(0.5 + 2 * figure)))).astype(float)
    weights = fit(np.stack([np.ones(4000), figure], 1), truth)
    assert np.allclose(weights, [0.5, 2.0], atol=0.2)


def test_reliability_counts_every_attribution() -> None:
    bands = reliability(np.array([0.1, 0.55, 0.97, 1.0]), np.array([0.0, 1.0, 1.0, 1.0]))
    assert sum(band["count"] for band in bands) == 4
    assert bands[-1]["true"] == 1.0


class Blind:
    """A tagger that sees nothing."""

    params = Params(encoding=3, link_width=1, starts=[], steps=[], openings=[], confidence=[])

    def encode(self, text: str) -> str:
        return text

    def score(self, encoded: str) -> str:
        return encoded

    def with_params(self, params: Params) -> Self:
        self.params = params
        return self

    def decide(self, weighed: str) -> list[object]:
        return [one for one in weighed if one == "never there"]


def test_a_model_that_finds_nothing_is_not_calibrated(tmp_path: Path) -> None:
    (tmp_path / "text").mkdir()
    (tmp_path / "ann").mkdir()
    (tmp_path / "text" / "one.txt").write_text("Mila Torven said it rained.", encoding="utf-8")
    (tmp_path / "ann" / "one_a.ann").write_text("", encoding="utf-8")
    (tmp_path / "cofenet.jsonl").write_text("", encoding="utf-8")
    with pytest.raises(ValueError, match="finds no attribution"):
        calibrate(Blind(), tmp_path, None)
