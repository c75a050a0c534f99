"""Load what is learned from: annotated articles, what a teacher makes of them, and articles that only it has read."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from onrecord.read.tagger_encode import encode
from onrecord.train.crf import passes
from onrecord.train.examples import Labelled, Taught, known, label
from onrecord.train.polnear import read_articles

CHAIN = "chain.json"


def load_training(
    folder: Path, tokenizer: Tokenizer, features: Path | None, taught: Path | None = None
) -> list[list[Labelled]]:
    """Read all annotators' readings of every article in `folder`, which has text/ and ann/."""
    found = []
    for article in read_articles(folder):
        encoded = encode(tokenizer, article.text)
        if article.annotations and len(encoded):
            encoded = known(encoded, features / f"{article.stem}.npy" if features else None)
            teacher = load_taught(taught, "train", article.stem) if taught else None
            found.append([replace(label(encoded, marked), taught=teacher) for marked in article.annotations])
    return found


def load_silent(folder: Path, tokenizer: Tokenizer, features: Path | None, taught: Path) -> list[list[Labelled]]:
    """Read the .txt files of `folder` with nothing but the teacher's reading beside them."""
    found = []
    for path in sorted(folder.glob("*.txt")):
        encoded = encode(tokenizer, path.read_text(encoding="utf-8"))
        teacher = load_taught(taught, "more", path.stem)
        if len(encoded) and teacher is not None:
            encoded = known(encoded, features / f"{path.stem}.npy" if features else None)
            none = np.zeros(len(encoded), dtype=np.int64)
            found.append([Labelled(encoded, none, taught=teacher, silent=True)])
    return found


def load_taught(folder: Path, split: str, stem: str) -> Taught | None:
    """Turn the teacher's scores of one article into likelihoods: forward-backward under the teacher's own chain.

    None where the teacher has not read it.
    """
    if not (folder / split / f"{stem}.npy").exists():
        return None
    chain = json.loads((folder / CHAIN).read_text(encoding="utf-8"))
    scores = np.load(folder / split / f"{stem}.npy").astype(np.float64)
    steps, starts = (np.array(chain[part], dtype=np.float64) for part in ("steps", "starts"))
    found = passes(scores[None], steps, starts, np.ones((1, len(scores)), dtype=bool))
    return Taught(found.labels[0].astype(np.float32), found.pairs[0].astype(np.float32))
