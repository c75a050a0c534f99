"""The official client asks everything there is to ask; every sentence stands at its offsets."""

import asyncio
import os
import sys
import threading
import time

import httpx
import msgspec
import pytest
import uvicorn
from mcp import Client
from mcp.client.stdio import StdioServerParameters

from onrecord.keep.open import open_view
from onrecord.keep.protocol import Query
from onrecord.show.mcp.gate import TokenGate
from onrecord.show.mcp.questions import NOTHING
from onrecord.show.mcp.server import build
from onrecord.show.web.access import LOCAL, Access

TOOLS = {
    "search_statements", "find_deals", "deal_status", "case_of_person", "find_events", "events_between", "sentence",
    "changed_since",
}  # fmt: skip


@pytest.fixture(scope="module")
def known(demo):
    """Texts by document, and one id of each kind."""
    with open_view(demo) as view:
        texts = {document.id: document.text for document in view.find(Query(kind="document"))}
        ids = {
            kind: next(view.find(Query(kind=kind))).id
            for kind in ("statement", "act", "step", "custody", "deal", "case", "event", "actor", "document")
        }
        event = next(each for each in view.find(Query(kind="event")) if each.actors and each.targets)
        deal = next(each for each in view.find(Query(kind="deal")) if len(each.developments) > 1)
        return texts, ids, event, deal


def _ask(demo, name, **arguments):
    async def ask():
        async with Client(build(demo)) as client:
            return await client.call_tool(name, arguments)

    return asyncio.run(ask())


def _words(told):
    """Every piece of evidence inside an answer."""
    if isinstance(told, dict):
        if "words" in told:
            yield told
        for value in told.values():
            yield from _words(value)
    elif isinstance(told, list):
        for value in told:
            yield from _words(value)


def _check(told, texts):
    count = 0
    for words in _words(told):
        text = texts[words["document"]["id"]]
        sentence = words["sentence"]
        assert text[words["start"] : words["end"]] == words["words"]
        assert text[sentence["start"] : sentence["end"]] == sentence["text"]
        assert sentence["start"] <= words["start"] < words["end"] <= sentence["end"]
        count += 1
    return count


def test_the_client_lists_every_tool_and_calls_each(demo, known):
    """Read-only tools with descriptions; answers with their sentences, each at its offsets."""
    texts, ids, event, deal = known
    calls = {
        "search_statements": {"limit": 100},
        "find_deals": {},
        "deal_status": {"deal": deal.id},
        "case_of_person": {"person": ids["case"]},
        "find_events": {"who": event.actors[0].actor},
        "events_between": {"one": event.actors[0].actor, "other": event.targets[0].actor},
        "sentence": {"record": ids["statement"]},
        "changed_since": {"since": "2026-04-01"},
    }
    assert set(calls) == TOOLS

    async def ask():
        async with Client(build(demo)) as client:
            listed = (await client.list_tools()).tools
            assert {tool.name for tool in listed} == TOOLS
            assert all(tool.description and tool.annotations.read_only_hint for tool in listed)
            for name, arguments in calls.items():
                said = await client.call_tool(name, arguments)
                assert not said.is_error, said.content
                assert _check(said.structured_content, texts), name

    asyncio.run(ask())


@pytest.mark.parametrize("kind", ["statement", "act", "step", "custody", "deal", "case", "event"])
def test_a_record_of_any_kind_is_given_with_its_sentences(demo, known, kind):
    """By its id."""
    texts, ids, *_ = known
    told = _ask(demo, "sentence", record=ids[kind]).structured_content
    assert told["kind"] == kind
    assert _check(told, texts)


