"""`onrecord judgements`: what one desk judged takes effect at another, stays, and harms nothing that was kept there."""

import json
import sqlite3
from pathlib import Path

import pytest

from onrecord.keep import judge as make
from onrecord.keep.open import open_view, open_writer
from onrecord.keep.protocol import Query
from onrecord.model import wire
from onrecord.show.cli.reading import renew

AT = "2031-05-04T10:00:00Z"


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setattr("onrecord.show.web.hand.time.time", lambda: 1_940_000_000)  # 2031-06-23


@pytest.fixture
def desks(demo, tmp_path):
    """Two stores of the same articles."""
    paths = tmp_path / "here.db", tmp_path / "there.db"
    for path in paths:
        with sqlite3.connect(demo) as source, sqlite3.connect(path) as copy:
            source.backup(copy)
    return paths


def kept(store):
    with open_view(store) as view:
        return list(view.judgements())


def record(store, name):
    with open_view(store) as view:
        return view.get(name)


def first(store, kind, **asked):
    with open_view(store) as view:
        return next(iter(view.find(Query(kind=kind, **asked))))


def everything(store):
    with open_view(store) as view:
        return sorted(wire.encode(one) for kind in wire.KINDS for one in view.find(Query(kind=kind)))


def write(path: Path, *lines: object) -> Path:
    path.write_bytes(b"".join((one if isinstance(one, bytes) else wire.encode(one)) + b"\n" for one in lines))
    return path


def send(run, source, target, tmp_path):
    """Export from one store, import into another; what the import said."""
    out = run("judgements", "export", "--store", source)
    assert out.code == 0
    (tmp_path / "sent.jsonl").write_text(out.out, encoding="utf-8")
    return run("judgements", "import", tmp_path / "sent.jsonl", "--store", target)


def test_a_judgement_of_one_desk_takes_effect_at_another_and_survives(run, desks, tmp_path):
    here, there = desks
    statement, case = first(here, "statement").id, first(here, "case")
    judged = run(
        "judge", statement, "--set", "speaker=Ilse Brøndum", "--because", "she signs", "--by", "A", "--store", here
    )
    assert judged.code == 0, judged.err
    run("judge", case.id, "--set", "status=died", "--because", "a call", "--by", "A", "--store", here)
    assert record(there, case.id).status != "died"
    ran = send(run, here, there, tmp_path)
    assert (ran.code, ran.err.strip()) == (0, "2 new, 0 withdrawn, 0 known already, 0 refused")
    assert kept(there) == kept(here)
    for again in (None, "rebuild"):
        if again:
            assert run(again, "--store", there).code == 0
        assert record(there, statement).speaker.name == "Ilse Brøndum"
        assert record(there, case.id).status == "died"
        assert everything(there) == everything(here)


def test_importing_twice_changes_nothing(run, desks, tmp_path):
    here, there = desks
    run("judge", first(here, "case").id, "--set", "status=died", "--because", "a call", "--by", "A", "--store", here)
    send(run, here, there, tmp_path)
    with open_view(there) as view:
        before = everything(there), view.generation()
    ran = send(run, here, there, tmp_path)
    assert (ran.code, ran.err.strip()) == (0, "0 new, 0 withdrawn, 1 known already, 0 refused")
    with open_view(there) as view:
        assert (everything(there), view.generation()) == before


def test_what_is_withdrawn_on_either_side_stays_withdrawn(run, desks, tmp_path):
    here, there = desks
    case = first(here, "case")
    run("judge", case.id, "--set", "status=died", "--because", "a call", "--by", "A", "--store", here)
    send(run, here, there, tmp_path)
    made = kept(here)[0].id
    run("judge", "--withdraw", made, "--store", there)
    ran = send(run, here, there, tmp_path)  # here it stands still
    assert ran.err.strip() == "0 new, 0 withdrawn, 1 known already, 0 refused"
    assert kept(there)[0].withdrawn_at is not None
    assert record(there, case.id) == case
    back = send(run, there, here, tmp_path)
    assert back.err.strip() == "0 new, 1 withdrawn, 0 known already, 0 refused"
    assert record(here, case.id) == case
    assert everything(there) == everything(here)


@pytest.mark.parametrize(
    ("by", "at", "status"), [("B", "2031-05-05T10:00:00Z", "pardoned"), ("B", "2031-05-03T10:00:00Z", "died")]
)
def test_of_two_that_say_otherwise_the_later_one_counts_at_both_desks(run, desks, tmp_path, by, at, status):
    here, there = desks
    case = first(here, "case").id
    for store, value, who, when in ((here, "died", "A", AT), (there, "pardoned", by, at)):
        told = make.corrected(record=case, field="status", value=value, because="a call", by=who, at=when)
        with open_writer(store) as writer:
            writer.judge(told)
        renew(store)
    ran = send(run, here, there, tmp_path)
    counts, other = sorted(kept(there), key=lambda one: one.at, reverse=True)
    assert f"{counts.id} ({case}: status = {status}, by {counts.by}, {counts.at}) counts over {other.id}" in ran.err
    send(run, there, here, tmp_path)
    assert record(here, case).status == record(there, case).status == status
    assert len(kept(here)) == len(kept(there)) == 2


def test_a_persons_judgement_counts_over_the_programs_later_one(run, desks, tmp_path):
    here, there = desks
    case = first(here, "case").id
    told = make.corrected(record=case, field="status", value="died", because="a call", by="A", at=AT)
    programs = make.corrected(
        record=case, field="status", value="missing", because="a guess", by="onrecord", at="2031-05-09T10:00:00Z"
    )
    ran = run("judgements", "import", write(tmp_path / "in.jsonl", programs, told), "--store", there)
    assert ran.code == 0
    assert record(there, case).status == "died"


