"""Statements: who said what, in which words, to whom and how."""

import time
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.extract.speech_spans import attributions
from onrecord.lexicon import Lexicon
from onrecord.model.article import ArticleResult
from onrecord.model.claim import Statement

Read = Callable[..., ArticleResult]


def only(read: Read, text: str, published: str | None = None) -> Statement:
    found = read(text, published).statements
    assert len(found) == 1, [(one.speaker, [span.text for span in one.content]) for one in found]
    return found[0]


def said(read: Read, text: str) -> list[tuple[str | None, str]]:
    return [
        (one.speaker.name if one.speaker else None, " ".join(span.text for span in one.content).strip(" ,."))
        for one in read(text).statements
    ]


@pytest.mark.parametrize(
    ("text", "content", "quotation"),
    [
        ("“The road is open,” Mila Torven said.", "The road is open", "direct"),
        ('"The road is open," said Mila Torven.', "The road is open", "direct"),
        ('Mila Torven said: "The road is open."', "The road is open", "direct"),
        ("Mila Torven said the road was open.", "the road was open", "indirect"),
        ("The road, Mila Torven said, was open.", "The road was open", "indirect"),
        ("According to Mila Torven, the road is open.", "the road is open", "indirect"),
        ("The road is open, according to Mila Torven.", "The road is open", "indirect"),
        ("Mila Torven said the road was “wide open” again.", "the road was “wide open” again", "mixed"),
        ("Mila Torven called the road “a ditch”.", "the road “a ditch”", "mixed"),
    ],
)
def test_the_cue_may_stand_before_after_and_inside(read: Read, text: str, content: str, quotation: str) -> None:
    statement = only(read, text)
    assert statement.speaker is not None
    assert statement.speaker.name == "Mila Torven"
    assert " ".join(span.text for span in statement.content).strip(" ,.") == content
    assert statement.quotation == quotation
    assert statement.cue is not None


def test_a_quotation_cut_in_two_by_its_cue_is_one_statement(read: Read) -> None:
    statement = only(read, "“The road,” Mila Torven said, “is open.”")
    assert [span.text.strip(" ,.") for span in statement.content] == ["The road", "is open"]


def test_the_next_sentence_inside_marks_goes_on_with_the_same_speaker(read: Read) -> None:
    found = said(read, "“The road is open,” Mila Torven said. “We cleared it last night.”")
    assert found == [("Mila Torven", "The road is open"), ("Mila Torven", "We cleared it last night")]


def test_a_quotation_over_paragraphs_keeps_its_speaker(read: Read) -> None:
    found = said(read, "“The road is open,” Mila Torven said. “We worked all night.\n\n“Nobody slept at all.”")
    assert found[-1] == ("Mila Torven", "Nobody slept at all")


def test_a_paragraph_of_quotation_belongs_to_who_spoke_in_the_sentence_before(read: Read) -> None:
    found = said(read, "Mila Torven said the road was open.\n\n“We worked all night, and nobody slept.”")
    assert found[-1] == ("Mila Torven", "We worked all night, and nobody slept")


def test_an_utterance_without_anybody_is_a_rejection(read: Read) -> None:
    result = read("The road was closed in May.\n\n“We worked all night, and nobody slept.”\n\nIt rained.")
    assert [one for one in result.statements if one.speaker is not None] == []
    assert "R301" in {rejection.code for rejection in result.rejections}


def test_a_pronoun_is_never_a_name(read: Read) -> None:
    for text in ("He said the road was open.", "“The road is open,” she said.", "They denied that it rained."):
        for statement in read(text).statements:
            assert statement.speaker is None or statement.speaker.name.lower() not in {"he", "she", "they", "it"}


def test_a_participle_after_a_comma_is_what_the_speaker_does(read: Read) -> None:
    found = said(read, "Mila Torven said Governor Pell Astor had closed the road, adding that drivers were angry.")
    assert ("Mila Torven", "drivers were angry") in found
    assert ("Pell Astor", "drivers were angry") not in found
    assert all("adding" not in content for _, content in found)


def test_a_cue_after_and_without_a_subject_belongs_to_the_first_speaker(read: Read) -> None:
    found = said(read, "Mila Torven said the road was open, and urged drivers to slow down.")
    assert ("Mila Torven", "to slow down") in found


def test_every_that_is_a_statement_of_its_own(read: Read) -> None:
    found = said(read, "Mila Torven said that the road was open and that the bridge was safe.")
    assert found == [("Mila Torven", "the road was open"), ("Mila Torven", "the bridge was safe")]


