"""Say who a custody word is about. Comes in: a token. Goes out: the persons named there.

In a list with a clause to each name, a clause is about the name that it hangs on and about nobody else.
"""

from itertools import pairwise

import msgspec

from onrecord.extract.clause import conjuncts
from onrecord.extract.deals_terms import number
from onrecord.lexicon.custody import CustodyBook
from onrecord.model.cast import Cast, Member
from onrecord.model.mention import ActorRef
from onrecord.model.reading import Reading

_NAMES = 12
_FAR = 30
_SUCH_AS = frozenset({"include", "including"})
_AMONG = frozenset({"among", "amongst"})
_THEM = frozenset({"they", "them"})
_PAIR = frozenset({"both", "pair"})
_YET = frozenset({"still", "yet"})
_PLURAL = frozenset({"NNS", "NNPS"})
_SAME = {"he": "he", "him": "he", "his": "he", "she": "she", "her": "she"}
_LIST = 160
_BETWEEN, _TWO = 4, 2
_NEAR_LIST = 6
_GROUPS = frozenset({"group", "batch"})
_THOSE = frozenset({"those", "the"})


def plain_pronoun(reading: Reading, cast: Cast, person: Member) -> bool:
    """Say whether nobody else can be meant: "Mara Ostrel is not among them. She was charged on Monday"."""
    place = reading.sentence_of(person.head)
    if place == 0 or not person.refs or not _opens(reading, cast, person.head):
        return False
    first, last = reading.sentences[place - 1]
    subjects = (at for at in range(first, last) if reading.dep[at] in {"nsubj", "nsubjpass"})
    heads = [at for at in subjects if reading.dep[reading.head[at]] == "ROOT" and reading.tag[at] != "PRP"]
    named = [_name_of(reading, cast, at) for at in heads]
    return len(named) == 1 and named[0] == person.refs[0].actor


def _opens(reading: Reading, cast: Cast, pronoun: int) -> bool:
    """Say whether the pronoun opens its sentence, or only a clause without names stands before it.

    "Arrested in May over a plot, he was jailed for life": whoever "he" is, that is he in the rest of the sentence.
    """
    first, last = reading.sentences[reading.sentence_of(pronoun)]
    if pronoun == first:
        return True
    if any(one.sort == "person" and one.form == "name" for one in cast.within(first, last)):
        return False
    subjects = (at for at in range(first, last) if reading.dep[at] in {"nsubj", "nsubjpass"})
    main = next((at for at in subjects if reading.dep[reading.head[at]] == "ROOT"), None)
    return (
        main is not None
        and reading.lemma[main] in _SAME
        and _SAME[reading.lemma[main]] == _SAME.get(reading.lemma[pronoun])
    )


def several(reading: Reading, cast: Cast, token: int, book: CustodyBook) -> tuple[Member, ...]:
    """Return the persons for whom "they", "the pair" or "both" stands: those whom the sentence before names together.

    "They freed the reporters A and B. They had been sentenced in May." Only one run of names may stand there.
    """
    of = next((end for prep in reading.children(token, "prep") for end in reading.children(prep, "pobj")
               if reading.lemma[prep] == "of"), None)  # fmt: skip
    if of is not None and reading.lemma[token] in _EACH and reading.lemma[of] in book.words("they"):
        return several(reading, cast, of, book)  # "sentenced each of them to three years"
    lemma = reading.lemma[token]
    if lemma in book.words("latter"):
        first, _ = reading.sentences[reading.sentence_of(token)]
        named = [one for one in cast.within(first, token) if one.form == "name" and _is_person(cast, one)]
        return (named[-1],) if len(named) > 1 else ()
    two = lemma in book.words("pair")
    the = any(reading.lemma[child] == "the" for child in reading.children(token, "det"))
    first, _ = reading.sentences[reading.sentence_of(token)]
    place = reading.sentence_of(token)
    if (lemma not in book.words("they") and not (two and (the or reading.pos[token] in {"PRON", "DET"}))) or place == 0:
        return ()
    done_to = lemma in book.words("they") and reading.dep[token] in {"dobj", "pobj"}
    if not done_to and (token > first + _NEAR_LIST or reading.dep[token] not in {"nsubj", "nsubjpass"}):
        return ()
    low, high = reading.sentences[place - 1]
    names = [
        one for one in cast.within(low, high)
        if one.form == "name" and one.sort == "person" and len(one.refs) == 1 and not _parent(reading, one, book)
    ]  # fmt: skip
    runs: list[list[Member]] = []
    for name in names:
        if runs and _joined(reading, runs[-1][-1], name):
            runs[-1].append(name)
        else:
            runs.append([name])
    long = [run for run in runs if len(run) > 1]
    return tuple(long[0]) if len(long) == 1 and (len(long[0]) == _TWO or not two) else ()


