"""The golden dispatches: a folder of articles with gold made by hand, and storylines over several of them.

Found means: the same words and, for acts and steps, the same type (one to one, best first). Gold rows marked optional,
and predictions on them, count neither way; nor does a prediction inside words that gold has already. `forbidden`
counts what must never happen. This is a plainer counting than a judge's; it is made for floors and for reading errors.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from onrecord.bench import match
from onrecord.bench.match import Chars, Row, chars, find, listed, overlap, same_actor
from onrecord.bench.tally import Tally
from onrecord.ingest.files import open_sources
from onrecord.model import wire
from onrecord.model.article import ArticleResult, RawArticle
from onrecord.pipeline import Kit, per_article, whole_record
from onrecord.settings import Settings

PRONOUNS = frozenset("he she they it we i you him her them who this that one both".split())  # noqa: SIM905
REAL = frozenset({"happened", "ongoing"})
FREE = frozenset({"released", "exchanged", "pardoned", "died"})
ORDER = ("detained", "missing", "charged", "on_trial", "convicted", "sentenced", "released", "pardoned", "died", "exchanged")  # fmt: skip  # noqa: E501
FAR = frozenset({"agreed", "scheduled", "under_way", "carried_out"})


def run(data: Path, predictions: Path | None = None, *, reader: str = "learned") -> Row:
    """Read every article under `data` with its gold's date, score it, and return the figures."""
    kit = Kit.build(Settings(reader=reader))  # type: ignore[arg-type]
    total, forbidden, results, lines = Tally(), Counter[str](), {}, []
    folders = match.folders(data)
    for folder in folders:
        gold = match.gold_of(folder)
        result = per_article(article(folder, gold), kit)
        results[folder.name] = result
        records = rows([result])
        lines += records
        tally, bad = score(gold, records)
        total.add(tally)
        forbidden.update(bad)
    stories = data / "storylines.json"
    if stories.is_file():
        for story in json.loads(stories.read_text(encoding="utf-8"))["storylines"]:
            told = [results[name] for name in story["documents"] if name in results]
            known = [assembled(told[: count + 1]) for count in range(len(told))]
            for row in (row for records in known for row in records):
                if row not in lines:  # a deal of one article is the same in the story
                    lines.append(row)
            total.add(score_story(story, known[-1], {name: results[name] for name in story["documents"]}))
            homes = [one.document.id for one in told if one.document is not None]
            total.add(_as_of(story, dict(zip(homes, known, strict=True)), results))
    if predictions is not None:
        predictions.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in lines), encoding="utf-8")
    return {
        "articles": len(folders),
        **total.report(),
        "forbidden": {"total": sum(forbidden.values()), **dict(sorted(forbidden.items()))},
    }


def article(folder: Path, gold: Row) -> RawArticle:
    """Return the article of a folder with its gold's publication date."""
    file = next(path for name in ("article.txt", "article.html") if (path := folder / name).is_file())
    opened = next(iter(open_sources([str(file)], Settings(), gold["published"])))
    if not isinstance(opened, RawArticle):
        message = f"{file}: {opened.code} {opened.note}"
        raise ValueError(message)  # noqa: TRY004 - the file is wrong, not its type
    return opened


def rows(results: Iterable[ArticleResult]) -> list[Row]:
    """Return the wire form of these articles' records, and of what they assemble to."""

    def records() -> Iterator[msgspec.Struct]:
        for result in results:
            yield from result.records()
        yield from whole_record(results)

    return [json.loads(wire.encode(record)) for record in records()]


def assembled(results: Iterable[ArticleResult]) -> list[Row]:
    """Return the wire form of the deals and cases that these articles assemble to."""
    made = (json.loads(wire.encode(record)) for record in whole_record(results))
    return [row for row in made if row["kind"] in {"deal", "case"}]


def _as_of(story: Row, known: dict[str, list[Row]], results: dict[str, ArticleResult]) -> Tally:
    """Return how often the status after each document of a storyline, in the order in which they came, is gold's."""
    tally = Tally()
    for row in story["deal"].get("status_by_document", []):
        document = results[row["document"]].document
        records = known.get(document.id, []) if document is not None else []
        deal = _deal_of(story["deal"], records)
        tally.share(
            "storylines.as_of", deal is not None and deal["status"] in {row["status"], *listed(row.get("status_also"))}
        )
    return tally


def _deal_of(gold: Row, records: list[Row]) -> Row | None:
    kinds = {gold["kind"], *listed(gold.get("kind_also"))}
    deals = [row for row in records if row["kind"] == "deal" and row["deal_kind"] in kinds]
    return max(deals, key=lambda row: (row["documents"], len(row["developments"])), default=None)


