"""Claims and records on a real PostgreSQL."""

import asyncio
import datetime as dt
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from states.stages import Capacity, Stage
from states.triggers import Trigger
from store.outbox.notice import DueNotice, NoticeState, Sending
from store.outbox.repository import Outbox
from store.outbox.table import STATES
from tests.fixtures.agency import SmallAgency, build_agency
from tests.fixtures.cases import (
    OVERDUE,
    PLANNING_OPENS,
    REMINDED,
    RecordedCase,
    make_due,
    many_notices,
    new_case,
    notices,
)
from translations import Locale

LEASE = dt.timedelta(minutes=1)
NOON = dt.datetime(2026, 1, 6, 5, tzinfo=dt.UTC)


@pytest.fixture
async def agency(database: AsyncEngine) -> SmallAgency:
    return await build_agency(database)


@pytest.fixture
async def case(database: AsyncEngine, agency: SmallAgency) -> RecordedCase:
    return await new_case(database, agency)


async def claim_one(database: AsyncEngine) -> DueNotice:
    (notice,) = (await Outbox(database).claim(most=10, lease=LEASE)).notices
    return notice


def sending(notice: DueNotice, state: NoticeState, **fields: Any) -> Sending:
    return Sending(**{"notice": notice, "state": state, "answer": "said", "at": NOON, **fields})


def test_every_state_that_a_notice_can_have_is_one_that_the_table_knows() -> None:
    assert {state.value for state in NoticeState} == set(STATES)


async def test_a_claimed_notice_carries_what_sending_needs(database: AsyncEngine, case: RecordedCase) -> None:
    notice = await claim_one(database)
    assert notice.template == "task_opened"
    assert notice.stage is Stage.PLAN_DRAFTING
    assert notice.due_on == dt.date(2026, 1, 20)
    assert notice.recipient_id == case.employee
    assert notice.recipient_name == "Employee 1 Kota Contoh"
    assert notice.recipient_email.startswith("person5.")
    assert notice.locale is Locale.INDONESIAN
    assert (notice.attempt, notice.rehearsal, notice.own_task) == (1, False, True)


async def test_titles_stand_around_the_name(database: AsyncEngine, case: RecordedCase) -> None:
    async with database.begin() as connection:
        await connection.execute(text("UPDATE person SET title_before = 'Dr.', title_after = 'S.H.'"))
    assert (await claim_one(database)).recipient_name == "Dr. Employee 1 Kota Contoh, S.H."


async def test_a_claimed_notice_is_not_claimed_again(database: AsyncEngine, case: RecordedCase) -> None:
    await claim_one(database)
    assert (await Outbox(database).claim(most=10, lease=LEASE)).count == 0


async def test_a_claim_that_ran_out_is_taken_over_and_counts_as_an_attempt(
    database: AsyncEngine, case: RecordedCase
) -> None:
    first = await claim_one(database)
    await make_due(database)
    second = await claim_one(database)
    assert (second.id, second.attempt) == (first.id, 2)


async def test_two_claims_at_once_share_the_notices_without_overlap(
    database: AsyncEngine, case: RecordedCase
) -> None:
    await many_notices(database, 100)
    claims = await asyncio.gather(*(Outbox(database).claim(most=40, lease=LEASE) for _ in range(4)))
    ids = [notice.id for claim in claims for notice in claim.notices]
    assert len(ids) == len(set(ids))
    rest = await Outbox(database).claim(most=100, lease=LEASE)
    assert len(ids) + len(rest.notices) == 100


async def test_another_channel_is_left_alone(database: AsyncEngine, case: RecordedCase) -> None:
    assert (await Outbox(database, channel="whatsapp").claim(most=10, lease=LEASE)).count == 0


