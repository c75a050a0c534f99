"""What a token's own clause says of how real it is: its helpers, negations, marks and tenses.

Comes in: a reading and the hedges (lexicon data). Goes out: what was found, collected on the way (`clause_scope`).
"""

from onrecord.extract.clause_tree import auxiliaries
from onrecord.lexicon.hedges import Effect, HedgeBook
from onrecord.model.reading import Reading
from onrecord.model.vocabulary import Modality

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
NEGATORS = frozenset({"not", "n't", "n’t", "never"})


def plain(reading: Reading, token: int) -> str:
    """Return the word in lower case."""
    return reading.word(token).lower()


class OwnClause:
    """Collects the hedges of one clause after another."""

    def __init__(self, reading: Reading, hedges: HedgeBook) -> None:
        self.reading, self.hedges = reading, hedges
        self.found: set[Modality] = set()
        self.denials = 0
        self.alleged = False

    def add(self, effect: Effect | None) -> None:
        """Take down one hedge's effect."""
        if effect == "denied":
            self.denials += 1
        elif effect == "alleged":
            self.alleged = True
        elif effect in {"planned", "called_for", "threatened", "hypothetical", "ongoing"}:
            self.found.add(effect)

    def own(self, token: int, below: int = -1) -> int:
        """Collect what the token's own clause says (`below` was asked before); return how often it is denied."""
        reading, hedges, denied = self.reading, self.hedges, 0
        helpers = auxiliaries(reading, token)
        words = {reading.lemma[helper] for helper in helpers}
        hung = (helper for helper in helpers if reading.head[helper] != token)
        for child in (*reading.children(token), *hung):
            if child == below:
                continue
            dep, word = reading.dep[child], plain(reading, child)
            if dep == "neg" or word in NEGATORS:
                denied += 1
            elif child in helpers:
                self._auxiliary(token, child, words)
            elif dep == "mark" or (dep == "advmod" and child < token):
                self.add(hedges.effect("mark", word))
                effect = hedges.effect("adverb", word)
                denied += effect == "denied"
                self.add(None if effect == "denied" else effect)
            elif dep in {"preconj", "cc"} and hedges.effect("determiner", word) == "denied" and child < token:
                denied += 1
            elif dep in SUBJECTS or dep == "dobj":
                denied += self.none_of(child)
            elif dep == "det" and hedges.effect("determiner", word) == "denied":
                denied += 1
        self._progressive(token, helpers)
        self.denials += denied
        return denied

    def none_of(self, noun: int) -> int:
        """Count the words by which a noun phrase names nobody ("no one", "neither army")."""
        reading = self.reading
        if self.hedges.effect("determiner", plain(reading, noun)) == "denied":
            return 1
        return any(
            reading.dep[child] in {"det", "preconj", "neg"}
            and self.hedges.effect("determiner", plain(reading, child)) == "denied"
            for child in reading.children(noun)
        )

    def _auxiliary(self, verb: int, helper: int, words: set[str]) -> None:
        reading, word = self.reading, plain(self.reading, helper)
        effect = self.hedges.effect("auxiliary", word)
        if word in {"would", "'d", "’d"} and reading.tag[helper] == "MD":
            effect = "hypothetical" if "have" in words or self._conditioned(verb) else effect
        if word == "to":
            effect = "planned" if reading.head[verb] == verb else None
        if word in {"had", "were", "should"} and self.inverted(verb, helper):
            effect = "hypothetical"
        self.add(effect)

    def _conditioned(self, verb: int) -> bool:
        reading = self.reading
        return any(
            self.hedges.effect("mark", plain(reading, mark)) == "hypothetical"
            for clause in reading.children(verb, "advcl")
            for mark in reading.children(clause, "mark")
        )

    def inverted(self, verb: int, helper: int) -> bool:
        """Say whether a helper stands before the subject as a condition's does ("had they signed")."""
        reading = self.reading
        subject = reading.child(verb, "nsubj", "nsubjpass", "expl")
        asked = reading.word(reading.sentences[reading.sentence_of(verb)][1] - 1) == "?"
        clauses = {"advcl", "ccomp"} if not asked else {"advcl"}
        return subject is not None and helper < subject and reading.dep[verb] in clauses

    def _progressive(self, token: int, helpers: tuple[int, ...]) -> None:
        """Find what goes on: "is shelling", "has been shelling", "has been on strike", "denies arming"."""
        reading = self.reading
        forms = {plain(reading, helper) for helper in helpers}
        perfect = bool(forms & {"has", "have", "'ve", "’ve", "'s", "’s"})
        if reading.tag[token] == "VBN" and reading.lemma[token] == "be" and perfect:
            self.found.add("ongoing")
        if reading.tag[token] != "VBG":
            return
        now = bool(forms & {"is", "are", "am", "'s", "’s", "'re", "’re", "'m", "’m"})
        above = reading.head[token]
        gerund = not helpers and reading.dep[token] == "xcomp" and reading.tag[above] in {"VBZ", "VBP"}
        if now or gerund or ("been" in forms and perfect):
            self.found.add("ongoing")
