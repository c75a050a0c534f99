"""Words, types and windows."""

from importlib.resources import as_file, files

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from onrecord.read.tagger_encode import SHAPES, Encoded, encode, inputs, pack, plan


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    with as_file(files("onrecord.read") / "data" / "tokenizer.json") as path:
        made = Tokenizer.from_file(str(path))
    made.no_padding()
    made.no_truncation()
    return made


def word_types(encoded: Encoded) -> list[tuple[str, int, bool, bool, bool]]:
    """(word, shape, opens a paragraph, inside quotes, opens a sentence)"""
    out = []
    for index, (start, end) in enumerate(zip(encoded.starts, encoded.ends, strict=True)):
        kind = int(encoded.types[encoded.first[index]])
        flags = kind // SHAPES
        out.append((encoded.text[start:end], kind % SHAPES, bool(flags & 1), bool(flags & 2), bool(flags & 4)))
    return out


def test_types_say_capitals_quotes_and_starts(tokenizer: Tokenizer) -> None:
    found = word_types(encode(tokenizer, 'Ilse said "no go" in 2031.\nThe EU left.'))
    assert found[0] == ("Ilse", 1, True, False, True)
    assert found[2] == ('"', 5, False, True, False)
    assert found[3] == ("no", 0, False, True, False)
    assert found[5] == ('"', 6, False, True, False)
    assert found[6] == ("in", 0, False, False, False)
    assert ("2031", 3, False, False, False) in found
    assert ("The", 1, True, False, True) in found
    assert ("EU", 2, False, False, False) in found


def test_an_unclosed_quote_ends_with_its_paragraph(tokenizer: Tokenizer) -> None:
    inside = {word: quoted for word, _, _, quoted, _ in word_types(encode(tokenizer, "“first words\nsecond part"))}
    assert inside["first"]
    assert not inside["second"]


def test_an_accent_of_its_own_stays_with_its_word(tokenizer: Tokenizer) -> None:
    text = "Jose\u0301 left"
    encoded = encode(tokenizer, text)
    assert text[encoded.starts[0] : encoded.ends[0]] == "Jose\u0301"


TEXTS = st.text(alphabet="abcdefgh ABC.!?\n“”\"'é\u0301中🙂19,", max_size=600)


@settings(max_examples=80, deadline=None)
@given(TEXTS)
def test_words_are_in_order_and_inside_the_text(tokenizer: Tokenizer, text: str) -> None:
    encoded = encode(tokenizer, text)
    assert len(encoded.first) == len(encoded) + 1
    assert all(0 <= start < end <= len(text) for start, end in zip(encoded.starts, encoded.ends, strict=True))
    assert np.all(np.diff(encoded.starts) > 0)
    assert np.all(np.diff(encoded.first) > 0)


@settings(max_examples=80, deadline=None)
@given(TEXTS, st.integers(8, 60), st.integers(1, 60))
def test_runs_cover_every_word_once(tokenizer: Tokenizer, text: str, limit: int, head: int) -> None:
    encoded = encode(tokenizer, text)
    covered = [word for begin, end in pack(encoded, limit, head) for word in range(begin, end)]
    assert covered == list(range(len(encoded)))


@settings(max_examples=80, deadline=None)
@given(TEXTS, st.integers(8, 60), st.integers(0, 30))
def test_windows_hold_their_core_and_keep_to_their_size(
    tokenizer: Tokenizer, text: str, core: int, margin: int
) -> None:
    encoded = encode(tokenizer, text)
    for window in plan(encoded, core, margin):
        assert 0 <= window.left <= window.start < window.end <= window.right <= len(encoded)
        size = encoded.first[window.right] - encoded.first[window.left]
        one = max(np.diff(encoded.first))
        assert size <= core + 2 * margin + one


def test_a_batch_is_padded_and_marked(tokenizer: Tokenizer) -> None:
    encoded = encode(tokenizer, "one two three. four five")
    arrays = inputs([(encoded, 0, 2), (encoded, 0, len(encoded))])
    assert arrays["input_ids"].shape == arrays["token_type_ids"].shape == (2, len(encoded.ids) + 2)
    assert arrays["attention_mask"].sum(1).tolist() == [4, len(encoded.ids) + 2]
    assert arrays["input_ids"][0, 0] == 101
    assert arrays["input_ids"][0, 3] == 102
