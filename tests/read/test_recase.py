"""Texts in one case are read with their capitals restored; ordinary texts are read as they are."""

from functools import lru_cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import lexicon as lexicons
from onrecord.errors import MissingResource
from onrecord.model.article import RawArticle
from onrecord.model.text import Document
from onrecord.pipeline import per_article
from onrecord.read import parse, recase
from onrecord.read.recase_net import Net

WIRE = """police in san telmo said on monday that they had arrested rogelio maturana, a reporter of the daily el faro, in the \
port of ostrava. interior minister kateryna dolenko told reporters that maturana was charged with slander. "we will not \
bow to anybody," dolenko said. the northern relief council (nrc) demanded his release.

the army of france said that it would march in may, and the farmers asked the people to turn off the light."""
NAMES = ("Rogelio Maturana", "Kateryna Dolenko", "NRC", "France", "May", "Monday", "Maturana was", "Dolenko said")
WORDS = (
    "said",
    "reporter",
    "would march in",
    "the farmers asked",
    "people to turn off the light",
    "slander",
    "release",
)


@lru_cache
def shipped():
    """The shipped network beside the shipped lexicon."""
    return recase.recaser(lexicons.load())


@pytest.fixture(scope="module")
def restore():
    """The shipped network's reading of a text."""
    return shipped().restore


@pytest.mark.parametrize("write", [recase.lowered, recase.raised], ids=["lower", "upper"])
def test_names_get_capitals_and_words_do_not(restore, write):
    """The same wire, all in lower case and ALL IN CAPITALS, reads alike."""
    found = restore(write(WIRE))
    assert [name for name in NAMES if name not in found] == []
    assert [word for word in WORDS if word not in found] == []
    assert found.startswith("Police")
    assert found.split("\n\n")[1].startswith("The ")


def test_it_makes_no_difference_in_which_case_a_text_came(restore):
    """What is learned is learned of words, not of how they happened to be written."""
    assert restore(recase.lowered(WIRE)) == restore(recase.raised(WIRE))


def test_acronyms_are_written_alike(restore):
    """An acronym that brackets spell out is one wherever the text has it, before and after."""
    text = "the orlp took the town. rebels of the ordan river liberation party (orlp) left; an orlp aide said so."
    assert restore(text).count("ORLP") == 3


def test_a_strange_surname_is_a_name(restore):
    """Behind a first name, and then wherever it stands alone: half a name would be somebody else's."""
    text = "the court freed the painter peter qvornstul. the lawyer of qvornstul said that qvornstul was glad."
    assert restore(text).count("Qvornstul") == 3


@pytest.mark.parametrize("write", [recase.lowered, recase.raised], ids=["lower", "upper"])
def test_a_dateline_is_seen(read, write):
    """Its place and agency are the report's, and the sentence behind it begins with a capital."""
    result = read(write("Lima, March 12 (Reuters) - Talks went on for a third day. " + WIRE), "2031-03-12")
    assert result.document.dateline is not None
    assert result.document.dateline.text.casefold().startswith("lima")
    assert result.document.wire == "Reuters"


def test_inner_capitals_are_known_or_follow_mc(restore):
    """McX by rule, others from the list that training made."""
    assert "McAllerby" in restore("the senator, john mcallerby, said that mcallerby was ill.")


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("aAßİıŉΣςſK .\n'’-(")), max_size=80))
def test_a_copy_is_as_long_and_has_the_same_letters(text):
    """Offset for offset, whatever the letters: ß and İ have no other form of one letter."""
    found = shipped().restore(text)
    assert len(found) == len(text)
    assert recase.lowered(found) == recase.lowered(text)
    assert shipped().restore(found) == found


@given(st.text(max_size=60))
def test_lowering_and_raising_keep_the_length(text):
    """Letter for letter."""
    assert len(recase.lowered(text)) == len(recase.raised(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "one"),
    [
        (WIRE, True),
        (WIRE.upper(), True),
        (WIRE.replace("police", "Police").replace("rogelio", "Rogelio").replace("france", "France"), False),
        (WIRE[:150], False),
        ("1234 5678 " * 100, False),
        ("中文 " * 300, False),
        ("", False),
    ],
    ids=["lower", "upper", "a few capitals", "too short", "figures", "a script without case", "empty"],
)
def test_which_texts_are_in_one_case(text, one):
    """Few letters are not enough, and a script without case has none."""
    assert recase.in_one_case(text) is one


