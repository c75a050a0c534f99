"""Say which rule of the book a word of the text answers to. Comes in: a token. Goes out: a rule."""

import calendar

from onrecord.lexicon.deals import DealBook, DealRule, Part
from onrecord.model.reading import Reading
from onrecord.model.vocabulary import DealKind

_NOUNS = {"NOUN", "PROPN"}
_IT = frozenset({"it", "they", "them"})
_CLAUSES = {"ccomp", "xcomp", "relcl"}
_NEAR = 6
_DAYS = frozenset(name.lower() for name in (*calendar.day_name, *calendar.month_name[1:]))
_CLOSING = frozenset({"end", "finish", "close"})


def follows(reading: Reading, token: int, rest: tuple[str, ...]) -> bool:
    """Say whether the further words of a phrasal verb hang on this token or stand right behind it."""
    if not rest:
        return True
    near = {
        reading.lemma[child]
        for child in reading.children(token, "prt", "prep", "advmod", "acomp", "dobj")
        if reading.dep[child] != "advmod" or child - token <= _NEAR  # "came to light back in 2011"
    }
    near |= {
        reading.lemma[end]  # "put the truce on hold", "gave it the green light"
        for prep in reading.children(token, "prep") if reading.lemma[prep] in rest
        for end in reading.children(prep, "pobj")
    }  # fmt: skip
    near -= {
        reading.lemma[prep]  # "worked out a truce on Monday" is no work on a truce
        for prep in reading.children(token, "prep")
        if _before_day(reading, prep)
    } - {reading.lemma[child] for child in reading.children(token, "prt")}
    behind = {
        reading.lemma[at] for at in range(token + 1, min(token + 4, len(reading)))
        if reading.word(at - 1) != "-" and not _before_day(reading, at)  # "face-to-face"
    }  # fmt: skip
    return all(word in near or word in behind for word in rest)


def _before_day(reading: Reading, prep: int) -> bool:
    ends = reading.children(prep, "pobj") if reading.lemma[prep] in {"on", "in", "at"} else ()
    return any(reading.lemma[end] in _DAYS for end in ends)


def step_rule(
    reading: Reading, token: int, part: Part, kind: DealKind, book: DealBook, noun: str | None = None,
    own: frozenset[str] = frozenset(),
) -> DealRule | None:  # fmt: skip
    """Return the first rule by which this word moves a deal of this kind that plays this part, or None.

    `own` are the words that stand before the deal's noun: "a preliminary deal" is one in principle.
    """
    best: tuple[tuple[int, bool], DealRule] | None = None
    for rule, rest in book.of("step", reading.lemma[token]):
        if rule.along and noun is not None and noun not in rule.along and noun not in _IT:
            continue
        if rule.noun != _is_noun(reading, token) and (rule.noun or rest):
            continue
        if noun in _IT and rule.step == "talks_held" and kind != "talks":
            continue  # "it ended the fighting" is said of an accord
        if rule.kinds and kind not in rule.kinds:
            continue
        if part not in rule.part and "any" not in rule.part:
            continue
        if not follows(reading, token, rest):
            continue
        if rule.doers and not _by_one_of(reading, token, rule.doers):
            continue
        if rule.needs and not _has(reading, token, rule.needs) and not (own and set(rule.needs) & own):
            continue
        if (
            (rule.alone or rule.step in {"scheduled", "suspended"})
            and part == "subject"
            and any(child not in {*_named(reading, token, rest)} for child in reading.children(token, "dobj"))
        ):
            continue
        if rule.step == "scheduled" and not rest and reading.child(token, "prt") is not None:
            continue  # "set up a corridor" sets no day
        if rule.step == "scheduled" and any(reading.lemma[one] in _CLOSING for one in reading.children(token, "xcomp")):
            continue
        rank = (len(rest), bool(rule.needs))
        if best is None or best[0] < rank:
            best = (rank, rule)
    return best[1] if best is not None else None


def _by_one_of(reading: Reading, token: int, doers: tuple[str, ...]) -> bool:
    """Say whether the verb's subject is one of these: "the agreement, which provides for", "it includes"."""
    for own in reading.children(token, "nsubj"):
        noun = reading.head[token] if reading.tag[own] in {"WDT", "WP"} else own
        if reading.lemma[noun] in doers:
            return True
    return False


def _is_noun(reading: Reading, token: int) -> bool:
    """Say whether the word is a noun, and no verb that the parser takes for one: "let the truce run"."""
    return reading.pos[token] in _NOUNS and reading.dep[token] not in _CLAUSES


def _named(reading: Reading, token: int, rest: tuple[str, ...]) -> tuple[int, ...]:
    """Return the objects that belong to a phrasal verb: "took hold"."""
    return tuple(child for child in reading.children(token, "dobj") if reading.lemma[child] in rest)


def _has(reading: Reading, token: int, words: tuple[str, ...]) -> bool:
    near = list(reading.children(token))
    near += [child for prep in near if reading.dep[prep] in {"prep", "agent"} for child in reading.children(prep)]
    near += reading.children(reading.head[token], "advmod") if reading.dep[token] == "acomp" else ()
    near += reading.children(reading.head[token], "advmod") if reading.dep[token] == "acomp" else ()
    return any(reading.lemma[child] in words for child in near)


def no_longer(reading: Reading, token: int) -> bool:
    """Say whether it is so no longer: "are no longer bound by the truce"."""
    return any(
        reading.lemma[child] in {"longer", "long"} and reading.word(child).lower() == "longer"
        for spot in (token, reading.head[token])
        for child in reading.children(spot, "advmod", "neg")
    )


def negated(reading: Reading, token: int) -> bool:
    """Say whether the word itself is negated: "not", "never", "no deal"."""
    return any(
        reading.dep[child] == "neg" or (reading.dep[child] == "det" and reading.lemma[child] == "no")
        for child in reading.children(token)
    )


def to_be(reading: Reading, verb: int) -> bool:
    """Say whether a participle behind the noun tells what is to come: "to be held in May"."""
    to = any(reading.lemma[child] == "to" for child in reading.children(verb, "aux"))
    return to and reading.dep[verb] in {"acl", "relcl"} and reading.child(verb, "auxpass") is not None
