"""Say whether the words around a capitalised name show that it is a person's. Comes in: a span. Goes out: yes or no.

The recogniser knows few names from outside Europe and takes "Selam Gidey" for a firm. What a reader goes by stands
beside the name: an age, "who", "the reporter" behind it or "his brother" before it, a soldier's rank.
"""

from onrecord.extract.clause_tree import conjuncts
from onrecord.extract.names_known import head_of
from onrecord.lexicon.people import PeopleBook, fold
from onrecord.model.reading import Reading

_HUMAN = frozenset({"person", "kin", "fighter"})
_ARTICLES = frozenset({"a", "an", "the"})
_AMONG = frozenset({"among", "amongst"})
_WIDE = 4
_YOUNG, _OLD = 8, 105
_BEHIND = 3
# what firms, leagues and hotels are called after as well
_BORROWED = frozenset({"general", "major", "marshal", "captain", "commander", "president", "king", "queen", "prince"})


def rank(reading: Reading, first: int, last: int, book: PeopleBook) -> int:
    """Return how many words at the head of this span are a soldier's rank: "Corporal Filmon Asrat"."""
    if last - first != _BEHIND:
        return 0
    title = book.title_of.get(fold(reading.word(first)))
    if title is None or title.kind != "military" or fold(title.title) in _BORROWED:
        return 0
    return 1 if reading.word(first)[:1].isupper() and reading.head[first] == head_of(reading, first, last) else 0


def shown(
    reading: Reading, first: int, last: int, book: PeopleBook, seizing: frozenset[str] = frozenset()
) -> bool:  # fmt: skip
    """Say whether the span of two to four words is shown to be a person by what stands beside it.

    `seizing` are verbs of what is done to people alone: "X Y was arrested", "jailed X Y".
    """
    if not 1 < last - first <= _WIDE or fold(reading.word(last - 1)) in book.epithet_of:
        return False
    head = head_of(reading, first, last)
    return (
        _aged(reading, last)
        or _who(reading, head)
        or _described(reading, head, book)
        or _told(reading, head, book)
        or _called_again(reading, last - 1, book)
        or (not _in_brackets(reading, first) and _seized(reading, head, seizing))
        or _among_people(reading, head)
    )


def _in_brackets(reading: Reading, first: int) -> bool:
    """Say whether a bracket opens before the words: a transcriber's "(words indistinct) were arrested" is no name."""
    return first > 0 and reading.word(first - 1) in {"(", "["}


def _seized(reading: Reading, head: int, seizing: frozenset[str]) -> bool:
    """Say whether it is told of the name that it was arrested or kidnapped, and no "the" makes it a ship's."""
    if any(reading.lemma[one] in seizing and reading.tag[one] == "VBN" for one in reading.children(head, "acl")):
        return True  # "X Y, sentenced in 2018 to": no ship and no firm
    at = head
    while reading.dep[at] == "conj" and reading.head[at] < at:
        at = reading.head[at]
    verb = reading.head[at]
    if reading.lemma[verb] not in seizing or reading.children(head, "det"):
        return False
    passive = reading.child(verb, "auxpass") is not None
    return reading.dep[at] == ("nsubjpass" if passive else "dobj")


def _among_people(reading: Reading, head: int) -> bool:
    """Say whether it is one of a list behind "Among them were" in which the recogniser sees another person."""
    at = head
    while reading.dep[at] == "conj" and reading.head[at] < at:
        at = reading.head[at]
    verb = reading.head[at]
    among = any(reading.lemma[one] in _AMONG and one < verb for one in reading.children(verb, "prep"))
    if not among or reading.lemma[verb] != "be":
        return False
    persons = {
        token for name in reading.names if name.label == "PERSON" and name.last - name.first > 1
        for token in range(name.first, name.last)
    }  # fmt: skip
    return any(one in persons for one in conjuncts(reading, at) if one != head)


def _called_again(reading: Reading, surname: int, book: PeopleBook) -> bool:
    """Say whether the last word alone is told of as a person somewhere: "Dornic, a former officer who", "Dornic (47)".

    Only words that stand alone as a name count, and in an article that has them so.
    """
    word = reading.word(surname)
    return any(
        reading.word(at) == word
        and reading.tag[at] == "NNP"
        and reading.dep[at] not in {"compound", "appos", "conj"}
        and not reading.children(at, "compound", "det", "amod", "poss")
        and (_described(reading, at, book) or _aged(reading, at + 1) or _who(reading, at))
        for at in range(len(reading))
    )


def _aged(reading: Reading, last: int) -> bool:
    """Say whether an age stands behind the name: "X Y, 34," or "X Y (34)"."""
    if last + 2 >= len(reading) or reading.word(last) not in {",", "("}:
        return False
    age, after = reading.word(last + 1), reading.word(last + 2)
    return age.isdecimal() and _YOUNG <= int(age) <= _OLD and after in {",", ")", ".", ";"}


def _who(reading: Reading, head: int) -> bool:
    """Say whether a clause with "who" or "whom" hangs on the name."""
    clauses = reading.children(head, "relcl")
    return any(
        reading.tag[child] == "WP" and head < child <= head + _BEHIND
        for clause in clauses
        for child in reading.children(clause)
    )


def _described(reading: Reading, head: int, book: PeopleBook) -> bool:
    """Say whether the name is called somebody behind its comma: "X Y, the reporter"."""
    return any(
        at > head and reading.word(head + 1) == "," and _human(reading, at, book)
        for at in reading.children(head, "appos")
    )


def _told(reading: Reading, head: int, book: PeopleBook) -> bool:
    """Say whether the name stands behind a word for one person: "the minister, X Y", "his brother X Y"."""
    above = reading.head[head]
    return reading.dep[head] == "appos" and above < head and _human(reading, above, book)


def _human(reading: Reading, token: int, book: PeopleBook) -> bool:
    epithet = book.epithet_of.get(fold(reading.word(token)))
    one = reading.tag[token] == "NN" or (
        reading.tag[token] == "NNP" and any(reading.lemma[child] == "a" for child in reading.children(token, "det"))
    )
    known = fold(reading.word(token)) in book.callings or (epithet is not None and epithet.kind in _HUMAN)
    if not known or not one:
        return False
    marks = reading.children(token, "det", "poss", "amod", "compound")
    return any(reading.lemma[one] in _ARTICLES or reading.dep[one] == "poss" for one in marks)