def score(gold: Row, records: list[Row]) -> tuple[Tally, Counter[str]]:
    """Return the counts of one article, and what was forbidden in it."""
    tally, bad = Tally(), Counter[str]()
    by_kind: dict[str, list[Row]] = {}
    for record in records:
        by_kind.setdefault(record["kind"], []).append(record)
    text = by_kind["document"][0]["text"] if "document" in by_kind else ""
    statements = {record["id"]: record for record in by_kind.get("statement", [])}
    _statements(tally, bad, text, gold, list(statements.values()))
    _acts(tally, bad, text, gold, predicted=by_kind.get("act", []), statements=statements)
    _steps(tally, text, gold, by_kind.get("step", []))
    _custody(tally, bad, gold, by_kind.get("custody", []))
    _deals(tally, bad, gold, by_kind.get("deal", []))
    _not_in_it(bad, text, gold, records)
    return tally, bad


def pair(scores: list[tuple[Any, int, int]]) -> dict[int, int]:
    """Return gold -> prediction, one to one, best first."""
    taken: dict[int, int] = {}
    used: set[int] = set()
    for _, gold, predicted in sorted(scores, key=lambda entry: (entry[0], -entry[1], -entry[2]), reverse=True):
        if gold not in taken and predicted not in used:
            taken[gold] = predicted
            used.add(predicted)
    return taken


def _count(
    tally: Tally, name: str, gold: list[Row], predicted: list[Row], *, taken: dict[int, int], neutral: set[int]
) -> list[int]:
    optional = {taken[place] for place in taken if gold[place].get("optional")}
    must = [place for place, row in enumerate(gold) if not row.get("optional")]
    found = [place for place in must if place in taken]
    ignored = optional | (neutral - set(taken.values()))
    tally.matches(name, found=len(found), predicted=len(predicted) - len(ignored), gold=len(must))
    return found


def _statements(tally: Tally, bad: Counter[str], text: str, gold: Row, predicted: list[Row]) -> None:
    rows_ = gold.get("statements", [])
    places = [find(text, row["content"]) for row in rows_]
    said = [chars(text, row["content"]) for row in predicted]
    taken = pair(
        [
            ((best, same_speaker(row, predicted[there])), here, there)
            for here, row in enumerate(rows_)
            for there, where in enumerate(said)
            if (best := max((overlap(where, place) for place in places[here]), default=0.0)) >= 0.5
        ]
    )
    near = [place for here, row in enumerate(rows_) if here in taken or row.get("optional") for place in places[here]]
    inside = {
        there for there, where in enumerate(said) if any(len(where & place) >= 0.8 * len(where) for place in near)
    }
    for here in _count(tally, "statements", rows_, predicted, taken=taken, neutral=inside):
        row, found = rows_[here], predicted[taken[here]]
        tally.share("statements.speaker", same_speaker(row, found))
        tally.share("statements.quotation", found["quotation"] == row["quotation"])
        if row.get("force"):
            tally.share("statements.force", found["force"] == row["force"])
        if row.get("date"):
            tally.share("statements.date", _same_days(row["date"], found.get("date")))
        if row.get("polarity") == "denied" and not (found.get("negated") or found["force"] == "deny"):
            bad["denial_lost"] += 1
    bad["pronoun_speaker"] += sum(
        match.fold((row.get("speaker") or {}).get("name") or "") in PRONOUNS for row in predicted
    )


def same_speaker(row: Row, found: Row) -> bool:
    """Say whether a predicted statement's speaker is gold's, or one that gold accepts too."""
    speaker = found.get("speaker")
    return same_actor(row["speaker"], speaker, row.get("country"), row.get("mention")) or any(
        same_actor(other, speaker) for other in listed(row.get("speaker_also"))
    )


def _same_days(gold: list[str | None], period: Row | None) -> bool:
    return bool(period) and [period["since"], period["until"]] == gold if period else False


