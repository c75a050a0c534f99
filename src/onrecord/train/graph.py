"""Write a trained network as the ONNX graph that is shipped, node by node.

A traced and fused graph spends a quarter of its time in one slow norm and gathers wordpieces that nothing reads, so the
graph is written out: int8 matrices scaled by column with activations scaled as they come (onnxruntime's
DynamicQuantizeMatMul), its own attention kernel, the plain norm. It takes one window at a time, without padding.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from onrecord.train.net import Reader

Array = NDArray[Any]
OPSET, IR = 20, 10
CONTRIB = "com.microsoft"
INPUTS = {"input_ids": 2, "token_type_ids": 2, "features": 3, "first": 2}
OUTPUTS = ("labels", "links")
TURNED, ROUNDED, SCALE = ".turned", ".int8", ".scale"


class Graph:
    """Nodes and constants as they are added. Every method returns the name of what it makes."""

    def __init__(self, weights: dict[str, Array], *, int8: bool = True) -> None:
        self.weights, self.int8 = weights, int8
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, value: Array, name: str = "") -> str:
        """Add a constant; weights keep their name in the network, so that a graph can be taken up again."""
        name = name or f"constant_{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, kind: str, given: list[str], *, contrib: bool = False, **options: Any) -> str:
        """Add a node with one output."""
        name = f"{kind}_{len(self.nodes)}"
        domain = CONTRIB if contrib else ""
        self.nodes.append(helper.make_node(kind, given, [name], name=name, domain=domain, **options))
        return name

    def weight(self, name: str) -> str:
        """Add one of the network's weights as it is."""
        return self.constant(self.weights[name], name)

    def linear(self, state: str, name: str, *, biased: bool = True) -> str:
        """Multiply by a matrix (out, in) and add its bias; int8 unless the graph is to stay exact."""
        weight, bias = self.weights[f"{name}.weight"], f"{name}.bias"
        if not self.int8:
            product = self.node("MatMul", [state, self.constant(weight.T, f"{name}.weight{TURNED}")])
            return self.node("Add", [product, self.weight(bias)]) if biased else product
        scale = np.maximum(np.abs(weight).max(1), 1e-8) / 127
        matrix = self.constant(np.rint(weight / scale[:, None]).astype(np.int8).T, f"{name}.weight{TURNED}{ROUNDED}")
        scales = self.constant(scale.astype(np.float32), f"{name}.weight{TURNED}{SCALE}")
        given = [state, matrix, scales, "", self.weight(bias) if biased else ""]
        return self.node("DynamicQuantizeMatMul", given, contrib=True)

    def table(self, index: str, name: str) -> str:
        """Look up rows of a large table, kept as int8 with a scale for each row."""
        weight = self.weights[name]
        if not self.int8:
            return self.node("Gather", [self.weight(name), index])
        scale = np.maximum(np.abs(weight).max(1, keepdims=True), 1e-8) / 127
        rounded = self.constant(np.rint(weight / scale).astype(np.int8), name + ROUNDED)
        rows = self.node("Cast", [self.node("Gather", [rounded, index])], to=TensorProto.FLOAT)
        scales = self.node("Gather", [self.constant(scale.astype(np.float32), name + SCALE), index])
        return self.node("Mul", [rows, scales])

    def norm(self, state: str, name: str, epsilon: float) -> str:
        """Normalise the last axis."""
        given = [state, self.weight(f"{name}.weight"), self.weight(f"{name}.bias")]
        return self.node("LayerNormalization", given, axis=-1, epsilon=epsilon)


def build(reader: Reader, *, int8: bool = True) -> onnx.ModelProto:
    """Make the graph of a network: the arrays of `tagger_encode.inputs` for one window -> label scores, link vectors.

    With `int8` false nothing is rounded, which is how the graph itself is tested.
    """
    weights = {name: value.detach().numpy().astype(np.float32) for name, value in reader.state_dict().items()}
    graph, shape = Graph(weights, int8=int8), reader.shape
    state = graph.norm(_embed(graph), "norm", shape.layer_norm_eps)
    first = graph.node("Squeeze", ["first", graph.constant(np.array([0]))])
    for layer in range(shape.num_hidden_layers):
        if layer == reader.merge:
            state = graph.node("Gather", [state, first], axis=1)
        state = _layer(graph, f"layers.{layer}", state, reader)
    for name, head in zip(OUTPUTS, ("label", "link"), strict=True):
        matrix = graph.constant(weights[f"{head}.weight"].T, f"{head}.weight{TURNED}")
        product = graph.node("MatMul", [state, matrix])
        graph.nodes.append(helper.make_node("Add", [product, graph.weight(f"{head}.bias")], [name]))
    return _model(graph)


def _embed(graph: Graph) -> str:
    words = graph.table("input_ids", "words.weight")
    length = graph.node("Shape", ["input_ids"], start=1, end=2)
    start, axis = graph.constant(np.array([0])), graph.constant(np.array([0]))
    places = graph.node("Slice", [graph.weight("positions.weight"), start, length, axis])
    types = graph.node("Gather", [graph.weight("types.weight"), "token_type_ids"])
    known = graph.node("Gather", [graph.weight("features.weight"), "features"])
    known = graph.node("ReduceSum", [known, graph.constant(np.array([2]))], keepdims=0)
    state = graph.node("Add", [words, graph.node("Unsqueeze", [places, axis])])
    return graph.node("Add", [graph.node("Add", [state, types]), known])


def _layer(graph: Graph, name: str, state: str, reader: Reader) -> str:
    epsilon, heads = reader.shape.layer_norm_eps, reader.shape.num_attention_heads
    three = [graph.linear(state, f"{name}.{part}") for part in ("query", "key", "value")]
    mixed = graph.node("MultiHeadAttention", three, contrib=True, num_heads=heads)
    state = graph.norm(graph.node("Add", [graph.linear(mixed, f"{name}.out"), state]), f"{name}.out_norm", epsilon)
    inner = graph.linear(state, f"{name}.up", biased=False)
    inner = graph.node("BiasGelu", [inner, graph.weight(f"{name}.up.bias")], contrib=True)
    return graph.norm(graph.node("Add", [graph.linear(inner, f"{name}.down"), state]), f"{name}.down_norm", epsilon)


def weights_of(model: onnx.ModelProto) -> dict[str, Array]:
    """Give back the weights under the names that the network has for them, as near as int8 kept them."""
    kept = {tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer}
    found: dict[str, Array] = {}
    for name, value in kept.items():
        if name.startswith("constant_") or name.endswith(SCALE):
            continue
        own = name.removesuffix(ROUNDED)
        whole = value.astype(np.float32) * kept[own + SCALE] if own != name else value
        found[own.removesuffix(TURNED)] = whole.T if own.endswith(TURNED) else whole
    return found


def _model(graph: Graph) -> onnx.ModelProto:
    given = [
        helper.make_tensor_value_info(name, TensorProto.INT64, [1, *[None] * (axes - 1)])
        for name, axes in INPUTS.items()
    ]
    made = [helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, None, None]) for name in OUTPUTS]
    whole = helper.make_graph(graph.nodes, "attribution", given, made, graph.constants)
    sets = [helper.make_opsetid("", OPSET), helper.make_opsetid(CONTRIB, 1)]
    return helper.make_model(whole, opset_imports=sets, ir_version=IR)
