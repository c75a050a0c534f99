"""Match the custody book's verbs: what hangs on a verb, and which words of the clause a rule is about.

Comes in: a reading, a verb and a rule. Goes out: tokens, or whether the rule fits.
"""

from onrecord.extract import clause
from onrecord.extract.custody_astray import named_by, small, strayed, turned
from onrecord.lexicon.custody import CustodyBook, CustodyRule
from onrecord.model.reading import Reading

_AMONG = frozenset({"among", "amongst"})
_ARE = frozenset({"include", "be"})
_FREE = frozenset({"released", "exchanged"})
_PRISONS = frozenset({"prison", "jail", "captivity", "cell"})
_INSIDE = frozenset({"in", "at", "inside"})
# who has to do with a prisoner, and is none: what hangs on the name behind "of" is not told of them
_HIS = frozenset(
    {"supporter", "lawyer", "attorney", "family", "parent", "colleague", "fate", "case", "employer", "mother"}
)
_CLAUSE = 30
_NAME = 6
_TWO = 2
_TERM = frozenset({"year", "term", "sentence", "life"})
_TAKEN = frozenset({"prisoner", "hostage", "captive"})
_BEFORE, _NEAR = 3, 160
_PLAY = 3
_EACH = 250  # words of text for each of them


def subjects(reading: Reading, verb: int) -> tuple[int, ...]:
    """Return the subjects; the parser takes "the cartoonist Jon Varga" for two."""
    above = _list_item(reading, verb) or _outer(reading, verb)
    if above is not None:
        return (above,)
    both = reading.children(verb, "nsubj")
    return both[-1:] if len(both) > 1 and both[-1] < verb else clause.surface_subject(reading, verb)


def objects(reading: Reading, verb: int) -> tuple[int, ...]:
    """Return the heads of whom the verb is done to."""
    item = _list_item(reading, verb) if reading.tag[verb] == "VBN" else None
    if item is not None:
        return (item,)
    if reading.dep[verb] == "advcl" and reading.tag[verb] in {"VBN", "VBD"} and reading.pos[verb - 1] == "NOUN":
        # "worried over workers held by B": the parser hangs the participle on the verb
        return counted_as(reading, (verb - 1,))
    named = reading.child(verb, "dobj")
    if named is not None and named < verb and reading.dep[verb] != "relcl":
        return ()
    name = behind_name(reading, verb)
    if name is not None:
        return (name,)
    taken = named is not None and reading.lemma[named] in _TAKEN and reading.child(named, "det") is None
    if taken and reading.dep[verb] == "acl" and reading.tag[verb] == "VBN":
        return (reading.head[verb],)  # "X, taken prisoner in May"
    bare = not any(reading.tag[one] in {"WP", "WDT"} for one in reading.children(verb))
    bare = bare and reading.child(verb, "nsubjpass") is None
    of_whom = _of_whom(reading, verb)
    if of_whom is not None:
        return (of_whom,)
    if reading.dep[verb] == "relcl" and bare and reading.pos[reading.head[verb]] == "PROPN" and named is None:
        # no clause hangs on a name without "who" or "whom"; "on 22 April, when A released X" hangs on a day
        return ()
    tokens = clause.object_of(reading, verb) or _those(reading, verb)
    tokens = tokens or _shared(reading, verb)
    several = reading.children(verb, "nsubjpass")
    if len(several) > 1:
        tokens = several[-1:]  # the parser takes "two co-defendants, X and Y" for two
    tokens = (*tokens, *strayed(reading, verb), *_beside_object(reading, verb, tokens))
    tokens = tokens or turned(reading, verb) or small(reading, verb)
    if tokens and reading.pos[tokens[0]] == "NOUN" and tokens[0] > verb:
        tokens = (*tokens, *small(reading, verb))  # "snatched the priest X from his house"
    if not tokens and reading.dep[verb] == "acl" and reading.tag[verb] == "VBN":
        tokens = (reading.head[verb],)
    return counted_as(reading, tokens)


