"""How many: counts of people killed, injured, held, freed, displaced, and sums of money.

Comes in: document, reading, lexicon. Goes out: figures in order of the text. A number is a figure only where the words
beside it say what is counted; dates, ages, lengths and scores are none.
"""

from onrecord.extract.figures_numbers import Quantity, quantities
from onrecord.lexicon import Lexicon
from onrecord.lexicon.figures import FigureBook, FigureRule, Index
from onrecord.model.claim import Figure
from onrecord.model.reading import Reading
from onrecord.model.text import Document

_OBJECTS = frozenset({"dobj", "obj", "nsubjpass", "nsubj:pass", "attr", "dative", "oprd"})
_SUBJECTS = frozenset({"nsubj"})
_UP = frozenset({"nummod", "quantmod", "compound", "amod", "advmod", "nmod", "npadvmod", "det", "predet", "appos"})
_TO = frozenset({"to", "at"})
_NOMINAL = frozenset({"NOUN", "PROPN"})
_COUNTABLE = _NOMINAL | {"NUM"}


def run(*, document: Document, reading: Reading, lexicon: Lexicon) -> tuple[Figure, ...]:
    """Return the figures of the document."""
    book, found = lexicon.figures, []
    for quantity in quantities(reading, book):
        if reading.sentence_of(quantity.first) != reading.sentence_of(quantity.last - 1):
            continue
        if quantity.currency:
            span = document.cite(reading.start[quantity.first], reading.end[quantity.last - 1])
            figure = Figure(what="amount", low=quantity.low, high=quantity.high, of=quantity.currency, span=span)
            found.append(figure)
            continue
        counted = _counted(reading, quantity)
        if reading.lemma[counted] in book.not_counted or _unit_after(reading, quantity, book):
            continue
        if counted == quantity.head and _age(reading, quantity):
            continue
        rule = _rule(reading, counted, quantity, book)
        if rule is None:
            continue
        last = max(quantity.last, counted + 1)
        if last - quantity.first > 12:
            last = quantity.last
        noun = reading.pos[counted] in _NOMINAL and counted != quantity.head
        found.append(
            Figure(
                what=rule.what, low=quantity.low, high=quantity.high,
                of=_plural(reading, counted) if noun else None,
                span=document.cite(reading.start[quantity.first], reading.end[last - 1]),
            )
        )  # fmt: skip
    return tuple(found)


def _age(reading: Reading, quantity: Quantity) -> bool:
    """Say whether this is an age: a bare number between commas, or before a full stop."""
    before = reading.word(quantity.first - 1) if quantity.first else ""
    after = reading.word(quantity.last) if quantity.last < len(reading) else "."
    return before == "," and after in {",", ".", ")"}


def _plural(reading: Reading, token: int) -> str:
    word = reading.word(token)
    return word if reading.pos[token] == "PROPN" else word.lower()


def _unit_after(reading: Reading, quantity: Quantity, book: FigureBook) -> bool:
    for token in range(quantity.last, min(quantity.last + 2, len(reading))):
        if reading.lemma[token] in book.not_counted:
            return True
        if reading.word(token) != "-":
            return False
    return False


def _counted(reading: Reading, quantity: Quantity) -> int:
    """Return the token of what is counted: the noun the number stands before, after "of" too, else the number."""
    token = quantity.head
    of = next((child for child in reading.children(token, "prep") if reading.lemma[child] == "of"), None)
    if of is not None:
        inner = reading.child(of, "pobj")
        if inner is not None:
            return inner
    while reading.dep[token] in _UP and token < reading.head[token] < quantity.head + 8:
        token = reading.head[token]
    if token == quantity.head:
        for after in range(quantity.last, min(quantity.last + 3, len(reading))):
            if reading.pos[after] in _NOMINAL and reading.dep[after] not in {"compound", "nmod"}:
                return after
            if reading.pos[after] not in {"ADJ", "NOUN", "PROPN"}:
                break
    return token


def _anchor(reading: Reading, counted: int, quantity: Quantity) -> int:
    """Return the token whose role in the clause is that of the count."""
    token = counted
    if reading.head[token] < len(reading) and reading.dep[token] == "pobj":
        above = reading.head[reading.head[token]]
        if above == quantity.head or above in range(quantity.first, quantity.last):
            token = above
    seen = 0
    while (
        reading.dep[token] in {"conj", "appos"} and reading.pos[reading.head[token]] in _NOMINAL | {"NUM"} and seen < 9
    ):
        token, seen = reading.head[token], seen + 1
    return token


