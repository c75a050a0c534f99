"""Figures: every rule's own examples, and numbers as they are written."""

import time

import pytest

from onrecord.extract import figures
from onrecord.lexicon import load
from onrecord.model.reading import Reading
from onrecord.model.text import Document

RULES = load().figures.rules


def test_every_rule_finds_its_examples(reading, lexicon):
    wrong = []
    for rule in RULES:
        for example in rule.yes:
            found = _run(reading(example.text), lexicon)
            if (rule.what, example.low, example.high) not in [(one.what, one.low, one.high) for one in found]:
                wrong.append((rule.id, example.text, [(one.what, one.low, one.high) for one in found]))
    assert not wrong


def test_no_rule_finds_what_it_must_not(reading, lexicon):
    wrong = [
        (rule.id, text)
        for rule in RULES
        for text in rule.no
        if any(one.what == rule.what for one in _run(reading(text), lexicon))
    ]
    assert not wrong


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Twelve people were killed and dozens injured.", [("killed", 12, 12), ("injured", 24, None)]),
        ("Hundreds of people were killed.", [("killed", 200, None)]),
        ("The mill burned 1.5 million dollars.", [("amount", 1500000, 1500000)]),
        ("He was fined $50.", [("amount", 50, 50)]),
        ("Twenty-three sailors drowned and 1,400 fled.", [("displaced", 1400, 1400)]),
        ("She was jailed for 12 years.", []),
        ("The visitors won 3-1 in 2019.", []),
    ],
)
def test_numbers_as_they_are_written(reading, lexicon, text, expected):
    assert [(one.what, one.low, one.high) for one in _run(reading(text), lexicon)] == expected


def test_the_words_stand_in_the_document(reading, lexicon):
    document, read = reading("At least 12 miners were killed.")
    (figure,) = figures.run(document=document, reading=read, lexicon=lexicon)
    assert document.holds(figure.span)
    assert figure.span.text == "At least 12 miners"
    assert figure.of == "miners"


def test_a_long_line_of_numbers_is_quick(lexicon):
    count = 4000
    text = "12 " * count
    starts = tuple(range(0, 3 * count, 3))
    read = Reading(
        text=text, start=starts, end=tuple(one + 2 for one in starts), lemma=("12",) * count, pos=("NUM",) * count,
        tag=("CD",) * count, head=(*range(1, count), count - 1), dep=("nummod",) * (count - 1) + ("ROOT",),
        sentences=((0, count),), paragraphs=((0, len(text)),),
    )  # fmt: skip
    document = Document(id=Document.id_of(text), title=None, text=text, source="test")
    began = time.perf_counter()
    figures.run(document=document, reading=read, lexicon=lexicon)
    assert time.perf_counter() - began < 3


def _run(pair, lexicon):
    return figures.run(document=pair[0], reading=pair[1], lexicon=lexicon)
