"""Join what two triggers of one clause tell of the same deed ("shelling killed 14"), so that it is one act."""

from onrecord.extract.acts_match import Hit
from onrecord.extract.clause import is_verb
from onrecord.model.reading import Reading

_NOMINAL = frozenset({"pobj", "prep", "dobj", "nsubj", "nsubjpass", "conj", "attr", "compound", "appos", "agent"})
_STEPS = 7


def parents(reading: Reading, hits: list[Hit]) -> dict[int, int]:
    """Return for each trigger the trigger of the same type above it in its clause, where the two tell one deed."""
    by_token = {hit.token: hit for hit in hits}
    found: dict[int, int] = {}
    for hit in hits:
        at = hit.token
        for _ in range(_STEPS):
            dep, head = reading.dep[at], reading.head[at]
            if head == at or not _passes(reading, at, dep):
                break
            at = head
            other = by_token.get(at)
            if other is not None:
                if other.rule.type == hit.rule.type and not _apart(reading, hit, other):
                    found[hit.token] = other.token
                break
    return {token: _top(found, token) for token in found}


def _passes(reading: Reading, at: int, dep: str) -> bool:
    if dep in _NOMINAL:
        return not (dep == "conj" and is_verb(reading, at))
    if dep in {"advcl", "acl", "pcomp"}:
        return reading.tag[at] == "VBG" and reading.child(at, "mark") is None
    return dep == "xcomp" and reading.tag[at] == "VBG"


def _apart(reading: Reading, hit: Hit, other: Hit) -> bool:
    """Say whether two triggers tell two deeds: coordinated nouns, or a later deed as the cause of the other."""
    if reading.dep[hit.token] == "conj" and reading.head[hit.token] == other.token:
        return bool(hit.actors or hit.targets) and bool(other.actors or other.targets)
    prep = reading.head[hit.token]
    return reading.dep[hit.token] == "pobj" and reading.lemma[prep] in {
        "after",
        "before",
        "since",
        "following",
        "despite",
    }


def _top(found: dict[int, int], token: int) -> int:
    seen = set()
    while token in found and token not in seen:
        seen.add(token)
        token = found[token]
    return token
