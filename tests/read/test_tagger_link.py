"""Which source and which content belong to which cue, on runs set by hand."""

import numpy as np
import pytest

from onrecord.read.tagger_decode import Run
from onrecord.read.tagger_encode import Encoded
from onrecord.read.tagger_link import Group, link

WIDTH = 2
SOURCE, CUE, CONTENT = range(3)


def groups(text: str, *spans: tuple[int, str]) -> list[Group]:
    """Cut at blanks, find each span's words in the text, and link them with vectors that say nothing."""
    words = text.split()
    starts = np.array([text.index(word, at) for at, word in zip(_places(text), words, strict=True)])
    ends = starts + np.array([len(word) for word in words])
    runs = []
    for role, phrase in spans:
        start = int(np.searchsorted(starts, text.index(phrase)))
        runs.append(Run(role, start, start + len(phrase.split()), 0.9))
    encoded = Encoded(
        text=text,
        ids=np.zeros(len(words), np.int64),
        types=np.zeros(len(words), np.int64),
        first=np.arange(len(words) + 1),
        starts=starts,
        ends=ends,
        segments=np.zeros(1, np.int64),
        paragraphs=np.zeros(len(words), np.int64),
    )
    runs.sort(key=lambda run: run.start)
    return link(encoded, runs, np.zeros((len(words), 4 * WIDTH), np.float32), WIDTH)


def _places(text: str) -> list[int]:
    return [at for at in range(len(text)) if not text[at].isspace() and (at == 0 or text[at - 1].isspace())]


@pytest.mark.parametrize("mark", ["―", "—", "–", ":"])
def test_a_name_under_a_quotation_is_its_source_and_the_dash_its_cue(mark: str) -> None:
    (group,) = groups(f"“ We wait ” {mark} Marta Ullen", (CONTENT, "“ We wait ”"), (SOURCE, "Marta Ullen"))
    assert group.source == Run(SOURCE, 5, 7, 0.9)
    assert group.cue == Run(CUE, 4, 5, 0.9)


def test_a_source_beside_a_content_needs_no_cue() -> None:
    (group,) = groups("criticism from many readers", (CONTENT, "criticism"), (SOURCE, "many readers"))
    assert group.source is not None
    assert group.cue is None


def test_each_quotation_takes_the_name_under_it() -> None:
    text = "“ One ” ― Marta Ullen “ Two ” ― Jon Brekke"
    found = groups(text, (CONTENT, "“ One ”"), (SOURCE, "Marta Ullen"), (CONTENT, "“ Two ”"), (SOURCE, "Jon Brekke"))
    assert [group.source and group.source.start for group in found] == [4, 10]


def test_a_source_far_off_is_left_alone() -> None:
    text = "“ We wait ” and then it rained for a week near Marta Ullen"
    (group,) = groups(text, (CONTENT, "“ We wait ”"), (SOURCE, "Marta Ullen"))
    assert group.source is None


def test_a_source_that_has_a_cue_is_not_taken() -> None:
    text = "“ We wait ” ― Marta Ullen said it rained"
    found = groups(
        text, (CONTENT, "“ We wait ”"), (SOURCE, "Marta Ullen"), (CUE, "said"), (CONTENT, "it rained")
    )  # fmt: skip
    assert len(found) == 1
    assert found[0].cue is not None
    assert found[0].cue.start == 7
