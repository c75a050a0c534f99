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


def test_a_clause_in_a_list_is_about_its_own_name(read):
    """Sentence and charge belong to the person in whose clause they stand, and to nobody else in the list."""
    result = read(
        "Georgia will free three Armenians: Aram Petrosyanov, jailed for 11 years in Batumi; Lena Sarkisova, a nurse "
        "accused of forging passports; and Tigran Avetov, a cook.",
        "2025-06-11",
    )
    sentenced = {report.person.name for report in result.custody if report.status == "sentenced"}
    assert sentenced == {"Aram Petrosyanov"}
    assert not any(report.charge for report in result.custody if report.person.name == "Tigran Avetov")
    held = next(report for report in result.custody if report.status == "sentenced")
    assert (held.sentence, held.holder.actor if held.holder else None) == ("11 years", "GEO")
    assert held.nationalities == ("ARM",)


def test_those_freed_along_with_somebody_are_no_charge(read):
    """Company is no charge, a deed with a clause of its own is the reason, and a short name joins the full one."""
    result = read(
        "The Georgian-Armenian painter Nino Beridzade was pardoned along with 40 other inmates on Monday. "
        "Ms Beridzade was arrested over a mural that showed a minister asleep.",
        "2025-06-11",
    )
    assert {report.person.name for report in result.custody} == {"Nino Beridzade"}
    assert all(report.charge is None for report in result.custody)
    assert {report.basis for report in result.custody} >= {"a mural that showed a minister asleep"}
    assert set(result.custody[0].nationalities) == {"GEO", "ARM"}


def test_only_powers_charge_and_minds_capture_nobody(read):
    """Critics, moods and orders to the reader hold nobody."""
    for text in (
        "Dozens of critics charged Nino Beridzade with cowardice on Monday.",
        "Voters saw Nino Beridzade as captured by a gloomy philosophy.",
        "Free Nino Beridzade now.",
        "Nino Beridzade had served in Armenia for 13 months.",
    ):
        assert read(f"{text} She is a nurse.", "2025-06-11").custody == ()


def test_a_court_in_a_town_holds_for_its_state(read):
    """Who holds somebody, where a court, a prison or a town says it."""
    for text, holder in (
        ("A Tbilisi court jailed Aram Petrosyanov for nine years.", "GEO"),
        ("Aram Petrosyanov is in prison in Armenia.", "ARM"),
        ("Aram Petrosyanov was convicted of spying in Yerevan on Monday.", None),
    ):
        found = [report.holder.actor for report in read(text, "2025-06-11").custody if report.holder]
        assert found[:1] in ([holder], []) if holder is None else found[:1] == [holder], text


def test_each_of_two_is_the_price_of_the_other(read):
    """ "Freed X in exchange for Y": both are exchanged, and Y is not held by who freed X."""
    result = read(
        "Armenia freed the Georgian teacher Nino Beridzade on Tuesday in exchange for Aram Petrosyanov, an Armenian.",
        "2025-06-11",
    )
    found = {report.person.name: report for report in result.custody if report.status == "exchanged"}
    assert set(found) == {"Nino Beridzade", "Aram Petrosyanov"}
    assert [ref.name for ref in found["Aram Petrosyanov"].exchanged_for] == ["Nino Beridzade"]
    holder = found["Aram Petrosyanov"].holder
    assert holder is None or holder.actor == "GEO"


def test_some_of_many_and_the_answer_to_a_question(read):
    """Named examples of a group, and names listed after "Who was freed?"."""
    result = read("Armenia released 14 prisoners, including Nino Beridzade. She is a nurse.", "2025-06-11")
    assert {report.person.name for report in result.custody} == {"Nino Beridzade"}
    result = read(
        "Five Georgians who had been imprisoned in Armenia landed in Tbilisi.\n\nWho was freed?\n\n"
        "Nino Beridzade, a nurse; Lado Maisuridze; and Tamar Kobalia, a cook.",
        "2025-06-11",
    )
    freed = {report.person.name for report in result.custody if report.status in {"released", "exchanged"}}
    assert freed == {"Nino Beridzade", "Lado Maisuridze", "Tamar Kobalia"}
    assert {report.holder.actor for report in result.custody if report.holder} == {"ARM"}


