"""The judge of acts as shipped: chances that add up, the same alone and in company, and a plain sentence judged right."""

import json
from importlib.resources import files

import pytest

from onrecord.read.plover import MODEL, PARAMS, Judge, Params, Question
from onrecord.read.plover_encode import ENCODING, ROOTS

PLAIN = [
    ("Norwegian commandos bombed two bridges in Chad.", "Norwegian commandos", "Chad", "ASSAULT"),
    ("Peru sent tents and blankets to the villagers of Laos.", "Peru", "the villagers of Laos", "AID"),
    ("Nepal's foreign minister met his Bolivian colleague in Vienna.", "Nepal's foreign minister",
     "his Bolivian colleague", "CONSULT"),
    ("The court in Accra set the pilot free after nine months.", "The court in Accra", "the pilot", "YIELD"),
    ("Students marched against the government of Chad.", "Students", "the government of Chad", "PROTEST"),
]  # fmt: skip


@pytest.fixture(scope="module")
def judge():
    """The shipped weights."""
    return Judge.load()


def question(text, source, target):
    """A question about the first place where these words stand."""
    return Question(
        text,
        ((text.index(source), text.index(source) + len(source)),),
        ((text.index(target), text.index(target) + len(target)),),
    )


@pytest.mark.parametrize(("text", "source", "target", "root"), PLAIN)
def test_a_plain_sentence_is_judged_right(judge, text, source, target, root):
    """Words that stand in no training row of ours."""
    (row,) = judge.judge([question(text, source, target)])
    assert max(row, key=row.get) == root
    assert set(row) == set(ROOTS)
    assert sum(row.values()) == pytest.approx(1.0)


def test_company_changes_nothing(judge):
    """A sentence alone and among others gives the same chances, to the last digit."""
    asked = [question(*row[:3]) for row in PLAIN]
    assert judge.judge(asked) == [judge.judge([one])[0] for one in asked]


def test_nothing_asked_nothing_said(judge):
    """No question, no answer."""
    assert judge.judge([]) == []


def test_missing_files_are_named(tmp_path):
    """A folder without the weights is said to lack them."""
    with pytest.raises(FileNotFoundError, match=MODEL):
        Judge.load(tmp_path)


def test_weights_of_another_encoding_are_refused(judge):
    """What they were made for stands beside them."""
    shipped = json.loads((files("onrecord.read") / "data" / PARAMS).read_text(encoding="utf-8"))
    assert shipped["encoding"] == ENCODING
    with pytest.raises(ValueError, match="encoding"):
        Judge(judge._session, judge._tokenizer, Params(encoding=ENCODING + 1))
