"""The page has words for everything that the API can say, and fields for everything that it can ask."""

from typing import Any, get_args

import pytest
from playwright.sync_api import Page

from app.follow_up.plan import vocabulary as plan
from app.interviews import vocabulary as interviews
from app.rules import vocabulary as v
from app.rules.chain import PATHS
from app.rules.profile import TRIED
from tests.page.visiting import visit

WORDS = "await import('/assets/page/words.js')"


@pytest.fixture
def words(page: Page) -> Page:
    visit(page)
    return page


def said(page: Page, function: str, *arguments: object) -> Any:  # noqa: ANN401 - what the script returns
    return page.evaluate(f"async (given) => ({WORDS}).{function}(...given)", list(arguments))


def test_every_field_of_a_decision_has_a_name(words: Page) -> None:
    names = {path: said(words, "fieldName", path) for _, _, path in PATHS}
    assert len(set(names.values())) == len(PATHS)
    assert {path for path, name in names.items() if "business" in name or "_" in name} == set()


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("thank_you.expectation", get_args(v.Expectation)),
        ("thank_you.outcome", get_args(v.Outcome)),
        ("thank_you.recipients", get_args(v.Recipients)),
        ("thank_you.formality", get_args(v.Formality)),
        ("thank_you.gifts", get_args(v.GiftPractice)),
        ("next_move.who", get_args(v.Mover)),
        ("next_move.enquire_via", get_args(v.Channel)),
        ("references.checked", get_args(v.ReferenceCheck)),
    ],
)
def test_every_value_has_words(words: Page, field: str, values: tuple[str, ...]) -> None:
    for value in values:
        assert said(words, "valueName", field, value) != value


@pytest.mark.parametrize(
    ("table", "values"),
    [
        ("outcomes", (*get_args(v.Outcome), "prohibited")),
        ("expectations", get_args(v.Expectation)),
        ("turns", get_args(v.Mover)),
        ("advice", get_args(v.Advice)),
        ("confidences", v.CONFIDENCES),
        ("statuses", get_args(v.ConditionStatus)),
        ("steps", tuple(step for step in get_args(plan.Step) if step != "own")),
        ("stepStates", get_args(plan.StepState)),
        ("roles", get_args(interviews.Role)),
        ("interviewStatuses", interviews.STATUSES),
    ],
)
def test_every_table_of_words_is_complete(words: Page, table: str, values: tuple[str, ...]) -> None:
    assert set(words.evaluate(f"async () => Object.keys(({WORDS}).{table})")) == set(values)


def test_buttons_with_words_of_their_own_are_of_kinds_that_there_are(words: Page) -> None:
    assert set(words.evaluate(f"async () => Object.keys(({WORDS}).done)")) <= set(plan.KINDS)


def test_midnight_ends_the_day_before(words: Page) -> None:
    assert said(words, "localMoment", "2026-11-24T00:00:00+09:00") == "the end of Monday 23 November"
    assert said(words, "localMoment", "2026-11-24T18:30:00+09:00") == "Tuesday 24 November, 18:30"


def test_every_fact_that_may_change_a_decision_can_be_given_in_the_form(words: Page) -> None:
    for fact, values in TRIED.items():
        offered = words.locator(f"[name='{fact}'] option").evaluate_all("all => all.map(it => it.value)")
        assert set(offered) == {"", *(str(value).lower() if value in {True, False} else value for value in values)}


def test_every_fact_that_may_change_a_decision_has_a_label_of_its_own(words: Page) -> None:
    book = "new Map()"
    for fact, values in TRIED.items():
        if fact not in {"sector", "format"}:
            for value in values:
                label = words.evaluate(
                    f"async ([fact, value]) => ({WORDS}).factName(fact, value, {{titles: {book}}})", [fact, value]
                )
                assert ":" not in label


def test_every_part_of_a_country_that_matters_has_a_name(words: Page) -> None:
    codes = words.evaluate(
        """async () => {
          const { all } = await import('/assets/page/api.js');
          return (await all('v1/rules/countries')).flatMap((country) => country.subdivisions);
        }"""
    )
    assert len(codes) > 5
    subdivisions = "await import('/assets/page/subdivisions.js')"
    assert set(codes) <= set(words.evaluate(f"async () => Object.keys(({subdivisions}).subdivisionNames)"))
