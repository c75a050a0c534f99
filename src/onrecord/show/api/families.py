"""What the API lists: each family with its kind and the filters that it takes, which are those of the pages."""

from collections.abc import Callable
from typing import NamedTuple

from starlette.requests import Request

from onrecord.keep.protocol import Query
from onrecord.model.vocabulary import (
    ActorSort,
    ActType,
    CustodyStatus,
    DealKind,
    DealStatus,
    Force,
    Quotation,
    StepKind,
)
from onrecord.model.vocabulary import words as words_of
from onrecord.show.web import actors, asking, cases, deals, documents, events, statements


class Filter(NamedTuple):
    """One filter: its name, what it means, and its words where it has a vocabulary."""

    name: str
    about: str
    words: tuple[str, ...] = ()
    day: bool = False


class Family(NamedTuple):
    """One list: its name in the address, the kind of its records, how it is asked, the filters it takes."""

    name: str
    kind: str
    query: Callable[[Request], Query]
    filters: tuple[Filter, ...]


WHO = Filter("who", "An actor's id, or words of a name.")
COUNTRY = Filter("country", "An ISO 3166 alpha-3 code.")
SINCE = Filter("since", "A day, YYYY-MM-DD, inclusive.", day=True)
UNTIL = Filter("until", "A day, YYYY-MM-DD, inclusive.", day=True)
WORDS = Filter("q", 'Words of the text; "in quotes" as a phrase.')
DISPUTED = Filter("disputed", "Whether accounts contradict each other.", ("yes", "no"))


def _steps(request: Request) -> Query:
    return Query(
        kind="step", who=asking.text(request, "who"), country=asking.country(request),
        type=asking.word(request, "deal_kind", DealKind), status=asking.word(request, "step", StepKind),
        since=asking.day(request, "since"), until=asking.day(request, "until"),
    )  # fmt: skip


def _custody(request: Request) -> Query:
    return Query(
        kind="custody", who=asking.text(request, "who"), country=asking.country(request),
        status=asking.word(request, "status", CustodyStatus), since=asking.day(request, "since"),
        until=asking.day(request, "until"),
    )  # fmt: skip


def _rejections(request: Request) -> Query:
    return Query(kind="rejection", type=asking.text(request, "code"), document=asking.text(request, "document"))


def _judgements(request: Request) -> Query:
    return Query(kind="judgement", document=asking.text(request, "record"))


FAMILIES = (
    Family("documents", "document", documents.query_of, (
        WORDS, SINCE, UNTIL, Filter("outlet", "The outlet's name."), Filter("language", "A language code."))),
    Family("statements", "statement", statements.query_of, (
        WORDS, WHO, COUNTRY, Filter("speaker", "The speaker's id."), Filter("about", "An actor's id."),
        Filter("force", "What the words do.", words_of(Force)), Filter("quotation", "How quoted.", words_of(Quotation)),
        Filter("outlet", "The outlet's name."), SINCE, UNTIL)),
    Family("acts", "act", lambda request: events.query_of(request, "act"), (
        WHO, COUNTRY, Filter("type", "PLOVER type.", words_of(ActType)), Filter("actor", "Who acts: an id."),
        Filter("target", "Toward whom: an id."), SINCE, UNTIL)),
    Family("steps", "step", _steps, (
        WHO, COUNTRY, Filter("deal_kind", "Kind of deal.", words_of(DealKind)),
        Filter("step", "What happened to it.", words_of(StepKind)), SINCE, UNTIL)),
    Family("custody", "custody", _custody, (
        WHO, COUNTRY, Filter("status", "Status.", words_of(CustodyStatus)), SINCE, UNTIL)),
    Family("events", "event", events.query_of, (
        WHO, COUNTRY, Filter("type", "PLOVER type.", words_of(ActType)), Filter("actor", "Who acts: an id."),
        Filter("target", "Toward whom: an id."), DISPUTED, SINCE, UNTIL)),
    Family("deals", "deal", deals.query_of, (
        WORDS, Filter("party", "A party's id, or words of its name."), COUNTRY,
        Filter("kind", "Kind.", words_of(DealKind)),
        Filter("status", "Status.", words_of(DealStatus)), DISPUTED, SINCE, UNTIL)),
    Family("cases", "case", cases.query_of, (
        WORDS, WHO, COUNTRY, Filter("status", "Status.", words_of(CustodyStatus)), Filter("holder", "The holder's id."),
        DISPUTED, SINCE, UNTIL)),
    Family("actors", "actor", actors.query_of, (WHO, COUNTRY, Filter("sort", "Sort.", words_of(ActorSort)))),
    Family("rejections", "rejection", _rejections, (
        Filter("code", "A code such as R301."), Filter("document", "A document's id."))),
    Family("judgements", "judgement", _judgements, (Filter("record", "The id of a record that was judged."),)),
)  # fmt: skip
