"""Steps that can't be told for certain are turned down with a reason; what an article takes as known is found again."""

import pytest

GEO, ARM = "GEO", "ARM"
_AFTER = " The weather stayed fine for the rest of the week."


def parties(result) -> list[tuple[str, frozenset[str]]]:
    """Return each step with its parties."""
    return [(step.step, frozenset(ref.actor for ref in step.parties)) for step in result.steps]


@pytest.mark.parametrize(
    "text",
    [
        "Georgia and Armenia sent teams to the games. A shopkeeper was robbed, but negotiations broke off at noon.",
        "Georgia has routinely exchanged prisoners with Armenia.",
        "Peace talks between Georgia and Armenia are far off. The return to peace talks by the Orel party came late.",
        "Georgia voiced an interest in resuming peace talks with Armenia.",
        "Georgia is conducting free trade talks with Armenia.",
    ],
)
def test_no_step_where_parties_or_deed_are_not_told(read, text):
    """Two who only stand together elsewhere, what is done again and again, what somebody else does, what is wished."""
    steps = {step for step, _ in parties(read(f"{text}{_AFTER}", "2025-06-11"))}
    assert not steps & {"suspended", "carried_out", "resumed", "talks_held"}


def test_names_in_a_text_without_capitals_make_no_parties(read):
    """Old wires have no capitals: there a name looks like any word."""
    text = "the orel group signed a peace agreement with the kolm front on monday, the wire reports from the capital. "
    result = read(text * 4, "2025-06-11")
    assert result.steps == ()


def test_a_swap_is_taken_up_again_by_its_noun(read):
    """ "The handover", "the swap" are the exchange that was told of before."""
    text = (
        "Georgia and Armenia agreed on Monday to swap four prisoners each. "
        "The handover will take place on Saturday at the bridge. The swap was first agreed in May."
    )
    found = read(text, "2025-06-11").steps
    assert [step.step for step in found] == ["agreed", "scheduled", "agreed"]
    assert found[1].scheduled_for is not None
    assert found[1].scheduled_for.since == "2025-06-14"


def test_the_first_of_several_are_a_part(read):
    """An exchange of the first 20 isn't over."""
    result = read(f"Georgia and Armenia exchanged the first 20 prisoners on Monday.{_AFTER}", "2025-06-11")
    assert [step.step for step in result.steps] == ["partly_carried_out"]


def test_a_stage_that_is_put_off_makes_what_was_done_a_part(read):
    """Ten were exchanged, the second stage is put off: one deal, done in part."""
    text = (
        "Georgia on Sunday postponed the second stage of its prisoner exchange with Armenia. "
        "Ten prisoners from each side were exchanged on 2 June."
    )
    found = read(text, "2025-06-11").steps
    assert [step.step for step in found] == ["postponed", "partly_carried_out"]
    assert len({step.group for step in found}) == 1


def test_who_agree_to_extend_a_truce_have_extended_it(read):
    """Not an agreement still to come."""
    result = read(f"Georgia and Armenia agreed on Monday to extend their ceasefire by a week.{_AFTER}", "2025-06-11")
    assert "extended" in [step.step for step in result.steps]


def test_what_only_names_the_deal_is_the_articles_own(read):
    """Observers say that it holds; that it took effect is taken for granted."""
    text = "A ceasefire between Georgia and Armenia that took effect on Monday was holding on Friday, observers said."
    steps = {step.step: step for step in read(f"{text}{_AFTER}", "2025-06-14").steps}
    assert steps["carried_out"].voice is None
    assert steps["reaffirmed"].voice is not None


def test_how_the_parties_were_found_is_written_down(read):
    """Every step carries the rule."""
    result = read(
        f"Georgia and Armenia signed a ceasefire on Monday. The truce was broken on Friday.{_AFTER}", "2025-06-14"
    )
    assert all(any(rule.startswith("deals.parties.") for rule in step.rules) for step in result.steps)
    assert result.steps[0].rules[-1] == "deals.parties.named"


