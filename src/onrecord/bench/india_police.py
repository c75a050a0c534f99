"""IndiaPoliceEvents (Halterman et al., ACL Findings 2021): acts by police, every sentence labelled.

`sents.jsonl` {doc_id, sent_id, sent_labels, sent_text}. The metric is F1 a class, on sentences and on documents. A
sentence has a class where the program finds an act of the class in it that is asserted as real, by police: its actor is
police by word, or it stands in a sentence that names police and its actor is not told (what was inferred isn't). FAIL
(to act) is an act of police that the program reads as denied. Floor: the class's words in a sentence with a word for
police.
"""

import json
import re
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from onrecord.bench.sentence import Read, read
from onrecord.bench.spans import f1
from onrecord.errors import UsageError
from onrecord.model.claim import Act
from onrecord.pipeline import Kit
from onrecord.settings import Settings

type Row = dict[str, Any]
CLASSES = ("KILL", "ARREST", "FORCE", "FAIL", "ANY_ACTION")
_POLICE = re.compile(
    r"\b(police(men|man)?|cops?|constables?|jawans?|security forces|crpf|srp|rpf|rapid action force)\b"
)
_WORDS = {
    "KILL": re.compile(r"\b(kill(ed|ing|s)?|shot dead|gunned down)\b"),
    "ARREST": re.compile(r"\b(arrest(ed|s|ing)?|detain(ed|s|ing)?|rounded up|nabbed|picked up)\b"),
    "FORCE": re.compile(r"\b(fir(ed|ing)|tear ?gas(sed)?|lathi-?charg(e|ed)|cane-?charg(e|ed)|beat(en|ing)?)\b"),
    "FAIL": re.compile(r"\b(did nothing|mute spectators?|fail(ed|ure|s)? to|did not|refused to)\b"),
}
_MODES = {"ARREST": frozenset({"arrest"}), "KILL": frozenset({"kill", "assassinate"})}
_REAL = frozenset({"happened", "ongoing"})


def documents(data: Path) -> dict[str, list[Row]]:
    """Return the sentences by document, in order."""
    path = data / "sents.jsonl"
    if not path.is_file():
        message = f"{data} holds no sents.jsonl"
        raise UsageError(message)
    found: dict[str, list[Row]] = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        found[str(row["doc_id"])].append(row)
    return found


def run(data: Path, predictions: Path | None = None) -> dict[str, Any]:
    """Label every sentence and return the F1 a class of the program and of the keyword floor."""
    kit = Kit.build(Settings(reader="rules"))
    gold: list[tuple[str, set[str]]] = []
    program: list[set[str]] = []
    keyword: list[set[str]] = []
    lines = []
    for name, sentences in documents(data).items():
        for row, found in zip(sentences, labelled(sentences, kit), strict=True):
            gold.append((name, set(row["sent_labels"])))
            program.append(found)
            keyword.append(words(row["sent_text"]))
            lines.append(json.dumps({"doc_id": row["doc_id"], "sent_id": row["sent_id"], "labels": sorted(found)}))
    if predictions is not None:
        predictions.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return {"sentences": len(gold), "program": score(gold, program), "keywords": score(gold, keyword)}


def labelled(sentences: Sequence[Row], kit: Kit) -> list[set[str]]:
    """Return the classes of each sentence of one document, which is read as a whole."""
    text, spans = "", []
    for row in sentences:
        text += "\n" if text else ""
        spans.append((len(text), len(text) + len(row["sent_text"])))
        text += row["sent_text"]
    found = read(text, kit)
    classes: list[set[str]] = [set() for _ in sentences]
    for act in found.acts if found is not None else ():
        for at, (start, end) in enumerate(spans):
            if start <= act.trigger.start < end and found is not None and _by_police(act, text[start:end]):
                classes[at] |= of_act(act, found)
    return classes


def _by_police(act: Act, sentence: str) -> bool:
    inferred = any(rule.startswith(("acts.inferred", "held.")) for rule in act.rules)
    actors = () if inferred else act.actors
    if not actors and act.mode in _MODES["ARREST"]:
        return True  # nobody else arrests
    told = " ".join(f"{ref.mention.text if ref.mention is not None else ''} {ref.name}" for ref in actors)
    if not told and any(_POLICE.search(ref.name.lower()) for ref in act.targets):
        return False  # done to police
    return bool(_POLICE.search(told.lower() if told else sentence))


def of_act(act: Act, found: Read) -> set[str]:
    """Return the classes that an act of police falls under."""
    del found
    if act.polarity == "denied":
        return {"FAIL"}
    if act.modality not in _REAL:
        return set()
    classes = {"ANY_ACTION"}
    killed = any(figure.what == "killed" for figure in act.figures)
    if act.type == "COERCE" and act.mode in _MODES["ARREST"]:
        classes.add("ARREST")
    if act.type == "ASSAULT":
        classes |= {"FORCE"} | ({"KILL"} if killed or _WORDS["KILL"].search(act.trigger.text.lower()) else set())
    return classes


def words(sentence: str) -> set[str]:
    """Return the floor's classes: the words of a class beside a word for police."""
    text = sentence.lower()
    if not _POLICE.search(text):
        return set()
    found = {name for name, pattern in _WORDS.items() if pattern.search(text)}
    return found | ({"ANY_ACTION"} if found - {"FAIL"} else set())


def score(gold: Sequence[tuple[str, set[str]]], found: Sequence[set[str]]) -> dict[str, Any]:
    """Return F1 a class on sentences and on documents."""
    homes: dict[str, set[str]] = defaultdict(set)
    guesses: dict[str, set[str]] = defaultdict(set)
    for (name, labels), guess in zip(gold, found, strict=True):
        homes[name] |= labels
        guesses[name] |= guess
    sentences = [(labels, guess) for (_, labels), guess in zip(gold, found, strict=True)]
    wholes = [(homes[name], guesses[name]) for name in homes]
    return {
        level: {name: _f1(rows, name) for name in CLASSES}
        for level, rows in (("sentences", sentences), ("documents", wholes))
    }


def _f1(rows: Sequence[tuple[set[str], set[str]]], name: str) -> dict[str, float]:
    right = sum(name in labels and name in guess for labels, guess in rows)
    return f1(right, sum(name in guess for _, guess in rows), right, sum(name in labels for labels, _ in rows))
