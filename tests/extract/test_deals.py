"""Steps of deals in made-up articles: what moves a deal, what doesn't, whose word it is."""

import pytest

from onrecord.extract.deals_terms import duration, ratio


def told(result, kind: str | None = None) -> list[tuple[str, frozenset[str]]]:
    """Return each step with its parties."""
    return [
        (step.step, frozenset(ref.actor for ref in step.parties))
        for step in result.steps
        if kind in (None, step.deal_kind)
    ]


@pytest.mark.parametrize(
    ("words", "pair"),
    [
        ("a six-for-six swap", (6, 6)),
        ("swapping four people for five people", (4, 5)),
        ("an exchange of 1,200 for 1,200", (1200, 1200)),
        ("free 41 hostages in return for some 1,700 prisoners", (41, 1700)),
        ("in June 2021 had seen 15 men released in exchange for 40 women", (15, 40)),
        ("agreed to let seven captives each go", (7, 7)),
        ("asked for three days", None),
        ("nine years for smuggling", None),
    ],
)
def test_n_for_n(words, pair):
    """Every wording of a ratio, and what is none."""
    assert ratio(words) == pair


def test_durations():
    """As it stands in the text; what lies behind is none."""
    assert duration("a 12-day truce") == "12-day"
    assert duration("for two weeks from Monday") == "two weeks"
    assert duration("broken two weeks ago") is None


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("Georgia and Armenia signed a ceasefire in Vienna on Monday.", "signed"),
        ("A prisoner swap between Georgia and Armenia was carried out on Monday.", "carried_out"),
        ("Georgia suspended the peace talks with Armenia on Monday.", "suspended"),
        ("On Monday Georgia and Armenia agreed to stop fighting.", "agreed"),
        ("Georgia rejected a ceasefire with Armenia on Monday.", "refused"),
        ("The ceasefire between Georgia and Armenia took effect on Monday.", "carried_out"),
    ],
)
def test_steps_with_their_parties(read, text, step):
    """One sentence, one step, both parties, the day."""
    result = read(f"{text} The weather stayed fine for the rest of the week.", "2025-06-11")
    assert (step, frozenset({"GEO", "ARM"})) in told(result)
    assert result.steps[0].date is not None
    assert result.steps[0].date.since == "2025-06-09"


@pytest.mark.parametrize(
    "text",
    [
        "Georgia hopes to sign a ceasefire with Armenia.",
        "Georgia could sign a ceasefire with Armenia next week.",
        "If Georgia signs a ceasefire with Armenia, aid will come.",
        "Georgia did not sign a ceasefire with Armenia.",
        "A prisoner swap between Georgia and Armenia may be agreed.",
    ],
)
def test_hopes_and_denials_move_nothing(read, text):
    """No agreement, signature or deed comes of what is hoped for, hypothetical or denied."""
    steps = {step for step, _ in told(read(f"{text} The weather stayed fine.", "2025-06-11"))}
    assert not steps & {"agreed", "signed", "carried_out", "partly_carried_out"}


def test_no_party_no_step(read):
    """Clubs, firms and films make no deals here; what was seen is a rejection."""
    result = read("The club agreed a truce with its supporters. The striker signed a swap deal.", "2025-06-11")
    assert result.steps == ()
    assert any(rejection.code in {"R305", "R306"} for rejection in result.rejections)


def test_a_planned_exchange_and_one_that_was_done_are_two(read):
    """The planned four-for-four keeps apart from the exchange of two named persons a month before."""
    result = read(
        "Georgia and Armenia discussed a four-for-four prisoner swap in a call on Monday.\n\n"
        "In the latest swap last month, Georgian citizen Nino Beridzade was released from an Armenian jail. "
        "In exchange Georgia freed Aram Petrosyanov, an Armenian accused of spying.",
        "2025-06-11",
    )
    groups = {step.group: step for step in result.steps}
    assert len(groups) == 2
    done = next(step for step in result.steps if step.step == "carried_out")
    assert done.terms.ratio == (1, 1)
    assert {ref.name for ref in done.persons} == {"Nino Beridzade", "Aram Petrosyanov"}
    assert {step.step for step in result.steps if step.group != done.group} == {"discussed"}


@pytest.mark.parametrize(
    ("text", "step", "by"),
    [
        ("Georgia dismissed a prisoner swap with Armenia on Monday.", "denied", "GEO"),
        ("Georgia has sounded out Armenia about a prisoner swap.", "proposed", "GEO"),
    ],
)
def test_feelers_and_denials(read, text, step, by):
    """Who puts out a feeler, who waves it off."""
    result = read(f"{text} The weather stayed fine for the rest of the week.", "2025-06-11")
    assert [(one.step, one.by.actor if one.by else None) for one in result.steps] == [(step, by)]
    assert {ref.actor for ref in result.steps[0].parties} == {"GEO", "ARM"}


def test_there_is_none_and_what_would_follow(read):
    """A party's "there is no offer" is a denial; what it would do in return is a condition and no offer."""
    result = read(
        "Georgia proposed a prisoner swap with Armenia on Monday.\n\n"
        "“There has been no offer,” Armenian foreign minister Tigran Avetov said on Tuesday. "
        "Should Georgia free Lena Sarkisova, he said, Armenia “would find a way to say thank you”.",
        "2025-06-11",
    )
    found = {(one.step, one.conditional) for one in result.steps}
    assert ("denied", False) in found
    assert not any(one.step in {"carried_out", "scheduled", "agreed"} for one in result.steps)


