"""What holds for every verb, and the small ones."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from onrecord.keep.open import open_view
from onrecord.model import wire
from onrecord.show.cli import GROUPS, VERBS, build
from onrecord.show.cli.reference import page

ROOT = Path(__file__).resolve().parents[3]
NAMES = [verb.__name__ for verb in VERBS] + [f"{name} {verb.__name__}" for name in GROUPS for verb in GROUPS[name]]


@pytest.mark.parametrize("verb", NAMES)
def test_every_verb_has_help_with_an_example(run, verb):
    ran = run(*verb.split(), "--help")
    assert ran.code == 0
    assert f"onrecord {verb}" in ran.out.split("Example:")[1]


@pytest.mark.parametrize("verb", NAMES)
def test_every_option_says_what_it_is_for(run, verb):
    command = typer.main.get_command(build())
    for name in verb.split():
        command = command.commands[name]
    assert [option.name for option in command.params if not option.help] == []


def test_the_page_of_commands_is_in_step():
    assert (ROOT / "docs/reference/commands.md").read_text(encoding="utf-8") == page(), "run `make docs`"


def test_the_program_without_arguments_and_with_wrong_ones(run):
    assert run("--help").code == 0
    assert run("--version").out.startswith("onrecord ")
    assert run("shwo").code == 2


def test_help_is_quick_because_it_imports_no_parser():
    heavy = [
        "spacy",
        "onnxruntime",
        "numpy",
        "trafilatura",
        "starlette",
        "uvicorn",
        "rich.table",
        "pycountry",
        "onrecord.pipeline",
    ]
    script = (
        "import sys\nfrom onrecord.show.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        f"sys.stderr.write(' '.join(name for name in {heavy!r} if name in sys.modules))"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")


def test_export_in_the_formats_of_other_tools(run, store):
    table = run("export", "--store", store, "--format", "csv", "--kind", "statement")
    points = run("export", "--store", store, "--format", "geojson")
    notes = run("export", "--store", store, "--format", "annotation")
    assert [one.code for one in (table, points, notes)] == [0, 0, 0]
    assert table.out.splitlines()[0].startswith("id,document,speaker")
    assert json.loads(points.out)["type"] == "FeatureCollection"
    assert len(notes.out.splitlines()) == len(run("export", "--store", store, "--kind", "statement").out.splitlines())
    assert run("export", "--store", store, "--format", "csv").code == 2
    assert run("export", "--store", store, "--format", "geojson", "--kind", "deal").code == 2


def test_export_is_the_whole_record(run, store):
    ran = run("export", "--store", store)
    with open_view(store) as view:
        assert len(ran.records) == sum(view.counts().values())
    assert len(list(wire.decode_lines(ran.out.splitlines()))) == len(ran.records)
    some = run("export", "--store", store, "--kind", "deal", "--kind", "case", "--since", "2031-05")
    assert [record["kind"] for record in some.records] == ["deal"]
    assert run("export", "--store", store, "--kind", "deals").code == 2


def test_rejections_by_reason(run, store):
    ran = run("rejections", "--store", store, "--samples", "1")
    assert "R301 no speaker was found for these words: 2" in ran.out
    assert len(run("rejections", "--store", store, "--format", "jsonl").records) == 2
    assert run("rejections", "--store", store, "--code", "R000").code == 2


def test_brief(run, store):
    ran = run("brief", "--store", store)
    for words in ("2 documents", "agreed", "Truce of Vila", "People held (1)", "Tomás Weir", "Newest statements"):
        assert words in ran.out


def test_schema_is_the_published_one(run):
    assert run("schema").out.encode() == wire.schema_file()


def test_steps_names_every_step(run):
    out = run("steps").out
    assert out.index("clean") < out.index("within") < out.index("custody")


def test_settings_say_where_each_value_came_from(run, tmp_path, monkeypatch):
    (tmp_path / "onrecord.toml").write_text('max_bytes = 7\nreader = "rules"\n')
    monkeypatch.setenv("ONRECORD_READER", "learned")
    rows = {line.split()[0]: line for line in run("settings", "--store", "mine.db").out.splitlines() if line.split()}
    assert "7" in rows["max_bytes"]
    assert "onrecord.toml" in rows["max_bytes"]
    assert "ONRECORD_READER" in rows["reader"]
    assert "--store" in rows["store"]
    assert "default" in rows["parser"]


def test_bench_lists_what_there_is_and_refuses_the_rest(run, tmp_path):
    assert "dispatches" in run("bench").out.split()
    assert run("bench", "nix", "--data", tmp_path).code == 2
    assert run("bench", "dispatches").code == 2


def test_a_reader_that_goes_away_is_no_error(store):
    command = f"{sys.executable} -c 'from onrecord.show.cli import main; main()' export --store {store} | head -c 1"
    ran = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)  # noqa: S602
    assert ran.stdout == "{"
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize(
    ("form", "start"), [("markdown", "# Briefing"), ("html", "<!doctype html>"), ("pdf", "%PDF-1.7")]
)
def test_a_briefing_can_be_written_to_a_file(run, store, tmp_path, form, start):
    """The file is whole; the screen can't be filtered."""
    out = tmp_path / "brief.out"
    ran = run("brief", "--store", store, "--who", "Weir", "--format", form, "--out", out)
    assert ran.code == 0, ran.err
    assert out.read_bytes().decode("latin-1").startswith(start)
    assert run("brief", "--store", store, "--deal", "vila").out.startswith("# Briefing")
    assert run("brief", "--store", store, "--deal", "vila", "--format", "screen").code == 2
    assert run("brief", "--store", store, "--out", tmp_path / "no" / "where").code == 2


def test_import_keeps_accounts_beside_the_record(run, store, tmp_path):
    """Counted, twice without change; a wrong file is wrong use, and makes no store."""
    rows = tmp_path / "ged.csv"
    head = "id,side_a,side_b,date_start,date_end,best,low,high"
    rows.write_text(f"{head}\n9,Red,Blue,2031-05-03,2031-05-03,2,1,3\nx,,,soon,,,,\n")
    ran = run("import", rows, "--from", "ucdp", "--store", store)
    assert ran.code == 0
    assert "1 accounts read, 1 new or changed, 1 refused" in ran.err
    assert "0 new or changed" in run("import", rows, "--from", "ucdp", "--store", store).err
    assert run("show", "outside", "--store", store, "--format", "jsonl").records[0]["row"] == "9"
    assert run("import", tmp_path / "none.csv", "--from", "ucdp", "--store", tmp_path / "new.db").code == 2
    assert not (tmp_path / "new.db").exists()
