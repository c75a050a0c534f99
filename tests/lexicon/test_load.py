"""The loader's messages: file, line, what is wrong, and what was perhaps meant."""

import msgspec
import pytest

from onrecord.errors import LexiconError
from onrecord.lexicon.load import read_csv, read_yaml
from onrecord.model.vocabulary import ActType


class Rule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A small entry."""

    id: str
    type: ActType
    verbs: tuple[str, ...] = ()


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A small row."""

    name: str
    words: tuple[str, ...] = ()
    country: str | None = None


def _write(folder, name, text):
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_entries_come_in_order(tmp_path):
    """A good file gives its entries."""
    folder = _write(tmp_path, "acts.yaml", "- {id: a, type: AID}\n- {id: b, type: AGREE, verbs: [nod]}\n")
    assert [entry.id for entry in read_yaml(folder, "acts.yaml", Rule)] == ["a", "b"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "- {id: a, type: AID}\n- id: b\n  type: ASAULT\n",
            r'acts\.yaml:3: unknown type "ASAULT" \(did you mean "ASSAULT"\?\)',
        ),
        ("- id: a\n  type: AID\n  verb: [go]\n", r'acts\.yaml:3: unknown field "verb" \(did you mean "verbs"\?\)'),
        ("- {id: a, type: AID}\n- {id: a, type: AGREE}\n", r"acts\.yaml:2: the id 'a' stands at line 1 already"),
        ("- {id: a}\n", r"acts\.yaml:1: .*type"),
        ("id: a\n", r"acts\.yaml:1: the file must be a list of entries"),
        ("- [\n", r"acts\.yaml:\d+: not YAML"),
        ("- id: a\n  type: AID\n  verbs: go\n", r"acts\.yaml:3: .*array"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(tmp_path, text, message):
    """Each mistake names its place."""
    folder = _write(tmp_path, "acts.yaml", text)
    with pytest.raises(LexiconError, match=message):
        read_yaml(folder, "acts.yaml", Rule)


def test_rows_split_lists_and_leave_blanks_out(tmp_path):
    """Cells with `|` are lists, empty cells are not given."""
    folder = _write(tmp_path, "names.csv", "name,words,country\nVelmora,vel|velm,\n")
    assert read_csv(folder, "names.csv", Row) == (Row(name="Velmora", words=("vel", "velm")),)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name,word\nVelmora,x\n", r"names\.csv:1: the columns must be"),
        ("name,words,country\n,x,\n", r"names\.csv:2: .*name"),
    ],
)
def test_a_wrong_row_is_said_with_its_line(tmp_path, text, message):
    """Header and cells are checked."""
    folder = _write(tmp_path, "names.csv", text)
    with pytest.raises(LexiconError, match=message):
        read_csv(folder, "names.csv", Row)
