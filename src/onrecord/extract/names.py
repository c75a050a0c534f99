"""Find every place where somebody is named or pointed at. Comes in: a reading. Goes out: candidates, unresolved.

The recogniser's labels are one witness among others: the lexicon and the noun's own phrase correct it, because a small
model mistakes surnames, armed groups and organisations for each other. Who is who is `resolve.within`'s business.
"""

from onrecord.extract import names_bands, names_known, names_people, names_roles
from onrecord.extract.names_known import Found, head_of
from onrecord.extract.names_people import Named
from onrecord.extract.names_roles import Role
from onrecord.lexicon import Lexicon
from onrecord.lexicon.people import PeopleBook, fold
from onrecord.model.cast import Candidate
from onrecord.model.reading import Reading
from onrecord.model.text import Document
from onrecord.model.vocabulary import ActorSort

_GENDER = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f",
           "it": "n", "its": "n", "itself": "n"}  # fmt: skip
_PLURAL = frozenset({"they", "them", "their", "theirs", "themselves", "we", "us", "our", "ours", "ourselves"})
_NOBODY = frozenset({"what", "whatever", "this", "that", "these", "those", "which", "there", "one", "s"})
_SORTS: dict[str, ActorSort] = {
    "person": "person", "people": "group", "government": "government", "force": "government", "armed": "armed_group",
    "body": "organisation", "side": "group", "pair": "group", "fighter": "person", "kin": "person",
}  # fmt: skip


def run(*, document: Document, reading: Reading, lexicon: Lexicon) -> tuple[Candidate, ...]:
    """Return the candidates in order of the text; those inside another come after it."""
    book = lexicon.people
    listed = names_known.find(reading, book)
    bands = names_bands.find(reading, listed, book)
    known = tuple(sorted((*listed, *bands), key=lambda one: one.first)) if bands else listed
    dateline = reading.tokens_in(document.dateline.start, document.dateline.end) if document.dateline else (0, 0)
    named = tuple(
        name for name in names_people.Finder(reading, known, book, lexicon.custody.words("seizes")).named()
        if not dateline[0] <= name.start < dateline[1]
    )  # fmt: skip
    inside = {token for name in named for token in range(name.start, name.last)}
    outer = [
        found
        for found in known
        if found.known.known_as != "person" and not set(range(found.first, found.last)) & inside
    ]
    roles = names_roles.find(reading, known, frozenset(inside), book)
    made = [
        *(_person(reading, name, known, book) if name.person else _organisation(reading, name) for name in named),
        *(_known(reading, found) for found in outer if not names_known.is_place(reading, found)),
        *(_role(reading, role, book) for role in roles),
        *_pronouns(reading),
    ]
    heads: dict[int, Candidate] = {}
    for candidate in made:
        heads.setdefault(candidate.head, candidate)
    return tuple(sorted(heads.values(), key=lambda candidate: (candidate.first, -candidate.last)))


def _person(reading: Reading, named: Named, known: tuple[Found, ...], book: PeopleBook) -> Candidate:
    name = reading.words(named.start, named.last)
    before = [found.known for found in known if named.first <= found.first and found.last <= named.start]
    first, gender = named.first, None
    if first < named.start and reading.pos[first] == "DET":
        first += 1
    words, told = [], False
    for token in range(first, named.start):
        title = book.title_of.get(fold(reading.word(token)))
        epithet = book.epithet_of.get(fold(reading.word(token)))
        gender = gender or (title.gender if title else None) or (epithet.gender if epithet else None)
        if title is None or title.kind != "honorific":
            words.append(token)
        told = told or epithet is not None or (title is not None and title.kind != "honorific")
    alias = book.alias_of.get(fold(name))
    role = reading.words(words[0], words[-1] + 1) if words and told else None
    if alias is not None:
        gender = gender or alias.gender
    gender = gender or book.gender_of.get(
        fold(reading.word(named.start)).split("-")[0] if named.last - named.start > 1 else ""
    )
    countries = {item.country for item in before if item.country}
    country = next(iter(countries)) if len(countries) == 1 else None
    return Candidate(
        first=named.first, last=named.last, head=named.head, form="name", sort="person", name=name, country=country,
        role=role, gender=gender, plural=False,
    )  # fmt: skip


