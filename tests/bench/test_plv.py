"""PLV's rows are read with their marks, and scored as scikit-learn's macro does."""

from onrecord.bench import plv

ROWS = (
    "sentence\tsource\ttarget\tgold_root\tgold_penta\tmarked_sentence\n"
    "Norway scolded Peru.\tNorway\tPeru\tACCUSE\t3\t<s>Norway</s> scolded <t>Peru</t>.\n"
    "Chad fed Laos.\tChad\tLaos\tAID\t2\t<s>Chad</s> fed Laos.\n"
)


def test_marks_become_spans(tmp_path):
    """A missing mark is made up for by the words, where they stand in the sentence."""
    file = tmp_path / "train.tsv"
    file.write_text(ROWS, encoding="utf-8")
    one, other = plv.read(file)
    assert (one["text"], one["source"], one["target"]) == ("Norway scolded Peru.", ((0, 6),), ((15, 19),))
    assert other["target"] == ((9, 13),)


def test_macro_counts_every_label_alike():
    """A rare label weighs as much as a frequent one."""
    assert plv.macro(["A", "A", "A", "B"], ["A", "A", "A", "A"]) == 100 * (2 * 3 / 7 + 0) / 2


def test_rules_alone_predict_and_write(tmp_path):
    """One object a row, in the order of the table, whatever is read."""
    (tmp_path / "train.tsv").write_text(ROWS, encoding="utf-8")
    out = tmp_path / "out.jsonl"
    report = plv.run(tmp_path, out, reader="rules")
    assert report["rows"] == 2
    assert report["root"]["accuracy"] == 100.0
    assert out.read_text(encoding="utf-8").splitlines()[0] == '{"row": 0, "root": "ACCUSE", "quad": 3}'
