import pytest

from content.parts import Values
from content.rating.places import is_confirmed, values_at
from content.rating.rules import FieldPlace

PLACE = FieldPlace(section="behaviour", field="score")


def found(filled: Values) -> list[tuple[str, object]]:
    return [(".".join(map(str, each.path)), each.value) for each in values_at(filled, PLACE)]


def test_a_field_of_a_group_is_one_value() -> None:
    assert found({"behaviour": {"score": 90, "reason": "Baik"}}) == [("behaviour.score", 90)]


def test_a_field_of_each_part_is_a_value_for_each_in_their_order() -> None:
    filled: Values = {"behaviour": {"loyal": {"score": 90}, "adaptif": {"score": 80}}}
    assert found(filled) == [("behaviour.loyal.score", 90), ("behaviour.adaptif.score", 80)]


def test_a_field_of_rows_is_a_value_for_each_row() -> None:
    filled: Values = {"behaviour": [{"id": "a", "score": 90}, {"id": "b", "score": 80}]}
    assert found(filled) == [("behaviour.0.score", 90), ("behaviour.1.score", 80)]


def test_a_part_without_the_field_is_there_with_nothing() -> None:
    filled: Values = {"behaviour": {"loyal": {"reason": "Baik"}, "adaptif": {"score": 80}}}
    assert found(filled) == [("behaviour.loyal.score", None), ("behaviour.adaptif.score", 80)]


def test_a_part_that_is_called_like_the_field_is_still_a_part() -> None:
    assert found({"behaviour": {"score": {"score": 90}}}) == [("behaviour.score.score", 90)]


def test_a_group_without_the_field_is_there_with_nothing() -> None:
    assert found({"behaviour": {"reason": "Baik"}}) == [("behaviour.score", None)]


@pytest.mark.parametrize("section", ({}, [], None, "x", 5, [1, "a"]))
def test_a_section_of_another_shape_holds_nothing(section: Values) -> None:
    assert found({"behaviour": section}) == []


def test_an_absent_section_holds_nothing() -> None:
    assert found({}) == []


@pytest.mark.parametrize(
    ("value", "confirmed"), ((True, True), (False, False), (None, False), ("yes", False), (1, False))
)
def test_only_true_confirms(value: bool | str | int | None, confirmed: bool) -> None:
    assert is_confirmed({"behaviour": {"score": value}}, PLACE) is confirmed


def test_a_form_without_the_section_confirms_nothing() -> None:
    assert not is_confirmed({}, PLACE)
