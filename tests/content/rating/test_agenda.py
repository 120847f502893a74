"""What of a rating is talked about: all that is better or worse than expected, in the order of the plan."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.forms.context import FormContext
from content.forms.example import example
from content.forms.form import Form
from content.parts import Values
from content.rating.agenda import About, Point, agenda
from content.rating.rated import rated
from content.rules import ContentRules
from schemes.loading import builtin_names, builtin_system
from states.triggers import RatingBasis, Trigger


def rules_of(name: str) -> ContentRules:
    found = builtin_system(name).content
    assert found is not None
    return found


def form_of(rules: ContentRules, basis: RatingBasis | None = None) -> Form:
    found = rules.form_for(Trigger.RATE, basis)
    assert found is not None
    return found[1]


def plan_of(rules: ContentRules) -> dict[str, Any]:
    """Two results, the first with two indicators, in an order that is not that of their ids."""
    found = rules.form_for(Trigger.SUBMIT_PLAN)
    assert found is not None
    plan: dict[str, Any] = example(found[1], rules, FormContext(superior_results=frozenset({"p1"})))
    first = plan["results"][0]
    indicators = [
        {**first["indicators"][0], "id": name, "target": {"number": 10, "unit": "dokumen"}}
        for name in ("i9", "i1")
    ]
    rows = [
        {**first, "id": "h9", "weight": 50, "indicators": indicators},
        {**first, "id": "h1", "weight": 50, "indicators": [{**indicators[0], "id": "i5"}]},
    ]
    return {**plan, "results": rows}


NATIONAL = rules_of("nasional")
PLAN = plan_of(NATIONAL)


def points(filled: Values, rules: ContentRules = NATIONAL, plan: Values | None = PLAN) -> tuple[Point, ...]:
    return agenda(form_of(rules), filled, rules, plan, None)


def rating(**parts: Any) -> dict[str, Any]:
    """A part of a rating: a step with its reason for each thing."""
    return {
        section: {
            item: {"rating": step, "reason": f"{item} {step}"} for item, step in items.items() if step != ""
        }
        for section, items in parts.items()
    }


def brief(found: tuple[Point, ...]) -> list[tuple[str, str, str | float]]:
    return [(point.about, point.item, point.judged.rating) for point in found]


def test_what_is_rated_as_expected_is_not_talked_about() -> None:
    filled = rating(results={"h9": "meets", "h1": "above"}, behaviour={"adaptif": "meets"})
    assert brief(points(filled)) == [("result", "h1", "above")]


def test_results_stand_in_the_order_of_the_plan_and_before_behaviour_in_the_order_of_the_values() -> None:
    filled = rating(
        behaviour={"adaptif": "below", "akuntabel": "above"}, results={"h1": "below", "h9": "above"}
    )
    assert brief(points(filled)) == [
        ("result", "h9", "above"),
        ("result", "h1", "below"),
        ("behaviour", "akuntabel", "above"),
        ("behaviour", "adaptif", "below"),
    ]


def test_each_point_has_its_reason_and_its_side() -> None:
    first, second = points(rating(results={"h9": "above", "h1": "below"}))
    assert (first.reason, first.judged.standing > 0) == ("h9 above", True)
    assert (second.reason, second.judged.standing > 0) == ("h1 below", False)


def test_without_a_reason_there_is_none() -> None:
    (point,) = points({"results": {"h1": {"rating": "below"}}})
    assert point.reason is None


def test_the_whole_is_no_point_where_items_are_rated() -> None:
    assert points({"overall": {"results": "above", "behaviour": "below"}}) == ()


def test_the_whole_is_a_point_where_nothing_is_rated_item_by_item() -> None:
    form = form_of(NATIONAL, RatingBasis.ACADEMIC_RECORD)
    filled: Values = {"overall": {"results": "above", "behaviour": "meets", "reason": "IPK 3,9"}}
    (point,) = agenda(form, filled, NATIONAL, None, None)
    assert (point.about, point.item, point.judged.rating) == (About.CRITERION, "results", "above")


def test_what_is_rated_once_has_the_reason_beside_it() -> None:
    filled: Values = {
        "criteria": {
            "service_quality": "below",
            "service_quality_reason": "Antrean panjang",
            "time_discipline": "meets",
            "adaptability": "above",
        },
        "way": {"process": "above", "process_reason": "Tertib"},
    }
    found = points(filled, rules_of("gerunggang"))
    assert [(point.item, point.reason) for point in found] == [
        ("service_quality", "Antrean panjang"),
        ("adaptability", None),
        ("process", "Tertib"),
    ]


def test_grounds_are_a_reason_where_no_other_is_given() -> None:
    filled: Values = {"results": {"h1": {"rating": "above", "grounds": "Penghargaan"}}}
    (point,) = points(filled, rules_of("samarinda"))
    assert point.reason == "Penghargaan"


def test_numbers_are_talked_about_by_what_they_achieve() -> None:
    rules = rules_of("pp30-numerik")
    plan = plan_of(rules)
    filled = example(form_of(rules), rules, FormContext(plan=plan, evidence=frozenset({"e1"})))
    realised = {"i9": 12.0, "i1": 10.0, "i5": 5.0}
    filled["indicators"] = {
        name: {"realised": number, "reason": f"{number}"} for name, number in realised.items()
    }
    behaviour = filled["behaviour"]
    assert isinstance(behaviour, dict)
    filled["behaviour"] = {name: {"rating": 60 if name == "adaptif" else 100} for name in behaviour}
    outcome = rated(rules, filled, FormContext(plan=plan))
    found = agenda(form_of(rules), filled, rules, plan, outcome)
    assert brief(found) == [
        ("indicator", "i9", 120.0),
        ("indicator", "i5", 50.0),
        ("behaviour", "adaptif", 60.0),
    ]
    assert found[0].judged.label.en == "Achievement of an indicator"


def test_what_the_plan_has_no_more_comes_last() -> None:
    filled = rating(results={"h1": "above", "gone": "below"})
    assert [point.item for point in points(filled)] == ["h1", "gone"]


def test_without_a_plan_everything_is_still_talked_about() -> None:
    filled = rating(results={"h1": "above"})
    assert [point.item for point in points(filled, plan=None)] == ["h1"]


@pytest.mark.parametrize("name", builtin_names())
@pytest.mark.parametrize("basis", (None, *RatingBasis))
def test_every_form_of_the_shipped_schemes_has_an_agenda_without_what_is_expected(
    name: str, basis: RatingBasis | None
) -> None:
    rules = rules_of(name)
    plan = None if basis else plan_of(rules)
    case = FormContext(plan=plan, evidence=frozenset({"e1"}))
    for seed in range(5):
        filled = example(form_of(rules, basis), rules, case, seed=seed)
        found = agenda(form_of(rules, basis), filled, rules, plan, rated(rules, filled, case))
        assert all(point.judged.standing for point in found)
        assert len({(point.about, point.item, point.judged.label.en) for point in found}) == len(found)


ANYTHING: st.SearchStrategy[Any] = (
    st.none() | st.booleans() | st.floats() | st.text(max_size=5) | st.just({}) | st.just([])
)
PARTS = st.dictionaries(st.sampled_from(("h1", "rating", "reason")), ANYTHING, max_size=3)


@given(
    st.dictionaries(
        st.sampled_from(("results", "behaviour", "overall", "x")),
        ANYTHING | PARTS | st.dictionaries(st.sampled_from(("h1", "adaptif")), ANYTHING | PARTS, max_size=2),
    )
)
def test_no_content_breaks_it(filled: dict[str, Any]) -> None:
    assert all(point.judged.standing for point in points(filled))