def _acts(
    tally: Tally, bad: Counter[str], text: str, gold: Row, *, predicted: list[Row], statements: dict[str, Row]
) -> None:
    rows_ = gold.get("events", [])
    snippets = [find(text, row["snippet"]) for row in rows_]
    triggers = [chars(text, [row["trigger"]]) for row in predicted]
    kinds = [{row["type"], *listed(row.get("type_also"))} for row in rows_]

    def on(here: int, there: int) -> bool:
        where = triggers[there]
        return any(len(where & place) >= 0.5 * len(where) for place in snippets[here])

    taken = pair(
        [
            ((_roles(row, predicted[there])[2], predicted[there]["modality"] == row["modality"]), here, there)
            for here, row in enumerate(rows_)
            for there in range(len(predicted))
            if predicted[there]["type"] in kinds[here] and on(here, there)
        ]
    )
    neutral = {
        there
        for there in range(len(predicted))
        if any(
            predicted[there]["type"] in kinds[here] and on(here, there) and (row.get("optional") or here in taken)
            for here, row in enumerate(rows_)
        )
    }
    for here in _count(tally, "acts", rows_, predicted, taken=taken, neutral=neutral):
        row, found = rows_[here], predicted[taken[here]]
        actor, target, both = _roles(row, found)
        if actor is not None:
            tally.share("acts.actor", actor)
        if target is not None:
            tally.share("acts.target", target)
        if actor is not None or target is not None:
            tally.share("acts.roles", both)
        tally.share("acts.modality", found["modality"] == row["modality"])
        tally.share("acts.polarity", found["polarity"] == row.get("polarity", "asserted"))
        voice = statements.get(found.get("voice") or "")
        tally.share(
            "acts.voice",
            found.get("voice") is None
            if not row.get("voice")
            else voice is not None and same_actor(row["voice"], voice.get("speaker")),
        )
        if row.get("date"):
            tally.share("acts.date", _same_days(row["date"], found.get("date")))
    for there, found in enumerate(predicted):
        if found["polarity"] != "asserted" or found["modality"] not in REAL:
            continue
        told = [row for place, row in enumerate(rows_) if found["type"] in kinds[place] and on(place, there)]
        if told and all(row["modality"] not in REAL or row.get("polarity") == "denied" for row in told):
            bad["act_as_happened"] += 1
        elif told and all(row.get("voice") for row in told) and not found.get("voice"):
            bad["voice_lost"] += 1


def _roles(row: Row, found: Row) -> tuple[bool | None, bool | None, bool]:
    actors = listed(row.get("actors")) or listed(row.get("actor"))
    targets = listed(row.get("target"))
    found_actors, found_targets = found["actors"], found["targets"]
    if len(actors) > 1 and not targets:
        found_actors, found_targets = [*found_actors, *found_targets], []

    def fits(wanted: list[str], refs: list[Row]) -> tuple[bool, bool]:
        return (
            all(any(same_actor(name, ref) for ref in refs) for name in wanted),
            all(any(same_actor(name, ref) for name in wanted) for ref in refs),
        )

    actor, target = fits(actors, found_actors), fits(targets, found_targets)
    both = (not actors or all(actor)) and (not targets or all(target))
    return (actor[0] if actors else None, target[0] if targets else None, both)


def _steps(tally: Tally, text: str, gold: Row, predicted: list[Row]) -> None:
    rows_ = [
        {**step, "deal": deal, "optional": step.get("optional") or deal.get("optional")}
        for deal in gold.get("deals", [])
        for step in deal.get("developments", [])
    ]
    snippets = [find(text, row["snippet"]) for row in rows_]
    words = [chars(text, row["evidence"]) for row in predicted]

    def on(here: int, there: int) -> bool:
        where: Chars = words[there]
        return any(len(where & place) >= 0.5 * min(len(where), len(place)) for place in snippets[here])

    def kind(here: int, there: int) -> bool:
        deal = rows_[here]["deal"]
        return predicted[there]["deal_kind"] in {deal["kind"], *listed(deal.get("kind_also"))}

    taken = pair(
        [
            (max(overlap(words[there], place) for place in snippets[here]), here, there)
            for here, row in enumerate(rows_)
            for there in range(len(predicted))
            if kind(here, there) and predicted[there]["step"] == row["step"] and on(here, there)
        ]
    )
    neutral = {
        there
        for there in range(len(predicted))
        if any(row["optional"] and kind(here, there) and on(here, there) for here, row in enumerate(rows_))
    }
    for here in _count(tally, "steps", rows_, predicted, taken=taken, neutral=neutral):
        row, found = rows_[here], predicted[taken[here]]
        tally.share(
            "steps.parties",
            all(any(same_actor(name, ref) for ref in found["parties"]) for name in row["deal"].get("parties", [])),
        )


