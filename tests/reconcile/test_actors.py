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

from claims import article, document

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
