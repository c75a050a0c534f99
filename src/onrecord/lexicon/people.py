"""What the rules know about people and groups, as data: states, bodies, armed groups, offices with dates, titles.

Names are looked up by folded words; the longest phrase wins. An office is looked up at a day, never at "now".
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Literal

import msgspec

from onrecord.lexicon.load import Folder, read_csv
from onrecord.model.vocabulary import ActorSort

type Gender = Literal["m", "f"]
type KnownAs = Literal["state", "capital", "adjective", "people", "body", "armed", "person"]
type EpithetKind = Literal[
    "person",
    "people",
    "government",
    "force",
    "armed",
    "body",
    "side",
    "pair",
    "modifier",
    "fighter",
    "kin",
    "calling",
    "civil",
]

_PIECES = re.compile(r"[^\W_]+|[-–+]")
_GENITIVE = re.compile(r"['’]s\b")
_WORDS = re.compile(r"[^\W_]+")
_PEACEFUL_TOO = frozenset({"group", "movement", "faction"})
_ARTICLES = frozenset({"al", "el"})
_LONG_ENOUGH = 7  # shorter names that sound alike are too often other people's
_DROPPED = str.maketrans(dict.fromkeys("'’‘ʼ`´.", None))


class StateRow(msgspec.Struct, frozen=True, kw_only=True):
    """One state: ISO alpha-3 code, name, other names, adjectives, words for its people, capitals as metonyms."""

    country: str
    name: str
    names: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()


class BodyRow(msgspec.Struct, frozen=True, kw_only=True):
    """One body or building that stands for one: actor code, name, sort, country where it has one, other names."""

    actor: str
    name: str
    sort: ActorSort
    country: str | None = None
    names: tuple[str, ...] = ()


class GroupRow(msgspec.Struct, frozen=True, kw_only=True):
    """One armed group: actor code, name, country where it has one, other names."""

    actor: str
    name: str
    country: str | None = None
    names: tuple[str, ...] = ()


class OfficeRow(msgspec.Struct, frozen=True, kw_only=True):
    """Who held an office from `since` to `until` (inclusive days); `leads`: commonly called the country's leader."""

    country: str
    office: str
    person: str
    gender: Gender | None = None
    since: str
    until: str | None = None
    leads: bool = False
    source: str


class TitleRow(msgspec.Struct, frozen=True, kw_only=True):
    """A title that stands before a name."""

    title: str
    gender: Gender | None = None
    kind: str


class Epithet(msgspec.Struct, frozen=True, kw_only=True):
    """A noun that points at somebody: what kind of somebody, and the offices that it can mean."""

    word: str
    kind: EpithetKind
    offices: tuple[str, ...] = ()
    gender: Gender | None = None


class AliasRow(msgspec.Struct, frozen=True, kw_only=True):
    """A short or variant form that means one person beyond doubt."""

    alias: str
    person: str
    gender: Gender | None = None
    country: str | None = None


class FirstName(msgspec.Struct, frozen=True, kw_only=True):
    """A first name that hints at a gender."""

    name: str
    gender: Gender


class Spelling(msgspec.Struct, frozen=True, kw_only=True):
    """Letters that transliterations write for the same sound, and the ones they are compared as."""

    written: str
    read: str


class Known(msgspec.Struct, frozen=True):
    """What a phrase of the lexicon stands for."""

    actor: str
    name: str
    sort: ActorSort
    country: str | None
    known_as: KnownAs
    upper: bool = False


def fold(text: str) -> str:
    """Return the text for comparison: no accents, case, apostrophes or full stops."""
    plain = unicodedata.normalize("NFKD", text.translate(_DROPPED))
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()


def pieces(text: str) -> tuple[str, ...]:
    """Return the folded words of a phrase, hyphens apart, as the parser's tokens come."""
    return tuple(_PIECES.findall(fold(text)))


def slug(name: str) -> str:
    """Return the id made of a name: folded words joined by hyphens."""
    return "-".join(_WORDS.findall(fold(name))) or "unnamed"