def called_so(reading: Reading, cast: Cast, token: int) -> tuple[Member, ...]:
    """Return whom "the surveyors" or "the three" means, where the article has called a list of names so before.

    "The surveyors, X, Y and Z, were seized. ... A court tried the surveyors." Two such lists are none.
    """
    the = any(reading.lemma[child] in {"the", "those", "these"} for child in reading.children(token, "det"))
    other = reading.children(token, "amod", "compound", "acl", "relcl", "nummod", "prep")
    bare = reading.tag[token] == "CD"
    if not the or other or not (bare or reading.tag[token] == "NNS"):
        return ()
    count = number(reading.word(token)) if bare else None
    found: dict[frozenset[str], tuple[Member, ...]] = {}
    for at in range(token):
        if reading.tag[at] not in _PLURAL or (not bare and reading.lemma[at] != reading.lemma[token]):
            continue
        named = [one for child in reading.children(at, "appos") for one in persons_at(reading, cast, child)]
        actors = frozenset(one.refs[0].actor for one in named)
        if len(actors) > 1 and count in {None, len(actors)}:
            found.setdefault(actors, tuple(named))
    return next(iter(found.values())) if len(found) == 1 else ()


def _parent(reading: Reading, name: Member, book: CustodyBook) -> bool:
    """Say whether the name only tells whose kin somebody is: "Y, son of X"."""
    of = reading.head[name.head]
    return reading.lemma[of] == "of" and reading.lemma[reading.head[of]] in book.words("kin")


def _joined(reading: Reading, left: Member, right: Member) -> bool:
    """Say whether only "and", a comma or a title stands between two names."""
    between = range(left.last, right.first)
    return (
        0 < len(between) <= _BETWEEN
        and reading.pos[left.last] in {"PUNCT", "CCONJ"}
        and all(reading.pos[at] in {"PUNCT", "CCONJ", "PROPN", "NOUN", "DET", "ADJ"} for at in between)
    )


def of_another(reading: Reading, cast: Cast, person: Member) -> bool:
    """Say whether somebody else is named as the subject of a clause before this pronoun in its sentence."""
    if person.form != "pronoun" or not person.refs:
        return False
    first, _ = reading.sentences[reading.sentence_of(person.head)]
    subjects = [at for at in range(first, person.head) if reading.dep[at] in {"nsubj", "nsubjpass"}]
    named = {one for at in subjects if (one := _name_of(reading, cast, at)) is not None}
    return bool(named) and person.refs[0].actor not in named


def _name_of(reading: Reading, cast: Cast, token: int) -> str | None:
    """Return who is named by this subject, or by the name in apposition to it: "the chief, Colonel X"."""
    for at in (token, *reading.children(token, "appos")):
        member = cast.member_at(at)
        if member is not None and member.form == "name" and member.refs:
            return member.refs[0].actor
    return None


_EACH = frozenset({"all", "both", "each"})