async def test_what_was_done_before_the_claim_cancels_its_notice(
    database: AsyncEngine, case: RecordedCase
) -> None:
    await case.act(Trigger.SUBMIT_PLAN, Capacity.EMPLOYEE, NOON)
    notice = await claim_one(database)
    assert notice.recipient_id == case.agency.rater
    assert [row.state for row in await notices(database)] == ["cancelled", "sending"]


async def test_a_failed_send_is_cancelled_when_its_task_was_done_meanwhile(
    database: AsyncEngine, case: RecordedCase
) -> None:
    notice = await claim_one(database)
    await case.act(Trigger.SUBMIT_PLAN, Capacity.EMPLOYEE, NOON)
    await Outbox(database).settle([sending(notice, NoticeState.TEMPORARY_FAILURE)])
    claim = await Outbox(database).claim(most=10, lease=LEASE)
    assert claim.cancelled == 1
    assert notice.id not in {other.id for other in claim.notices}


async def test_a_notice_of_an_earlier_stay_is_cancelled_when_the_stage_is_entered_again(
    database: AsyncEngine, case: RecordedCase
) -> None:
    earlier = await claim_one(database)
    await case.act(Trigger.SUBMIT_PLAN, Capacity.EMPLOYEE, NOON)
    await case.act(Trigger.RETURN_PLAN, Capacity.RATER, NOON)
    assert case.appraisal.stage is Stage.PLAN_DRAFTING
    await Outbox(database).settle([sending(earlier, NoticeState.TEMPORARY_FAILURE)])
    claim = await Outbox(database).claim(most=10, lease=LEASE)
    assert claim.cancelled == 1
    assert [notice.template for notice in claim.notices] == ["task_opened"]
    assert earlier.id not in {notice.id for notice in claim.notices}


async def test_a_cancelled_case_sends_nothing_ever_again(database: AsyncEngine, case: RecordedCase) -> None:
    await case.wake(REMINDED)
    await many_notices(database, 5)
    hr = str(case.agency.officer)
    await case.act(Trigger.CANCEL, Capacity.HR, REMINDED, actor=hr)
    assert (await Outbox(database).claim(most=100, lease=LEASE)).notices == ()
    assert {row.state for row in await notices(database)} == {"cancelled"}


async def test_a_reminder_of_a_due_day_that_was_extended_is_cancelled(
    database: AsyncEngine, case: RecordedCase
) -> None:
    await case.wake(REMINDED)
    hr = str(case.agency.officer)
    await case.act(Trigger.EXTEND, Capacity.HR, REMINDED, actor=hr, until=dt.date(2026, 2, 10))
    told = (await Outbox(database).claim(most=10, lease=LEASE)).notices
    assert {(notice.template, notice.due_on) for notice in told} == {
        ("task_opened", dt.date(2026, 2, 10)),
        ("extended", dt.date(2026, 2, 10)),
    }
    assert [row.state for row in await notices(database, template="reminder")] == ["cancelled"]


async def test_an_escalation_is_the_own_task_of_the_holder_and_not_of_the_superior(
    database: AsyncEngine, case: RecordedCase
) -> None:
    await case.wake(OVERDUE)
    claim = await Outbox(database).claim(most=50, lease=LEASE)
    escalations = [notice for notice in claim.notices if notice.template == "escalation"]
    assert {notice.recipient_id: notice.own_task for notice in escalations} == {
        case.employee: True,
        case.agency.rater: False,
    }


