"""What was to be sent and what became of it, read from a real PostgreSQL."""

import datetime as dt
import uuid
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from states.stages import Capacity
from states.triggers import Trigger
from store.message.channels import ChannelName
from store.message.copies import message_copy
from store.message.due import Copy, DueMessage, MessageState, Sending
from store.message.notice import NoticeState
from store.message.repository import Outbox
from store.message.xray import (
    ExplainedNotice,
    Filter,
    counts_of_case,
    counts_of_person,
    of_case,
    of_person,
)
from tests.fixtures.agency import SmallAgency, build_agency
from tests.fixtures.cases import OVERDUE, REMINDED, RecordedCase, make_due, new_case, plan_all

EVERYTHING = Filter()
TODAY = dt.datetime.now(dt.UTC)
EMAIL = Filter(channel=ChannelName.EMAIL)


@pytest.fixture
async def agency(database: AsyncEngine) -> SmallAgency:
    return await build_agency(database, employees=2)


@pytest.fixture
async def case(database: AsyncEngine, agency: SmallAgency) -> RecordedCase:
    return await new_case(database, agency)


async def seen(case: RecordedCase, wanted: Filter = EVERYTHING, **fields: Any) -> list[ExplainedNotice]:
    given: dict[str, Any] = {"recipient": None, "after": None, "limit": 100} | fields
    appraisal, agency = uuid.UUID(case.appraisal.id), case.agency.agency
    async with case.database.connect() as connection:
        return await of_case(connection, appraisal, agency, wanted, **given)


async def to(
    case: RecordedCase, person: uuid.UUID, wanted: Filter = EVERYTHING, **fields: Any
) -> list[ExplainedNotice]:
    given: dict[str, Any] = {"after": None, "limit": 100} | fields
    async with case.database.connect() as connection:
        return await of_person(connection, person, case.agency.agency, wanted, **given)


async def run(database: AsyncEngine, statement: str, **parameters: Any) -> None:
    async with database.begin() as connection:
        await connection.execute(text(statement), parameters)


async def claimed(database: AsyncEngine) -> DueMessage:
    await plan_all(database)
    claim = await Outbox(database).claim(most=100, lease=dt.timedelta(minutes=1))
    (message,) = claim.messages
    return message


async def send(database: AsyncEngine, state: MessageState = MessageState.SENT, **fields: Any) -> DueMessage:
    message = await claimed(database)
    usual: dict[str, Any] = {
        "answer": "250 OK",
        "at": REMINDED,
        "provider": "smtp.contoh.example",
        "reference": "q-1",
        "copy": Copy("task_opened", 3, "Perihal", "Isi surat", message.address),
    }
    await Outbox(database).settle([Sending(message, state, **usual | fields)])
    return message


async def test_a_new_notice_stands_in_the_inbox_and_waits_to_be_planned(case: RecordedCase) -> None:
    rows = {row.channel: row for row in await seen(case)}
    assert set(rows) == {"inbox", "email"}
    assert (rows["inbox"].state, rows["inbox"].message_id, rows["inbox"].said) == ("delivered", None, [])
    email = rows["email"]
    assert (email.state, email.message_id, email.carried, email.slot) == ("created", None, 0, None)
    assert (email.template, email.stage, email.rule) == ("task_opened", "plan_drafting", "open_planning")
    assert (email.recipient_id, email.employee_id) == (case.employee, case.employee)
    assert (email.business_at, email.rehearsal) == (case.appraisal.entered_at, False)


async def test_what_is_gathered_shows_its_digest_and_until_when_it_waits(case: RecordedCase) -> None:
    await plan_all(case.database)
    (row,) = await seen(case, EMAIL)
    assert (row.state, row.reason, row.digest, row.carried) == ("digesting", "digest", True, 1)
    assert row.slot is not None
    assert row.slot > row.business_at
    assert (row.message_state, row.attempts, row.address, row.sent_at) == ("waiting", 0, "", None)


