"""Learned spans decide boundaries; rules decide force, speaker and type; alone, the rules stand."""

from collections.abc import Callable

from onrecord.extract import speech, speech_seen
from onrecord.extract.speech_drafts import drafts_of
from onrecord.extract.speech_learned import combine
from onrecord.extract.speech_scene import Scene
from onrecord.lexicon import Lexicon
from onrecord.model.cast import Cast
from onrecord.model.claim import Statement
from onrecord.model.reading import Attributed, Reading
from onrecord.model.text import Document
from onrecord.settings import Settings

Make = Callable[..., tuple[Document, Reading]]


def learned(text: str, source: str, cue: str, content: str, confidence: float = 0.9) -> Attributed:
    def place(words: str) -> tuple[tuple[int, int], ...]:
        return ((text.index(words), text.index(words) + len(words)),) if words else ()

    return Attributed(place(source), place(cue), place(content), confidence)


def statements(made: tuple[Document, Reading], lexicon: Lexicon, *items: Attributed) -> tuple[Statement, ...]:
    document, arrays = made
    seen, _ = speech_seen.run(reading=arrays, lexicon=lexicon, settings=Settings(reader="rules"))
    return speech.run(
        document=document, reading=arrays, seen=seen, attributed=items, cast=Cast(members=()), moments=()
    )[0]


def test_without_the_learned_reader_the_rules_stand_alone(reading: Make, lexicon: Lexicon) -> None:
    _, arrays = reading("Mila Torven warned that the road was open.")
    scene = Scene(arrays, lexicon.speech)
    drafts, _ = drafts_of(scene)
    assert combine(scene, drafts, ()) == drafts


def test_learned_boundaries_replace_those_of_the_rules(reading: Make, lexicon: Lexicon) -> None:
    text = "Mila Torven warned that the road was open on Monday."
    item = learned(text, "Mila Torven", "warned", "that the road was open")
    (found,) = statements(reading(text), lexicon, item)
    assert found.content[0].text == "the road was open"
    assert (found.force, found.confidence) == ("warn", 0.9)
    assert found.speaker is not None
    assert found.speaker.name == "Mila Torven"


def test_what_only_the_learned_reader_sees_is_no_statement_without_a_cue(reading: Make, lexicon: Lexicon) -> None:
    text = "Mila Torven trumpeted the road as a wonder of the valley."
    item = learned(text, "Mila Torven", "trumpeted", "the road as a wonder of the valley")
    assert statements(reading(text), lexicon, item) == ()


def test_a_learned_source_elsewhere_never_displaces_the_cues_own_subject(reading: Make, lexicon: Lexicon) -> None:
    text = "Mila Torven met Pell Astor. The engineer said the road was open."
    item = learned(text, "Pell Astor", "said", "the road was open")
    (found,) = statements(reading(text), lexicon, item)
    assert found.speaker is not None
    assert found.speaker.name == "engineer"


def test_who_a_passive_cue_is_done_to_says_nothing(reading: Make, lexicon: Lexicon) -> None:
    text = "Mila Torven, a chemist accused of selling arms, left the valley."
    item = learned(text, "a chemist", "accused", "of selling arms")
    assert statements(reading(text), lexicon, item) == ()


def test_a_learned_name_for_what_was_said_is_no_statement(reading: Make, lexicon: Lexicon) -> None:
    text = "Mila Torven said nothing."
    item = learned(text, "Mila Torven", "said", "nothing")
    assert statements(reading(text), lexicon, item) == ()


def test_a_sure_rule_stands_where_the_learned_reader_saw_nothing(reading: Make, lexicon: Lexicon) -> None:
    text = "Mila Torven said the road was open. Pell Astor denied that it rained."
    found = statements(reading(text), lexicon, learned(text, "Mila Torven", "said", "the road was open"))
    assert [one.confidence for one in found] == [0.9, 0.5]


def test_a_direct_quotation_keeps_its_marks_off(reading: Make, lexicon: Lexicon) -> None:
    text = "“The road is open,” said Mila Torven."
    (found,) = statements(reading(text), lexicon, learned(text, "Mila Torven", "said", "“The road is open,”"))
    assert (found.content[0].text, found.quotation) == ("The road is open", "direct")