def whom(reading: Reading, verb: int, rule: CustodyRule) -> tuple[int, ...]:
    """Return the heads of whom a rule of verbs is about: its subjects, its objects, or those behind a preposition."""
    if rule.behind:
        return _behind_noun(reading, verb, rule)
    if rule.sort == "subject":
        return counted_as(reading, subjects(reading, verb))
    # "gave her back her shoes"
    things = reading.children(verb, "dobj")
    given = rule.status in _FREE and len(things) > 1
    given = given and not any(reading.word(at) == "," for at in range(things[0], things[1]))
    return () if given else objects(reading, verb)


def behind_name(reading: Reading, verb: int) -> int | None:
    """Return the name that a participle behind a comma is about, where the parser takes it for another clause.

    "An American, X, arrested in May, is not part of it"; "The skipper X, 52, arrested in October, said".
    """
    if reading.tag[verb] != "VBN" or reading.dep[verb] not in {"csubj", "advcl", "ccomp", "dep"} or verb < _TWO:
        return None
    if reading.children(verb, "aux", "auxpass", "nsubjpass", "mark") or reading.word(verb - 1) != ",":
        return None
    at = verb - _TWO
    if reading.tag[at] == "CD" and at >= _TWO and reading.word(at - 1) == ",":
        at -= _TWO
    return at if reading.pos[at] == "PROPN" and reading.dep[at] in {"appos", "nsubj", "nsubjpass"} else None


def _beside_object(reading: Reading, verb: int, tokens: tuple[int, ...]) -> tuple[int, ...]:
    """Return the name that the parser hangs on the verb: "released a colonel, X, in the hills"."""
    return tuple(
        one
        for one in reading.children(verb, "npadvmod")
        for thing in tokens[:1]
        if thing > verb and reading.pos[one] == "PROPN" and reading.pos[thing] == "NOUN"
        and reading.subtree(one)[0] - 1 == reading.subtree(thing)[1] and reading.word(reading.subtree(thing)[1]) == ","
    )  # fmt: skip


def _of_whom(reading: Reading, verb: int) -> int | None:
    """Return the name right before the comma, where only he can be meant: "supporters of X, jailed in May, met"."""
    noun, comma = reading.head[verb], reading.subtree(verb)[0] - 1
    if reading.dep[verb] not in {"acl", "relcl"} or reading.tag[verb] != "VBN" or reading.lemma[noun] not in _HIS:
        return None
    named = comma > noun + 1 and reading.word(comma) == "," and reading.pos[comma - 1] == "PROPN"
    return comma - 1 if named and comma - 1 in clause.preposition(reading, noun, "of", "for") else None


def _behind_noun(reading: Reading, verb: int, rule: CustodyRule) -> tuple[int, ...]:
    """Return whom the needed noun is for: "signed a pardon for X", "granted X a pardon"."""
    things = (*reading.children(verb, "dobj"), *reading.children(verb, "nsubjpass"))
    found: list[int] = []
    for thing in (one for one in things if reading.lemma[one] in rule.needs):
        found += clause.preposition(reading, thing, *rule.behind)
        found += clause.preposition(reading, verb, *rule.behind)
        found += reading.children(verb, "dative")
        found += (one for one in reading.children(verb, "dobj", "nsubjpass") if one < thing)
    return tuple(dict.fromkeys(one for one in found if reading.pos[one] != "ADP"))


def _shared(reading: Reading, verb: int) -> tuple[int, ...]:
    """Return whom a bare second verb of a passive is done to: "X was seized, but freed the same night"."""
    above = reading.head[verb]
    bare = reading.tag[verb] == "VBD" and reading.dep[verb] == "conj" and clause.is_passive(reading, above)
    own = reading.children(verb, "nsubj", "nsubjpass", "dobj", "ccomp", "xcomp", "aux")
    return clause.object_of(reading, above) if bare and not own else ()


