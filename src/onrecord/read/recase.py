"""Give a text in one case its capitals back, in a copy of the same length; a text with ordinary capitals is left alone.

Telegrams and old transcripts are ALL IN CAPITALS, prepared sets all in lower case: there a name looks like any word.
Every character of the copy stands where it stood, so offsets hold; the document itself never changes. How good it is:
docs/explanation/one-case.md. The problem and its measure: Lita et al. (2003), tRuEcasIng; Susanto et al. (2016).
"""

import itertools
import re
import threading
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from functools import lru_cache

import numpy as np

from onrecord.errors import MissingResource
from onrecord.lexicon import Lexicon
from onrecord.read.recase_net import ALL, CAPITAL, LOWER, MIXED, Floats, Net
from onrecord.read.recase_words import Names, Phrases, key, phrase_row, seen

FEW_LETTERS = 200
LOWEST, HIGHEST = 0.005, 0.99  # share of capitals among the letters: below is all lower case, above all capitals
MOST_REMEMBERED = 50_000
_TOKEN = re.compile(r"[^\W_]+|[^\w\s]|_|\n\s*")
_DASHES = frozenset("-–—―")
_OPENING, _CLOSING = frozenset("(["), frozenset(")]\n")
# What speaks for a capital: a known phrase; a word that no vocabulary has; one that the network never saw, behind one
# with a capital, or behind a first name; and by how much it must have one elsewhere in the text, to have it throughout.
PHRASE, UNHEARD_OF, BESIDE, SURNAME, VOTE = 2.0, 3.0, 4.0, 6.0, 3.0
_OPENERS = frozenset(".!?:\n\"“'‘")
_WIDE, _LONGEST_ACRONYM = 12, 7
_PREFIX, _LONG_ENOUGH = "mc", 5


def in_one_case(text: str) -> bool:
    """Say whether this text is written in one case throughout: few words are not enough to tell."""
    capitals = sum(map(str.isupper, text))
    letters = capitals + sum(map(str.islower, text))
    return letters > FEW_LETTERS and not LOWEST * letters <= capitals <= HIGHEST * letters


