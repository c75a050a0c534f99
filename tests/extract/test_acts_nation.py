"""Whose army, court or minister it is where the article does not say, and whose it is not."""

DATE = "2031-05-20"


def told(read, text, kind):
    """Actors and targets (country, else name) of the acts of one type."""
    return [
        ([ref.country or ref.name for ref in act.actors], [ref.country or ref.name for ref in act.targets])
        for act in read(text, DATE).acts
        if act.type == kind
    ]


def test_a_label_over_a_paragraph_says_whose_army_it_is(read):
    """In a round-up the country stands once, in front."""
    text = (
        "CHAD. The army attacked rebel villages in the north on Monday, residents said.\n\n"
        "NEPAL. The government imposed a curfew in two towns on Tuesday after riots.\n"
    )
    assert told(read, text, "ASSAULT")[0][0] == ["TCD"]
    assert told(read, text, "COERCE")[0][0] == ["NPL"]


def test_a_round_up_has_no_two_sides(read):
    """What one paragraph tells of two sides is not carried into another."""
    text = (
        "CHAD. Chad attacked Nepal on Monday. Nepal attacked Chad on Tuesday, and Chad accused Nepal of a plot.\n\n"
        "PERU. The war of 2019 cost thousands of lives, and the truce of that year did not hold for long.\n\n"
        "LAOS. The war of 2020 cost fewer lives, and its truce held through the following winter.\n"
    )
    acts = [act for act in read(text, DATE).acts if act.trigger.start > text.index("PERU")]
    assert not any(ref.country in {"TCD", "NPL"} for act in acts for ref in (*act.actors, *act.targets))


def test_a_minister_is_of_the_state_that_he_speaks_for(read):
    """ "Norway will not sign, Foreign Minister X said": X is Norway's."""
    text = (
        "Norway would not sign the treaty, Foreign Minister Odd Vik said on Monday. On Tuesday Vik accused Peru of "
        "breaking the truce in the mountains.\n"
    )
    assert (["NOR"], ["PER"]) in told(read, text, "ACCUSE")


def test_a_minister_is_not_given_to_the_only_state_that_is_named(read):
    """The state that an unknown official scolds is not his own."""
    text = "President Odd Vik told reporters that he was tired of Peru and of its promises.\n"
    countries = [ref.country for act in read(text, DATE).acts for ref in act.actors]
    assert "PER" not in countries


def test_a_killing_in_a_place_is_not_done_by_the_place(read):
    """ "Attacks in Chad that killed four", "the Lima bombings": the place is no doer."""
    text = "The attacks in Chad that killed four soldiers on Monday shocked the army. The Lima bombings went on.\n"
    assert all(not actors for actors, _ in told(read, text, "ASSAULT"))


def test_a_murder_is_suffered_by_its_possessor(read):
    """ "The mayor's murder by rebels" names its victim first."""
    text = "Norway condemned the general's murder by Chadian soldiers on Monday.\n"
    assert [targets for _, targets in told(read, text, "ASSAULT")] != [[]]
    assert all("general" not in " ".join(actors).lower() for actors, _ in told(read, text, "ASSAULT"))


def test_rivals_of_an_election_attack_in_words(read):
    """Among candidates an attack is made of words, and no act of force."""
    text = (
        "The candidate Odd Vik attacked his rival Per Lund at a rally before the primary on Monday. Voters and donors "
        "of the party cheered the nominee, and the campaign ran an ad that hit Lund in the debate.\n\n"
        "A poll before the caucus showed Vik ahead among delegates of the convention.\n"
    )
    assert told(read, text, "ASSAULT") == []
