"""MUC-4 in GRIT's preparation (Du et al., EACL 2021): the roles in attacks, by CEAF-REE.

JSON lines {docid, doctext, extracts {PerpInd, PerpOrg, Target, Victim, Weapon: [[[mention, offset] ...] ...]}}. A
predicted entity is right where its words are one of the mentions of a gold entity of the role; entities are paired one
to one, as many as can be. The program answers from acts of force and abduction: actors are PerpOrg where they are
armed groups, governments or organisations, else PerpInd; targets are Victim where they are people, else Target; it
names no weapons. Floor: subjects and objects of the verbs that are triggers of the same acts, without frames.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from onrecord.bench.sentence import Read, read
from onrecord.bench.spans import f1
from onrecord.errors import UsageError
from onrecord.lexicon.acts import ActBook
from onrecord.model.mention import ActorRef
from onrecord.pipeline import Kit
from onrecord.settings import Settings

type Roles = dict[str, list[frozenset[str]]]
ROLES = ("PerpInd", "PerpOrg", "Target", "Victim", "Weapon")
_ACTS = frozenset({"ASSAULT", "COERCE"})
_BODIES = frozenset({"armed_group", "government", "organisation", "state"})
_ARTICLES = ("the ", "a ", "an ", "some ", "several ")


def run(data: Path, predictions: Path | None = None, *, file: str = "dev.json") -> dict[str, Any]:
    """Fill the roles of every document of `file` in the folder and return CEAF-REE of program and floor."""
    kit = Kit.build(Settings(reader="rules"))
    path = data / file
    if not path.is_file():
        message = f"{data} holds no {file}"
        raise UsageError(message)
    program, floor, lines = [], [], []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        gold = {
            role: [frozenset(plain(one[0]) for one in entity) for entity in row["extracts"][role]] for role in ROLES
        }
        found = read(row["doctext"], kit)
        guess = roles(found)
        program.append((gold, guess))
        floor.append((gold, clauses(found, kit.lexicon.acts)))
        lines.append(
            json.dumps({"docid": row["docid"], **{role: [sorted(one) for one in guess[role]] for role in ROLES}})
        )
    if predictions is not None:
        predictions.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return {"documents": len(lines), "program": ceaf_ree(program), "trigger_subject_object": ceaf_ree(floor)}


def plain(words: str) -> str:
    """Return the words as they are compared: small letters, no article, single blanks."""
    text = " ".join(words.lower().replace('"', " ").split())
    for article in _ARTICLES:
        text = text.removeprefix(article)
    return text


def roles(found: Read | None) -> Roles:
    """Return the entities that the program fills each role with, each once."""
    made: Roles = {role: [] for role in ROLES}
    sorts = {(one.start, one.end): one.sort for one in found.mentions} if found is not None else {}
    for act in found.acts if found is not None else ():
        if act.type not in _ACTS or act.polarity == "denied" or act.modality not in {"happened", "ongoing"}:
            continue
        for refs, body, person in ((act.actors, "PerpOrg", "PerpInd"), (act.targets, "Target", "Victim")):
            for ref in refs:
                _add(made[body if _is_body(ref, sorts) else person], ref)
    return made


def _is_body(ref: ActorRef, sorts: Mapping[tuple[int, int], str]) -> bool:
    return ref.mention is not None and sorts.get((ref.mention.start, ref.mention.end)) in _BODIES


def _add(entities: list[frozenset[str]], ref: ActorRef) -> None:
    words = frozenset({plain(ref.mention.text if ref.mention is not None else ref.name)})
    if words not in entities:
        entities.append(words)


def clauses(found: Read | None, book: ActBook) -> Roles:
    """Return subjects and objects of trigger verbs."""
    made: Roles = {role: [] for role in ROLES}
    reading = found.reading if found is not None else None
    for token in range(len(reading)) if reading is not None else ():
        if reading is None or reading.pos[token] != "VERB":
            continue
        if not any(rule.type in _ACTS for rule in book.of_verb(reading.lemma[token])):
            continue
        agent = next((reading.child(one, "pobj") for one in reading.children(token, "agent")), None)
        for role, child in (
            ("PerpInd", reading.child(token, "nsubj") if agent is None else agent),
            ("Victim", reading.child(token, "dobj", "nsubjpass")),
        ):
            if child is not None:
                first, last = reading.subtree(child)
                words = frozenset({plain(reading.words(first, last))})
                if words not in made[role]:
                    made[role].append(words)
    return made


def ceaf_ree(rows: Iterable[tuple[Roles, Roles]]) -> dict[str, Any]:
    """Return CEAF-REE a role and over all, in per cent."""
    count = dict.fromkeys(((kind, role) for kind in ("right", "found", "gold") for role in ROLES), 0)
    for gold, found in rows:
        for role in ROLES:
            count["right", role] += pairs(found[role], gold[role])
            count["found", role] += len(found[role])
            count["gold", role] += len(gold[role])
    made: dict[str, Any] = {}
    for role in ROLES:
        right = count["right", role]
        made[role] = f1(right, count["found", role], right, count["gold", role])
    right, found_, gold_ = (sum(count[kind, role] for role in ROLES) for kind in ("right", "found", "gold"))
    return {"all": f1(right, found_, right, gold_), **made}


def pairs(found: Sequence[frozenset[str]], gold: Sequence[frozenset[str]]) -> int:
    """Return how many predicted entities can be paired one to one with gold ones that hold all their words."""
    taken: dict[int, int] = {}

    def free(one: int, seen: set[int]) -> bool:
        for at, entity in enumerate(gold):
            if at in seen or not found[one] <= entity:
                continue
            seen.add(at)
            if at not in taken or free(taken[at], seen):
                taken[at] = one
                return True
        return False

    return sum(free(one, set()) for one in range(len(found)))