def persons_at(reading: Reading, cast: Cast, token: int, *, alone: bool = False) -> tuple[Member, ...]:
    """Return the persons that this token stands for: itself, those joined to it, and names in apposition.

    With `alone` those joined to it are left out.
    """
    found: dict[str, Member] = {}
    if alone and reading.tag[token] == "NNP":
        _take(cast, (token,), found)
        if found and next(iter(found.values())).form == "name":
            # "X, who was seized in May; Y, a priest": the parser takes Y for another name of X
            return tuple(found.values())
    tokens = [token] if alone else list(conjuncts(reading, token))
    examples = tuple(other for one in tokens for other in _examples(reading, one))
    beside = [other for one in tokens for other in reading.children(one, "appos")]
    if alone and reading.pos[token] == "PROPN":
        # one name is no apposition to another: the parser hangs the next of a list on it
        beside = [other for other in beside if reading.pos[other] != "PROPN"]
    for at in (*tokens, *beside, *examples):
        joined = (at,) if alone and reading.tag[token] not in _PLURAL else conjuncts(reading, at)[:_NAMES]
        _take(cast, joined, found)
    above = reading.head[token]
    while reading.dep[token] == "appos" and reading.dep[above] == "conj" and not alone:
        above = reading.head[above]
    if reading.dep[token] == "appos" and above != token and reading.lemma[token] in _EACH:
        # "A, B and C, all of them taken in May": the parser hangs the words on B
        while reading.dep[above] in {"appos", "conj"} and reading.head[above] != above:
            above = reading.head[above]
        return persons_at(reading, cast, above)
    if not found and alone and reading.dep[token] == "appos" and reading.tag[token] in _PLURAL:
        # "X and Y, guards whom A picked up": both are
        while reading.dep[above] == "conj" and reading.head[above] != above:
            above = reading.head[above]
        _take(cast, conjuncts(reading, above)[:_NAMES], found)
    if not found and reading.dep[token] == "appos" and above != token:
        _take(cast, (above,) if alone else conjuncts(reading, above)[:_NAMES], found)
    if not found:
        found = {one.refs[0].actor: one for one in _both(reading, cast, token)}
    return tuple(dict.fromkeys(found.values()))


def _both(reading: Reading, cast: Cast, token: int) -> tuple[Member, ...]:
    """Return the two whom the sentence before names side by side: "... include X and Y. Both are in jail"."""
    place = reading.sentence_of(token)
    pair = reading.lemma[token] in _PAIR and reading.dep[token] in {"nsubj", "nsubjpass"}
    if not pair or place == 0 or reading.children(token, "prep", "poss", "amod"):
        return ()
    first, last = reading.sentences[place - 1]
    people = [one for one in cast.within(first, last) if one.sort == "person" and one.form == "name"]
    if len({ref.actor for one in people for ref in one.refs}) != _TWO:
        return ()
    left = next((one for one in people if len(one.refs) == 1), None)
    heads = conjuncts(reading, left.head) if left is not None else ()
    joined = [one for one in people if one.head in heads and len(one.refs) == 1]
    return tuple(joined) if len(joined) == _TWO else ()


def _examples(reading: Reading, token: int) -> tuple[int, ...]:
    """Return those who are named as some of many: "14 prisoners, including X", "30 people, among them Y"."""
    if reading.tag[token] not in _PLURAL and reading.lemma[token] not in _GROUPS:
        return ()
    found = [
        child
        for prep in reading.children(token, "prep")
        if reading.lemma[prep] in _SUCH_AS
        for child in reading.children(prep, "pobj")
    ]
    _, last = reading.sentences[reading.sentence_of(token)]
    for at in range(token + 1, min(last, token + _FAR)):
        if reading.lemma[at] in _AMONG and at + 2 < last and reading.lemma[at + 1] in _THEM:
            found.append(_first_name(reading, at + 2, last))
            break
    return tuple(found)


def _first_name(reading: Reading, at: int, last: int) -> int:
    """Return the head of what is named here: "Y Z", or "the school's vice-principal, Y Z"."""
    name = at
    while name + 1 < last and reading.dep[name] == "compound":
        name += 1
    if reading.pos[name] == "PROPN":
        return name
    for plain in range(at, min(last, at + _NEAR_LIST)):
        # "the opposition leader Y Z"
        if reading.pos[plain] == "PROPN" and reading.dep[plain] != "compound":
            return plain
        if reading.pos[plain] not in {"DET", "ADJ", "NOUN", "PROPN", "PRON"}:
            break
    for comma in range(at, min(last - 1, at + _NEAR_LIST)):
        if reading.word(comma) == "," and reading.pos[comma + 1] == "PROPN":
            return _first_name(reading, comma + 1, last)
        if reading.pos[comma] in {"VERB", "AUX"}:
            break
    return name


