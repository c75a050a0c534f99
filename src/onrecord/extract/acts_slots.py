"""Where a trigger's companions stand: subject, object, owner, prepositions ..., by the names that rules use.

Comes in: a reading, the rules' word lists and a trigger. Goes out: head tokens, coordination included.
"""

from collections.abc import Iterator

from onrecord.extract.clause import (
    agent_of,
    conjuncts,
    is_passive,
    is_verb,
    object_of,
    preposition,
    subject_of,
)
from onrecord.lexicon.acts import ActBook
from onrecord.model.reading import Reading

_CARRIED = frozenset({"against", "with", "between"})
_MOST = 60
_LEADS = frozenset({"in", "by", "to", "during", "after"})
_LOOSE = ("advmod", "prep", "acomp", "oprd", "ccomp", "xcomp")


class Places:
    """Where a trigger's companions stand, looked up by the names that rules use."""

    def __init__(self, reading: Reading, book: ActBook, token: int, *, noun: bool) -> None:
        self.reading, self.book, self.token, self.noun = reading, book, token, noun
        self.carrier = _carrier(reading, book, token) if noun else None
        self._found: dict[str, tuple[int, ...]] = {}

    def at(self, name: str) -> tuple[int, ...]:
        """Return the head tokens that stand in this place, coordination included."""
        if name not in self._found:
            self._found[name] = self._look(name)
        return self._found[name]

    def _look(self, name: str) -> tuple[int, ...]:
        reading, token = self.reading, self.token
        match name:
            case "subject":
                return self._subject()
            case "object":
                return () if self.noun else self._objects()
            case "owner":
                return self._owner() if self.noun else ()
            case "beneficiary":
                return tuple(
                    more for child in reading.children(token, "dative") for more in conjuncts(reading, child)
                    if reading.pos[child] != "ADP"
                )  # fmt: skip
            case "above":
                return (reading.head[token],) if reading.dep[token] in {"acl", "relcl", "amod", "appos"} else ()
            case "clause":
                return tuple(
                    inner for child in (*reading.children(token, "xcomp", "ccomp", "advcl", "acl"), *self._gerunds())
                    for inner in (child, *reading.children(child, "dobj"))
                )  # fmt: skip
            case "party":
                return tuple(
                    more for subject in subject_of(reading, token)
                    for more in (
                        *preposition(reading, subject, "between", "with", "of"),
                        *reading.children(subject, "poss", "compound", "amod"),
                    )
                )  # fmt: skip
            case "content":
                return self._content()
            case "bare":
                return () if self._objects() or reading.child(token, "ccomp", "xcomp") is not None else (token,)
            case "infinitive":
                return self._infinitives()
            case "second":
                return reading.children(token, "dobj")
            case "embedded":
                return tuple(
                    more for child in reading.children(token, "ccomp", "xcomp")
                    for subject in reading.children(child, "nsubj", "nsubjpass") for more in conjuncts(reading, subject)
                )  # fmt: skip
            case "embedded with":
                return tuple(
                    more for subject in self.at("embedded") for more in preposition(reading, subject, "with", "between")
                )
            case "toward":
                return self._inner("to", "for", "on", "with")
            case "inner":
                return self._inner()
            case "modifier":
                heads = (token,) if self.noun else self._objects()
                return tuple(
                    child for head in heads for child in reading.children(head, "amod", "compound", "nmod", "poss")
                )
            case "head":
                return (reading.head[token], *((self.carrier,) if self.carrier is not None else ()))
            case "any":
                return self._any()
        return self._prepositions(name)

    def behind(self, name: str) -> tuple[int, ...]:
        """Return what stands behind a pronoun or a measure in the object's place ("$6bn of revenue", "them")."""
        reading = self.reading
        found: list[int] = []
        if name != "object" or self.noun:
            return ()
        for token in self.at("object"):
            if reading.pos[token] in {"NUM", "SYM"} or reading.lemma[token] in self.book.words("container"):
                found += preposition(reading, token, "of")
            elif reading.pos[token] == "PRON" and reading.dep[self.token] in {"advcl", "conj"}:
                found += reading.children(reading.head[self.token], "nsubj", "nsubjpass", "dobj")
        return tuple(found)

    def _content(self) -> tuple[int, ...]:
        reading = self.reading
        found: list[int] = []
        said = [
            *reading.children(self.token, "ccomp", "xcomp", "oprd", "attr"),
            *reading.children(self.token, "dobj")[1:],
        ]
        said += [
            child for prep in reading.children(self.token, "prep") if reading.lemma[prep] == "as"
            for child in reading.children(prep, "pobj", "amod", "pcomp")
        ]  # fmt: skip
        for child in said:
            first, last = reading.subtree(child)
            found += range(first, min(last, first + 60))
        return tuple(found)

    def _infinitives(self) -> tuple[int, ...]:
        reading = self.reading
        return tuple(
            child for top in (self.token, *reading.children(self.token, "acomp"))
            for child in reading.children(top, "xcomp", "ccomp", "advcl")
            if reading.tag[child] == "VB"
            and any(reading.lemma[helper] == "to" for helper in reading.children(child, "aux"))
        )  # fmt: skip

    def _any(self) -> tuple[int, ...]:
        top = self.carrier if self.carrier is not None else self.token
        found = []
        for child in (*self.reading.children(top), *self.reading.children(self.token)):
            found.append(child)
            found += self.reading.children(child)
            for inner in self.reading.children(child, "pobj", "pcomp", "dobj", "prep"):
                found += self.reading.children(inner)
        return tuple(found[:80])

    def _inner(self, *names: str) -> tuple[int, ...]:
        """Return whom the thing promised or threatened is to fall on ("threatened to impose tariffs on ...")."""
        reading = self.reading
        itself = not names
        names = names or ("on", "against", "at", "with")
        found: list[int] = []
        for clause in (*self.at("clause"), *self._infinitives()):
            for one in conjuncts(reading, clause):
                found += preposition(reading, one, *names)
                if is_verb(reading, one):
                    for named in object_of(reading, one):
                        found += [*((named,) if itself else ()), *preposition(reading, named, *names)]
        return tuple(dict.fromkeys(found))

    def _gerunds(self) -> tuple[int, ...]:
        return tuple(
            inner
            for prep in self.reading.children(self.token, "prep")
            for inner in self.reading.children(prep, "pcomp")
        )

    def _subject(self) -> tuple[int, ...]:
        reading = self.reading
        if not self.noun:
            return subject_of(reading, self.token) or self._strayed()
        if self.carrier is None:
            return ()
        if reading.dep[self.token] == "nsubj":
            return ()
        return subject_of(reading, self.carrier)

    def _strayed(self) -> tuple[int, ...]:
        """Return the subject of a past tense that the parser took for an adjective ("X on Monday rejected talk of")."""
        reading, head = self.reading, self.reading.head[self.token]
        if reading.tag[self.token] != "VBD" or reading.dep[self.token] != "amod":
            return ()
        before = [child for child in reading.children(head, "dep", "nsubj", "nmod", "npadvmod") if child < self.token]
        return conjuncts(reading, before[0]) if before and reading.pos[before[0]] in {"PROPN", "NOUN", "PRON"} else ()

    def _objects(self) -> tuple[int, ...]:
        reading = self.reading
        if reading.dep[self.token] == "amod":
            return (reading.head[self.token],)
        for child in reading.children(self.token, "ccomp"):
            if any(reading.tag[what] == "WP" for what in reading.children(child, "dobj")):
                return tuple(reading.children(child, "oprd"))
        found = object_of(reading, self.token)
        if self.token > 0 and reading.lemma[self.token - 1] in {"all", "both"} and reading.tag[self.token] == "VBN":
            found = tuple(more for one in found for more in self._everybody(one))
        after = self.token + 1
        if not found and after < len(reading) and reading.head[after] == self.token and reading.tag[after] == "VBG":
            return tuple(reading.children(after, "dobj"))
        return found

    def _everybody(self, token: int) -> tuple[int, ...]:
        """Return all of "A, B and C, all abducted in May", whichever of them the parser hung the participle on."""
        reading = self.reading
        if reading.lemma[token] in {"all", "both"}:
            token = reading.head[token]
        for _ in range(8):
            above = reading.head[token]
            listed = reading.dep[token] == "appos" and reading.pos[token] == reading.pos[above] == "PROPN"
            if reading.dep[token] != "conj" and not listed:
                break
            token = above
        found = list(conjuncts(reading, token))
        for one in found:  # grows as it is read
            names = (more for more in reading.children(one, "appos", "conj") if reading.pos[more] == "PROPN")
            found += [more for more in names if more not in found and len(found) < _MOST]
        return tuple(found)

    def _owner(self) -> tuple[int, ...]:
        reading = self.reading
        before = owner_before(reading, self.token)
        found: list[int] = [] if before is None else [before]
        for head in (self.token, *_containers(reading, self.book, self.token)):
            for child in reading.children(head, "poss", "amod", "compound", "nmod"):
                found += conjuncts(reading, child)
            for prep in reading.children(head, "prep", "agent"):
                if reading.lemma[prep] == "by":
                    found += [more for child in reading.children(prep, "pobj") for more in conjuncts(reading, child)]
            found += [
                agent for clause in reading.children(head, "acl") if is_passive(reading, clause)
                for agent in agent_of(reading, clause)
                if reading.lemma[clause] in self.book.words("light")
            ]  # fmt: skip
        return tuple(found)

    def _prepositions(self, name: str) -> tuple[int, ...]:
        reading = self.reading
        found = list(preposition(reading, self.token, name))
        if self.noun:
            for doer in preposition(reading, self.token, "by"):
                found += preposition(reading, doer, name)
            for head in _containers(reading, self.book, self.token):
                found += [other for other in preposition(reading, head, name) if other != self.token]
            if self.carrier is not None and reading.dep[self.token] in {"dobj", "nsubjpass", "nsubj"}:
                found += [other for other in preposition(reading, self.carrier, name) if other != self.token]
        else:
            for child in reading.children(self.token, "dobj", "nsubjpass", "prt", "acomp", "oprd", "prep", "advmod"):
                found += preposition(reading, child, name)
            if name in _CARRIED:
                for prep in reading.children(self.token, "prep"):
                    for inside in reading.children(prep, "pobj"):
                        found += preposition(reading, inside, name)
        return tuple(dict.fromkeys(found))


