"""Train the learned reader on PolNeAR, or on articles of your own laid out like it.

    python -m onrecord.train.attribution --data ../shared/gold/polnear --out DIR --seed 1 [--epochs N] [--resume]

Writes DIR/checkpoint.pt every few minutes (a stopped run goes on with --resume), DIR/epoch-N.pt after each epoch,
DIR/final.pt for the newest of them, and DIR/train.log. `python -m onrecord.train.export` then makes what is shipped.
"""

from __future__ import annotations

import argparse
import json
import logging
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import nn

from onrecord.read.tagger_decode import Chain, Floats, likeliest, scores
from onrecord.read.tagger_encode import ROLES, Ints, encode
from onrecord.train.examples import epoch_batches, known
from onrecord.train.material import load_silent, load_training
from onrecord.train.net import Dense, Reader, load_base, unpack_base
from onrecord.train.optimise import Average, Halves, optimiser, set_rates
from onrecord.train.polnear import exact_f1, project, read_articles, read_items
from onrecord.train.teacher import load_teacher, unpack_teacher

log = logging.getLogger(__name__)

SAVE_EVERY = 240.0
REPORT_EVERY = 25
FINAL = "final.pt"


@dataclass(slots=True)
class Progress:
    """Where a run stands."""

    epoch: int = 0
    position: int = 0
    step: int = 0
    minutes: float = 0.0


def load_tokenizer(path: Path) -> Tokenizer:
    """Read the base's tokenizer and tell it neither to pad nor to cut."""
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def forward_with(reader: Reader, *, bf16: bool) -> Callable[[dict[str, Ints]], tuple[Floats, Floats]]:
    """Make of a network the function from arrays to arrays that reading asks for."""
    reader.eval()

    def forward(arrays: dict[str, Ints]) -> tuple[Floats, Floats]:
        with torch.inference_mode(), torch.autocast("cpu", dtype=torch.bfloat16, enabled=bf16):
            labels, links = reader(*(torch.from_numpy(array) for array in arrays.values()))
            return labels.float().numpy(), links.float().numpy()

    return forward


def evaluate(
    reader: Reader, folder: Path, tokenizer: Tokenizer, features: Path | None, *, bf16: bool = False
) -> dict[str, float]:
    """Exact F1 by CofeNet's metric on the items of `folder`, read as at run time but not in int8."""
    forward = forward_with(reader, bf16=bf16)

    chain = Chain.of(reader.crf.starts.tolist(), reader.crf.steps.tolist())
    found: dict[str, list[tuple[str, int, int]]] = {}
    for article in read_articles(folder):
        text = known(encode(tokenizer, article.text), features / f"{article.stem}.npy" if features else None)
        chosen = likeliest(scores(text, forward, core=160, margin=48)[0], chain)
        found[article.stem] = [(ROLES[r.role], int(text.starts[r.start]), int(text.ends[r.end - 1])) for r in chosen]
    items = read_items(folder / "cofenet.jsonl")
    return exact_f1((item.labels, project(item.offsets, found[item.document])) for item in items)


