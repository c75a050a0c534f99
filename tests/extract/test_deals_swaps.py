"""Ways of wording an exchange or a release: each sentence with the step that it tells, and between whom; some tell none.

The sentences are made up.
"""

import pytest

SWAPS = {"prisoner_exchange", "hostage_release"}
TOLD = [
    (
        "Armenia and Azerbaijan swapped 40 prisoners of war on Friday, 20 from each side.",
        ["carried_out"],
        ["ARM", "AZE"],
    ),
    pytest.param(
        "Russia and Ukraine each freed 175 captured soldiers on Wednesday.",
        ["carried_out"],
        ["RUS", "UKR"],
        marks=pytest.mark.xfail(strict=True, reason="the parser takes 'each freed' for what the soldiers are"),
    ),
    ("Ukraine and Russia traded 90 prisoners of war apiece on Tuesday.", ["carried_out"], ["RUS", "UKR"]),
    (
        "Belarus released 14 prisoners on Saturday in exchange for two Belarusian spies held by Poland.",
        ["carried_out"],
        ["BLR", "POL"],
    ),
    (
        "The United States and Iran carried out a five-for-five prisoner swap on Monday in Doha.",
        ["carried_out"],
        ["IRN", "USA"],
    ),
    (
        "A prisoner exchange between India and Pakistan due on Saturday was put off until further notice.",
        ["postponed"],
        ["IND", "PAK"],
    ),
    (
        "Yemen's government and the Houthis agreed in Amman on Sunday to exchange 700 detainees for 300.",
        ["agreed"],
        ["HOUTHIS", "YEM"],
    ),
    ("Kyiv has proposed to Moscow an exchange of all prisoners for all.", ["proposed"], ["RUS", "UKR"]),
    ("Moscow said it was ready to swap prisoners with Kyiv after the talks.", ["proposed"], ["RUS", "UKR"]),
    ("The Kremlin denied that a prisoner exchange with Washington was being discussed.", ["denied"], ["RUS", "USA"]),
    (
        "Israel rejected a Hamas offer to free ten hostages in return for a ceasefire of 60 days.",
        ["refused"],
        ["HAMAS", "ISR"],
    ),
    (
        "Negotiators from Israel and Hamas are discussing the release of the last 20 hostages.",
        ["discussed"],
        ["HAMAS", "ISR"],
    ),
    (
        "Boko Haram freed 21 schoolgirls on Thursday after talks with the Nigerian government.",
        ["carried_out"],
        ["BOKOHARAM"],
    ),
    ("The Taliban released an American hostage on Thursday, the State Department said.", ["carried_out"], ["TALIBAN"]),
    ("ELN rebels handed two kidnapped soldiers to the Red Cross in Arauca on Friday.", ["carried_out"], ["ELN"]),
    (
        "The second stage of the prisoner exchange between Kosovo and Serbia took place on Monday.",
        ["partly_carried_out"],
        ["SRB", "XKX"],
    ),
    ("Thailand and Cambodia resumed their prisoner exchange on Sunday.", ["resumed"], ["KHM", "THA"]),
    ("Libya's rival governments swapped dozens of prisoners.", [], []),
    ("South Korea and North Korea have never exchanged prisoners of war since 1953.", [], []),
    ("The clubs swapped two strikers on deadline day.", [], []),
    ("In the film, Moscow and Washington exchange spies on a bridge.", [], []),
    ("Families in Baku called for a prisoner exchange with Armenia.", [], []),
    ("Poland and Belarus could exchange prisoners by the autumn, an analyst said.", [], []),
    (
        "In April 2022 Russia freed a US marine in exchange for a Russian pilot jailed in Connecticut.",
        ["carried_out"],
        ["RUS", "USA"],
    ),
    (
        "An exchange of 50 prisoners for 50 between Moscow and Kyiv took place on Friday, the fifth this month.",
        ["carried_out"],
        ["RUS", "UKR"],
    ),
    ("The two countries last traded prisoners in 2019, Turkey's foreign minister said of Syria.", [], []),
    (
        "Jordan and Israel signed an agreement on Tuesday to repatriate each other's prisoners.",
        ["signed"],
        ["ISR", "JOR"],
    ),
    ("Colombia and the ELN announced an exchange of prisoners for the new year.", ["announced"], ["COL", "ELN"]),
    ("Venezuela is to free six Americans next week in return for ten Venezuelans.", ["scheduled"], ["USA", "VEN"]),
    ("The junta refused to exchange its prisoners for those of the Arakan Army.", ["refused"], ["ARAKANARMY", "MMR"]),
    (
        "The exchange of prisoners between Ethiopia and Eritrea collapsed on Tuesday when shots were fired.",
        ["collapsed"],
        ["ERI", "ETH"],
    ),
]


@pytest.mark.parametrize(("text", "steps", "parties"), TOLD)
def test_a_wording_tells_of_this_step_and_of_no_other(read, text, steps, parties):
    """Kinds apart: a release for prisoners may be called either."""
    told = [
        step for step in read(f"The report came on Tuesday.\n\n{text}", "2025-06-11").steps if step.deal_kind in SWAPS
    ]
    assert sorted({step.step for step in told}) == steps
    assert set(parties) <= {party.actor for step in told for party in step.parties}
