"""The graph that is written says what the network says. Runs only where torch and onnx are installed."""

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training needs torch, which reading does not")
pytest.importorskip("onnx", reason="the graph is written with onnx")
pytest.importorskip("safetensors", reason="training needs safetensors")

import onnxruntime  # noqa: E402

from onrecord.read.tagger import INPUTS  # noqa: E402
from onrecord.read.tagger_encode import Encoded, inputs  # noqa: E402
from onrecord.train.graph import build, weights_of  # noqa: E402
from onrecord.train.net import Dense, Reader, Shape  # noqa: E402

SMALL = Shape(
    vocab_size=200,
    hidden_size=32,
    intermediate_size=64,
    num_hidden_layers=3,
    num_attention_heads=4,
    max_position_embeddings=64,
    layer_norm_eps=1e-12,
)


def window(words: int) -> dict[str, np.ndarray]:
    """Words of one to three pieces."""
    chance = np.random.default_rng(words)
    first = np.concatenate([[0], np.cumsum(chance.integers(1, 4, words))])
    encoded = Encoded(
        text="",
        ids=chance.integers(110, 200, int(first[-1])),
        types=chance.integers(0, 60, int(first[-1])),
        first=first,
        starts=np.arange(words),
        ends=np.arange(words) + 1,
        segments=np.zeros(1, np.int64),
        paragraphs=np.zeros(words, np.int64),
        features=chance.integers(0, 50, (words, 4)),
    )
    return inputs([(encoded, 0, words)])


def both(int8: bool, merge: int) -> tuple[list[np.ndarray], list[np.ndarray]]:
    torch.manual_seed(2)
    reader = Reader(SMALL, 0.0, merge=merge).eval()
    torch.nn.init.normal_(reader.features.weight)
    arrays = window(17)
    with torch.inference_mode():
        expected = [part.numpy() for part in reader(*(torch.from_numpy(array) for array in arrays.values()))]
    session = onnxruntime.InferenceSession(
        build(reader, int8=int8).SerializeToString(), providers=["CPUExecutionProvider"]
    )
    return expected, session.run(["labels", "links"], {name: arrays[name] for name in INPUTS})


@pytest.mark.parametrize("merge", [1, 2])
def test_nothing_rounded_nothing_changed(merge: int) -> None:
    expected, found = both(int8=False, merge=merge)
    for ours, theirs in zip(found, expected, strict=True):
        assert ours.shape == theirs.shape == (1, 19, ours.shape[2])
        assert np.allclose(ours, theirs, atol=1e-4)


def test_int8_stays_near() -> None:
    expected, found = both(int8=True, merge=2)
    for ours, theirs in zip(found, expected, strict=True):
        assert np.corrcoef(ours.ravel(), theirs.ravel())[0, 1] > 0.995
        assert not np.array_equal(ours, theirs)


def test_padding_changes_nothing() -> None:
    torch.manual_seed(3)
    reader = Reader(SMALL, 0.0, merge=1).eval()
    short, long = window(6), window(17)
    alone = reader(*(torch.from_numpy(array) for array in short.values()))[0]
    padded = []
    for name, array in short.items():
        fill = {"first": -1, "attention_mask": 0}.get(name, 0)
        wide = np.full((2, *long[name].shape[1:]), fill, dtype=np.int64)
        wide[0, : array.shape[1]] = array[0]
        wide[1] = long[name][0]
        padded.append(torch.from_numpy(wide))
    assert torch.allclose(reader(*padded)[0][0, :8], alone[0], atol=1e-5)


def test_a_graph_gives_its_weights_back() -> None:
    torch.manual_seed(5)
    reader = Reader(SMALL, 0.0)
    for int8, near in ((False, 1e-7), (True, 0.02)):
        found = weights_of(build(reader, int8=int8))
        state = {name: value.numpy() for name, value in reader.state_dict().items()}
        trained_only = {"crf.steps", "crf.starts", "distance", "nothing"}
        assert set(found) == set(state) - trained_only
        for name, value in found.items():
            assert np.allclose(value, state[name], atol=near * max(1.0, float(np.abs(state[name]).max()))), name


def test_rounding_in_training_is_the_graphs_rounding() -> None:
    torch.manual_seed(2)
    reader = Reader(SMALL, 0.0, merge=2).eval()
    with torch.no_grad():  # the table of words is rounded in the graph alone: let there be nothing to round
        step = reader.words.weight.abs().amax(1, keepdim=True) / 127
        reader.words.weight.copy_(torch.round(reader.words.weight / step) * step)
    arrays = window(17)
    session = onnxruntime.InferenceSession(build(reader).SerializeToString(), providers=["CPUExecutionProvider"])
    shipped = session.run(["labels"], {name: arrays[name] for name in INPUTS})[0]

    def away() -> float:
        with torch.inference_mode():
            labels = reader(*(torch.from_numpy(array) for array in arrays.values()))[0].numpy()
        return float(np.abs(labels - shipped).mean())

    exact = away()
    for part in reader.modules():
        if isinstance(part, Dense):
            part.rounded = True
    assert away() < exact / 2


def test_gradients_go_through_the_rounding() -> None:
    torch.manual_seed(4)
    dense = Dense(8, 3)
    dense.rounded = True
    state = torch.randn(2, 5, 8, requires_grad=True)
    dense(state).sum().backward()
    assert state.grad is not None
    assert dense.weight.grad is not None
    assert float(state.grad.abs().min()) > 0
    assert float(dense.weight.grad.abs().min()) > 0
