"""The reading: plain arrays that stand on the text, sentences that survive quotes."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from onrecord.errors import MissingResource
from onrecord.model.reading import Reading
from onrecord.model.text import Document
from onrecord.pipeline import Kit
from onrecord.read.parse import WARM, Parser
from onrecord.settings import Settings

type Read = Callable[..., tuple[Document, Reading]]


def test_tokens_stand_on_the_text(reading: Read) -> None:
    """Tokens are in order, don't overlap, hold no blanks, and heads point inside."""
    document, found = reading("Orla Venn, 34, left.\n\n“No,” she\tsaid — twice.\n\nNaïve cafe\u0301 😀 owners agreed.")
    assert len(found) > 15
    last = 0
    for token in range(len(found)):
        assert last <= found.start[token] < found.end[token] <= len(document.text)
        assert not found.word(token).isspace()
        assert 0 <= found.head[token] < len(found)
        last = found.end[token]


def test_sentences_tile_the_tokens(reading: Read) -> None:
    """Every token is in one sentence."""
    _, found = reading("Orla Venn left. She was tired.\n\nThe council met.")
    assert [place for first, last in found.sentences for place in range(first, last)] == list(range(len(found)))
    assert len(found.sentences) == 3


def test_marks_inside_a_quotation_do_not_cut_a_sentence(reading: Read) -> None:
    """An exclamation in quotation marks with the cue after it is one sentence with its cue."""
    _, found = reading("“Stop it!” the minister told the council on Monday.")
    token = next(place for place in range(len(found)) if found.word(place) == "told")
    first, _ = found.sentences[found.sentence_of(token)]
    assert found.start[first] <= 1


def test_skipped_lines_and_datelines_have_no_tokens(reading: Read) -> None:
    """Nothing can be taken from where nothing is read."""
    text = "GENEVA, May 2 (Wire) - Talks went on.\n\nAdvertisement\n\nThe council met."
    _, found = reading(text)
    assert [found.word(place) for place in range(len(found))] == [
        "Talks",
        "went",
        "on",
        ".",
        "The",
        "council",
        "met",
        ".",
    ]


def test_a_paragraph_of_any_length_is_read(reading: Read) -> None:
    """Long paragraphs are cut where a sentence ends; offsets hold across the cut."""
    text = "The council met on Monday and nothing came of it. " * 300
    document, found = reading(text)
    assert len(found.sentences) >= 300
    assert found.end[-1] <= len(document.text)
    assert found.word(len(found) - 1) == "."


def test_subtrees_cover_their_tokens(reading: Read) -> None:
    """The range of a subtree holds its head and all children's ranges."""
    _, found = reading("The minister who left on Monday said that the talks, which had failed, would resume.")
    for token in range(len(found)):
        first, last = found.subtree(token)
        assert first <= token < last
        for child in found.children(token):
            below = found.subtree(child)
            assert first <= below[0] <= below[1] <= last


def test_a_missing_pipeline_is_named() -> None:
    """Wrong settings say what to install."""
    with pytest.raises(MissingResource, match="no English pipeline"):
        Parser.load(Settings(reader="rules", parser="no_such_pipeline"))


@pytest.mark.timeout(60)
def test_runs_without_blanks_take_no_quadratic_time(reading: Read) -> None:
    """Nine thousand pairs of marks without a blank are read in seconds, and every token stands on the text."""
    document, found = reading("The council met. " + '"“' * 9000)
    assert document.text[found.start[-1] : found.end[-1]].strip()


def test_a_session_changes_nothing_and_threads_take_turns(kit: Kit, reading: Read) -> None:
    """With the words kept, with them forgotten, alone and from several threads: the same readings."""
    documents = [reading(f"Envoy {number} left Vila. Orla Venn said so.")[0] for number in range(12)]

    def read(document: Document) -> Reading:
        return kit.parser.read(document, kit.settings)

    alone = [read(document) for document in documents]
    with kit.parser.session():
        assert [read(document) for document in documents] == alone
    kit.parser._warm = WARM
    with kit.parser.session():
        assert [read(document) for document in documents] == alone
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(read, documents)) == alone
