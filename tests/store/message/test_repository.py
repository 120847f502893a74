"""Claims and records on a real PostgreSQL."""

import asyncio
import datetime as dt
import uuid
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from states.stages import Capacity, Stage
from states.triggers import Trigger
from store.message.channels import ChannelName
from store.message.due import Claim, Copy, DueMessage, MessageState, Sending
from store.message.notice import NoticeState
from store.message.repository import Outbox
from store.message.table import MESSAGE_STATES, NOTICE_STATES
from tests.fixtures.agency import SmallAgency, build_agency
from tests.fixtures.cases import (
    OVERDUE,
    PLANNING_OPENS,
    REMINDED,
    RecordedCase,
    make_due,
    many_messages,
    messages,
    new_case,
    notices,
    plan_all,
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


async def claim_one(database: AsyncEngine) -> DueMessage:
    (message,) = (await claim(database)).messages
    return message


async def claim(database: AsyncEngine, most: int = 100) -> Claim:
    """Plans what is new, lets its moment come, and claims."""
    await plan_all(database)
    return await Outbox(database).claim(most=most, lease=LEASE)


def sending(message: DueMessage, state: MessageState, **fields: Any) -> Sending:
    return Sending(**{"message": message, "state": state, "answer": "said", "at": NOON, **fields})


def templates(message: DueMessage) -> set[str]:
    return {case.template for case in message.oldest}


def test_every_state_that_a_notice_can_have_is_one_that_the_table_knows() -> None:
    assert {state.value for state in NoticeState} == set(NOTICE_STATES)


def test_every_state_that_a_message_can_have_is_one_that_the_table_knows() -> None:
    assert {state.value for state in MessageState} == set(MESSAGE_STATES)


async def test_a_claimed_message_carries_what_sending_needs(
    database: AsyncEngine, case: RecordedCase
) -> None:
    message = await claim_one(database)
    (told,) = message.oldest
    assert (told.template, told.stage, told.own_task) == ("task_opened", Stage.PLAN_DRAFTING, True)
    assert (told.due_on, told.appraisal_id) == (dt.date(2026, 1, 20), uuid.UUID(case.appraisal.id))
    assert message.recipient_id == case.employee
    assert message.recipient_name == "Employee 1 Kota Contoh"
    assert message.address.startswith("person5.")
    assert message.locale is Locale.INDONESIAN
    assert (message.attempt, message.rehearsal, message.total) == (1, False, 1)


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
    await many_messages(database, 100)
    claims = await asyncio.gather(*(Outbox(database).claim(most=40, lease=LEASE) for _ in range(4)))
    ids = [notice.id for claim in claims for notice in claim.messages]
    assert len(ids) == len(set(ids))
    rest = await Outbox(database).claim(most=100, lease=LEASE)
    assert len(ids) + len(rest.messages) == 100


async def test_another_channel_is_left_alone(database: AsyncEngine, case: RecordedCase) -> None:
    assert (await Outbox(database, channel=ChannelName.WHATSAPP).claim(most=10, lease=LEASE)).count == 0


async def test_what_was_done_before_the_claim_cancels_its_notice(
    database: AsyncEngine, case: RecordedCase
) -> None:
    await plan_all(database)
    await case.act(Trigger.SUBMIT_PLAN, Capacity.EMPLOYEE, NOON)
    message = await claim_one(database)
    assert message.recipient_id == case.agency.rater
    assert [row.state for row in await notices(database)] == ["cancelled", "sending"]


async def test_a_failed_send_is_cancelled_when_its_task_was_done_meanwhile(
    database: AsyncEngine, case: RecordedCase
) -> None:
    message = await claim_one(database)
    await case.act(Trigger.SUBMIT_PLAN, Capacity.EMPLOYEE, NOON)
    await Outbox(database).settle([sending(message, MessageState.TEMPORARY_FAILURE)])
    later = await claim(database)
    assert later.cancelled == 1
    assert message.id not in {other.id for other in later.messages}
    (row,) = [row for row in await messages(database) if row.id == message.id]
    assert (row.state, row.reason) == ("cancelled", "nothing_left")


async def test_a_notice_of_an_earlier_stay_is_cancelled_when_the_stage_is_entered_again(
    database: AsyncEngine, case: RecordedCase
) -> None:
    earlier = await claim_one(database)
    await case.act(Trigger.SUBMIT_PLAN, Capacity.EMPLOYEE, NOON)
    await case.act(Trigger.RETURN_PLAN, Capacity.RATER, NOON)
    assert case.appraisal.stage is Stage.PLAN_DRAFTING
    await Outbox(database).settle([sending(earlier, MessageState.TEMPORARY_FAILURE)])
    later = await claim(database)
    assert [templates(message) for message in later.messages] == [{"task_opened"}]
    assert sorted(row.state for row in await notices(database)) == ["cancelled", "cancelled", "sending"]


async def test_a_cancelled_case_sends_nothing_ever_again(database: AsyncEngine, case: RecordedCase) -> None:
    await case.wake(REMINDED)
    await many_messages(database, 5)
    hr = str(case.agency.officer)
    await case.act(Trigger.CANCEL, Capacity.HR, REMINDED, actor=hr)
    assert (await claim(database)).messages == ()
    assert {row.state for row in await notices(database)} == {"cancelled"}


async def test_a_reminder_of_a_due_day_that_was_extended_is_cancelled(
    database: AsyncEngine, case: RecordedCase
) -> None:
    await case.wake(REMINDED)
    hr = str(case.agency.officer)
    await case.act(Trigger.EXTEND, Capacity.HR, REMINDED, actor=hr, until=dt.date(2026, 2, 10))
    message = await claim_one(database)
    assert [(told.template, told.due_on) for told in message.oldest] == [
        ("task_opened", dt.date(2026, 2, 10)),
    ]
    rows = await notices(database, template="reminder")
    assert [(row.state, row.reason) for row in rows] == [("cancelled", "due_day_moved")]


async def test_an_escalation_is_the_own_task_of_the_holder_and_not_of_the_superior(
    database: AsyncEngine, case: RecordedCase
) -> None:
    await case.wake(OVERDUE)
    claimed = await claim(database)
    assert {
        message.recipient_id: told.own_task
        for message in claimed.messages
        for told in message.oldest
        if told.template == "escalation"
    } == {case.employee: True, case.agency.rater: False}


async def test_of_the_openings_and_reminders_of_one_wake_the_gravest_is_told(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    late = await new_case(database, agency)
    await late.wake(OVERDUE)
    claimed = await claim(database)
    assert claimed.cancelled == 0
    message = next(each for each in claimed.messages if each.recipient_id == late.employee)
    assert (templates(message), message.total) == ({"escalation"}, 1)
    own = [row for row in await notices(database) if row.recipient_id == late.employee]
    assert {row.template for row in own} == {"task_opened", "reminder", "escalation"}
    assert {row.state for row in own} == {"sending"}


async def test_a_sent_notice_keeps_the_moment_and_the_answer(
    database: AsyncEngine, case: RecordedCase
) -> None:
    await Outbox(database).settle([sending(await claim_one(database), MessageState.SENT)])
    (row,) = await messages(database)
    assert (row.state, row.provider_answer, row.sent_at) == ("sent", "said", NOON)
    await make_due(database)
    assert (await Outbox(database).claim(most=10, lease=LEASE)).count == 0


async def test_a_temporary_failure_is_due_again_after_its_delay_and_not_before(
    database: AsyncEngine, case: RecordedCase
) -> None:
    failed = sending(
        await claim_one(database), MessageState.TEMPORARY_FAILURE, retry_after=dt.timedelta(minutes=1)
    )
    await Outbox(database).settle([failed])
    (row,) = await messages(database)
    wait = row.next_attempt_at - dt.datetime.now(dt.UTC)
    assert dt.timedelta(seconds=50) < wait <= dt.timedelta(seconds=61)
    assert (await Outbox(database).claim(most=10, lease=LEASE)).count == 0
    await make_due(database)
    assert (await claim_one(database)).attempt == 2


async def test_a_permanent_failure_is_never_due_again(database: AsyncEngine, case: RecordedCase) -> None:
    await Outbox(database).settle([sending(await claim_one(database), MessageState.PERMANENT_FAILURE)])
    await make_due(database)
    assert (await Outbox(database).claim(most=10, lease=LEASE)).count == 0
    assert [(row.state, row.sent_at) for row in await messages(database)] == [("permanent_failure", None)]


async def test_a_success_that_is_recorded_twice_or_contradicted_stays_as_it_was(
    database: AsyncEngine, case: RecordedCase
) -> None:
    notice = await claim_one(database)
    outbox = Outbox(database)
    await outbox.settle([sending(notice, MessageState.SENT)])
    await outbox.settle([sending(notice, MessageState.SENT, answer="other")])
    await outbox.settle([sending(notice, MessageState.PERMANENT_FAILURE)])
    assert [(row.state, row.provider_answer) for row in await messages(database)] == [("sent", "said")]


async def test_a_failure_of_a_claim_that_ran_out_is_not_recorded_but_a_success_is(
    database: AsyncEngine, case: RecordedCase
) -> None:
    late = await claim_one(database)
    await make_due(database)
    await claim_one(database)
    await Outbox(database).settle([sending(late, MessageState.PERMANENT_FAILURE)])
    assert [row.state for row in await notices(database)] == ["sending"]
    await Outbox(database).settle([sending(late, MessageState.SENT)])
    assert [row.state for row in await notices(database)] == ["sent"]


async def test_a_released_notice_is_due_at_once_and_has_used_no_attempt(
    database: AsyncEngine, case: RecordedCase
) -> None:
    await Outbox(database).release([await claim_one(database)])
    assert [(row.state, row.attempts) for row in await messages(database)] == [("waiting", 0)]
    assert (await claim_one(database)).attempt == 1


async def test_an_answer_of_any_length_and_with_odd_characters_is_kept(
    database: AsyncEngine, case: RecordedCase
) -> None:
    answer = "550 \0" + "é" * 900
    await Outbox(database).settle(
        [sending(await claim_one(database), MessageState.PERMANENT_FAILURE, answer=answer)]
    )
    (row,) = await messages(database)
    assert len(row.provider_answer) == 500
    assert row.provider_answer.startswith("550 éé")


async def test_the_oldest_due_messages_are_claimed_first(database: AsyncEngine, case: RecordedCase) -> None:
    await many_messages(database, 3)
    async with database.begin() as connection:
        await connection.execute(
            text("""
                UPDATE message SET next_attempt_at = now() - interval '1 hour'
                FROM notice WHERE notice.message_id = message.id AND notice.rule = 'copy-3'
            """)
        )
    (first,) = (await Outbox(database).claim(most=1, lease=LEASE)).messages
    (row,) = [row for row in await notices(database) if row.rule == "copy-3"]
    assert first.id == row.message_id


async def test_a_notice_of_the_opening_names_no_moment_before_it(
    database: AsyncEngine, case: RecordedCase
) -> None:
    (row,) = await notices(database)
    assert row.business_at <= PLANNING_OPENS


async def test_a_paused_channel_claims_nothing_and_loses_nothing(
    database: AsyncEngine, case: RecordedCase
) -> None:
    async with database.begin() as connection:
        await connection.execute(
            text("""
                INSERT INTO channel_pause (id, channel, paused_at, paused_by, reason, resumed_by)
                VALUES (gen_random_uuid(), 'email', now(), 'operator', 'moving the server', '')
            """)
        )
    assert (await claim(database)).count == 0
    async with database.begin() as connection:
        await connection.execute(text("UPDATE channel_pause SET resumed_at = now()"))
    assert (await claim(database)).count == 1


async def test_each_attempt_is_kept_with_the_words_of_the_provider(
    database: AsyncEngine, case: RecordedCase
) -> None:
    outbox = Outbox(database)
    await outbox.settle(
        [sending(await claim_one(database), MessageState.TEMPORARY_FAILURE, answer="451 later")]
    )
    await outbox.settle([sending(await claim_one(database), MessageState.SENT, answer="250 queued")])
    async with database.connect() as connection:
        rows = (await connection.execute(text("SELECT * FROM message_attempt ORDER BY number"))).all()
    assert [(row.number, row.outcome, row.answer) for row in rows] == [
        (1, "temporary_failure", "451 later"),
        (2, "sent", "250 queued"),
    ]


async def test_the_copy_of_what_was_sent_is_kept(database: AsyncEngine, case: RecordedCase) -> None:
    copy = Copy("task_opened", 3, "Tugas baru", "Yth. ...", "person5@contoh.go.id")
    await Outbox(database).settle([sending(await claim_one(database), MessageState.SENT, copy=copy)])
    (row,) = await messages(database)
    assert (row.template, row.template_version, row.subject, row.body, row.address) == (
        "task_opened",
        3,
        "Tugas baru",
        "Yth. ...",
        "person5@contoh.go.id",
    )


async def test_a_bad_address_is_remembered_and_known_at_the_next_claim(
    database: AsyncEngine, case: RecordedCase
) -> None:
    message = await claim_one(database)
    copy = Copy("task_opened", 1, "", "", message.address)
    failed = sending(message, MessageState.PERMANENT_FAILURE, answer="550 no", bad_address=True, copy=copy)
    await Outbox(database).settle([failed])
    await case.wake(REMINDED)
    assert (await claim_one(database)).address_is_bad


async def test_a_corrected_address_is_good_again(database: AsyncEngine, case: RecordedCase) -> None:
    message = await claim_one(database)
    copy = Copy("task_opened", 1, "", "", message.address)
    failed = sending(message, MessageState.PERMANENT_FAILURE, answer="550 no", bad_address=True, copy=copy)
    await Outbox(database).settle([failed])
    async with database.begin() as connection:
        await connection.execute(text("UPDATE person SET email = 'new@contoh.go.id'"))
    await case.wake(REMINDED)
    assert not (await claim_one(database)).address_is_bad
