"""ECB+ (Cybulska and Vossen 2014): names of people within a report, and which words tell of acts.

The folder holds `ECB_*_corpus.txt` (`doc TAB sentence TAB number TAB token TAB chain`) and
`ECB_*_{Event,Entity}_gold_mentions.json`. Only annotated sentences are there, so an article is what is left of it.
Figures: B-cubed of people's names (HUM mentions with a capital) within a report, program and floors; and of the gold
action words, the share that an act of the program has as its trigger. The whole task, chains over documents, is not
asked here: that is the record's, over articles.
"""

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

from onrecord.bench.names import Named, figures, linked
from onrecord.bench.sentence import joined, read
from onrecord.bench.spans import share
from onrecord.errors import UsageError
from onrecord.pipeline import Kit
from onrecord.settings import Settings

type Pair = tuple[int, int]


def run(data: Path, predictions: Path | None = None) -> dict[str, Any]:
    """Read every report and return the figures."""
    kit = Kit.build(Settings(reader="rules"))
    corpus = sorted(data.glob("ECB_*_corpus.txt"))
    if not corpus:
        message = f"{data} holds no ECB_*_corpus.txt"
        raise UsageError(message)
    people, acts = _mentions(data, "Entity", "HUM"), _mentions(data, "Event", "ACT")
    labels, lines, hit, asked = [], [], 0, 0
    for name, (text, where) in texts(corpus[0]).items():
        found = read(text, kit)
        if found is None:
            continue
        names = []
        for chain, tokens in people[name]:
            start, end = _place(where, tokens)
            if text[start].isupper():
                names.append(Named(start, end, " ".join(text[start:end].split()), chain))
        labelled = linked(names, found.document, found.mentions, found.places)
        labels.append((names, labelled))
        for _, tokens in acts[name]:
            start, end = _place(where, tokens)
            asked += 1
            hit += any(act.trigger.start < end and start < act.trigger.end for act in found.acts)
        lines += [
            json.dumps({"document": name, "start": one.start, "end": one.end, "actor": label})
            for one, label in zip(names, labelled, strict=True)
        ]
    if predictions is not None:
        predictions.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return {"documents": len(labels), "names": figures(labels), "action_words_in_acts": share(hit, asked)}


def texts(path: Path) -> dict[str, tuple[str, dict[tuple[str, str], Pair]]]:
    """Return each report's text, and the characters of each (sentence, token number)."""
    rows: dict[str, dict[str, list[tuple[str, str]]]] = defaultdict(lambda: defaultdict(list))
    for line in path.read_text(encoding="utf-8").splitlines():
        columns = line.split("\t")
        if len(columns) >= 4:
            rows[columns[0]][columns[1]].append((columns[2], columns[3]))
    found = {}
    for name, sentences in rows.items():
        text, spans = joined([[word for _, word in sentence] for sentence in sentences.values()])
        keys = [(number, token) for number, sentence in sentences.items() for token, _ in sentence]
        found[name] = (text, dict(zip(keys, spans, strict=True)))
    return found


def _mentions(data: Path, kind: str, sort: str) -> dict[str, list[tuple[str, list[tuple[str, str]]]]]:
    found: dict[str, list[tuple[str, list[tuple[str, str]]]]] = defaultdict(list)
    for path in sorted(data.glob(f"ECB_*_{kind}_gold_mentions.json")):
        for row in json.loads(path.read_text(encoding="utf-8")):
            if row["mention_type"] == sort:
                tokens = [(str(row["sent_id"]), str(number)) for number in row["tokens_number"]]
                found[row["doc_id"]].append((row["coref_chain"], tokens))
    return found


def _place(where: dict[tuple[str, str], Pair], tokens: list[tuple[str, str]]) -> Pair:
    spans = [where[token] for token in tokens]
    return spans[0][0], spans[-1][1]
