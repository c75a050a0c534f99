"""CAMEO sentences by class (ConfliBERT's cameo_class): a statement, or an act of which quad.

Label 0 is a statement, 1 and 2 verbal and material cooperation, 3 and 4 verbal and material conflict. The metric is the
mean F1 of the classes. The program's answer is the quad of the act that the sentence is most about, 0 where it finds
none. Floors: always the most frequent class, and the quad of the first word that is any act's trigger, without frames.
"""

import csv
import json
from collections import Counter
from pathlib import Path
from typing import Any

from onrecord.bench.sentence import QUAD, STATEMENT, Read, leading, macro_f1, read
from onrecord.errors import UsageError
from onrecord.lexicon.acts import ActBook
from onrecord.pipeline import Kit
from onrecord.settings import Settings


def rows(data: Path) -> list[tuple[str, int]]:
    """Return sentence and label of every `.tsv` of the folder."""
    found = []
    for path in sorted(data.glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as file:
            lines = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            found += [(line[0], int(line[1])) for line in lines if len(line) == 2 and line[1].strip().isdigit()]
    if not found:
        message = f"no sentence with a label in {data}/*.tsv"
        raise UsageError(message)
    return found


def run(data: Path, predictions: Path | None = None) -> dict[str, Any]:
    """Label every sentence and return the mean F1 of the program and of the floors."""
    kit = Kit.build(Settings(reader="rules"))
    gold = rows(data)
    program, keyword = [], []
    for sentence, _ in gold:
        found = read(sentence, kit)
        program.append(quad(found))
        keyword.append(first_word(found, kit.lexicon.acts))
    if predictions is not None:
        lines = (json.dumps({"row": row, "quad": label}) + "\n" for row, label in enumerate(program))
        predictions.write_text("".join(lines), encoding="utf-8")
    labels = [label for _, label in gold]
    frequent = Counter(labels).most_common(1)[0][0]
    return {
        "sentences": len(gold),
        "program": macro_f1(labels, program),
        "first_trigger_word": macro_f1(labels, keyword),
        "always_most_frequent": macro_f1(labels, [frequent] * len(labels)),
    }


def quad(found: Read | None) -> int:
    """Return the quad of the act that a sentence is most about."""
    act = leading(found) if found is not None else None
    return STATEMENT if act is None else QUAD[act.type]


def first_word(found: Read | None, book: ActBook) -> int:
    """Return the quad of the first trigger word."""
    if found is None:
        return STATEMENT
    for token in range(len(found.reading)):
        lemma = found.reading.lemma[token]
        rules = book.of_verb(lemma) if found.reading.pos[token] == "VERB" else book.of_noun(lemma)
        if rules:
            return QUAD[rules[0].type]
    return STATEMENT