def _list_item(reading: Reading, verb: int) -> int | None:
    """Return the name that opens the paragraph of a sentence that is no more than a participle.

    "Mara Ostrel, 38, nurse. Held since May. Doing nine years."
    """
    first, _ = reading.sentences[reading.sentence_of(verb)]
    bare = reading.head[verb] == verb and reading.tag[verb] in {"VBN", "VBG"} and verb <= first + 1
    if not bare or reading.children(verb, "nsubj", "nsubjpass", "aux", "auxpass"):
        return None
    start, _ = reading.paragraphs[reading.paragraph_of(reading.start[verb])]
    top = reading.token_at(start)
    if top is None or reading.sentence_of(top) == reading.sentence_of(verb) or reading.pos[top] != "PROPN":
        return None
    low, high = reading.sentences[reading.sentence_of(top)]
    head = next((at for at in range(low, high) if reading.head[at] == at), top)
    return head if reading.pos[head] == "PROPN" and head <= top + _NAME else None


def _outer(reading: Reading, verb: int) -> int | None:
    """Return the name that a clause behind a comma is about: "Jon Varga, the cousin of a minister, who was jailed"."""
    noun = reading.head[verb]
    while reading.dep[verb] == "conj" and noun != verb and reading.child(verb, "nsubj", "nsubjpass") is None:
        verb, noun = noun, reading.head[noun]
    who = reading.child(verb, "nsubj", "nsubjpass")
    if reading.dep[verb] != "relcl" or reading.dep[noun] != "pobj" or reading.pos[noun] != "NOUN":
        return None
    comma = who is not None and reading.tag[who] == "WP" and reading.word(who - 1) == ","
    kin = reading.head[reading.head[noun]]
    above = reading.head[kin]
    named = reading.dep[kin] == "appos" and reading.pos[above] == "PROPN"
    some = any(reading.lemma[child] == "a" for child in reading.children(noun, "det"))
    return above if comma and named and some else None


def _those(reading: Reading, verb: int) -> tuple[int, ...]:
    """Return who are told to be those whom a clause is about: "those whom A is to free include X and Y"."""
    above = reading.head[verb]
    over = reading.head[above]
    told = reading.dep[verb] == "relcl" and reading.dep[above] == "nsubj" and reading.lemma[over] in _ARE
    if not told or (reading.pos[above] != "PRON" and reading.tag[above] not in {"DT", "NNS"}):
        return ()
    whom = any(reading.tag[at] == "WP" for at in range(above + 1, verb))
    return reading.children(over, "dobj", "attr") if whom else ()


def _all_of(reading: Reading, verb: int) -> tuple[int, ...]:
    """Return the words that stand for those a participle is about: "among those held"."""
    above = reading.head[verb]
    if reading.dep[verb] != "acl" or reading.dep[above] != "pobj":
        return ()
    return (above, reading.head[above])


def counted_as(reading: Reading, tokens: tuple[int, ...]) -> tuple[int, ...]:
    """Return these, and whoever is told to be one of them: "X was among those freed", "X was one of 14 men freed"."""
    found = list(tokens)
    # "the most senior of the four, Captain X"
    most = (
        group for token in tokens if reading.pos[token] == "ADJ" for group in clause.preposition(reading, token, "of")
    )
    found += [one for group in most for one in reading.children(group, "appos") if reading.pos[one] == "PROPN"]
    for token in tokens:
        prep = reading.head[token]
        above = reading.head[prep]
        if reading.child(prep, "neg") is None:
            found += named_by(reading, token, _ARE)
        if reading.dep[token] == "attr" and reading.lemma[token] == "one" and reading.lemma[prep] == "be":
            # "X was one of 14 men freed": the parser hangs the participle on "one"
            above = prep
        elif reading.dep[token] != "pobj":
            continue
        elif reading.lemma[prep] == "of" and reading.lemma[above] == "one" and reading.dep[above] == "attr":
            above = reading.head[above]
        elif reading.lemma[prep] == "of" and reading.tag[above] == "CD":
            # "two of the captives held by A, X and Y", "said X, one of those freed"
            found += [more for one in reading.children(above, "appos") for more in clause.conjuncts(reading, one)]
            found += [reading.head[above]] if reading.dep[above] == "appos" else []
            continue
        elif reading.lemma[prep] not in _AMONG:
            continue
        if reading.lemma[above] == "be" and reading.child(above, "neg") is None:
            told = reading.children(above, "nsubj", "attr")
            found += [one for child in told for one in clause.conjuncts(reading, child)]
    return tuple(found)


