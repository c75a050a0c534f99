"""Sources as a user names them: each is read, or refused with its reason, and the rest goes on."""

import io
import json
from pathlib import Path

import pytest

from onrecord.errors import UsageError
from onrecord.ingest.files import open_sources
from onrecord.model.article import RawArticle
from onrecord.model.rejection import Rejection
from onrecord.settings import Settings

SETTINGS = Settings(max_bytes=100_000)


def opened(*sources: object, published: str | None = None) -> list[RawArticle | Rejection]:
    return list(open_sources([str(source) for source in sources], SETTINGS, published))


def codes(*sources: object) -> list[str]:
    return [item.code for item in opened(*sources) if isinstance(item, Rejection)]


def test_a_text_file_is_taken_as_it_is(tmp_path: Path) -> None:
    """Only line ends and a byte order mark change; composed and decomposed letters stay as they are."""
    file = tmp_path / "a.txt"
    file.write_bytes("\ufeffÖsten said: “no”.\r\nCafe\u0301\rend".encode())
    (article,) = opened(file)
    assert isinstance(article, RawArticle)
    assert article.text == "Östen said: “no”.\nCafe\u0301\nend"


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("empty.txt", b"", "R102"),
        ("blank.txt", b" \n\t\n", "R102"),
        ("zip.txt", b"PK\x03\x04 and more", "R103"),
        ("nul.txt", b"abc\x00def", "R103"),
        ("big.txt", b"a" * 100_001, "R105"),
        ("broken.txt", b"\xff\xfea", "R104"),
        ("page.html", b"<html><head><title>x</title></head><body></body></html>", "R107"),
    ],
)
def test_what_cannot_be_read_says_why(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    """Each kind of bad file has its own code."""
    (tmp_path / name).write_bytes(data)
    assert codes(tmp_path / name) == [code]


def test_one_broken_file_among_twenty_costs_one_rejection(tmp_path: Path) -> None:
    """A folder is read in order of names; the broken file is named."""
    for number in range(20):
        (tmp_path / f"{number:02}.txt").write_bytes(b"\x00" if number == 7 else b"A minister resigned on Monday.")
    found = opened(tmp_path)
    assert len(found) == 20
    (rejection,) = [item for item in found if isinstance(item, Rejection)]
    assert (rejection.source or "").endswith("07.txt")


def test_a_missing_file_is_a_rejection(tmp_path: Path) -> None:
    """A slip in a list of names loses nothing else."""
    assert codes(tmp_path / "nothing.txt") == ["R101"]


def test_another_encoding_is_guessed_and_noted(tmp_path: Path) -> None:
    """Latin-1 is read, and the guess is on record."""
    text = "Le ministre a été arrêté à l'aéroport, où la délégation était déjà arrivée après l'été. " * 20
    (tmp_path / "latin.txt").write_bytes(text.encode("cp1252"))
    (article,) = opened(tmp_path / "latin.txt")
    assert isinstance(article, RawArticle)
    assert article.text == text
    assert [note.code for note in article.notes] == ["R110"]


def test_json_lines_keep_what_they_say(tmp_path: Path) -> None:
    """Good lines are read, bad ones are named by number, a lone surrogate is refused."""
    rows = [
        json.dumps({"text": "A minister resigned.", "published": "2031-05-02", "url": "https://example.org/1"}),
        "{not json",
        json.dumps({"title": "no text"}),
        json.dumps({"text": "bad \ud800 half"}),
        "",
        json.dumps({"text": "Another one."}),
    ]
    file = tmp_path / "a.jsonl"
    file.write_text("\n".join(rows))
    found = opened(file)
    articles = [item for item in found if isinstance(item, RawArticle)]
    assert [article.text for article in articles] == ["A minister resigned.", "Another one."]
    assert articles[0].published == "2031-05-02"
    assert articles[0].published_basis == "metadata"
    rejected = [item for item in found if isinstance(item, Rejection)]
    assert [(item.code, (item.source or "").rpartition(":")[2]) for item in rejected] == [
        ("R108", "2"),
        ("R108", "3"),
        ("R108", "4"),
    ]


def test_a_line_over_the_limit_does_not_hide_the_next_one(tmp_path: Path) -> None:
    """The long line is refused without being kept in memory, and reading goes on after it."""
    file = tmp_path / "a.jsonl"
    file.write_text(json.dumps({"text": "x" * 200_000}) + "\n" + json.dumps({"text": "A minister resigned."}) + "\n")
    found = opened(file)
    assert [getattr(item, "code", "ok") for item in found] == ["R105", "ok"]


def test_a_given_date_wins_and_must_be_a_date(tmp_path: Path) -> None:
    """--published holds for every source; nonsense is wrong use."""
    (tmp_path / "a.txt").write_text("A minister resigned on Monday.")
    (article,) = opened(tmp_path / "a.txt", published="2031-05-02")
    assert isinstance(article, RawArticle)
    assert (article.published, article.published_basis) == ("2031-05-02", "given")
    with pytest.raises(UsageError):
        opened(tmp_path / "a.txt", published="yesterday")


def test_standard_input_is_a_source(monkeypatch: pytest.MonkeyPatch) -> None:
    """A dash reads standard input, as bytes."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("Résumé of the talks.".encode())))
    (article,) = opened("-")
    assert isinstance(article, RawArticle)
    assert article.text == "Résumé of the talks."
    assert article.source == "-"


def test_private_addresses_are_fetched_only_where_that_is_allowed() -> None:
    """`read` refuses this machine, as `watch` does, unless the settings say otherwise."""
    (refused,) = open_sources(["http://127.0.0.1:9/page"], Settings())
    assert isinstance(refused, Rejection)
    assert refused.code == "R116"
    (failed,) = open_sources(["http://127.0.0.1:9/page"], Settings(allow_private=True))
    assert isinstance(failed, Rejection)
    assert failed.code == "R118"
