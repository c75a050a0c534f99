"""How real a clause makes what it tells: planned, threatened, called for, hypothetical, denied.

The look goes from the token upwards, clause by clause, and collects the hedges (lexicon data) that stand over it. When
in doubt an act is less real, never more: a deed asserted that nobody told is the worst thing this program can do.
"""

import msgspec

from onrecord.extract.clause_hedges import SUBJECTS, OwnClause, plain
from onrecord.extract.clause_tree import auxiliaries, is_verb
from onrecord.lexicon.hedges import Effect, HedgeBook, HedgeSort
from onrecord.model.reading import Reading
from onrecord.model.vocabulary import Modality, Polarity

# From the most real to the least; of two hedges the less real wins.
_ORDER: tuple[Modality, ...] = ("happened", "ongoing", "planned", "called_for", "threatened", "hypothetical")
_CLAUSES = frozenset({"ccomp", "xcomp", "acl", "pcomp", "csubj", "csubjpass", "acomp"})
_OBJECTS = frozenset({"dobj", "attr", "oprd", "dative", "npadvmod"})
_DEPTH = 60


class Scope(msgspec.Struct, frozen=True):
    """What stands over a token. `alleged`: only as the content of an accusation."""

    modality: Modality
    polarity: Polarity
    alleged: bool = False


