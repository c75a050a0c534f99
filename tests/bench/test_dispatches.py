"""The counting: gold as its own prediction is right all through, nothing predicted finds nothing."""

from collections import Counter

from onrecord.bench.dispatches import Tally, score

TEXT = "Orla Venn said Norway would leave. Norwegian troops shelled Vardo on Monday, killing 12."


def span(words: str) -> dict[str, object]:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "text": words}


GOLD = {
    "statements": [{"id": "s1", "speaker": "Orla Venn", "content": "Norway would leave", "quotation": "indirect"}],
    "events": [
        {
            "id": "e1",
            "type": "ASSAULT",
            "actor": "NOR",
            "snippet": "Norwegian troops shelled Vardo",
            "modality": "happened",
        }
    ],
    "not_in_it": ["Any record from 'on Monday, killing 12'"],
}
DOCUMENT = {"kind": "document", "id": "d", "text": TEXT}
STATEMENT = {
    "kind": "statement", "id": "s", "speaker": {"actor": "orla-venn", "name": "Orla Venn", "country": None},
    "content": [span("Norway would leave")], "evidence": [span("Norway would leave")], "quotation": "indirect",
    "force": "say", "negated": False, "date": None,
}  # fmt: skip
ACT = {
    "kind": "act", "id": "a", "type": "ASSAULT", "trigger": span("shelled"), "modality": "happened",
    "polarity": "asserted", "voice": None, "date": None, "targets": [],
    "actors": [{"actor": "NOR", "name": "Norway", "country": "NOR"}], "evidence": [span("Norwegian troops shelled")],
}  # fmt: skip


def scored(*records: dict) -> tuple[dict, Counter[str]]:
    tally, bad = score(GOLD, [DOCUMENT, *records])
    assert isinstance(tally, Tally)
    return tally.report(), bad


def test_all_right() -> None:
    """Found, with speaker and roles, and nothing forbidden."""
    report, bad = scored(STATEMENT, ACT)
    assert report["statements"]["f1"] == report["acts"]["f1"] == 100.0
    assert report["statements.speaker"]["share"] == report["acts.roles"]["share"] == 100.0
    assert sum(bad.values()) == 0


def test_nothing_found() -> None:
    """An empty prediction has no precision and no recall."""
    report, _ = scored()
    assert report["statements"]["f1"] == report["acts"]["f1"] == 0.0


def test_a_wrong_speaker_is_found_but_not_right() -> None:
    """The words count as found, the speaker as wrong."""
    report, _ = scored({**STATEMENT, "speaker": {"actor": "x", "name": "Tomas Kerr", "country": None}})
    assert report["statements"]["f1"] == 100.0
    assert report["statements.speaker"]["share"] == 0.0


def test_a_record_from_words_that_are_not_to_be_recorded() -> None:
    """Counted as forbidden."""
    _, bad = scored({**ACT, "trigger": span("killing")})
    assert bad["skipped_text"] == 1


def test_a_pronoun_as_a_speaker_is_forbidden() -> None:
    """Never he, she or they."""
    _, bad = scored({**STATEMENT, "speaker": {"actor": "she", "name": "she", "country": None}})
    assert bad["pronoun_speaker"] == 1
