"""Make a checkpoint of a shipped graph, so that training can go on where nothing but the package is left.

    python -m onrecord.train.reopen src/onrecord/read/data --base DIR/base --into DIR/shipped.pt
    python -m onrecord.train.attribution ... --start DIR/shipped.pt

The weights are as int8 kept them; what only training needs (how links fall with distance) starts anew.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import onnx
import torch

from onrecord.read.tagger import MODEL, PARAMS
from onrecord.train.graph import weights_of
from onrecord.train.net import Reader, Shape, unpack_base


def reopen(folder: Path, shape: Shape) -> Reader:
    """Make a network of the graph and the parameters in `folder`."""
    reader = Reader(shape)
    params = json.loads((folder / PARAMS).read_text(encoding="utf-8"))
    state = {name: torch.from_numpy(value.copy()) for name, value in weights_of(onnx.load(folder / MODEL)).items()}
    state |= {f"crf.{part}": torch.tensor(params[part]) for part in ("steps", "starts")}
    lost = [name for name in reader.load_state_dict(state, strict=False).missing_keys if name.startswith("layers.")]
    if lost:
        message = f"{folder / MODEL} lacks {lost}"
        raise ValueError(message)
    return reader


def main() -> None:
    """Read the options and write the checkpoint."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="holds the graph and its parameters")
    parser.add_argument("--base", type=Path, required=True, help="folder for the base encoder, whose sizes these are")
    parser.add_argument("--into", type=Path, required=True)
    options = parser.parse_args()
    shape = Shape.read(unpack_base(options.base) / "config.json")
    state = reopen(options.folder, shape).state_dict()
    torch.save({"reader": state, "last": state, "shape": shape.as_dict()}, options.into)


if __name__ == "__main__":
    main()
