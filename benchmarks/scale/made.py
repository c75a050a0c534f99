"""Made-up atoms for measuring: articles with mentions, statements, acts, steps of deals and custody reports.

What grows with the count is what grows in an archive: stories (each of 2 to 30 articles), persons, days' acts. Who is
written about is skewed as in the news: a few states are in most articles (Zipf). One in twenty is a wire copy.
"""

import random
from collections.abc import Iterator
from datetime import date, timedelta

from onrecord.model.article import ArticleResult
from onrecord.model.claim import Act, Custody, Figure, Statement, Step, Terms
from onrecord.model.mention import ActorRef, Mention, PlaceRef
from onrecord.model.moment import Period
from onrecord.model.text import Document

STATES = [ActorRef(f"S{n:02}", f"State {n}", f"S{n:02}") for n in range(150)]
WEIGHTS = [1 / (n + 1) for n in range(150)]
KINDS = ("prisoner_exchange", "hostage_release", "ceasefire", "talks", "sanctions_relief", "humanitarian")
COURSE = ("proposed", "discussed", "agreed", "signed", "scheduled", "partly_carried_out", "carried_out", "violated")
FIRST = ("Ada", "Bert", "Cleo", "Dan", "Edda", "Finn", "Gwen", "Hugo", "Iris", "Jan", "Kaja", "Lars", "Mona", "Nils")
WORDS = (
    "talks",
    "border",
    "envoy",
    "village",
    "river",
    "council",
    "market",
    "bridge",
    "harvest",
    "road",
    "school",
    "night",
)
DAYS = 1000


def articles(count: int, seed: int = 1) -> Iterator[ArticleResult]:
    """Yield `count` articles, the same for the same seed; another seed gives other ids."""
    chance = random.Random(seed)  # noqa: S311 - made-up articles
    number, told = 0, list[ArticleResult]()
    while number < count:
        for made in _story(chance, number):
            if number == count:
                break
            number += 1
            told.append(made)
            yield made
            if len(told) > 50:
                told.pop(0)
        if chance.random() < 0.4 and number < count:
            number += 1
            yield _copy(chance.choice(told), number)


def _story(chance: random.Random, number: int) -> Iterator[ArticleResult]:
    start = date(2020, 1, 1) + timedelta(days=chance.randrange(DAYS))
    sides = tuple(dict.fromkeys(chance.choices(STATES, WEIGHTS, k=3)))[:2]
    kind, length = chance.choice(KINDS), min(30, 2 + int(chance.expovariate(1 / 6)))
    people = [_person(chance) for _ in range(chance.randrange(1, 4))]
    ratio = chance.choice([None, (chance.randrange(1, 40), chance.randrange(1, 40))])
    for place in range(length):
        day = start + timedelta(days=place * chance.randrange(1, 9))
        name = f"d{number + place:07}-{chance.randrange(10**6):06}"
        yield _article(chance, name, day, sides, kind, people, place / length, ratio)


def _person(chance: random.Random) -> ActorRef:
    name = f"{chance.choice(FIRST)} {chance.choice(WORDS).title()}{chance.choice(WORDS)}{chance.randrange(400)}"
    return ActorRef(name.lower().replace(" ", "-"), name)


def _article(
    chance: random.Random,
    name: str,
    day: date,
    sides: tuple[ActorRef, ...],
    kind: str,
    people: list[ActorRef],
    progress: float,
    ratio: tuple[int, int] | None,
) -> ArticleResult:
    text = " ".join(
        f"On {chance.choice(WORDS)} {chance.randrange(9999)} the {chance.choice(WORDS)} of {chance.choice(WORDS)} told."
        for _ in range(30)
    )
    document = Document(id=name, title=None, text=text, source=name, published=day.isoformat(), published_basis="given")
    others = chance.choices(STATES, WEIGHTS, k=6)
    sentence = [document.cite(at, at + 30) for at in range(0, 1200, 40)]
    statements = tuple(
        Statement(
            id=f"statement-{name}-{n}",
            document=name,
            speaker=chance.choice([*sides, *others, *people]),
            cue=None,
            content=(sentence[n],),
            quotation="indirect",
            evidence=(sentence[n],),
        )
        for n in range(10)
    )
    voice = statements[0].id if chance.random() < 0.5 else None
    steps = ()
    if chance.random() < 0.35:
        steps = tuple(
            Step(
                id=f"step-{name}-{n}",
                document=name,
                deal_kind=kind,
                parties=sides if chance.random() < 0.9 else sides[:1],
                step=COURSE[min(7, int(progress * 8) + n)],
                terms=Terms(ratio=ratio),
                persons=tuple(people) if n else (),
                date=Period(day.isoformat(), day.isoformat()) if chance.random() < 0.5 else None,
                voice=voice,
                by=chance.choice(sides),
                evidence=(sentence[10 + n],),
                group=f"group-{name}",
            )
            for n in range(chance.randrange(1, 4))
        )
    return ArticleResult(
        document=document,
        mentions=tuple(
            Mention(
                document=name,
                start=at,
                end=at + 6,
                text=text[at : at + 6],
                actor=ref.actor,
                sort="state",
                chain=ref.actor,
            )
            for at, ref in enumerate([*sides, *others, *people] * 3)
        ),
        statements=statements,
        acts=tuple(_act(chance, document, day, n, [*sides, *others], voice) for n in range(8)),
        steps=steps,
        custody=tuple(
            Custody(
                id=f"custody-{name}-{ref.actor}",
                document=name,
                person=ref,
                holder=sides[0],
                voice=voice,
                status="exchanged" if progress > 0.7 else "detained",
                evidence=(sentence[20],),
            )
            for ref in people
            if chance.random() < 0.3
        ),
    )


def _act(chance: random.Random, document: Document, day: date, n: int, who: list[ActorRef], voice: str | None) -> Act:
    happened = (day - timedelta(days=chance.randrange(3))).isoformat()
    killed = chance.randrange(1, 30)
    spot = document.cite(n * 40, n * 40 + 30)
    return Act(
        id=f"act-{document.id}-{n}",
        document=document.id,
        type=chance.choice(("ASSAULT", "CONSULT", "ACCUSE", "COERCE")),
        actors=(chance.choice(who),),
        targets=(chance.choice(who),),
        trigger=document.cite(n * 40, n * 40 + 8),
        date=Period(happened, happened) if chance.random() < 0.5 else None,
        voice=voice,
        place=PlaceRef(f"Town {chance.randrange(3000)}") if chance.random() < 0.4 else None,
        figures=(Figure(what="killed", low=killed, high=killed, span=spot),) if chance.random() < 0.2 else (),
        evidence=(spot,),
    )


def _copy(one: ArticleResult, number: int) -> ArticleResult:
    """Return the same words in another paper, without the claims: what they are is the original's."""
    name = f"c{number:07}"
    if one.document is None:
        return one
    text = f"{one.document.text} It is told here too."
    published = one.document.published
    made = Document(id=name, title=None, text=text, source=name, published=published, published_basis="given")
    return ArticleResult(document=made)