def test_what_is_denied_is_the_content(read: Read) -> None:
    statement = only(read, "Mila Torven denied closing the road.")
    assert (statement.force, statement.negated) == ("deny", False)
    assert statement.content[0].text == "closing the road"
    assert said(read, "Mila Torven denied it.") == []


def test_not_saying_is_negated_and_declining_says_nothing(read: Read) -> None:
    assert only(read, "Mila Torven did not say who had closed the road.").negated
    assert only(read, "Mila Torven refused to confirm that the road was open.").negated
    assert said(read, "Mila Torven declined to comment.") == []


@pytest.mark.parametrize(
    "text",
    [
        "Mila Torven will say on Friday that the road is open.",
        "If Mila Torven says that the road is open, drivers will come.",
        "Mila Torven might announce that the road is open.",
        "Drivers want Mila Torven to say that the road is open.",
    ],
)
def test_what_has_not_been_said_is_no_statement(read: Read, text: str) -> None:
    assert [one for one in read(text).statements if one.speaker and one.speaker.name == "Mila Torven"] == []


@pytest.mark.parametrize("text", ["The “so-called” road was closed.", "They drove down “Memory Lane” in May."])
def test_scare_quotes_are_no_statements(read: Read, text: str) -> None:
    assert read(text).statements == ()


def test_a_headline_without_a_cue_gives_none(read: Read) -> None:
    assert said(read, "Road open again after flood\n\nMila Torven said the road was open.") == [
        ("Mila Torven", "the road was open")
    ]


def test_both_of_two_speakers_said_it(read: Read) -> None:
    found = said(read, "Mila Torven and Pell Astor said the road was open.")
    assert sorted(str(name) for name, _ in found) == ["Mila Torven", "Pell Astor"]


def test_an_unnamed_source_is_kept_as_it_is_named(read: Read) -> None:
    statement = only(read, "The road was open, according to a driver who crossed it.")
    assert statement.speaker is not None
    assert statement.speaker.name == "driver who crossed it"
    assert statement.speaker.mention is not None
    assert statement.speaker.mention.text == "a driver who crossed it"


def test_who_passes_the_words_on_is_via(read: Read) -> None:
    statement = only(read, "The Brask Daily quoted Mila Torven as saying that the road was open.")
    assert statement.via is not None
    assert statement.via.name.endswith("Brask Daily")
    assert statement.speaker is not None
    assert statement.speaker.name == "Mila Torven"


def test_addressee_medium_and_date_are_those_of_the_saying(read: Read) -> None:
    statement = only(read, "Mila Torven told reporters on Monday that the road would open in June.", "2025-05-27")
    assert statement.addressee is not None
    assert statement.addressee.name == "reporters"
    assert statement.medium == "press"
    assert statement.date is not None
    assert (statement.date.since, statement.date.until) == ("2025-05-26", "2025-05-26")


def test_about_names_those_in_the_content(read: Read) -> None:
    statement = only(read, "Mila Torven said that France had closed the road.")
    assert "FRA" in statement.about


def test_the_evidence_holds_cue_and_content(read: Read) -> None:
    result = read("It rained. “The road is open,” Mila Torven said. It stopped.")
    statement = result.statements[0]
    assert statement.cue is not None
    assert any(span.covers(statement.cue) for span in statement.evidence)
    assert any(span.covers(statement.content[0]) for span in statement.evidence)


def test_bare_spans_keep_marks_and_the_whole_source(reading: Callable[..., tuple], lexicon: Lexicon) -> None:
    document, arrays = reading("Road engineer Mila Torven has said that the road is “open”.")
    (found,) = attributions(arrays, lexicon.speech)
    text = document.text
    assert [text[start:end] for start, end in found.source] == ["Road engineer Mila Torven"]
    assert [text[start:end] for start, end in found.cue] == ["has said"]
    assert [text[start:end] for start, end in found.content] == ["that the road is “open”"]


@given(st.lists(st.sampled_from([*"“”\"'’‘,.:;—\n ", "he said", "Mila Torven", "said", "that", "and", "told", "I"])))
@settings(deadline=None, max_examples=25, suppress_health_check=list(HealthCheck))
def test_no_text_is_too_odd(read: Read, pieces: list[str]) -> None:
    read(" ".join(pieces))


