"""Words as they are labelled, epochs as they are cut."""

import random

import numpy as np

from onrecord.read.tagger_encode import Encoded
from onrecord.train.examples import epoch_batches, label


def blank_words(text: str) -> Encoded:
    """A text with one wordpiece a word, cut at blanks: no tokenizer needed."""
    starts, at = [], 0
    for word in text.split():
        starts.append(text.index(word, at))
        at = starts[-1] + len(word)
    count = len(starts)
    ends = [start + len(word) for start, word in zip(starts, text.split(), strict=True)]
    segments = [0] + [k for k in range(1, count) if text[: starts[k]].rstrip().endswith(".")]
    return Encoded(
        text=text,
        ids=np.arange(count) + 1000,
        types=np.zeros(count, np.int64),
        first=np.arange(count + 1),
        starts=np.array(starts),
        ends=np.array(ends),
        segments=np.array(segments),
        paragraphs=np.zeros(count, np.int64),
    )


TEXT = "Ilse Varga said the talks failed . Aske denied it ."


def span(words: str) -> tuple[int, int]:
    return TEXT.index(words), TEXT.index(words) + len(words)


MARKED = [
    {"source": [span("Ilse Varga")], "cue": [span("said")], "content": [span("the talks failed")]},
    {"source": [span("Varga said")], "cue": [span("denied")], "content": [span("it")]},
]


def test_labels_and_links() -> None:
    found = label(blank_words(TEXT), MARKED)
    assert found.labels.tolist() == [1, 2, 3, 5, 6, 6, 0, 0, 3, 5, 0]
    assert found.cue_of == {3: 2, 9: 8}
    assert found.source_of == {2: 0, 8: 1}


def test_a_cue_without_source_is_linked_to_nothing() -> None:
    found = label(blank_words(TEXT), [{"source": [], "cue": [span("denied")], "content": []}])
    assert found.source_of == {8: -1}


def test_an_epoch_shows_every_word_once_within_its_budget() -> None:
    articles = [[label(blank_words(TEXT * 30), [])] for _ in range(4)]
    batches = epoch_batches(articles, random.Random(3), 400)
    seen = [0] * 4
    order = {id(readings[0]): at for at, readings in enumerate(articles)}
    for batch in batches:
        assert max(one.pieces + 2 for one in batch) * len(batch) <= 400
        for one in batch:
            seen[order[id(one.article)]] += one.end - one.begin
    assert seen == [len(readings[0].encoded) for readings in articles]


def test_an_epoch_depends_on_its_seed_alone() -> None:
    articles = [[label(blank_words(TEXT * 30), [])] for _ in range(4)]
    cuts = [
        [(one.begin, one.end) for batch in epoch_batches(articles, random.Random(seed), 400) for one in batch]
        for seed in (1, 1, 2)
    ]
    assert cuts[0] == cuts[1] != cuts[2]
