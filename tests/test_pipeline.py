"""The order of the steps: what each needs is given by an earlier one, and the words for it when not."""

import inspect

from onrecord import pipeline
from onrecord.model.article import RawArticle
from onrecord.model.rejection import Rejection
from onrecord.pipeline import GIVEN, PER_ARTICLE, Step, check, per_article


def test_the_shipped_order_can_run() -> None:
    """Nothing is wrong with it."""
    assert check(PER_ARTICLE) == []


def test_a_wrong_order_is_said_in_words() -> None:
    """The step, what it needs, and that nobody gives it."""
    backwards = tuple(reversed(PER_ARTICLE))
    wrong = check(backwards)
    assert any("needs reading, which no earlier step gives" in line for line in wrong)


def test_a_thing_is_given_once() -> None:
    """Two steps that give the same are a mistake."""
    twice = (Step("one", lambda: None, (), ("cast",)), Step("two", lambda: None, (), ("cast",)))
    assert check(twice, GIVEN) == ["two gives cast a second time"]


def test_a_step_asks_for_what_its_function_takes() -> None:
    """The table and the functions can't part."""
    for step in PER_ARTICLE:
        parameters = inspect.signature(step.run).parameters
        required = {name for name, one in parameters.items() if one.default is inspect.Parameter.empty}
        assert required <= set(step.needs) <= set(parameters), step.name


def test_a_rejected_article_is_a_result_without_a_document(read) -> None:
    """An article in another language yields its reason and nothing else."""
    result = read("Le ministre a déclaré lundi que la guerre était finie et que les prisonniers seraient libérés.")
    assert result.document is None
    assert [type(record) for record in result.records()] == [Rejection]


def test_a_step_that_breaks_costs_what_it_gives_and_is_written_down(kit, monkeypatch) -> None:
    """A bug in one family loses neither the article nor the folder; everything else is there."""

    def broken(**_: object) -> None:
        message = "boom"
        raise ValueError(message)

    steps = tuple(
        Step(step.name, broken, step.needs, step.gives) if step.name in {"acts", "within"} else step
        for step in PER_ARTICLE
    )
    monkeypatch.setattr(pipeline, "PER_ARTICLE", steps)
    raw = RawArticle(text="Orla Venn said on Monday that Norway would leave.", source="x", published="2031-05-06")
    result = per_article(raw, kit)
    assert result.document is not None
    assert result.moments
    assert result.acts == ()
    notes = [rejection.note for rejection in result.rejections if rejection.code == "R390"]
    assert notes == ["within: ValueError: boom", "acts: ValueError: boom"]
