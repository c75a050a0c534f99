"""Find the word above a step that changes it: "refused to sign". Comes in: a token. Goes out: a rule and where."""

from onrecord.extract.deals_rules import follows
from onrecord.lexicon.deals import DealBook, DealRule
from onrecord.model.reading import Reading

REACH = 8
ASIDE = frozenset(
    [
        "after",
        "before",
        "during",
        "since",
        "despite",
        "following",
        "amid",
        "under",
        "until",
        "by",
        "because",
        "without",
        "ahead",
        "against",
    ]
)


def over_rule(reading: Reading, token: int, book: DealBook) -> tuple[DealRule, int] | None:
    """Return the outermost word above this one that changes a step ("refused to sign"), and its rule."""
    at, found = token, None
    for _ in range(REACH):
        above, dep = reading.head[at], reading.dep[at]
        if at == token and dep == "pobj" and reading.lemma[above] == "for":
            # "blamed A for violations of the truce"
            verb = reading.head[above]
            blamed = (rule for rule, rest in book.of("over", reading.lemma[verb]) if follows(reading, verb, rest))
            found = next(((rule, verb) for rule in blamed if rule.step == "violated"), None)
            break
        if above == at or dep not in {"xcomp", "ccomp", "pcomp", "acl", "prep", "advcl"}:
            break
        if dep == "acl" and any(reading.lemma[mark] == "that" for mark in reading.children(at, "mark")):
            # "denied the assertion that it had signed": what becomes of the noun becomes of what it says
            hoped = next((rule for rule, rest in book.of("over", reading.lemma[above]) if not rest), None)
            if hoped is not None:
                found = (hoped, above)  # "the hope that it would withdraw"
                break
            verb = reading.head[above]
            told = reading.dep[above] in {"dobj", "nsubjpass"} and [
                rule
                for rule, rest in book.of("over", reading.lemma[verb])
                if rule.step in {"denied", "refused"} and not rest
            ]
            found = (told[0], verb) if told else found
            break
        if dep == "acl" and reading.tag[at] == "VBN" and reading.dep[above] == "dobj":
            # "meant to see 33 hostages released"
            seeing = reading.head[above]
            if reading.lemma[seeing] not in light(book):
                break
            at = seeing
            continue
        if dep == "acl" and reading.lemma[above] in book.words("in_return") and reading.dep[above] == "pobj":
            # "has undertaken in turn to free": the parser hangs the infinitive on the turn
            verb = reading.head[reading.head[above]]
            found = next(
                ((rule, verb) for rule, rest in book.of("over", reading.lemma[verb]) if follows(reading, verb, rest)),
                None,
            )
            break
        if dep in {"acl", "advcl"} and reading.tag[at] not in {"VB", "VBG"}:
            break
        if dep == "advcl" and at < above and reading.tag[at] == "VBN" and reading.child(at, "aux", "mark") is None:
            break  # "Signed in May, the truce was due to ...": what was due is no part of it
        if dep == "advcl" and at < above and reading.tag[at] == "VBG":
            # "Announcing the truce, he called on both to ...": no part of what he called for
            break
        if dep == "pcomp" and reading.lemma[above] in ASIDE:
            break  # "denied a truce, a day after B said that ...": what B said is not denied by this word
        if dep == "advcl" and any(reading.lemma[mark] in ASIDE for mark in reading.children(at, "mark")):
            break
        # "there is a will to ...": the infinitive hangs on the verb, its meaning on the noun
        spots = (above, *reading.children(above, "attr", "acomp")) if dep == "advcl" else (above,)
        for spot in spots:
            for rule, rest in book.of("over", reading.lemma[spot]):
                if follows(reading, spot, rest) and (dep != "advcl" or rest or spot != above or _bare(reading, above)):
                    found = (rule, spot)
                    break
        if found is not None and found[0].step == "reaffirmed" and _doubted(reading, found[1], book):
            return None
        if found is not None and found[0].step == "discussed":
            break
        at = above
    for mark in reading.children(token, "aux", "mark"):
        for rule, _ in book.of("over", reading.lemma[mark]):
            if rule.step is None:
                found = found or (rule, mark)
    return found


def _bare(reading: Reading, verb: int) -> bool:
    """Say whether the verb has no other complement: "has undertaken in turn to free" is parsed as if it had none."""
    return reading.child(verb, "dobj", "xcomp", "ccomp", "auxpass", "prt") is None


def light(book: DealBook) -> frozenset[str]:
    """Return the verbs that only make another a fact: "began to", "allowed to"."""
    return book.words("enact")


def _doubted(reading: Reading, noun: int, book: DealBook) -> bool:
    """Say whether somebody doubts it: "questioned its commitment to making peace"."""
    return reading.dep[noun] == "dobj" and reading.lemma[reading.head[noun]] in book.words("doubting")
