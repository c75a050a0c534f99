"""Laws over generated sentences: the form of a sentence changes no role, and no hedge lets a deed stand as done."""

import itertools
from collections import Counter

import pytest

from onrecord.bench import forms

DATE = "2031-05-20"
SAMPLE = 40
WHOLE = 2000
FEWER = 5.0


@pytest.fixture(scope="module")
def shares(read):
    """The share of sentences whose roles are right, by form."""
    good, total = Counter(), Counter()
    for told in forms.plain():
        total[told.form] += 1
        good[told.form] += forms.right(told, read(told.text, DATE).acts)
    return {form: 100 * good[form] / total[form] for form in total}


@pytest.mark.slow
def test_passives_and_nouns_are_read_nearly_as_well_as_actives(shares):
    """Passives, nouns and light verbs at most five points below actives."""
    assert shares["active"] >= 85
    assert shares["passive"] >= shares["active"] - FEWER
    assert shares["noun"] >= shares["active"] - FEWER
    assert shares["light"] >= shares["active"] - FEWER


def slips(read, told):
    """The sentences of these in which the deed stands as done."""
    return [one.text for one in told if forms.asserted(one, read(one.text, DATE).acts)]


def test_a_sample_of_hedges_leaves_nothing_asserted(read):
    """Every hedge once, each over another deed."""
    told = list(forms.hedged())
    step = len(told) // SAMPLE
    assert slips(read, told[::step][:SAMPLE]) == []


@pytest.mark.slow
def test_two_thousand_hedges_leave_nothing_asserted(read):
    """ "did not", "denied", "if", "threatened to" and their like, over every deed and many pairs of states."""
    told = list(itertools.islice(forms.hedged(), WHOLE))
    assert len(told) == WHOLE
    assert slips(read, told) == []


PAIRS = [
    ("Norway accused Peru of hiding weapons, the minister said on Monday.",
     "According to the minister, Norway accused Peru of hiding weapons on Monday."),
    ("Kenya shelled Uganda on Monday, the army said.", "Kenya, according to the army, shelled Uganda on Monday."),
    ("Ghana imposed sanctions on Chad on Monday, an official said.",
     "According to an official, Ghana imposed sanctions on Chad on Monday."),
]  # fmt: skip
NAMES = [
    ("Russia expelled two diplomats from Norway on Monday.", "Moscow expelled two diplomats from Norway on Monday."),
    ("The United States condemned Chad on Monday.", "Washington condemned Chad on Monday."),
    ("The United Kingdom sanctioned Laos on Monday.", "Britain sanctioned Laos on Monday."),
    ("Hezbollah shelled Finland on Monday.", "Hizbullah shelled Finland on Monday."),
]


@pytest.mark.parametrize(("one", "other"), [*PAIRS, *NAMES])
def test_who_says_it_and_by_which_name_change_no_role(read, one, other):
    """ "X said" and "according to X", a name and its alias: the same acts between the same actors."""

    def told(text):
        return sorted(
            (act.type, sorted(ref.actor for ref in act.actors), sorted(ref.actor for ref in act.targets))
            for act in read(text, DATE).acts
        )

    assert told(one) == told(other) != []
