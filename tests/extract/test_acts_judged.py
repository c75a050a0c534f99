"""The written rule by which the rules' votes and the judge's chances decide together."""

import pytest

from onrecord.extract.acts_given import Vote, votes
from onrecord.extract.acts_judged import LEAST, confidence, root_of, run
from onrecord.model.judged import Judged
from onrecord.read.weigh import clause_of

EVEN = {"ACCUSE": 0.5, "YIELD": 0.5}


def test_a_trigger_with_both_sides_tips_the_scale():
    """Two against an even chance."""
    root, sure = root_of(EVEN, [Vote("RETREAT", 2, "happened", 3)])
    assert root == "YIELD"
    assert 0.85 < sure < 0.92


def test_a_trigger_with_one_side_counts_less_than_one_with_both():
    """The better placed trigger wins an even chance."""
    given = [Vote("ACCUSE", 1, "happened", 1), Vote("CONCEDE", 2, "happened", 5)]
    assert root_of(EVEN, given)[0] == "YIELD"


def test_a_sure_judge_outvotes_a_trigger():
    """A vote is worth a factor of seven, no more."""
    assert root_of({"ACCUSE": 0.95, "YIELD": 0.05}, [Vote("RETREAT", 2, "happened", 3)])[0] == "ACCUSE"


def test_without_a_judge_the_votes_decide_and_without_both_nothing_is_sure():
    """Rules alone work; silence is worth nothing."""
    assert root_of({}, [Vote("AID", 1, "happened", 3), Vote("ASSAULT", 2, "happened", 9)])[0] == "ASSAULT"
    assert root_of({}, [])[1] == 0.0


def test_a_trigger_counts_once_for_its_root():
    """Saying it three times makes it no truer."""
    once = root_of(EVEN, [Vote("ACCUSE", 1, "happened", 1)])
    assert root_of(EVEN, [Vote("ACCUSE", 1, "happened", at) for at in range(3)]) == once


def test_an_act_that_the_judge_finds_impossible_is_a_rejection(read):
    """It is not asserted, and the rejection names the root that the judge would rather see."""
    result = read("Norway accused Peru on Monday of breaking the treaty they had signed.", "2031-05-20")
    (act,) = [act for act in result.acts if act.type == "ACCUSE"]
    kept, gone = run(document=result.document, told=(act,), judged=(Judged(act.id, {"AID": 0.9999, "ACCUSE": 0.0001}),))
    assert kept == ()
    assert gone[0].code == "R305"
    assert "AID" in gone[0].note
    kept, gone = run(document=result.document, told=(act,), judged=(Judged(act.id, {"AID": 0.1, "ACCUSE": 0.9}),))
    assert gone == ()
    assert kept[0].confidence > 0.9
    kept, _ = run(document=result.document, told=(act,), judged=())
    assert kept == (act,)


@pytest.mark.parametrize(("chance", "stays"), [(0.0002, False), (0.05, True), (0.6, True)])
def test_the_threshold_is_on_the_share_with_the_vote(chance, stays):
    """One in five thousand is too little, one in twenty is enough beside a trigger."""
    assert (confidence("RETREAT", {"YIELD": chance, "AID": 1 - chance})[0] >= LEAST) is stays


def test_votes_of_a_sentence(lexicon, reading):
    """A trigger between source and target votes with both its places."""
    text = "Norway accused Peru of hiding weapons."
    found = votes(reading(text)[1], lexicon.acts, lexicon.hedges, [(0, 6)], [(15, 19)])
    assert (found[0].type, found[0].places) == ("ACCUSE", 2)
    other = votes(reading(text)[1], lexicon.acts, lexicon.hedges, [(15, 19)], [(0, 6)])
    assert other[0].places == 0


def test_the_judge_is_shown_the_clause_with_its_actor(read):
    """Of "denied arming" it is asked about the arming, and told who is meant."""
    result = read("Norway denied on Monday arming Peru with rockets.", "2031-05-20")
    shown = [clause_of(result.document.text, act) for act in result.acts if act.type == "AID"]
    assert shown == [("Norway arming Peru with rockets", ((0, 6),), ((14, 18),))]
