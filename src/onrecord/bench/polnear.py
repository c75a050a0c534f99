"""PolNeAR (Newell, Margolin, Ruths, LREC 2018): who said what, over whole articles. `gum` is scored by the same door.

GUM's attributions are relations of rhetorical structure, whose contents are clauses: there, contents without a finite
verb ("called for calm") are left out of what is scored and written, and the figures with them stand under "unfiltered".

The folder holds `text/*.txt` and `ann/*.ann` (brat; of several annotators the first by name is scored) and, for
CofeNet's items, `cofenet.jsonl`; or, for GUM, `text/*.txt` and `attributions.jsonl`.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from onrecord.bench.breakdown import by_kind, f1_interval
from onrecord.bench.spans import ROLES, Triple, document_level, is_direct, item_level, project
from onrecord.errors import UsageError
from onrecord.extract import speech_seen
from onrecord.extract.speech_learned import combine
from onrecord.extract.speech_spans import as_spans
from onrecord.model.article import RawArticle
from onrecord.model.reading import Reading
from onrecord.pipeline import Kit
from onrecord.read import clean, parse
from onrecord.settings import Settings

type Item = tuple[str, str, list[Triple]]

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_ENTITY = re.compile(r"(T\d+)\t\S+ ([0-9 ;]+)\t")
_EVENT = re.compile(r"E\d+\t(.*)")


def run(
    data: Path, predictions: Path | None = None, *, reader: str = "learned", genre: str | None = None
) -> dict[str, Any]:
    """Read every article, score the spans, and return the figures; `genre` keeps GUM documents of one genre."""
    kit = Kit.build(Settings(reader=reader))  # type: ignore[arg-type]
    gold = [item for item in items(data) if genre is None or f"_{genre}_" in item[0]]
    if not gold:
        message = f"no annotated articles in {data}"
        raise UsageError(message)
    clauses = not (data / "ann").is_dir()
    everything = {stem: predict(text, kit) for stem, text, _ in gold}
    found = {stem: [row for row, clause in rows if clause or not clauses] for stem, rows in everything.items()}
    if predictions is not None:
        with predictions.open("w", encoding="utf-8") as out:
            for stem, text, _ in gold:
                for row in found[stem]:
                    out.write(json.dumps(as_written(stem, text, row)) + "\n")
    documents = [(text, rows, found[stem]) for stem, text, rows in gold]
    report: dict[str, Any] = {
        "documents": len(gold),
        "gold": sum(len(rows) for _, _, rows in gold),
        "predicted": sum(len(rows) for rows in found.values()),
        "reader": reader,
        "all": document_level(documents),
        "direct": document_level(documents, direct=True),
    }
    if clauses:
        unfiltered = [(text, rows, [row for row, _ in everything[stem]]) for stem, text, rows in gold]
        report["unfiltered"] = document_level(unfiltered)
    cofenet = data / "cofenet.jsonl"
    if cofenet.is_file():
        rows = [json.loads(line) for line in cofenet.read_text(encoding="utf-8").splitlines()]
        scored = [
            (row["document"], row["labels"], project(row["offsets"], found.get(row["document"], []))) for row in rows
        ]
        report["cofenet"] = item_level((labels, guessed) for _, labels, guessed in scored)
        for role, counts in _exact_by_document(scored).items():
            report["cofenet"][role] |= f1_interval(counts)
    report["by"] = by_kind([(stem, text, rows, found[stem]) for stem, text, rows in gold])
    for figure in ("speaker_end_to_end", "content_overlap"):
        report["all"][figure] |= f1_interval([counts_of(document_level([document])[figure]) for document in documents])
    return report


def counts_of(figure: dict[str, float]) -> tuple[float, ...]:
    """Return what an F1 of one document stands on: right of the predicted, predicted, right of the gold, gold."""
    predicted, gold = figure["predicted"], figure["gold"]
    return round(figure["precision"] * predicted / 100), predicted, round(figure["recall"] * gold / 100), gold


def _exact_by_document(scored: list[tuple[str, list[str], list[str]]]) -> dict[str, list[tuple[float, ...]]]:
    by_document: dict[str, list[tuple[list[str], list[str]]]] = defaultdict(list)
    for stem, labels, guessed in scored:
        by_document[stem].append((labels, guessed))
    levels = [item_level(pairs) for pairs in by_document.values()]
    return {role: [counts_of(level[role]) for level in levels] for role in ROLES}


def predict(text: str, kit: Kit) -> list[tuple[Triple, bool]]:
    """Return the attributions of one text, as spans, before anybody is resolved, and whether each holds a clause."""
    raw = RawArticle(text=text, source="bench")
    document, _ = clean.run(raw=raw, settings=kit.settings, lexicon=kit.lexicon)
    if document is None:
        return []
    reading, _ = parse.run(document=document, parser=kit.parser, settings=kit.settings, lexicon=kit.lexicon)
    seen, hints = speech_seen.run(reading=reading, lexicon=kit.lexicon, settings=kit.settings)
    learned = kit.parser.attribute(document, reading, hints)
    drafts = combine(seen.scene, seen.drafts, learned)
    found = as_spans(reading, drafts, seen.orphans, learned)
    return [(Triple(item.source, item.cue, item.content), _holds_clause(reading, item.content)) for item in found]


def _holds_clause(reading: Reading, content: Sequence[tuple[int, int]]) -> bool:
    tokens = (at for start, end in content for at in range(*reading.tokens_in(start, end)))
    return any(reading.tag[at] in _FINITE for at in tokens)


def as_written(stem: str, text: str, row: Triple) -> dict[str, Any]:
    """Return one prediction as the record format's `bench` section has it."""
    quotation = "direct" if any(is_direct(text, span) for span in row.content) else "indirect"
    return {
        "document": stem,
        **{role: [list(span) for span in getattr(row, role)] for role in ROLES},
        "quotation": quotation,
    }


