"""Find the places where a deal is named. Comes in: a reading and the book of deals. Goes out: mentions with their kind."""

import re

import msgspec

from onrecord.lexicon.deals import DealBook, DealRule
from onrecord.model.reading import Reading
from onrecord.model.vocabulary import DealKind

_RATIO = re.compile(r"\b(?:[\w,.]+-for-[\w,.]+)\b", re.IGNORECASE)
_MODIFIERS = ("compound", "amod", "nmod", "poss", "nummod", "det", "npadvmod", "acl")
_NEAR = 6


class DealMention(msgspec.Struct, frozen=True, kw_only=True):
    """A noun that names a deal: its head token, the tokens `[first, last)` of its phrase, and how it got its kind.

    `exact` is False where the noun alone ("the agreement") points back to a deal named before.
    """

    head: int
    first: int
    last: int
    kind: DealKind
    exact: bool = True
    rule: str = ""


def beside(reading: Reading, head: int) -> set[str]:
    """Return the lemmas that modify this noun: its compounds and adjectives, and what hangs on it by a preposition."""
    found: set[str] = set()
    stack = [child for child in reading.children(head) if abs(child - head) <= _NEAR * 2]
    depth = 0
    while stack and depth < 40:
        child = stack.pop()
        depth += 1
        if reading.dep[child] in {"relcl", "appos", "punct", "advcl"}:
            continue
        found.add(reading.lemma[child])
        found.add(reading.word(child).lower())
        if reading.dep[child] in {*_MODIFIERS, "prep", "pobj", "conj", "dobj", "pcomp"} and abs(child - head) <= _NEAR:
            stack.extend(reading.children(child))
    if reading.dep[head] == "compound" or reading.dep[head] == "conj":
        found.add(reading.lemma[reading.head[head]])
    return found


def find(reading: Reading, book: DealBook) -> tuple[DealMention, ...]:
    """Return the mentions in order of the text; a generic noun takes the kind of the last mention near before it."""
    found: list[DealMention] = []
    generic, hidden = book.words("generic"), set[int]()
    for token in range(len(reading)):
        if reading.pos[token] not in {"NOUN", "PROPN", "VERB"} or token in hidden:
            continue
        rule = _rule_at(reading, token, book)
        if rule is not None and rule.kind is not None:
            # "the truce agreement": the outer noun is the mention
            first, last = reading.subtree(token)
            found.append(DealMention(head=token, first=first, last=last, kind=rule.kind, rule=rule.id))
            hidden.update(child for child in reading.children(token, "compound", "nmod"))
        elif reading.lemma[token] in generic and reading.pos[token] == "NOUN" and _pointing(reading, token):
            before = _antecedent(reading, found, token)
            if before is not None:
                first, last = reading.subtree(token)
                found.append(
                    DealMention(head=token, first=first, last=last, kind=before.kind, exact=False, rule=before.rule)
                )
    inner = {child for mention in found for child in reading.children(mention.head, "compound", "nmod")}
    return tuple(mention for mention in found if mention.head not in inner)


def _rule_at(reading: Reading, token: int, book: DealBook) -> DealRule | None:
    lemma, word = reading.lemma[token], reading.word(token).lower()
    best: DealRule | None = None
    for form in dict.fromkeys((lemma, word)):
        for rule, _ in book.of("mention", form):
            if reading.pos[token] == "VERB" and rule.along:
                continue
            if reading.pos[token] == "VERB" and reading.tag[token] not in {"VB", "VBP", "NN"}:
                continue
            around = beside(reading, token)
            if rule.without and around.intersection(rule.without):
                continue
            if rule.along and not around.intersection(rule.along) and not _n_for_n(reading, token, rule):
                continue
            if best is None or (rule.along and not best.along):
                best = rule
    return best


def _n_for_n(reading: Reading, token: int, rule: DealRule) -> bool:
    if rule.kind != "prisoner_exchange":
        return False
    first, last = reading.subtree(token)
    return bool(_RATIO.search(reading.words(max(first, token - 8), token + 1)))


def _pointing(reading: Reading, token: int) -> bool:
    marks = {reading.lemma[child] for child in reading.children(token, "det", "poss", "amod")}
    return bool(marks & {"the", "this", "that", "its", "their", "his"})


def _antecedent(reading: Reading, found: list[DealMention], token: int) -> DealMention | None:
    if not found:
        return None
    before = found[-1]
    distance = reading.sentence_of(token) - reading.sentence_of(before.head)
    return before if 0 <= distance <= 4 else None
