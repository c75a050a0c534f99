"""Fill a store with made-up articles and their record: `python benchmarks/pages/fill.py big.db --articles 100000`.

Everything is invented: names of syllables, sentences of invented and plain words in the proportions of language (a few
words very often, most of them rarely). Each article has the records that a real one of its length has: twelve
statements, six acts, names, places, moments, rejections; every third one a step of a deal, every tenth a person held.
The same seed gives the same store. A file that is there already is filled up: it can be stopped and started again.
"""

import argparse
import itertools
import random
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import msgspec
import pycountry

from onrecord.keep.open import open_view, open_writer
from onrecord.keep.protocol import Query
from onrecord.model.article import ArticleResult
from onrecord.model.claim import Act, Custody, Figure, Statement, Step, Terms
from onrecord.model.identity import identity
from onrecord.model.mention import ActorRef, Mention, Place, PlaceRef
from onrecord.model.moment import Moment, Period
from onrecord.model.record import Account, Actor, Case, CaseEntry, CompetingFigure, Deal, Development, Event, Record
from onrecord.model.rejection import Rejection
from onrecord.model.text import Document, Span
from onrecord.model.vocabulary import ActType, CustodyStatus, DealKind, DealStatus, Force, StepKind
from onrecord.model.vocabulary import words as words_of

PLAIN = [
    "the",
    "of",
    "and",
    "to",
    "in",
    "a",
    "that",
    "is",
    "was",
    "for",
    "on",
    "with",
    "as",
    "by",
    "at",
    "from",
    "they",
    "have",
    "not",
    "said",
    "who",
    "this",
    "will",
    "be",
    "are",
    "it",
    "but",
    "had",
    "were",
    "their",
    "an",
    "he",
    "or",
    "would",
    "after",
    "two",
    "been",
    "more",
    "when",
    "about",
    "over",
    "between",
    "talks",
    "prisoners",
    "border",
    "army",
    "minister",
    "ceasefire",
    "exchange",
    "released",
    "captured",
    "town",
    "convoy",
    "deal",
    "agreed",
    "refused",
    "signed",
    "president",
    "accused",
    "denied",
    "attack",
    "killed",
    "injured",
]
SYLLABLES = [
    "ka",
    "lo",
    "mi",
    "ver",
    "tan",
    "sil",
    "dro",
    "pe",
    "ral",
    "osh",
    "un",
    "gri",
    "bel",
    "to",
    "ma",
    "hu",
    "zen",
    "ar",
    "vi",
    "qua",
    "ste",
    "nor",
    "ili",
    "ba",
    "ko",
    "ten",
    "ra",
    "fu",
    "lin",
    "do",
]
FIRST_DAY, DAYS = date(2024, 1, 1), 1000
PEOPLE, STRANDS = 20_000, 6_000


class World:
    """Who and what there is: made once from a seed."""

    def __init__(self, seed: int) -> None:
        pick = random.Random(seed)  # noqa: S311 - made-up articles need no secrets
        self.words = PLAIN + sorted({"".join(pick.choices(SYLLABLES, k=pick.randint(2, 4))) for _ in range(12_000)})
        self.weights = list(itertools.accumulate(1 / (rank + 2) for rank in range(len(self.words))))
        self.states = [
            ActorRef(land.alpha_3, getattr(land, "common_name", land.name), land.alpha_3)
            for land in pycountry.countries
        ]
        self.people = []
        for number in range(PEOPLE):
            name = " ".join("".join(pick.choices(SYLLABLES, k=pick.randint(2, 3))).capitalize() for _ in range(2))
            land = pick.choice(self.states).country
            self.people.append(ActorRef(f"{name.lower().replace(' ', '-')}-{number}", name, land))
        self.places = [
            PlaceRef("".join(pick.choices(SYLLABLES, k=3)).capitalize(), pick.choice(self.states).country,
                     round(pick.uniform(-50, 65), 3), round(pick.uniform(-120, 150), 3))
            for _ in range(3000)
        ]  # fmt: skip
        self.outlets = ["The " + "".join(pick.choices(SYLLABLES, k=2)).capitalize() + " Post" for _ in range(40)]