def test_a_term_told_of_one_name_of_a_list_is_nobody_elses(read):
    """ "A, jailed for 14 years; B, a chemist; and C": only A has a term."""
    result = read(
        "Armenia and Georgia have agreed to swap prisoners. Armenia is to release two Georgians: Nino Beridzade and "
        "Lado Maisur. Three Armenians will travel the other way: Aram Petrosyanov, jailed for 14 years in Tbilisi; "
        "Sona Hakobjan, a chemist accused of dodging export controls; and Vahan Terzik, a bank clerk.",
        "2025-06-11",
    )
    terms = {(report.person.name, report.sentence) for report in result.custody if report.sentence}
    assert terms == {("Aram Petrosyanov", "14 years")}


def test_a_pronoun_alone_makes_nobody_a_prisoner(read):
    """Who "he" is was found by likelihood: somebody else must say that this person is held."""
    text = (
        'Police led the man out of the house. "He was taken into custody at noon," Sergeant Mara Ostrel said. '
        "Before the hearing she was not available. He was arrested again in June."
    )
    result = read(text, "2025-06-11")
    assert result.custody == ()


def freed_and_held(result, name):
    """Return the reports on this person by status."""
    return {report.status: report for report in result.custody if report.person.name == name}


def test_since_when_follows_from_how_long(read):
    """Freed on Monday after nine days: seized about ten days before; nine days of talks say nothing of the cell."""
    told = freed_and_held(read("Rebels freed a kidnapped engineer, Ramil Lopez, on Monday after nine days. He was well.",
                               "2025-06-11"), "Ramil Lopez")  # fmt: skip
    assert told["detained"].date is not None
    assert (told["detained"].date.since, told["detained"].date.until) == ("2025-05-30", "2025-06-01")
    assert told["detained"].date.precision == "approx"
    told = freed_and_held(read("Rebels freed a kidnapped engineer, Ramil Lopez, on Monday after nine days of talks.",
                               "2025-06-11"), "Ramil Lopez")  # fmt: skip
    assert told["detained"].date is None


def test_a_day_after_another(read):
    """The exchange took place a day before those freed landed, and that is the day of each of them."""
    result = read(
        "Two Georgians who had been imprisoned in Armenia landed in Tbilisi on Tuesday, a day after a prisoner swap "
        "between Georgia and Armenia. Who was freed? Nino Abashidze, a nurse; and Lado Maisur, a driver who also has Turkish "
        "citizenship.\n\nIn January 2016, two Georgians were exchanged for seven Armenians.",
        "2025-06-11",
    )
    swap = next(step for step in result.steps if step.terms.ratio is None)
    assert swap.date is not None
    assert swap.date.since == "2025-06-09"
    lado = freed_and_held(result, "Lado Maisur")["exchanged"]
    assert lado.date is not None
    assert lado.date.since == "2025-06-09"
    assert set(lado.nationalities) == {"GEO", "TUR"}


def test_a_resident_is_no_citizen(read):
    """A permanent resident isn't the state's national; two verbs of a sentence make one report with the day of one."""
    result = read(
        "A prisoner swap between Georgia and Armenia took place on Monday. Nino Abashidze, a Georgian permanent "
        "resident jailed since 2016, was left out.",
        "2025-06-11",
    )
    nino = freed_and_held(result, "Nino Abashidze")["detained"]
    assert nino.nationalities == ()
    assert nino.date is not None
    assert nino.date.since == "2016-01-01"


