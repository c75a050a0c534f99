"""Find what is told of a deal without naming it again: "...; A pulled out in May", "A accepted; B refused".

Comes in: a mention and where its passage ends. Goes out: drafts.
"""

from collections.abc import Iterator

from onrecord.extract.deals_mentions import DealMention
from onrecord.extract.deals_parties import Sides
from onrecord.extract.deals_rules import follows, negated, step_rule
from onrecord.extract.deals_steps import Draft
from onrecord.lexicon.deals import DealBook
from onrecord.model.reading import Reading

_CONTENT = frozenset({"dobj", "ccomp", "xcomp", "prep", "dative", "oprd"})


def elliptical(reading: Reading, mention: DealMention, book: DealBook, end: int) -> Iterator[Draft]:
    """Yield a draft where a later verb of the sentence ends the deal without naming it: "...; A pulled out in May"."""
    first, last = reading.sentences[reading.sentence_of(mention.head)]
    for token in range(max(first, mention.head + 1), min(last, end)):
        if reading.pos[token] != "VERB" or reading.dep[token] not in {
            "conj",
            "ccomp",
            "ROOT",
            "parataxis",
            "advcl",
            "xcomp",
        }:
            continue
        for rule, rest in book.of("step", reading.lemma[token]):
            alone = rest and not any(
                token < child for child in reading.children(token, "dobj", "nsubjpass", "xcomp", "ccomp")
            )
            own = reading.child(token, "nsubj")
            back = reading.dep[token] in {"conj", "advcl", "xcomp"} and any(
                other.step == "suspended"
                for at in range(first, token)
                for other, _ in book.of("step", reading.lemma[at])
            )
            if rule.step == "resumed" and rest and back and follows(reading, token, rest):
                yield Draft(kind=mention.kind, step="resumed", trigger=token, mention=mention, rules=(rule.id,))
                break
            if (
                rule.step == "collapsed"
                and reading.dep[token] not in {"advcl", "xcomp"}
                and alone
                and follows(reading, token, rest)
                and own is not None
            ):
                if not any(reading.children(prep, "pobj") for prep in reading.children(token, "prep")):
                    yield Draft(kind=mention.kind, step="collapsed", trigger=token, mention=mention, rules=(rule.id,))
                break


def numbered(reading: Reading, mention: DealMention, book: DealBook, end: int) -> Iterator[Draft]:
    """Yield a draft where the next one is only numbered: "... was held on Monday and a third was set for Friday"."""
    here = reading.sentence_of(mention.head)
    _, last = reading.sentences[min(len(reading.sentences) - 1, here + 1)]
    for token in range(mention.head + 1, min(last, end)):
        if reading.lemma[token] not in book.words("ordinal") or reading.dep[token] not in {"nsubj", "nsubjpass"}:
            continue
        verb, passive = reading.head[token], reading.dep[token] == "nsubjpass"
        rule = step_rule(reading, verb, "object" if passive else "subject", mention.kind, book)
        if rule is not None and rule.step in {"scheduled", "postponed"} and not reading.children(token, "prep"):
            yield Draft(
                kind=mention.kind, step=rule.step, trigger=verb, mention=mention, planned=rule.step == "scheduled",
                rules=(rule.id, "deals.answer"),
            )  # fmt: skip


def walk_outs(reading: Reading, mention: DealMention, book: DealBook, end: int, sides: Sides) -> Iterator[Draft]:
    """Yield a draft where a side leaves the talks told of before: "The Front walked out on Monday"."""
    here = reading.sentence_of(mention.head)
    _, last = reading.sentences[min(len(reading.sentences) - 1, here + 2)]
    for token in range(mention.head + 1, min(last, end)):
        if reading.pos[token] != "VERB" or reading.dep[token] not in {"ROOT", "conj", "ccomp", "advcl"}:
            continue
        rule = next(
            (
                rule for rule, rest in book.of("step", reading.lemma[token])
                if rule.step == "suspended" and f"{reading.lemma[token]} {' '.join(rest)}" in book.words("walk_out")
                and follows(reading, token, rest)
            ),
            None,
        )  # fmt: skip
        own = reading.child(token, "nsubj")
        alone = not any(reading.children(prep, "pobj") for prep in reading.children(token, "prep")
                        if reading.lemma[prep] == "of")  # fmt: skip
        if rule is not None and own is not None and sides.at(own) and alone and reading.child(token, "dobj") is None:
            yield Draft(
                kind=mention.kind, step="suspended", trigger=token, mention=mention, rules=(rule.id, "deals.answer")
            )


def disowned(reading: Reading, mention: DealMention, book: DealBook, end: int) -> Iterator[Draft]:
    """Yield a draft where somebody says that he did nothing of the kind: "his men had agreed to no such thing"."""
    here = reading.sentence_of(mention.head)
    _, last = reading.sentences[min(len(reading.sentences) - 1, here + 3)]
    for token in range(mention.head + 1, min(last, end)):
        rules = [
            rule
            for rule, rest in book.of("step", reading.lemma[token])
            if not rest and rule.step in {"agreed", "signed"}
        ]
        if (
            not rules
            or reading.pos[token] != "VERB"
            or any(reading.tag[one] == "MD" for one in reading.children(token, "aux"))
        ):
            continue
        things = list(reading.children(token, "dobj"))
        things += [child for prep in reading.children(token, "prep") for child in reading.children(prep, "pobj")]
        none = any(
            reading.lemma[one] in book.words("thing")
            and (negated(reading, one) or reading.lemma[one] in book.words("nothing"))
            for one in things
        )
        if none:
            yield Draft(
                kind=mention.kind, step="denied", trigger=token, mention=mention, said=True,
                rules=(rules[0].id, "deals.disowned"),
            )  # fmt: skip


def answers(reading: Reading, mention: DealMention, book: DealBook, end: int) -> Iterator[Draft]:
    """Yield a draft for each bare answer to a proposal, in its sentence or the two after: "A accepted; B refused"."""
    here = reading.sentence_of(mention.head)
    _, last = reading.sentences[min(len(reading.sentences) - 1, here + 2)]
    for token in range(mention.head + 1, min(last, end)):
        rules = [rule for rule, rest in book.of("step", reading.lemma[token]) if not rest and not rule.needs]
        rule = next((rule for rule in rules if rule.step in {"agreed", "refused"}), None)
        if rule is None or reading.pos[token] != "VERB" or reading.dep[token] not in {"ROOT", "conj", "ccomp"}:
            continue
        if rule.step == "agreed" and not _dual(reading, token, book):
            # one side's yes makes no deal
            continue
        bare = not any(reading.dep[child] in _CONTENT for child in reading.children(token))
        own = reading.child(token, "nsubj")
        if bare and own is not None and not negated(reading, token) and reading.lemma[token] in book.words("answer"):
            yield Draft(
                kind=mention.kind, step=rule.step or "agreed", trigger=token, mention=mention,
                rules=(rule.id, "deals.answer"),
            )  # fmt: skip


def _dual(reading: Reading, token: int, book: DealBook) -> bool:
    """Say whether both sides do it: a plural subject, or two joined ones."""
    own = reading.child(token, "nsubj")
    joined = own is not None and bool(reading.children(own, "conj"))
    return joined or (own is not None and reading.lemma[own] in book.words("both") and reading.tag[own] != "NN")
