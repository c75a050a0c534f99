"""Match the custody book at one token. Comes in: reading, cast, token. Goes out: rules, each with whom it is about."""

from onrecord.extract import clause
from onrecord.extract.custody_astray import beside, given
from onrecord.extract.custody_nations import behind_colon, described
from onrecord.extract.custody_people import (
    answered,
    called_so,
    counted_among,
    goes_on,
    introduced,
    is_many,
    own_clause,
    persons_at,
    root_of,
    several,
)
from onrecord.extract.custody_roll import named_next
from onrecord.extract.custody_swap import listed
from onrecord.extract.custody_verbs import counted_as, fits, phrasal, whom
from onrecord.lexicon.custody import CustodyBook, CustodyRule
from onrecord.model.cast import Cast, Member
from onrecord.model.reading import Reading

_NOUN = 12
_BARE = {"VB", "VBP", "NN", "NNP"}
_FREE = {"released", "exchanged"}
_LETS_GO = _FREE | {"pardoned"}


def told_at(
    reading: Reading, cast: Cast, token: int, book: CustodyBook, nations: dict[str, tuple[str, ...]]
) -> list[tuple[CustodyRule, tuple[Member, ...]]]:
    """Return the rules that fire at this token, each with the persons whom it is about."""
    found: list[tuple[CustodyRule, tuple[Member, ...]]] = []
    lemma = reading.lemma[token]
    if clause.is_verb(reading, token):
        for rule, rest in (*book.of("object", lemma), *book.of("subject", lemma)):
            if not phrasal(reading, token, rest) or not fits(reading, token, rule):
                continue
            tokens = whom(reading, token, rule)
            if rule.doers and not any(reading.lemma[one] in rule.doers for one in clause.subject_of(reading, token)):
                continue
            alone = own_clause(reading, token, book)
            if not alone and reading.dep[token] in {"acl", "relcl"}:
                tokens = tuple(root_of(reading, one) for one in tokens)
            persons = [person for one in tokens for person in persons_at(reading, cast, one, alone=alone)]
            persons = (
                persons if alone else [*persons, *(one for at in tokens for one in behind_colon(reading, cast, at))]
            )
            company = [one for at in beside(reading, token, book) for one in persons_at(reading, cast, at)]
            # "along with the leader" may be anybody; "along with his deputy, X" is X
            persons += [one for one in company if one.form == "name" or reading.children(one.head, "appos")]
            if not persons and rule.sort == "object":
                persons = [one for at in given(reading, token, book) for one in persons_at(reading, cast, at)]
            persons = [person for person in persons if not is_many(reading, person)]
            if not persons:
                persons = [one for at in tokens for one in introduced(reading, cast, at)]
            if not persons and rule.status in _LETS_GO:
                persons = list(answered(reading, cast, token))
            if not persons and rule.sort == "object":
                persons = list(counted_among(reading, cast, token))
            if not persons:
                persons = [one for at in tokens[:1] for one in several(reading, cast, at, book)]
            if not persons:
                persons = [one for at in tokens[:1] for one in called_so(reading, cast, at)]
            if not persons:
                persons = list(named_next(reading, cast, token, tokens, book))
            if not persons and rule.status in _LETS_GO:
                persons = list(listed(reading, cast, token, tokens))
                persons = [] if any(goes_on(reading, one.head, book) for one in persons) else persons
                theirs = tuple(one for at in tokens for one in described(reading, cast, at))
                nations.update({person.refs[0].actor: theirs for person in persons if theirs})
            if persons:
                found.append((rule, tuple(dict.fromkeys(persons))))
    elif reading.dep[token] == "amod":
        for rule, _ in book.of("adjective", reading.word(token).lower()):
            noun = reading.head[token]
            spots = counted_as(reading, (noun,)) if rule.status in _FREE else (noun,)
            persons = [one for at in spots for one in persons_at(reading, cast, at)]
            persons = persons or list(_some_of(reading, cast, noun))
            if persons:
                found.append((_by_term(reading, token, rule, book), tuple(dict.fromkeys(persons))))
    else:
        found += _by_nouns(reading, cast, token, book)
    statuses = {rule.status for rule, _ in found}
    if len(statuses) > 1 and "sentenced" in statuses:
        found = [pair for pair in found if pair[0].status != "detained"]
    return found[:2]


def _by_term(reading: Reading, token: int, rule: CustodyRule, book: CustodyBook) -> CustodyRule:
    """Return the rule of a sentence where a term hangs on the noun: "A court jailed the poet X for eight years".

    The parser takes the verb for an adjective.
    """
    noun = reading.head[token]
    term = any(reading.lemma[end] in {"year", "month", "life"} for end in clause.preposition(reading, noun, "for"))
    alone = token > 0 and reading.pos[token - 1] in {"NOUN", "PROPN"}
    sentenced = next((one for one, rest in book.of("object", "jail") if one.status == "sentenced" and not rest), None)
    return sentenced if term and alone and sentenced is not None else rule


