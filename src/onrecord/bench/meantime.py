"""NewsReader MEANTIME (Minard et al., LREC 2016): times, names and the sides of events, in CAT XML.

Under the folder, every `*.xml` is one article: tokens, TIMEX3, ENTITY_MENTION, EVENT_MENTION, HAS_PARTICIPANT roles,
REFERS_TO to instances. Only the first sentences are annotated in full; gold and predictions behind them count neither
way. Figures: times as TempEval-3; names by B-cubed within an article, over mentions marked NAM; of
events whose word is the trigger of one of the program's acts, how often Arg0 is an actor and Arg1 a target of it.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import msgspec

from onrecord.bench import time as times
from onrecord.bench.names import Named, figures, linked
from onrecord.bench.sentence import Read, joined, read
from onrecord.bench.spans import share
from onrecord.bench.time import Timex
from onrecord.errors import UsageError
from onrecord.pipeline import Kit
from onrecord.settings import Settings

type Pair = tuple[int, int]
_LAST_SENTENCE = 5  # title, date line and what follows up to this one; behind it only coreferent mentions are marked


class Item(msgspec.Struct, frozen=True):
    """One article: text, day, end of the annotated part, times, names, and (event, role, participant) as characters."""

    stem: str
    text: str
    published: str | None
    end: int
    times: tuple[Timex, ...]
    names: tuple[Named, ...]
    roles: tuple[tuple[Pair, str, Pair], ...]


def run(data: Path, predictions: Path | None = None) -> dict[str, Any]:
    """Read every article and return the figures."""
    kit = Kit.build(Settings(reader="rules"))
    count = dict.fromkeys(("documents", "gold", "predicted", "relaxed", "strict", "value", "type"), 0)
    labels, lines = [], []
    sides = {"Arg0": [0, 0], "Arg1": [0, 0]}
    for item in items(data):
        found = read(item.text, kit, item.published)
        if found is None:
            continue
        given = [Timex(one.start, one.end, one.type, one.value) for one in found.moments if one.start < item.end]
        count["documents"] += 1
        for name, number in times.tally(item.times, given).items():
            count[name] += number
        names = linked(item.names, found.document, found.mentions, found.places)
        labels.append((item.names, names))
        _sides(item, found, sides)
        lines += [json.dumps({"document": item.stem} | msgspec.to_builtins(one)) for one in given]
    if not labels:
        message = f"no CAT XML under {data}"
        raise UsageError(message)
    if predictions is not None:
        predictions.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return {
        "time": times.figures(count),
        "names": figures(labels),
        "actor_of_found": share(*sides["Arg0"]),
        "target_of_found": share(*sides["Arg1"]),
    }


def _sides(item: Item, found: Read, sides: dict[str, list[int]]) -> None:
    for event, role, other in item.roles:
        for act in found.acts:
            if act.trigger.start < event[1] and event[0] < act.trigger.end:
                refs = act.actors if role == "Arg0" else act.targets
                spans = [ref.mention for ref in refs if ref.mention is not None]
                sides[role][0] += any(one.start < other[1] and other[0] < one.end for one in spans)
                sides[role][1] += 1
                break


def items(data: Path) -> Iterator[Item]:
    """Yield every article under the folder, in order of names."""
    for path in sorted(data.rglob("*.xml")):
        root = ET.parse(path).getroot()  # noqa: S314 - as above
        markables, relations = root.find("Markables"), root.find("Relations")
        if markables is not None and relations is not None:
            yield _item(path.stem, root, markables, relations)


def _item(stem: str, root: ET.Element, markables: ET.Element, relations: ET.Element) -> Item:
    sentences: dict[str, list[tuple[str, str]]] = {}
    for token in root.iter("token"):
        sentences.setdefault(token.get("sentence", ""), []).append((token.get("t_id", ""), token.text or ""))
    text, spans = joined([[word for _, word in sentence] for sentence in sentences.values()], "\n")
    ids = [number for sentence in sentences.values() for number, _ in sentence]
    where = dict(zip(ids, spans, strict=True))
    inside = [number for key, sentence in sentences.items() if int(key) <= _LAST_SENTENCE for number, _ in sentence]
    end = max((where[number][1] for number in inside), default=0)
    places: dict[str, Pair] = {}
    for one in markables:
        anchors = [where[anchor.get("t_id", "")] for anchor in one.iter("token_anchor")]
        if anchors and anchors[-1][1] <= end:
            places[one.get("m_id", "")] = (anchors[0][0], anchors[-1][1])
    refers = {
        source.get("m_id", ""): target.get("m_id", "")
        for relation in relations.iter("REFERS_TO")
        for target in relation.iter("target")
        for source in relation.iter("source")
    }
    timexes = list(markables.iter("TIMEX3"))
    day = next((one.get("value") for one in timexes if one.get("functionInDocument") == "CREATION_TIME"), None)
    found = [
        Timex(*places[one.get("m_id", "")], one.get("type", ""), one.get("value", ""))
        for one in timexes if one.get("m_id") in places
    ]  # fmt: skip
    names = [
        Named(*place, " ".join(text[slice(*place)].split()), refers[number])
        for one in markables.iter("ENTITY_MENTION")
        if one.get("syntactic_type") == "NAM"
        and (number := one.get("m_id", "")) in refers
        and (place := places.get(number))
    ]
    roles = [
        (places[source], relation.get("sem_role", ""), places[target])
        for relation in relations.iter("HAS_PARTICIPANT")
        for source in [_only(relation, "source")]
        for target in [_only(relation, "target")]
        if relation.get("sem_role") in {"Arg0", "Arg1"} and source in places and target in places
    ]
    return Item(
        stem, text, day, end, tuple(sorted(found)), tuple(sorted(names, key=lambda one: one.start)), tuple(roles)
    )


def _only(relation: ET.Element, tag: str) -> str:
    one = relation.find(tag)
    return one.get("m_id", "") if one is not None else ""