async def test_what_was_sent_shows_when_where_through_what_and_the_answer(case: RecordedCase) -> None:
    message = await send(case.database)
    (row,) = await seen(case, EMAIL)
    assert (row.message_id, row.state, row.message_state, row.attempts) == (message.id, "sent", "sent", 1)
    assert (row.sent_at, row.provider, row.reference, row.answer) == (
        REMINDED,
        "smtp.contoh.example",
        "q-1",
        "250 OK",
    )
    assert (row.sent_as, row.template_version, row.address) == ("task_opened", 3, message.address)
    (attempt,) = row.said
    assert (attempt["number"], attempt["outcome"], attempt["answer"]) == (1, "sent", "250 OK")


async def test_each_attempt_is_shown_in_its_order(case: RecordedCase) -> None:
    await send(
        case.database, MessageState.TEMPORARY_FAILURE, answer="451 later", retry_after=dt.timedelta(hours=1)
    )
    await make_due(case.database)
    await send(case.database)
    (row,) = await seen(case, EMAIL)
    assert [(each["number"], each["outcome"], each["answer"]) for each in row.said] == [
        (1, "temporary_failure", "451 later"),
        (2, "sent", "250 OK"),
    ]


async def test_a_digest_says_how_many_notices_it_carries(
    database: AsyncEngine, agency: SmallAgency, case: RecordedCase
) -> None:
    other = await new_case(database, agency, agency.employees[1])
    for each in (case, other):
        await each.wake(OVERDUE)
    await plan_all(database)
    rows = await to(case, agency.rater, EMAIL)
    assert {row.carried for row in rows} == {2}
    assert len({row.message_id for row in rows}) == 1
    assert {row.appraisal_id for row in rows} == {
        uuid.UUID(case.appraisal.id),
        uuid.UUID(other.appraisal.id),
    }


async def test_what_was_done_in_time_says_that_nothing_was_sent_for_it(case: RecordedCase) -> None:
    await case.act(Trigger.SUBMIT_PLAN, Capacity.EMPLOYEE, REMINDED)
    (row,) = await seen(case, EMAIL, recipient=case.employee)
    assert (row.state, row.reason, row.said) == ("cancelled", "done", [])


async def test_what_waits_for_a_paused_channel_says_since_when_and_why(case: RecordedCase) -> None:
    await run(
        case.database,
        """INSERT INTO channel_pause (id, channel, paused_at, paused_by, reason, resumed_by)
        VALUES (gen_random_uuid(), 'email', :at, 'ops', 'server pindah', '')""",
        at=REMINDED,
    )
    await plan_all(case.database)
    rows = {row.channel: row for row in await seen(case)}
    assert (rows["email"].paused_at, rows["email"].pause_reason) == (REMINDED, "server pindah")
    assert rows["inbox"].paused_at is None


async def test_what_was_sent_before_a_pause_does_not_wait_for_it(case: RecordedCase) -> None:
    await send(case.database)
    await run(
        case.database,
        """INSERT INTO channel_pause (id, channel, paused_at, paused_by, reason, resumed_by)
        VALUES (gen_random_uuid(), 'email', now(), 'ops', '', '')""",
    )
    (row,) = await seen(case, EMAIL)
    assert row.paused_at is None


async def test_who_nudged_is_named(case: RecordedCase, agency: SmallAgency) -> None:
    await run(case.database, "UPDATE notice SET sender_id = :rater", rater=agency.rater)
    assert {row.nudger for row in await seen(case)} == {"Rater Kota Contoh"}


async def test_one_sees_of_a_case_what_went_to_one_recipient(case: RecordedCase, agency: SmallAgency) -> None:
    await case.wake(OVERDUE)
    everybody = await seen(case)
    to_rater = await seen(case, recipient=agency.rater)
    assert {row.recipient_id for row in everybody} == {case.employee, agency.rater}
    assert to_rater
    assert to_rater == [row for row in everybody if row.recipient_id == agency.rater]


