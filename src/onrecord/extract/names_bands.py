"""Find armed groups that no list knows, where the article says that they are armed.

Comes in: a reading. Goes out: names. "The militia, X Y Z (XYZ)", "fighters of the X Y", "the X Y, whose fighters hold
the town": from there on the name and its short form are the group's, wherever they stand.
"""

from onrecord.extract.names_known import Found
from onrecord.lexicon.people import Known, PeopleBook, fold
from onrecord.model.reading import Reading

_LONGEST = 8
_SHORT, _SHORTEST = 8, 2
_PROPER = frozenset({"PROPN"})
_OR = frozenset({"or", "known"})
_OF = frozenset({"of", "from"})


def find(reading: Reading, known: tuple[Found, ...], book: PeopleBook) -> tuple[Found, ...]:
    """Return every place where a group that the article introduces as armed is named, none in a known phrase."""
    taken = {token for found in known for token in range(found.first, found.last)}
    names: dict[tuple[str, ...], Known] = {}
    for head in range(len(reading)):
        if reading.pos[head] not in _PROPER or not _introduced(reading, head, book):
            continue
        first, last = _run(reading, head, taken)
        if last <= first or _is_common(reading, first, last, book):
            continue
        short = _short_form(reading, last)
        if any(at in taken for at in range(last, min(last + 3, len(reading))) if reading.word(at) not in {"(", ","}):
            continue  # "the Marxist X Y (XY)": the list knows XY
        name = reading.words(first, last)
        band = Known((short or "".join(filter(str.isalnum, name))).upper(), name, "armed_group", None, "armed", False)
        names.setdefault(tuple(reading.word(at) for at in range(first, last)), band)
        if short is not None:
            names.setdefault((short,), band)
    return tuple(_places(reading, names, taken)) if names else ()


def _introduced(reading: Reading, head: int, book: PeopleBook) -> bool:
    """Say whether the words around the name say that it is an armed group's."""
    above = reading.head[head]
    if reading.dep[head] == "appos" and above < head and _armed(reading, above, book):
        return True
    over = reading.head[above]
    named = (
        reading.dep[head] in {"oprd", "dobj", "attr"}
        and reading.dep[above] in {"acl", "relcl"}
        and _armed(reading, over, book)
    )
    if named and any(reading.tag[one] == "PRP" for one in reading.children(above, "dobj", "nsubj")):
        return True  # "an armed group calling itself X"
    if reading.dep[head] == "pobj" and reading.lemma[above] in _OF and over < head and _fighters(reading, over, book):
        return not _is_place(reading, head)
    if any(_armed(reading, one, book) for one in reading.children(head, "appos") if one > head):
        return True
    spots = (head, *reading.children(head, "conj"))
    return any(
        reading.tag[own] == "WP$" and _fighters(reading, reading.head[own], book)
        for spot in spots for clause in reading.children(spot, "relcl")
        for noun in (clause, *reading.children(clause, "nsubj", "nsubjpass"))
        for own in reading.children(noun, "poss")
    )  # fmt: skip


def _armed(reading: Reading, token: int, book: PeopleBook) -> bool:
    """Say whether this is a noun for one armed group: "the militia", "an armed group", "the rebel movement"."""
    epithet = book.epithet_of.get(reading.lemma[token])
    if epithet is None or epithet.kind != "armed" or reading.tag[token] != "NN":
        return False
    if reading.lemma[token] in book.armed_nouns:
        return True
    beside = {reading.lemma[child] for child in reading.children(token, "amod", "compound", "nmod")}
    return bool(beside & (book.armed_words | book.armed_nouns | {"armed"}))


def _fighters(reading: Reading, token: int, book: PeopleBook) -> bool:
    return reading.lemma[token] in book.armed_words and reading.tag[token] in {"NNS", "NN"}


def _is_place(reading: Reading, head: int) -> bool:
    """Say whether the recogniser takes the name for a place: "rebels from Arven"."""
    return (
        any(name.label in {"GPE", "LOC"} and name.first <= head < name.last for name in reading.names)
        and reading.child(head, "appos") is None
    )


def _run(reading: Reading, head: int, taken: set[int]) -> tuple[int, int]:
    """Return the proper nouns of which this is the head: none where a known name is among them."""
    first = head
    while (
        first > 0 and head - first < _LONGEST and reading.pos[first - 1] in _PROPER
        and reading.dep[first - 1] in {"compound", "amod", "nmod", "flat"} and reading.head[first - 1] <= head
        and reading.word(first - 1)[:1].isupper()
    ):  # fmt: skip
        first -= 1
    inside = any(token in taken for token in range(first, head + 1))
    return (head, head) if inside or not reading.word(head)[:1].isupper() else (first, head + 1)


def _is_common(reading: Reading, first: int, last: int, book: PeopleBook) -> bool:
    """Say whether the words are a title or a trade, or a person's: "the rebel group's leader, X Y"."""
    words = [fold(reading.word(at)) for at in range(first, last)]
    person = any(
        name.label == "PERSON" and name.first == first and name.last == last and last - first == 2
        and words[0] in book.gender_of
        for name in reading.names
    )  # fmt: skip
    return person or any(word in book.title_of or word in book.epithet_of for word in words[-1:])


def _short_form(reading: Reading, last: int) -> str | None:
    """Return the letters by which the group goes: "X Y (XY)", "X Y, or XY", "X Y, known as the XY"."""
    for at in range(last, min(last + 5, len(reading))):
        word = reading.word(at)
        if at == last and word not in {"(", ","}:
            return None
        if word.isupper() and word.isalnum() and _SHORTEST <= len(word) <= _SHORT:
            opened = reading.word(last) == "(" or any(reading.word(one) in _OR for one in range(last, at))
            return word if opened else None
    return None


def _places(reading: Reading, names: dict[tuple[str, ...], Known], taken: set[int]) -> list[Found]:
    found: list[Found] = []
    phrases = sorted(names, key=len, reverse=True)
    at = 0
    while at < len(reading):
        hit = next(
            (
                phrase for phrase in phrases
                if all(at + step < len(reading) and reading.word(at + step) == word for step, word in enumerate(phrase))
                and not any(at + step in taken for step in range(len(phrase)))
            ),
            None,
        )  # fmt: skip
        if hit is None:
            at += 1
            continue
        found.append(Found(at, at + len(hit), names[hit]))
        at += len(hit)
    return found