def _take(cast: Cast, tokens: tuple[int, ...], found: dict[str, Member]) -> None:
    for one in tokens:
        member = cast.member_at(one)
        if member is not None and _is_person(cast, member):
            for ref in member.refs:
                found.setdefault(ref.actor, member)


def own_clause(reading: Reading, verb: int, book: CustodyBook) -> bool:
    """Say whether the verb stands in a clause that hangs on one name of a list: "A, jailed in May; B"."""
    at = verb
    while (
        reading.dep[at] in {"conj", "xcomp", "advcl"}
        and reading.head[at] != at
        and reading.child(at, "nsubj", "nsubjpass") is None
    ):
        at = reading.head[at]
    if reading.dep[at] not in {"acl", "relcl"} or reading.lemma[reading.head[at]] == "those":
        return False
    several = book.words("several")
    marks = (*reading.children(at, "aux", "auxpass", "advmod", "det", "nsubj", "nsubjpass", "dep"), at - 1)
    return not any(reading.lemma[one] in several or reading.word(one).lower() in several for one in marks if one >= 0)


def root_of(reading: Reading, token: int) -> int:
    """Return the first name of the list that this token stands in."""
    for _ in range(_NAMES):
        if reading.dep[token] != "conj" or reading.head[token] == token:
            break
        token = reading.head[token]
    return token


def introduced(reading: Reading, cast: Cast, token: int) -> tuple[Member, ...]:
    """Return the person whom the next sentence names first, where this one only tells of "a blogger".

    "A court jailed a blogger on Friday. Mara Ostrel, 38, ran a site about rivers." Or of "the captain", and then
    "Captain Jon Varga was put ashore".
    """
    some = {reading.lemma[child] for child in reading.children(token, "det")}
    place = reading.sentence_of(token) + 1
    if not some & {"a", "the"} or reading.tag[token] != "NN" or place >= len(reading.sentences):
        return ()
    first, last = reading.sentences[place]
    while first < last and reading.pos[first] in {"SPACE", "PUNCT"}:
        first += 1
    member = next((one for one in cast.within(first, min(last, first + _NAMES)) if one.first <= first < one.last), None)
    titled = reading.lemma[first] == reading.lemma[token]
    if member is None and titled:
        member = next((one for one in cast.within(first, min(last, first + _NAMES)) if one.first == first + 1), None)
    if member is None or member.form != "name" or member.sort != "person" or member.last + 1 >= last:
        return ()
    told = any(ref.actor == member.refs[0].actor for one in cast.within(0, first) for ref in one.refs)
    aged = reading.word(member.last) == "," and reading.tag[member.last + 1] == "CD" and "a" in some
    return (member,) if (aged or titled) and not told and reading.dep[member.head] in {"nsubj", "nsubjpass"} else ()


def answered(reading: Reading, cast: Cast, verb: int) -> tuple[Member, ...]:
    """Return those whom the next sentence lists in answer to a question: "Who was freed? X, a nurse; Y; and Z"."""
    place = reading.sentence_of(verb)
    first, last = reading.sentences[place]
    asked = reading.word(last - 1) == "?" and reading.lemma[first] == "who"
    if not asked or place + 1 >= len(reading.sentences):
        return ()
    first, last = reading.sentences[place + 1]
    names = [one for one in cast.within(first, last) if one.form == "name" and one.sort == "person"]
    stops = [first, *(at + 1 for at in range(first, last) if reading.word(at) == ";"), last]
    if not names or names[0].first > first + 1 or len(stops) < 3:
        return ()
    chosen = [next((one for one in names if low <= one.first < high), None) for low, high in pairwise(stops)]
    return tuple(one for one in chosen if one is not None)


