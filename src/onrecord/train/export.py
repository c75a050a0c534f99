"""Make the files that are shipped: an int8 ONNX graph, the tokenizer, and the parameters that stand beside them.

    python -m onrecord.train.export DIR/epoch-N.pt --base DIR/base --into src/onrecord/read/data

The weights of the confidence are placeholders until `python -m onrecord.train.calibrate` has set them.
"""

from __future__ import annotations

import argparse
import json
import logging
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers import optimizer
from onnxruntime.transformers.fusion_options import FusionOptions

from onrecord.read.tagger_encode import ENCODING
from onrecord.train.net import Reader, Shape

log = logging.getLogger(__name__)

INPUTS = ["input_ids", "token_type_ids", "attention_mask", "features"]
OUTPUTS = ["labels", "links"]
QUANTISED = ["MatMul", "Attention", "Gather"]


def load(checkpoint: Path, part: str = "reader") -> Reader:
    """Read a checkpoint; `part` is "reader" for the averaged weights, "last" for those of the last step."""
    saved = torch.load(checkpoint, weights_only=False)
    reader = Reader(Shape(**saved["shape"]))
    reader.load_state_dict(saved[part])
    return reader.eval()


def write_graph(reader: Reader, path: Path) -> None:
    """Write the network as an fp32 ONNX graph with its layers fused."""
    reader.plain = True
    ids = torch.randint(1000, 20000, (2, 37))
    example = (ids, torch.zeros_like(ids), torch.ones_like(ids), torch.zeros(2, 37, 4, dtype=torch.long))
    axes = {name: {0: "rows", 1: "pieces"} for name in INPUTS + OUTPUTS}
    raw = path.with_suffix(".raw")
    torch.onnx.export(
        reader,
        example,
        str(raw),
        input_names=INPUTS,
        output_names=OUTPUTS,
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
    )
    options = FusionOptions("bert")
    options.enable_embed_layer_norm = False
    shape = reader.shape
    fused = optimizer.optimize_model(
        str(raw),
        model_type="bert",
        num_heads=shape.num_attention_heads,
        hidden_size=shape.hidden_size,
        optimization_options=options,
    )
    log.info("fused: %s", fused.get_fused_operator_statistics())
    fused.save_model_to_file(str(path))


def quantise(graph: Path, path: Path, exact: Sequence[int] = ()) -> None:
    """Make weights int8, scaled by column; activations are scaled as they come.

    The second halves of the feed-forward blocks lose most by it; in the layers named in `exact` they stay as they are,
    at 1.8 MB each.
    """
    quantize_dynamic(
        graph,
        path,
        per_channel=True,
        weight_type=QuantType.QInt8,
        op_types_to_quantize=QUANTISED,
        nodes_to_exclude=[f"/layers.{layer}/down/MatMul" for layer in exact],
        extra_options={"DefaultTensorType": 1},
    )


def export(reader: Reader, base: Path, into: Path, *, exact: Sequence[int] = (), fp32: bool = False) -> None:
    """Write model, tokenizer and parameters into a folder; confidence weights that stand there are kept."""
    into.mkdir(parents=True, exist_ok=True)
    model = into / "attribution.int8.onnx"
    with tempfile.TemporaryDirectory() as folder:
        graph = Path(folder) / "fused.onnx"
        write_graph(reader, graph)
        if fp32:
            shutil.copy(graph, model)
        else:
            quantise(graph, model, exact)
    shutil.copy(base / "tokenizer.json", into / "tokenizer.json")
    params = into / "attribution.params.json"
    kept = {
        "openings": [0.0, 0.0, 0.0],
        "confidence": [0.0, 0.3, 0.3, 0.3, 0.0, 0.0, 0.0, 0.0],
        "core": 160,
        "margin": 48,
    }
    if params.exists():
        kept |= {name: value for name, value in json.loads(params.read_text(encoding="utf-8")).items() if name in kept}
    params.write_text(json.dumps({"encoding": ENCODING, **reader.params(), **kept}, indent=1) + "\n", encoding="utf-8")
    log.info("%s: %.1f MB", model.name, model.stat().st_size / 1e6)


def main() -> None:
    """Read the options and export."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--base", type=Path, required=True, help="the unpacked base encoder (for its tokenizer)")
    parser.add_argument("--into", type=Path, required=True)
    parser.add_argument(
        "--part", choices=("reader", "last"), default="reader", help="averaged weights, or those of the last step"
    )
    parser.add_argument(
        "--fp32", action="store_true", help="leave the weights as they are (to measure what int8 costs)"
    )
    parser.add_argument("--exact", type=int, nargs="*", default=[], help="layers whose second half stays fp32")
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    reader = load(options.checkpoint, options.part)
    export(reader, options.base, options.into, exact=options.exact, fp32=options.fp32)


if __name__ == "__main__":
    main()
