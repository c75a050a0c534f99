"""What the learned reader is told of each word. All people here are invented."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from onrecord.extract.speech_spans import attributions
from onrecord.lexicon import Lexicon
from onrecord.model.reading import Reading
from onrecord.model.text import Document
from onrecord.read.tagger import Tagger
from onrecord.read.tagger_encode import LABELS, WIDTH
from onrecord.read.tagger_features import SIZE, features

type Make = Callable[..., tuple[Document, Reading]]

TEXT = "Ilse Varga said that the talks had failed. The river rises in the north."


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return Tagger.load()


def test_every_word_has_the_label_of_the_rules(tagger: Tagger, reading: Make, lexicon: Lexicon) -> None:
    _, parsed = reading(TEXT)
    encoded = tagger.encode(TEXT)
    found = features(encoded, parsed, attributions(parsed, lexicon.speech))
    assert found.shape == (len(encoded), WIDTH)
    labels = [LABELS[label - 1] for label in found[:, 0]]
    assert labels[:4] == ["B-source", "I-source", "B-cue", "B-content"]
    assert set(labels[9:]) == {"O"}
    assert (found < SIZE).all()


def test_clauses_open_and_close(tagger: Tagger, reading: Make) -> None:
    _, parsed = reading(TEXT)
    bounds = features(tagger.encode(TEXT), parsed)[:, 1]
    that, failed, river = bounds[3], bounds[7], bounds[10]
    assert len({that, failed, river}) == 3


def test_an_empty_text_has_no_rows(tagger: Tagger, reading: Make) -> None:
    _, parsed = reading(TEXT)
    assert features(tagger.encode(""), parsed).shape == (0, WIDTH)


def test_the_parse_is_taken_into_account(tagger: Tagger, reading: Make, lexicon: Lexicon) -> None:
    _, parsed = reading(TEXT)
    encoded = tagger.encode(TEXT)
    known = replace(encoded, features=features(encoded, parsed, attributions(parsed, lexicon.speech)))
    assert not np.allclose(tagger.score(encoded).emissions, tagger.score(known).emissions)