def article(world: World, seed: int, number: int) -> ArticleResult:
    """Return the article with this number and what was taken from it."""
    pick = random.Random(f"{seed}:{number}")  # noqa: S311 - made-up articles need no secrets
    day = FIRST_DAY + timedelta(days=number * DAYS // 100_000 % DAYS)
    cast = [world.people[min(int(pick.paretovariate(0.6)) - 1, PEOPLE - 1)] for _ in range(5)]
    states = [world.states[min(int(pick.paretovariate(0.8)) - 1, len(world.states) - 1)] for _ in range(3)]
    sentences, spans, at = [], [], 0
    for _ in range(20):
        words = pick.choices(world.words, cum_weights=world.weights, k=pick.randint(8, 20))
        sentence = " ".join([pick.choice(cast).name, *words]) + "."
        sentences.append(sentence)
        spans.append((at, at + len(sentence)))
        at += len(sentence) + 1
    text = " ".join(sentences)
    document = Document(
        id=Document.id_of(text), title=sentences[0][:70], text=text, source=f"https://news.example.org/{number}",
        outlet=pick.choice(world.outlets), published=day.isoformat(), published_basis="given", language="en",
    )  # fmt: skip
    cited = [document.cite(*span) for span in spans]

    def when() -> Period | None:
        moved = (day - timedelta(days=pick.randint(0, 9))).isoformat()
        return Period(moved, moved) if pick.random() < 0.5 else None

    statements = tuple(
        Statement(
            id=identity("statement", document.id, place), document=document.id, cue=None, content=(span,),
            speaker=pick.choice(cast) if pick.random() < 0.9 else None, evidence=(span,), date=when(),
            quotation=pick.choice(("direct", "indirect", "mixed")), about=(pick.choice(states).actor,),
            force=pick.choices(words_of(Force), weights=[20, *[2] * 12])[0], confidence=round(pick.random(), 3),
        )
        for place, span in enumerate(cited[:12])
    )  # fmt: skip
    acts = tuple(
        Act(
            id=identity("act", document.id, place), document=document.id, type=pick.choice(words_of(ActType)),
            actors=(pick.choice(states),), targets=(pick.choice(states),), date=when(),
            trigger=document.cite(span.start, span.start + 3), evidence=(span,), voice=pick.choice(statements).id,
            place=pick.choice(world.places) if pick.random() < 0.4 else None,
        )
        for place, span in enumerate(cited[12:18])
    )  # fmt: skip
    steps = (
        Step(
            id=identity("step", document.id), document=document.id, deal_kind=pick.choice(words_of(DealKind)),
            parties=tuple(states[:2]), step=pick.choice(words_of(StepKind)), evidence=(cited[18],), date=when(),
        ),
    ) * (number % 3 == 0)  # fmt: skip
    custody = (
        Custody(
            id=identity("custody", document.id), document=document.id, person=cast[0], holder=states[0],
            status=pick.choice(words_of(CustodyStatus)), evidence=(cited[19],), charge=cited[19].text[-30:],
        ),
    ) * (number % 10 == 0)  # fmt: skip
    words = [(found, found + 6) for found in range(0, 240, 10)]
    return ArticleResult(
        document=document, statements=statements, acts=acts, steps=steps, custody=custody,
        moments=tuple(
            Moment(document=document.id, start=a, end=b, text=text[a:b], type="DATE", value="2025")
            for a, b in words[:2]
        ),
        places=tuple(
            Place(document=document.id, start=a, end=b, text=text[a:b], name=world.places[a].name, country="FRA")
            for a, b in words[:2]
        ),
        mentions=tuple(
            Mention(
                document=document.id, start=a, end=b, text=text[a:b], actor=pick.choice(cast).actor, sort="person",
                chain=f"c{a}",
            )
            for a, b in words[:8]
        ),
        rejections=tuple(
            Rejection(code=pick.choice(("R301", "R303", "R309")), stage="extract", document=document.id, span=span)
            for span in cited[:4]
        ),
    )  # fmt: skip


def assembled(world: World, seed: int, count: int) -> Iterator[Record]:
    """Yield actors, events, deals and cases over so many articles, as reconcile would: each names its claims."""
    pick = random.Random(seed + 1)  # noqa: S311 - made-up articles need no secrets
    yield from (
        Actor(id=ref.actor, name=ref.name, sort="state", country=ref.country, documents=count // (2 + place))
        for place, ref in enumerate(world.states)
    )
    yield from (
        Actor(id=ref.actor, name=ref.name, sort="person", country=ref.country, documents=max(1, count // (place + 2)))
        for place, ref in enumerate(world.people)
    )
    strands: list[list[tuple[Step, Span]]] = [[] for _ in range(min(STRANDS, count // 12 + 1))]
    held: dict[str, list[tuple[Custody, Span]]] = {}
    for number in range(count):
        result = article(world, seed, number)
        for pair in itertools.batched(result.acts, 2):
            act = pair[0]
            figure = CompetingFigure(
                what="killed", low=2, high=9,
                accounts=tuple(
                    Account(by=world.states[low], low=low, high=9, evidence=(_abroad(act),)) for low in (2, 9)
                ),
            )  # fmt: skip
            yield Event(
                id=identity("event", act.id), type=act.type, actors=act.actors, targets=act.targets, date=act.date,
                place=act.place, acts=tuple(each.id for each in pair), disputed=number % 9 == 0,
                figures=(figure,) if number % 5 == 0 else (),
            )  # fmt: skip
        for step in result.steps:
            strands[int(pick.paretovariate(0.7)) % len(strands)].append((step, _abroad(step)))
        for custody in result.custody:
            held.setdefault(custody.person.actor, []).append((custody, _abroad(custody)))
    for number, strand in enumerate(strands):
        if strand:
            yield _deal(number, strand[:60], pick)
    for person, reports in held.items():
        yield _case(person, reports[:40])


def _abroad(claim: Act | Step | Custody) -> Span:
    return claim.evidence[0].seen_from_outside(claim.document)


def _deal(number: int, strand: list[tuple[Step, Span]], pick: random.Random) -> Deal:
    first = strand[0][0]
    developments = tuple(
        Development(
            step=step.step, by=step.parties[0], date=step.date, document=step.document, evidence=(span,), id=step.id,
            polarity="denied" if place % 7 == 6 else "asserted",
        )
        for place, (step, span) in enumerate(strand)
    )  # fmt: skip
    return Deal(
        id=identity("deal", number), deal_kind=first.deal_kind, parties=first.parties, title=f"Deal {number}",
        status=pick.choice(words_of(DealStatus)), as_of="2026-09-27", disputed=number % 8 == 0,
        terms=Terms(ratio=(9, 9), figures=(Figure(what="exchanged", low=9, high=9, span=strand[0][1]),)),
        developments=developments, against=developments[-1:] if number % 8 == 0 else (), documents=len(strand),
        made_by=(first.id,),
    )  # fmt: skip


def _case(person: str, reports: list[tuple[Custody, Span]]) -> Case:
    last = reports[-1][0]
    return Case(
        id=identity("case", person), person=last.person, holder=last.holder, charge=last.charge, status=last.status,
        history=tuple(CaseEntry(status=report.status, evidence=(span,), id=report.id) for report, span in reports),
        claims=tuple(report.id for report, _ in reports), documents=len(reports),
        place=PlaceRef("Tansil", "FRA", 48.1, 2.3),
    )  # fmt: skip


def fill(path: Path, count: int, seed: int = 1) -> None:
    """Fill the store at `path` up to `count` articles, then put the assembled records in."""
    world, since = World(seed), time.monotonic()
    with open_writer(path) as writer:
        # What a crash may cost here is an hour of filling, not anybody's record.
        writer._connection.execute("PRAGMA synchronous = OFF")  # noqa: SLF001
        writer._connection.execute("PRAGMA wal_autocheckpoint = 100000")  # noqa: SLF001
        writer._connection.execute("PRAGMA cache_size = -200000")  # noqa: SLF001
        with open_view(path) as view:
            done = view.count(Query(kind="document"))
        for numbers in itertools.batched(range(done, count), 500):
            writer.add_all(article(world, seed, number) for number in numbers)
            if numbers[-1] % 5000 == 4999:
                print(f"{numbers[-1] + 1:,} articles, {time.monotonic() - since:.0f} s", flush=True)
        writer.replace(assembled(world, seed, count))
    with open_view(path) as view:
        print(msgspec.json.encode(view.counts()).decode(), f"{path.stat().st_size / 1e6:,.0f} MB")


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("store", type=Path)
    asked.add_argument("--articles", type=int, default=100_000)
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    fill(given.store, given.articles, given.seed)
