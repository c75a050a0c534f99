"""What is seen and not taken: each refusal has its code and its words."""

from onrecord.extract import clause
from onrecord.extract.acts_domain import Domain
from onrecord.extract.acts_match import Hit
from onrecord.extract.acts_role import Role
from onrecord.extract.acts_roles import Roles
from onrecord.model.claim import Figure
from onrecord.model.reading import Reading
from onrecord.model.vocabulary import Modality, Polarity

_VERBAL = frozenset({"AGREE", "SUPPORT", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})
_OF_THE_LAW = frozenset({"COERCE", "RETREAT", "CONCEDE", "SANCTION", "ACCUSE"})
_ENDS = (".", "!", "”", '"', "’", "'", ":", ")", "…", ";", "?")


class Sieve:
    """Says of a hit why it is no act of its own, or nothing."""

    def __init__(self, reading: Reading, roles: Roles, domain: Domain) -> None:
        self.reading, self.roles, self.domain = reading, roles, domain
        self.words = roles.book.words

    def refusal(
        self,
        hit: Hit,
        actors: tuple[Role, ...],
        targets: tuple[Role, ...],
        counts: list[Figure],
        *,
        placed: bool = False,
    ) -> tuple[str, str] | None:
        """Return the code and the words of a refusal, or None."""
        if self._heading(hit.token):
            return "R305", "a heading: the text below tells it"
        everyone = (*actors, *targets)
        hurt = any(figure.what in {"killed", "injured"} for figure in counts)
        held = hit.rule.type in _OF_THE_LAW and (hit.rule.victims or any(role.named for role in targets)) and targets
        if self.domain.trade and not self.roles.powers(everyone):
            return "R305", "business is told here"
        if self.domain.game or (self.domain.passage_of_game(hit.token) and not self.roles.powers(actors)):
            return "R305", "a game is told here"
        if hit.rule.type == "ASSAULT" and not counts and self._of_words(hit, actors, targets):
            return "R305", "an attack in words, as it seems"
        if hit.rule.type == "ASSAULT" and not actors and self.domain.disaster(hit.token):
            return "R305", "an accident or a disaster is told here"
        if self.reading.dep[hit.token] == "amod" and not actors and not any(role.named for role in targets):
            return "R302", "only described so, and nobody is named"
        if not everyone:
            struck = placed and hit.rule.type == "ASSAULT" and clause.is_verb(self.reading, hit.token)
            if hit.rule.victims and (hurt or counts or struck):
                return None
            return "R302", "nobody is named"
        if hit.rule.type != "PROTEST" and not (held or counts) and not any(role.political for role in everyone):
            return "R302", "nobody of politics or conflict is named"
        if hit.rule.weak and not (actors and (targets or (hit.rule.reciprocal and len(actors) > 1))):
            return "R302", "only one side is named"
        if hit.rule.reciprocal and len(actors) < 2 and not hit.rule.victims and not any(role.named for role in actors):
            return "R302", "only one side is named"
        if not actors and hit.rule.type in _VERBAL and not hit.rule.victims:
            return "R302", "no doer is named"
        if not actors and not hit.rule.victims and not any(role.named for role in targets):
            return "R302", "no doer is named"
        return None

    def _of_words(self, hit: Hit, actors: tuple[Role, ...], targets: tuple[Role, ...]) -> bool:
        """Say whether what is told as an attack is one on a politician in words."""
        if self.reading.lemma[hit.token] not in self.words("figurative"):
            return False
        persons = [self._person(role) for role in (*actors, *targets)]
        return any(persons) and (self.domain.campaign or (bool(actors) and all(persons)))

    def _person(self, role: Role) -> bool:
        span = role.ref.mention
        token = clause.head_of(self.reading, span.start, span.end) if span is not None else None
        member = self.roles.cast.member_at(token) if token is not None else None
        return member is not None and member.sort == "person" and role.named

    def too_faint(self, hit: Hit, modality: Modality, polarity: Polarity, actors: tuple[Role, ...]) -> str | None:
        """Say why a mention is too faint to be an act of its own: a thing talked about, an agreement refused."""
        bare = not clause.is_verb(self.reading, hit.token) and hit.carrier is None
        if bare and self.reading.dep[hit.token] == "ROOT" and all(role.inferred for role in actors):
            return "a fragment without a verb"
        gerund = self.reading.tag[hit.token] == "VBG"
        if (bare or gerund) and modality == "hypothetical" and polarity == "asserted":
            return "only talked about"
        if bare and modality == "called_for" and not actors:
            return "only called for, of nobody"
        if hit.rule.type in {"AGREE", "CONCEDE"} and polarity == "denied":
            return "a refusal is told, not this"
        infinitive = any(self.reading.lemma[one] == "to" for one in clause.auxiliaries(self.reading, hit.token))
        if hit.rule.type == "AGREE" and infinitive and modality != "happened":
            return "no agreement yet"
        return None

    def _heading(self, token: int) -> bool:
        reading = self.reading
        start, end = reading.paragraphs[reading.paragraph_of(reading.start[token])]
        text = reading.text[start:end].rstrip()
        return len(reading.paragraphs) > 2 and len(text) < 160 and not text.endswith(_ENDS)
