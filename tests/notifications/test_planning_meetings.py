"""When the message about an appointment leaves. Wednesday 7 January 2026."""

import datetime as dt

from notifications.kinds import Kind
from notifications.planning import Plan
from store.message.notice import NoticeState
from tests.notifications.test_planning import FRIDAY, THURSDAY, WEDNESDAY, at, full, planned

SATURDAY = FRIDAY + dt.timedelta(days=1)


def test_an_appointment_is_told_at_once_in_a_message_of_its_own() -> None:
    assert planned(Kind.MEETING) == Plan(NoticeState.CREATED, "", at(WEDNESDAY, 10), WEDNESDAY, digest=False)


def test_an_appointment_that_was_made_at_night_waits_for_the_morning() -> None:
    held = planned(Kind.MEETING, now=at(WEDNESDAY, 22), due_on=FRIDAY)
    assert held == Plan(NoticeState.HELD, "sending_hours", at(THURSDAY, 7, 30), THURSDAY, digest=False)


def test_one_for_the_next_day_does_not_wait_for_that_day() -> None:
    told = planned(Kind.MEETING, now=at(WEDNESDAY, 22), due_on=THURSDAY)
    assert (told.state, told.slot) == (NoticeState.CREATED, at(WEDNESDAY, 22))


def test_one_for_a_day_off_does_not_wait_for_the_next_working_day() -> None:
    told = planned(Kind.MEETING, now=at(FRIDAY, 18), due_on=SATURDAY)
    assert (told.state, told.slot) == (NoticeState.CREATED, at(FRIDAY, 18))


def test_one_for_the_same_day_is_told_within_the_hours_of_that_day() -> None:
    told = planned(Kind.MEETING, now=at(WEDNESDAY, 10), due_on=WEDNESDAY)
    assert told.slot == at(WEDNESDAY, 10)


def test_a_third_message_of_the_day_joins_a_digest_that_comes_in_time() -> None:
    gathered = planned(Kind.MEETING, booked=full(WEDNESDAY), due_on=THURSDAY)
    assert gathered.digest
    assert gathered.slot == at(WEDNESDAY, 13, 30)