def _rule(reading: Reading, counted: int, quantity: Quantity, book: FigureBook) -> FigureRule | None:
    anchor = _anchor(reading, counted, quantity)
    head, dep = reading.head[anchor], reading.dep[anchor]
    if head != anchor:
        lemma, passive = reading.lemma[head], reading.tag[head] == "VBN" and not reading.child(head, "auxpass")
        if dep in _OBJECTS or (dep in _SUBJECTS and passive):
            rule = _fit(reading, book.by_object, head, counted, book)
            if rule:
                return rule
        if dep in _SUBJECTS | _OBJECTS:
            rule = _told_of(reading, head, counted, book)
            if rule:
                return rule
        if dep == "pobj":
            rule = _through(reading, head, counted, book)
            if rule:
                return rule
        if reading.pos[head] == "VERB" and lemma in book.by_object and dep in {"nsubj", "dep", "npadvmod"} and passive:
            return _fit(reading, book.by_object, head, counted, book)
    return _beside(reading, counted, anchor, quantity, book)


def _through(reading: Reading, preposition: int, counted: int, book: FigureBook) -> FigureRule | None:
    """Return the rule for "the deaths of 40 people", "the toll rose to 40", "put the number of dead at 40"."""
    above = reading.head[preposition]
    if reading.lemma[preposition] == "of":
        for rule in book.by_noun.get(reading.lemma[above], ()):
            return rule
    if reading.lemma[preposition] in {"for", "between"}:
        for rule in book.by_object.get(reading.lemma[above], ()):
            if reading.lemma[preposition] == "between" or rule.both_sides:
                return rule
    if reading.lemma[preposition] in _TO:
        for child in reading.children(above, "nsubj", "nsubjpass", "dobj"):
            first, last = reading.subtree(child)
            for token in range(first, min(last, first + 12)):
                for rule in book.by_toll.get(reading.lemma[token], ()):
                    return rule
    del counted
    return None


def _fit(reading: Reading, index: Index, verb: int, counted: int, book: FigureBook) -> FigureRule | None:
    for rule in index.get(reading.lemma[verb], ()):
        if rule.with_ and not _has(reading, verb, rule.with_):
            continue
        if rule.of_people and reading.lemma[counted] not in book.people:
            continue
        if rule.of_nouns and reading.lemma[counted] not in rule.of_nouns:
            continue
        return rule
    return None


def _has(reading: Reading, verb: int, lemmas: tuple[str, ...]) -> bool:
    first, last = reading.subtree(verb)
    near = range(max(first, verb - 12), min(last, verb + 14))
    return any(reading.lemma[token] in lemmas for token in near)


def _told_of(reading: Reading, verb: int, counted: int, book: FigureBook) -> FigureRule | None:
    """Return the rule for "nine sailors died", "nine are thought to have died"."""
    for token in (verb, *reading.children(verb, "xcomp")):
        rule = _fit(reading, book.by_subject, token, counted, book) or _state_of(reading, token, book)
        if rule is None and token != verb and reading.child(token, "auxpass") is not None:
            rule = _fit(reading, book.by_object, token, counted, book)
        if rule:
            return rule
    return None


def _state_of(reading: Reading, verb: int, book: FigureBook) -> FigureRule | None:
    """Return the rule for "six sailors are missing", "five are among the dead"."""
    for rule in book.by_state.get(reading.word(verb).lower(), ()):
        return rule
    for preposition in reading.children(verb, "prep"):
        inner = reading.child(preposition, "pobj")
        if inner is not None and reading.lemma[preposition] == "among":
            for rule in book.by_noun.get(reading.lemma[inner], ()):
                return rule
    for child in reading.children(verb, "acomp", "attr", "oprd", "xcomp"):
        for rule in book.by_state.get(reading.word(child).lower(), ()):
            return rule
    return None


def _beside(reading: Reading, counted: int, anchor: int, quantity: Quantity, book: FigureBook) -> FigureRule | None:
    """Return the rule for "nine detained drivers", "23 wounded", "11 bodies"."""
    for token in dict.fromkeys((counted, anchor)):
        for rule in book.by_noun.get(reading.lemma[token], ()):
            return rule
        if token == counted:
            for rule in book.by_state.get(reading.word(token).lower(), ()):
                return rule
    if quantity.last < len(reading):
        for rule in book.by_state.get(reading.word(quantity.last).lower(), ()):
            return rule
    for child in reading.children(counted, "acl", "amod", "relcl"):
        for rule in book.by_state.get(reading.word(child).lower(), ()):
            return rule
        if reading.tag[child] == "VBN":
            done = _fit(reading, book.by_object, child, counted, book)
            if done:
                return done
    return None