def test_who_walks_over_behind_an_exchange_was_exchanged(read):
    """Into the other state, or over the bridge; an envoy walks too, and into a bar is nowhere."""
    swap = "Georgia and Armenia exchanged five prisoners on Friday. "
    told = read(f"{swap}Nino Abashidze, a nurse, and Lado Maisur walked into Georgia at ten.", "2025-06-11").custody
    assert {(one.person.name, one.status) for one in told} == {
        ("Nino Abashidze", "exchanged"),
        ("Lado Maisur", "exchanged"),
    }
    for text in (
        f"{swap}The envoy Lado Maisur walked into Georgia at ten.",
        f"{swap}Lado Maisur walked into a bar.",
        "Georgia and Armenia exchanged letters on Friday. Lado Maisur walked into Georgia at ten.",
    ):
        assert read(text, "2025-06-11").custody == ()


def _one(read, text, status):
    found = [report for report in read(text, "2025-06-11").custody if report.status == status]
    assert len(found) == 1, found
    return found[0]


def _days(report):
    return (report.date.since, report.date.until) if report.date is not None else None


def test_the_day_of_what_the_charge_tells_is_not_the_day_of_the_charge(read):
    """A deed's year stays the deed's; a year behind a bare charge is that of the verdict."""
    deed = _one(read, "Aram Petrosyanov was found guilty of killing two guards in 2011. He sings.", "convicted")
    assert _days(deed) is None
    bare = _one(read, "Aram Petrosyanov was charged with libel in 1999. He sings.", "charged")
    assert (_days(bare), bare.charge) == (("1999-01-01", "1999-12-31"), "libel")
    before = _one(read, "Aram Petrosyanov was convicted of theft before his arrest on Tuesday. He sings.", "convicted")
    assert _days(before) is None


def test_whose_release_is_asked_for_is_held(read):
    """A demand tells that the person is held, and by whom; it frees nobody."""
    report = _one(read, "The embassy demanded that Armenia free the nurse Nino Beridzade.", "detained")
    assert report.polarity == "asserted"
    assert _one(read, "Armenia must free Nino Beridzade, a nurse, her family said.", "detained").voice is not None


def test_a_sentence_to_be_served_has_been_given(read):
    """Of her own sentence it is only said that it goes on."""
    report = _one(read, "A spokesman said Nino Beridzade would serve her sentence of six years.", "sentenced")
    assert report.sentence == "six years"


def test_days_after_a_deed_are_counted(read):
    """'On Wednesday, two days after A freed X' gives X's day."""
    text = "Georgia eased its sanctions on Wednesday, two days after Armenia released the nurse Nino Beridzade."
    assert _days(_one(read, text, "released")) == ("2025-06-09", "2025-06-09")


def test_those_who_walk_over_were_held_by_the_other_side(read):
    """Who walks into A was held by B; who goes the other way, by A."""
    result = read(
        "Georgia and Armenia exchanged two prisoners at the Sadakhlo crossing on Friday.\n\n"
        "Nino Beridzade, a nurse, walked into Georgia at ten. Aram Petrosyanov crossed the other way.",
        "2025-06-11",
    )
    found = {report.person.name: (report.holder and report.holder.actor, _days(report)) for report in result.custody}
    day = ("2025-06-06", "2025-06-06")
    assert found == {"Nino Beridzade": ("ARM", day), "Aram Petrosyanov": ("GEO", day)}


def test_a_prison_is_the_state_of_its_town(read):
    """The state is called by its name, though the article names only the town."""
    report = _one(read, "Nino Beridzade, a nurse, remains in prison in Yerevan.", "detained")
    assert report.holder is not None
    assert (report.holder.actor, report.holder.name) == ("ARM", "Armenia")


def test_the_term_is_not_the_charge(read):
    """'Two years of a six-year sentence for spying' is about spying."""
    report = _one(read, "Nino Beridzade had served two years of a six-year sentence for spying.", "sentenced")
    assert (report.charge, report.sentence) == ("spying", "six-year")
