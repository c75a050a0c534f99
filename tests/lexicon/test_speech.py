"""Every cue of speech finds what its examples say, and nothing in those that must not match."""

from collections.abc import Callable

import pytest

from onrecord import lexicon as lexicons
from onrecord.extract.speech_spans import attributions
from onrecord.lexicon import Lexicon
from onrecord.lexicon.speech import Cue, Example, MediumHint
from onrecord.model.article import ArticleResult

BOOK = lexicons.load().speech
SPOKEN = [
    (entry, example)
    for entry in (*BOOK.cues, *BOOK.media)
    for example in entry.yes
    if not getattr(entry, "thought", False)
]
THOUGHT = [(cue, example) for cue in BOOK.cues for example in cue.yes if cue.thought]
WRONG = [(cue, text) for cue in BOOK.cues for text in cue.no]


def plain(text: str) -> str:
    return " ".join(text.split()).strip(" ,.")


@pytest.mark.parametrize(("cue", "example"), SPOKEN, ids=lambda value: getattr(value, "id", getattr(value, "text", "")))
def test_a_cue_finds_its_examples(read: Callable[..., ArticleResult], cue: Cue | MediumHint, example: Example) -> None:
    found = [
        statement
        for statement in read(example.text).statements
        if plain(" ".join(span.text for span in statement.content)) == plain(example.content)
    ]
    assert len(found) == 1, [[span.text for span in one.content] for one in read(example.text).statements]
    statement = found[0]
    assert statement.speaker is not None
    assert statement.speaker.mention is not None
    assert example.speaker in {statement.speaker.mention.text, statement.speaker.name}
    assert statement.negated == example.negated
    for field in ("force", "quotation", "medium"):
        if getattr(example, field) is not None:
            assert getattr(statement, field) == getattr(example, field)


@pytest.mark.parametrize(
    ("cue", "example"), THOUGHT, ids=lambda value: getattr(value, "id", getattr(value, "text", ""))
)
def test_an_opinion_is_an_attribution_and_no_statement(
    read: Callable[..., ArticleResult], reading: Callable[..., tuple], lexicon: Lexicon, cue: Cue, example: Example
) -> None:
    document, arrays = reading(example.text)
    found = [
        (document.text[item.source[0][0] : item.source[0][1]], document.text[item.content[0][0] : item.content[-1][1]])
        for item in attributions(arrays, lexicon.speech)
        if item.source
    ]
    assert (example.speaker, example.content) in found
    assert read(example.text).statements == ()


@pytest.mark.parametrize(("cue", "text"), WRONG, ids=lambda value: getattr(value, "id", value))
def test_a_cue_stays_quiet_where_it_must(read: Callable[..., ArticleResult], cue: Cue, text: str) -> None:
    assert read(text).statements == ()


@pytest.mark.parametrize(
    ("text", "force"),
    [(example.text, example.force) for rule in BOOK.forces for example in rule.yes]
    + [(text, "say") for rule in BOOK.forces if rule.form != "vow" for text in rule.no],
)
def test_the_form_of_the_content_settles_the_force(read: Callable[..., ArticleResult], text: str, force: str) -> None:
    assert {statement.force for statement in read(text).statements} == {force}


def test_every_cue_has_examples_of_both_kinds() -> None:
    for cue in BOOK.cues:
        assert len(cue.yes) >= 2, cue.id
        assert len(cue.no) >= 1, cue.id
    for rule in BOOK.forces:
        assert len(rule.yes) >= 2, rule.id
        assert len(rule.no) >= 1, rule.id
    for hint in BOOK.media:
        assert hint.yes, hint.id


def test_a_longer_cue_is_tried_first() -> None:
    lengths = [len(rest) for rest, _ in BOOK.by_verb["call"]]
    assert lengths == sorted(lengths, reverse=True)
    assert not BOOK.is_in("no such list", "say")
