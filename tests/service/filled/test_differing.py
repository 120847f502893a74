"""What changed between two filled forms is said in sentences, with the labels of the form."""

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.filled.differing import shown_differences, word_differences
from service.filled.schemas import ShownDifference
from states.triggers import Trigger
from tests.service.filled.test_showing import JSON
from tests.service.filled.written import PLAN, RULES, changed, form_of, titles
from translations import Locale


def differences(before: Any, after: Any, locale: Locale = Locale.ENGLISH) -> list[ShownDifference]:
    return shown_differences(form_of(Trigger.SUBMIT_PLAN), before, after, RULES, titles(PLAN, locale), locale)


def sentences(before: Any, after: Any, locale: Locale = Locale.ENGLISH) -> list[str]:
    return [each.in_words for each in differences(before, after, locale)]


def with_target(**target: Any) -> dict[str, Any]:
    plan = copy.deepcopy(PLAN)
    plan["results"][0]["indicators"][0]["target"] = target
    return plan


def test_nothing_changed_nothing_is_said() -> None:
    assert differences(PLAN, copy.deepcopy(PLAN)) == []


def test_a_changed_target_is_said_with_its_place_and_both_values() -> None:
    assert sentences(PLAN, with_target(number=1500, unit="dokumen")) == [
        "Results › Izin terbit tepat waktu › Indicators › Jumlah izin › Target: "
        "“1,200 dokumen” became “1,500 dokumen”"
    ]


def test_the_same_is_said_in_indonesian() -> None:
    (sentence,) = sentences(PLAN, with_target(number=1500, unit="dokumen"), Locale.INDONESIAN)
    assert sentence.endswith("“1.200 dokumen” menjadi “1.500 dokumen”")


def test_a_target_whose_number_and_unit_changed_is_one_change() -> None:
    (change,) = differences(PLAN, with_target(number=100, unit="persen"))
    assert (change.before, change.after) == (
        {"number": 1200, "unit": "dokumen"},
        {"number": 100, "unit": "persen"},
    )
    assert change.place == ["results", "h1", "indicators", "i1", "target"]


def test_a_choice_is_said_by_its_label() -> None:
    (sentence,) = sentences(PLAN, changed(kind="additional"))
    assert "“Main result” became “Additional" in sentence


def test_a_new_row_is_said_by_what_it_is_about() -> None:
    plan = copy.deepcopy(PLAN)
    plan["results"].append({"id": "h2", "result": "Arsip tertata", "kind": "main"})
    (change,) = differences(PLAN, plan)
    assert (change.kind, change.in_words) == ("added", "Results › Arsip tertata: added")


def test_a_row_that_is_gone_is_said_by_what_it_was_about() -> None:
    plan = copy.deepcopy(PLAN)
    del plan["results"][0]["indicators"][1]
    (change,) = differences(PLAN, plan)
    assert change.kind == "removed"
    assert change.in_words.endswith("Lama pelayanan: removed")


def test_another_order_is_said_as_such() -> None:
    plan = copy.deepcopy(PLAN)
    plan["results"][0]["indicators"].reverse()
    (change,) = differences(PLAN, plan)
    assert (change.kind, change.in_words.endswith(": in another order")) == ("ordered", True)


def test_a_field_that_was_filled_in_later_is_said_with_its_value() -> None:
    (sentence,) = sentences(PLAN, changed(letter="SK 12/2026"))
    assert sentence.endswith(": added “SK 12/2026”")


def test_a_field_that_was_emptied_is_said_with_what_stood_there() -> None:
    (sentence,) = sentences(changed(letter="SK 12/2026"), PLAN)
    assert sentence.endswith(": removed “SK 12/2026”")


def test_a_part_for_a_value_is_called_as_the_value() -> None:
    plan = copy.deepcopy(PLAN)
    plan["behaviour"]["adaptif"]["expectation"] = "Membimbing rekan"
    (sentence,) = sentences(PLAN, plan)
    assert " › Adaptability › " in sentence


def test_what_the_form_does_not_know_is_called_as_the_data_calls_it() -> None:
    assert sentences({"other": "a"}, {"other": "b"}) == ["other: “a” became “b”"]


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    ((None, "b", "added"), ("a", None, "removed"), ("a", "b", "changed"), ("", "b", "added")),
)
def test_words_beside_a_form_change_as_a_whole(before: str | None, after: str | None, kind: str) -> None:
    (change,) = word_differences(before, after, Locale.ENGLISH)
    assert change.kind == kind


@pytest.mark.parametrize(("before", "after"), (("a", "a"), (None, ""), (None, None)))
def test_the_same_words_are_no_change(before: str | None, after: str | None) -> None:
    assert word_differences(before, after, Locale.ENGLISH) == []


@given(st.dictionaries(st.sampled_from(["results", "behaviour", "other"]), JSON), JSON)
def test_whatever_stands_on_record_what_changed_can_be_said(before: dict[str, Any], inner: Any) -> None:
    after = {**before, "results": inner}
    for change in (*differences(before, after), *differences(after, before)):
        assert change.in_words.startswith(change.where)


@given(JSON)
def test_what_changed_inside_a_row_can_be_said(inner: Any) -> None:
    after = changed(indicators=inner, result=inner)
    assert all(change.in_words for change in (*differences(PLAN, after), *differences(after, PLAN)))
