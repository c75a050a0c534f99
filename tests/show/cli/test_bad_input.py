"""Bad input through the whole program: each source gets its reason, the rest is read, nothing is half-written."""

import pytest

from onrecord import pipeline
from onrecord.keep.open import open_view
from onrecord.keep.protocol import Query

GOOD = "VILA, May 4, 2031 — Envoy Ilse Brøndum said on Friday that the two sides would meet again number {}.\n"
FRENCH = (
    "La ministre a déclaré vendredi que les deux délégations se retrouveraient la semaine prochaine à Port-Vila. "
    "Elle n'a pas voulu dire combien de prisonniers seraient libérés, ni à quelle date. Les familles attendent "
    "depuis plusieurs mois une réponse du gouvernement, qui ne s'est pas encore prononcé.\n"
)  # fmt: skip


@pytest.fixture
def reading(monkeypatch, kit):
    monkeypatch.setattr(pipeline.Kit, "build", lambda _: kit)


def write(path, data):
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def huge(path):
    with path.open("wb") as file:
        for _ in range(50):
            file.write(b"word " * 200_000)
    return path


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("empty.txt", "", "R102"),
        ("blank.txt", " \n\n ", "R102"),
        ("binary.txt", bytes(range(256)) * 40, "R103"),
        ("photo.jpg", b"\xff\xd8\xff\xe0" + bytes(range(256)) * 40, "R103"),
        ("french.txt", FRENCH, "R201"),
        ("page.html", "<html><head><title>x</title></head><body><nav>Home</nav></body></html>", "R107"),
        ("lines.jsonl", '{"title": "no text"}\n', "R108"),
        ("huge.txt", None, "R105"),
    ],
)
def test_what_can_not_be_read_is_said_with_its_reason(run, reading, tmp_path, name, data, code):
    path = huge(tmp_path / name) if data is None else write(tmp_path / name, data)
    store = tmp_path / "desk.db"
    ran = run("read", path, "--store", store, "--format", "jsonl")
    assert ran.code == 1, ran.out
    assert code in {record["code"] for record in ran.records}
    with open_view(store) as view:
        counts = view.counts()
        assert counts["document"] == counts["statement"] == 0
        assert counts["rejection"] == len(ran.records)
        assert all(record.source for record in view.find(Query(kind="rejection")))


def test_an_article_without_a_date_is_read_and_the_gap_is_said(run, reading, tmp_path):
    path = write(tmp_path / "undated.txt", "Envoy Ilse Brøndum said that the two sides would meet again on Friday.\n")
    ran = run("read", path, "--format", "jsonl")
    assert ran.code == 0
    assert "R202" in {record.get("code") for record in ran.records}
    assert {record["published"] for record in ran.records if record["kind"] == "document"} == {None}


def test_a_page_that_breaks_off_is_read_as_far_as_it_goes(run, reading, tmp_path):
    words = "".join(f"<p>{GOOD.format(number)} The harbour was quiet, she added.</p>" for number in range(6))
    page = f"<html><head><title>Talks</title></head><body><article><h1>Talks</h1>{words}<p>And th"
    ran = run("read", write(tmp_path / "cut.html", page), "--format", "jsonl")
    assert ran.code == 0, ran.out
    assert any("meet again" in record["text"] for record in ran.records if record["kind"] == "document")


def test_one_broken_file_among_twenty_costs_that_one(run, reading, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(19):
        write(folder / f"{number:02}.txt", GOOD.format(number))
    write(folder / "10-broken.txt", b"\x00\x01\x02" * 500)
    store = tmp_path / "desk.db"
    ran = run("read", folder, "--store", store)
    assert ran.code == 0
    assert "19 read, 1 refused; 20 new or changed" in ran.err
    assert "10-broken.txt" in ran.out
    with open_view(store) as view:
        assert view.counts()["document"] == 19
    assert "0 new or changed" in run("read", folder, "--store", store).err
