"""Two halves of a batch give the gradients of the whole; the average lags behind the weights. Only where torch is."""

import random

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training needs torch, which reading does not")
pytest.importorskip("safetensors", reason="training needs safetensors")

from onrecord.read.tagger_encode import Encoded  # noqa: E402
from onrecord.train.examples import Example, Labelled  # noqa: E402
from onrecord.train.loss import batch_loss  # noqa: E402
from onrecord.train.net import Reader, Shape  # noqa: E402
from onrecord.train.optimise import Average, Halves, optimiser, set_rates  # noqa: E402

SMALL = Shape(
    vocab_size=200,
    hidden_size=8,
    intermediate_size=16,
    num_hidden_layers=2,
    num_attention_heads=2,
    max_position_embeddings=32,
    layer_norm_eps=1e-12,
)


def example(seed: int, count: int) -> Example:
    chance = np.random.default_rng(seed)
    encoded = Encoded(
        text=" ".join("w" * count),
        ids=chance.integers(110, 200, count),
        types=np.zeros(count, np.int64),
        first=np.arange(count + 1),
        starts=np.arange(count) * 2,
        ends=np.arange(count) * 2 + 1,
        segments=np.zeros(1, np.int64),
        paragraphs=np.ones(count, np.int64),
    )
    return Example(Labelled(encoded, np.array([1, 3, 5, 6] + [0] * (count - 4))), 0, count)


def small_reader() -> Reader:
    torch.manual_seed(1)
    return Reader(SMALL, dropout=0.0)


def test_halves_give_the_gradients_of_the_whole() -> None:
    batch = [example(seed, 6 + seed) for seed in range(4)]
    whole, reader = small_reader(), small_reader()
    loss, labels, _ = batch_loss(whole, batch, random.Random(1))
    loss.backward()
    seen, _ = Halves(reader).gradients(batch, random.Random(1), 0.0)
    assert seen == pytest.approx(labels, rel=1e-4)
    for name, parameter in whole.named_parameters():
        other = dict(reader.named_parameters())[name].grad
        if parameter.grad is not None and name.startswith(("layers", "label", "crf")):
            assert torch.allclose(parameter.grad, other, atol=1e-5), name


def test_one_example_is_no_trouble() -> None:
    reader = small_reader()
    assert Halves(reader).gradients([example(1, 7)], random.Random(1), 0.1)[0] > 0


def test_rates_rise_and_fall_and_differ_by_layer() -> None:
    reader = small_reader()
    optimise = optimiser(reader, 1e-4, 0.5)
    base = sorted({group["base"] for group in optimise.param_groups})
    assert base == pytest.approx([2.5e-5, 5e-5, 1e-4, 1e-3, 5e-3])
    seen = []
    for done in (0.0, 0.06, 0.5, 1.0):
        set_rates(optimise, done)
        seen.append(optimise.param_groups[0]["lr"] / optimise.param_groups[0]["base"])
    assert seen[0] < seen[1] == 1.0
    assert seen[1] > seen[2] > seen[3] == pytest.approx(0.01)


def test_the_average_lags_behind() -> None:
    reader = small_reader()
    average = Average(reader, 0.9)
    before = reader.label.weight.detach().clone()
    with torch.no_grad():
        reader.label.weight += 1.0
    average.update(reader, 1000)
    moved = (average.applied(reader).label.weight - before).mean().item()
    assert moved == pytest.approx(0.1, abs=1e-3)
