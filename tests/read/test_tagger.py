"""The learned reader: its laws, and sentences whose reading nobody doubts. All people here are invented."""

from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.extract.speech_spans import attributions
from onrecord.lexicon import Lexicon
from onrecord.model.reading import Reading
from onrecord.model.text import Document
from onrecord.read.tagger import PARAMS, Attribution, Tagger

type Make = Callable[..., tuple[Document, Reading]]

ARTICLE = """ARVENDAL, Norland (NX) - President Ilse Varga said on Tuesday that her government would reopen the border.

“We have waited long enough,” Varga told reporters. “The crossing opens on Friday.”

According to the defence ministry, two soldiers were wounded near Tolmen. Rebel commander Jon Brekke denied that his men
had fired first.
"""


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return Tagger.load()


def words(text: str, spans: tuple[tuple[int, int], ...]) -> str:
    return " ".join(text[start:end] for start, end in spans)


def spans(found: Attribution) -> list[tuple[int, int]]:
    return [*found.source, *found.cue, *found.content]


@pytest.mark.parametrize(
    ("sentence", "source", "cue", "content"),
    [
        ("Ilse Varga said that the talks had failed.", "Ilse Varga", "said", "that the talks had failed"),
        ("“The talks have failed,” Ilse Varga said.", "Ilse Varga", "said", "“The talks have failed,”"),
        (
            "Rebel leader Jon Brekke denied that his men had fired.",
            "Rebel leader Jon Brekke",
            "denied",
            "that his men had fired",
        ),
        (
            "According to the ministry, two soldiers were wounded.",
            "the ministry",
            "According to",
            "two soldiers were wounded",
        ),
        ("The president believes that the truce will hold.", "The president", "believes", "that the truce will hold"),
    ],
)
def test_plain_sentences(tagger: Tagger, sentence: str, source: str, cue: str, content: str) -> None:
    (found,) = tagger.tag(sentence)
    assert (words(sentence, found.source), words(sentence, found.cue)) == (source, cue)
    assert words(sentence, found.content).strip("“”,. ") == content.strip("“”,. ")


def test_an_article_keeps_its_speakers_apart(tagger: Tagger, reading: Make, lexicon: Lexicon) -> None:
    document, parsed = reading(ARTICLE)
    text = document.text
    read = tagger.tag(text, parsed, attributions(parsed, lexicon.speech))
    pairs = {(words(text, found.source), words(text, found.content)) for found in read}
    speakers = {"Varga": "waited long enough", "defence ministry": "two soldiers were wounded", "Brekke": "fired first"}
    for name, said in speakers.items():
        assert any(name in source and said in content for source, content in pairs), (name, pairs)


def test_a_sentence_without_speech_has_none(tagger: Tagger) -> None:
    assert tagger.tag("The river Tolmen rises in the north and flows through four towns.") == []


def test_confidence_is_a_chance_and_a_plain_case_is_surer(tagger: Tagger) -> None:
    found = tagger.tag(ARTICLE)
    assert all(0 <= one.confidence <= 1 for one in found)
    (plain,) = tagger.tag("Ilse Varga said that the talks had failed.")
    assert plain.confidence > 0.6


def test_the_same_text_gives_the_same_reading(tagger: Tagger) -> None:
    assert tagger.tag(ARTICLE) == tagger.tag(ARTICLE) == Tagger.load().tag(ARTICLE)


def test_many_is_the_same_as_one_by_one(tagger: Tagger) -> None:
    texts = [ARTICLE, "", "“No,” said Brekke.", ARTICLE[:120], "\n\n", ARTICLE * 2]
    assert tagger.tag_many(texts) == [tagger.tag(text) for text in texts]


def check_offsets(text: str, found: list[Attribution]) -> None:
    for one in found:
        assert one.content or one.cue or one.source
        for start, end in spans(one):
            assert 0 <= start < end <= len(text)
            assert text[start:end] == text[start:end].strip()


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_read_and_offsets_hold(tagger: Tagger, text: str) -> None:
    check_offsets(text, tagger.tag(text))


PIECES = [
    "Varga",
    " said ",
    "that ",
    "“",
    "”",
    '"',
    "the talks failed",
    ", ",
    ". ",
    "\n",
    "e\u0301 ",
    "\u0301",
    "\ud800",
    "🙂",
    "\x00",
    "\ufeff",
    "\u200b",
    "Zürich ",
    "n\u0303ame ",
    "\r\n",
    "中文 ",
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_newslike_noise_is_read_and_offsets_hold(tagger: Tagger, text: str) -> None:
    check_offsets(text, tagger.tag(text))


def test_composing_characters_do_not_shift_offsets(tagger: Tagger) -> None:
    plain = "José Peña said that the talks had failed."
    split = "Jose\u0301 Pen\u0303a said that the talks had failed."
    (one,), (other,) = tagger.tag(plain), tagger.tag(split)
    assert words(plain, one.source) == "José Peña"
    assert words(split, other.source) == "Jose\u0301 Pen\u0303a"
    assert words(plain, one.content) == words(split, other.content)


@pytest.mark.parametrize(
    "text",
    ["", " ", "\n", "🙂" * 300, "\u0301", "\u0301\u0302", "\ud800", "x" * 5000, "said " * 400, '"' * 300, "中" * 500],
)
def test_odd_texts(tagger: Tagger, text: str) -> None:
    check_offsets(text, tagger.tag(text))


def test_without_context_every_word_is_read_once() -> None:
    text = ARTICLE * 3
    found = Tagger.load(context=False).tag(text)
    check_offsets(text, found)
    assert len(found) > 6


def test_missing_weights_are_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="attribution"):
        Tagger.load(tmp_path)


def test_weights_of_another_encoding_are_refused(tagger: Tagger) -> None:
    params = msgspec.structs.replace(tagger.params, encoding=-1)
    with pytest.raises(ValueError, match="encoding -1"):
        Tagger(None, None, params)


@pytest.mark.slow
def test_two_hundred_thousand_characters(tagger: Tagger) -> None:
    text = (ARTICLE * 500)[:200_000]
    check_offsets(text, tagger.tag(text))


def test_params_name_what_they_were_made_for() -> None:
    assert '"encoding"' in (files("onrecord.read") / "data" / PARAMS).read_text(encoding="utf-8")
