"""A reading is plain arrays: places in it are found by halving, and no tree can send a walk in circles."""

from onrecord.model.reading import Reading

TEXT = "Envoys left. They met."


def reading(head=(1, 1, 1, 4, 4, 4)) -> Reading:
    return Reading(
        text=TEXT,
        start=(0, 7, 11, 13, 18, 21),
        end=(6, 11, 12, 17, 21, 22),
        lemma=("envoy", "leave", ".", "they", "meet", "."),
        pos=("NOUN", "VERB", "PUNCT", "PRON", "VERB", "PUNCT"),
        tag=("NNS", "VBD", ".", "PRP", "VBD", "."),
        head=head,
        dep=("nsubj", "ROOT", "punct", "nsubj", "ROOT", "punct"),
        sentences=((0, 3), (3, 6)),
        paragraphs=((0, 22),),
    )


def test_words_and_trees() -> None:
    made = reading()
    assert len(made) == 6
    assert made.word(1) == "left"
    assert made.words(0, 3) == "Envoys left."
    assert made.words(2, 2) == ""
    assert made.children(1) == (0, 2)
    assert made.children(1, "nsubj") == (0,)
    assert made.child(4, "nsubj") == 3
    assert made.child(4, "dobj") is None
    assert made.subtree(4) == (3, 6)
    assert list(made.ancestors(0)) == [1]


def test_places() -> None:
    made = reading()
    assert [made.sentence_of(token) for token in range(6)] == [0, 0, 0, 1, 1, 1]
    assert made.token_at(8) == 1
    assert made.token_at(12) == 3
    assert made.token_at(99) is None
    assert made.tokens_in(7, 12) == (1, 3)
    assert made.paragraph_of(20) == 0


def test_a_tree_that_bites_its_tail_ends() -> None:
    made = reading(head=(1, 0, 1, 4, 4, 4))
    assert list(made.ancestors(0)) == [1]
    assert made.subtree(0)[0] == 0
