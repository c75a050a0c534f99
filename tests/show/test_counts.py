"""One record, one number: pages, API, command line, every export, agents' tools and Python count alike."""

import asyncio
import csv
import io
import json
import re
from collections import Counter
from html import unescape

import icalendar
import pytest
from mcp import Client
from starlette.testclient import TestClient

import onrecord
from onrecord.keep.open import open_view
from onrecord.keep.protocol import Query
from onrecord.show.cli import main
from onrecord.show.export.formats import FORMS
from onrecord.show.mcp.server import build as build_server
from onrecord.show.web.app import build as build_pages

FILTERS = ({}, {"who": "IRN"}, {"country": "TUR"}, {"since": "2026-04-01", "until": "2026-05-31"})
KINDS = ("deal", "case", "statement", "event", "act")
# What a filter is called where it isn't called as in the store.
CALLED = {("deal", "who"): "party"}
# The page of each kind; all but the board of deals name their total.
PAGES = {
    "deal": "/deals", "case": "/cases", "statement": "/statements", "event": "/events", "act": "/events?view=reports",
}  # fmt: skip
EXPORTS = [(form.name, kind) for form in FORMS for kind in KINDS if kind in form.kinds]


@pytest.fixture(scope="module")
def view(demo):
    with open_view(demo) as opened:
        yield opened


@pytest.fixture(scope="module")
def pages(demo):
    with TestClient(build_pages(demo), base_url="http://127.0.0.1") as client:
        yield client


@pytest.fixture
def cli(capfdbinary, demo):
    """cli(*arguments) -> what the program wrote to stdout and to stderr."""

    def go(*arguments):
        capfdbinary.readouterr()
        with pytest.raises(SystemExit) as end:
            main([*arguments, "--store", str(demo)])
        said = capfdbinary.readouterr()
        assert not end.value.code, said.err
        return said.out, said.err.decode()

    return go


def options(asked):
    return [part for name, value in asked.items() for part in (f"--{name}", value)]


def called(kind, asked):
    return {CALLED.get((kind, name), name): value for name, value in asked.items()}


@pytest.mark.parametrize("asked", FILTERS, ids=str)
@pytest.mark.parametrize("kind", KINDS)
def test_every_channel_counts_alike(demo, view, pages, cli, kind, asked):
    expected = view.count(Query(kind=kind, **asked))
    counts = {
        "show": len(cli("show", f"{kind}s", "--format", "jsonl", *options(asked))[0].splitlines()),
        "python": len(getattr(onrecord.open(demo), f"{kind}s")(**asked)),
        "python, one by one": sum(1 for _ in getattr(onrecord.open(demo), f"{kind}s")(**asked)),
        "page": on_page(pages, kind, asked),
        "api": pages.get(f"/api/v1/{kind}s", params=called(kind, asked)).json()["total"],
    }
    counts["api, page by page"] = len(walked(pages, kind, asked))
    for form in ("jsonl", "csv"):
        answer = pages.get(f"/api/v1/{kind}s", params={**called(kind, asked), "format": form, "limit": 500}).text
        counts[f"api {form}"] = (
            answer.count("\n") if form == "jsonl" else len(list(csv.DictReader(io.StringIO(answer))))
        )
    if kind != "act":  # agents are told of events, each with its acts
        counts["agents"] = agents(demo, kind, asked)
    assert {name: count for name, count in counts.items() if count != expected} == {}


@pytest.mark.parametrize("asked", FILTERS, ids=str)
@pytest.mark.parametrize(("form", "kind"), EXPORTS)
def test_every_export_counts_alike(view, cli, form, kind, asked):
    """What is in the file and what the program says was left out of it make up the whole."""
    expected = view.count(Query(kind=kind, **asked))
    written, said = cli("export", "--format", form, "--kind", kind, *options(asked))
    left_out = int(found[1]) if (found := re.search(r"^(\d+) left out", said, re.MULTILINE)) else 0
    assert f"{expected - left_out} records" in said
    assert READ[form](written, kind) == expected - left_out
    if form == "ical":
        records = list(view.find(Query(kind=kind, **asked)))
        assert expected - left_out == sum(map(dated, records))
    elif form not in {"gdelt", "icews", "acled"}:
        assert left_out == 0


def test_some_filter_finds_something_of_each_kind(view):
    """Else all these zeros would agree."""
    found = {kind: [view.count(Query(kind=kind, **asked)) for asked in FILTERS] for kind in KINDS}
    assert {kind: counts for kind, counts in found.items() if not min(counts)} == {}


def test_every_format_was_counted():
    assert {form for form, _ in EXPORTS} == {form.name for form in FORMS}