def items(data: Path) -> Iterator[Item]:
    """Yield stem, text and gold of every article in the folder."""
    if (data / "ann").is_dir():
        by_stem: dict[str, list[Path]] = defaultdict(list)
        for path in sorted((data / "ann").glob("*.ann")):
            by_stem[path.stem.rpartition("_")[0]].append(path)
        for stem, paths in sorted(by_stem.items()):
            yield stem, _text(data, stem), brat(paths[0].read_text(encoding="utf-8"))
        return
    listed = data / "attributions.jsonl"
    if not listed.is_file():
        message = f"{data} holds neither ann/ nor attributions.jsonl"
        raise UsageError(message)
    for line in listed.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        rows = [
            Triple(**{role: tuple((start, end) for start, end in one[role]) for role in ROLES})
            for one in row["attributions"]
        ]
        yield row["id"], _text(data, row["id"]), rows


def brat(annotation: str) -> list[Triple]:
    """Return the attributions of one brat file; fragments of a role are spans of it."""
    spans: dict[str, list[tuple[int, int]]] = {}
    for found in map(_ENTITY.match, annotation.split("\n")):
        if found:
            pieces = [piece.split() for piece in found.group(2).split(";")]
            spans[found.group(1)] = [(int(start), int(end)) for start, end in pieces]
    rows = []
    for event in map(_EVENT.match, annotation.split("\n")):
        if not event:
            continue
        roles: dict[str, set[tuple[int, int]]] = {role: set() for role in ROLES}
        for argument in event.group(1).split():
            role, _, name = argument.partition(":")
            role = role.rstrip("0123456789").lower()
            if role in roles and name in spans:
                roles[role].update(spans[name])
        rows.append(Triple(**{role: tuple(sorted(roles[role])) for role in ROLES}))
    return rows


def _text(data: Path, stem: str) -> str:
    with (data / "text" / f"{stem}.txt").open(encoding="utf-8", newline="") as file:
        return file.read()