def test_a_text_with_capitals_is_read_as_it_stands(kit):
    """The lexicon in hand changes nothing for it, and the text is the very same string."""
    text = recase.recaser(kit.lexicon).restore(WIRE)
    document = Document(id="d", title=None, text=text, source="test")
    with_lexicon, said = parse.run(document=document, parser=kit.parser, settings=kit.settings, lexicon=kit.lexicon)
    without, _ = parse.run(document=document, parser=kit.parser, settings=kit.settings)
    assert with_lexicon == without
    assert with_lexicon.text is document.text
    assert said == ()


def test_only_what_is_parsed_counts(kit):
    """A skipped line with capitals makes a lower-case wire no ordinary text."""
    text = "Advertisement\n\n" + WIRE
    result = parse.run(
        document=Document(
            id="d", title=None, text=text, source="test",
            skipped=(Document(id="d", title=None, text=text, source="test").cite(0, 13),),
        ), parser=kit.parser, settings=kit.settings, lexicon=kit.lexicon,
    )  # fmt: skip
    assert "Rogelio Maturana" in result[0].text


@pytest.mark.parametrize("write", [recase.lowered, recase.raised], ids=["lower", "upper"])
def test_records_of_a_wire_in_one_case(read, write):
    """Who is held, who speaks, and a note that says how it was read; evidence is cited as it stands."""
    result = read(write(WIRE), "2031-05-06")
    assert [one.code for one in result.rejections].count("R311") == 1
    assert "Rogelio Maturana" in {one.person.name for one in result.custody}
    assert {one.speaker.name for one in result.statements if one.speaker} >= {"Kateryna Dolenko"}
    assert not any(ref.name == ref.name.lower() for one in result.custody for ref in (one.person,))
    assert all(result.document.text[one.start : one.end] == one.text for one in result.mentions)


def test_no_note_where_nothing_was_restored(read):
    """The note is for texts in one case alone."""
    found = read("Police in Lima said on Monday that they had arrested Rogelio Maturana. " * 4, "2031-05-06")
    assert not any(one.code == "R311" for one in found.rejections)


def test_what_is_remembered_has_an_end(monkeypatch):
    """Memory of words is dropped when it is full, and the outcome is the same."""
    lexicon = lexicons.load()
    first = recase.recaser(lexicon).restore(WIRE)
    monkeypatch.setattr(recase, "MOST_REMEMBERED", 10)
    small = recase.Recaser(lexicon, Net.load())
    assert [small.restore(text) for text in (WIRE, "he said so.", WIRE)] == [first, "He said so.", first]


def test_long_texts_are_scored_in_pieces_that_make_no_difference(restore, monkeypatch):
    """Pieces see their neighbours' words."""
    whole = restore(WIRE)
    monkeypatch.setattr("onrecord.read.recase_net._PIECE", 11)
    assert restore(WIRE) == whole


def test_missing_weights_are_said(tmp_path):
    """By name, as for the other models."""
    with pytest.raises(MissingResource, match="capitals"):
        Net.load(tmp_path / "none.npz")


def test_without_weights_a_text_is_read_as_it_stands(kit, monkeypatch):
    """As everything that is learned, they can be left out."""

    def missing(lexicon):
        message = "none"
        raise MissingResource(message)

    monkeypatch.setattr(recase, "recaser", missing)
    document = Document(id="d", title=None, text=WIRE, source="test")
    found, said = parse.run(document=document, parser=kit.parser, settings=kit.settings, lexicon=kit.lexicon)
    assert found.text is WIRE
    assert said == ()


def test_the_pipeline_reads_an_article_twice_alike(kit):
    """Pure: what was remembered of the first does not show in the second."""
    raw = RawArticle(text=WIRE, source="test")
    assert per_article(raw, kit) == per_article(raw, kit)
