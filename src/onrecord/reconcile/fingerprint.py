"""What a document's words leave for telling copies: hashed shingles, its top, and the facts in each of its sentences.

Comes in: a document. Goes out: a `Fingerprint` of some kilobytes. Words are folded first (case, quotes, British and
American spelling, numbers in words or digits), so that an editor's hand leaves no trace. Shingles are sampled by their
hash (FracMinHash, Irber et al. 2022), which keeps containment and not only likeness measurable.
"""

import hashlib
import re
from functools import lru_cache

import msgspec

from onrecord.model.text import Document

SHINGLE = 5
_SAMPLE, _KEYS, _MOST_KEYS = 3, 15, 48
_TOP_WORDS, _SHORTEST_TOP = (
    150,
    30,
)  # the first half at most: below it short stories of one paper share their background
_LEAD_WORDS = 12
_FEWEST_IN_SKELETON = 8
_STOP = re.compile(r"(?<=[.!?])['\"”’)]*\s+|\n+")
_WORD = re.compile(r"\d[\d,.]*\d|\w+|%")
_DATELINE = re.compile(
    r"\s*[^\W\da-zß-ÿ][^\n()–—]{1,60}?(?:\s*\([^()\n]{2,40}\)\s*[-–—]{1,2}|\s*[–—]|\s-{1,2})\s+(?=\S)"
)
_SHOUTED = re.compile(r"[^\W\da-zß-ÿ]{2}")
_UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()  # noqa: E501, SIM905
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()  # noqa: SIM905
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth".split()  # noqa: E501, SIM905
_NUMBERS = {
    **{word: str(value) for value, word in enumerate(_UNITS)},
    **{word: str(20 + 10 * place) for place, word in enumerate(_TENS)},
    **{word: f"{value}th" for value, word in enumerate(_ORDINALS, start=1)},
}
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)")
_DAYS = re.compile(r"(?:mon|tues?|wednes|thurs?|fri|satur|sun)day|(?:mon|tue|wed|thu|fri|sat|sun)", re.IGNORECASE)
_MONTHS = re.compile(
    r"jan(?:uary)?|feb(?:ruary)?|march|april|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
# What stands before an ending is looked back at, not matched: 100,000 letters take no longer than their number.
_FOLDS = (
    (re.compile(r"(?<=\w{3})isation(s?)$"), r"ization\1"),
    (re.compile(r"(?<=\w{3})is(e|ed|es|ing)$"), r"iz\1"),
    (re.compile(r"(?<=\w{3})ys(e|ed|es|ing)$"), r"yz\1"),
    (re.compile(r"(?<=\w{2})our(s|ed|ing|ite|able|ed|ly)?$"), r"or\1"),
    (re.compile(r"(?<=\w{3})ll(ed|ing|er|ers)$"), r"l\1"),
    (re.compile(r"(cent|theat|fib|lit|met|kilomet)re(s?)$"), r"\1er\2"),
    (re.compile(r"(def|off|lic)ence(s?)$"), r"\1ense\2"),
    (re.compile(r"programme(s?)$"), r"program\1"),
)


class Fingerprint(msgspec.Struct, frozen=True, array_like=True):
    """Hashes of a document's words. `facts`: a sentence without its numbers, days and names -> those, slot by slot.

    `top` are the shingles of its first half, up to 150 words; `lead` the names, numbers and days that it opens with.
    """

    document: str
    published: str
    address: str
    order: str
    shingles: frozenset[int]
    top: frozenset[int]
    facts: dict[int, tuple[str, ...]]
    lead: frozenset[int] = frozenset()

    @property
    def sketch(self) -> tuple[str, ...]:
        """The keys under which documents that may share a passage are found."""
        found = sorted(key for key in self.shingles if key % _KEYS == 0) or sorted(self.shingles)[:4]
        keys = [f"{key:x}" for key in found[:_MOST_KEYS]]
        return tuple([*keys, f"@{self.address}"] if self.address else keys)


def of(document: Document) -> Fingerprint:
    """Return the fingerprint of a document; its boilerplate and its first line, where that is its title, left out."""
    words: list[str] = []
    lead: set[int] = set()
    facts: dict[int, tuple[str, ...]] = {}
    for line in _lines(document):
        for sentence in _STOP.split(line):
            found = _WORD.findall(sentence)
            folded = [fold(word) for word in found]
            if len(words) < _LEAD_WORDS:
                told = zip(found, folded, strict=True)
                lead.update(_hash(plain) for at, (word, plain) in enumerate(told) if _kind(word, plain, first=at == 0))
            words += folded
            _note(facts, found, folded)
    hashes = [_hash(" ".join(words[at : at + SHINGLE])) for at in range(max(len(words) - SHINGLE + 1, 0))]
    address = document.source if document.source.startswith(("http://", "https://")) else ""
    return Fingerprint(
        document=document.id,
        published=document.published or "9999",
        address=f"{_hash(address):x}" if address else "",
        order="|".join((document.updated or document.published or "", document.retrieved or "")),
        shingles=frozenset(one for one in hashes if one % _SAMPLE == 0),
        top=frozenset(
            one for one in hashes[: max(_SHORTEST_TOP, min(_TOP_WORDS, len(words) // 2))] if one % _SAMPLE == 0
        ),
        facts=facts,
        lead=frozenset(lead),
    )


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """Return a word as comparisons see it: without case, spelling of either side of the ocean, or number in words."""
    word = word.casefold()
    if word[0].isdigit():
        return word.replace(",", "")
    if word == "%":
        return "percent"
    if word in _NUMBERS:
        return _NUMBERS[word]
    for pattern, made in _FOLDS:
        if pattern.search(word):
            return pattern.sub(made, word)
    return word


def _lines(document: Document) -> list[str]:
    skipped = [(span.start, span.end) for span in document.skipped]
    found: list[str] = []
    at = 0
    title = " ".join((document.title or "").split())
    for line in document.text.split("\n"):
        inside = any(start <= at + len(line) // 2 < end for start, end in skipped)
        if line.strip() and not inside and " ".join(line.split()) != title:
            found.append(_without_dateline(line) if len(found) < 3 else line)
        at += len(line) + 1
    return found


def _without_dateline(line: str) -> str:
    found = _DATELINE.match(line)
    return line[found.end() :] if found and ("(" in found.group() or _SHOUTED.match(line.lstrip())) else line


def _note(facts: dict[int, tuple[str, ...]], found: list[str], folded: list[str]) -> None:
    """Note a sentence's facts under the sentence without them."""
    if len(found) < _FEWEST_IN_SKELETON:
        return
    skeleton: list[str] = []
    slots: list[str] = []
    for place, (word, plain) in enumerate(zip(found, folded, strict=True)):
        kind = _kind(word, plain, first=place == 0)
        if kind == "N" and skeleton and skeleton[-1] == "N":
            slots[-1] += f" {plain}"
        elif kind:
            skeleton.append(kind)
            slots.append(f"{kind}{plain}")
        else:
            skeleton.append(plain)
    if slots and sum(len(part) > 1 for part in skeleton) >= _FEWEST_IN_SKELETON - 2:
        facts[_hash(" ".join(skeleton))] = tuple(slots)


def _kind(word: str, plain: str, *, first: bool) -> str:
    if plain[0].isdigit() or _ORDINAL.fullmatch(plain):
        return "#"
    if _DAYS.fullmatch(word):
        return "D"
    if _MONTHS.fullmatch(plain) and word[:1].isupper():
        return "M"
    return "N" if word[:1].isupper() and not first else ""


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=7).digest())
