"""The best labelling, and the probabilities of spans, against counting every labelling."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.read.tagger_decode import SIZE, Chain, likeliest, probabilities


def all_paths(emissions: np.ndarray, chain: Chain) -> dict[tuple[int, ...], float]:
    weights = {}
    for path in itertools.product(range(SIZE), repeat=len(emissions)):
        score = chain.starts[path[0]] + sum(emissions[at, label] for at, label in enumerate(path))
        score += sum(chain.steps[a, b] for a, b in itertools.pairwise(path))
        if score > -np.inf:
            weights[path] = float(np.exp(score))
    total = sum(weights.values())
    return {path: weight / total for path, weight in weights.items()}


def says(path: tuple[int, ...], role: int, start: int, end: int) -> bool:
    inside = 2 * role + 2
    return (
        path[start] == inside - 1
        and all(label == inside for label in path[start + 1 : end])
        and (end == len(path) or path[end] != inside)
    )


def made_up(seed: int, length: int) -> tuple[np.ndarray, Chain]:
    chance = np.random.default_rng(seed)
    emissions = chance.normal(0, 2, (length, SIZE)).astype(np.float32)
    return emissions, Chain.of(chance.normal(0, 1, SIZE).tolist(), chance.normal(0, 1, (SIZE, SIZE)).tolist())


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 4))
def test_a_span_is_as_likely_as_the_labellings_that_hold_it(seed: int, length: int) -> None:
    emissions, chain = made_up(seed, length)
    paths = all_paths(emissions, chain)
    spans = [
        (role, start, end)
        for role, start in itertools.product(range(3), range(length))
        for end in range(start + 1, length + 1)
    ]
    for span, found in zip(spans, probabilities(emissions, chain, spans), strict=True):
        assert found == pytest.approx(sum(p for path, p in paths.items() if says(path, *span)), abs=1e-6)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 4))
def test_the_best_labelling_is_found(seed: int, length: int) -> None:
    emissions, chain = made_up(seed, length)
    paths = all_paths(emissions, chain)
    best = max(paths, key=lambda path: paths[path])
    spans = [
        (role, start, end)
        for role, start in itertools.product(range(3), range(length))
        for end in range(start + 1, length + 1)
    ]
    assert {(run.role, run.start, run.end) for run in likeliest(emissions, chain)} == {
        s for s in spans if says(best, *s)
    }


def test_openings_find_more_or_fewer() -> None:
    emissions = np.random.default_rng(5).normal(0, 1, (40, SIZE)).astype(np.float32)
    counts = []
    for opening in (-3.0, 0.0, 3.0):
        chain = Chain.of([0.0] * SIZE, [[0.0] * SIZE] * SIZE, [0.0, opening, 0.0])
        counts.append(sum(run.role == 1 for run in likeliest(emissions, chain)))
    assert counts[0] < counts[1] < counts[2]


def test_nothing_gives_nothing() -> None:
    chain = Chain.of([0.0] * SIZE, [[0.0] * SIZE] * SIZE)
    assert likeliest(np.zeros((0, SIZE), np.float32), chain) == []


def test_a_run_of_thousands_of_words_has_a_chance() -> None:
    count, inside = 4000, 6
    emissions = np.full((count, SIZE), -4.0, dtype=np.float32)
    emissions[0, 5], emissions[1:, inside] = 8.0, 8.0
    chain = Chain.of([0.0] * SIZE, np.full((SIZE, SIZE), 1.5).tolist())
    (chance,) = probabilities(emissions, chain, [(2, 0, count)])
    assert 0.5 < chance <= 1.0
