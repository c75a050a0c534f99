"""What the sets of single sentences share: tokens joined into a text, and a text read with its parse kept."""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from onrecord.model.article import RawArticle
from onrecord.model.cast import Cast
from onrecord.model.claim import Act, Statement
from onrecord.model.mention import Mention, Place
from onrecord.model.moment import Moment
from onrecord.model.reading import Reading
from onrecord.model.text import Document
from onrecord.model.vocabulary import ActType
from onrecord.pipeline import PER_ARTICLE, Kit

_NO_BLANK_BEFORE = frozenset(".,;:!?)]}%") | {"'s", "’s", "n't", "n’t", "''", "'"}
_NO_BLANK_AFTER = frozenset("([{$#") | {"``"}
STATEMENT = 0
# PLOVER's quad classes of the sixteen types: verbal and material cooperation, verbal and material conflict.
QUAD: dict[ActType, int] = {
    "AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "CONCEDE": 1, "COOPERATE": 2, "AID": 2, "RETREAT": 2,
    "REQUEST": 3, "ACCUSE": 3, "REJECT": 3, "THREATEN": 3,
    "PROTEST": 4, "SANCTION": 4, "MOBILIZE": 4, "COERCE": 4, "ASSAULT": 4,
}  # fmt: skip


class Read(msgspec.Struct, frozen=True):
    """One text as the program reads it, the parse kept."""

    document: Document
    reading: Reading
    cast: Cast
    acts: tuple[Act, ...]
    moments: tuple[Moment, ...]
    places: tuple[Place, ...]
    statements: tuple[Statement, ...] = ()

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """Everybody named or pointed at."""
        return self.cast.mentions


def joined(sentences: Iterable[Sequence[str]], between: str = "\n") -> tuple[str, list[tuple[int, int]]]:
    """Return the tokens as a text, blanks as people write them, and the characters of each token."""
    text: list[str] = []
    spans: list[tuple[int, int]] = []
    at = 0
    for sentence in sentences:
        before = ""
        for token in sentence:
            blank = between if not before else " "
            if not spans or (before and (token in _NO_BLANK_BEFORE or before in _NO_BLANK_AFTER)):
                blank = ""
            text += [blank, token]
            at += len(blank)
            spans.append((at, at + len(token)))
            at, before = at + len(token), token or " "
    return "".join(text), spans


def read(text: str, kit: Kit, published: str | None = None) -> Read | None:
    """Read a text step by step and keep the parse; None where it is no article."""
    raw = RawArticle(text=text, source="bench", published=published)
    bag: dict[str, Any] = {"raw": raw, "settings": kit.settings, "lexicon": kit.lexicon, "parser": kit.parser}
    for step in PER_ARTICLE:
        given = step.run(**{need: bag[need] for need in step.needs})
        bag |= zip(step.gives, given if len(step.gives) > 1 else (given,), strict=True)
        if bag.get("document") is None or ("reading" in step.gives and bag["reading"] is None):
            return None
    return Read(
        bag["document"], bag["reading"], bag["cast"], bag["acts"], bag["moments"], bag["places"], bag["statements"]
    )


def leading(found: Read) -> Act | None:
    """Return the act that a sentence is most about: told nearest to its main verb, with most sides named."""

    def rank(act: Act) -> tuple[int, int, int]:
        token = found.reading.token_at(act.trigger.start)
        deep = sum(1 for _ in found.reading.ancestors(token)) if token is not None else 0
        return deep, -(bool(act.actors) + bool(act.targets)), act.trigger.start

    return min(found.acts, key=rank, default=None)


def macro_f1(gold: Sequence[object], predicted: Sequence[object]) -> dict[str, Any]:
    """Return F1 in per cent of each gold class, and their mean."""
    classes = sorted({str(label) for label in gold})
    pairs = [(str(left), str(right)) for left, right in zip(gold, predicted, strict=True)]
    made: dict[str, Any] = {}
    for label in classes:
        right = pairs.count((label, label))
        found = sum(guess == label for _, guess in pairs)
        wanted = sum(want == label for want, _ in pairs)
        made[label] = round(200 * right / (found + wanted), 1) if found + wanted else 0.0
    return {"macro_f1": round(sum(made.values()) / len(made), 1) if made else 0.0, "f1": made}
