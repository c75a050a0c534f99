"""Run the command line with names that lead to the site of `watch_site.py`: python watch_driver.py PORT ARGUMENTS...

The guard against private addresses is the real one: *.test are given a public address, which is dialled on loopback;
evil.test is loopback by its own account. Articles are read without a model.
"""

import functools
import sys

import httpcore

from onrecord import pipeline
from onrecord.ingest import fetch, poll
from onrecord.model.article import ArticleResult
from onrecord.model.text import Document
from onrecord.show.cli import main

PUBLIC = "93.184.215.14"
real = fetch.dialled
port = int(sys.argv[1])


def resolved(host, _port):
    if host in {"127.0.0.1", "evil.test"}:
        return ["127.0.0.1"]
    return [PUBLIC]


def dialled(address, _port, timeout):
    if address != PUBLIC:
        message = f"the test dialled {address}"
        raise httpcore.ConnectError(message)
    return real("127.0.0.1", port, timeout)


def per_article(raw, _kit):
    document = Document(
        id=Document.id_of(raw.text), title=raw.title, text=raw.text, source=raw.url or raw.source, retrieved=raw.retrieved,
        published="2031-05-05", published_basis="metadata",
    )  # fmt: skip
    return ArticleResult(document=document)


fetch.resolved, fetch.dialled = resolved, dialled
fetch.Limits = functools.partial(fetch.Limits, seconds=3.0, silence=8.0)
poll.Pace = functools.partial(poll.Pace, tries=2)
pipeline.Kit.build = lambda settings: settings
pipeline.per_article = per_article
main(sys.argv[2:])
