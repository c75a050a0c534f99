"""The seven laws, over generated articles."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.model import wire
from onrecord.model.article import ArticleResult, spans_of
from onrecord.pipeline import whole_record

SLOW = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])

PEOPLE = (
    "Orla Venn",
    "Tomas Kerrigan-Lee",
    "Minister Ilse Brandt",
    "General Okon Adeyi",
    "the spokeswoman",
    "he",
    "she",
)
STATES = ("Norway", "Kenya", "Peru", "the Peruvian government", "Oslo", "Nairobi", "the rebels", "the army")
WHOLE = st.sampled_from(
    (
        "{p} said {s} had attacked {t} on Monday.",
        "“We will never accept this,” {p} told reporters.",
        "{s} and {t} signed a ceasefire last week, according to {p}.",
        "{p}, who was jailed for 12 years on spying charges, was freed by {s} in April.",
        "At least 14 people were killed when {s} shelled {t}.",
        "{s} denied that it had bombed {t}.",
        "A ten-for-ten prisoner swap between {s} and {t} is being discussed, {p} said.",
        "If {s} attacks {t}, {p} will resign.",
        "{p} accused {s} of breaking the truce.",
    )
)


@st.composite
def articles(draw: st.DrawFn) -> str:
    """Paragraphs of sentences with people and states filled in."""
    count = draw(st.integers(1, 5))
    paragraphs = []
    for _ in range(count):
        sentence = draw(WHOLE).format(
            p=draw(st.sampled_from(PEOPLE)), s=draw(st.sampled_from(STATES)), t=draw(st.sampled_from(STATES))
        )
        paragraphs.append(sentence[0].upper() + sentence[1:])
    return "\n\n".join(paragraphs)


def lines(result: ArticleResult) -> list[bytes]:
    return [wire.encode(record) for record in result.records()]


@SLOW
@given(text=articles(), published=st.sampled_from([None, "2031-05-06", "2031-05-06T10:00+02:00"]))
def test_every_evidence_is_verbatim_and_every_record_survives_the_wire(read, text, published) -> None:
    """document.holds(evidence) for all; decode(encode(x)) == x; the same article gives the same lines."""
    result = read(text, published)
    assert result.document is not None
    assert "R390" not in {rejection.code for rejection in result.rejections}
    for record in result.records():
        assert all(result.document.holds(span) for span in spans_of(record))
        assert wire.decode(wire.encode(record)) == record
    assert lines(read(text, published)) == lines(result)


@SLOW
@given(texts=st.lists(articles(), min_size=2, max_size=4, unique=True), data=st.data())
def test_order_and_repetition_make_no_difference(read, texts, data) -> None:
    """Any order of reading, and reading twice, gives the same record."""
    results = [read(text, "2031-05-06") for text in texts]
    record = sorted(wire.encode(made) for made in whole_record(results))
    shuffled = data.draw(st.permutations(results))
    assert sorted(wire.encode(made) for made in whole_record([*shuffled, results[0]])) == record


@SLOW
@given(text=st.text(max_size=2000))
def test_any_text_is_read_without_an_exception(read, text) -> None:
    """All of Unicode that a file can hold: combining marks, right-to-left, zero-width, astral."""
    text = text.encode("utf-8", "ignore").decode("utf-8")
    result = read(text, "2031-05-06")
    assert result.document is not None or result.rejections
    assert "R390" not in {rejection.code for rejection in result.rejections}


@pytest.mark.parametrize(
    "text",
    [
        "“" * 20_000,
        "'" * 20_000,
        "said " * 4_000,
        "a, " * 6_000,
        "(" * 10_000 + ")" * 10_000,
        "“No,” said Orla Venn. " * 900,
        "Norway and " * 1_800 + "Kenya met.",
        "\u0301" * 20_000,
        "\U0001f600\u202e\u200b" * 6_000,
        "\n" * 20_000 + "x",
        "1-for-" * 3_000,
        "who said that " * 1_400,
    ],
    ids=lambda text: ascii(text[:8]),
)
@pytest.mark.timeout(60)
def test_twenty_kilobytes_of_anything_end(read, text) -> None:
    """No pattern and no loop may take a quadratic time over what a hostile page can hold, and no step may break."""
    assert "R390" not in {rejection.code for rejection in read(text, "2031-05-06").rejections}


def test_a_line_of_the_wire_is_json(read) -> None:
    """Keys stand in the order of the contract, the kind first."""
    result = read("Orla Venn said Norway would sign the accord.", "2031-05-06")
    for line in lines(result):
        assert next(iter(json.loads(line))) == "kind"
