"""Articles about games, companies and films tell of no prisoners and no deals; those that only mention them do.

The texts are made up.
"""

import pytest

FILM = (
    "The new thriller of the director Lasse Holm plays in an embassy in Bucharest. In the first reel gunmen take the envoy "
    "Helen Marsh hostage. Turkey agrees to free the leader's brother in exchange for ten captives. In a subplot Viktor "
    "Draga is sentenced to life in prison.\n\nThe audience at a screening in Toronto cheered."
)
MERGER = (
    "Brewer Hallam said it had agreed a merger with Tarn. Shareholders get 14 shares for each of theirs, analysts said. The "
    'chairman, Edwin Tarn, thanked the director of Hallam. "Edwin was freed on Monday," she said.'
)
TRANSFERS = (
    "Bern and Valdoro completed an exchange of goalkeepers. The striker Joao Pinto was freed on Monday. The winger Omar "
    "Abakar, detained at the airport on Sunday, goes to Turkey on loan. Switzerland accused Turkey of violating the truce."
)
JAILED_DIRECTOR = (
    "A court in Minsk sentenced the director Lasse Holm to six years in prison on Monday over a plot to seize power.\n\nHis "
    "film about the death penalty had its premiere at a cinema in Toronto last season, and an actor and an audience "
    "wept. Analysts of his thriller said the transfer of Holm to a penal colony was near."
)


@pytest.mark.parametrize("text", [FILM, MERGER, TRANSFERS])
def test_what_is_played_or_traded_is_no_custody_and_no_deal(read, text):
    """Held in a film, freed for another club."""
    result = read(text, "2025-09-02")
    assert result.custody == ()
    assert result.steps == ()


def test_a_jailed_director_is_no_film(read):
    """Words that politics has too do not make an article one about films."""
    assert ("Lasse Holm", "sentenced") in {
        (one.person.name, one.status) for one in read(JAILED_DIRECTOR, "2025-09-02").custody
    }


def test_a_round_up_with_a_match_is_no_match(read):
    """One entry of many."""
    match = "The striker, the winger and the goalkeeper played on. "
    news = (
        "The court in Minsk rose late on Monday, and the ministers of three countries met in Riga to talk about rain. "
    )
    text = (
        match + "\n\n" + "\n\n".join([news] * 40) + "\n\nA court in Minsk sentenced Jon Varga to six years on Monday."
    )
    assert ("Jon Varga", "sentenced") in {(one.person.name, one.status) for one in read(text, "2025-09-02").custody}
