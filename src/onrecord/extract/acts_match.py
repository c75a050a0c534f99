"""Find what tells an act: triggers with the tokens that stand where the rule says.

Comes in: a reading and the rules. Goes out: hits. No actor is known here yet; that keeps grammar apart from names.
"""

import msgspec

from onrecord.extract.acts_slots import Places, owner_before, verb_names
from onrecord.extract.acts_suffered import sufferers
from onrecord.extract.clause import is_passive
from onrecord.lexicon.acts import ActBook, ActRule
from onrecord.model.reading import Reading


class Hit(msgspec.Struct, frozen=True):
    """A rule's trigger in the text: tokens in the places of actor and target, and the verb that carries a noun."""

    rule: ActRule
    token: int
    last: int
    actors: tuple[int, ...]
    targets: tuple[int, ...]
    carrier: int | None = None
    used: tuple[int, ...] = ()
    shared: bool = False


def _noun_names(reading: Reading, token: int) -> tuple[str, ...]:
    lemma = reading.word(token).lower() if reading.tag[token] == "VBG" else reading.lemma[token]
    before = tuple(f"{reading.lemma[child]} {lemma}" for child in reading.children(token, "compound", "amod"))
    return (*before, lemma)


def _is_one_of(reading: Reading, token: int, words: frozenset[str]) -> bool:
    lemma, word = reading.lemma[token], reading.word(token).lower()
    if _nounlike(reading, token):
        lemma = word  # "killed in police firing" is in no fire
    if lemma in words or word in words or "@any" in words:
        return True
    if "@people" in words and reading.tag[token] == "NNPS":
        return True
    return reading.pos[token] == "PROPN" and ("@name" in words or word.removesuffix("s") in words)


def _fits(rule: ActRule, places: Places) -> tuple[int, ...] | None:
    """Return the tokens that the rule's needs used up, or None where a need is not met or a trap is there."""
    reading = places.reading
    used: list[int] = []
    if rule.needs:
        for place, words in rule.needs.items():
            used += [
                token for token in (*places.at(place), *places.behind(place))
                if _is_one_of(reading, token, words)
            ]  # fmt: skip
        if not used:
            return None
    for place, words in rule.not_with.items():
        for token in places.at(place):
            if _is_one_of(reading, token, words):
                return None
    return tuple(used)


def _all(places: Places, names: tuple[str, ...], times: frozenset[int]) -> tuple[int, ...]:
    found: list[int] = []
    for name in names:
        found += [token for token in places.at(name) if token != places.token and token not in times]
    return tuple(dict.fromkeys(found))[:60]


def hits(reading: Reading, book: ActBook) -> list[Hit]:
    """Return one hit per trigger, in order of the text; a noun that a verb's rule used up gives none of its own."""
    found: list[Hit] = []
    times = _times(reading)
    for token in range(len(reading)):
        pos = reading.pos[token]
        if _gerund(reading, book, token) and book.of_noun(reading.word(token).lower()):
            continue
        if pos in {"VERB", "AUX"} or (pos == "ADJ" and reading.tag[token] == "VBN"):
            found += _first(reading, book, token, times, noun=False)
    used = {token for hit in found for token in (*hit.used, hit.token)}
    for token in range(len(reading)):
        if token in used or not (reading.pos[token] in {"NOUN", "PROPN"} or _gerund(reading, book, token)):
            continue
        if reading.dep[token] in {"compound", "nmod", "npadvmod"} and reading.dep[reading.head[token]] != "ROOT":
            continue
        found += _first(reading, book, token, times, noun=True)
    return sorted(found, key=lambda hit: hit.token)


def _times(reading: Reading) -> frozenset[int]:
    """Return the words of dates and hours, which are nobody ("fired on Tuesday afternoon")."""
    return frozenset(
        token for name in reading.names if name.label in {"DATE", "TIME"} for token in range(name.first, name.last)
    )


def _nounlike(reading: Reading, token: int) -> bool:
    """Say whether the token is a gerund that stands where a noun does ("fighting broke out", "in police firing")."""
    if reading.tag[token] != "VBG":
        return False
    return reading.dep[token] in {"nsubj", "csubj", "nsubjpass", "pobj"} or owner_before(reading, token) is not None


def _gerund(reading: Reading, book: ActBook, token: int) -> bool:
    """Say whether the token is a gerund that tells a deed as a noun does."""
    if _nounlike(reading, token):
        return True
    return reading.tag[token] == "VBG" and reading.dep[token] == "pcomp" and _befalls(reading, book, token)


def _befalls(reading: Reading, book: ActBook, token: int) -> bool:
    """Say whether a gerund after "in" is another's deed, not that of the verb's subject ("killed in shelling by X")."""
    prep = reading.head[token]
    if reading.lemma[prep] != "in" or reading.child(token, "dobj", "ccomp", "xcomp") is not None:
        return False
    by = any(reading.lemma[child] == "by" for child in reading.children(token, "prep", "agent"))
    hurt = any(rule.victims for rule in book.of_verb(reading.lemma[reading.head[prep]]))
    return by or (hurt and is_passive(reading, reading.head[prep]))


def _first(reading: Reading, book: ActBook, token: int, times: frozenset[int], *, noun: bool) -> list[Hit]:
    names = _noun_names(reading, token) if noun else verb_names(reading, token)
    places: Places | None = None
    for name in reversed(names) if not noun else names:
        for rule in book.of_noun(name) if noun else book.of_verb(name):
            places = places or Places(reading, book, token, noun=noun)
            if rule.active and not noun and is_passive(reading, token):
                continue
            used = _fits(rule, places)
            if used is None:
                continue
            if reading.dep[token] == "amod" and rule.type == "ASSAULT":
                continue
            actors = _all(places, rule.actor, times)
            targets = _all(places, rule.target, times)
            if noun and rule.victims and not targets:
                targets = sufferers(reading, book, token)
            if not (noun or targets) and rule.victims and _counted(reading, token, actors):
                actors, targets = (), actors
            last = max([token, *(_particle(reading, token) if not noun else ())])
            return [Hit(rule, token, last, actors, targets, places.carrier, used)]
    return []


def _counted(reading: Reading, token: int, subjects: tuple[int, ...]) -> bool:
    """Say whether a headline's bare participle has a number for its subject ("Two killed in police firing")."""
    helped = reading.child(token, "dobj", "aux", "auxpass", "ccomp", "xcomp") is not None
    return bool(subjects) and not helped and all(reading.pos[one] == "NUM" for one in subjects)


def _particle(reading: Reading, token: int) -> tuple[int, ...]:
    return tuple(child for child in reading.children(token, "prt") if child <= token + 2)