def _custody(tally: Tally, bad: Counter[str], gold: Row, predicted: list[Row]) -> None:
    rows_ = gold.get("cases", [])
    by_person: dict[int, list[Row]] = {}
    strangers = set()
    for found in predicted:
        here = next(
            (
                place
                for place, row in enumerate(rows_)
                if same_actor(row["person"], found["person"], mention=row.get("mention"))
            ),
            None,
        )
        if here is None:
            strangers.add(match.fold(found["person"]["name"]))
        else:
            by_person.setdefault(here, []).append(found)
    must = [place for place, row in enumerate(rows_) if not row.get("optional")]
    found_ = [place for place in must if place in by_person]
    tally.matches("custody", found=len(found_), predicted=len(found_) + len(strangers), gold=len(must))
    for place, reports in by_person.items():
        row = rows_[place]
        last = max(reports, key=lambda report: ORDER.index(report["status"]))
        if not row.get("optional"):
            statuses = {row["status"], *listed(row.get("status_also"))}
            tally.share("custody.status", last["status"] in statuses)
            if row.get("held_by"):
                tally.share("custody.holder", any(same_actor(row["held_by"], report["holder"]) for report in reports))
            for field in ("charge", "sentence"):
                if row.get(field):
                    wanted = set(match.fold(row[field]).split())
                    tally.share(
                        f"custody.{field}",
                        any(wanted & set(match.fold(report[field] or "").split()) for report in reports),
                    )
        if row["status"] not in FREE and not FREE & set(listed(row.get("status_also"))):
            bad["custody_overstated"] += sum(
                report["status"] in FREE and report["polarity"] == "asserted" and not report["voice"]
                for report in reports
            )


def _deals(tally: Tally, bad: Counter[str], gold: Row, predicted: list[Row]) -> None:
    rows_ = gold.get("deals", [])

    def common(row: Row, found: Row) -> int:
        return sum(any(same_actor(name, ref) for ref in found["parties"]) for name in row.get("parties") or [])

    taken = pair(
        [
            ((common(row, found), found["status"] in {row["status"], *listed(row.get("status_also"))}), here, there)
            for here, row in enumerate(rows_)
            for there, found in enumerate(predicted)
            if found["deal_kind"] in {row["kind"], *listed(row.get("kind_also"))} and common(row, found)
        ]
    )
    for here in _count(tally, "deals", rows_, predicted, taken=taken, neutral=set()):
        row, found = rows_[here], predicted[taken[here]]
        tally.share("deals.status", found["status"] in {row["status"], *listed(row.get("status_also"))})
        if found["status"] in FAR and not FAR & {row["status"], *listed(row.get("status_also"))}:
            bad["deal_overstated"] += 1


def _not_in_it(bad: Counter[str], text: str, gold: Row, records: list[Row]) -> None:
    area: set[int] = set()
    for row in gold.get("not_in_it", []):
        if row.lower().startswith("any record from"):
            quoted = row.split("'", 1)[-1].rsplit("'", 1)[0]
            for place in find(text, quoted):
                area |= place
    for record in records:
        if record["kind"] in {"statement", "act", "step", "custody"}:
            where = chars(text, [record["trigger"]] if record["kind"] == "act" else record["evidence"])
            bad["skipped_text"] += bool(where) and len(where & area) >= 0.5 * len(where)


def score_story(story: Row, records: list[Row], results: dict[str, ArticleResult]) -> Tally:
    """Return the counts of one storyline: its deal's status, its developments found, its cases' last status."""
    tally = Tally()
    gold = story["deal"]
    texts = {result.document.id: (name, result.document.text) for name, result in results.items() if result.document}
    deal = _deal_of(gold, records)
    final = {gold["final_status"], *listed(gold.get("final_status_also"))}
    tally.share("storylines.status", deal is not None and deal["status"] in final)
    must = [row for row in gold["developments"] if not row.get("optional")]
    found = 0
    for row in must:
        found += deal is not None and any(
            step["step"] == row["step"] and _told(texts, row, step) for step in deal["developments"]
        )
    tally.matches("storylines.developments", found=found, predicted=found, gold=len(must))
    for row in story.get("cases", []):
        case = next(
            (one for one in records if one["kind"] == "case" and same_actor(row["person"], one["person"])), None
        )
        tally.share("storylines.cases", case is not None and case["status"] == row["final_status"])
    return tally


def _told(texts: dict[str, tuple[str, str]], row: Row, step: Row) -> bool:
    name, text = texts.get(step["document"], ("", ""))
    snippets = [row, *listed(row.get("also_in"))]
    where = chars(text, step["evidence"])
    return any(
        len(where & place) >= 0.5 * min(len(where), len(place))
        for other in snippets
        if other.get("document") == name
        for place in find(text, other.get("snippet"))
    )