def lowered(text: str) -> str:
    """Return the text in lower case, character for character: one whose lower form is longer stays as it is."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(small if len(small := char.lower()) == 1 else char for char in text)


def raised(text: str) -> str:
    """Return the text in capitals, character for character: one that has no capital of its own stays as it is."""
    return "".join(
        great if len(great := char.upper()) == 1 and great.lower() == char else char for char in text
    )  # fmt: skip


class Recaser:
    """The network and what it remembers of words; one memory, so threads take turns."""

    def __init__(self, lexicon: Lexicon, net: Net) -> None:
        """Take the lexicon, which knows names, and the network."""
        self._names, self._net = Names(lexicon), net
        self._turn = threading.Lock()
        self._last = ("", "")
        self._firsts = lexicon.people.gender_of
        self._forget()

    def _forget(self) -> None:
        self._place: dict[str, int] = {}
        self._phrases: list[Phrases] = []
        self._strange: dict[str, int] = {}
        self._vectors = np.zeros((1024, self._net.width), np.float32)

    def restore(self, text: str) -> str:
        """Return the text with capitals as they are most likely: as long as it was, the same letters."""
        asked, answer = self._last  # an article is asked for twice: by what finds its dateline, and to be parsed
        if asked != text:
            answer = self._restored(lowered(text))
            self._last = (text, answer)
        return answer

    def _restored(self, low: str) -> str:
        found = list(_TOKEN.finditer(low))
        if not found:
            return low
        words = ["\n", *("\n" if (word := match.group())[0] == "\n" else word for match in found)]
        with self._turn:
            cases = self._cases(words)
        letters: list[str] = []
        done, opens = 0, True
        for at, (match, word, case) in enumerate(zip(found, words[1:], cases[1:], strict=True), 1):
            if word == "\n":
                opens = True
            elif word in _DASHES and words[at - 1] == ")" and "\n" in words[max(0, at - _WIDE) : at]:
                opens = True  # "arkvik, norland, may 2 (wire) - talks"
            elif word[0].isalnum():
                case = max(case, CAPITAL) if opens else case  # noqa: PLW2901
                opens = False
                if case != LOWER:
                    start, end = match.span()
                    letters += (low[done:start], self._written(word, case))
                    done = end
        return "".join((*letters, low[done:]))

    def _written(self, word: str, case: int) -> str:
        if case == ALL:
            return raised(word)
        mask = self._net.mixed.get(key(word)) if case == MIXED else None
        if mask is not None:
            return "".join(raised(letter) if mask >> at & 1 else letter for at, letter in enumerate(word))
        if word.startswith(_PREFIX) and len(word) >= _LONG_ENOUGH:
            return f"Mc{raised(word[2])}{word[3:]}"
        return raised(word[0]) + word[1:]

    def _cases(self, words: list[str]) -> list[int]:
        """Return the case of each word."""
        if len(self._place) > MOST_REMEMBERED:
            self._forget()
        place = self._place
        for word in words:
            if word not in place:
                self._learn(word)
        ids = [place[word] for word in words]
        phrases = self._in_phrases(words, ids)
        scores = self._net.scores(self._vectors[ids], phrases)
        scores[[at for at, _ in phrases], CAPITAL] += PHRASE
        _leaning(words, scores, self._strange, self._firsts)
        cases: list[int] = scores.argmax(axis=1).tolist()
        _acronyms(words, cases, scores, self._strange)
        return cases

    def _learn(self, word: str) -> None:
        number = self._place[word] = len(self._place)
        self._phrases[number:] = [self._names.phrases(word) if word[0].isalnum() else ()]
        if number == len(self._vectors):
            self._vectors = np.concatenate([self._vectors, np.zeros_like(self._vectors)])
        rows = [*seen(word), *self._names.rows(word)]
        self._vectors[number] = self._net.vector(key(word), rows)
        if word[0].isalpha() and (lean := self._net.strange(key(word))):
            self._strange[word] = lean

    def _in_phrases(self, words: Sequence[str], ids: Sequence[int]) -> list[tuple[int, int]]:
        """Return (place, row) of the words that stand in a known phrase."""
        rows: list[tuple[int, int]] = []
        begins, at = self._phrases, -1
        for place, number in enumerate(ids):
            if place < at or not begins[number]:
                continue
            for phrase, known in begins[number]:
                size = len(phrase)
                if tuple(words[place : place + size]) == phrase:
                    rows += [(place + inner, phrase_row(known, inner, size)) for inner in range(size)]
                    at = place + size
                    break
        return rows


def _leaning(words: Sequence[str], scores: Floats, strange: Mapping[str, int], firsts: Container[str]) -> None:
    """Let strange words lean towards a capital: more so beside one, and where no vocabulary has them."""
    names = (scores.argmax(axis=1) != LOWER).tolist()
    opens = True
    for at, word in enumerate(words):
        if word in strange:
            scores[at, CAPITAL] += UNHEARD_OF * (strange[word] > 1)
            if names[at - 1]:
                scores[at, CAPITAL] += SURNAME if words[at - 1] in firsts else BESIDE * (not opens)
        opens = at == 0 or words[at - 1] in _OPENERS
    votes: dict[str, float] = {}
    for at, word in enumerate(words[1:], 1):
        if word in strange and words[at - 1] not in _OPENERS:
            votes[word] = votes.get(word, 0.0) + float(scores[at, CAPITAL:].max() - scores[at, LOWER])
    for at, word in enumerate(words):
        if votes.get(word, 0.0) > VOTE:
            scores[at, LOWER] = min(scores[at, LOWER], scores[at, CAPITAL] - 1)


def _acronyms(words: Sequence[str], cases: list[int], scores: Floats, strange: Mapping[str, int]) -> None:
    """Write acronyms alike throughout the text: those that brackets spell out, and strange words that mostly are."""
    spelt = set(_spelt_out(words))
    votes: dict[str, float] = {}
    for word, case, row in zip(words, cases, scores, strict=True):
        if case in {CAPITAL, ALL} and word in strange:
            votes[word] = votes.get(word, 0.0) + float(row[ALL] - row[CAPITAL])
    for at, word in enumerate(words):
        if word in spelt and (word in strange or cases[at] != LOWER):
            cases[at] = ALL
        elif word in votes and cases[at] in {CAPITAL, ALL}:
            cases[at] = ALL if votes[word] > 0 else CAPITAL


def _spelt_out(words: Sequence[str]) -> Iterator[str]:
    """Yield words that stand beside their long form: "the northern relief council (nrc)", "nrc (northern ...)"."""
    for at, word in enumerate(words):
        if word not in _OPENING:
            continue
        inside = list(itertools.takewhile(lambda one: one not in _CLOSING, words[at + 1 : at + 1 + _WIDE]))
        before = list(itertools.takewhile(str.isalnum, reversed(words[max(0, at - _WIDE) : at])))
        if len(inside) == 1 and _abbreviates(inside[0], before):
            yield inside[0]
        elif len(inside) > 1 and before and _abbreviates(before[0], inside):
            yield before[0]


def _abbreviates(short: str, long: Sequence[str]) -> bool:
    """Say whether all letters but one, or all of two, begin one of the words each: order changes in translation."""
    if not (short.isalpha() and 2 <= len(short) <= _LONGEST_ACRONYM):
        return False
    held = Counter(short) & Counter(word[0] for word in long)
    return held.total() >= max(2, len(short) - 1)


@lru_cache(maxsize=1)
def _net() -> Net:
    return Net.load()


_RECASERS: dict[str, Recaser] = {}


def recaser(lexicon: Lexicon) -> Recaser:
    """Return the recaser that goes with this lexicon, made at the first text that needs one."""
    found = _RECASERS.get(lexicon.hash)
    if found is None:
        found = _RECASERS[lexicon.hash] = Recaser(lexicon, _net())
    return found


def wording(text: str, lexicon: Lexicon, parts: Sequence[tuple[int, int]] | None = None) -> str:
    """Return the text as it is to be read: itself, or where it (these parts of it) is in one case, the copy."""
    if not in_one_case(text if parts is None else "".join(text[start:end] for start, end in parts)):
        return text
    try:
        return recaser(lexicon).restore(text)
    except MissingResource:  # a distribution without the weights reads such texts as they stand
        return text
