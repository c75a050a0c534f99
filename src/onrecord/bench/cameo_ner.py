"""CAMEO source and target spans (ConfliBERT's cameo_ner): which words are the actor, which the target.

CoNLL lines `token label`; B-S/I-S source, B-T/I-T target, B-R/I-R both. The metric is exact span F1 of sources and
targets, articles and possessives at their ends apart; overlap stands beside it. Floors: subject and object of the main
verb with what hangs on them, and the recogniser's first and last name.
"""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from onrecord.bench.sentence import Read, joined, leading, read
from onrecord.bench.spans import f1
from onrecord.errors import UsageError
from onrecord.extract.clause import head_of
from onrecord.model.claim import Act, Statement
from onrecord.model.mention import ActorRef
from onrecord.model.reading import Reading
from onrecord.pipeline import Kit
from onrecord.settings import Settings

type Pair = tuple[int, int]
type Roles = dict[str, set[Pair]]
_OBJECT = ("dobj", "pobj", "attr", "dative")
_CLAUSES = ("relcl", "acl", "advcl", "appos")
_NAMES = frozenset({"PERSON", "ORG", "GPE", "NORP"})


def items(data: Path) -> list[tuple[list[str], list[str]]]:
    """Return tokens and labels of every sentence of the folder's `.txt` files."""
    found = []
    for path in sorted(data.glob("*.txt")):
        for block in path.read_text(encoding="utf-8").split("\n\n"):
            lines = [line.rsplit(" ", 1) for line in block.split("\n") if " " in line]
            if lines:
                found.append(([token for token, _ in lines], [label.strip() for _, label in lines]))
    if not found:
        message = f"no labelled sentence in {data}/*.txt"
        raise UsageError(message)
    return found


def run(data: Path, predictions: Path | None = None) -> dict[str, Any]:
    """Find source and target in every sentence and return the F1 of the program and of the floors."""
    kit = Kit.build(Settings(reader="rules"))
    sides: dict[str, list[tuple[Roles, Roles]]] = {"program": [], "subject_verb_object": [], "tagger": []}
    lines = []
    for row, (tokens, labels) in enumerate(items(data)):
        text, spans = joined([tokens])
        gold = roles(labels, spans)
        found = read(text, kit)
        guesses = {"program": program(found), "subject_verb_object": clause(found), "tagger": names(found)}
        for name, guess in guesses.items():
            sides[name].append((bare(text, gold), bare(text, guess)))
        lines.append(json.dumps({"row": row, "text": text} | {key: sorted(guesses["program"][key]) for key in "ST"}))
    if predictions is not None:
        predictions.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return {"sentences": len(lines), **{name: score(rows) for name, rows in sides.items()}}


def roles(labels: Sequence[str], spans: Sequence[Pair]) -> Roles:
    """Return the characters of the gold spans by role; what is both counts as both."""
    found: Roles = {"S": set(), "T": set()}
    role, first = "", 0
    for at, label in enumerate([*labels, "O"]):
        if role and label != f"I-{role}":
            for one in "ST" if role == "R" else role:
                found[one].add((spans[first][0], spans[at - 1][1]))
            role = ""
        if label.startswith("B-"):
            role, first = label[2:], at
    return found


def program(found: Read | None) -> Roles:
    """Return who acts and on whom, in the act or the statement that the sentence is most about.

    CAMEO codes what somebody says of a deed that isn't done ("X said Y must withdraw") as X's act upon Y, and a plain
    statement as its speaker's: so does this. A pronoun gives way to the name that it stands for in the sentence, and
    the words are the whole noun phrase without its clauses, which is how the set marks them.
    """
    if found is None:
        return {"S": set(), "T": set()}
    act = leading(found)
    said = _said(found, act)
    if act is None and said is None:
        return {"S": set(), "T": set()}
    if said is not None and said.speaker is not None:
        mine = said.speaker.actor
        told = (*act.actors, *act.targets) if act is not None else _spoken_of(found, said)
        return {"S": _phrases(found, (said.speaker,)), "T": _phrases(found, [r for r in told if r.actor != mine][:1])}
    if act is None:
        return {"S": set(), "T": set()}
    return {"S": _phrases(found, act.actors), "T": _phrases(found, act.targets)}


def _said(found: Read, act: Act | None) -> Statement | None:
    """Return the statement that the sentence is, or that its deed not done stands in."""
    spoken = [one for one in found.statements if one.speaker is not None and one.speaker.mention is not None]
    if act is None:
        return spoken[0] if spoken else None
    if act.modality in {"happened", "ongoing"}:
        return None
    return next((one for one in spoken if one.id == act.voice), None)


def _spoken_of(found: Read, said: Statement) -> list[ActorRef]:
    """Return whom a statement addresses, else who is the subject of what is said."""
    if said.addressee is not None:
        return [said.addressee]
    inside = [(span.start, span.end) for span in said.content]
    return [
        ref
        for member in found.cast.members
        for ref in member.refs
        if ref.mention is not None
        and any(start <= ref.mention.start < end for start, end in inside)
        and found.reading.dep[member.head] in {"nsubj", "nsubjpass"}
    ]