class PeopleBook(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """The rows and their indexes."""

    states: tuple[StateRow, ...] = ()
    bodies: tuple[BodyRow, ...] = ()
    groups: tuple[GroupRow, ...] = ()
    office_rows: tuple[OfficeRow, ...] = ()
    titles: tuple[TitleRow, ...] = ()
    epithets: tuple[Epithet, ...] = ()
    aliases: tuple[AliasRow, ...] = ()
    first_names: tuple[FirstName, ...] = ()
    spellings: tuple[Spelling, ...] = ()

    def spelled(self, name: str) -> str:
        """Return a name as it is compared over transliterations: like sounds alike, no letter twice running."""
        text = " ".join(word for word in _WORDS.findall(fold(name)) if word not in _ARTICLES)
        for row in self._longest_first:
            text = text.replace(row.written, row.read)
        return "".join(letter for at, letter in enumerate(text) if at == 0 or letter != text[at - 1])

    @cached_property
    def _longest_first(self) -> tuple[Spelling, ...]:
        return tuple(sorted(self.spellings, key=lambda row: (-len(row.written), row.written)))

    @cached_property
    def spelled_of(self) -> dict[str, AliasRow]:
        """Name as compared over transliterations -> the one known person of that name; none where two share it."""
        found: dict[str, AliasRow | None] = {}
        for alias, row in self.alias_of.items():
            if len(alias) < _LONG_ENOUGH:
                continue
            key = self.spelled(alias)
            other = found.get(key, row)
            found[key] = row if other is not None and slug(other.person) == slug(row.person) else None
        return {key: row for key, row in found.items() if row is not None}

    @cached_property
    def phrases(self) -> dict[str, tuple[tuple[tuple[str, ...], Known], ...]]:
        """First folded word -> (words, what they stand for), longest first."""
        found: dict[str, dict[tuple[str, ...], Known]] = defaultdict(dict)
        for phrase, known in self._known():
            # the parser takes "People's" apart, and leaves the "s'" of "Workers'" alone
            for words in dict.fromkeys((pieces(phrase), pieces(_GENITIVE.sub(" s", phrase)))):
                before = found[words[0]].get(words) if words else known
                # "FARC" in capitals alone, and "Farc": the list has both
                if before is None or (before.upper and not known.upper and before.actor == known.actor):
                    found[words[0]][words] = known
        return {
            word: tuple(sorted(entries.items(), key=lambda entry: -len(entry[0]))) for word, entries in found.items()
        }

    def _known(self) -> Iterable[tuple[str, Known]]:
        for group in self.groups:
            for name in (group.name, *group.names):
                yield name, Known(group.actor, group.name, "armed_group", group.country, "armed", name.isupper())
        for body in self.bodies:
            for name in (body.name, *body.names):
                yield name, Known(body.actor, body.name, body.sort, body.country, "body", name.isupper())
        for person in self.alias_of.values():
            name = person.alias
            yield name, Known(slug(person.person), person.person, "person", person.country, "person", name.isupper())
        for state in self.states:
            called: tuple[tuple[KnownAs, tuple[str, ...]], ...] = (
                ("state", (state.name, *state.names)),
                ("adjective", state.adjectives),
                ("people", state.people),
                ("capital", state.capitals),
            )
            for kind, names in called:
                for name in names:
                    yield name, Known(state.country, state.name, "state", state.country, kind, name.isupper())

    def match(self, words: Sequence[str], first: int) -> tuple[int, Known] | None:
        """Return the end of the longest phrase that begins at folded word `first`, and what it stands for, or None."""
        for phrase, known in self.phrases.get(words[first], ()):
            if tuple(words[first : first + len(phrase)]) == phrase:
                return first + len(phrase), known
        return None

    @cached_property
    def state_of(self) -> dict[str, StateRow]:
        """ISO code -> state."""
        return {state.country: state for state in self.states}

    @cached_property
    def halves(self) -> dict[str, tuple[StateRow, ...]]:
        """First word of a state's name -> those states of that name whose other half another state bears too."""
        found: dict[str, list[StateRow]] = defaultdict(list)
        ends = [pieces(state.name)[-1] for state in self.states]
        for state in self.states:
            words = pieces(state.name)
            if len(words) == 2 and ends.count(words[-1]) > 1:
                found[words[0]].append(state)
        return {word: tuple(states) for word, states in found.items()}

    @cached_property
    def title_of(self) -> dict[str, TitleRow]:
        """Folded title -> row."""
        return {fold(row.title): row for row in self.titles}

    @cached_property
    def epithet_of(self) -> dict[str, Epithet]:
        """Folded noun (one word) -> epithet."""
        aside = {"modifier", "calling", "civil"}
        return {fold(row.word): row for row in self.epithets if " " not in row.word and row.kind not in aside}

    @cached_property
    def callings(self) -> frozenset[str]:
        """Folded nouns that show the name beside them to be a person's, and point at nobody by themselves."""
        return frozenset(fold(row.word) for row in self.epithets if row.kind == "calling")

    @cached_property
    def civil_words(self) -> frozenset[str]:
        """Folded words before "group" or "movement" that tell of no armed one: "rights group", "student movement"."""
        return frozenset(fold(row.word) for row in self.epithets if row.kind == "civil")

    @cached_property
    def armed_words(self) -> frozenset[str]:
        """Nouns for those who fight in an armed group."""
        return frozenset(fold(row.word) for row in self.epithets if row.kind == "fighter")

    @cached_property
    def armed_nouns(self) -> frozenset[str]:
        """Nouns for a group that is armed by what it is called: "militia", "insurgency"; "group" alone is not."""
        return frozenset(fold(row.word) for row in self.epithets if row.kind == "armed") - _PEACEFUL_TOO

    @cached_property
    def modifiers(self) -> frozenset[str]:
        """Folded words that say that somebody does not hold the office which follows."""
        return frozenset(fold(row.word) for row in self.epithets if row.kind == "modifier")

    def offices_in(self, *texts: str) -> frozenset[str]:
        """Return the offices that one of these texts names with its last words, none where a modifier denies it."""
        for text in texts:
            words = pieces(text)
            for phrase, offices in self.office_phrases:
                if words[-len(phrase) :] == phrase:
                    return frozenset() if self.modifiers & set(words) else frozenset(offices)
        return frozenset()

    @cached_property
    def office_phrases(self) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
        """Words that name an office -> the offices, longest first."""
        rows = [(pieces(row.word), row.offices) for row in self.epithets if row.offices]
        return tuple(sorted(rows, key=lambda row: -len(row[0])))

    @cached_property
    def alias_of(self) -> dict[str, AliasRow]:
        """Folded alias -> row; every office-holder's full name is an alias of itself."""
        found = {
            fold(row.person): AliasRow(
                alias=row.person,
                person=row.person,
                gender=row.gender,
                country=row.country if len(row.country) == 3 else None,
            )
            for row in self.office_rows
        }
        found.update({fold(row.alias): row for row in self.aliases})
        return found

    @cached_property
    def gender_of(self) -> dict[str, Gender]:
        """Folded first name -> gender."""
        return {fold(row.name): row.gender for row in self.first_names}

    @cached_property
    def _held(self) -> dict[str, tuple[OfficeRow, ...]]:
        found: dict[str, list[OfficeRow]] = defaultdict(list)
        for row in self.office_rows:
            found[row.country].append(row)
        return {country: tuple(rows) for country, rows in found.items()}

    @cached_property
    def _of_person(self) -> dict[str, tuple[OfficeRow, ...]]:
        found: dict[str, list[OfficeRow]] = defaultdict(list)
        for row in self.office_rows:
            found[fold(row.person)].append(row)
        return {person: tuple(rows) for person, rows in found.items()}

    def holders(self, country: str, offices: Iterable[str], day: str) -> tuple[OfficeRow, ...]:
        """Return the rows of this country that hold one of these offices on this day; "leader" is any that leads."""
        wanted = set(offices)
        return tuple(
            row
            for row in self._held.get(country, ())
            if (row.office in wanted or (row.leads and "leader" in wanted)) and holds(row, day)
        )

    def held_by(self, person: str, day: str) -> tuple[OfficeRow, ...]:
        """Return the offices that the person of this name holds on this day."""
        return tuple(row for row in self._of_person.get(fold(person), ()) if holds(row, day))

    def country_served(self, person: str) -> str | None:
        """Return the only state in which the person of this name ever held an office; None where there are several."""
        states = {row.country for row in self._of_person.get(fold(person), ())}
        state = next(iter(states)) if len(states) == 1 else None
        return state if state in self.state_of else None


def holds(row: OfficeRow, day: str) -> bool:
    """Say whether the row's term covers this day (YYYY-MM-DD)."""
    return row.since <= day and (row.until is None or day <= row.until)


def load(folder: Folder) -> PeopleBook:
    """Return the entries of the people files in this folder."""
    return PeopleBook(
        states=read_csv(folder, "demonyms.csv", StateRow),
        bodies=read_csv(folder, "bodies.csv", BodyRow),
        groups=read_csv(folder, "armed_groups.csv", GroupRow),
        office_rows=read_csv(folder, "offices.csv", OfficeRow),
        titles=read_csv(folder, "titles.csv", TitleRow),
        epithets=read_csv(folder, "epithets.csv", Epithet),
        aliases=read_csv(folder, "aliases.csv", AliasRow),
        first_names=read_csv(folder, "first_names.csv", FirstName),
        spellings=read_csv(folder, "spellings.csv", Spelling),
    )
