"""Count what each side of an exchange gives, by words and names: "X and Y were exchanged for an officer".

Comes in: the tokens of those given and of those they are given for. Goes out: n for n, or nothing where one isn't told.
"""

from onrecord.extract.clause import conjuncts
from onrecord.extract.deals_terms import number
from onrecord.model.cast import Cast
from onrecord.model.reading import Reading

_ONE = frozenset({"a", "an", "one"})
_PLURAL = frozenset({"NNS", "NNPS"})


def n_for_n(reading: Reading, cast: Cast, given: tuple[int, ...], price: tuple[int, ...]) -> tuple[int, int] | None:
    """Return how many are given for how many."""
    left, right = _count(reading, cast, given), _count(reading, cast, price)
    return (left, right) if left and right else None


def _count(reading: Reading, cast: Cast, heads: tuple[int, ...]) -> int | None:
    """Return how many people these words stand for; None where one of them does not say how many."""
    every = tuple(dict.fromkeys(one for head in heads for one in conjuncts(reading, head)))
    counts = [_one(reading, cast, token) for token in every]
    return sum(count for count in counts if count) if every and all(counts) else None


def _one(reading: Reading, cast: Cast, token: int) -> int | None:
    told = next((n for c in reading.children(token, "nummod") if (n := number(reading.word(c))) is not None), None)
    if told is not None:
        return told
    if reading.pos[token] == "NUM":
        return number(reading.word(token))
    member = cast.member_at(token)
    if member is None or member.sort not in {"person", "group"}:
        return None
    if member.sort == "person" and member.form == "name":
        return 1
    a = any(reading.lemma[child] in _ONE for child in reading.children(token, "det"))
    return 1 if a and reading.tag[token] not in _PLURAL else None
