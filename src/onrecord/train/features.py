"""Take down, once, what the parse and the rules say of every word of the training articles.

    python -m onrecord.train.features --data ../shared/gold/polnear --out DIR

Writes DIR/train/STEM.npy and DIR/dev/STEM.npy, arrays (words, 4) of bytes as `onrecord.read.tagger_features` has them.
Needs what reading needs, and no torch. Files that stand there are kept: a stopped run goes on.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from rich.progress import track
from tokenizers import Tokenizer

from onrecord.extract.speech_spans import attributions
from onrecord.model.article import RawArticle
from onrecord.pipeline import Kit
from onrecord.read import clean, parse
from onrecord.read.tagger import TOKENIZER
from onrecord.read.tagger_encode import WIDTH, Encoded, Ints, encode
from onrecord.read.tagger_features import features
from onrecord.settings import Settings

SHIPPED = Path(__file__).parents[1] / "read" / "data" / TOKENIZER


def of_article(text: str, encoded: Encoded, kit: Kit) -> Ints:
    """Return the features of one text; zeros where it can't be read (another language, say)."""
    document, _ = clean.run(raw=RawArticle(text=text, source="train"), settings=kit.settings, lexicon=kit.lexicon)
    if document is None:
        return np.zeros((len(encoded), WIDTH), dtype=np.int64)
    reading, _ = parse.run(document=document, parser=kit.parser, settings=kit.settings)
    return features(encoded, reading, attributions(reading, kit.lexicon.speech))


def main() -> None:
    """Read the options and write the arrays."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="has train/ and dev/, each with text/*.txt")
    parser.add_argument("--out", type=Path, required=True, help="folder for the arrays")
    parser.add_argument("--more", type=Path, help="folder of .txt that a teacher will read; its arrays go to more/")
    parser.add_argument("--share", default="0/1", help="K/N: only every N-th article, from the K-th on")
    options = parser.parse_args()
    kit = Kit.build(Settings(reader="rules"))
    tokenizer = Tokenizer.from_file(str(SHIPPED))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    first, every = map(int, options.share.split("/"))
    folders = {split: options.data / split / "text" for split in ("dev", "train")}
    for split, folder in (folders | ({"more": options.more} if options.more else {})).items():
        (options.out / split).mkdir(parents=True, exist_ok=True)
        paths = sorted(folder.glob("*.txt"))[first::every]
        for path in track(paths, f"reading {split}"):
            target = options.out / split / f"{path.stem}.npy"
            if target.exists():
                continue
            with path.open(encoding="utf-8", newline="") as file:
                text = file.read()
            found = of_article(text, encode(tokenizer, text), kit)
            part = target.with_suffix(".part")
            with part.open("wb") as out:
                np.save(out, found.astype(np.uint8))
            part.replace(target)


if __name__ == "__main__":
    main()
