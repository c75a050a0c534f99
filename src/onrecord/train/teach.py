"""Let a trained teacher read the training articles, once, and keep its scores for the pupil.

    python -m onrecord.train.teach DIR/epoch-3.pt --base DIR --data DATA --features DIR/features --out DIR/taught

Writes DIR/taught/train/STEM.npy (and more/STEM.npy for the .txt files of --more FOLDER), arrays (words, 7) of label
scores, and chain.json, the scores of its CRF. Files that stand there are kept: a stopped run goes on.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import torch
from rich.progress import track

from onrecord.read.tagger_decode import scores
from onrecord.read.tagger_encode import encode
from onrecord.train.attribution import forward_with, load_tokenizer
from onrecord.train.examples import known
from onrecord.train.material import CHAIN
from onrecord.train.net import Shape, unpack_base
from onrecord.train.teacher import Teacher

CORE, MARGIN = 300, 32


def main() -> None:
    """Read the options and write the scores."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights", type=Path, help="an epoch-N.pt of a run with --teacher")
    parser.add_argument("--base", type=Path, required=True, help="folder for the small base's tokenizer")
    parser.add_argument("--data", type=Path, required=True, help="has train/text/*.txt")
    parser.add_argument("--more", type=Path, help="folder of .txt that nobody has annotated")
    parser.add_argument("--features", type=Path, help="what onrecord.train.features wrote: train/ and more/")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--part", choices=("reader", "last"), default="reader")
    parser.add_argument("--share", default="0/1", help="K/N: only every N-th article, from the K-th on")
    parser.add_argument("--bf16", action="store_true")
    options = parser.parse_args()
    torch.set_num_threads(1)
    tokenizer = load_tokenizer(unpack_base(options.base) / "tokenizer.json")
    kept = torch.load(options.weights, weights_only=False)
    teacher = Teacher(Shape(**kept["shape"]), 0.0)
    teacher.load_state_dict(kept[options.part])
    if options.bf16:  # cast once, not with every window
        for module in teacher.layers.modules():
            if isinstance(module, torch.nn.Linear):
                module.to(torch.bfloat16)
    forward = forward_with(teacher, bf16=options.bf16)
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / CHAIN).write_text(json.dumps(teacher.params()), encoding="utf-8")
    first, every = map(int, options.share.split("/"))
    folders = {"train": options.data / "train" / "text"} | ({"more": options.more} if options.more else {})
    for split, folder in folders.items():
        (options.out / split).mkdir(exist_ok=True)
        for path in track(sorted(folder.glob("*.txt"))[first::every], f"reading {split}"):
            target = options.out / split / f"{path.stem}.npy"
            if target.exists():
                continue
            with path.open(encoding="utf-8", newline="") as file:
                encoded = encode(tokenizer, file.read())
            encoded = known(encoded, options.features / split / f"{path.stem}.npy" if options.features else None)
            found, _ = scores(encoded, forward, core=CORE, margin=MARGIN)
            part = target.with_suffix(".part")
            with part.open("wb") as out:
                np.save(out, found.astype(np.float16))
            part.replace(target)


if __name__ == "__main__":
    main()