class Training:
    """One run: the network, what moves it, and where it stands."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.out: Path = options.out
        base = unpack_base(self.out / "base")
        self.tokenizer = load_tokenizer(base / "tokenizer.json")
        torch.manual_seed(options.seed)
        self.reader: Reader = (
            load_teacher(unpack_teacher(self.out / "mpnet"), options.dropout)
            if options.teacher
            else load_base(base, options.dropout)
        )
        if options.start:
            begin = torch.load(options.start, weights_only=False)[options.start_part]
            missing, _ = self.reader.load_state_dict(begin, strict=False)
            log.info("starting from %s, new: %s", options.start, missing)
        for part in self.reader.modules():
            if isinstance(part, Dense):
                part.rounded = options.rounded
        self.optimise = optimiser(self.reader, options.rate, options.layer_decay)
        self.average = Average(self.reader, options.keep)
        self.at = Progress()
        if options.resume and (self.out / "checkpoint.pt").exists():
            self.restore()
        self.began, self.saved = time.monotonic() - 60 * self.at.minutes, time.monotonic()
        self.halves = Halves(self.reader, threads=options.threads, bf16=options.bf16, taught=options.taught_share)
        self.articles = load_training(options.data / "train", self.tokenizer, self.features("train"), options.taught)
        if options.more:
            self.articles += load_silent(options.more, self.tokenizer, self.features("more"), options.taught)
        log.info("%d articles, %d readings", len(self.articles), sum(map(len, self.articles)))
        chance = random.Random(options.seed)  # noqa: S311 - no secrets here
        self.total = options.epochs * len(epoch_batches(self.articles, chance, options.budget))

    def features(self, split: str) -> Path | None:
        """Name the folder of what parse and rules say of a split's articles; None where they are left out."""
        return self.options.features / split if self.options.features else None

    def restore(self) -> None:
        """Take up a run that was stopped."""
        saved = torch.load(self.out / "checkpoint.pt", weights_only=False)
        self.reader.load_state_dict(saved["reader"])
        self.optimise.load_state_dict(saved["optimiser"])
        self.average.shadow = saved["average"]
        torch.set_rng_state(saved["random"])
        self.at = Progress(**saved["at"])
        log.info("going on at epoch %d, batch %d", self.at.epoch + 1, self.at.position)

    def save(self) -> None:
        """Write everything that `restore` needs, in one move."""
        self.at.minutes = (time.monotonic() - self.began) / 60
        at = {name: getattr(self.at, name) for name in Progress.__slots__}
        state = {
            "reader": self.reader.state_dict(),
            "optimiser": self.optimise.state_dict(),
            "average": self.average.shadow,
            "random": torch.get_rng_state(),
            "at": at,
        }
        part = self.out / "checkpoint.part"
        torch.save(state, part)
        part.replace(self.out / "checkpoint.pt")
        self.saved = time.monotonic()

    def run(self) -> None:
        """All epochs that are left, with the figures on dev after each."""
        while self.at.epoch < self.options.epochs and self.done() < 1:
            self.run_epoch()
            self.at.epoch, self.at.position = self.at.epoch + 1, 0
            self.save()
            averaged = self.average.applied(self.reader)
            state = {"reader": averaged.state_dict(), "last": self.reader.state_dict()}
            for name in (f"epoch-{self.at.epoch}.pt", FINAL):
                torch.save(state | {"shape": self.reader.shape.as_dict()}, self.out / name)
            figures = {role: round(f1, 2) for role, f1 in self.figures(averaged).items()}
            log.info("== epoch %d, %.1f min, dev exact F1 %s", self.at.epoch, self.at.minutes, json.dumps(figures))

    def figures(self, reader: Reader) -> dict[str, float]:
        """Score these weights on dev."""
        return evaluate(reader, self.options.data / "dev", self.tokenizer, self.features("dev"), bf16=self.options.bf16)

    def done(self) -> float:
        """Give the share of the run that is behind: of its steps, or of its minutes if those run out first."""
        minutes = (time.monotonic() - self.began) / 60
        return max(self.at.step / self.total, minutes / self.options.minutes if self.options.minutes else 0.0)

    def run_epoch(self) -> None:
        """Go through one epoch's batches from where the run stands. They depend on seed and epoch alone."""
        options, at = self.options, self.at
        chance = random.Random(options.seed * 1000 + at.epoch)  # noqa: S311 - no secrets here
        batches = epoch_batches(self.articles, chance, options.budget)
        self.halves.train()
        sums, since, count = [0.0, 0.0], time.monotonic(), 0
        while at.position < len(batches) and (done := self.done()) < 1:
            set_rates(self.optimise, done)
            chance = random.Random(f"{options.seed} {at.step}")  # noqa: S311 - no secrets here
            parts = self.halves.gradients(batches[at.position], chance, options.hidden, options.bare)
            nn.utils.clip_grad_norm_(self.reader.parameters(), 1.0)
            self.optimise.step()
            self.average.update(self.reader, at.step)
            at.step, at.position, count = at.step + 1, at.position + 1, count + 1
            sums = [total + part for total, part in zip(sums, parts, strict=True)]
            if count == REPORT_EVERY:
                pace = (time.monotonic() - since) / count
                means = [total / count for total in sums]
                where = f"epoch {at.epoch + 1} {at.position}/{len(batches)}"
                log.info("%s labels %.4f links %.3f %.2f s/step, %.3f done", where, *means, pace, done)
                sums, since, count = [0.0, 0.0], time.monotonic(), 0
            if time.monotonic() - self.saved > SAVE_EVERY:
                self.save()


def main() -> None:
    """Read the options and train."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="has train/ and dev/, each text/*.txt and ann/*.ann")
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoints and the log")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--minutes", type=float, default=0, help="end after so many minutes, however few the steps")
    parser.add_argument("--features", type=Path, help="what onrecord.train.features wrote of each word")
    parser.add_argument("--start", type=Path, help="an epoch-N.pt to start from instead of the bare base")
    parser.add_argument("--start-part", choices=("reader", "last"), default="last")
    parser.add_argument("--bare", type=float, default=0.15, help="share of windows shown without their features")
    parser.add_argument("--taught", type=Path, help="what onrecord.train.teach wrote: learn from a teacher as well")
    parser.add_argument("--taught-share", type=float, default=0.5, help="its weight against the annotators'")
    parser.add_argument("--more", type=Path, help="folder of .txt that only the teacher has read")
    parser.add_argument("--teacher", action="store_true", help="train the larger encoder that is learned from")
    parser.add_argument("--bf16", action="store_true", help="half precision: far quicker where the processor has it")
    parser.add_argument("--rounded", action="store_true", help="round in training as the shipped graph will")
    parser.add_argument("--threads", type=int, choices=(1, 2), default=2)
    parser.add_argument("--resume", action="store_true", help="go on from DIR/checkpoint.pt")
    parser.add_argument("--budget", type=int, default=2048, help="wordpieces a step")
    parser.add_argument("--rate", type=float, default=2.5e-4, help="learning rate of the top layer")
    parser.add_argument("--layer-decay", type=float, default=0.9, help="factor on the rate, layer by layer down")
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument("--hidden", type=float, default=0.03, help="share of wordpieces masked in training")
    parser.add_argument("--keep", type=float, default=0.997, help="how slowly the average of the weights moves")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    handlers: list[logging.Handler] = [logging.StreamHandler(), logging.FileHandler(options.out / "train.log")]
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", handlers=handlers)
    log.info("options: %s", json.dumps(vars(options), default=str))
    Training(options).run()


if __name__ == "__main__":
    main()
