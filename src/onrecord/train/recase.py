"""Train the network that restores capitals in texts of one case, and write what is shipped.

    python -m onrecord.train.recase --from build/recase --into src/onrecord/read/data --seed 1

A word is the sum of its rows: its letters, what the lexicon knows of it, the word itself where it is common, and its
vector of an English table. Three convolutions see four to eight words to either side. Shipped are the table in int8,
the vectors through the trained projection, and the convolutions: no graph is needed, reading is numpy alone.
"""

from __future__ import annotations

import argparse
import logging
import random
from pathlib import Path

import numpy as np
import torch
from torch import nn

log = logging.getLogger(__name__)

WORD_ROWS, FLAGS = 256 + (1 << 14), 60  # as in read.recase_words, which an environment with PyTorch need not load
CHUNK, BATCH = 256, 16
WIDTH, HIDDEN, REACH = 64, 96, 5
CLASSES = 4
LEAST = 3


class Material:
    """The words of a split, and the types they are of."""

    def __init__(self, folder: Path) -> None:
        types, vocabulary, self.train, self.dev = (
            dict(np.load(folder / f"{name}.npz")) for name in ("types", "vocabulary", "train", "dev")
        )
        self.keys = types["keys"]
        self.mixed = types["mixed"]
        self.vocabulary = vocabulary
        counts = np.bincount(self.train["ids"], minlength=len(self.keys))
        self.counts = counts
        known = np.flatnonzero(counts >= LEAST)
        self.word_row = np.zeros(len(self.keys), np.int64)
        self.word_row[known] = WORD_ROWS + np.arange(len(known))
        self.known = known
        self.rows = WORD_ROWS + len(known)
        at = np.searchsorted(vocabulary["keys"], self.keys).clip(0, len(vocabulary["keys"]) - 1)
        hit = vocabulary["keys"][at] == self.keys
        self.vector_row = np.where(hit, vocabulary["rows"][at].astype(np.int64) + 1, 0)
        flags = np.where(hit, vocabulary["flags"][at], 0)
        starts = np.concatenate([[0], np.cumsum(types["sizes"])[:-1]])
        self.bags = [
            np.append(types["flat"][start : start + size], FLAGS + flag)
            for start, size, flag in zip(starts, types["sizes"], flags, strict=True)
        ]
        data = vocabulary["vectors"]
        self.vectors = torch.from_numpy(np.vstack([np.zeros((1, data.shape[1]), np.float32), data]))


