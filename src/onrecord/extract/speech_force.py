"""The force of a statement where the cue is a plain one: what the content's own form makes certain.

Comes in: a scene, a draft with its content, the speaker, the cast. Goes out: a force. Where no form of the book fits,
the cue's own force stays.
"""

from onrecord.extract import clause
from onrecord.extract.speech_indirect import content_of
from onrecord.extract.speech_scene import Draft, Scene
from onrecord.lexicon.speech import ForceRule
from onrecord.model.cast import Cast
from onrecord.model.mention import ActorRef
from onrecord.model.vocabulary import Force

_SIDES = frozenset({"state", "government", "armed_group"})
_WILL = frozenset({"will", "'ll", "’ll", "shall", "wo"})
_PAST = frozenset({"VBD", "VBN"})
_LONGEST = 400


class Forces:
    """Asks the content of drafts for their force."""

    def __init__(self, scene: Scene, cast: Cast) -> None:
        """Take the scene and the cast; `of` is asked for each statement."""
        self.scene, self.cast, self.reading = scene, cast, scene.reading

    def of(self, draft: Draft, speaker: ActorRef | None) -> Force:
        """Return the force of a statement with this content by this speaker."""
        plain: Force = "say" if draft.carried is not None else draft.cue.force
        if plain not in {"say", "promise"} or draft.negated:
            return plain
        spans = [self.reading.tokens_in(start, end) for start, end in draft.content]
        tokens = [at for first, last in spans for at in range(first, min(last, first + _LONGEST))]
        roots = self._roots(tokens)
        for rule in self.scene.book.forces:
            if (rule.form == "vow") != (plain == "promise"):
                continue
            found = self._fits(rule, draft, speaker, tokens, roots)
            if found is not None:
                return found
        return plain

    def _fits(
        self, rule: ForceRule, draft: Draft, speaker: ActorRef | None, tokens: list[int], roots: list[int]
    ) -> Force | None:
        reading, words = self.reading, rule.words
        if rule.form in {"label", "vow"}:
            meant = rule.form == "vow" or draft.rule.endswith("/label")
            negated = any(reading.dep[at] == "neg" for at in tokens)
            return rule.force if meant and not negated and self._holds(tokens, words) else None
        if rule.form == "insisted":
            cue = draft.hit is not None and reading.lemma[draft.hit.anchor] in words
            return rule.force if cue and any(self._denied(root) for root in roots[:1]) else None
        if rule.form == "none_there":
            none = draft.direct and sum(reading.lemma[at] == "no" for at in tokens) > 1 and not self._finite(tokens)
            opening = [reading.word(at).lower() for at in tokens if reading.pos[at] != "PUNCT"][:3]
            none = none or opening[:2] == ["not", "one"] or opening == ["not", "a", "single"]
            return rule.force if none or any(self._none_there(root) for root in roots) else None
        for root in roots:
            if rule.form == "performative":
                force = self._performed(root)
                if force is not None:
                    return force
            elif self._clause_fits(rule, draft, speaker, root):
                return rule.force
        return None

    def _clause_fits(self, rule: ForceRule, draft: Draft, speaker: ActorRef | None, root: int) -> bool:
        reading, form = self.reading, rule.form
        listed = reading.lemma[root] in rule.words
        negated = reading.child(root, "neg") is not None
        if form == "obligation":
            return self._must(rule, root) and not negated
        if form == "deed":
            return listed and not negated and self._is_deed(root, speaker, draft)
        own = self._is_own(root, speaker, direct=draft.direct)
        if form == "willing":
            said = [at for at in reading.children(root, "acomp") if reading.lemma[at] in rule.words]
            return own and not negated and any(reading.child(at, "xcomp") is not None for at in said)
        if not self._will(root, direct=draft.direct) or reading.child(root, "auxpass", "nsubjpass") is not None:
            return False
        marks = {reading.lemma[m] for at in reading.children(root, "advcl") for m in reading.children(at, "mark")}
        if form == "ultimatum":
            return negated and not listed and bool(marks & {"until", "unless"})
        if form == "harm":
            return own and listed and not negated and bool(marks & {"if", "unless", "until"})
        if form == "refusal":
            return own and listed and negated
        return own and not listed and not negated and not marks & {"if", "unless", "until"}

    def _roots(self, tokens: list[int]) -> list[int]:
        """Return the main verbs of a content, one a sentence."""
        inside, reading = set(tokens), self.reading
        return [
            at
            for at in tokens
            if clause.is_verb(reading, at) and (reading.head[at] == at or reading.head[at] not in inside)
        ][:8]

    def _subjects(self, root: int) -> tuple[int, ...]:
        return self.reading.children(root, "nsubj", "nsubjpass")

    def _is_own(self, root: int, speaker: ActorRef | None, *, direct: bool) -> bool:
        """Say whether the clause's subject is the speaker, or the speaker's own ("we", "our men", "its army")."""
        reading, book = self.reading, self.scene.book
        for subject in self._subjects(root):
            for at in (subject, *reading.children(subject, "poss")):
                if direct and self.scene.is_quoted(at):
                    if book.is_in("first_person", reading.word(at).lower()):
                        return True
                elif speaker is not None and any(ref.actor == speaker.actor for ref in self.cast.refs_at(at)):
                    return True
        return False

    def _will(self, root: int, *, direct: bool) -> bool:
        words = {self.reading.word(at).lower() for at in self.reading.children(root, "aux")}
        return bool(words & _WILL) or (not direct and bool(words & {"would", "'d", "’d"}))

    def _performed(self, root: int) -> Force | None:
        """Return the force of "we demand ...", said by whom it is about, now."""
        reading = self.reading
        if reading.tag[root] not in {"VBP", "VB"} or reading.children(root, "aux", "neg"):
            return None
        if not any(reading.word(at).lower() in {"i", "we"} for at in self._subjects(root)):
            return None
        for hit in self.scene.hits_in(root, root + 1):
            found = content_of(self.scene, hit)
            if found is not None and not found[0].thought and found[0].force not in {"say", "report", "ask"}:
                return found[0].force
        return None

    def _denied(self, root: int) -> bool:
        reading = self.reading
        if reading.child(root, "neg") is not None:
            return True
        nouns = (*self._subjects(root), *reading.children(root, "dobj", "attr"))
        return any(self._is_no(at) for at in nouns)

    def _is_no(self, noun: int) -> bool:
        reading = self.reading
        first = reading.subtree(noun)[0]
        return reading.lemma[noun] == "none" or (
            reading.lemma[first] in {"no", "none", "neither"} and reading.dep[first] in {"det", "preconj", "nsubj"}
        )

    def _none_there(self, root: int) -> bool:
        """Say whether the clause says that a thing was not so: "there was no ...", "there are none"."""
        reading = self.reading
        past = reading.tag[root] == "VBD" or any(reading.lemma[at] == "have" for at in reading.children(root, "aux"))
        attributes = reading.children(root, "attr", "nsubj")
        if reading.child(root, "expl") is not None and not reading.children(root, "advcl", "prep"):
            return any(reading.lemma[at] == "none" or (past and self._is_no(at)) for at in attributes)
        return False

    def _must(self, rule: ForceRule, root: int) -> bool:
        reading = self.reading
        helpers = reading.children(root, "aux")
        if not any(reading.lemma[at] in rule.words for at in helpers):
            return False
        epistemic = reading.lemma[root] == "be" or any(reading.lemma[at] == "have" for at in helpers)
        own = any(self.scene.book.is_in("first_person", reading.word(at).lower()) for at in self._subjects(root))
        return not epistemic and not own and bool(self._subjects(root))

    def _is_deed(self, root: int, speaker: ActorRef | None, draft: Draft) -> bool:
        """Say whether one side says that another did this."""
        reading = self.reading
        if reading.tag[root] not in _PAST or clause.is_passive(reading, root) or speaker is None:
            return False
        if not any(self._side(head) for head in draft.speakers):
            return False
        for subject in self._subjects(root):
            members = self.cast.within(*reading.subtree(subject))
            others = [member for member in members if member.refs and member.sort in _SIDES]
            actors = {ref.actor for member in others for ref in member.refs}
            countries = {ref.country for member in others for ref in member.refs if ref.country}
            if actors and speaker.actor not in actors | countries and speaker.country not in actors | countries:
                return True
        return False

    def _side(self, head: int) -> bool:
        member = self.cast.member_at(head)
        return member is not None and member.sort in _SIDES

    def _holds(self, tokens: list[int], words: tuple[str, ...]) -> bool:
        reading = self.reading
        return any(reading.lemma[at] in words or reading.word(at).lower() in words for at in tokens)

    def _finite(self, tokens: list[int]) -> bool:
        return any(self.reading.tag[at] in {"VBD", "VBZ", "VBP", "MD"} for at in tokens)
