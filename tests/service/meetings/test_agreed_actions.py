"""What of a filled form comes back next year."""

import datetime as dt

from content.parts import Values
from content.rules import ContentRules
from service.meetings.agreed import agreed_actions
from service.meetings.naming import choice_name
from tests.fixtures.content import SMALL
from tests.fixtures.meetings import MEETING, TALK
from translations import Locale

TODAY = dt.date(2027, 1, 5)


def test_each_agreed_action_comes_back_with_who_and_until_when() -> None:
    first, second = agreed_actions(MEETING, TALK, TODAY, Locale.ENGLISH)
    assert (first.id, first.action, first.by, first.by_name) == (
        "a1",
        "Kursus arsip",
        "employee",
        "employee",
    )
    assert (second.until, second.by) == (dt.date(2027, 6, 30), "rater")


def test_a_day_that_has_passed_is_told_from_one_to_come() -> None:
    assert [each.passed for each in agreed_actions(MEETING, TALK, TODAY, Locale.ENGLISH)] == [True, False]


def test_an_action_is_not_late_on_its_last_day() -> None:
    on_the_day = dt.date(2026, 3, 31)
    assert not any(each.passed for each in agreed_actions(MEETING, TALK, on_the_day, Locale.ENGLISH))


def test_who_does_it_is_named_in_the_language_of_the_reader() -> None:
    first, _ = agreed_actions(MEETING, TALK, TODAY, Locale.INDONESIAN)
    assert first.by_name == "employee (id)"


def test_a_scheme_whose_form_asks_for_no_actions_gives_none() -> None:
    assert list(agreed_actions(SMALL, TALK, TODAY, Locale.ENGLISH)) == []


def test_words_without_a_form_give_none() -> None:
    assert list(agreed_actions(MEETING, {}, TODAY, Locale.ENGLISH)) == []
    assert list(agreed_actions(None, TALK, TODAY, Locale.ENGLISH)) == []


def test_a_meeting_at_which_nothing_was_agreed_gives_none() -> None:
    assert list(agreed_actions(MEETING, TALK | {"actions": []}, TODAY, Locale.ENGLISH)) == []


def test_an_action_without_a_day_never_passes() -> None:
    row: Values = {"id": "a3", "action": "Berkala"}
    (action,) = agreed_actions(MEETING, {"actions": [row]}, TODAY, Locale.ENGLISH)
    assert (action.until, action.passed, action.by, action.by_name) == (None, False, None, None)


def test_a_choice_that_the_list_has_lost_is_shown_by_its_name() -> None:
    assert choice_name(MEETING, "sides", "witness", Locale.ENGLISH) == "witness"
    assert choice_name(ContentRules(), "sides", "rater", Locale.ENGLISH) == "rater"
