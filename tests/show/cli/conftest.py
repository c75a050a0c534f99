"""The command line in one process: run(...) -> what it printed and its exit code; store: a small record made by hand."""

import msgspec
import pytest

from onrecord.keep.open import open_writer
from onrecord.model.mention import ActorRef
from onrecord.model.moment import Period
from onrecord.model.record import Actor, Case, CaseEntry, Deal, Development, Event
from onrecord.show.cli import main

TRUCE = "Delegates met in Vila on the quiet terms of a truce. The minister said that it holds."
CAFE = "Officials said nothing at all about a café that burned."


class Ran(msgspec.Struct):
    code: int
    out: str
    err: str

    @property
    def records(self):
        return [msgspec.json.decode(line) for line in self.out.splitlines()]


@pytest.fixture
def run(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")

    def go(*arguments):
        capsys.readouterr()
        with pytest.raises(SystemExit) as end:
            main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return Ran(end.value.code or 0, said.out, said.err)

    return go


@pytest.fixture
def store(tmp_path, made):
    path = tmp_path / "desk.db"
    article = made(TRUCE)
    span = msgspec.structs.replace(article.document.cite(0, 9), document=article.document.id)
    step, custody = article.steps[0], article.custody[0]
    entry = Development(step="agreed", document=article.document.id, evidence=(span,), id=step.id)
    deal = Deal(
        id="deal-1", deal_kind="ceasefire", parties=step.parties, title="Truce of Vila", status="agreed",
        developments=(entry,), against=(Development(step="denied", document=article.document.id, evidence=(span,)),),
        made_by=(step.id,), as_of="2031-05-04", undisclosed=("names",),
    )  # fmt: skip
    history = (CaseEntry(status="detained", evidence=(span,), date=Period("2031-04-01", "2031-04-30", "month")),)
    case = Case(
        id="case-1", person=ActorRef("tomas-weir", "Tomás Weir"), status="detained", deal="deal-1", history=history,
        claims=(custody.id,), holder=ActorRef("VUT", "Vanuatu", "VUT"), charge="smuggling", sentence="two years",
    )  # fmt: skip
    event = Event(id="event-1", type="CONSULT", acts=(article.acts[0].id,), title="Delegates meet")
    actor = Actor(id="VUT", name="Vanuatu", sort="state", country="VUT", documents=2)
    with open_writer(path) as writer:
        writer.add(article)
        writer.add(made(CAFE, published=None, source="cafe.txt"))
        writer.replace([actor, event, deal, case])
    return path