def _some_of(reading: Reading, cast: Cast, noun: int) -> tuple[Member, ...]:
    """Return those who are named as some of many: "two of the kidnapped men, X and Y, ..."."""
    count = reading.head[reading.head[noun]]
    some = reading.dep[noun] == "pobj" and reading.tag[count] == "CD" and bool(reading.children(count, "appos"))
    return persons_at(reading, cast, count) if some else ()


def _by_nouns(
    reading: Reading, cast: Cast, token: int, book: CustodyBook
) -> list[tuple[CustodyRule, tuple[Member, ...]]]:
    """Return what a noun tells: "the arrest of X", "X's trial opened", "the death in custody of X"."""
    found: list[tuple[CustodyRule, tuple[Member, ...]]] = []
    verb = reading.head[token]
    owner = reading.child(token, "poss")
    for rule, _ in book.of("noun", reading.lemma[token]):
        if reading.dep[token] == "pobj" and reading.lemma[verb] in rule.needs:
            before = _before(reading, cast, verb)
            if before:
                found.append((rule, before))
            continue
        about = (owner,) if owner is not None else _of(reading, token)
        if {reading.lemma[one] for one in (*reading.children(token, "compound"), *about)} & set(rule.without):
            continue
        if "of" in rule.needs:
            spots = (verb, *reading.children(token), reading.head[verb])
            wished = any(reading.lemma[at] in book.words("wish") for at in spots)
            if wished or _asked_for(reading, token, book) or not _by_noun(reading, token, rule, book):
                continue
            persons = [one for at in about for one in persons_at(reading, cast, at)]
            if persons:
                found.append((rule, tuple(persons)))
        elif about and reading.dep[token] in {"nsubj", "nsubjpass"} and reading.lemma[verb] in rule.needs:
            persons = list(persons_at(reading, cast, about[0])) or list(called_so(reading, cast, about[0]))
            if persons:
                found.append((rule, tuple(persons)))
    return found


def _before(reading: Reading, cast: Cast, prep: int) -> tuple[Member, ...]:
    """Return the person right before a preposition and its comma: "the novelist X, on trial for"."""
    end = prep - 1 if reading.word(prep - 1) == "," else prep
    name = next((one for one in cast.within(max(0, end - _NOUN), end) if one.last == end), None)
    if name is None and reading.dep[end - 1] == "appos" and reading.pos[end - 1] == "NOUN":
        # "X, an engineer on trial in A"
        name = cast.member_at(reading.head[end - 1])
    named = name is not None and name.form == "name" and name.sort == "person" and len(name.refs) == 1
    return (name,) if name is not None and named else ()


def _of(reading: Reading, noun: int) -> tuple[int, ...]:
    """Return whose it is: "the arrest of X", "the death in custody of X"."""
    own = clause.preposition(reading, noun, "of")
    inner = (
        whose
        for prep in reading.children(noun, "prep")
        for place in reading.children(prep, "pobj")
        for whose in clause.preposition(reading, place, "of")
    )
    return own or tuple(inner)


def _by_noun(reading: Reading, noun: int, rule: CustodyRule, book: CustodyBook) -> bool:
    """Say whether a noun tells what was done: a release that is hailed, a death in custody, a sentence not undone."""
    above = reading.head[noun]
    if rule.status in _LETS_GO:
        hailed = reading.dep[noun] == "dobj" and reading.lemma[above] in book.words("hailed")
        since = reading.dep[noun] == "pobj" and reading.lemma[above] in book.words("behind")
        return (hailed and reading.tag[above] not in _BARE) or since
    if rule.status == "died":
        first, last = reading.subtree(noun)
        return any(reading.lemma[at] in book.words("prison") for at in range(first, min(last, first + _NOUN)))
    return rule.status not in {"sentenced", "convicted"} or reading.lemma[above] not in book.words("undone")


def _asked_for(reading: Reading, noun: int, book: CustodyBook) -> bool:
    """Say whether only a clue would lead to it: "information leading to the arrest of X"."""
    leads = reading.head[reading.head[noun]]
    if reading.lemma[leads] not in book.words("leading") or reading.tag[leads] in {"VBD", "VBN"}:
        return False
    about = reading.head[leads] if reading.dep[leads] in {"acl", "relcl"} else reading.child(leads, "nsubj")
    return about is not None and reading.lemma[about] in book.words("clue")
