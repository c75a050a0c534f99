"""Which names of organisations in one article mean the same: initials ("KGB" for Karu Grain Board) and short forms.

A name in brackets behind a longer one is its short form. Capitals alone are the initials of the one name that has
them. A name that is the beginning or the end of exactly one longer name stands for it; where two longer ones fit, it
stays by itself.
"""

from collections.abc import Iterable

from onrecord.lexicon.people import PeopleBook, fold
from onrecord.model.cast import Candidate
from onrecord.model.reading import Reading

_MOST = 8


def words_of(name: str) -> tuple[str, ...]:
    """Return the folded words of a name without a leading article."""
    words = tuple(fold(name).replace("-", " ").split())
    return words[1:] if words[:1] == ("the",) and len(words) > 1 else words


def initials(name: str) -> frozenset[str]:
    """Return the initials that a name may be shortened to: of its capitalised words, and of all."""
    parts = [part for part in name.replace("-", " ").split() if part[0].isalnum()]
    if parts and fold(parts[0]) == "the":
        parts = parts[1:]
    capitals = "".join(part[0] for part in parts if part[0].isupper())
    return frozenset({capitals, "".join(part[0] for part in parts).upper()})


class Bodies:
    """The named organisations of an article, short forms joined with the fullest."""

    def __init__(self, reading: Reading, candidates: Iterable[Candidate], book: PeopleBook) -> None:
        self.reading, self.book = reading, book
        bodies = [one for one in candidates if one.form in {"body", "group"} and self._named(one)]
        self.full: dict[tuple[str, ...], Candidate] = {}
        for one in sorted(bodies, key=lambda one: (-len(words_of(one.name or "")), one.first)):
            self.full.setdefault(words_of(one.name or ""), one)
        persons = [one.name or "" for one in candidates if one.sort == "person" and one.form == "name"]
        self._persons = {words_of(name)[-1] for name in persons if name}
        self._persons |= {words_of(name)[0] for name in persons if len(name.split()) > 1}
        self._bracketed = self._brackets(bodies)
        self.of: dict[int, Candidate] = {}
        for one in bodies:
            longer = self._longer(one)
            if longer is not None:
                self.of[one.head] = longer

    def _named(self, one: Candidate) -> bool:
        name = one.name or ""
        return bool(name) and one.sort in {"organisation", "armed_group", "government"} and any(
            part[0].isupper() for part in name.split() if fold(part) != "the"
        )  # fmt: skip

    def _brackets(self, bodies: Iterable[Candidate]) -> dict[tuple[str, ...], Candidate]:
        """Return short name -> the organisation that it stands in brackets behind."""
        ends = {one.last: one for one in bodies}
        found: dict[tuple[str, ...], Candidate] = {}
        for token in range(1, len(self.reading) - 2):
            if self.reading.word(token) != "(" or token not in ends:
                continue
            close = next((at for at in range(token + 1, token + 4) if self.reading.word(at) == ")"), None)
            if close is None or close >= len(self.reading):
                continue
            short, full = self.reading.words(token + 1, close).strip("\"'“”‘’"), ends[token]
            if 1 < len(short) <= _MOST and short[0].isupper() and self._shortens(short, full):
                found.setdefault(words_of(short), full)
        return found

    def _shortens(self, short: str, full: Candidate) -> bool:
        """Say whether what stands in brackets is a short form: its initials, or capitals of another tongue."""
        name = full.name or ""
        if short == name or len(name.split()) < 2:
            return False
        return short.upper() in initials(name) or (short.isalnum() and sum(map(str.isupper, short)) >= 3)

    def _longer(self, one: Candidate) -> Candidate | None:
        """Return the organisation of the article that this name shortens, if it is sure."""
        name, words = (one.name or ""), words_of(one.name or "")
        bracketed = self._bracketed.get(words)
        if bracketed is not None and bracketed.head != one.head:
            return self._longer(bracketed) or bracketed
        if one.actor is not None:
            return None
        if len(words) == 1 and name.isupper() and len(name) > 1:
            fits = [full for full in self.full.values() if name in initials(full.name or "") and full is not one]
            return fits[0] if len(fits) == 1 else None
        if self.full.get(words) is not None and self.full[words] is not one and words == words_of(name):
            own = self.full[words]
        else:
            own = one
        if len(words) == 1 and words[0] in self._persons:
            return None
        longer = [
            full for other, full in self.full.items()
            if len(other) > len(words) and (other[-len(words) :] == words or other[: len(words)] == words)
            and not (one.sort == "government" and one.first < full.first)  # "the Foreign Ministry" is no later one's
        ]  # fmt: skip
        fullest = [
            full for full in longer
            if all(_inside(words_of(other.name or ""), words_of(full.name or "")) for other in longer)
        ]  # fmt: skip
        return fullest[0] if len(fullest) == 1 and fullest[0] is not own else None


def _inside(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    return long[: len(short)] == short or long[-len(short) :] == short