def test_who_is_exchanged_has_the_day_of_the_exchange(read):
    """The only exchange that the article tells of as done dates those who were handed over in it."""
    text = (
        "Georgia and Armenia exchanged eight prisoners on Monday, four from each side. "
        "The Georgian painter Mara Ostrel was freed by Armenia in the swap, together with three drivers."
    )
    report = next(one for one in read(f"{text}{_AFTER}", "2025-06-11").custody if one.status == "exchanged")
    assert report.date is not None
    assert report.date.since == "2025-06-09"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Georgia will not talk to Armenia until the hostages are freed, Georgian minister Lado Maisur said.",
            [("hostage_release", "conditions_set", True)],
        ),
        (
            "Georgia and Armenia signed a ceasefire on Tuesday that is to take effect on Wednesday.",
            [("ceasefire", "signed", False), ("ceasefire", "scheduled", False)],
        ),
        (
            "Georgia remained ready for talks with Armenia, its foreign ministry said.",
            [("talks", "reaffirmed", False)],
        ),
        (
            "Georgia and Armenia signed an exchange of prisoners. The second stage had been postponed in April.",
            [("prisoner_exchange", "signed", False), ("prisoner_exchange", "postponed", False)],
        ),
        (
            'Had the ceasefire between Georgia and Armenia been renewed, said Lado Maisur, "nobody would have died".',
            [],
        ),
    ],
)  # fmt: skip
def test_conditions_stages_and_what_might_have_been(read, text, expected):
    """What waits for a release is a condition; a numbered stage is the deal's; what might have been is nothing."""
    found = [(step.deal_kind, step.step, step.conditional) for step in read(text, "2025-06-11").steps]
    assert found == expected


def test_an_accord_of_another_year_is_not_put_on_the_sides_of_the_news(read):
    """Nothing says between whom the old accord was: silence, with its reason."""
    result = read(
        "Georgia broke off peace talks with Armenia on Monday.\n\n"
        "A veteran of the 2016 peace accord was among the dead, a priest said.",
        "2025-06-11",
    )
    assert {step.deal_kind for step in result.steps} == {"talks"}
    assert any("old accord" in rejection.note for rejection in result.rejections)


def test_those_only_described_are_on_the_side_of_the_one_movement_and_the_one_state(read):
    """With one movement and one state in the article, "the rebels" and "the army" are theirs."""
    result = read(
        "Envoys of Chad's government and of the Tibou Salvation Front met on Monday in Chad.\n\n"
        "The Tibou Salvation Front has fought Chad since May.\n\n"
        "The truce took effect on Tuesday, the army said. A truce between the rebels and the army had failed before.",
        "2025-06-11",
    )
    sides = {frozenset(ref.actor for ref in step.parties) for step in result.steps if step.deal_kind == "ceasefire"}
    assert sides == {frozenset({"TCD", "tibou-salvation-front"})}


_LOWER = (
    "the border post was closed for a week and the farmers of the valley could not sell what they had grown this year. "
    "the governor said on tuesday that the road was open again and that lorries were crossing as before. "
)


def test_in_a_text_whose_capitals_were_restored_two_known_names_in_one_sentence_are_parties(read):
    """States that the lexicon knows; a group that it does not know is left out."""
    found = read(f"{_LOWER}georgia and armenia agreed on monday to swap four prisoners each.", "2025-06-11")
    assert parties(found) == [("agreed", frozenset({"GEO", "ARM"}))]
    unknown = read(f"{_LOWER}georgia and the kolm front agreed on monday to swap four prisoners each.", "2025-06-11")
    assert unknown.steps == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Georgia has offered to hand over three Armenian surveyors in exchange for two jailed sailors.",
            ("prisoner_exchange", "proposed"),
        ),
        (
            "Georgia has been negotiating with Armenia since May over the release of four engineers.",
            ("hostage_release", "discussed"),
        ),
        ("Georgia and Armenia will open talks on a ceasefire on Friday.", ("talks", "scheduled")),
        (
            "Georgia and Armenia agreed a prisoner exchange. The exchange was called off on Monday.",
            ("prisoner_exchange", "collapsed"),
        ),
        (
            "Georgia and Armenia signed a truce. Georgia said it was no longer bound by the truce with Armenia.",
            ("ceasefire", "collapsed"),
        ),
    ],
)
def test_what_is_given_over_what_and_by_whom(read, text, expected):
    """People for people, talks over a release, talks about a truce, the bare exchange, who is bound no longer."""
    assert expected in {(step.deal_kind, step.step) for step in read(text, "2025-06-11").steps}


@pytest.mark.parametrize(
    "text",
    [
        "Georgia and Armenia agreed a prisoner exchange. It was to have been carried out on Friday.",
        "A truce between two gangs of the port was announced in June. Georgia and Armenia sent envoys.",
        "Georgia's three governing parties agreed a truce on the budget. The agreement had been violated, they said.",
    ],
)
def test_what_was_to_have_been_and_truces_of_others_are_not_told(read, text):
    """Nothing that fell through is done; a truce of gangs or of parties is no deal of states."""
    told = {(step.deal_kind, step.step) for step in read(text, "2025-06-11").steps}
    assert not told & {("prisoner_exchange", "carried_out"), ("ceasefire", "announced"), ("ceasefire", "violated")}
