"""Where an act was done: the place of its own clause, however deep it hangs there, and no other."""

import pytest


def _places(read, text):
    return {
        act.trigger.text: act.place.name if act.place is not None else None for act in read(text, "2031-05-20").acts
    }


@pytest.mark.parametrize(
    ("text", "trigger", "place"),
    [
        ("Nine people were killed in shelling by rebels in Arequipa, officials said on Monday.", "killed", "Arequipa"),
        ("Rebel fighters began pulling out of two districts of Lima on Friday.", "pulling", "Lima"),
        ("Rebels attacked the village of Omberu late on Monday, killing 19 civilians.", "attacked", "Omberu"),
        ("Police in Lima said that rebels had attacked soldiers on Monday at dawn.", "attacked", None),
        ("Hundreds of people protested on Monday against killings in Arequipa by the army.", "protested", None),
        ("Kenya bombed Uganda on Monday, a minister said in Geneva after a long debate.", "bombed", "Uganda"),
    ],
)
def test_the_place_is_of_the_acts_own_clause(read, text, trigger, place):
    assert _places(read, text).get(trigger) == place


def test_the_village_is_the_one_that_was_named(read):
    """ "The village" stands for the last one named with that word; with two of them, for none."""
    first = "Rebels attacked the village of Omberu on Monday. "
    later = "Army drones had bombed the village before, killing four civilians."
    assert _places(read, first + later)["bombed"] == "Omberu"
    both = first + "Rebels attacked the village of Tandeka on Sunday. "
    assert _places(read, both + later)["bombed"] is None


def test_the_white_house_is_where_it_stands(read):
    (place,) = read("Thousands protested outside the White House on Monday.").places
    assert (place.name, place.country, place.feature) == ("White House", "USA", "facility")
    assert not read("The White House said on Monday that talks would go on for a week.").places
