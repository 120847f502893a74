"""Counselling stays between the two who are in it."""

import pytest

from content.sight.confidential import sees_confidential

PEOPLE = ("employee", "rater", "successor", "rater_superior", "hr")


@pytest.mark.parametrize("reader", PEOPLE)
def test_a_note_of_the_rater_is_seen_by_him_and_the_employee_only(reader: str) -> None:
    assert sees_confidential("rater", "employee", reader) is (reader in {"employee", "rater"})


@pytest.mark.parametrize("reader", PEOPLE)
def test_a_note_of_the_employee_is_seen_by_him_and_his_rater_of_then_only(reader: str) -> None:
    seen = sees_confidential("employee", "employee", reader, rater="rater")
    assert seen is (reader in {"employee", "rater"})


@pytest.mark.parametrize("reader", PEOPLE)
def test_a_note_of_the_employee_to_nobody_is_seen_by_him_only(reader: str) -> None:
    assert sees_confidential("employee", "employee", reader) is (reader == "employee")


def test_a_later_rater_does_not_see_what_an_earlier_one_wrote() -> None:
    assert not sees_confidential("rater", "employee", "successor", rater="successor")