def test_an_agent_is_told_of_as_many_events_between_two(demo, view):
    """As the store finds that name both."""
    pairs = Counter(
        tuple(sorted((one.actor, other.actor)))
        for event in view.find(Query(kind="event"))
        for one in event.actors for other in event.targets if one.actor != other.actor
    )  # fmt: skip
    assert pairs
    for one, other in list(pairs)[:12]:
        both = [{event.id for event in view.find(Query(kind="event", who=who))} for who in (one, other)]
        assert ask(demo, "events_between", {"one": one, "other": other})["found"] == len(both[0] & both[1])


def test_the_calendar_of_the_pages_is_that_of_the_export(pages, cli):
    ours = icalendar.Calendar.from_ical(pages.get("/calendar").content).walk("VEVENT")
    theirs = icalendar.Calendar.from_ical(cli("export", "--format", "ical")[0]).walk("VEVENT")
    assert sorted(str(one["UID"]) for one in ours) == sorted(str(one["UID"]) for one in theirs)
    assert ours


def walked(pages, kind, asked):
    """The ids of all pages of the API, cursor after cursor."""
    ids, cursor = [], ""
    while cursor is not None:
        answer = pages.get(f"/api/v1/{kind}s", params={**called(kind, asked), "limit": 50, "cursor": cursor}).json()
        ids += [one["id"] for one in answer["records"]]
        cursor = answer["next"]
    assert len(ids) == len(set(ids))
    return ids


def dated(record):
    """Whether a deal or event has a place in a calendar."""
    if record.__struct_config__.tag == "deal":
        return any(
            one.scheduled_for and (one.scheduled_for.since or one.scheduled_for.until) for one in record.developments
        )
    return record.modality == "planned" and bool(record.date and (record.date.since or record.date.until))


def by_ids(kind, ids):
    return len({one for one in ids if one.startswith(f"{kind}-")})


def in_parquet(written, _):
    from pyarrow import parquet  # noqa: PLC0415

    return parquet.read_table(io.BytesIO(written)).num_rows


def in_calendar(written, kind):
    """Entries of deals are called after their developments: those of one deal have its title."""
    entries = icalendar.Calendar.from_ical(written).walk("VEVENT")
    if kind == "event":
        return by_ids(kind, [str(one["UID"]) for one in entries])
    return len({str(one["SUMMARY"]).rpartition(": ")[0] for one in entries})


def matching(pattern):
    return lambda written, _: len(re.findall(pattern, written.decode(), re.MULTILINE))


READ = {
    "jsonl": lambda written, kind: sum(json.loads(line)["kind"] == kind for line in written.splitlines()),
    "csv": lambda written, _: len(list(csv.DictReader(io.StringIO(written.decode())))),
    "parquet": in_parquet,
    "plover": lambda written, _: len({json.loads(line)["id"] for line in written.splitlines()}),
    "gdelt": lambda written, _: len({line.split(b"\t")[0] for line in written.splitlines()}),
    "icews": lambda written, _: max(0, len(written.splitlines()) - 1),
    "acled": lambda written, _: len(list(csv.DictReader(io.StringIO(written.decode())))),
    "ftm": lambda written, kind: by_ids(kind, [json.loads(line)["id"] for line in written.splitlines()]),
    "geojson": lambda written, _: len(json.loads(written)["features"]),
    "ical": in_calendar,
    "annotation": matching(r"^\{"),
    "jsonld": matching(r'^\{"@id'),
    "ris": matching(r"^TY  - "),
    "bibtex": matching(r"^@misc"),
}  # fmt: skip


def ask(demo, tool, arguments):
    async def go():
        async with Client(build_server(demo)) as client:
            return (await client.call_tool(tool, arguments)).structured_content

    return asyncio.run(go())


def agents(demo, kind, asked):
    """What the tool for this kind says it found."""
    tool, who = {
        "deal": ("find_deals", "party"), "statement": ("search_statements", "speaker"),
        "case": ("case_of_person", "person"), "event": ("find_events", "who"),
    }[kind]  # fmt: skip
    return ask(demo, tool, {who if name == "who" else name: value for name, value in asked.items()})["found"]


def on_page(pages, kind, asked):
    """How many the page says there are; of the board of deals, how many its columns say."""
    path, _, view = PAGES[kind].partition("?")
    values = called(kind, asked) | (dict([view.split("=")]) if view else {})
    answer = pages.get(path, params=values)
    assert answer.status_code == 200
    if kind == "deal":
        listed = len(set(re.findall(r'href="/deals/(deal-[0-9a-f]+)"', answer.text)))
        columns = re.findall(r'<h2 id="s-\w+">.*?class="count">([\d,]+)', answer.text)
        assert listed == sum(int(one.replace(",", "")) for one in columns)
        return listed
    text = unescape(re.sub(r"<[^>]+>", "", answer.text))
    found = re.search(r"\d+–\d+ of ([\d,]+) \w+", text)
    return int(found[1].replace(",", "")) if found else 0
