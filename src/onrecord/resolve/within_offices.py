"""Whom an office without a name means: first by the article itself, then by the dated table, at the article's date."""

from onrecord.lexicon.people import Epithet, OfficeRow, PeopleBook, fold, pieces
from onrecord.model.cast import Candidate
from onrecord.model.reading import Reading
from onrecord.resolve.within_entities import Entity, People

_LEADER = "leader"


class Offices:
    """Resolves offices of one article."""

    def __init__(self, reading: Reading, people: People, book: PeopleBook, day: str | None) -> None:
        self.reading, self.people, self.book, self.day = reading, people, book, day
        self.tops = frozenset(row.office for row in book.office_rows if row.leads)
        self.made: dict[str, Entity] = {}

    def epithet(self, candidate: Candidate) -> Epithet | None:
        """Return the lexicon's entry for the candidate's head noun."""
        head = candidate.head
        return self.book.epithet_of.get(self.reading.lemma[head]) or self.book.epithet_of.get(
            fold(self.reading.word(head))
        )

    def offices(self, candidate: Candidate) -> frozenset[str]:
        """Return the offices that the words of this candidate can mean."""
        reading = self.reading
        return self.book.offices_in(
            reading.words(candidate.first, candidate.last), reading.words(candidate.first, candidate.head + 1)
        )

    def by_country(self, candidate: Candidate, country: str) -> tuple[Entity | None, str]:
        """Return who holds the office of this country (or body), and how that is known."""
        offices = self.offices(candidate)
        if not offices:
            return None, ""
        wanted = self.tops if _LEADER in offices else offices
        own = [
            entity for entity in self.people.entities
            if entity.country == country and entity.role and self.book.offices_in(entity.role) & wanted
        ]  # fmt: skip
        rows = self.book.holders(country, offices, self.day) if self.day else ()
        names = {row.person for row in rows}
        if len(own) == 1 and not (_LEADER in offices and names and own[0] is not self.people.called(min(names))):
            return own[0], f"the article gives {own[0].name} this office"
        if len(names) == 1:
            row = rows[0]
            return self._holder(row), f"{row.person}, {row.office} of {country} on {self.day}"
        return None, ""

    def _holder(self, row: OfficeRow) -> Entity:
        named = self.people.called(row.person)
        if named is not None:
            return named
        if row.person not in self.made:
            country = row.country if row.country in self.book.state_of else None
            entity = Entity(row.person, "person", country=country)
            entity.gender, entity.offices = row.gender, frozenset({row.office})
            self.made[row.person] = entity
        return self.made[row.person]

    def by_role(self, candidate: Candidate) -> list[Entity]:
        """Return the persons of the article whose role the candidate's words repeat ("the ombudsman")."""
        head = self.reading.lemma[candidate.head]
        wanted = set(pieces(candidate.role or "")) | {head}
        found = []
        for entity in self.people.entities:
            role = pieces(entity.role or "")
            if role and head in role and wanted <= set(role) | {head} and candidate.country in (None, entity.country):
                found.append(entity)
        return found

    def holding(self, candidate: Candidate) -> list[Entity]:
        """Return the persons of the article who hold the candidate's office, of whatever country."""
        offices = self.offices(candidate)
        if _LEADER in offices:
            offices = offices | self.tops
        return [entity for entity in (*self.people.entities, *self.made.values()) if entity.offices & offices]