def test_a_judgement_of_what_is_not_here_waits_until_it_is_read(run, desks, tmp_path):
    here, _ = desks
    case = first(here, "case")
    told = make.corrected(record=case.id, field="status", value="died", because="a call", by="A", at=AT)
    late = tmp_path / "late.db"
    with open_view(here) as view, open_writer(late) as writer:
        articles = list(view.articles())
        writer.add(next(one for one in articles if not one.custody))
    renew(late)
    ran = run("judgements", "import", write(tmp_path / "in.jsonl", told), "--store", late)
    assert "1 new, 0 withdrawn, 0 known already, 0 refused; 1 of the new name records" in ran.err
    with open_writer(late) as writer:
        for one in articles:
            writer.add(one)
    renew(late)
    assert record(late, case.id).status == "died"


def test_bad_lines_are_refused_with_their_reason_and_cost_nothing_else(run, desks, tmp_path):
    here, _ = desks
    case, deal = first(here, "case"), first(here, "deal")
    good = make.corrected(record=case.id, field="status", value="died", because="a call", by="A", at=AT)
    with open_writer(here) as writer:
        writer.judge(good)
    renew(here)
    plain = json.loads(wire.encode(good))

    def told(**changes):
        return json.dumps({**plain, **changes}).encode()

    def anew(**changes):
        asked = {"record": case.id, "field": "status", "value": "died", "because": "x", "by": "B", "at": AT, **changes}
        return make.corrected(**asked)

    other = make.judged(left=deal.id, verdict="different", right="deal-elsewhere", because="two", by="B", at=AT)
    bad = [
        (b"{not json", "not a record"),
        (b"\xff\xfe", "not a record"),
        (b'{"kind":"judgement"}', "not a record"),
        (wire.encode(case), "a record of the kind case"),
        (told(because="other words"), "other words under that id"),
        (told(value="released"), "its id is not the one"),
        (told(by="Z"), "its id is not the one"),
        (told(id="judgement-0000000000000000"), "its id is not the one"),
        (told(verdict="maybe"), "not a record"),
        (anew(at="2031-05-04"), "at: not a time"),
        (anew(at="2031-13-04T10:00:00Z"), "at: not a time"),
        (anew(at="9999-01-01T00:00:00Z"), "yet to come"),
        (told(withdrawn_at="2031-05-01T10:00:00Z"), "before it was made"),
        (anew(field="colour", value="red"), "no field 'colour'"),
        (anew(value="flown"), "no field 'status' that can be set to 'flown'"),
        (anew(record="case-0123456789abcdef", value="flown"), "can be set to 'flown'"),
        (anew(record="deal-elsewhere", field="colour"), "no field 'colour'"),
        (anew(field="id", value="x"), "no field 'id'"),
        (anew(record=case.claims[0], field="evidence", value="[]"), "no field 'evidence'"),
        (anew(value="x" * 30_000), "value: longer than"),
        (anew(by="A\x1b[2J"), "by: has a control character"),
        (anew(by=" "), "by: empty"),
        (told(because=""), "needs a reason"),
        (told(value=None), "has to have a value"),
        (told(right="case-1"), "has to have a value, and no right"),
        (told(field=None, value=None), "has to have a right"),
        (b'{"kind":"judgement","left":"' + b"x" * 300_000 + b'"}', "longer than"),
    ]
    file = write(tmp_path / "in.jsonl", *(line for line, _ in bad), b"", other)
    ran = run("judgements", "import", file, "--store", here)
    assert ran.code == 0
    said = [line for line in ran.err.splitlines() if "refused: " in line]
    assert len(said) == 20  # the first twenty are told; all are counted
    for number, (line, (_, reason)) in enumerate(zip(said, bad, strict=False), start=1):
        assert line.startswith(f"in.jsonl:{number}: refused: ")
        assert reason in line, line
    assert f"1 new, 0 withdrawn, 0 known already, {len(bad)} refused" in ran.err
    assert kept(here) == [good, other]
    for line, reason in bad[20:]:
        alone = run("judgements", "import", write(tmp_path / "one.jsonl", line), "--store", here)
        assert alone.code == 1, reason
        assert reason in alone.err
    assert kept(here) == [good, other]
    assert record(here, case.id).status == "died"


def test_export_can_be_narrowed_and_standard_input_is_read(run, desks, tmp_path, monkeypatch):
    here, there = desks
    case = first(here, "case").id
    with open_writer(here) as writer:
        for by, at in (("A", "2031-05-01T10:00:00Z"), ("B", "2031-05-03T10:00:00Z")):
            writer.judge(make.corrected(record=case, field="review", value="right", because="x", by=by, at=at))
    assert [one["by"] for one in run("judgements", "export", "--by", "A", "--store", here).records] == ["A"]
    since = run("judgements", "export", "--since", "2031-05-02", "--store", here)
    assert [one["by"] for one in since.records] == ["B"]
    (tmp_path / "piped").write_text(since.out, encoding="utf-8")
    with (tmp_path / "piped").open(encoding="utf-8") as piped:
        monkeypatch.setattr("sys.stdin", piped)
        assert run("judgements", "import", "-", "--store", there).code == 0
    assert len(kept(there)) == 1


def test_wrong_use_makes_nothing(run, store, tmp_path):
    file = write(tmp_path / "none.jsonl")
    assert run("judgements", "import", tmp_path / "nix.jsonl", "--store", store).code == 2
    assert run("judgements", "import", file, "--store", tmp_path / "nix.db").code == 1
    assert not (tmp_path / "nix.db").exists()
    assert run("judgements", "import", file, "--store", store).code == 0  # a desk that has judged nothing
    assert run("judgements", "export", "--store", tmp_path / "nix.db").code == 1
