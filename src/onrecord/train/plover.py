"""Train the judge of acts (which PLOVER root is it?), or say how good it is by cross-validation.

    python -m onrecord.train.plover --data ../shared/gold --out DIR --seed 1 [--folds 5] [--only 0 1] [--epochs N]

With `--folds K` each fold's judge is trained on the others' rows; DIR/fold-N.json holds the chances that it gives and
DIR/cross.json the figures over all rows (macro-F1 of roots, quads and sides). Without it, one judge is trained on all
rows and written to DIR/judge.pt; `python -m onrecord.train.plover_export` then makes the file that is shipped.
PLV's folds are stratified by root and depend on the seed of the split alone.
"""

from __future__ import annotations

import argparse
import json
import logging
import math
import random
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import nn

from onrecord.read.plover_encode import QUADS, ROOTS, Marked, batch, encode
from onrecord.train.attribution import load_tokenizer
from onrecord.train.net import unpack_base
from onrecord.train.plover_data import Phrases, Row, read_plv, read_quads, read_sides, swapped
from onrecord.train.plover_net import Judge, on_base

log = logging.getLogger(__name__)

Floats = NDArray[np.float64]
SPLIT_SEED = 0
SMOOTHING = 0.05


def folds(rows: Sequence[Row], count: int) -> list[list[int]]:
    """Deal the rows out into folds, root by root."""
    chance = random.Random(SPLIT_SEED)  # noqa: S311 - no secrets here
    by_root: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for at, row in enumerate(rows):
        by_root[row.roots].append(at)
    dealt: list[list[int]] = [[] for _ in range(count)]
    turn = 0
    for _, members in sorted(by_root.items()):
        chance.shuffle(members)
        for at in members:
            dealt[turn % count].append(at)
            turn += 1
    return [sorted(fold) for fold in dealt]


def macro_f1(gold: Sequence[object], found: Sequence[object]) -> float:
    """Average the F1 over the labels that occur in gold or found, as scikit-learn's macro does."""
    total = 0.0
    labels = {*gold, *found}
    for label in labels:
        hit = sum(one == other == label for one, other in zip(gold, found, strict=True))
        total += 2 * hit / (sum(one == label for one in gold) + sum(one == label for one in found))
    return 100 * total / len(labels)


def loss_of(scores: torch.Tensor, rows: Sequence[Row], weights: torch.Tensor) -> torch.Tensor:
    """Cross-entropy over the roots that each row may have; one of many counts as their sum."""
    logs = torch.log_softmax(scores.float(), 1)
    allowed = torch.full_like(logs, -1e9)
    for at, row in enumerate(rows):
        allowed[at, list(row.roots)] = 0.0
    right = torch.logsumexp(logs + allowed, 1)
    sure = torch.tensor([len(row.roots) == 1 for row in rows])
    smooth = torch.where(sure, (1 - SMOOTHING) * right + SMOOTHING * logs.mean(1), 0.5 * right)
    own = torch.tensor([float(weights[row.roots[0]]) if len(row.roots) == 1 else 1.0 for row in rows])
    return -(smooth * own).sum() / own.sum()


class Training:
    """One run over some rows."""

    def __init__(self, options: argparse.Namespace, base: Path, tokenizer: Tokenizer, rows: list[Row]) -> None:
        self.options, self.tokenizer, self.rows = options, tokenizer, rows
        self.judge = on_base(base, options.dropout)
        self.chance = random.Random(options.seed)  # noqa: S311 - no secrets here
        self.spoken = [row.text[start:end] for row in rows for start, end in (*row.source, *row.target)]
        counts = np.bincount([row.roots[0] for row in rows], minlength=len(ROOTS))
        shares = np.sqrt(len(rows) / len(ROOTS) / np.maximum(1, counts))
        self.weights = torch.tensor(np.minimum(shares, 2.5))
        self.quads = read_quads(options.data / "cameo_class" / "train.tsv", options.known)
        self.sides = read_sides(options.data / "plv" / "aw_train.tsv", options.known)
        self.phrases = Phrases()

    def epoch_rows(self) -> list[Row]:
        """Give what one epoch shows: all rows, some under other names, and a share of everything else."""
        options, chance = self.options, self.chance
        shown = [swapped(row, chance, self.spoken) if chance.random() < options.swap else row for row in self.rows]
        for extra, share in (
            (self.phrases.fill(chance, self.spoken), options.phrases),
            (self.quads, options.quads),
            (self.sides, options.sides),
        ):
            shown += chance.sample(extra, round(share * len(extra)))
        return shown

    def batches(self, rows: list[Row], size: int) -> list[list[tuple[Row, Marked]]]:
        """Cut an epoch into batches of like length."""
        pairs = [(row, encode(self.tokenizer, row.text, row.source, row.target)) for row in rows]
        self.chance.shuffle(pairs)
        found = []
        for at in range(0, len(pairs), 8 * size):
            near = sorted(pairs[at : at + 8 * size], key=lambda pair: len(pair[1].ids))
            found += [near[start : start + size] for start in range(0, len(near), size)]
        self.chance.shuffle(found)
        return found

    def run(self) -> Judge:
        """Train through all epochs; the weights are the average over the last part of the run."""
        options, judge = self.options, self.judge
        torch.manual_seed(options.seed)
        top = judge.shape.num_hidden_layers
        groups = []
        judge.words.weight.requires_grad_(not options.fixed_words)
        for name, parameter in judge.named_parameters():
            if not parameter.requires_grad:
                continue
            rate = options.rate if not name.startswith(("inner", "outer")) else 1e-3
            if name.startswith("layers."):
                rate *= options.layer_decay ** (top - 1 - int(name.split(".")[1]))
            elif name.startswith(("words.", "positions.", "norm.")):
                rate *= options.layer_decay**top
            groups.append({"params": [parameter], "lr": rate, "base": rate})
        optimise = torch.optim.AdamW(groups, weight_decay=0.01)
        step, shadow, summed = 0, None, 0  # type: int, list[torch.Tensor] | None, int
        total = 0
        for epoch in range(options.epochs):
            judge.train()
            batches = self.batches(self.epoch_rows(), options.batch)
            total = total or len(batches) * options.epochs
            began, losses = time.monotonic(), 0.0
            for pairs in batches:
                done = step / total
                factor = min(done / 0.1 + 0.01, max(0.0, (1 - done) / 0.9))
                for group in optimise.param_groups:
                    group["lr"] = group["base"] * factor
                arrays = {name: torch.from_numpy(array) for name, array in batch([m for _, m in pairs]).items()}
                with torch.autocast("cpu", dtype=torch.bfloat16, enabled=options.half):
                    scores = judge(**arrays)
                loss = loss_of(scores, [row for row, _ in pairs], self.weights)
                optimise.zero_grad()
                loss.backward()
                nn.utils.clip_grad_norm_(judge.parameters(), 1.0)
                optimise.step()
                losses, step = losses + float(loss), step + 1
                if done > options.average_from:
                    now = [parameter.detach() for parameter in judge.parameters() if parameter.requires_grad]
                    summed += 1
                    if shadow is None:
                        shadow = [one.clone() for one in now]
                    else:
                        torch._foreach_lerp_(shadow, now, 1 / summed)
            log.info("epoch %d: %.3f, %.0f s", epoch + 1, losses / len(batches), time.monotonic() - began)
        if shadow is not None:
            with torch.no_grad():
                moving = (parameter for parameter in judge.parameters() if parameter.requires_grad)
                for parameter, value in zip(moving, shadow, strict=True):
                    parameter.copy_(value)
        return judge.eval()