def phrasal(reading: Reading, token: int, rest: tuple[str, ...]) -> bool:
    """Say whether the further words of a phrasal verb hang on this token or stand right behind it."""
    near = {reading.lemma[child] for child in reading.children(token)}
    near |= {reading.lemma[at] for at in range(token + 1, min(token + 4, len(reading)))}
    near |= {
        reading.lemma[noun]
        for prep in reading.children(token, "prep", "dative")
        for noun in reading.children(prep, "pobj")
    }
    near |= {
        reading.lemma[inner]
        for prep in reading.children(token, "prep")
        for noun in reading.children(prep, "pobj")
        for inner in reading.children(noun, "prep")
    }
    return all(word in near or _behind_object(reading, token, word) for word in rest)


def _behind_object(reading: Reading, verb: int, word: str) -> bool:
    """Say whether an adjective stands behind an object and its clause: "found X, who ..., guilty of"."""
    named = reading.child(verb, "dobj")
    _, last = reading.sentences[reading.sentence_of(verb)]
    if named is None or named < verb:
        return False
    for at in range(named + 1, min(last, named + _CLAUSE)):
        if reading.lemma[at] == word and reading.tag[at] == "JJ" and reading.word(at - 1) == ",":
            return at + 1 < last and reading.lemma[at + 1] == "of"
    return False


def _now(reading: Reading, token: int) -> bool:
    """Say whether the verb tells of the present: "is in the second group", "is expected in it"."""
    marks = (token, *reading.children(token, "aux", "auxpass"))
    return any(reading.tag[one] in {"VBZ", "VBP"} for one in marks) and not any(
        reading.tag[one] in {"VBD", "MD", "VBN"} for one in marks if one != token
    )


def fits(reading: Reading, token: int, rule: CustodyRule) -> bool:
    """Say whether the words that the rule asks for hang on the verb, and none that it forbids."""
    if rule.now and not _now(reading, token):
        return False
    loose = reading.tag[token] == "VBG" and reading.dep[token] == "advcl" and reading.child(token, "aux") is None
    if rule.status == "missing" and loose:
        return False  # "she looks for her son, missing since the raid": not she
    gerund = reading.tag[token] == "VBG" and reading.dep[token] == "pcomp" and reading.child(token, "aux") is None
    if rule.sort == "subject" and rule.status in _FREE and gerund and reading.lemma[reading.head[token]] == "after":
        return False  # "was seized after coming home"
    near = {reading.lemma[child] for child in reading.children(token)}
    near |= {reading.word(child).lower() for child in reading.children(token, "aux", "auxpass")}
    for child in reading.children(token, "prep", "agent", "dobj", "attr", "acomp", "oprd", "npadvmod"):
        near |= {reading.lemma[inner] for inner in reading.children(child)}
        near |= {reading.word(inner).lower() for inner in reading.children(child)}
        for inner in reading.children(child, "prep"):
            near |= {reading.lemma[deep] for deep in reading.children(inner, "pobj")}
        near |= {
            reading.lemma[deep] for inner in reading.children(child, "pobj") for deep in reading.children(inner, "amod")
        }
        near |= {
            reading.lemma[deep]
            for inner in reading.children(child, "appos")
            for deep in (inner, *reading.children(inner, "appos"))
        }  # "handed a baker, X, a 13-year term"
    near |= {reading.lemma[one] for one in _all_of(reading, token)}
    if rule.status == "died":
        near |= _where_died(reading, token)
    passive = reading.tag[token] == "VBN" or reading.child(token, "auxpass") is not None
    if rule.status == "missing" and reading.child(token, "dobj") is not None:
        return False
    if rule.had_been and not _had_been(reading, token, rule):
        return False
    be = any(reading.lemma[one] == "be" for one in reading.children(token, "aux"))
    if rule.progressive and (reading.tag[token] != "VBG" or not be):
        return False
    if rule.by_power and passive and reading.child(token, "agent") is None:
        return False
    if (rule.passive and not passive) or (not passive and _not_so_meant(reading, token, rule)):
        return False
    went = reading.child(token, "xcomp")
    if rule.status in {"on_trial", "released"} and went is not None:
        own = f"{reading.lemma[token]} {reading.lemma[went]}"
        if own not in rule.words:
            return False
    measured = reading.children(token, "dobj", "npadvmod")
    measured += tuple(
        whole for one in measured for prep in reading.children(one, "prep") if reading.lemma[prep] == "of"
        for whole in reading.children(prep, "pobj") if one == token + 1
    )  # fmt: skip
    if rule.direct and not any(
        reading.lemma[one] in rule.needs and reading.subtree(one)[0] <= token + 4 for one in measured
    ):
        return False
    if rule.direct and _elsewhere(reading, token, measured):
        return False
    if rule.direct:
        near |= {reading.lemma[one] for one in measured}
    if rule.needs and not near & set(rule.needs):
        return False
    # "hand over two police officers": what only describes them forbids nothing
    aside = {
        reading.lemma[inner]
        for child in reading.children(token, "dobj")
        for inner in reading.children(child, "compound")
    }
    described = {
        reading.lemma[inner]
        for prep in reading.children(token, "prep")
        for noun in reading.children(prep, "pobj")
        for inner in reading.children(noun, "acl", "relcl")
    }
    described |= {
        reading.lemma[whose]
        for prep in reading.children(token, "prep")
        for noun in reading.children(prep, "pobj")
        for of in reading.children(noun, "prep")
        if reading.lemma[of] == "of"
        for whose in reading.children(of, "pobj")
    }
    return not ((near - aside) | described) & set(rule.without)


