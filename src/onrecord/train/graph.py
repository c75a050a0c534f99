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


class Graph:
    """Nodes and constants as they are added. Every method returns the name of what it makes."""

    def __init__(self, *, int8: bool = True) -> None:
        self.int8 = int8
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, value: Array) -> str:
        """Add a constant."""
        name = f"constant_{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, kind: str, given: list[str], *, contrib: bool = False, **options: Any) -> str:
        """Add a node with one output."""
        name = f"{kind}_{len(self.nodes)}"
        domain = CONTRIB if contrib else ""
        self.nodes.append(helper.make_node(kind, given, [name], name=name, domain=domain, **options))
        return name

    def linear(self, state: str, weight: Array, bias: Array | None) -> str:
        """Multiply by a matrix (out, in) and add a bias; int8 unless the graph is to stay exact."""
        if not self.int8:
            product = self.node("MatMul", [state, self.constant(weight.T)])
            return product if bias is None else self.node("Add", [product, self.constant(bias)])
        scale = np.maximum(np.abs(weight).max(1), 1e-8) / 127
        matrix = np.rint(weight / scale[:, None]).astype(np.int8).T
        given = [state, self.constant(matrix), self.constant(scale.astype(np.float32)), ""]
        given.append("" if bias is None else self.constant(bias))
        return self.node("DynamicQuantizeMatMul", given, contrib=True)

    def table(self, index: str, weight: Array) -> str:
        """Look up rows of a large table, kept as int8 with a scale for each row."""
        if not self.int8:
            return self.node("Gather", [self.constant(weight), index])
        scale = np.maximum(np.abs(weight).max(1, keepdims=True), 1e-8) / 127
        rows = self.node("Gather", [self.constant(np.rint(weight / scale).astype(np.int8)), index])
        scales = self.node("Gather", [self.constant(scale.astype(np.float32)), index])
        return self.node("Mul", [self.node("Cast", [rows], to=TensorProto.FLOAT), scales])

    def norm(self, state: str, weights: dict[str, Array], name: str, epsilon: float) -> str:
        """Normalise the last axis."""
        given = [state, self.constant(weights[f"{name}.weight"]), self.constant(weights[f"{name}.bias"])]
        return self.node("LayerNormalization", given, axis=-1, epsilon=epsilon)


def build(reader: Reader, *, int8: bool = True) -> onnx.ModelProto:
    """Make the graph of a network: the arrays of `tagger_encode.inputs` for one window -> label scores, link vectors.

    With `int8` false nothing is rounded, which is how the graph itself is tested.
    """
    weights = {name: value.detach().numpy().astype(np.float32) for name, value in reader.state_dict().items()}
    graph, shape = Graph(int8=int8), reader.shape
    state = _embed(graph, weights)
    state = graph.norm(state, weights, "norm", shape.layer_norm_eps)
    first = graph.node("Squeeze", ["first", graph.constant(np.array([0]))])
    for layer in range(shape.num_hidden_layers):
        if layer == reader.merge:
            state = graph.node("Gather", [state, first], axis=1)
        state = _layer(graph, weights, f"layers.{layer}", state, reader)
    for name, head in zip(OUTPUTS, ("label", "link"), strict=True):
        product = graph.node("MatMul", [state, graph.constant(weights[f"{head}.weight"].T)])
        graph.nodes.append(helper.make_node("Add", [product, graph.constant(weights[f"{head}.bias"])], [name]))
    return _model(graph)


def _embed(graph: Graph, weights: dict[str, Array]) -> str:
    words = graph.table("input_ids", weights["words.weight"])
    length = graph.node("Shape", ["input_ids"], start=1, end=2)
    start, axis = graph.constant(np.array([0])), graph.constant(np.array([0]))
    places = graph.node("Slice", [graph.constant(weights["positions.weight"]), start, length, axis])
    types = graph.node("Gather", [graph.constant(weights["types.weight"]), "token_type_ids"])
    known = graph.node("Gather", [graph.constant(weights["features.weight"]), "features"])
    known = graph.node("ReduceSum", [known, graph.constant(np.array([2]))], keepdims=0)
    state = graph.node("Add", [words, graph.node("Unsqueeze", [places, axis])])
    return graph.node("Add", [graph.node("Add", [state, types]), known])


def _layer(graph: Graph, weights: dict[str, Array], name: str, state: str, reader: Reader) -> str:
    def linear(part: str, given: str, *, biased: bool = True) -> str:
        bias = weights[f"{name}.{part}.bias"] if biased else None
        return graph.linear(given, weights[f"{name}.{part}.weight"], bias)

    epsilon, heads = reader.shape.layer_norm_eps, reader.shape.num_attention_heads
    three = [linear(part, state) for part in ("query", "key", "value")]
    mixed = graph.node("MultiHeadAttention", three, contrib=True, num_heads=heads)
    state = graph.norm(graph.node("Add", [linear("out", mixed), state]), weights, f"{name}.out_norm", epsilon)
    inner = linear("up", state, biased=False)
    inner = graph.node("BiasGelu", [inner, graph.constant(weights[f"{name}.up.bias"])], contrib=True)
    return graph.norm(graph.node("Add", [linear("down", inner), state]), weights, f"{name}.down_norm", epsilon)


def _model(graph: Graph) -> onnx.ModelProto:
    given = [
        helper.make_tensor_value_info(name, TensorProto.INT64, [1, *[None] * (axes - 1)])
        for name, axes in INPUTS.items()
    ]
    made = [helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, None, None]) for name in OUTPUTS]
    whole = helper.make_graph(graph.nodes, "attribution", given, made, graph.constants)
    sets = [helper.make_opsetid("", OPSET), helper.make_opsetid(CONTRIB, 1)]
    return helper.make_model(whole, opset_imports=sets, ir_version=IR)