def chances(judge: Judge, tokenizer: Tokenizer, rows: Sequence[Row]) -> Floats:
    """Give each row's chances of the roots."""
    found = []
    with torch.inference_mode():
        for at in range(0, len(rows), 32):
            marked = [encode(tokenizer, row.text, row.source, row.target) for row in rows[at : at + 32]]
            arrays = {name: torch.from_numpy(array) for name, array in batch(marked).items()}
            found.append(torch.softmax(judge(**arrays), 1).double().numpy())
    return np.concatenate(found)


def figures(rows: Sequence[Row], given: Floats) -> dict[str, float]:
    """Score chances against the rows: macro-F1 of roots, of quads and of the two sides, and the root's accuracy."""
    roots = given.argmax(1)
    quads = quads_of(given)
    gold_quads = [row.quad for row in rows]
    return {
        "root": round(macro_f1([row.roots[0] for row in rows], roots.tolist()), 2),
        "quad": round(macro_f1(gold_quads, quads), 2),
        "binary": round(macro_f1([quad <= 2 for quad in gold_quads], [quad <= 2 for quad in quads]), 2),
        "accuracy": round(
            100 * float(np.mean([row.roots[0] == root for row, root in zip(rows, roots, strict=True)])), 2
        ),
    }


def quads_of(given: Floats) -> list[int]:
    """Give the quad of the likeliest root."""
    return [QUADS[ROOTS[root]] for root in given.argmax(1)]


def main() -> None:
    """Read the options and train."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="has plv/train.tsv, plv/aw_train.tsv, cameo_class/")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--only", type=int, nargs="*", help="of the folds, these")
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--layer-decay", type=float, default=0.95)
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument("--swap", type=float, default=0.3, help="share of rows shown under other names")
    parser.add_argument("--phrases", type=float, default=0.6, help="share of our phrases shown in an epoch")
    parser.add_argument("--quads", type=float, default=0.5, help="share of cameo_class shown in an epoch")
    parser.add_argument("--sides", type=float, default=0.25, help="share of AW shown in an epoch")
    parser.add_argument(
        "--fixed-words", action="store_true", help="leave the base's word vectors as they are (quicker)"
    )
    parser.add_argument("--average-from", type=float, default=0.6)
    parser.add_argument("--half", action=argparse.BooleanOptionalAction, default=True, help="multiply in bfloat16")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    base = unpack_base(options.out / "base")
    tokenizer = load_tokenizer(base / "tokenizer.json")
    rows = read_plv(options.data / "plv" / "train.tsv")
    options.known = rows
    if not options.folds:
        judge = Training(options, base, tokenizer, rows).run()
        torch.save({"judge": judge.state_dict(), "shape": judge.shape.as_dict()}, options.out / "judge.pt")
        return
    given = np.full((len(rows), len(ROOTS)), math.nan)
    dealt = folds(rows, options.folds)
    for number in options.only if options.only is not None else range(options.folds):
        held = dealt[number]
        others = [row for at, row in enumerate(rows) if at not in set(held)]
        judge = Training(options, base, tokenizer, others).run()
        given[held] = chances(judge, tokenizer, [rows[at] for at in held])
        (options.out / f"fold-{number}.json").write_text(json.dumps({"rows": held, "chances": given[held].tolist()}))
        log.info("fold %d: %s", number, figures([rows[at] for at in held], given[held]))
    seen = [at for at in range(len(rows)) if not math.isnan(given[at, 0])]
    result = figures([rows[at] for at in seen], given[seen])
    (options.out / "cross.json").write_text(json.dumps(result) + "\n")
    log.info("%d rows: %s", len(seen), result)


if __name__ == "__main__":
    main()