class Caser(nn.Module):
    """Words in, the score of each case out."""

    def __init__(self, rows: int, vectors: torch.Tensor) -> None:
        super().__init__()
        self.table = nn.Embedding(rows, WIDTH, padding_idx=0)
        nn.init.normal_(self.table.weight, std=0.1)
        self.vectors = vectors
        self.project = nn.Linear(vectors.shape[1], WIDTH, bias=False)
        nn.init.normal_(self.project.weight, std=0.01)
        self.first = nn.Conv1d(WIDTH, HIDDEN, REACH, padding=REACH // 2)
        self.second = nn.Conv1d(HIDDEN, HIDDEN, REACH, padding=REACH // 2)
        self.third = nn.Conv1d(HIDDEN, HIDDEN, REACH, padding=REACH // 2)
        self.out = nn.Linear(WIDTH + HIDDEN, CLASSES)
        self.drop = nn.Dropout(0.2)

    def words(self, flat: torch.Tensor, starts: torch.Tensor, vector: torch.Tensor) -> torch.Tensor:
        """Return one vector a type."""
        bags = nn.functional.embedding_bag(flat, self.table.weight, starts, mode="sum")
        return bags + self.project(self.vectors[vector])

    def forward(self, words: torch.Tensor, phrases: torch.Tensor) -> torch.Tensor:
        """Return scores for a batch of stretches (batch, length, width)."""
        x = self.drop(words + self.table(phrases))
        y = x.transpose(1, 2)
        one = torch.relu(self.first(y))
        two = torch.relu(self.second(one)) + one
        three = torch.relu(self.third(two)) + two
        return self.out(torch.cat([x, self.drop(three.transpose(1, 2))], dim=2))


def bagged(material: Material, types: np.ndarray, drop: random.Random | None) -> tuple[torch.Tensor, ...]:
    """Return what a batch's types are made of; while learning, the word itself and its vector are left out at times."""
    flat, vectors = [], []
    for number in types:
        bag = material.bags[number]
        word = material.word_row[number]
        vector = material.vector_row[number]
        if drop is not None:
            if word and drop.random() < 0.1 + 0.8 / material.counts[number] ** 0.5:
                word = 0
            if drop.random() < 0.1:
                vector = 0
        flat.append(np.append(bag, word) if word else bag)
        vectors.append(vector)
    sizes = np.array([len(one) for one in flat])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    return torch.from_numpy(np.concatenate(flat).astype(np.int64)), torch.from_numpy(starts), torch.tensor(vectors)


def scores(net: Caser, material: Material, split: dict) -> np.ndarray:
    """Return the class of every word of a split."""
    net.eval()
    ids, phrases = split["ids"], split["phrases"].astype(np.int64)
    found = []
    with torch.no_grad():
        begin = 0
        for end in split["ends"]:
            types, place = np.unique(ids[begin:end], return_inverse=True)
            words = net.words(*bagged(material, types, None))[torch.from_numpy(place)]
            found.append(net(words[None], torch.from_numpy(phrases[None, begin:end]))[0].numpy())
            begin = end
    return np.concatenate(found)


def figures(scored: np.ndarray, cases: np.ndarray) -> dict[str, float]:
    """Return the share of words right, and precision, recall and F1 of those that aren't lower case."""
    use = cases >= 0
    said, gold = scored.argmax(1)[use], cases[use]
    hit = int(((said == gold) & (gold > 0)).sum())
    precision, recall = hit / max(1, int((said > 0).sum())), hit / max(1, int((gold > 0).sum()))
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return {"right": float((said == gold).mean()), "precision": precision, "recall": recall, "f1": f1}


def train(material: Material, epochs: int, rate: float, seed: int) -> Caser:
    """Learn; the same seed gives the same network on one machine."""
    torch.manual_seed(seed)
    rng = random.Random(seed)  # noqa: S311 - a seed is no secret
    net = Caser(material.rows, material.vectors)
    optimiser = torch.optim.AdamW(net.parameters(), lr=rate, weight_decay=0.01)
    split = material.train
    ids, cases, phrases = split["ids"], split["cases"].astype(np.int64), split["phrases"].astype(np.int64)
    per_epoch = len(ids) // (CHUNK * BATCH)
    total, step = per_epoch * epochs, 0
    for epoch in range(epochs):
        net.train()
        offset = rng.randrange(CHUNK)
        chunks = list(range(offset, len(ids) - CHUNK, CHUNK))
        rng.shuffle(chunks)
        losses = []
        for at in range(0, len(chunks) - BATCH + 1, BATCH):
            span = np.stack([np.arange(begin, begin + CHUNK) for begin in chunks[at : at + BATCH]])
            types, place = np.unique(ids[span], return_inverse=True)
            words = net.words(*bagged(material, types, rng))[torch.from_numpy(place.reshape(span.shape))]
            out = net(words, torch.from_numpy(phrases[span]))
            gold = torch.from_numpy(cases[span].reshape(-1))
            loss = nn.functional.cross_entropy(out.reshape(-1, CLASSES), gold, ignore_index=-1)
            for group in optimiser.param_groups:
                group["lr"] = rate * min(1, (step + 1) / 200) * max(0.02, 1 - step / total)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            losses.append(loss.item())
            step += 1
        measured = figures(scores(net, material, material.dev), material.dev["cases"])
        log.info("epoch %d loss %.4f dev %s", epoch + 1, np.mean(losses), measured)
    return net


def rounded(weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the rows in int8 and their scales."""
    scale = np.maximum(np.abs(weights).max(axis=1), 1e-8) / 127
    return np.round(weights / scale[:, None]).astype(np.int8), scale.astype(np.float16)


def export(net: Caser, material: Material, path: Path) -> None:
    """Write what is shipped."""
    net.eval()
    with torch.no_grad():
        vectors = net.project(material.vectors[1:]).numpy()
    table, table_scale = rounded(net.table.weight.detach().numpy())
    small, vectors_scale = rounded(vectors)
    parts = {
        "table": table, "table_scale": table_scale, "vectors": small, "vectors_scale": vectors_scale,
        "keys": material.vocabulary["keys"], "flags": material.vocabulary["flags"], "rows": material.vocabulary["rows"],
        "known": material.keys[material.known], "mixed": material.mixed,
        "out": net.out.weight.detach().numpy().T.astype(np.float16), "bias": net.out.bias.detach().numpy(),
    }  # fmt: skip
    for at, layer in enumerate((net.first, net.second, net.third)):
        parts[f"w{at}"] = layer.weight.detach().numpy().transpose(2, 1, 0).astype(np.float16)
        parts[f"b{at}"] = layer.bias.detach().numpy()
    np.savez_compressed(path, **parts)


def main() -> None:
    """Train and write the file."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--from", dest="source", type=Path, required=True)
    arguments.add_argument("--into", type=Path, required=True)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--epochs", type=int, default=8)
    arguments.add_argument("--rate", type=float, default=2e-3)
    chosen = arguments.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    material = Material(chosen.source)
    log.info("%d rows, %d known words", material.rows, len(material.known))
    net = train(material, chosen.epochs, chosen.rate, chosen.seed)
    export(net, material, chosen.into / "recase.npz")


if __name__ == "__main__":
    main()
