"""Assemble actors. Comes in: mentions and references of each article, tallied. Goes out: one actor an id.

Tallies can be added and taken away, so that one more article (or one less) costs no second look at the others.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from onrecord.model.article import ArticleResult
from onrecord.model.claim import Act, Claim, Custody, Statement, Step
from onrecord.model.mention import ActorRef
from onrecord.model.record import Actor, Role
from onrecord.model.text import Span
from onrecord.model.vocabulary import ActorSort

_NO_WORD = re.compile(r"[\W_]+")
_UNDATED = "9999"
_MOST_NAMES = 30
_MOST_PLACES = 64  # of a role; the first of them is shown


class Tally(msgspec.Struct, array_like=True):
    """How often an actor is called what, in how many documents.

    The places where a role is given stay with it, by the day and id of their document: the first told comes first.
    """

    names: dict[str, int] = {}
    forms: dict[str, int] = {}
    sorts: dict[ActorSort, int] = {}
    countries: dict[str, int] = {}
    roles: dict[str, dict[str, Span]] = {}
    documents: int = 0
    described: dict[str, int] = {}  # what stands in the text for somebody whom no claim and no capital names

    def add(self, other: "Tally") -> None:
        """Count another tally in."""
        for ours, theirs in self._counts(other):
            for key, count in theirs.items():
                ours[key] = ours.get(key, 0) + count
        for role, places in other.roles.items():
            ours_ = {**self.roles.get(role, {}), **places}
            self.roles[role] = {document: ours_[document] for document in sorted(ours_)[:_MOST_PLACES]}
        self.documents += other.documents

    def take(self, other: "Tally") -> None:
        """Take a tally out that was counted in before."""
        for ours, theirs in self._counts(other):
            for key, count in theirs.items():
                ours[key] = ours.get(key, 0) - count
                if ours[key] <= 0:
                    del ours[key]
        for role, places in other.roles.items():
            kept = {document: span for document, span in self.roles.get(role, {}).items() if document not in places}
            if kept:
                self.roles[role] = kept
            else:
                self.roles.pop(role, None)
        self.documents -= other.documents

    def _counts(self, other: "Tally") -> Iterator[tuple[dict[str, int], dict[str, int]]]:
        for field in ("names", "forms", "sorts", "countries", "described"):
            yield getattr(self, field), getattr(other, field)


# What opens a sentence with a capital and is nobody's name all the same.
_PRONOUNS = frozenset({
    "he", "she", "it", "they", "his", "her", "its", "their", "him", "them", "who", "whom", "whose", "we", "our", "i",
    "my", "you", "your",
})  # fmt: skip
_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Tally)


def packed(tally: Tally) -> bytes:
    """Return a tally as it is kept."""
    return _encoder.encode(tally)


def unpacked(body: bytes) -> Tally:
    """Return a tally that was kept."""
    return _decoder.decode(body)


def of(article: ArticleResult) -> dict[str, Tally]:
    """Return what one article adds to each actor that it names."""
    if article.document is None:
        return {}
    home = article.document.id
    told = f"{article.document.published_day or _UNDATED} {home}"
    found: dict[str, Tally] = {}

    def tally(actor: str) -> Tally:
        if actor not in found:
            found[actor] = Tally({}, {}, {}, {}, {}, 1)
        return found[actor]

    for mention in article.mentions:
        one = tally(mention.actor)
        one.sorts[mention.sort] = one.sorts.get(mention.sort, 0) + 1
        if mention.text[:1].isupper() and mention.text.casefold() not in _PRONOUNS:
            form = " ".join(mention.text.split())
            one.forms[form] = one.forms.get(form, 0) + 1
        else:
            form = _without_article(" ".join(mention.text.split()), mention.actor)
            one.described[form] = one.described.get(form, 0) + 1
    for claim in article.claims():
        for ref in refs_of(claim):
            one = tally(ref.actor)
            one.names[ref.name] = one.names.get(ref.name, 0) + 1
            if ref.country is not None:
                one.countries[ref.country] = one.countries.get(ref.country, 0) + 1
            if ref.role is not None:
                cited = claim.evidence[0].seen_from_outside(home)
                places = one.roles.setdefault(ref.role, {})
                if told not in places or _place(cited) < _place(places[told]):
                    places[told] = cited
    for one in found.values():
        if one.names or one.forms:
            one.described.clear()
    return found


def _without_article(text: str, actor: str) -> str:
    """Return the end of a description from which the actor's id was made, all of it where none was."""
    words = text.split()
    for at in range(len(words)):
        slug = _NO_WORD.sub("-", " ".join(words[at:]).casefold()).strip("-")
        if slug and (actor == slug or actor.startswith(f"{slug}-")):
            return " ".join(words[at:])
    return text


def _place(span: Span) -> tuple[str, int, int]:
    return span.document or "", span.start, span.end


def build(one: str, tally: Tally, same: tuple[str, ...] = ()) -> Actor:
    """Return the actor of this id; `same` are the other ids under which somebody judged it to stand too."""
    names, forms = tally.names, set(tally.forms)
    name = _most(names) or max(forms, key=lambda form: (len(form), form), default=_most(tally.described) or one)
    aliases = tuple(sorted((set(names) | forms) - {name}, key=lambda alias: (len(alias), alias))[:_MOST_NAMES])
    return Actor(
        id=one,
        name=name,
        aliases=aliases,
        sort=_most(tally.sorts) or "group",
        country=_most(tally.countries),
        roles=tuple(
            Role(role=role, evidence=(places[min(places)],))
            for role, places in sorted(tally.roles.items(), key=lambda pair: (min(pair[1]), pair[0]))
        ),
        documents=tally.documents,
        same_as=same,
    )


def _most[Value: str](counts: Mapping[Value, int]) -> Value | None:
    return max(counts, key=lambda value: (counts[value], len(value), value), default=None)


def total(bodies: Iterable[bytes]) -> Tally:
    """Return the sum of tallies as they are kept."""
    made = Tally({}, {}, {}, {}, {}, 0)
    for body in bodies:
        made.add(unpacked(body))
    return made


def refs_of(claim: Claim) -> Iterator[ActorRef]:
    """Yield every actor that a claim points at."""
    several: tuple[tuple[ActorRef, ...], ...] = ()
    single: tuple[ActorRef | None, ...] = ()
    if isinstance(claim, Statement):
        single = (claim.speaker, claim.addressee, claim.via)
    elif isinstance(claim, Act):
        several = (claim.actors, claim.targets)
    elif isinstance(claim, Step):
        several, single = (claim.parties, claim.persons, claim.mediators), (claim.by,)
    elif isinstance(claim, Custody):
        several, single = (claim.exchanged_for,), (claim.person, claim.holder)
    for refs in several:
        yield from refs
    for ref in single:
        if ref is not None:
            yield ref