def owner_before(reading: Reading, token: int) -> int | None:
    """Return whose deed a gerund is that the parser took for a clause of the noun before it ("in police firing")."""
    head = reading.head[token]
    if reading.tag[token] != "VBG" or reading.dep[token] != "acl" or head != token - 1 or reading.pos[head] != "NOUN":
        return None
    loose = reading.child(token, "dobj", "ccomp", "xcomp", "aux", "prt") is not None
    bare = reading.child(head, "det", "poss", "amod", "nummod") is None
    led = reading.dep[head] == "pobj" and reading.lemma[reading.head[head]] in _LEADS
    return head if bare and led and not loose else None


def _containers(reading: Reading, book: ActBook, noun: int) -> Iterator[int]:
    """Yield the nouns that only measure this one out ("a round of talks", "the third day of strikes")."""
    at = noun
    for _ in range(3):
        prep = reading.head[at]
        if reading.dep[at] != "pobj" or reading.lemma[prep] != "of":
            return
        at = reading.head[prep]
        if reading.lemma[at] not in book.words("container"):
            return
        yield at


def _carrier(reading: Reading, book: ActBook, noun: int) -> int | None:
    """Return the light verb that carries the noun ("carried out a strike"), or the verb of occurring above it."""
    at = noun
    for container in _containers(reading, book, noun):
        at = container
    for _ in range(3):
        if reading.dep[at] != "conj":
            break
        at = reading.head[at]
    head, dep = reading.head[at], reading.dep[at]
    if dep == "pobj" and reading.lemma[head] == "in":
        head = reading.head[head]
        dep = "dobj"
    if reading.lemma[head] in book.words("suffering"):
        return None
    if head == at or not is_verb(reading, head):
        if reading.dep[noun] == "pobj":
            return None
        for clause in reading.children(noun, "acl", "relcl"):
            if reading.lemma[clause] in book.words("light"):
                return clause
        return None
    if dep in {"dobj", "nsubjpass"} and verb_names(reading, head)[0] in book.words("light"):
        return head
    if dep in {"dobj", "nsubjpass"} and reading.lemma[head] in book.words("light"):
        return head
    if dep == "nsubj" and reading.lemma[head] in book.words("occurring"):
        return head
    return None


