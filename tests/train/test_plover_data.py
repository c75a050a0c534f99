"""What the judge learns from: marks become spans, nothing held out is shown, phrases are filled anew."""

import random

from onrecord.read.plover_encode import QUADS, ROOTS
from onrecord.train.plover_data import Phrases, read_plv, read_quads, swapped

PLV = (
    "sentence\tsource\ttarget\tgold_root\tgold_penta\tmarked_sentence\n"
    "Norway scolded Peru.\tNorway\tPeru\tACCUSE\t3\t<s>Norway</s> scolded <t>Peru</t>.\n"
)


def test_a_row_says_where_source_and_target_stand(tmp_path):
    """Tags are taken out."""
    (tmp_path / "train.tsv").write_text(PLV, encoding="utf-8")
    (row,) = read_plv(tmp_path / "train.tsv")
    assert [row.text[a:b] for a, b in (*row.source, *row.target)] == ["Norway", "Peru"]
    assert row.roots == (ROOTS.index("ACCUSE"),)


def test_a_sentence_that_plv_holds_is_left_out(tmp_path):
    """Whatever its spelling, so that no fold learns from a row that it is scored on."""
    (tmp_path / "train.tsv").write_text(PLV, encoding="utf-8")
    (tmp_path / "quads.tsv").write_text("norway scolded peru\t3\nChad fed Laos.\t2\nChad spoke.\t0\n", encoding="utf-8")
    rows = read_quads(tmp_path / "quads.tsv", read_plv(tmp_path / "train.tsv"))
    assert [row.text for row in rows] == ["Chad fed Laos."]
    assert {QUADS[ROOTS[root]] for root in rows[0].roots} == {2}


def test_every_root_has_phrases_and_each_names_both_sides():
    """No phrase without its two slots."""
    phrases = Phrases()
    rows = phrases.fill(random.Random(3), ["the court"])
    assert {row.roots[0] for row in rows} == set(range(len(ROOTS)))
    for row in rows:
        assert row.source, row.text
        assert row.target, row.text
        assert all(row.text[a:b].strip() for a, b in (*row.source, *row.target))


def test_other_names_leave_the_deed(tmp_path):
    """Source and target change, the words between them don't."""
    (tmp_path / "train.tsv").write_text(PLV, encoding="utf-8")
    (row,) = read_plv(tmp_path / "train.tsv")
    other = swapped(row, random.Random(1), ["the long parliament"])
    assert other.text == "the long parliament scolded the long parliament."
    assert other.text[slice(*other.target[0])] == "the long parliament"
