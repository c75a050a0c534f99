"""What the judge of acts is shown: marked spans, in any text."""

import pytest
from tokenizers import Tokenizer, models, pre_tokenizers

from onrecord.read.plover_encode import CLOSING, LIMIT, OPENING, QUADS, ROOTS, SOURCE, TARGET, batch, encode

WORDS = ["[UNK]", "[CLS]", "[SEP]", *OPENING.values(), *CLOSING.values(), "Norway", "scolded", "Peru", "."]


@pytest.fixture
def tokenizer():
    """A tokenizer of a dozen words."""
    made = Tokenizer(models.WordLevel({word: at for at, word in enumerate(WORDS)}, unk_token="[UNK]"))  # noqa: S106
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return made


def test_spans_are_marked_twice(tokenizer):
    """By pieces around them and by the type of the pieces within."""
    marked = encode(tokenizer, "Norway scolded Peru.", [(0, 6)], [(15, 19)])
    words = [WORDS[piece] for piece in marked.ids]
    assert words == [
        "[CLS]", OPENING[SOURCE], "Norway", CLOSING[SOURCE], "scolded", OPENING[TARGET], "Peru", CLOSING[TARGET], ".",
        "[SEP]",
    ]  # fmt: skip
    assert marked.types == [0, 1, 1, 1, 0, 2, 2, 2, 0, 0]


def test_a_span_at_the_end_is_closed(tokenizer):
    """The last word may be the target."""
    marked = encode(tokenizer, "scolded Peru", [], [(8, 12)])
    assert [WORDS[piece] for piece in marked.ids][-3:] == ["Peru", CLOSING[TARGET], "[SEP]"]


def test_long_and_odd_sentences_are_cut_and_read(tokenizer):
    """At most 160 pieces, and no character is too odd."""
    marked = encode(tokenizer, "Norway " * 500 + "\ud83d", [(0, 6)], [(3493, 3499)])
    assert len(marked.ids) == len(marked.types) == LIMIT
    assert WORDS[marked.ids[-1]] == "[SEP]"


def test_a_batch_is_padded(tokenizer):
    """Shorter rows are filled up and masked."""
    arrays = batch([encode(tokenizer, "Norway", [], []), encode(tokenizer, "Norway scolded Peru", [], [])])
    assert arrays["input_ids"].shape == arrays["attention_mask"].shape == (2, 5)
    assert arrays["attention_mask"].tolist() == [[1, 1, 1, 0, 0], [1, 1, 1, 1, 1]]


def test_every_root_has_a_quad():
    """Fifteen roots, four quads."""
    assert len(ROOTS) == 15
    assert set(QUADS) == set(ROOTS)
    assert set(QUADS.values()) == {1, 2, 3, 4}
