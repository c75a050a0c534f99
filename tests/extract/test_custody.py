"""Reports on persons held, in made-up articles."""


def test_charge_sentence_reason_and_exchange(read):
    """Every field of a released person and of the one she was released for."""
    result = read(
        "In the latest swap last month, dual US-Georgian citizen Nino Beridzade was released from an Armenian jail, "
        "where she was serving nine years on espionage charges after photographing a bridge near Yerevan.\n\n"
        "In exchange Georgia freed Aram Petrosyanov, an Armenian accused of smuggling drone parts.",
        "2025-06-11",
    )
    nino = [report for report in result.custody if report.person.name == "Nino Beridzade"]
    freed = next(report for report in nino if report.status == "exchanged")
    assert set(freed.nationalities) == {"USA", "GEO"}
    assert freed.holder is not None
    assert freed.holder.actor == "ARM"
    assert freed.date is not None
    assert (freed.date.since, freed.date.until) == ("2025-05-01", "2025-05-31")
    assert [ref.name for ref in freed.exchanged_for] == ["Aram Petrosyanov"]
    served = next(report for report in nino if report.status == "sentenced")
    assert (served.sentence, served.charge) == ("nine years", "espionage")
    assert served.basis is not None
    assert served.basis.startswith("photographing a bridge")


def test_not_freed_is_still_held(read):
    """A denied release is no release."""
    result = read("Armenia has not released Nino Beridzade, her family said. She is a nurse.", "2025-06-11")
    assert all(report.status == "detained" for report in result.custody)


def test_a_game_holds_nobody(read):
    """Released by a club, captors on the pitch: nobody is held."""
    result = read("The striker Nino Beridzade was released by the club. The coach Lado Maisur freed her.", "2025-06-11")
    assert result.custody == ()


def test_plans_free_nobody(read):
    """What is planned is a rejection."""
    result = read("Armenia will release Nino Beridzade on Friday. She is a nurse.", "2025-06-11")
    assert not any(report.status == "released" for report in result.custody)
    assert any(rejection.note.startswith("released") for rejection in result.rejections)