def counted_among(reading: Reading, cast: Cast, verb: int) -> tuple[Member, ...]:
    """Return those who are listed behind "among the pardoned were" or "those let go:", a name to each item.

    Where ";" parts the list, each item gives its first name, and the names joined to that one.
    """
    first, last = reading.sentences[reading.sentence_of(verb)]
    prep = reading.head[verb]
    if reading.dep[verb] == "acl" and reading.lemma[prep] in _THOSE:
        prep = reading.head[prep]
    among = reading.dep[verb] in {"pobj", "acl"} and reading.lemma[prep] in _AMONG
    among = among and reading.lemma[reading.head[prep]] == "be"
    those = verb > first and reading.lemma[verb - 1] in _THOSE
    colon = next((at for at in range(verb, last) if reading.word(at) == ":"), None)
    if not (among or (those and colon is not None)):
        return ()
    start = colon if colon is not None else verb
    names = [
        one for one in cast.within(start, min(last, start + _LIST))
        if one.form == "name" and one.sort == "person" and len(one.refs) == 1
    ]  # fmt: skip
    stops = [start, *(at + 1 for at in range(start, last) if reading.word(at) == ";"), last]
    found: list[Member] = []
    for low, high in pairwise(stops):
        inside = [one for one in names if low <= one.first < high]
        if inside and inside[0].first <= low + _NEAR_LIST:
            joined = conjuncts(reading, inside[0].head) if len(stops) == 2 else _side_by_side(reading, inside)
            found += [one for one in inside if one is inside[0] or one.head in joined]
    return tuple(found)


def goes_on(reading: Reading, subject: int, book: CustodyBook) -> bool:
    """Say whether it is told of this subject that he stays, is still or isn't: "X and Y remain", "X is still"."""
    verb = reading.head[subject]
    if reading.dep[subject] not in {"nsubj", "nsubjpass"}:
        return False
    still = any(reading.lemma[one] in _YET for one in reading.children(verb, "advmod"))
    return still or reading.lemma[verb] in book.words("stays") or reading.child(verb, "neg") is not None


def _side_by_side(reading: Reading, names: list[Member]) -> tuple[int, ...]:
    """Return the heads of the names that are joined to the first by nothing but "and" or a comma."""
    heads = [names[0].head]
    for left, right in pairwise(names):
        between = range(left.last, right.first)
        if not all(reading.pos[at] in {"PUNCT", "CCONJ"} for at in between) or len(between) > 2:
            break
        heads.append(right.head)
    return tuple(heads)


def _is_person(cast: Cast, member: Member) -> bool:
    """Say whether the member is one person whom the article calls by name somewhere."""
    if member.sort != "person" or len(member.refs) != 1:
        return False
    return member.form == "name" or (
        member.refs[0].name[:1].isupper()
        and any(
            other.form == "name" and other.refs and other.refs[0].actor == member.refs[0].actor
            for other in cast.members
        )
    )


def is_many(reading: Reading, member: Member) -> bool:
    """Say whether a "name" is that of a people or a faith: "six Protestants"."""
    return reading.tag[member.head] in _PLURAL or bool(reading.children(member.head, "nummod"))


def fuller(cast: Cast) -> dict[str, ActorRef]:
    """Return, for each person who is called by a part of exactly one longer name, the one of that longer name.

    Of two longer names the one counts that alone has been told before: who is named later is not meant yet.
    """
    names: dict[str, ActorRef] = {}
    place: dict[str, int] = {}
    for member in cast.members:
        if member.sort == "person" and len(member.refs) == 1 and member.refs[0].name[:1].isupper():
            names.setdefault(member.refs[0].actor, member.refs[0])
            place.setdefault(member.refs[0].actor, member.first)
    found: dict[str, ActorRef] = {}
    ends: dict[str, list[ActorRef]] = {}
    for ref in names.values():
        words = ref.name.split()
        for cut in range(1, len(words)):
            ends.setdefault(" ".join(words[cut:]).lower(), []).append(ref)
            if cut > 1:
                ends.setdefault(" ".join(words[:cut]).lower(), []).append(ref)
    for actor, ref in names.items():
        longer = [one for one in ends.get(ref.name.lower(), ()) if one.actor != actor]
        if len({one.actor for one in longer}) > 1:
            longer = [one for one in longer if place[one.actor] < place[actor]]
        if len({one.actor for one in longer}) == 1:
            found[actor] = msgspec.structs.replace(longer[0], mention=ref.mention)
    return found