def _organisation(reading: Reading, named: Named) -> Candidate:
    return Candidate(
        first=named.first, last=named.last, head=named.head, form="body", sort="organisation",
        name=reading.words(named.start, named.last), gender="n", plural=reading.tag[named.head] in {"NNS", "NNPS"},
    )  # fmt: skip


def _known(reading: Reading, found: Found) -> Candidate:
    known, head = found.known, head_of(reading, found.first, found.last)
    form = {"state": "name", "capital": "name", "adjective": "demonym", "people": "demonym", "armed": "group"}.get(
        known.known_as, "body"
    )
    alone = reading.dep[head] not in {"compound", "amod", "nmod"} or reading.head[head] == head
    plural = known.known_as == "people" and alone and (reading.tag[head] in {"NNS", "NNPS"} or _has_the(reading, head))
    first = found.first
    while (
        first > 0
        and reading.head[first - 1] == head
        and reading.dep[first - 1] in {"det", "nummod", "amod", "quantmod"}
    ):
        first -= 1
    sort: ActorSort = "group" if plural else known.sort
    name = known.name
    if plural or (known.known_as == "body" and known.country and known.actor == known.country):
        name = reading.words(found.first, found.last)
    return Candidate(
        first=first, last=found.last, head=head, form=form, sort=sort, actor=None if plural else known.actor, name=name,
        country=known.country, gender="n", plural=plural,
    )  # fmt: skip


def _has_the(reading: Reading, head: int) -> bool:
    return any(reading.lemma[child] == "the" for child in reading.children(head, "det"))


def _peaceful(reading: Reading, role: Role, book: PeopleBook) -> bool:
    """Say whether a group or movement is called after what no armed one is: "rights groups", "the student movement"."""
    return role.epithet.kind == "armed" and any(
        fold(reading.word(child)) in book.civil_words | book.callings
        or ((other := book.epithet_of.get(fold(reading.word(child)))) is not None and other.kind in {"person", "kin"})
        for child in reading.children(role.head, "compound", "amod", "nmod", "poss")
    )


def _role(reading: Reading, role: Role, book: PeopleBook) -> Candidate:
    kind = role.epithet.kind
    countries = {found.known.country for found in role.states}
    country = role.body.known.country if role.body else next(iter(countries)) if len(countries) == 1 else None
    sort: ActorSort = "group" if kind in {"person", "fighter", "kin"} and role.plural else _SORTS[kind]
    actor = None
    name = None
    if _peaceful(reading, role, book):
        sort = "organisation"
    if role.body is not None and kind != "side" and (sort != "person" or role.plural) and kind not in {"person", "kin"}:
        actor = role.body.known.actor
        sort = role.body.known.sort
        name = role.body.known.name if sort == "armed_group" else None
    elif sort == "government" and country is not None:
        actor = country
    first = role.first
    while first < role.head and (
        reading.pos[first] in {"DET", "NUM", "ADV"} or reading.dep[first] in {"nummod", "quantmod", "predet", "det"}
    ):
        first += 1
    numbers = [token for token in range(first, role.head) if reading.pos[token] == "NUM"]
    first = numbers[-1] + 1 if numbers and sort == "group" else first
    told = first + 1 if first < role.head and reading.tag[first] == "PRP$" else first
    form = "office" if sort == "person" else "body" if sort in {"government", "organisation"} else "group"
    return Candidate(
        first=role.first, last=role.last, head=role.head, form=form, sort=sort, actor=actor,
        name=name or reading.words(first, role.last), country=country,
        role=reading.words(told, role.last) if form == "office" else None,
        gender=role.epithet.gender if sort == "person" else "n", plural=role.plural,
    )  # fmt: skip


def _pronouns(reading: Reading) -> list[Candidate]:
    made = []
    for token in range(len(reading)):
        if reading.tag[token] not in {"PRP", "PRP$", "WP", "WP$"}:
            continue
        word = fold(reading.word(token))
        if word in _NOBODY or (word == "it" and reading.dep[token] == "expl"):
            continue
        gender = _GENDER.get(word)
        sort: ActorSort = "person" if gender in {"m", "f"} else "group"
        made.append(
            Candidate(
                first=token,
                last=token + 1,
                head=token,
                form="pronoun",
                sort=sort,
                name=word,
                gender=gender,
                plural=word in _PLURAL if word in _PLURAL or gender else None,
            )
        )
    return made