@pytest.mark.parametrize("piece", ['"a" he said, ', "he said, ", "“a b c,” ", "said ", "according to him, ", '" '])
def test_a_long_line_takes_no_time(reading: Callable[..., tuple], lexicon: Lexicon, piece: str) -> None:
    _, arrays = reading(piece * (20_000 // len(piece)))
    began = time.process_time()
    attributions(arrays, lexicon.speech)
    assert time.process_time() - began < 4


def test_not_to_do_it_keeps_its_not(read: Read) -> None:
    assert said(read, "Mila Torven urged Pell Astor not to attack.") == [("Mila Torven", "not to attack")]


def test_a_second_infinitive_goes_on_after_a_quoted_one(read: Read) -> None:
    text = "Mila Torven called on the council to “really open the road” and consider clearing the bridge."
    assert said(read, text) == [("Mila Torven", "to “really open the road” and consider clearing the bridge")]


def test_nobody_saying_it_is_not_somebody_saying_it(read: Read) -> None:
    assert said(read, "No one said that the road was open.") == []
    assert only(read, "Neither side has confirmed that the road was open.").negated


def test_a_time_behind_the_cue_dates_the_saying(read: Read) -> None:
    statement = only(read, "Mila Torven said last week she would resign.", "2025-05-27")
    assert statement.content[0].text == "she would resign"
    assert statement.date is not None
    assert statement.date.since == "2025-05-19"


def test_the_accused_and_the_accuser_are_told_apart_in_the_passive(read: Read) -> None:
    statement = only(read, "The general was accused by prosecutors of selling arms.")
    assert statement.speaker is not None
    assert statement.speaker.name == "prosecutors"
    assert statement.force == "accuse"


def test_an_agency_behind_a_quotation_is_via(read: Read) -> None:
    statement = only(read, "“We will not sign,” Mila Torven said on Tuesday, according to the state news agency.")
    assert statement.via is not None
    assert statement.via.name == "state news agency"


def test_a_quoted_you_know_is_nobodys_statement(read: Read) -> None:
    assert said(read, "“You know the road is open,” Mila Torven said.") == [
        ("Mila Torven", "You know the road is open")
    ]


def test_a_heading_in_marks_is_no_utterance(read: Read) -> None:
    found = said(read, "Mila Torven said the road was open.\n\n'They came with shovels'\n\nIt rained for a week.")
    assert found == [("Mila Torven", "the road was open")]


def test_an_apposition_names_the_speaker(read: Read) -> None:
    for text in (
        "The harbour is shut, said the company's managing director, Ilse Brandvik.",
        "Its founder, Ilse Brandvik, said the harbour was shut.",
        "One of its members, the retired judge Ilse Brandvik, said the harbour was shut.",
        "The harbour is shut, according to her doctor, Ilse Brandvik.",
    ):
        statement = only(read, text)
        assert statement.speaker is not None
        assert statement.speaker.name == "Ilse Brandvik", text


def test_a_relative_of_somebody_is_not_given_the_name_behind(read: Read) -> None:
    statement = only(read, "The mother of the second, the engineer Ilse Brandvik, said the harbour was shut.")
    assert statement.speaker is not None
    assert statement.speaker.name != "Ilse Brandvik"


def test_words_behind_a_semicolon_are_not_the_speakers(read: Read) -> None:
    found = said(read, "Guards shot at the boat, wounding four, the crew said; the guards fired one shot in the air.")
    assert found == [("crew", "Guards shot at the boat, wounding four")]


def test_according_to_ends_with_its_source(read: Read) -> None:
    text = "The plan is for each side to free ten men, according to the envoy, who was leaving and asked for silence."
    assert ("envoy", "The plan is for each side to free ten men") in said(read, text)
    text = "She was charged in May and will be tried in July, according to her doctor, Ilse Brandvik."
    assert said(read, text) == [("Ilse Brandvik", "She was charged in May and will be tried in July")]
    text = "The north counts ten dead, but forty men were killed, according to the monks."
    assert ("monks", "forty men were killed") in said(read, text)


def test_a_number_given_is_a_statement(read: Read) -> None:
    assert said(read, "Norway says fewer than 30 ships were sunk; Denmark says less than half of that.")[-1] == (
        "Denmark", "less than half of that"
    )  # fmt: skip
    assert said(read, "Denmark counts 30 dead, most of them sailors.") == [("Denmark", "30 dead, most of them sailors")]
    assert said(read, "Denmark has put its losses at 30 ships.") == [("Denmark", "its losses at 30 ships")]


def test_nothing_promised_is_nothing_said(read: Read) -> None:
    assert said(read, "Denmark had promised nothing “that its courts had not allowed”.") == []


def test_would_only_say_is_said(read: Read) -> None:
    assert said(read, "Danish officials would only say that talks went on.") == [("Danish officials", "talks went on")]


def test_while_another_says_begins_somebody_elses_words(read: Read) -> None:
    found = said(read, "Mila Torven said the road was open, while Pell Astor said it was shut.")
    assert ("Mila Torven", "the road was open") in found
    assert ("Pell Astor", "it was shut") in found


def test_quoted_words_that_end_the_reporters_clause_are_mixed(read: Read) -> None:
    statement = only(read, "The road, Mila Torven said, “is as good as new”.")
    assert statement.quotation == "mixed"
    assert [span.text for span in statement.content] == ["The road", "“is as good as new”"]


def test_a_noun_before_the_cues_comma_is_not_who_speaks(read: Read) -> None:
    statement = only(read, "The road, said Mila Torven, a surveyor, “is as good as new”.")
    assert statement.speaker is not None
    assert statement.speaker.name == "Mila Torven"


def test_the_head_of_a_body_is_named_behind_it(read: Read) -> None:
    statement = only(read, "The head of Norway's mine clearing unit, Colonel Ilse Brandvik, says 300 mines remain.")
    assert statement.speaker is not None
    assert statement.speaker.name == "Ilse Brandvik"


def test_a_last_name_that_a_people_has_too_is_the_persons(read: Read) -> None:
    text = "Trần Quốc Thái, a teacher, was arrested in Oslo. Thái said he would stay."
    assert {name for name, _ in said(read, text)} == {"Trần Quốc Thái"}


def test_the_medium_of_one_who_was_reached(read: Read) -> None:
    assert only(read, "A captain in the port, reached by phone, said the harbour was shut.").medium == "phone"
    assert only(read, "In a message posted on X, Mila Torven said the harbour was shut.").medium == "social media"
    assert only(read, "“It is shut,” Mila Torven said in a television interview.").medium == "interview"


def test_a_second_cue_of_the_clause_shares_its_day(read: Read) -> None:
    found = read("Mila Torven on Monday accused Denmark of theft and demanded a new trial.", "2025-05-27").statements
    assert [one.date.since if one.date else None for one in found] == ["2025-05-26", "2025-05-26"]


def test_who_speaks_on_in_a_new_quotation_need_not_deny_on(read: Read) -> None:
    found = read("“We sold nothing,” Mila Torven warned. “The road is open.”").statements
    assert [one.force for one in found] == ["warn", "say"]


def test_a_cue_that_goes_on_behind_a_conjunction_keeps_its_subject(read: Read) -> None:
    text = (
        "How many people have died is in dispute. Kyrgyzstan's health ministry counts 23 dead, all but four of them "
        "civilians. Tajikistan, which releases few figures, has acknowledged nine, and claims to have killed more than "
        "60 Kyrgyz soldiers, a number Bishkek describes as fantasy."
    )
    assert ("Tajikistan", "to have killed more than 60 Kyrgyz soldiers") in said(read, text)


@pytest.mark.parametrize("mark", ["―", "—", "–", "--"])
def test_the_name_under_a_quotation_signs_it(read: Read, mark: str) -> None:
    text = (
        "Readers wrote to us after the vote on Tuesday.\n\n"
        f"“He spoke as if nobody lived there.” {mark} Marta Ullen\n"
        f"“The truce of March was never kept, and nobody wants to say so.” {mark} Jon Brekke, Tolmen\n"
    )
    assert [speaker for speaker, _ in said(read, text)] == ["Marta Ullen", "Jon Brekke"]


@pytest.mark.parametrize(
    "tail", ["— Torven's word of the year", "— Mila Torven left the hall after it", "— a slogan of the party"]
)
def test_what_goes_on_behind_a_dash_signs_nothing(read: Read, tail: str) -> None:
    rules = [
        rule for one in read(f"It rained.\n\n“The road is wide open now.” {tail}").statements for rule in one.rules
    ]
    assert "speech.signed" not in rules


def test_a_day_after_the_article_is_not_that_of_the_saying(read: Read) -> None:
    """It is what is said that belongs there."""
    statement = only(read, "Then, in 2027, Mila Torven said that ten thousand would be let in.", "2025-05-27")
    assert statement.date is None


def test_a_dash_right_behind_the_closing_mark_is_a_word_of_its_own(read: Read) -> None:
    (statement,) = read("It rained.\n\n“He spoke as if nobody lived there.”― Marta Ullen\n").statements
    assert statement.speaker is not None
    assert statement.speaker.name == "Marta Ullen"
    assert statement.cue is not None
    assert statement.cue.text == "―"
