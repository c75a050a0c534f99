"""One story is one voice: copies as papers edit them are found, look-alikes are left apart, versions are linked."""

import random
import sys
from pathlib import Path

import pytest

from onrecord.model.text import Document
from onrecord.reconcile import copies
from onrecord.reconcile.fingerprint import fold

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks" / "generate"))

import wire_copies


@pytest.mark.parametrize("seed", [6, 11])
def test_copies_are_found_and_nothing_else(seed):
    """64 stories, five copies and a look-alike of each: pairwise F1 at least 0.97, no look-alike merged."""
    report = wire_copies.measured(wire_copies.build(seed))
    assert report["false_merges"] == 0
    assert report["F1"] >= 97.0
    assert report["pairs"] > 900


def test_the_order_makes_no_difference():
    """The same copies of the same originals, however they come in."""
    prints = [copies.of(one.document) for one in wire_copies.build(3, stories=8)]
    wanted = copies.find(prints)
    for seed in range(3):
        random.Random(seed).shuffle(prints)
        assert copies.find(prints) == wanted
    assert wanted


TEXT = [
    "Envoys met in Vila on Monday and spoke for nine hours about the return of the fishing fleet.",
    "Orla Venn, who led the first delegation, said that the harbor of Pellin would open when the storms were over.",
    "The two coasts have had no ferry since the winter of the long strike, in which forty boats were lost.",
    "Her counterpart Tomas Weir asked for a list of the crews, and was given one that left out seven names.",
]


def document(lines, source="wire", published="2031-05-05", **fields):
    text = "\n".join(lines)
    return Document(id=Document.id_of(text), title=None, text=text, source=source, published=published, **fields)


def found(*documents):
    return copies.find(copies.of(one) for one in documents)


def test_a_copy_is_of_the_earliest():
    """Then of the least id; a copy of a copy is a copy of the original."""
    first, second = document(TEXT), document([*TEXT[:3], "Read in our paper."], "b", "2031-05-06")
    third = document(TEXT[1:], "c", "2031-05-07")
    assert found(third, second, first) == {second.id: first.id, third.id: first.id}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("nine hours", "ten hours"),
        ("on Monday", "on Friday"),
        ("seven names", "8 names"),
        ("forty boats", "fifty boats"),
    ],
)
def test_another_figure_in_the_same_sentence_is_another_story(old, new):
    """The rest may be word for word the same."""
    other = document([line.replace(old, new) for line in TEXT], "b")
    assert found(document(TEXT), other) == {}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("nine", "9"),
        ("harbour", "harbor"),
        ("organised", "Organized"),
        ("twelfth", "12th"),
        ("%", "percent"),
        ("centre", "center"),
        ("travelled", "traveled"),
    ],
)
def test_an_editors_hand_leaves_no_trace(one, other):
    """Spelling of either side of the ocean, numbers in words or digits."""
    assert fold(one) == fold(other)


@pytest.mark.timeout(60)
def test_a_word_without_end_takes_no_time():
    """A hostile article of one word of 400,000 letters."""
    assert len(fold("N" * 400_000)) == 400_000
    assert fold("n" * 400_000 + "ised").endswith("nized")


def test_the_same_words_a_month_later_are_no_copy():
    """Days tell events apart; undated documents are compared by their words alone."""
    later = document(TEXT[:3], "b", "2031-06-30")
    assert found(document(TEXT), later) == {}
    assert len(found(document(TEXT), document(TEXT[:3], "b", None))) == 1


def test_other_words_for_the_same_event_are_no_copy():
    """Two reporters are two voices."""
    other = document([
        "Nine hours of talks in Vila ended without a word on when the trawlers may sail again.",
        "Pellin's piers stay closed until the weather turns, the delegation's leader Orla Venn told reporters.",
        "Seven sailors are missing from the register that Tomas Weir took home with him, an aide said.",
    ])  # fmt: skip
    assert found(document(TEXT), other) == {}


def test_versions_of_one_address_are_one_voice_and_the_latest_counts():
    """By update, not by what was read first; the words may be quite different."""
    url = "https://news.example/talks"
    early = document(TEXT, url, updated="2031-05-05T10:00")
    late = document(
        ["Talks in Vila broke down in the evening, and the envoys have left by different doors."],
        url,
        updated="2031-05-05T19:00",
    )
    assert found(early, late) == {early.id: late.id}
    assert copies.versions([copies.of(late), copies.of(early)]) == {early.id: late.id}


def test_boilerplate_makes_no_copy():
    """What is marked as the page's is not compared."""
    foot = [
        f"Our newsletter number {n} tells you all about what happened in the region and in the world today."
        for n in "abcdefgh"
    ]
    pair = []
    for name, lines in (("a", TEXT[:2]), ("b", TEXT[2:])):
        made = document([*lines, *foot], name)
        start = made.text.index("Our newsletter")
        skipped = tuple(
            made.cite(start + foot_at, start + foot_at + len(line))
            for line in foot
            for foot_at in [made.text.index(line) - start]
        )
        pair.append(document([*lines, *foot], name, skipped=skipped))
    assert found(*pair) == {}


def test_a_shared_credit_makes_no_copy():
    """Two stories of their own that one agency helped with are two voices, a copy that names it is one all the same."""
    credit = "The Associated Press contributed to this report."
    other = document([
        "The harbour of Pellin stays closed, its master told callers on Tuesday, and gave no reason for it.",
        "Fishermen on both coasts have asked their unions to stop the talks until the seven are found.",
        credit,
    ], "b", wire=None, credits=("Associated Press",))  # fmt: skip
    one = document([*TEXT, credit], "a", credits=("Associated Press",))
    assert found(one, other) == {}
    assert found(one, other, document(TEXT, "c", "2031-05-06", wire="Associated Press")) != {}


BACKGROUND = "The two coasts have had no ferry since the winter of the long strike, in which forty boats were lost and many a house stood empty."


def test_a_background_paragraph_makes_no_copies_of_a_papers_briefs():
    """Short stories of one paper end in the same words, and are as many stories as they are."""
    told = (
        "Denmark and Vanuatu agreed on Thursday to exchange nine prisoners, a minister said.\nThe swap is to be in Vila.",
        "An Irish cook was held in Vila on Friday and charged with spying, the police said.\nHe denied all of it at once.",
        "Orla Venn, who leads the union, wants the harbour of Pellin opened.\nNobody had answered her by Sunday night.",
    )
    assert found(*(document([*one.split("\n"), BACKGROUND], name) for name, one in zip("abc", told, strict=True))) == {}
