import copy
import itertools
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.forms.checking import check
from content.forms.differences import Alteration, Difference, differences, rows_by_id, same
from content.forms.example import example
from content.forms.revising import DoesNotFit, applied
from content.parts import Values
from tests.content.forms.generated import CASES, JSON, patient
from tests.content.forms.schemes import PLAN_FORM, RULES

OBJECTS = st.dictionaries(st.text(max_size=3), JSON, max_size=4)
ROWS = st.lists(
    st.builds(
        lambda own, rest: {**rest, "id": own},
        st.sampled_from(["h1", "h2", "h3", "h4"]),
        st.dictionaries(st.sampled_from(["result", "weight", "inner"]), JSON, max_size=3),
    ),
    max_size=4,
)
FORMS = st.fixed_dictionaries({}, optional={"results": ROWS | JSON, "overall": OBJECTS, "other": ROWS})


def plan(*rows: Any) -> Any:
    return {"results": list(rows)}


def row(own: str, text: str = "teks", **more: Any) -> Any:
    return {"id": own, "result": text, **more}


def told(before: Any, after: Any) -> list[tuple[Any, ...]]:
    return [(difference.place, difference.alteration.value) for difference in differences(before, after)]


def test_forms_that_say_the_same_do_not_differ() -> None:
    assert differences(plan(row("h1")), plan(row("h1"))) == ()


def test_a_changed_field_is_told_with_what_it_was_and_is() -> None:
    assert differences(plan(row("h1", "lama")), plan(row("h1", "baru"))) == (
        Difference(("results", "h1", "result"), Alteration.CHANGED, before="lama", after="baru"),
    )


def test_a_row_that_was_added_is_told_with_its_place() -> None:
    assert differences(plan(row("h1")), plan(row("h0"), row("h1"))) == (
        Difference(("results", "h0"), Alteration.ADDED, after=row("h0"), position=0),
    )


def test_a_row_that_was_removed_is_told_with_what_it_said() -> None:
    assert differences(plan(row("h1"), row("h2")), plan(row("h2"))) == (
        Difference(("results", "h1"), Alteration.REMOVED, before=row("h1")),
    )


def test_a_row_that_moved_has_not_changed() -> None:
    assert differences(plan(row("h1"), row("h2")), plan(row("h2"), row("h1"))) == (
        Difference(("results",), Alteration.ORDERED, before=["h1", "h2"], after=["h2", "h1"]),
    )


def test_a_row_that_moved_and_changed_is_both() -> None:
    assert told(plan(row("h1"), row("h2")), plan(row("h2", "baru"), row("h1"))) == [
        (("results", "h2", "result"), "changed"),
        (("results",), "ordered"),
    ]


def test_a_row_that_follows_a_removed_one_has_not_moved() -> None:
    assert told(plan(row("h1"), row("h2"), row("h3")), plan(row("h2"), row("h3"))) == [
        (("results", "h1"), "removed")
    ]


def test_a_change_deep_in_a_row_is_told_at_its_place() -> None:
    before, after = (
        plan(row("h1", indicators=[row("i1", target={"number": number, "unit": "laporan"})]))
        for number in (12, 14)
    )
    assert differences(before, after) == (
        Difference(
            ("results", "h1", "indicators", "i1", "target", "number"), Alteration.CHANGED, before=12, after=14
        ),
    )


def test_a_field_that_came_and_one_that_went_are_told() -> None:
    assert told({"overall": {"note": "a"}}, {"overall": {"reason": "b"}}) == [
        (("overall", "note"), "removed"),
        (("overall", "reason"), "added"),
    ]


@pytest.mark.parametrize(("before", "after"), ((1, True), (0, False), ([1], [True]), ({"a": 1}, {"a": True})))
def test_yes_is_not_the_number_1(before: Any, after: Any) -> None:
    assert not same(before, after)
    assert len(differences({"part": before}, {"part": after})) == 1


def test_a_list_of_choices_changes_as_a_whole() -> None:
    assert differences({"aspects": ["time"]}, {"aspects": ["time", "cost"]}) == (
        Difference(("aspects",), Alteration.CHANGED, before=["time"], after=["time", "cost"]),
    )


@pytest.mark.parametrize("value", ("x", None, {}, ["x"], [{}], [{"id": 1}], [{"id": "a"}, {"id": "a"}]))
def test_what_are_no_rows_with_ids_of_their_own_is_not_matched_row_by_row(value: Any) -> None:
    assert rows_by_id(value) is None


@patient
@given(before=FORMS, after=FORMS)
def test_differences_rebuild_the_later_form(before: Values, after: Values) -> None:
    rebuilt = applied(before, differences(before, after))
    assert json.dumps(rebuilt, sort_keys=True) == json.dumps(after, sort_keys=True)


@patient
@given(before=FORMS, after=FORMS)
def test_what_is_compared_and_rebuilt_stays_as_it_is(before: Values, after: Values) -> None:
    untouched = copy.deepcopy((before, after))
    rebuilt = applied(before, differences(before, after))
    rebuilt["more"] = 1
    assert repr((before, after)) == repr(untouched)


@patient
@given(seeds=st.lists(st.integers(0, 30), min_size=2, max_size=6), case=CASES)
def test_a_plans_revisions_rebuild_every_version(seeds: list[int], case: Any) -> None:
    versions = [
        check(PLAN_FORM, example(PLAN_FORM, RULES, case, seed=seed), RULES, case).values for seed in seeds
    ]
    steps = [differences(before, after) for before, after in itertools.pairwise(versions)]
    rebuilt = versions[0]
    for version, step in zip(versions[1:], steps, strict=True):
        rebuilt = applied(rebuilt, step)
        assert rebuilt == version


@pytest.mark.parametrize(
    "difference",
    (
        Difference(("results", "h9", "result"), Alteration.CHANGED, after="x"),
        Difference(("results", "h9"), Alteration.REMOVED),
        Difference(("results", "h1"), Alteration.CHANGED, after={}),
        Difference(("results",), Alteration.ADDED, after=[]),
        Difference(("results",), Alteration.ORDERED, after=["h1", "h2"]),
        Difference(("results",), Alteration.ORDERED, after=["h9"]),
        Difference(("results", "h1", "result"), Alteration.ORDERED, after=["h9"]),
        Difference(("other",), Alteration.REMOVED),
        Difference(("results", "h1", "result", "deep"), Alteration.ADDED, after=1),
    ),
)
def test_differences_of_another_form_do_not_fit(difference: Difference) -> None:
    with pytest.raises(DoesNotFit):
        applied(plan(row("h1")), [difference])
