"""Make the files that are shipped: an int8 ONNX graph, the tokenizer, and the parameters that stand beside them.

    python -m onrecord.train.export DIR/epoch-N.pt --base DIR/base --into src/onrecord/read/data

The weights of the confidence are placeholders until `python -m onrecord.train.calibrate` has set them.
"""

from __future__ import annotations

import argparse
import json
import logging
import shutil
from pathlib import Path

import torch

from onrecord.read.tagger_encode import ENCODING
from onrecord.train.graph import build
from onrecord.train.net import Reader, Shape, unpack_base

log = logging.getLogger(__name__)


def load(checkpoint: Path, part: str = "reader") -> Reader:
    """Read a checkpoint; `part` is "reader" for the averaged weights, "last" for those of the last step."""
    saved = torch.load(checkpoint, weights_only=False)
    reader = Reader(Shape(**saved["shape"]))
    reader.load_state_dict(saved[part])
    return reader.eval()


def export(reader: Reader, base: Path, into: Path, *, fp32: bool = False) -> None:
    """Write model, tokenizer and parameters into a folder; confidence weights that stand there are kept."""
    into.mkdir(parents=True, exist_ok=True)
    model = into / "attribution.int8.onnx"
    model.write_bytes(build(reader, int8=not fp32).SerializeToString())
    shutil.copy(base / "tokenizer.json", into / "tokenizer.json")
    params = into / "attribution.params.json"
    kept = {
        "openings": [0.0, 0.0, 0.0],
        "confidence": [0.0, 0.3, 0.3, 0.3, 0.0, 0.0, 0.0, 0.0],
        "core": 240,
        "margin": 40,
    }
    if params.exists():
        kept |= {name: value for name, value in json.loads(params.read_text(encoding="utf-8")).items() if name in kept}
    params.write_text(json.dumps({"encoding": ENCODING, **reader.params(), **kept}, indent=1) + "\n", encoding="utf-8")
    log.info("%s: %.1f MB", model.name, model.stat().st_size / 1e6)


def main() -> None:
    """Read the options and export."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--base", type=Path, required=True, help="folder for the base encoder (for its tokenizer)")
    parser.add_argument("--into", type=Path, required=True)
    parser.add_argument(
        "--part", choices=("reader", "last"), default="reader", help="averaged weights, or those of the last step"
    )
    parser.add_argument(
        "--fp32", action="store_true", help="leave the weights as they are (to measure what int8 costs)"
    )
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    reader = load(options.checkpoint, options.part)
    export(reader, unpack_base(options.base), options.into, fp32=options.fp32)


if __name__ == "__main__":
    main()
