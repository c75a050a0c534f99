"""Do roles survive the form of a sentence? Acts told in the active, the passive and as a noun, and hedged ones.

Sentences are made from deeds (verb forms and a noun, `forms.csv`) and states; none is from a gold set. For each form,
in how many sentences the act has its type, its actor and its target. The hedged ones count what must never happen: an
act told as done under "did not", "denied", "if", "threatened to" and their like.
"""

import csv
import itertools
import json
import random
from collections import Counter
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

from onrecord.model.article import ArticleResult, RawArticle
from onrecord.model.claim import Act
from onrecord.pipeline import Kit, per_article
from onrecord.settings import Settings

STATES = (
    ("Kenya", "KEN"), ("Uganda", "UGA"), ("Norway", "NOR"), ("Peru", "PER"), ("Chad", "TCD"), ("Nepal", "NPL"),
    ("Bolivia", "BOL"), ("Austria", "AUT"), ("Ghana", "GHA"), ("Laos", "LAO"), ("Finland", "FIN"), ("Kuwait", "KWT"),
)  # fmt: skip
PLAIN = {
    "active": "{who} {past} {whom} on Monday, officials told reporters.",
    "passive": "{whom} was {participle} by {who} on Monday, officials told reporters.",
    "noun": "{who}'s {noun} {link} {whom} on Monday surprised diplomats.",
    "light": "{who} {light} {article} {noun} {link} {whom} on Monday, officials told reporters.",
}
HEDGED = (
    "{who} did not {base} {whom} on Monday.",
    "{who} denied that it had {participle} {whom}.",
    "The minister denied that {who} had {participle} {whom} on Monday.",
    "If {who} had {participle} {whom}, the talks would have ended.",
    "If {who} {past} {whom}, the talks in the capital would end.",
    "{who} threatened to {base} {whom} before the end of the week.",
    "{who} would have {participle} {whom} without the storm.",
    "{who} has never {participle} {whom}, the minister said.",
    "The minister said {who} did not {base} {whom}.",
    "It is not true that {who} {past} {whom}, the minister said.",
    "{who} plans to {base} {whom} next month.",
    "{who} may {base} {whom} next month.",
    "The minister urged {who} not to {base} {whom}.",
    "{who} failed to {base} {whom} on Monday.",
    "Unless the talks begin, {who} will {base} {whom}.",
    "{whom} was not {participle} by {who} on Monday.",
    "{whom} would be {participle} by {who} if the talks ended.",
    "No one believes that {who} {past} {whom}.",
    "Neither {who} nor its army {past} {whom} on Monday.",
    "{who} ruled out that it would {base} {whom}.",
)


class Deed(NamedTuple):
    """One deed in its forms, with the type that it must have."""

    type: str
    base: str
    past: str
    participle: str
    noun: str
    link: str
    light: str


class Told(NamedTuple):
    """A made-up sentence: its form, its words, its deed and the codes of who and whom."""

    form: str
    text: str
    deed: Deed
    who: str
    whom: str


def deeds() -> list[Deed]:
    """Return the deeds of `forms.csv`; an empty noun or light verb means that the deed has no such form."""
    table = files("onrecord.bench") / "forms.csv"
    return [Deed(**row) for row in csv.DictReader(table.read_text(encoding="utf-8").splitlines())]


def plain(seed: int = 1) -> list[Told]:
    """Return every deed once in every form that it has, between two states drawn by chance."""
    chance = random.Random(seed)  # noqa: S311 - no secrets here
    found = []
    for deed in deeds():
        (who, code), (whom, other) = chance.sample(STATES, 2)
        for form, frame in PLAIN.items():
            if form in {"noun", "light"} and not (deed.noun and (form == "noun" or deed.light)):
                continue
            article = "an" if deed.noun[:1] in "aeiou" else "a"
            text = frame.format(**{**deed._asdict(), "who": who, "whom": whom, "article": article})
            found.append(Told(form, text, deed, code, other))
    return found


def hedged() -> Iterator[Told]:
    """Yield every deed under every hedge, between many pairs of states; their order is the same every time."""
    for turn, (frame, deed) in enumerate(itertools.product(HEDGED, deeds())):
        if f"{deed.past} to " in frame:  # "threatened to threaten" is a threat that was made
            continue
        for more in range(5):
            who, code = STATES[(turn + more) % len(STATES)]
            whom, other = STATES[(turn + 5 * more + 3) % len(STATES)]
            if who != whom:
                yield Told("hedged", frame.format(**{**deed._asdict(), "who": who, "whom": whom}), deed, code, other)


def right(told: Told, acts: tuple[Act, ...]) -> bool:
    """Say whether one of the acts has the type, the actor and the target of the sentence, and no others."""
    both = {told.who, told.whom}
    for act in acts:
        actors, targets = {ref.country for ref in act.actors}, {ref.country for ref in act.targets}
        if act.type == told.deed.type and (
            (actors, targets) == ({told.who}, {told.whom}) or (actors == both and not targets)
        ):
            return True
    return False


def asserted(told: Told, acts: tuple[Act, ...]) -> list[Act]:
    """Return the acts of the deed's type that stand as done, by somebody or the article."""
    return [
        act for act in acts
        if act.type == told.deed.type and act.polarity == "asserted" and act.modality in {"happened", "ongoing"}
    ]  # fmt: skip


def reader() -> Callable[[str], ArticleResult]:
    """Return a function that reads one sentence as an article of a fixed day."""
    kit = Kit.build(Settings(reader="rules"))

    def read(text: str) -> ArticleResult:
        return per_article(RawArticle(text=text, source="made-up", published="2031-05-20"), kit)

    return read


def run(data: Path, predictions: Path | None = None, *, count: int = 2000) -> dict[str, Any]:
    """Read every plain sentence and `count` hedged ones (`data` is not needed); return shares by form and the slips."""
    del data
    read, total, good = reader(), Counter[str](), Counter[str]()
    wrong: list[dict[str, str]] = []
    for told in plain():
        ok = right(told, read(told.text).acts)
        total[told.form] += 1
        good[told.form] += ok
        if not ok:
            wrong.append({"form": told.form, "text": told.text})
    slips = [told for told in itertools.islice(hedged(), count) if asserted(told, read(told.text).acts)]
    wrong += [{"form": "hedged", "text": told.text} for told in slips]
    if predictions is not None:
        predictions.write_text("".join(json.dumps(row) + "\n" for row in wrong), encoding="utf-8")
    shares = {form: round(100 * good[form] / total[form], 1) for form in total}
    return {"sentences": sum(total.values()), "right": shares, "hedged": count, "asserted_under_a_hedge": len(slips)}