def test_a_plan_to_do_something_else_is_no_deal(read):
    """A leader's plan for newcomers, a protocol of many states, and deeds that would change something."""
    for text in (
        "Georgia and Armenia signed a truce. The leader defended his plan to accept thousands of Armenian students.",
        "Georgia and Armenia signed a truce. Freeing his neighbour would take courage.",
    ):
        assert [one.step for one in read(text, "2025-06-11").steps] == ["signed"]


def steps_of(result, kind):
    """The steps of one kind of deal, in order of the text."""
    return [step.step for step in result.steps if step.deal_kind == kind]


def test_what_a_deal_would_do_is_not_done(read):
    """ "A deal to swap" is a deal: what becomes of it is told by the word over it."""
    for text, step in (
        ("Armenia and Georgia reached a deal to exchange prisoners.", "agreed"),
        ("Armenia and Georgia reached an understanding in principle on swapping prisoners.", "agreed_in_principle"),
    ):
        assert steps_of(read(text, "2025-06-11"), "prisoner_exchange") == [step], text
    unsure = read("Armenia and Georgia are close to a deal to exchange prisoners, the minister said.", "2025-06-11")
    assert not {"carried_out", "agreed"} & set(steps_of(unsure, "prisoner_exchange"))
    purpose = read("Armenia wants a deal to end the long war with Georgia. The war is old.", "2025-06-11")
    assert not {"collapsed", "agreed"} & set(steps_of(purpose, "peace_agreement"))


def test_an_attack_told_as_a_breach_breaks_the_truce(read):
    """Each side says that the other attacked: two breaches, each with its doer and in its teller's voice."""
    result = read(
        "Armenia and Georgia accused each other on Tuesday of breaking the truce that they signed on Friday.\n\n"
        "The Armenian government said Georgian soldiers had attacked the village of Sarn on Monday.",
        "2025-06-11",
    )
    told = [step for step in result.steps if "deals.breach" in step.rules]
    assert [(step.step, step.by.actor if step.by else None, bool(step.voice)) for step in told] == [
        ("violated", "GEO", True)
    ]
    plain = read(
        "Armenia proposed a truce to Georgia. The government said Georgian soldiers attacked a village.", "2025-06-11"
    )
    assert not any("deals.breach" in step.rules for step in plain.steps)


def test_one_sides_yes_is_no_agreement(read):
    """A refusal stands alone; an acceptance needs both."""
    result = read("Peru proposed a truce between Armenia and Georgia. Armenia accepted. Georgia refused.", "2025-06-11")
    assert "agreed" not in steps_of(result, "ceasefire")
    assert "refused" in steps_of(result, "ceasefire")


@pytest.mark.parametrize(
    ("text", "step", "pair"),
    [
        ("Georgia and Armenia agreed to exchange nine sailors for nine fishermen.", "agreed", (9, 9)),
        ("Georgia and Armenia swapped two pilots for three engineers on Monday.", "carried_out", (2, 3)),
        ("Georgia and Armenia exchanged their captured pilots on Monday.", "carried_out", None),
        ("Georgia agreed to hand over two pilots in exchange for three journalists held by Armenia.", "agreed", (2, 3)),
        ("Georgia and Armenia discussed an exchange of six sailors for six farmers on Monday.", "discussed", (6, 6)),
    ],
)
def test_people_named_by_trade_are_exchanged(read, text, step, pair):
    """Sailors as such; pilots and engineers n for n or captured; the other side is who holds those given in return."""
    result = read(f"{text} The weather stayed fine for the rest of the week.", "2025-06-11")
    assert told(result, "prisoner_exchange") == [(step, frozenset({"GEO", "ARM"}))]
    assert result.steps[0].terms.ratio == pair


@pytest.mark.parametrize(
    "thing",
    ["students", "ambassadors", "journalists", "pilot projects", "fire", "ten scientists a year", "two jets for a dam"],
)
def test_what_is_exchanged_in_peace_is_no_prisoner(read, thing):
    """Students, envoys, reporters and shots are exchanged without anybody having been held."""
    result = read(f"Georgia and Armenia agreed to exchange {thing} on Monday. The weather stayed fine.", "2025-06-11")
    assert told(result) == []


def test_a_stage_is_not_the_size_of_the_whole(read):
    """What each side gives is told behind the signature; the ten of the first stage are no terms of the agreement."""
    result = read(
        "Georgia and Armenia signed an agreement on Thursday to exchange 40 prisoners in two stages. Each side will "
        "release 20 people.",
        "2025-06-11",
    )
    assert [step.terms.ratio for step in result.steps if step.step == "signed"] == [(20, 20)]
    result = read(
        "Georgia and Armenia exchanged the first 20 prisoners on Monday, ten from each side, under an agreement signed "
        "in Vienna last week.",
        "2025-06-11",
    )
    ratios = {step.step: step.terms.ratio for step in result.steps}
    assert ratios["partly_carried_out"] == (10, 10)
    assert ratios.get("signed") is None


def test_in_turn_answers_what_stood_before(read):
    """Two undertakings of which one answers the other are one exchange, n for n."""
    result = read(
        "Georgia will hand over 30 wounded soldiers to Armenia on Sunday. Armenia has undertaken in turn to free nine "
        "captured officers.",
        "2025-06-11",
    )
    assert {step.terms.ratio for step in result.steps} == {(30, 9)}
    assert {step.deal_kind for step in result.steps} == {"prisoner_exchange"}