def _elsewhere(reading: Reading, verb: int, measured: tuple[int, ...]) -> bool:
    """Say whether a time was spent in some land and not in prison: "served in Norland, 13 months of mud"."""
    return any(
        reading.lemma[prep] == "in"
        and any(verb < prep < one and reading.lemma[one] in {"year", "month"} for one in measured)
        and any(reading.tag[noun] == "NNP" for noun in reading.children(prep, "pobj"))
        for prep in reading.children(verb, "prep")
    )


def _had_been(reading: Reading, verb: int, rule: CustodyRule) -> bool:
    """Say whether a clause on the subject tells that he had been held before: "X, who had been held in A, landed"."""
    spots = subjects(reading, verb)
    spots += tuple(at for one in spots for at in reading.children(one, "appos"))
    return any(
        reading.lemma[told] in rule.had_been and reading.child(told, "neg") is None
        and (
            (
                reading.child(told, "auxpass") is not None
                and any(reading.word(one).lower() == "had" for one in reading.children(told, "aux"))
            )
            or _inside(reading, told)
        )
        for one in spots for told in reading.children(one, "relcl")
    )  # fmt: skip


def _inside(reading: Reading, verb: int) -> bool:
    """Say whether he spent some time in prison: "who spent three years in prison"."""
    first, last = reading.subtree(verb)
    spent = reading.lemma[verb] == "spend" and reading.tag[verb] in {"VBD", "VBN"}
    return spent and any(reading.lemma[at] in _PRISONS for at in range(first, min(last, first + _CLAUSE)))


def _where_died(reading: Reading, verb: int) -> set[str]:
    """Return the words for where and while what somebody died: "of a fever in prison", "while awaiting trial"."""
    found = {reading.lemma[one] for one in reading.children(verb, "advcl") if reading.tag[one] == "VBG"}
    terms = [
        thing for one in reading.children(verb, "advcl") if reading.lemma[one] == "serve"
        for thing in reading.children(one, "dobj", "npadvmod")
    ]  # fmt: skip
    if any(reading.lemma[thing] in _TERM for thing in terms):
        found.add("await")  # "died while serving 12 years", as "while awaiting trial"
    for prep in reading.children(verb, "prep"):
        for noun in reading.children(prep, "pobj"):
            for inner in reading.children(noun, "prep"):
                if reading.lemma[inner] in _INSIDE:
                    found |= {reading.lemma[deep] for deep in reading.children(inner, "pobj")}
    return found


