"""Find the persons and organisations that are named, the recogniser's labels corrected by lexicon and context."""

from itertools import pairwise

import msgspec

from onrecord.extract.clause_tree import conjuncts
from onrecord.extract.names_known import ORG, PERSON, Found, head_of, left_edge
from onrecord.extract.names_shown import rank, shown
from onrecord.lexicon.people import PeopleBook, fold
from onrecord.model.reading import Reading

_PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
_UNSURE = frozenset({ORG, "", "FAC", "PRODUCT", "WORK_OF_ART", "LOC", "GPE"})
_ARTICLES = frozenset({"al", "el"})
_HYPHENS = frozenset({"-", "–"})
_WITH_ARTICLE = 4  # words: "Salem", "al", "-", "Zwayi"
_JOINS = frozenset({"compound", "flat", "nmod", "amod", "punct"})
_LONGEST = 4
_AGES = frozenset(map(str, range(10, 100)))
_AT = frozenset({"in", "at", "near", "from", "around", "outside"})


class Named(msgspec.Struct, frozen=True):
    """A named person (or organisation): name at `[start, last)`, whole noun phrase at `[first, last)`."""

    first: int
    start: int
    last: int
    head: int
    person: bool


class Finder:
    """What is needed to decide about the names of one article."""

    def __init__(
        self, reading: Reading, known: tuple[Found, ...], book: PeopleBook, seizing: frozenset[str] = frozenset()
    ) -> None:  # fmt: skip
        self.reading, self.book, self.seizing = reading, book, seizing
        self.taken: dict[int, Found] = {token: found for found in known for token in range(found.first, found.last)}
        self.words = [fold(reading.word(token)) for token in range(len(reading))]
        self.surnames: set[str] = set()
        self.shown: set[tuple[str, ...]] = set()
        self.other_firsts: set[str] = set()
        full = [name for name in reading.names if name.label == PERSON and name.last - name.first > 1]
        self.lasts = {self._last_word(name.first, name.last) for name in full}
        self.fulls = {tuple(self.words[name.first : name.last]) for name in full}
        self.cut = {
            (self.words[name.last - 1], self.words[name.last]) for name in full if self._cut(name.last)
        }  # fmt: skip
        self.places = {
            self.words[token] for token in range(len(reading))
            if reading.dep[token] == "pobj" and self.words[reading.head[token]] in _AT
        }  # fmt: skip

    def named(self) -> tuple[Named, ...]:
        """Return the named persons and organisations, in order of the text, none overlapping."""
        spans = [span for span in map(self._trim, self._spans()) if span is not None]
        for first, last, label in spans:
            if label == PERSON and last - first > 1 and self._shaped(last - 1):
                self.surnames.update((self.words[last - 1], self.words[first]))
                if (self.words[last - 2], self.words[last - 1]) in self.cut:
                    self.surnames.add(self.words[last - 2])  # either may be what the family goes by
            elif label != PERSON and last - first > 1:
                self.other_firsts.add(self.words[first])
        self.other_firsts -= self.lasts
        self.shown = {
            tuple(self.words[first:last]) for first, last, label in spans
            if label in _UNSURE and shown(self.reading, first, last, self.book, self.seizing)
        }  # fmt: skip
        self.other_firsts -= {words[-1] for words in self.shown}
        sure: dict[int, Named] = {}
        for first, last, label in spans:
            if any(token in sure for token in range(first, last)):
                continue
            kind = self._kind(first, last, label)
            if kind is not None:
                named = self._named(first, last, person=kind)
                sure.update(dict.fromkeys(range(named.start, named.last), named))
                if kind:
                    self.surnames.add(self.words[last - 1])
        for token in range(len(self.reading)):
            if token not in sure and (token not in self.taken or self._borne(token)) and self._loose(token):
                named = self._named(token, token + 1, person=True)
                if not any(inner in sure for inner in range(named.start, named.last)):
                    sure.update(dict.fromkeys(range(named.start, named.last), named))
        return tuple(sorted(set(sure.values()), key=lambda named: named.start))

    def _spans(self) -> list[tuple[int, int, str]]:
        spans = [(name.first, name.last, name.label) for name in self.reading.names]
        covered = {token for first, last, _ in spans for token in range(first, last)}
        persons = (found for found in dict.fromkeys(self.taken.values()) if found.known.known_as == "person")
        spans += [(found.first, found.last, PERSON) for found in persons]
        spans += self._runs(covered) + self._halves() + self._begun() + self._ended() + self._article_names()
        return sorted(spans, key=lambda span: (span[2] != PERSON, span[0] - span[1], span[0]))

    def _halves(self) -> list[tuple[int, int, str]]:
        """Return the names that the recogniser cut in two, of which it takes one half for a person's."""
        reading = self.reading
        return [
            (left.first, right.last, PERSON)
            for left, right in pairwise(reading.names)
            if left.last == right.first
            and left.last - left.first == right.last - right.first == 1
            and PERSON in {left.label, right.label}
            and reading.dep[left.first] == "compound"
            and reading.head[left.first] == right.first
            and left.first not in self.taken
            and right.first not in self.taken
            and self._proper(left.first)
            and self._proper(right.first)
        ]

    def _article_names(self) -> list[tuple[int, int, str]]:
        """Return the Arabic names that the recogniser cut before the article: "Salem" and "al-Zwayi" in a list."""
        reading, found = self.reading, []
        for left, right in pairwise(reading.names):
            if left.last != right.first or left.last - left.first != 1 or not self._proper(left.first):
                continue
            head = head_of(reading, left.first, right.last)
            listed = reading.dep[head] in {"conj", "appos"} and reading.head[head] < left.first
            beside = any(
                name.label == PERSON and name.first <= reading.head[head] < name.last for name in reading.names
            )
            known = self.words[left.first] in self.book.gender_of
            if self.words[right.first].split("-")[0] in _ARTICLES and (known or (listed and beside)):
                found.append((left.first, right.last, PERSON))
        for name in reading.names:
            # "Salem al-Zwayi", of which the recogniser sees a town and nothing more
            last = name.first + _WITH_ARTICLE
            if name.last - name.first != 1 or last > len(reading) or reading.word(name.first + 2) not in _HYPHENS:
                continue
            joined = self.words[name.first + 1] in _ARTICLES and self._proper(last - 1)
            hangs = reading.head[name.first] == last - 1 and reading.dep[name.first] == "compound"
            known = self.words[name.first] in self.book.gender_of
            if joined and hangs and (known or shown(reading, name.first, last, self.book, self.seizing)):
                found.append((name.first, last, PERSON))
        return found

    def _ended(self) -> list[tuple[int, int, str]]:
        """Return the names of which the recogniser sees the last word alone, and takes it for a firm or a place."""
        covered = {token for name in self.reading.names for token in range(name.first, name.last)}
        return [
            (name.first - 1, name.last, "")
            for name in self.reading.names
            if name.label in _UNSURE and name.last - name.first == 1 and name.first > 0
            and name.first - 1 not in covered and name.first - 1 not in self.taken and name.first not in self.taken
            and self._proper(name.first - 1) and self._proper(name.first)
            and self.reading.dep[name.first - 1] == "compound" and self.reading.head[name.first - 1] == name.first
        ]  # fmt: skip

    def _begun(self) -> list[tuple[int, int, str]]:
        """Return the names of which the recogniser sees the first word, shown to be a person's: "Abbas" of two."""
        return [
            (name.first, name.last + 1, PERSON)
            for name in self.reading.names
            if name.label == PERSON and name.last - name.first == 1 and self._cut(name.last)
            and shown(self.reading, name.first, name.last + 1, self.book, self.seizing)
        ]  # fmt: skip

    def _runs(self, covered: set[int]) -> list[tuple[int, int, str]]:
        """Return runs of capitalised proper nouns that the recogniser left out."""
        runs, at, size = [], 0, len(self.reading)
        while at < size:
            end = at
            while end < size and end not in covered and end not in self.taken and self._proper(end):
                if end > at and self.reading.sentence_of(end) != self.reading.sentence_of(at):
                    break
                end += 1
            if end - at >= 2:
                runs.append((at, end, ""))
            at = max(end, at + 1)
        return runs

    def _last_word(self, first: int, last: int) -> str:
        """Return the last folded word of a name, its genitive aside."""
        while last > first + 1 and self.reading.tag[last - 1] == "POS":
            last -= 1
        return self.words[last - 1]

    def _borne(self, token: int) -> bool:
        """Say whether a word that is also a capital's name is a person's of this article, who is named in full."""
        found = self.taken[token]
        return (
            found.known.known_as == "capital" and found.last - found.first == 1 and self.words[token] in self.lasts
            and self.words[token] not in self.places
        )  # fmt: skip

    def _proper(self, token: int) -> bool:
        word = self.reading.word(token)
        return self.reading.pos[token] == "PROPN" and word[:1].isupper() and any(letter.isalpha() for letter in word)

    def _titled(self, token: int) -> bool:
        """Say whether a title or a role for one person stands just before this token."""
        if token < 0:
            return False
        if self.words[token] in self.book.title_of:
            return self.reading.word(token)[:1].isupper()
        epithet = self.book.epithet_of.get(self.words[token])
        return (
            epithet is not None
            and epithet.kind in {"person", "fighter"}
            and self.reading.tag[token] not in {"NNS", "NNPS"}
        )

    def _trim(self, span: tuple[int, int, str]) -> tuple[int, int, str] | None:
        first, last, label = span
        if label not in {PERSON, ORG, "NORP", "GPE", "PRODUCT", "WORK_OF_ART", "LOC", "FAC", ""}:
            return None
        while last > first and (self.reading.tag[last - 1] == "POS" or not self.words[last - 1].strip(".,'-’")):
            last -= 1
        while last > first and self.reading.pos[first] in {"DET", "PUNCT", "ADP", "ADV", "SYM", "NUM"} | (
            set() if any(map(str.isalnum, self.words[first])) else {self.reading.pos[first]}
        ):
            first += 1
        while first < last - 1 and label != ORG and self._titled(first):
            first += 1
        last = self._whole(last) if label == PERSON else last
        if label == ORG and last - first == 2 and self.words[first] in self.book.title_of:
            first += 1
        if label == ORG:
            first += rank(self.reading, first, last, self.book)
        known = [
            self.taken[token] for token in range(first, last)
            if token in self.taken and not (last - first == 1 and self._borne(token))
        ]  # fmt: skip
        if known and known[-1].known.known_as == "adjective" and self._tied(first, last):
            return None
        if any(found.known.known_as != "person" for found in known) and not (
            label == PERSON and last - first > len(known)
        ):
            if label == ORG and last - first > sum(found.last - found.first for found in dict.fromkeys(known)):
                return (first, last, label)
            return None
        return (first, last, label) if first < last else None

    def _tied(self, first: int, last: int) -> bool:
        """Say whether the span is two peoples in one word, and no name: "a Franco-Iranian academic"."""
        return last - first == len("a-b") and self.words[first + 1] in {"-", "–"}

    def _whole(self, last: int) -> int:
        """Return where a person's name ends that the recogniser cut before its last word ("Ximena Traña" "Lowell")."""
        return last + 1 if (self.words[last - 1], self._next(last)) in self.cut else last

    def _next(self, last: int) -> str:
        return self.words[last] if last < len(self.words) else ""

    def _cut(self, last: int) -> bool:
        """Say whether a name goes on with one more word, by the parse and by what is known of that word."""
        reading = self.reading
        if last >= len(reading) or reading.dep[last - 1] != "compound" or reading.head[last - 1] != last:
            return False
        strange = (
            last in self.taken or self.words[last] in self.book.epithet_of or self.words[last] in self.book.title_of
        )
        more = last + 1 < len(reading) and self._proper(last + 1)
        named = any(name.first <= last < name.last and name.last - name.first > 1 for name in reading.names)
        return self._proper(last) and not (strange or more or named)

    def _kind(self, first: int, last: int, label: str) -> bool | None:
        """Say whether the span is a person (True), an organisation (False) or neither (None)."""
        width, surname = last - first, self.words[last - 1]
        found = self.taken.get(last - 1)
        if found is not None and found.known.known_as == "person" and found.first >= first:
            return True
        if any(not self._shaped(token) for token in range(first, last)):
            return False if label == ORG and self._body(first, last) else None
        titled = self._titled(first - 1) and self.reading.dep[first - 1] in _JOINS
        gendered = width > 1 and self.words[first] in self.book.gender_of and width <= 4
        if label == PERSON and width > 1:
            return True
        if titled or gendered or (width == 1 and surname in self.surnames and surname not in self.other_firsts):
            return True
        if width == 2 and label != "WORK_OF_ART" and self._in_list_of_people(first, last):
            return True
        if 2 <= width <= _LONGEST and label in {"", "GPE", "LOC", "FAC"} and self._described(first, last):
            return True
        if tuple(self.words[first:last]) in self.shown:
            return True
        if label == PERSON:
            return True if self._acts(first, last) else None
        if label == ORG:
            return False if self._body(first, last) else None
        if label == "NORP" and self.reading.tag[last - 1] in {"NNS", "NNPS"}:
            return False
        return None

    def _shaped(self, token: int) -> bool:
        word = self.reading.word(token)
        return (
            word[:1].isupper()
            or self._hyphened(token)
            or word in {"-", "–", "al", "bin", "ibn", "de", "da", "del", "von", "van", "der", "la"}
            or word.startswith(("al-", "el-", "d'", "d’"))
        )

    def _hyphened(self, token: int) -> bool:
        """Say whether the word goes on behind a hyphen from one with a capital: "Chi-fung"."""
        reading = self.reading
        return (
            token > 1
            and reading.word(token - 1) in {"-", "‑"}
            and reading.end[token - 2] == reading.start[token - 1]
            and reading.end[token - 1] == reading.start[token]
            and reading.word(token - 2)[:1].isupper()
            and reading.word(token).isalpha()
        )

    def _body(self, first: int, last: int) -> bool:
        head = head_of(self.reading, first, last)
        if self.reading.dep[head] in {"compound", "nmod"} and self.reading.head[head] >= last:
            above = self.words[self.reading.head[head]]
            return last - first > 1 and above not in self.book.epithet_of
        epithet = self.book.epithet_of.get(self.words[last - 1])
        if epithet is not None and epithet.kind not in {"body", "side"}:
            return False
        short = last - first == 1 and self.reading.word(first).isupper()
        if (
            self.words[last - 1] in self.book.title_of
            or not self._shaped(last - 1)
            or (self.words[last - 1] in self.places and not short)
        ):
            return False
        return last - first > 1 or not (self.reading.dep[head] == "pobj" and self.words[self.reading.head[head]] in _AT)

    def _in_list_of_people(self, first: int, last: int) -> bool:
        head = head_of(self.reading, first, last)
        above = self.reading.head[head]
        if self._heads_list(head, last):
            return True
        return self.reading.dep[head] in {"conj", "appos"} and self.words[above] in self.surnames and above != head

    def _heads_list(self, head: int, last: int) -> bool:
        """Say whether a comma and two more names of people follow, each told by the recogniser: "X Y, A B and C D"."""
        if last >= len(self.reading) or self.reading.word(last) != ",":
            return False
        persons = {
            token for name in self.reading.names if name.label == PERSON and name.last - name.first > 1
            for token in range(name.first, name.last)
        }  # fmt: skip
        joined = [one for one in conjuncts(self.reading, head) if one != head]
        return len(joined) > 1 and all(one in persons for one in joined)

    def _described(self, first: int, last: int) -> bool:
        """Say whether what stands behind the name says that it is a person's: "the captain of a boat", an age."""
        reading = self.reading
        head = head_of(reading, first, last)
        for child in reading.children(head, "appos"):
            if child < last:
                continue
            epithet = self.book.epithet_of.get(self.words[child])
            if epithet is not None and epithet.kind in {"person", "fighter"} and reading.tag[child] == "NN":
                return True
            if child == last + 1 and reading.tag[child] == "CD" and reading.word(child) in _AGES:
                return True
        return False

    def _acts(self, first: int, last: int) -> bool:
        head = head_of(self.reading, first, last)
        if last - first == 1 and self.words[first] in self.other_firsts | self.places:
            return False
        above = self.reading.head[head]
        return self.reading.dep[head] == "nsubj" and self.reading.pos[above] in {"VERB", "AUX"} and head < above

    def _loose(self, token: int) -> bool:
        return self._proper(token) and (
            (self.words[token] in self.surnames and self.words[token] not in self.other_firsts)
            or (self._titled(token - 1) and self.reading.dep[token - 1] in _JOINS and not self._titled(token))
        )

    def _named(self, first: int, last: int, *, person: bool) -> Named:
        reading, start = self.reading, first
        while (
            person and start > 0 and self._proper(start - 1) and start - 1 not in self.taken
            and reading.dep[start - 1] in _JOINS and start - 1 <= reading.head[start - 1] < last
            and not self._titled(start - 1) and reading.sentence_of(start - 1) == reading.sentence_of(start)
            and self.words[start - 1] not in self.book.epithet_of and last - start < 5
            and tuple(self.words[start:last]) not in self.fulls
        ):  # fmt: skip
            start -= 1
        head = head_of(reading, start, last)
        left = left_edge(reading, head, start)
        commas = [token for token in range(left, start) if reading.word(token) in {",", ";", ":", "("}]
        left = commas[-1] + 1 if commas else left
        return Named(left, start, last, head, person)
