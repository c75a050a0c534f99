"""Say whether people who are named by their trade are exchanged as captives: "nine sailors for nine fishermen".

Comes in: a verb that exchanges or hands over, and what it takes. Goes out: yes or no.
"""

from onrecord.extract.deals_terms import number
from onrecord.lexicon.deals import DealBook
from onrecord.model.reading import Reading


def of_trades(reading: Reading, verb: int, things: tuple[int, ...], book: DealBook) -> bool:
    """Say whether captives are exchanged by this verb: sailors, n pilots for n engineers, captured officers.

    A verb that frees or hands over is an exchange of such people only where it says what for.
    """
    given = [thing for thing in things if not _by_preposition(reading, thing, verb)]
    # "trade a smuggler, X, for a teacher": the parser hangs the price on the name
    above = reading.head[verb] if reading.dep[verb] == "xcomp" else verb
    named = [one for spot in (verb, above, *given) for one in reading.children(spot, "appos", "npadvmod")]
    given = [thing for thing in given if thing not in named]
    price = price_of(reading, (verb, *things, *named))
    return _captives(reading, given, price, book, swaps=reading.lemma[verb] in book.words("handing"))


def of_trades_noun(reading: Reading, noun: int, book: DealBook) -> bool:
    """Say whether a noun is an exchange of such people: "an exchange of nine sailors for nine fishermen"."""
    given = [one for prep in reading.children(noun, "prep") if reading.lemma[prep] == "of"
             for one in reading.children(prep, "pobj")]  # fmt: skip
    return _captives(reading, given, price_of(reading, (noun, *given)), book, swaps=True)


def _captives(reading: Reading, given: list[int], price: tuple[int, ...], book: DealBook, *, swaps: bool) -> bool:
    sure, unsure = book.words("held") | book.words("trades"), book.words("trades_unsure")
    if not given or not (price or swaps) or any(reading.lemma[one] not in sure | unsure for one in (*given, *price)):
        return False
    if swaps and any(reading.lemma[one] in book.words("trades") for one in given):
        return True
    caught = book.words("caught")
    if any(_caught(reading, one, caught) for one in (*given, *price)):
        return True
    return bool(price) and all(_counted(reading, one) for one in (*given[:1], *price))


def price_of(reading: Reading, spots: tuple[int, ...]) -> tuple[int, ...]:
    """Return those that are given in return: "for nine fishermen", "in exchange for three journalists"."""
    found: list[int] = []
    for spot in spots:
        for prep in reading.children(spot, "prep"):
            if reading.lemma[prep] == "for":
                found += reading.children(prep, "pobj")
            if reading.lemma[prep] == "in":
                for noun in reading.children(prep, "pobj"):
                    inner = [one for one in reading.children(noun, "prep") if reading.lemma[one] == "for"]
                    found += [end for one in inner for end in reading.children(one, "pobj")]
    return tuple(dict.fromkeys(found))


def _by_preposition(reading: Reading, thing: int, verb: int) -> bool:
    """Say whether this hangs on the verb by a preposition: "exchanged on Monday", "swapped for engineers"."""
    at = thing
    while at != verb and reading.head[at] != at:
        if reading.dep[at] == "pobj":
            return True
        at = reading.head[at]
    return False


def _caught(reading: Reading, thing: int, caught: frozenset[str]) -> bool:
    return any(
        reading.lemma[one] in caught or reading.word(one).lower() in caught
        for one in reading.children(thing, "amod", "acl", "relcl")
    )


def _counted(reading: Reading, thing: int) -> bool:
    one = any(reading.lemma[child] in {"a", "an"} for child in reading.children(thing, "det"))
    return one or any(number(reading.word(child)) is not None for child in reading.children(thing, "nummod"))
