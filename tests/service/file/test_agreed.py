"""What was agreed a year ago comes back with its day, whatever else stands in the form."""

import datetime as dt
import uuid
from typing import Any

from hypothesis import given

from service.file.agreed import agreed_actions
from service.file.schemas import AgreedAction
from store.file.agreed import EarlierMeeting
from tests.service.filled.test_showing import JSON
from tests.service.filled.written import RULES
from translations import Locale

TODAY = dt.date(2027, 6, 1)


def agreed(*contents: Any) -> list[AgreedAction]:
    meetings = [
        (EarlierMeeting(uuid.UUID(int=number), {}, 2026, "nasional:4", content), RULES)
        for number, content in enumerate(contents)
    ]
    return agreed_actions(meetings, TODAY, Locale.ENGLISH)


def action(words: str, until: str | None = None) -> dict[str, Any]:
    return {"id": "a1", "action": words, "by": "employee", **({} if until is None else {"until": until})}


def test_an_action_comes_back_with_its_day() -> None:
    (found,) = agreed({"content": {"actions": [action("Pelatihan arsip", "2027-09-01")]}})
    assert (found.action.title, found.day, found.passed) == ("Pelatihan arsip", dt.date(2027, 9, 1), False)


def test_an_action_whose_day_is_over_says_so() -> None:
    (found,) = agreed({"content": {"actions": [action("Pelatihan arsip", "2027-05-31")]}})
    assert found.passed


def test_the_first_due_comes_first_and_what_has_no_day_last() -> None:
    rows = [action("c"), action("b", "2027-09-01"), action("a", "2027-03-01")]
    assert [each.action.title for each in agreed({"content": {"actions": rows}})] == ["a", "b", "c"]


def test_actions_of_two_periods_of_the_year_stand_together() -> None:
    found = agreed(
        {"content": {"actions": [action("b", "2027-02-01")]}},
        {"content": {"actions": [action("a", "2027-01-01")]}},
    )
    assert [each.appraisal_id.int for each in found] == [1, 0]


def test_words_alone_hold_no_actions() -> None:
    assert agreed({"text": "Tingkatkan arsip"}) == []


def test_a_meeting_under_a_scheme_without_forms_has_no_actions() -> None:
    meeting = EarlierMeeting(uuid.UUID(int=1), {}, 2026, "lama:1", {"content": {"actions": [action("a")]}})
    assert agreed_actions([(meeting, None)], TODAY, Locale.ENGLISH) == []


@given(JSON)
def test_whatever_stands_on_record_it_can_be_read(content: Any) -> None:
    assert isinstance(agreed({"content": {"actions": content}}, {"content": {"actions": [content]}}), list)