def test_a_document_is_given_whole_and_an_unknown_id_is_said(demo, known):
    """The text itself, for whoever wants to check."""
    texts, ids, *_ = known
    assert _ask(demo, "sentence", record=ids["document"]).structured_content["text"] == texts[ids["document"]]
    assert "no record" in _ask(demo, "sentence", record="nobody").structured_content["note"]


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("search_statements", {"speaker": "Nobody Atall"}), ("find_deals", {"party": "ZWE"}),
        ("case_of_person", {"person": "Nobody Atall"}), ("events_between", {"one": "ZWE", "other": "FJI"}),
        ("find_events", {"who": "ZWE"}), ("case_of_person", {"status": "died", "country": "ZWE"}),
        ("changed_since", {"since": "2040-01-01"}), ("deal_status", {"deal": "deal-0"}),
    ],
)  # fmt: skip
def test_an_answer_says_when_the_record_holds_nothing(demo, name, arguments):
    """Silence is said, and that it proves nothing."""
    assert _ask(demo, name, **arguments).structured_content["note"] == NOTHING


def test_what_makes_no_sense_is_an_error_in_words(demo):
    """A wrong day, a wrong limit, a store that isn't there."""
    assert "YYYY-MM-DD" in _ask(demo, "changed_since", since="lately").content[0].text
    assert "1 to 100" in _ask(demo, "search_statements", limit=0).content[0].text
    assert _ask(demo.parent / "none.db", "find_deals").is_error


def test_a_deal_before_its_first_step(demo, known):
    """Nothing of what came later is told."""
    told = _ask(demo, "deal_status", deal=known[3].id, on="1990-01-01").structured_content
    assert told["developments"] == []
    assert told["status"] == "nothing was on record by that day"


def test_resources_and_the_prompt(demo, known):
    """Deals and cases as JSON; a prompt that asks for citations."""
    _, ids, *_ = known

    async def ask():
        async with Client(build(demo)) as client:
            deals = msgspec.json.decode((await client.read_resource("onrecord://deals")).contents[0].text)
            deal = msgspec.json.decode((await client.read_resource(f"onrecord://deals/{ids['deal']}")).contents[0].text)
            case = msgspec.json.decode((await client.read_resource(f"onrecord://cases/{ids['case']}")).contents[0].text)
            none = msgspec.json.decode((await client.read_resource(f"onrecord://cases/{ids['deal']}")).contents[0].text)
            prompt = (await client.get_prompt("briefing", {"about": "Vila"})).messages[0].content.text
            return deals, deal, case, none, prompt

    deals, deal, case, none, prompt = asyncio.run(ask())
    assert ids["deal"] in {each["id"] for each in deals}
    assert (deal["id"], case["id"]) == (ids["deal"], ids["case"])
    assert none["found"] == 0
    assert "Footnote every sentence" in prompt


def test_over_stdio_as_a_program_of_its_own(demo):
    """`onrecord mcp`, started by the client."""
    command = "from onrecord.show.cli import main; main()"
    server = StdioServerParameters(
        command=sys.executable, args=["-c", command, "mcp", "--store", str(demo)], env=dict(os.environ)
    )

    async def ask():
        async with Client(server) as client:
            return await client.call_tool("find_deals", {})

    assert asyncio.run(asyncio.wait_for(ask(), 60)).structured_content["found"] > 0


def test_over_http_the_rules_of_the_pages_hold(demo):
    """A foreign Host is refused, a token asked for where there is one, wrong ones are counted; then it answers."""
    app = TokenGate(
        build(demo).streamable_http_app(stateless_http=True, json_response=True), Access(LOCAL, "right-token")
    )
    config = uvicorn.Config(app, port=0, log_level="error")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    address = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}/mcp"
    try:
        assert httpx.post(address, headers={"Host": "evil.example"}).status_code == 400
        assert httpx.post(address).status_code == 401
        assert httpx.post(address, headers={"Authorization": "Bearer wrong-token"}).status_code == 401
        ping = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
        headers = {"Accept": "application/json, text/event-stream", "Authorization": "Bearer right-token"}
        answer = httpx.post(address, json=ping, headers=headers)
        assert answer.status_code == 200, answer.text
        assert {tool["name"] for tool in answer.json()["result"]["tools"]} == TOOLS
        codes = [httpx.post(address, headers={"Authorization": f"Bearer wrong-{n}"}).status_code for n in range(12)]
        assert codes[-1] == 429
        assert httpx.post(address, json=ping, headers=headers).status_code == 200
    finally:
        server.should_exit = True
        thread.join(10)
