"""Of whom a group's release or capture is told, by the names that stand elsewhere, in made-up articles."""

import pytest

TOLD = (
    ("Gunmen kidnapped six engineers near Riga on Monday. Among them was Jon Varga, a cook.", "detained"),
    ("Latvia released six cooks on Tuesday. The six, among them Jon Varga, a former sailor, left by air.", "released"),
    ("Latvia released six engineers on Tuesday. Among them are Jon Varga and Mara Ostrel.", "released"),
    ("Jon Varga was one of 14 prisoners freed on Saturday.", "released"),
    ("Fourteen prisoners were freed on Saturday. One of them was Jon Varga, a blogger.", "released"),
    ("Fourteen prisoners were freed on Saturday. One of them, Jon Varga, said he was tired.", "released"),
    ("Latvia freed 14 prisoners on Saturday, among them the opposition leader Jon Varga.", "released"),
    ("Two cooks seized in Riga were freed on Sunday. Mara Ostrel, 32, and Jon Varga, 40, flew home.", "released"),
    ("Latvia released six engineers on Tuesday. They include Jon Varga and Mara Ostrel.", "released"),
    (
        "Latvia released two cooks on Tuesday. Jon Varga, 44, and Mara Ostrel, 47, were arrested in Riga in May.",
        "released",
    ),
    ("Among those who walked out of Riga prison on Monday was Jon Varga, a cook.", "released"),
    ("Six engineers were freed on Tuesday, the minister, Ilmar Vost, said. Among them was Jon Varga.", "released"),
)
NOT_FREED = (
    "Jon Varga, who was not among those freed, was jailed in Riga in 2021.",
    "Those released do not include Jon Varga.",
    "Latvia released six engineers on Tuesday. Jon Varga was not among them.",
    "Latvia released two engineers on Tuesday. Jon Varga and Mara Ostrel remain in prison in Riga.",
    "Latvia freed two engineers. They met Jon Varga and Mara Ostrel, arrested in May. Varga remains in prison.",
    "Latvia let two engineers go. Two nurses were kidnapped in May. Jon Varga and Mara Ostrel were seized on 3 May.",
    "Latvia is to release two engineers on Tuesday. Jon Varga and Mara Ostrel were arrested in May.",
    "Six engineers were freed on Tuesday. Among those who welcomed them was the minister, Jon Varga.",
    "Latvia freed six engineers on Tuesday. Estonia holds four nurses. Among them is Jon Varga.",
    "Among those still in prison is the family of Jon Varga.",
)


@pytest.mark.parametrize(("text", "status"), TOLD)
def test_what_is_told_of_the_group_is_told_of_those_named(read, text, status):
    got = {(report.person.name, report.status) for report in read(text, "2025-06-11").custody}
    assert ("Jon Varga", status) in got


@pytest.mark.parametrize("text", NOT_FREED)
def test_who_may_be_of_another_group_is_not_freed(read, text):
    freed = {report.person.name for report in read(text, "2025-06-11").custody if report.status == "released"}
    assert "Jon Varga" not in freed


def test_the_evidence_is_both_sentences_and_the_land_the_group_s(read):
    result = read("Latvia released six Finns on Tuesday. The six, among them Jon Varga, left Riga.", "2025-06-11")
    (report,) = result.custody
    assert [span.text.split()[0] for span in report.evidence] == ["The", "Latvia"]
    assert report.nationalities == ("FIN",)
    assert report.holder is not None
    assert report.holder.actor == "LVA"
    assert report.date is not None
    assert report.date.since == "2025-06-10"


def test_the_headline_and_a_later_count_give_voice_and_day(read):
    result = read(
        "Latvia: kidnapped nuns go free\n\nGunmen near Riga have released two nuns and three pupils, officials said.\n\n"
        "The five were handed over on Tuesday.\n\nJon Varga and Mara Ostrel were seized on 6 May.",
        "2025-06-11",
    )
    report = next(one for one in result.custody if one.status == "released" and one.person.name == "Mara Ostrel")
    assert report.date is not None
    assert report.date.since == "2025-06-10"


def test_a_surname_means_who_was_named_before_and_not_who_is_named_behind(read):
    result = read(
        "Estonia jailed Mara Ostrel in May.\n\nOstrel was sentenced to two years for spying.\n\nAndres Ostrel waits.",
        "2025-06-11",
    )
    assert {one.person.name for one in result.custody} == {"Mara Ostrel"}