@pytest.mark.parametrize(
    ("wanted", "kept"),
    (
        (Filter(channel=ChannelName.INBOX), True),
        (Filter(channel=ChannelName.TELEGRAM), False),
        (Filter(state=NoticeState.DELIVERED), True),
        (Filter(state=NoticeState.SUPPRESSED), False),
        (Filter(since=TODAY.date() - dt.timedelta(days=1)), True),
        (Filter(since=TODAY.date() + dt.timedelta(days=2)), False),
        (Filter(until=TODAY.date() + dt.timedelta(days=1)), True),
        (Filter(until=TODAY.date() - dt.timedelta(days=2)), False),
    ),
)
async def test_filters_of_a_case_and_a_person_agree_with_their_counts(
    case: RecordedCase, agency: SmallAgency, wanted: Filter, kept: bool
) -> None:
    of_it, to_him = await seen(case, wanted), await to(case, case.employee, wanted)
    assert bool(of_it) is kept
    assert of_it == to_him
    async with case.database.connect() as connection:
        counts = await counts_of_case(
            connection, uuid.UUID(case.appraisal.id), agency.agency, wanted, recipient=None
        )
        same = await counts_of_person(connection, case.employee, agency.agency, wanted)
    assert sum(each.count for each in counts) == len(of_it)
    assert sorted(map(repr, counts)) == sorted(map(repr, same))


async def test_a_day_begins_and_ends_in_the_zone_of_the_agency(case: RecordedCase) -> None:
    # 18.00 UTC of the ninth is one o'clock of the tenth in Jakarta.
    await run(case.database, "UPDATE notice SET created_at = '2026-01-09 18:00:00+00'")
    tenth = dt.date(2026, 1, 10)
    assert len(await seen(case, Filter(since=tenth, until=tenth))) == 2
    ninth = dt.date(2026, 1, 9)
    assert await seen(case, Filter(since=ninth, until=ninth)) == []


async def test_pages_follow_each_other_without_gap_or_repetition(case: RecordedCase) -> None:
    await case.wake(OVERDUE)
    all_rows = await seen(case)
    paged: list[ExplainedNotice] = []
    after = None
    while rows := await seen(case, after=after, limit=3):
        paged += rows
        after = rows[-1].created_at, rows[-1].id
    assert paged == all_rows
    assert [row.created_at for row in all_rows] == sorted((row.created_at for row in all_rows), reverse=True)


async def test_the_case_and_the_people_of_another_agency_are_not_found(
    database: AsyncEngine, case: RecordedCase
) -> None:
    elsewhere = await build_agency(database, name="Kabupaten Lain")
    async with database.connect() as connection:
        found = await of_case(
            connection,
            uuid.UUID(case.appraisal.id),
            elsewhere.agency,
            EVERYTHING,
            recipient=None,
            after=None,
            limit=9,
        )
        to_him = await of_person(connection, case.employee, elsewhere.agency, EVERYTHING, after=None, limit=9)
    assert (found, to_him) == ([], [])


async def test_the_copy_is_the_message_as_it_was_sent(case: RecordedCase, agency: SmallAgency) -> None:
    message = await send(case.database)
    async with case.database.connect() as connection:
        copy = await message_copy(connection, message.id, agency.agency)
    assert copy is not None
    assert (copy.subject, copy.body, copy.template_version) == ("Perihal", "Isi surat", 3)
    assert (copy.recipient_id, copy.channel, copy.state, copy.carried) == (case.employee, "email", "sent", 1)
    (notice,) = copy.notices
    assert (notice["appraisal_id"], notice["template"]) == (case.appraisal.id, "task_opened")
    assert [each["outcome"] for each in copy.said] == ["sent"]


async def test_the_copy_of_another_agency_is_not_found(database: AsyncEngine, case: RecordedCase) -> None:
    message = await send(case.database)
    elsewhere = await build_agency(database, name="Kabupaten Lain")
    async with database.connect() as connection:
        assert await message_copy(connection, message.id, elsewhere.agency) is None
        assert await message_copy(connection, uuid.uuid4(), case.agency.agency) is None
