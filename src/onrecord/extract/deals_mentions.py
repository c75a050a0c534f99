"""Find the places where a deal is named. Comes in: a reading and the book. Goes out: mentions with their kind."""

import re

import msgspec

from onrecord.extract.deals_people import of_trades_noun
from onrecord.lexicon.deals import DealBook, DealRule
from onrecord.model.reading import Reading
from onrecord.model.vocabulary import DealKind

_RATIO = re.compile(r"\b(?:[\w,.]+-for-[\w,.]+)\b", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_MODIFIERS = ("compound", "amod", "nmod", "poss", "nummod", "det", "npadvmod", "acl")
_NEAR, _CHAIN = 6, 8
_TALKED_OVER: frozenset[DealKind] = frozenset({"ceasefire", "prisoner_exchange", "hostage_release"})
_GIVEN: frozenset[DealKind] = frozenset({"prisoner_exchange", "hostage_release"})
_SENTENCES = 4
_SWAP = "prisoner_exchange"
_THE = frozenset({"the", "this", "that"})
_MORE = frozenset({"another"})
_ACCORD = "deals.mention.accord"
_CEASEFIRE_TALKS = "deals.mention.ceasefire_talks"
TALKS = frozenset({"deals.mention.talks", "deals.mention.talks_bare"})


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
    weak: bool = False


def beside(reading: Reading, head: int, book: DealBook) -> set[str]:
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
        if reading.dep[child] == "pobj" and reading.tag[child] == "CD" and not _YEAR.fullmatch(reading.word(child)):
            found.add("#")
        if reading.dep[child] in {*_MODIFIERS, "prep", "pobj", "conj", "dobj", "pcomp"} and abs(child - head) <= _CHAIN:
            stack.extend(reading.children(child))
    if reading.dep[head] == "dobj":
        # "signed pacts on keeping the peace": the parser hangs the preposition on the verb
        for prep in reading.children(reading.head[head], "prep"):
            if prep == head + 1:
                inner = reading.children(prep, "pobj", "pcomp")
                found |= {reading.lemma[one] for child in inner for one in (child, *reading.children(child, "dobj"))}
    if reading.dep[head] == "compound" or reading.dep[head] == "conj":
        found.add(reading.lemma[reading.head[head]])
    if head > 0 and reading.pos[head - 1] in {"NOUN", "PROPN"}:
        found.add(reading.lemma[head - 1])
    if reading.dep[head] == "nsubj":
        found.add(reading.lemma[reading.head[head]])
    prep = reading.head[head]
    if reading.dep[head] == "pobj" and reading.lemma[prep] in {"with", "in"}:
        # "the war ended with an agreement"
        verb = reading.head[prep]
        wars = [one for one in reading.children(verb, "nsubj") if reading.lemma[one] in book.words("wars")]
        found.update([reading.lemma[verb]] if wars else [])
    for child in reading.children(head, "relcl"):
        found.add(reading.lemma[child])
        for deed in (child, *reading.children(child, "ccomp", "xcomp")):
            for thing in reading.children(deed, "dobj", "nsubj"):
                found.update(reading.lemma[one] for one in (thing, *reading.children(thing, "compound")))
    return found


def find(
    reading: Reading,
    book: DealBook,
    told: tuple[tuple[int, DealKind], ...] = (),
    content: dict[int, DealKind] | None = None,
) -> tuple[DealMention, ...]:
    """Return the mentions in order of the text.

    `content` are nouns of whose deal a verb says the content ("a deal to free two hostages"). A generic noun ("the
    agreement") takes the kind of what was named or told (`told`: tokens of verbs that are a deal by themselves) near
    before it; talks about a truce stay talks about that truce.
    """
    found: list[DealMention] = []
    verbs = dict(told)
    last: tuple[int, DealKind] | None = None
    generic, unled, handing = book.words("generic"), book.words("unled"), book.words("handing")
    both = handing & (book.words("in_return") | book.words("swapping"))
    hidden: set[int] = set()
    for token in range(len(reading)):
        if token in verbs and not (found and reading.sentence_of(found[-1].head) == reading.sentence_of(token)):
            last = (token, verbs[token])  # what a proposal of the same sentence consists of is not the next "text"
        if reading.pos[token] not in {"NOUN", "PROPN", "VERB", "PRON"} or token in hidden:
            continue
        rule = _rule_at(reading, token, book)
        made: DealMention | None = None
        first, end = reading.subtree(token)
        if content and token in content:
            made = DealMention(head=token, first=first, last=end, kind=content[token], rule="deals.content")
        elif rule is not None and rule.kind is not None and _points_back(reading, token, rule, last):
            made = DealMention(
                head=token, first=first, last=end, kind=last[1] if last else rule.kind, exact=False,
                rule="deals.generic",
            )  # fmt: skip
        elif rule is not None and rule.kind is not None:
            kind = _talks_about(reading, found, token, rule.kind)
            if kind == "talks" and last is not None and last[1] in _TALKED_OVER:
                same = reading.paragraph_of(reading.start[last[0]]) == reading.paragraph_of(reading.start[token])
                near = reading.sentence_of(token) - reading.sentence_of(last[0]) <= 1
                under = bool(found) and found[-1].head == reading.head[reading.head[token]]
                stays = any(
                    one.kind == "talks" and reading.lemma[one.head] == reading.lemma[token] for one in found[-4:]
                )
                kind = last[1] if (same or near) and reading.dep[token] == "pobj" and not (under or stays) else kind
            kind = "talks" if rule.id in TALKS | {_CEASEFIRE_TALKS} and _on_how(reading, token) else kind
            made = DealMention(head=token, first=first, last=end, kind=kind, rule=rule.id, weak=rule.weak)
            hidden.update(child for child in reading.children(token, "compound", "nmod"))
        elif reading.pos[token] == "PRON":
            made = _pronoun(reading, found, token)
        elif (
            last is not None
            and last[1] != "talks"
            and (
                _near(reading, last[0], token)
                or (last[1] in _GIVEN and _the_swap(reading, token, book))
                or ((last[0] not in verbs or last[1] == _SWAP) and _stage_of(reading, token, last[1], book))
                or (reading.lemma[token] in book.words("accords") and _only_deal(reading, found, verbs, token, last[1]))
            )
        ):
            bare = reading.lemma[token] in unled and last[1] in {"ceasefire", "humanitarian"}
            again = generic | handing if last[1] in _GIVEN else generic
            bare = bare or ((last[0] not in verbs or last[1] == _SWAP) and _stage_of(reading, token, last[1], book))
            named = reading.lemma[token] in again or reading.word(token).lower() in again
            named = named and not _own_topic(reading, token, book)
            more = last[1] in _GIVEN and reading.lemma[token] in both and _one_more(reading, token)
            if bare or (named and reading.pos[token] == "NOUN" and (more or _pointing(reading, token))):
                kind = "prisoner_exchange" if reading.lemma[token] in both and last[1] in _GIVEN else last[1]
                made = DealMention(head=token, first=first, last=end, kind=kind, exact=False, rule="deals.generic")
        if made is not None:
            found.append(made)
            if reading.pos[token] != "PRON":
                last = (token, made.kind) if made.kind != "talks" or last is None else last
    found = sorted([*found, *_again(reading, found, book)], key=lambda one: one.head)
    inner = {child for mention in found for child in reading.children(mention.head, "compound", "nmod")}
    heads = {mention.head for mention in found if mention.exact}
    inner |= {head for head in heads if head + 1 in heads}
    inner |= {mention.head for mention in found if _of_another(reading, mention, found, book)}
    return tuple(mention for mention in found if mention.head not in inner)


def _on_how(reading: Reading, token: int) -> bool:
    """Say whether talks are on how to do something with what is agreed: "talks on how to monitor the truce"."""
    return any(
        reading.lemma[inner] == "how"
        for prep in reading.children(token, "prep") if reading.lemma[prep] in {"on", "about", "over"}
        for clause in reading.children(prep, "pcomp")
        for inner in reading.children(clause, "advmod")
    )  # fmt: skip


def _own_topic(reading: Reading, token: int, book: DealBook) -> bool:
    """Say whether the noun says itself what it is on, and no captives or fighting: "the treaty on the river"."""
    known = book.words("captive") | book.words("handing") | book.words("wars") | book.words("lasting")
    for prep in reading.children(token, "prep"):
        for end in reading.children(prep, "pobj"):
            plain = reading.lemma[prep] in {"on", "about", "over"} and reading.tag[end] in {"NN", "NNS"}
            first, last = reading.subtree(end)
            timed = any(reading.lemma[at] in book.words("when") for at in range(first, last))
            if plain and not timed and not any(reading.lemma[at] in known for at in range(first, last)):
                return True
    return False


def _again(reading: Reading, found: list[DealMention], book: DealBook) -> list[DealMention]:
    """Return the bare "exchange" and "swap" of an article that names an exchange of prisoners by its full name."""
    told = [one for one in found if one.kind == "prisoner_exchange" and one.exact]
    rule = next((rule for rule, _ in book.of("mention", "swap") if rule.kind == "prisoner_exchange"), None)
    if not told or rule is None:
        return []
    heads = {one.head for one in found}
    return [
        DealMention(
            head=token, first=reading.subtree(token)[0], last=reading.subtree(token)[1], kind="prisoner_exchange",
            rule=rule.id,
        )
        for token in range(len(reading))
        if reading.pos[token] == "NOUN" and reading.lemma[token] in rule.words and token not in heads
        and not beside(reading, token, book) & set(rule.without)
        and any(reading.lemma[child] in _THE | _MORE for child in reading.children(token, "det"))
    ]  # fmt: skip


def _stage_of(reading: Reading, token: int, kind: DealKind, book: DealBook) -> bool:
    """Say whether the noun names a stage of the deal told before: "the second stage had been postponed"."""
    if kind not in _GIVEN or reading.lemma[token] not in book.words("stages"):
        return False
    numbered = any(reading.lemma[child] in book.words("ordinal") for child in reading.children(token, "amod"))
    marks = {reading.lemma[child] for child in reading.children(token, "det")}
    if reading.lemma[token] in book.words("groups"):
        return numbered and bool(marks & {"the", "a"}) and reading.tag[token] == "NN"
    plain = bool(marks & _THE) and not reading.children(token, "amod", "prep")
    return ("the" in marks and numbered) or (plain and reading.lemma[reading.head[token]] != "at")  # "at this stage"


def _points_back(reading: Reading, token: int, rule: DealRule, last: tuple[int, DealKind] | None) -> bool:
    """Say whether a bare "the accord" is the truce told of before it, and not a peace accord of its own."""
    if rule.id != _ACCORD or last is None or last[1] in {"talks", rule.kind} or not _near(reading, last[0], token):
        return False
    bare = all(reading.dep[child] in {"det", "prep", "punct", "acl", "relcl"} for child in reading.children(token))
    old = any(reading.tag[child] == "CD" for prep in reading.children(token, "prep") for child in (
        *reading.children(prep, "pobj"),))  # fmt: skip
    return (
        bare and not old and any(reading.lemma[child] in {"the", "this", "that"} for child in reading.children(token))
    )


def _of_another(reading: Reading, mention: DealMention, found: list[DealMention], book: DealBook) -> bool:
    """Say whether the noun only says what another deal noun is about: "an agreement on a truce"."""
    above = reading.head[reading.head[mention.head]]
    if book.of("step", reading.lemma[above]):
        # "made a proposal for a truce": the noun is the step
        return False
    return reading.dep[mention.head] == "pobj" and any(
        other.head == above and other.exact
        and (other.kind == mention.kind or {other.rule, mention.rule} <= TALKS)
        for other in found
    )  # fmt: skip


def _the_swap(reading: Reading, token: int, book: DealBook) -> bool:
    """Say whether the noun points back at the exchange that the article is about.

    "Would complete the swap", "the bargain of September 8", "the original agreement".
    """
    the = any(reading.lemma[child] == "the" for child in reading.children(token, "det"))
    alone = not reading.children(token, "prep", "compound", "nmod", "relcl")
    if not the:
        return False
    if alone and reading.lemma[token] in book.words("far_back"):
        return True
    if reading.lemma[token] not in book.words("generic"):
        return False
    dated = any(
        reading.lemma[prep] in {"of", "on", "from"} and reading.children(day, "nummod")
        for prep in reading.children(token, "prep")
        for day in reading.children(prep, "pobj")
        if reading.tag[day] == "NNP"
    )
    return dated or any(reading.lemma[one] in book.words("original") for one in reading.children(token, "amod"))


def _near(reading: Reading, before: int, token: int) -> bool:
    return 0 <= reading.sentence_of(token) - reading.sentence_of(before) <= _SENTENCES


def _talks_about(reading: Reading, found: list[DealMention], token: int, kind: DealKind) -> DealKind:
    """Return the kind of the deal that the talks named in this paragraph are about, else `kind`."""
    if kind != "talks":
        return kind
    here = reading.paragraph_of(reading.start[token])
    for mention in reversed(found[-6:]):
        if reading.paragraph_of(reading.start[mention.head]) != here:
            break
        if mention.kind == "ceasefire" and reading.lemma[mention.head] == reading.lemma[token]:
            return mention.kind
    return kind


def _pronoun(reading: Reading, found: list[DealMention], token: int) -> DealMention | None:
    """Return the mention that an "it" or "them" makes of the only deal that is named in the same sentence before it."""
    if (
        not (reading.dep[token] in {"dobj", "nsubjpass", "nsubj"} or _left(reading, token))
        or reading.lemma[token] not in {"it", "they", "them"}
        or not found
    ):
        return None
    near = [
        one
        for one in found
        if 0 <= reading.sentence_of(token) - reading.sentence_of(one.head) <= 1
        and (reading.tag[one.head] == "NNS") == (reading.lemma[token] != "it")
    ]
    if not near:
        return None
    here = [one for one in near if reading.sentence_of(one.head) == reading.sentence_of(token) and one.exact]
    near = here or near
    subjects = [one for one in near if reading.dep[one.head] in {"nsubj", "nsubjpass"}]
    before = (subjects or near)[-1]
    if before.weak:
        return None  # "a tense meeting ... refused to extend it": hardly the meeting
    return DealMention(head=token, first=token, last=token + 1, kind=before.kind, exact=False, rule=before.rule)


def _left(reading: Reading, token: int) -> bool:
    """Say whether somebody goes away from it: "walked away from it", "pulled out of it"."""
    above = reading.head[token]
    over = reading.head[above]
    return (
        reading.dep[token] == "pobj" and reading.lemma[above] in {"of", "from"} and reading.pos[over] in {"ADP", "ADV"}
    )


def _rule_at(reading: Reading, token: int, book: DealBook) -> DealRule | None:
    lemma, word = reading.lemma[token], reading.word(token).lower()
    best: DealRule | None = None
    for form in dict.fromkeys((lemma, word)):
        for rule, _ in book.of("mention", form):
            if reading.pos[token] == "VERB" and not _misread(reading, token, rule):
                continue
            around = beside(reading, token, book)
            if rule.without and around.intersection(rule.without):
                continue
            if rule.also and not around.intersection(rule.also):
                continue
            if rule.along and not around.intersection(rule.along) and not _swap(reading, token, rule, book):
                continue
            if best is None or (rule.along and not best.along):
                best = rule
    return best


def _misread(reading: Reading, token: int, rule: DealRule) -> bool:
    """Say whether a "verb" is a noun after all: right behind the noun that it goes with, "ceasefire talks"."""
    if reading.dep[token] in {"nsubj", "nsubjpass"} and reading.word(token) in rule.words:
        return True  # "said that talks on her release were going well"
    if not rule.along:
        return reading.tag[token] in {"VB", "VBP", "NN"}
    return token > 0 and reading.pos[token - 1] in {"NOUN", "PROPN"} and reading.lemma[token - 1] in rule.along


def _swap(reading: Reading, token: int, rule: DealRule, book: DealBook) -> bool:
    """Say whether a bare "swap" is one of people: n for n, or in a sentence that speaks of captives."""
    if rule.kind != "prisoner_exchange":
        return False
    first, _ = reading.subtree(token)
    if _RATIO.search(reading.words(max(first, token - 8), token + 1)):
        return True
    if of_trades_noun(reading, token, book):
        return True
    start, end = reading.sentences[reading.sentence_of(token)]
    held = book.words("captive") | book.words("confined")
    for clause in reading.children(token, "relcl") if reading.lemma[token] in book.words("swapping") else ():
        if reading.lemma[clause] in book.words("lets_go"):
            return True  # "a swap in which A freed ten people"
    return any(reading.lemma[at] in held for at in range(start, end)) and not any(
        reading.lemma[at] in book.words("off_topic") for at in range(start, end)
    )


def _only_deal(
    reading: Reading, found: list[DealMention], verbs: dict[int, DealKind], token: int, kind: DealKind
) -> bool:  # fmt: skip
    """Say whether "the agreement" is the truce or the exchange that the article told of, however far before.

    Only where it has told of no other deal, talks aside.
    """
    kinds = [one.kind for one in found if one.kind != "talks"] + [other for at, other in verbs.items() if at < token]
    alike = all(one == kind or {one, kind} <= _GIVEN for one in kinds)
    bare = all(reading.dep[child] in {"det", "punct", "acl", "relcl"} for child in reading.children(token))
    the = any(reading.lemma[child] == "the" for child in reading.children(token, "det"))
    return kind in _TALKED_OVER and alike and bare and the and reading.tag[token] == "NN"


def _one_more(reading: Reading, token: int) -> bool:
    """Say whether it is one more of what was told before: "another exchange is planned"."""
    plain = not reading.children(token, "prep", "compound", "nmod")
    return plain and any(reading.lemma[child] in _MORE for child in reading.children(token, "det"))


def _pointing(reading: Reading, token: int) -> bool:
    if any(reading.tag[child] == "VB" and reading.child(child, "dobj") for child in reading.children(token, "acl")):
        # "his plan to accept newcomers" says itself what it is about
        return False
    if reading.child(token, "poss") is not None:
        return True
    marks = {reading.lemma[child] for child in reading.children(token, "det", "amod")}
    there = reading.child(reading.head[token], "expl") is not None
    return bool(marks & {"the", "this", "that"}) or (bool(marks & {"no", "any"}) and there)
