"""Make the files of the judge of acts that are shipped: an int8 ONNX graph, a small tokenizer, and its temperature.

    python -m onrecord.train.plover_export DIR/judge.pt --base DIR/base --texts ../shared/gold/polnear/train/text \
        --cross DIR --into src/onrecord/read/data

Half of the base's weights are the rows of its 30,522 wordpieces. Kept are those that English news uses (the pieces of
`--texts` and of the training rows, and all single letters, so that any word can still be spelt); the tokenizer that is
written knows these alone. The temperature is fitted on the chances of `--cross`, which are of rows that no judge of its
fold had seen.
"""

from __future__ import annotations

import argparse
import json
import logging
import math
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers import optimizer
from onnxruntime.transformers.fusion_options import FusionOptions
from tokenizers import Tokenizer
from torch import nn

from onrecord.read.plover_encode import ENCODING, ROOTS
from onrecord.train.attribution import load_tokenizer
from onrecord.train.net import Shape
from onrecord.train.plover_data import Phrases, read_plv
from onrecord.train.plover_net import Judge

log = logging.getLogger(__name__)

_MARKERS = 4
INPUTS = ["input_ids", "token_type_ids", "attention_mask"]
QUANTISED = ["MatMul", "Attention", "Gather"]


def quantise(graph: Path, path: Path) -> None:
    """Make weights int8, scaled by column; activations are scaled as they come."""
    quantize_dynamic(
        graph,
        path,
        per_channel=True,
        weight_type=QuantType.QInt8,
        op_types_to_quantize=QUANTISED,
        extra_options={"DefaultTensorType": 1},
    )


def load(checkpoint: Path) -> Judge:
    """Read what `onrecord.train.plover` wrote."""
    saved = torch.load(checkpoint, weights_only=False)
    judge = Judge(Shape(**saved["shape"]))
    judge.load_state_dict(saved["judge"])
    return judge.eval()


def used(tokenizer: Tokenizer, texts: Iterable[str], least: int) -> set[int]:
    """Return the pieces that these texts use at least so often."""
    counts: Counter[int] = Counter()
    for text in texts:
        counts.update(tokenizer.encode(text, add_special_tokens=False).ids)
    return {piece for piece, count in counts.items() if count >= least}


def _spells(letters: str) -> bool:
    """Say whether a piece is one by which any word of plain letters can be spelt."""
    return len(letters) == 1 and letters.isascii()


def trim(judge: Judge, tokenizer: Tokenizer, keep: set[int]) -> Tokenizer:
    """Leave only some pieces in the network and return the tokenizer that knows them, in their old order."""
    state = json.loads(tokenizer.to_str())
    vocabulary: dict[str, int] = state["model"]["vocab"]
    special = {entry["id"] for entry in state["added_tokens"]}
    kept = sorted(
        number for piece, number in vocabulary.items()
        if number in keep or number in special or number <= _MARKERS or _spells(piece.removeprefix("##"))
    )  # fmt: skip
    place = {old: new for new, old in enumerate(kept)}
    state["model"]["vocab"] = {piece: place[number] for piece, number in vocabulary.items() if number in place}
    for entry in state["added_tokens"]:
        entry["id"] = place[entry["id"]]
    state["post_processor"] = None
    judge.words = nn.Embedding.from_pretrained(judge.words.weight.data[kept].clone())
    log.info("%d of %d pieces kept", len(kept), len(vocabulary))
    return Tokenizer.from_str(json.dumps(state))


def write_graph(judge: Judge, path: Path) -> None:
    """Write the network as an fp32 ONNX graph with its layers fused."""
    judge.plain = True
    ids = torch.randint(5, 1000, (2, 37))
    axes = {name: {0: "rows", 1: "pieces"} for name in INPUTS} | {"scores": {0: "rows"}}
    raw = path.with_suffix(".raw")
    types = torch.randint(0, 3, (2, 37))
    torch.onnx.export(
        judge, (ids, types, torch.ones_like(ids)), str(raw), input_names=INPUTS, output_names=["scores"],
        dynamic_axes=axes, opset_version=17, dynamo=False,
    )  # fmt: skip
    options = FusionOptions("bert")
    options.enable_embed_layer_norm = False
    shape = judge.shape
    fused = optimizer.optimize_model(
        str(raw), model_type="bert", num_heads=shape.num_attention_heads, hidden_size=shape.hidden_size,
        optimization_options=options,
    )  # fmt: skip
    fused.save_model_to_file(str(path))


def temperature(chances: Sequence[Sequence[float]], gold: Sequence[int]) -> float:
    """Return the divisor of log chances that makes what was held out likeliest."""
    logs = np.log(np.maximum(np.array(chances), 1e-9))
    best, lowest = 1.0, math.inf
    for value in np.arange(0.5, 3.01, 0.05):
        scaled = logs / value
        lost = float(np.mean(np.log(np.exp(scaled).sum(1)) - scaled[np.arange(len(gold)), gold]))
        if lost < lowest:
            best, lowest = float(value), lost
    return round(best, 2)


def main() -> None:
    """Read the options and export."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True, help="the folder that has plv/train.tsv")
    parser.add_argument("--texts", type=Path, required=True, help="a folder of .txt files of news")
    parser.add_argument("--least", type=int, default=2, help="how often the texts must use a piece")
    parser.add_argument("--cross", type=Path, help="a folder with fold-N.json, to fit the temperature on")
    parser.add_argument("--into", type=Path, required=True)
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    judge, tokenizer = load(options.checkpoint), load_tokenizer(options.base / "tokenizer.json")
    rows = read_plv(options.data / "plv" / "train.tsv")
    phrases = Phrases()
    keep = used(
        tokenizer, (path.read_text(encoding="utf-8") for path in sorted(options.texts.glob("*.txt"))), options.least
    )
    keep |= used(tokenizer, (row.text for row in rows), 1)
    keep |= used(tokenizer, (*(phrase for _, phrase in phrases.phrases), *phrases.names), 1)
    small = trim(judge, tokenizer, keep)
    options.into.mkdir(parents=True, exist_ok=True)
    model = options.into / "plover.int8.onnx"
    with tempfile.TemporaryDirectory() as folder:
        graph = Path(folder) / "fused.onnx"
        write_graph(judge, graph)
        quantise(graph, model)
    small.save(str(options.into / "plover.tokenizer.json"), pretty=False)
    warm = 1.0
    if options.cross:
        folds = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(options.cross.glob("fold-*.json"))]
        gold = [rows[at].roots[0] for fold in folds for at in fold["rows"]]
        warm = temperature([row for fold in folds for row in fold["chances"]], gold)
    params = {"encoding": ENCODING, "temperature": warm, "roots": list(ROOTS)}
    (options.into / "plover.params.json").write_text(json.dumps(params) + "\n", encoding="utf-8")
    log.info("%s: %.1f MB, temperature %.2f", model.name, model.stat().st_size / 1e6, warm)


if __name__ == "__main__":
    main()
