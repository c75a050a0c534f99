"""B-cubed and what it is measured over."""

import pytest

from onrecord.bench import conllu
from onrecord.bench.chains import b_cubed
from onrecord.bench.muc4 import pairs, plain
from onrecord.bench.names import initials, joined
from onrecord.bench.sentence import joined as as_text
from onrecord.bench.sentence import macro_f1
from onrecord.errors import UsageError


def test_one_cluster_against_two():
    """Worked by hand: three mentions, two chains, all put together."""
    figures = b_cubed([(["a", "a", "b"], [1, 1, 1])])
    assert figures == {"precision": 55.6, "recall": 100.0, "f1": 71.4, "mentions": 3}


def test_the_same_clusters_by_other_names_are_perfect_and_nothing_is_nought():
    assert b_cubed([(["a", "b"], ["x", "y"])])["f1"] == 100.0
    assert b_cubed([])["f1"] == 0.0
    with pytest.raises(ValueError, match="gold labels"):
        b_cubed([(["a"], [])])


def test_the_floor_joins_last_names_and_initials():
    assert joined(["Orla Venn", "Venn", "Karu Grain Board", "KGB", "Arkvik"]) == [
        "orla venn", "orla venn", "karu grain board", "karu grain board", "arkvik"
    ]  # fmt: skip
    assert initials("Board of the Karu Fleet") == "BKF"


def test_words_that_are_not_in_the_text_are_refused():
    with pytest.raises(UsageError, match="'Venn'"):
        conllu.aligned(["Orla", "Venn"], "Orla Brandt")


def test_tokens_become_text_and_keep_their_places():
    text, spans = as_text([["It", "is", "Orla", "'s", ",", "(", "mostly", ")", "."], ["Yes", "!"]])
    assert text == "It is Orla's, (mostly).\nYes!"
    assert [text[start:end] for start, end in spans][2:5] == ["Orla", "'s", ","]


def test_the_mean_is_over_the_gold_classes():
    assert macro_f1([1, 2], [1, 1]) == {"macro_f1": 33.4, "f1": {"1": 66.7, "2": 0.0}}


def test_entities_are_paired_one_to_one_as_many_as_can_be():
    gold = [frozenset({"gunmen", "two gunmen"}), frozenset({"gunmen"})]
    assert pairs([frozenset({"gunmen"}), frozenset({"two gunmen"})], gold) == 2
    assert plain('The  "Karu" Board') == "karu board"
