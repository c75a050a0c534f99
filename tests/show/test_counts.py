"""One record, one number: page, API, command line, exports, agents' tools and Python count alike."""

import asyncio
import csv
import io
import json
import re

import pytest
from mcp import Client
from starlette.testclient import TestClient

import onrecord
from onrecord.keep.open import open_view
from onrecord.keep.protocol import Query
from onrecord.show.cli import main
from onrecord.show.export.formats import BY_NAME
from onrecord.show.export.look import Look
from onrecord.show.mcp.server import build as build_server
from onrecord.show.web.app import build as build_pages

FILTERS = ({}, {"who": "IRN"}, {"country": "TUR"}, {"since": "2026-04-01", "until": "2026-05-31"})


@pytest.fixture(scope="module")
def view(demo):
    with open_view(demo) as opened:
        yield opened


def _cli(capsys, demo, *arguments):
    capsys.readouterr()
    with pytest.raises(SystemExit) as end:
        main([*arguments, "--store", str(demo)])
    assert not end.value.code
    return capsys.readouterr().out


@pytest.mark.parametrize("asked", FILTERS, ids=str)
@pytest.mark.parametrize("kind", ["deal", "case", "statement", "event"])
def test_every_channel_counts_alike(demo, view, capsys, kind, asked):
    """Deals, cases, statements and events under the same filter."""
    expected = view.count(Query(kind=kind, **asked))
    options = [part for name, value in asked.items() for part in (f"--{name}", value)]
    counts = {
        "show": len(_cli(capsys, demo, "show", f"{kind}s", "--format", "jsonl", *options).splitlines()),
        "export jsonl": len(_cli(capsys, demo, "export", "--kind", kind, *options).splitlines()),
        "python": len(getattr(onrecord.open(demo), f"{kind}s")(**asked)),
    }
    records = list(view.find(Query(kind=kind, **asked)))
    for form in ("csv", "parquet"):
        written = b"".join(BY_NAME[form].write(iter(records), Look(view.get), kind))
        counts[form] = _rows(form, written)
    if kind == "statement":
        for form, pattern in (
            ("ris", r"^TY  - "),
            ("bibtex", r"^@misc"),
            ("annotation", r"^\{"),
            ("jsonld", r'^\{"@id'),
        ):
            written = b"".join(BY_NAME[form].write(iter(records), Look(view.get), kind)).decode()
            counts[form] = len(re.findall(pattern, written, re.MULTILINE))
    if kind == "event":
        written = b"".join(BY_NAME["geojson"].write(iter(records), Look(view.get), kind))
        counts["geojson"] = len(json.loads(written)["features"])
    if kind in {"deal", "statement"}:
        counts["agents"] = _agents(demo, kind, asked)
    counts["page"] = _page(demo, kind, asked)
    counts["api"] = _api(demo, kind, asked)
    assert {name: count for name, count in counts.items() if count not in (expected, None)} == {}


def _rows(form, written):
    if form == "csv":
        return len(list(csv.DictReader(io.StringIO(written.decode()))))
    from pyarrow import parquet  # noqa: PLC0415

    return parquet.read_table(io.BytesIO(written)).num_rows


def _agents(demo, kind, asked):
    """What the tool for this kind says it found; None where the tool has no such filter."""
    if kind == "deal" and "country" in asked:
        return None
    names = {"who": "party" if kind == "deal" else "speaker"}
    arguments = {names.get(name, name): value for name, value in asked.items()}

    async def ask():
        async with Client(build_server(demo)) as client:
            tool = "find_deals" if kind == "deal" else "search_statements"
            return (await client.call_tool(tool, arguments)).structured_content["found"]

    return asyncio.run(ask())


def _asked(kind, asked):
    """The filter in the pages' own words; None where a kind has no such filter there."""
    if kind == "deal" and "country" in asked:
        return None
    return {("party" if kind == "deal" and name == "who" else name): value for name, value in asked.items()}


def _page(demo, kind, asked):
    """How many the page lists or says there are; None for what has no list with a total."""
    values = _asked(kind, asked)
    if kind not in {"statement", "deal"} or values is None:
        return None
    with TestClient(build_pages(demo), base_url="http://127.0.0.1") as client:
        answer = client.get(f"/{kind}s", params=values)
        assert answer.status_code == 200
        if kind == "deal":
            return len(set(re.findall(r'href="/deals/(deal-[0-9a-f]+)"', answer.text)))
        found = re.search(r"([\d,]+) statements?\b", re.sub(r"<[^>]+>", "", answer.text))
        return int(found[1].replace(",", "")) if found else 0


def _api(demo, kind, asked):
    """The total that the API says."""
    values = _asked(kind, asked)
    if values is None:
        return None
    with TestClient(build_pages(demo), base_url="http://127.0.0.1") as client:
        answer = client.get(f"/api/v1/{kind}s", params=values)
        assert answer.status_code == 200, answer.text
        return answer.json()["total"]