def _not_so_meant(reading: Reading, token: int, rule: CustodyRule) -> bool:
    """Say whether an active verb means another thing: "footage captured her", "they seized on hopes"."""
    if any(reading.lemma[one] in rule.no_doers for one in clause.surface_subject(reading, token)):
        return True
    return any(
        reading.lemma[prep] in rule.no_on and any(reading.tag[one] != "NNP" for one in reading.children(prep, "pobj"))
        for prep in reading.children(token, "prep")
    )


def in_court(reading: Reading, token: int, book: CustodyBook) -> bool:
    """Say whether a court is told of in this sentence, or in a few before or behind it."""
    here = reading.sentence_of(token)
    first = reading.sentences[max(0, here - _BEFORE)][0]
    last = reading.sentences[min(len(reading.sentences) - 1, here + _BEFORE)][1]
    near = range(max(first, token - _NEAR), min(last, token + _NEAR))
    return any(reading.lemma[at] in book.words("court") for at in near)


def in_seizure(reading: Reading, book: CustodyBook) -> bool:
    """Say whether the article tells of people seized and held."""
    taken = book.words("taken")
    return any(
        reading.lemma[at] in taken or reading.word(at).lower() in taken or _takes_people(reading, at, book)
        for at in range(len(reading))
    )


def _takes_people(reading: Reading, verb: int, book: CustodyBook) -> bool:
    """Say whether counted people are seized: "two policemen they seized", and not a town."""
    if reading.lemma[verb] not in book.words("seizing") or reading.pos[verb] != "VERB":
        return False
    spots = (
        (*clause.object_of(reading, verb), reading.head[verb])
        if reading.dep[verb] in {"relcl", "acl"}
        else (clause.object_of(reading, verb))
    )
    people = book.words("captive") | book.words("trades")
    return any(reading.children(one, "nummod") and reading.lemma[one] in people for one in spots)


def in_prison(reading: Reading, token: int, book: CustodyBook) -> bool:
    """Say whether the sentence tells of a prison: "died in hospital, days after being taken there from prison"."""
    first, last = reading.sentences[reading.sentence_of(token)]
    return any(
        reading.dep[at] == "pobj"
        and (
            reading.lemma[at] in book.words("jail")
            or any(reading.lemma[one] in book.words("labour") for one in reading.children(at, "compound", "amod"))
        )
        for at in range(first, last)
    )


def petty(reading: Reading, token: int, book: CustodyBook) -> bool:
    """Say whether the sentence is about an offence of every day, and no case of politics: "dangerous driving"."""
    first, last = reading.sentences[reading.sentence_of(token)]
    return any(reading.lemma[at] in book.words("petty") for at in range(first, last))


def of_play(reading: Reading, book: CustodyBook) -> bool:
    """Say whether the whole article is about games, companies or films: by how many of their words it has.

    A plot, a transfer and the death penalty are of politics too: such words only add to others. Nor is it a round-up in
    which one entry of many is about a match.
    """
    words = {reading.lemma[at] for at in range(len(reading))}
    sure, more = len(words & book.words("play")), len(words & book.words("play_too"))
    return (sure >= _PLAY or (sure >= _PLAY - 1 and sure + more >= _PLAY + 2)) and len(reading) <= (sure + more) * _EACH


def off_topic(reading: Reading, token: int, book: CustodyBook) -> bool:
    """Say whether the sentence is about games, companies or films."""
    first, last = reading.sentences[reading.sentence_of(token)]
    # a "prisoners' club" looks after prisoners; a "film director" is somebody
    return any(
        reading.lemma[at] in book.words("off_topic")
        and reading.pos[at] in {"NOUN", "PROPN"}
        and not (reading.dep[at] == "compound" and reading.lemma[reading.head[at]] in book.words("maker"))
        and not any(reading.lemma[child] in book.words("inmate") for child in reading.children(at))
        for at in range(first, last)
    )