async def test_the_openings_and_reminders_of_one_wake_are_all_wanted(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    late = await new_case(database, agency)
    await late.wake(OVERDUE)
    claim = await Outbox(database).claim(most=50, lease=LEASE)
    assert claim.cancelled == 0
    assert {notice.template for notice in claim.notices} == {"task_opened", "reminder", "escalation"}


async def test_a_sent_notice_keeps_the_moment_and_the_answer(
    database: AsyncEngine, case: RecordedCase
) -> None:
    await Outbox(database).settle([sending(await claim_one(database), NoticeState.SENT)])
    (row,) = await notices(database)
    assert (row.state, row.provider_answer, row.sent_at) == ("sent", "said", NOON)
    await make_due(database)
    assert (await Outbox(database).claim(most=10, lease=LEASE)).count == 0


async def test_a_temporary_failure_is_due_again_after_its_delay_and_not_before(
    database: AsyncEngine, case: RecordedCase
) -> None:
    failed = sending(
        await claim_one(database), NoticeState.TEMPORARY_FAILURE, retry_after=dt.timedelta(minutes=1)
    )
    await Outbox(database).settle([failed])
    (row,) = await notices(database)
    wait = row.next_attempt_at - dt.datetime.now(dt.UTC)
    assert dt.timedelta(seconds=50) < wait <= dt.timedelta(seconds=61)
    assert (await Outbox(database).claim(most=10, lease=LEASE)).count == 0
    await make_due(database)
    assert (await claim_one(database)).attempt == 2


async def test_a_permanent_failure_is_never_due_again(database: AsyncEngine, case: RecordedCase) -> None:
    await Outbox(database).settle([sending(await claim_one(database), NoticeState.PERMANENT_FAILURE)])
    await make_due(database)
    assert (await Outbox(database).claim(most=10, lease=LEASE)).count == 0
    assert [(row.state, row.sent_at) for row in await notices(database)] == [("permanent_failure", None)]


async def test_a_success_that_is_recorded_twice_or_contradicted_stays_as_it_was(
    database: AsyncEngine, case: RecordedCase
) -> None:
    notice = await claim_one(database)
    outbox = Outbox(database)
    await outbox.settle([sending(notice, NoticeState.SENT)])
    await outbox.settle([sending(notice, NoticeState.SENT, answer="other")])
    await outbox.settle([sending(notice, NoticeState.PERMANENT_FAILURE)])
    assert [(row.state, row.provider_answer) for row in await notices(database)] == [("sent", "said")]


async def test_a_failure_of_a_claim_that_ran_out_is_not_recorded_but_a_success_is(
    database: AsyncEngine, case: RecordedCase
) -> None:
    late = await claim_one(database)
    await make_due(database)
    await claim_one(database)
    await Outbox(database).settle([sending(late, NoticeState.PERMANENT_FAILURE)])
    assert [row.state for row in await notices(database)] == ["sending"]
    await Outbox(database).settle([sending(late, NoticeState.SENT)])
    assert [row.state for row in await notices(database)] == ["sent"]


async def test_a_released_notice_is_due_at_once_and_has_used_no_attempt(
    database: AsyncEngine, case: RecordedCase
) -> None:
    await Outbox(database).release([await claim_one(database)])
    assert [(row.state, row.attempts) for row in await notices(database)] == [("created", 0)]
    assert (await claim_one(database)).attempt == 1


async def test_an_answer_of_any_length_and_with_odd_characters_is_kept(
    database: AsyncEngine, case: RecordedCase
) -> None:
    answer = "550 \0" + "é" * 900
    await Outbox(database).settle(
        [sending(await claim_one(database), NoticeState.PERMANENT_FAILURE, answer=answer)]
    )
    (row,) = await notices(database)
    assert len(row.provider_answer) == 500
    assert row.provider_answer.startswith("550 éé")


async def test_the_oldest_due_notices_are_claimed_first(database: AsyncEngine, case: RecordedCase) -> None:
    await many_notices(database, 3)
    async with database.begin() as connection:
        await connection.execute(
            text("UPDATE notice SET next_attempt_at = now() - interval '1 hour' WHERE rule = 'copy-3'")
        )
    (first,) = (await Outbox(database).claim(most=1, lease=LEASE)).notices
    assert first.id == next(row.id for row in await notices(database) if row.rule == "copy-3")


async def test_a_notice_of_the_opening_names_no_moment_before_it(
    database: AsyncEngine, case: RecordedCase
) -> None:
    (row,) = await notices(database)
    assert row.business_at <= PLANNING_OPENS
