"""Hand-built claims: what reconcile is tested on, without any parser."""

from onrecord.model.article import ArticleResult
from onrecord.model.claim import Act, Custody, Figure, Statement, Step, Terms
from onrecord.model.mention import ActorRef
from onrecord.model.moment import Period
from onrecord.model.text import Document

NORLAND, SUDRIA, ARVENIA = (
    ActorRef(code, name, code) for code, name in (("NOR", "Norland"), ("SUD", "Sudria"), ("ARV", "Arvenia"))
)
ANNA, BORIS = (ActorRef(name.lower().replace(" ", "-"), name) for name in ("Anna Bell", "Boris Kern"))


def document(name: str, published: str | None, text: str | None = None) -> Document:
    """A document whose text is its own name, told in a sentence of its own."""
    text = text or f"The paper {name} tells in its own words what happened on the day and who was there to see it."
    return Document(id=name, title=None, text=text, source=name, published=published, published_basis="given")


def day(text: str | None) -> Period | None:
    """A day as a period."""
    return Period(text, text) if text else None


def step(doc: Document, kind: str, what: str, date: str | None = None, *, place: int = 0, **more: object) -> Step:
    """A step of a deal between Norland and Sudria."""
    given: dict[str, object] = {
        "id": f"step-{doc.id}-{kind}-{what}-{date}-{place}",
        "document": doc.id,
        "deal_kind": kind,
        "step": what,
        "parties": (NORLAND, SUDRIA),
        "date": day(date),
        "evidence": (doc.cite(place, place + 9),),
        "group": f"group-{doc.id}-{kind}",
    }
    ratio = more.pop("ratio", None)
    if ratio:
        given["terms"] = Terms(ratio=ratio)
    return Step(**{**given, **more})


def custody(doc: Document, person: ActorRef, status: str, date: str | None = None, **more: object) -> Custody:
    """A report on one person held."""
    given: dict[str, object] = {
        "id": f"custody-{doc.id}-{person.actor}-{status}-{date}",
        "document": doc.id,
        "person": person,
        "status": status,
        "date": day(date),
        "evidence": (doc.cite(0, 9),),
    }
    return Custody(**{**given, **more})


def statement(doc: Document, name: str, speaker: ActorRef) -> Statement:
    """Words of somebody."""
    return Statement(
        id=name, document=doc.id, speaker=speaker, cue=None, content=(doc.cite(0, 9),), quotation="indirect",
        evidence=(doc.cite(0, 9),),
    )  # fmt: skip


def act(doc: Document, killed: tuple[int, int | None] | None, date: str | None, **more: object) -> Act:
    """An attack of Norland on Sudria."""
    figures = ()
    if killed:
        figures = (Figure(what="killed", low=killed[0], high=killed[1], span=doc.cite(4, 9)),)
    given: dict[str, object] = {
        "id": f"act-{doc.id}-{killed}-{date}", "document": doc.id, "type": "ASSAULT", "actors": (NORLAND,),
        "targets": (SUDRIA,), "trigger": doc.cite(4, 9), "date": day(date), "figures": figures,
        "evidence": (doc.cite(0, 9),),
    }  # fmt: skip
    return Act(**{**given, **more})


def article(doc: Document, *claims: object) -> ArticleResult:
    """An article with these claims."""
    return ArticleResult(
        document=doc,
        statements=tuple(one for one in claims if isinstance(one, Statement)),
        acts=tuple(one for one in claims if isinstance(one, Act)),
        steps=tuple(one for one in claims if isinstance(one, Step)),
        custody=tuple(one for one in claims if isinstance(one, Custody)),
    )
