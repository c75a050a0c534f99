"""Names are compared without case, accents and punctuation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.keep.fold import fold, phrase


@pytest.mark.parametrize(
    ("name", "folded"),
    [("Ilse Brøndum", "ilse brondum"), ("ÉMILE-Zoé", "emile zoe"), ("Łukasz", "lukasz"), ("Straße", "strasse"),
     ("al-Ḥasan", "al hasan"), ("…", ""), ("İpek", "ipek"), ("王小明", "王小明")],
)  # fmt: skip
def test_fold(name, folded):
    assert fold(name) == folded


@given(st.text())
def test_folding_twice_changes_nothing(name):
    assert fold(fold(name)) == fold(name)


@pytest.mark.parametrize(
    ("words", "expression"),
    [("truce", '"truce"'), ('quiet "two words"', '"quiet" AND "two words"'), ("", ""), ('" * ( -', ""),
     ("a-b", '"a b"'), ("NOT OR", '"NOT" AND "OR"')],
)  # fmt: skip
def test_phrase(words, expression):
    assert phrase(words) == expression