class _Walk(OwnClause):
    """One look upwards from a token."""

    def climb(self, token: int) -> None:
        """Go up from the token, hedge by hedge, until a boundary that no hedge reaches over."""
        reading, at, shares = self.reading, token, True
        self.own(token)
        for _ in range(_DEPTH):
            head, dep = reading.head[at], reading.dep[at]
            if head == at:
                self._root(at)
                return
            if dep in {"pobj", "pcomp"}:
                at_prep = head
                head = reading.head[head]
                if head == at_prep:
                    return
                go = self._through_preposition(at, at_prep, head)
            elif dep == "conj":
                go = True
                if self._finite(at) and reading.dep[head] == "xcomp" and self._yet_to_be_or_have(head):
                    head = reading.head[head]  # "was to have begun but was put off": no part of what was to be
                elif shares and self._shares(at, head):
                    self.own(head)
            elif dep in {"relcl", "amod"} or (dep == "acl" and self._to_be(at)):
                if dep != "amod" and (self._infinitive(at) or self._to_be(at)) and not self._numbered(head):
                    self.found.add("planned")
                return
            elif dep == "advcl":
                go = self._adverbial(at, head)
            elif dep in {"prep", "agent"}:
                go = True
            elif is_verb(reading, head):
                go = self._under_verb(at, head, dep)
            else:
                go = self._under_noun(at, head, dep)
            if not go:
                return
            at, shares = head, True

    def _root(self, at: int) -> None:
        reading = self.reading
        last = reading.subtree(at)[1] - 1
        if reading.word(last) == "?" or (last > 0 and reading.word(last - 1) == "?"):
            self.found.add("hypothetical")
        bare = reading.tag[at] == "VB" and not auxiliaries(reading, at)
        if bare and reading.child(at, "nsubj", "nsubjpass", "expl") is None:
            self.found.add("called_for")

    def _shares(self, at: int, head: int) -> bool:
        reading = self.reading
        if reading.child(at, "nsubj", "nsubjpass") is not None or auxiliaries(reading, at):
            return False
        same = reading.tag[at] == reading.tag[head]
        return same and (not is_verb(reading, at) or reading.tag[at] in {"VB", "VBN", "VBG"})

    def _over(self, sort: HedgeSort, head: int, *what: str) -> Effect | None:
        for word in _names(self.reading, head):
            for relation in what:
                effect = self.hedges.over(sort, word, relation)
                if effect is not None:
                    return effect
        return None

    def _under(self, at: int, head: int, effect: Effect) -> bool:
        """Add a hedge's effect, turned where the hedge itself is negated; say whether to go on upwards."""
        if effect == "none":
            return True
        before = self.denials
        denied = self.own(head, at) if is_verb(self.reading, head) else self.none_of(head)
        self.denials = before + (denied > 0)
        if effect == "happened":
            return False
        if effect == "unsaid":
            self.denials = before
            if denied:
                self.found.add("hypothetical")
            return True
        if effect == "denied" and denied:
            self.denials = before
            self.found.add("hypothetical")
            return True
        self.add(effect)
        return True

    def _under_verb(self, at: int, head: int, dep: str) -> bool:
        reading = self.reading
        if dep in _CLAUSES or (is_verb(reading, at) and dep in {"dobj", "oprd", "dep"}):
            if self.hedges.effect("mark", plain(reading, head)) is not None and reading.dep[head] in {"prep", "mark"}:
                self.found.add("hypothetical")
                return False
            if self._needed(at, head):
                self.found.add("called_for")
            effect = self._over("verb", head, "clause")
            if effect == "called_for" and dep == "ccomp" and self._tensed(at):
                # "insisted that it was so" claims; "insisted that it be so" calls for
                effect = "unsaid"
            if effect is not None:
                return self._under(at, head, effect)
            if reading.lemma[head] == "be" and self._to_have(at):
                # "was to have been freed": it was not
                self.found.add("hypothetical")
                return self._under(at, head, "enacted")
            if reading.lemma[head] == "be" and self._yet_to_be(at):
                self.found.add("planned")
                return self._under(at, head, "enacted")
            if self._yet_to_be(at):
                self.found.add("hypothetical")
            if dep in {"ccomp", "csubj"}:
                return self._under(at, head, "unsaid")
            return self._under(at, head, "enacted")
        if dep in SUBJECTS or dep in _OBJECTS:
            return self._argument(at, head, "subject" if dep == "nsubj" else "object")
        if dep == "advmod" and self._ahead(head):
            self.found.add("planned")
        return dep != "parataxis"

    def _argument(self, at: int, head: int, relation: str) -> bool:
        """Decide for a noun (what happens is named, not told) under the verb that it is an argument of."""
        if self.reading.lemma[head] == "be" and any(
            self._infinitive(child) for child in self.reading.children(head, "xcomp", "ccomp")
        ):
            self.found.add("planned")
        if self._supposed(head):
            self.found.add("hypothetical")
        if relation == "subject":
            for said in self.reading.children(head, "acomp", "attr", "oprd"):
                effect = self._over("adjective", said, "subject")
                if effect is not None:
                    return self._under(at, head, effect)
        effect = self._over("verb", head, relation)
        if effect is not None:
            return self._under(at, head, effect)
        if self._definite(at):
            if self._ahead(head):
                self.found.add("planned")
            return False
        self.own(head, at)
        return True

    def _supposed(self, verb: int) -> bool:
        """Say whether the verb's clause only supposes ("if the truce holds", "had the truce been renewed")."""
        reading = self.reading
        return any(
            self.hedges.effect("mark", plain(reading, mark)) == "hypothetical"
            for mark in reading.children(verb, "mark", "advmod") if mark < verb
        ) or any(
            plain(reading, helper) in {"had", "were", "should"} and self.inverted(verb, helper)
            for helper in (*auxiliaries(reading, verb), *self._had(verb))
        )  # fmt: skip

    def _had(self, verb: int) -> tuple[int, ...]:
        """Return the "had" that the parser took for the verb above ("Had the truce been renewed, ...")."""
        reading, head = self.reading, self.reading.head[verb]
        alone = reading.dep[verb] == "ccomp" and head < verb and reading.child(head, *SUBJECTS, "expl") is None
        return (head,) if alone else ()

    def _definite(self, noun: int) -> bool:
        reading = self.reading
        return any(
            reading.dep[child] == "poss" or plain(reading, child) in {"the", "this", "that", "these", "those"}
            for child in reading.children(noun, "poss", "det")
        )

    def _infinitive(self, at: int) -> bool:
        reading = self.reading
        return reading.tag[at] == "VB" and any(reading.lemma[child] == "to" for child in reading.children(at, "aux"))

    def _tensed(self, at: int) -> bool:
        """Say whether the clause is a plain statement: "that it was", "that he has"."""
        reading = self.reading
        verbs = (at, *reading.children(at, "aux", "auxpass"))
        modal = any(reading.tag[one] == "MD" for one in verbs)
        told = any(reading.tag[one] in {"VBD", "VBZ"} for one in verbs)
        return told and not modal and any(reading.lemma[mark] == "that" for mark in reading.children(at, "mark"))

    def _numbered(self, noun: int) -> bool:
        """Say whether the noun is one of a row, of which the infinitive tells a fact: "the sixth to be freed"."""
        reading = self.reading
        marks = (noun, *reading.children(noun, "amod", "advmod"))
        return any(reading.tag[one] in {"JJS", "RBS"} or reading.lemma[one] in _ROW for one in marks)

    def _to_be(self, at: int) -> bool:
        """Say whether it is a passive infinitive: "called for him to be freed"."""
        reading = self.reading
        marks = {reading.lemma[child] for child in reading.children(at, "aux", "auxpass")}
        return reading.tag[at] == "VBN" and {"to", "be"} <= marks

    def _yet_to_be(self, at: int) -> bool:
        """Say whether it is an infinitive, active or passive, and not a perfect one ("is said to have been freed")."""
        return self._infinitive(at) or (
            self._to_be(at) and not any(self.reading.lemma[one] == "have" for one in auxiliaries(self.reading, at))
        )

    def _finite(self, at: int) -> bool:
        """Say whether the verb is told in the past or present by itself or its helper: "was put off", "has gone"."""
        reading, tags = self.reading, {"VBD", "VBZ", "VBP"}
        helpers = auxiliaries(reading, at)
        return reading.tag[at] in tags - {"VBP"} or any(reading.tag[one] in tags for one in helpers)

    def _yet_to_be_or_have(self, at: int) -> bool:
        return self._yet_to_be(at) or self._to_have(at)

    def _to_have(self, at: int) -> bool:
        """Say whether it is a perfect infinitive: "to have been freed", "to have signed"."""
        reading = self.reading
        marks = {reading.lemma[one] for one in auxiliaries(reading, at)}
        return reading.tag[at] == "VBN" and {"to", "have"} <= marks

    def _needed(self, at: int, head: int) -> bool:
        """Say whether it has yet to be done: "has to be freed", "said he had to be freed before he could speak"."""
        reading = self.reading
        if reading.lemma[head] != "have" or reading.dep[at] != "xcomp" or not self._yet_to_be(at):
            return False
        if reading.tag[head] != "VBD":
            return True
        first = any(
            plain(reading, mark) == "before"
            for verb in (at, head) for clause in reading.children(verb, "advcl")
            for mark in reading.children(clause, "mark")
        )  # fmt: skip
        # "said they had to fire": they did
        own = any(reading.pos[who] == "PRON" for who in reading.children(head, "nsubj")) and not self._to_be(at)
        return first or (reading.dep[head] == "ccomp" and not own)

    def _under_noun(self, at: int, head: int, dep: str) -> bool:
        reading = self.reading
        sort: HedgeSort = "adjective" if reading.pos[head] == "ADJ" else "noun"
        if dep == "acl" and not self._infinitive(at) and reading.tag[at] != "VB":
            if reading.child(at, "mark") is not None:
                effect = self._over(sort, head, "clause")
                if effect is None and self._disowned(head):
                    self.found.add("hypothetical")
                return effect is not None and self._under(at, head, effect)
            above = reading.head[head]
            return reading.dep[head] == "dobj" and reading.lemma[above] in _SMALL_CLAUSE
        if dep in {"nsubj", "poss", "nummod", "det"}:
            return False
        effect = self._over(sort, head, "clause" if dep in _CLAUSES else "object")
        if effect is not None:
            return self._under(at, head, effect)
        if self._infinitive(at):
            self.found.add("hypothetical")
        return True

    def _disowned(self, noun: int) -> bool:
        """Say whether what the noun tells is said to be wrong: "reports that ... were false", "denied reports that"."""
        verb, dep = self.reading.head[noun], self.reading.dep[noun]
        if dep in {"dobj", "nsubjpass"}:
            return self._over("verb", verb, "object") in {"denied", "hypothetical"}
        told = self.reading.children(verb, "acomp", "attr", "oprd") if dep == "nsubj" else ()
        return any(self._over("adjective", one, "subject") in {"denied", "hypothetical"} for one in told)

    def _through_preposition(self, at: int, prep: int, head: int) -> bool:
        reading, word = self.reading, self.reading.lemma[prep]
        effect = self.hedges.effect("preposition", word)
        if effect is not None:
            self.add(effect)
        verb = is_verb(reading, head)
        sort: HedgeSort = "verb" if verb else ("adjective" if reading.pos[head] == "ADJ" else "noun")
        effect = self._over(sort, head, word)
        if effect is not None:
            return self._under(at, head, effect)
        if self.hedges.effect("time preposition", plain(reading, prep)) is not None:
            return False
        if not verb:
            return True
        if reading.dep[at] == "pcomp":
            return self._under(at, head, "enacted")
        if self._definite(at):
            if self._ahead(head):
                self.found.add("planned")
            return False
        self.own(head, at)
        return True

    def _adverbial(self, at: int, head: int) -> bool:
        reading = self.reading
        marks = [plain(reading, mark) for mark in reading.children(at, "mark", "advmod") if mark < at]
        if self._infinitive(at) or self._to_be(at) or (reading.tag[at] == "VB" and "to" in marks):
            effect = self._over("verb", head, "clause")
            if effect is None:
                self.found.add("hypothetical")
                return self._under(at, head, "enacted")
            return self._under(at, head, effect)
        if any(self.hedges.effect("mark", mark) == "hypothetical" for mark in marks):
            return False
        if marks:
            if self._ahead(head):
                self.found.add("planned")
            return False
        if reading.tag[at] in {"VBG", "VBN"}:
            return self._under(at, head, self._over("verb", head, "clause") or "enacted")
        return False

    def _ahead(self, verb: int) -> bool:
        reading = self.reading
        return any(
            self.hedges.effect("auxiliary", plain(reading, helper)) == "planned"
            for helper in auxiliaries(reading, verb)
        )


_ROW = frozenset(
    {"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "last", "latest",
     "next", "only", "one", "another"}
)  # fmt: skip
_SMALL_CLAUSE = frozenset({"see", "have", "get", "want", "need"})


def _names(reading: Reading, head: int) -> tuple[str, ...]:
    lemma = reading.lemma[head]
    particles = tuple(f"{lemma} {reading.lemma[child]}" for child in reading.children(head, "prt"))
    return (*particles, lemma)


def scope(reading: Reading, token: int, hedges: HedgeBook) -> Scope:
    """Say what stands over the token: how real, whether denied, whether only alleged."""
    walk = _Walk(reading, hedges)
    walk.climb(token)
    real: Modality = max(walk.found, key=_ORDER.index) if walk.found else "happened"
    if walk.denials == 2:
        real = "hypothetical"
    return Scope(real, "denied" if walk.denials % 2 else "asserted", walk.alleged)


def modality(reading: Reading, token: int, hedges: HedgeBook) -> tuple[Modality, Polarity]:
    """Say how real the clause makes what this token tells, and whether it is denied."""
    found = scope(reading, token, hedges)
    return found.modality, found.polarity
