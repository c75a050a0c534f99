"""What an actor is called: by a claim, by a capital, else as the text describes them, never by an id."""

import sys
from pathlib import Path

import msgspec
import pytest

from onrecord.model.mention import Mention
from onrecord.model.record import Actor
from onrecord.pipeline import whole_record
from onrecord.reconcile import actors

sys.path.insert(0, str(Path(__file__).parent))

from claims import ANNA, article, custody, document

TEXT = "A Norlandic federal judge spoke to the inland levy service."


def read(*mentions: tuple[str, str]) -> object:
    """An article with these mentions: text and actor."""
    doc = document(TEXT, "2025-01-02")
    made = tuple(
        Mention(
            document=doc.id, start=doc.text.index(text), end=doc.text.index(text) + len(text), text=text, actor=actor,
            sort="group", chain=actor,
        )
        for text, actor in mentions
    )  # fmt: skip
    return msgspec.structs.replace(article(doc), mentions=made)


def names(*articles: object) -> dict[str, str]:
    return {one.id: one.name for one in whole_record(articles) if isinstance(one, Actor)}


@pytest.mark.parametrize(
    ("text", "actor", "name"),
    [
        ("the inland levy service", "inland-levy-service", "inland levy service"),
        ("federal judge", "norlandic-federal-judge-3df23f", "federal judge"),
        ("judge", "somebody-else", "judge"),
        ("Norlandic federal judge", "norlandic-federal-judge-3df23f", "Norlandic federal judge"),
    ],
)
def test_a_description_is_a_name_where_there_is_no_other(text: str, actor: str, name: str) -> None:
    assert names(read((text, actor))) == {actor: name}


def test_a_capital_comes_before_a_description() -> None:
    assert names(read(("judge", "x"), ("Norlandic federal judge", "x"))) == {"x": "Norlandic federal judge"}


def test_taking_an_article_out_leaves_what_the_other_gave() -> None:
    one, two = (actors.of(read((text, "x")))["x"] for text in ("judge", "levy service"))
    both = actors.total([actors.packed(one), actors.packed(two)])
    both.take(two)
    assert actors.build("x", both).name == "judge"


def test_roles_stand_in_the_order_in_which_they_were_told() -> None:
    """By the day of the article, not by the alphabet; the first place of each."""
    later, first, again = (
        article(doc, custody(doc, msgspec.structs.replace(ANNA, role=role), "detained"))
        for doc, role in (
            (document("One paper", "2025-03-01"), "envoy"), (document("Two papers", "2024-01-02"), "mayor"),
            (document("Three papers", "2025-02-01"), "envoy"),
        )
    )  # fmt: skip
    for order in ((later, first, again), (again, first, later)):
        (anna,) = (one for one in whole_record(order) if isinstance(one, Actor) and one.id == ANNA.actor)
        assert [role.role for role in anna.roles] == ["mayor", "envoy"]
        assert anna.roles[1].evidence[0].document == again.document.id


def test_no_pronoun_is_an_alias(read):
    """A pronoun that opens a sentence is written with a capital and is no name."""
    article_ = read("Ines Bakke was jailed by Peru. Her lawyer said she was well. Her trial begins on Monday.")
    found = {one.id: one for one in whole_record([article_]) if isinstance(one, Actor)}
    assert "Her" not in found["ines-bakke"].aliases
