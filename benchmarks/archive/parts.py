"""The parts of `make bench-archive`, each returning its figures: workers, stops, memory, lake, peers."""

import json
import os
import random
import re
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "benchmarks"))

from generate import lake as generated
from speed.run import DEFAULT

from onrecord.batch import assemble
from onrecord.batch import plan as plans
from onrecord.keep.lake import open_lake

QUESTIONS = ROOT / "docs" / "how-to" / "archive.md"
TABLES = ("document", "moment", "place", "mention", "statement", "act", "step", "custody", "rejection")


def articles(place: Path, count: int) -> Path:
    """Write so many PolNeAR articles as JSON Lines, a month for every fortieth."""
    files = sorted(DEFAULT.glob("*.txt"))[:count]
    with place.open("w", encoding="utf-8") as out:
        for number, file in enumerate(files):
            day = f"2016-{number // 40 % 12 + 1:02}-15"
            text = file.read_text(encoding="utf-8")
            out.write(json.dumps({"text": text, "published": day, "url": f"polnear/{file.stem}"}) + "\n")
    return place


def short(place: Path, count: int) -> Path:
    """Write so many made-up articles of a sentence or two, every one with names and words of its own."""
    with place.open("w", encoding="utf-8") as out:
        for number in range(count):
            name = f"{generated.word(number, 5)} {generated.word(number * 7, 6)}"
            town, side = generated.word(number * 3, 6), generated.word(number * 13, 7)
            text = f"{name} of {side} said that the talks in {town} had failed.\n"
            out.write(json.dumps({"text": text, "published": "2031-05-04", "url": f"made/{number}"}) + "\n")
    return place