def _phrases(found: Read, refs: Iterable[ActorRef]) -> set[Pair]:
    """Return the noun phrases of these, each by its name where the sentence gives one; "A and B" are one phrase."""
    spans = sorted(_phrase(found, ref) for ref in refs if ref.mention is not None)
    joined: list[Pair] = []
    for start, end in spans:
        between = found.document.text[joined[-1][1] : start].strip() if joined else ""
        if between in {"and", "and the"}:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return set(joined)


def _phrase(found: Read, ref: ActorRef) -> Pair:
    reading, span = found.reading, ref.mention
    if span is None:
        return 0, 0
    head = head_of(reading, span.start, span.end)
    if head is not None and reading.pos[head] == "PRON":
        named = [
            member for member in found.cast.members
            if member.form != "pronoun" and any(one.actor == ref.actor for one in member.refs)
        ]  # fmt: skip
        head = named[0].head if named else head
    if head is None:
        return span.start, span.end
    first, last = reading.subtree(head)
    times = {
        token for name in reading.names if name.label in {"DATE", "TIME"} for token in range(name.first, name.last)
    }
    clauses = [
        reading.subtree(child)[0]
        for child in reading.children(head, *_CLAUSES, "prep", "npadvmod")
        if child > head and (reading.dep[child] in _CLAUSES or times.intersection(range(*reading.subtree(child))))
        and reading.word(max(0, reading.subtree(child)[0] - 1)) != "("
    ]  # fmt: skip
    more = [child for child in reading.children(head, "cc", "conj", "punct") if child > head]
    named_end = max([head + 1, *(token + 1 for token in range(head, last) if reading.start[token] < span.end)])
    last = max(min([last, *clauses, *more]), min(named_end, last))
    while last > head + 1 and reading.pos[last - 1] == "PUNCT" and reading.word(last - 1) != ")":
        last -= 1
    return reading.start[first], reading.end[last - 1]


def clause(found: Read | None) -> Roles:
    """Return the subject and the first object of the main verb, each with all that hangs on it."""
    if found is None:
        return {"S": set(), "T": set()}
    reading = found.reading
    root = next((token for token in range(len(reading)) if reading.dep[token] == "ROOT"), 0)
    subject = reading.child(root, "nsubj", "nsubjpass")
    thing = reading.child(root, *_OBJECT)
    if thing is None:
        inner = (reading.child(prep, "pobj") for prep in reading.children(root, "prep", "agent"))
        thing = next((token for token in inner if token is not None), None)
    return {"S": _subtree(reading, subject), "T": _subtree(reading, thing)}


def _subtree(reading: Reading, token: int | None) -> set[Pair]:
    if token is None:
        return set()
    first, last = reading.subtree(token)
    return {(reading.start[first], reading.end[last - 1])}


def names(found: Read | None) -> Roles:
    """Return the first and the last name that the recogniser sees."""
    seen = [name for name in found.reading.names if name.label in _NAMES] if found is not None else []
    spans = [(found.reading.start[one.first], found.reading.end[one.last - 1]) for one in seen if found is not None]
    return {"S": set(spans[:1]), "T": set(spans[-1:]) if len(spans) > 1 else set()}


def bare(text: str, spans: Roles) -> Roles:
    """Return the spans without articles, possessives and marks at their ends."""
    return {role: {_bare(text, span) for span in found} for role, found in spans.items()}


def _bare(text: str, span: Pair) -> Pair:
    start, end = span
    for article in ("the ", "a ", "an "):
        if text[start:end].lower().startswith(article):
            start += len(article)
    words = text[start:end].rstrip(" .,;:'’\"")
    for tail in ("'s", "’s"):
        words = words.removesuffix(tail)
    return start, start + len(words)


def score(rows: Iterable[tuple[Roles, Roles]]) -> dict[str, Any]:
    """Return exact and overlap F1 of both roles."""
    count = dict.fromkeys(
        (f"{kind} {role}" for kind in ("gold", "found", "exact", "left", "right") for role in "ST"), 0
    )
    for gold, found in rows:
        for role in "ST":
            count[f"gold {role}"] += len(gold[role])
            count[f"found {role}"] += len(found[role])
            count[f"exact {role}"] += len(gold[role] & found[role])
            count[f"left {role}"] += sum(any(_touch(one, other) for other in gold[role]) for one in found[role])
            count[f"right {role}"] += sum(any(_touch(one, other) for other in found[role]) for one in gold[role])
    made: dict[str, Any] = {}
    for name, role in (("source", "S"), ("target", "T")):
        exact, gold_, given = count[f"exact {role}"], count[f"gold {role}"], count[f"found {role}"]
        made[f"{name}_exact"] = f1(exact, given, exact, gold_)
        made[f"{name}_overlap"] = f1(count[f"left {role}"], given, count[f"right {role}"], gold_)
    return made


def _touch(one: Pair, other: Pair) -> bool:
    return max(one[0], other[0]) < min(one[1], other[1])