def verb_names(reading: Reading, token: int) -> tuple[str, ...]:
    """Return the names by which rules may know a verb: its lemma, alone and with what may be its particle."""
    lemma = reading.lemma[token]
    particles = [reading.lemma[child] for child in reading.children(token, "prt")]
    if not particles:
        taken = reading.child(token, "dobj", "oprd") is not None
        loose = [
            reading.lemma[child] for child in reading.children(token, *_LOOSE) if token < child <= token + 8
            if reading.dep[child] not in {"ccomp", "xcomp", "prep"}
            or (_plain_verb(reading, child) if reading.dep[child] != "prep" else not taken)
        ] + [
            reading.lemma[mark] for child in reading.children(token, "ccomp", "advcl", "xcomp") if token < child
            for mark in reading.children(child, "mark") if mark == token + 1 and reading.lemma[mark] == "for"
        ]  # fmt: skip
        return (lemma, *(f"{lemma} {particle}" for particle in loose))
    return tuple(f"{lemma} {particle}" for particle in particles)


def _plain_verb(reading: Reading, token: int) -> bool:
    """Say whether a clause's verb stands without "to" and helpers ("let them go", "let them through")."""
    if reading.tag[token] in {"IN", "RP", "RB"}:
        return True
    return reading.tag[token] == "VB" and reading.child(token, "aux", "auxpass") is None