def archive(source: Path, lake: Path, *options: str) -> dict[str, float]:
    """Read a source into a lake in a process of its own; return seconds by the clock and of the processor."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    command = [sys.executable, "-m", "onrecord", "archive", str(source), "--lake", str(lake), *options]
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    done = plans.done(lake).values()
    return {
        "seconds": round(time.monotonic() - began, 1),
        "processor_seconds": round(processor, 1),
        "seconds_in_shards": round(sum(one.seconds for one in done), 1),
        "processor_seconds_in_shards": round(sum(one.processor_seconds for one in done), 1),
    }


def content(lake: Path) -> dict[str, bytes]:
    """Return the bytes of every file of records."""
    return {str(file.relative_to(lake)): file.read_bytes() for file in sorted(lake.glob("*/month=*/*.parquet"))}


def workers(room: Path, count: int, reader: str) -> dict[str, object]:
    """One worker against two, over the same articles."""
    source = articles(room / "articles.jsonl", count)
    options = ("--shard-size", "20", "--reader", reader)
    one = archive(source, room / "one", *options)
    two = archive(source, room / "two", *options, "--workers", "2")
    return {
        "articles": count,
        "reader": reader,
        "one": one,
        "two": two,
        "times_as_fast": round(one["seconds"] / two["seconds"], 2),
        "same_bytes": content(room / "one") == content(room / "two"),
    }


def stops(room: Path, count: int, kills: int, reader: str) -> dict[str, object]:
    """Kill the run with all its workers at random moments, resume it, and compare with one that was left in peace."""
    source = articles(room / "articles.jsonl", count)
    options = ("--shard-size", "5", "--reader", reader, "--workers", "2")
    began = time.monotonic()
    archive(source, room / "whole", *options)
    whole, chance, done = time.monotonic() - began, random.Random(8), 0  # noqa: S311
    command = [sys.executable, "-m", "onrecord", "archive", str(source), "--lake", str(room / "killed"), *options]
    for _ in range(kills):
        run = subprocess.Popen(command, start_new_session=True, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        try:
            run.wait(chance.uniform(0.05, 0.6) * whole)
        except subprocess.TimeoutExpired:
            os.killpg(run.pid, signal.SIGKILL)
            run.wait()
            done += 1
    archive(source, room / "killed", *options)
    found = [row[0] for row in _rows(room / "killed", "SELECT id FROM document")]
    return {
        "articles": count,
        "killed": done,
        "same_bytes": content(room / "killed") == content(room / "whole"),
        "documents": len(found),
        "different_documents": len(set(found)),
    }


def memory(room: Path, count: int, reader: str) -> dict[str, object]:
    """Memory of one worker after a tenth of so many short articles and after all of them."""
    archive(short(room / "short.jsonl", count), room / "memory", "--shard-size", "1000", "--reader", reader)
    ordered = [one.megabytes for _, one in sorted(plans.done(room / "memory").items())]
    tenth = ordered[max(0, len(ordered) // 10 - 1)]
    return {"articles": count, "reader": reader, "megabytes_at_a_tenth": tenth, "megabytes_at_the_end": ordered[-1],
            "grown_by": round(ordered[-1] / tenth - 1, 3)}  # fmt: skip


def lake(room: Path, count: int, processes: int) -> dict[str, object]:
    """Generate a lake, ask it the ten questions of the how-to, assemble it, and look the planted storylines up."""
    place = room / f"lake{count}"
    made = {"articles": count} if place.exists() else generated.write(place, count)
    times = {}
    for number, sql in enumerate(re.findall(r"```sql\n(.*?)```", QUESTIONS.read_text(encoding="utf-8"), re.DOTALL), 1):
        began, worked = time.monotonic(), _processor()
        rows = _rows(place, sql)
        times[f"question {number}"] = {
            "seconds": round(time.monotonic() - began, 2), "processor": round(_processor() - worked, 2),
            "rows": len(rows),
        }  # fmt: skip
    began, worked = time.monotonic(), _processor()
    counts = assemble.run(place, workers=processes)
    return {
        "generated": made,
        "questions": times,
        "assembled": counts,
        "assemble_seconds": round(time.monotonic() - began, 1),
        "assemble_processor_seconds": round(_processor() - worked, 1),
        "peak_megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        **planted(place),
    }


def planted(place: Path) -> dict[str, int]:
    """Count the planted storylines that came out as one deal carried out over four articles, and as two cases."""
    wanted = json.loads((place / "planted.json").read_text(encoding="utf-8"))
    deals = {
        frozenset(one["actor"] for one in parties): (status, documents)
        for parties, status, documents in _rows(
            place, "SELECT parties, status, documents FROM deal WHERE deal_kind = 'prisoner_exchange'"
        )
    }
    cases = dict(_rows(place, "SELECT person.actor, status FROM cases"))

    def slug(person: int) -> str:
        return f"{generated.word(person % 9000, 5)}-{generated.word(person, 6)}".lower()

    whole = sum(
        deals.get(frozenset(generated.code(side) for side in one["sides"])) == ("carried_out", 4) for one in wanted
    )
    freed = sum(all(cases.get(slug(one)) in {"released", "exchanged"} for one in story["persons"]) for story in wanted)
    return {"storylines": len(wanted), "deals_whole": whole, "cases_whole": freed}


def peers(count: int) -> dict[str, object]:
    """Time the quote extraction of textacy over the same articles, where it is installed: quotations only."""
    try:
        from textacy.extract.triples import direct_quotations  # noqa: PLC0415
    except ModuleNotFoundError:
        return {"textacy": "not installed here"}
    import spacy  # noqa: PLC0415
    from speed.run import bare_pipeline  # noqa: PLC0415

    from onrecord.settings import Settings  # noqa: PLC0415

    nlp = bare_pipeline(Settings())
    texts = [file.read_text(encoding="utf-8") for file in sorted(DEFAULT.glob("*.txt"))[:count]]
    began, found, given_up = time.process_time(), 0, 0
    for doc in nlp.pipe(texts, batch_size=8):
        try:
            found += sum(1 for _ in direct_quotations(doc))
        except ValueError:  # it gives a text up where a quotation mark is not closed
            given_up += 1
    seconds = time.process_time() - began
    return {"spacy": spacy.__version__, "textacy_words_a_second": round(sum(len(t.split()) for t in texts) / seconds),
            "textacy_quotations": found, "texts": count, "texts_given_up": given_up}  # fmt: skip


def _rows(place: Path, sql: str) -> list[tuple]:
    with open_lake(place) as opened:
        return list(opened.query(sql)[1])


def _processor() -> float:
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in both)
