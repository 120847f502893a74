"""Planning on a real PostgreSQL: what becomes of new notices, batch by batch."""

import asyncio
import datetime as dt
import uuid
from collections.abc import Sequence

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from notifications.planner import Planner
from states.stages import Capacity
from states.triggers import Trigger
from store.message.channels import ChannelName
from store.message.due import MessageState, Sending
from store.message.repository import Outbox
from tests.fixtures.agency import SmallAgency, build_agency
from tests.fixtures.cases import OVERDUE, REMINDED, RecordedCase, make_due, messages, new_case, notices

EMAIL = (ChannelName.EMAIL,)


@pytest.fixture
async def agency(database: AsyncEngine) -> SmallAgency:
    return await build_agency(database, employees=5)


async def plan_once(database: AsyncEngine, channels: Sequence[ChannelName] = EMAIL, batch: int = 1000) -> int:
    return await Planner(database, channels, batch=batch).plan_waiting()


async def written(database: AsyncEngine, statement: str, **parameters: object) -> None:
    async with database.begin() as connection:
        await connection.execute(text(statement), parameters)


async def with_telegram(database: AsyncEngine, person: uuid.UUID) -> None:
    await written(
        database,
        """
        INSERT INTO contact (id, person_id, channel, address, added_at, confirmed_at, bad_answer)
        VALUES (gen_random_uuid(), :person, 'telegram', '4711', now(), now(), '')
        """,
        person=person,
    )


async def test_a_new_notice_is_planned_into_a_message(database: AsyncEngine, agency: SmallAgency) -> None:
    await new_case(database, agency)
    assert await plan_once(database) == 1
    (notice,), (message,) = await notices(database), await messages(database)
    assert (notice.state, notice.message_id) == ("digesting", message.id)
    assert (message.state, message.digest, message.channel) == ("waiting", True, "email")
    assert message.next_attempt_at == message.slot > dt.datetime.now(dt.UTC)


async def test_the_inbox_has_it_at_once(database: AsyncEngine, agency: SmallAgency) -> None:
    await new_case(database, agency)
    (shown,) = await notices(database, channel="inbox")
    assert (shown.state, shown.message_id) == ("delivered", None)


async def test_what_is_planned_is_not_planned_again(database: AsyncEngine, agency: SmallAgency) -> None:
    await new_case(database, agency)
    await plan_once(database)
    assert await plan_once(database) == 0


async def test_forty_notices_to_one_person_make_one_message(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    for employee in agency.employees:
        case = await new_case(database, agency, employee)
        await case.act(Trigger.SUBMIT_PLAN, Capacity.EMPLOYEE, REMINDED)
    await plan_once(database)
    assert len([row for row in await notices(database) if row.recipient_id == agency.rater]) == 5
    assert len([row for row in await messages(database) if row.recipient_id == agency.rater]) == 1


async def test_batches_add_to_the_same_message(database: AsyncEngine, agency: SmallAgency) -> None:
    case = await new_case(database, agency)
    await case.wake(OVERDUE)
    while await plan_once(database, batch=1):
        pass
    own = [row for row in await notices(database) if row.recipient_id == case.employee]
    assert len(own) > 1
    assert len({row.message_id for row in own}) == 1


async def test_a_notice_that_comes_while_its_digest_is_leaving_goes_into_the_next(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    case = await new_case(database, agency)
    await plan_once(database)
    await written(database, "UPDATE message SET state = 'sending'")
    await case.wake(REMINDED)
    assert await plan_once(database) > 0
    assert await plan_once(database) == 0
    assert len({row.message_id for row in await notices(database)}) == 2


async def test_two_planners_at_once_plan_everything_once(database: AsyncEngine, agency: SmallAgency) -> None:
    for employee in agency.employees:
        await new_case(database, agency, employee)
    counts = await asyncio.gather(*(plan_once(database) for _ in range(4)))
    assert sum(counts) == 5
    assert {row.state for row in await notices(database)} == {"digesting"}


async def test_a_channel_that_is_not_set_up_says_so(database: AsyncEngine, agency: SmallAgency) -> None:
    await with_telegram(database, agency.employee)
    await new_case(database, agency)
    await plan_once(database)
    (row,) = await notices(database, channel="telegram")
    assert (row.state, row.reason) == ("suppressed", "channel_not_configured")


async def test_a_confirmed_address_gets_what_its_channel_is_for(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    await with_telegram(database, agency.employee)
    case = await new_case(database, agency)
    await case.wake(OVERDUE)
    await plan_once(database, (ChannelName.EMAIL, ChannelName.TELEGRAM))
    states = {(row.template, row.state, row.reason) for row in await notices(database, channel="telegram")}
    assert ("task_opened", "suppressed", "preference") in states
    assert ("escalation", "digesting", "digest") in states


async def test_a_preference_is_kept(database: AsyncEngine, agency: SmallAgency) -> None:
    case = await new_case(database, agency)
    await written(
        database,
        "INSERT INTO preference VALUES (:person, 'task', 'email', false, now())",
        person=case.employee,
    )
    await plan_once(database)
    (row,) = await notices(database)
    assert (row.state, row.reason, row.message_id) == ("suppressed", "preference", None)


async def test_the_hours_of_the_agency_are_kept(database: AsyncEngine, agency: SmallAgency) -> None:
    await new_case(database, agency)
    await written(database, """UPDATE agency SET sending_hours = '{"morning": "11:00"}'""")
    await plan_once(database)
    (message,) = await messages(database)
    assert message.slot.astimezone(dt.timezone(dt.timedelta(hours=7))).time() == dt.time(11)


async def test_hours_that_cannot_be_kept_stop_nobodys_mail(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    await new_case(database, agency)
    await written(database, """UPDATE agency SET sending_hours = '{"morning": "noon"}'""")
    assert await plan_once(database) == 1
    (message,) = await messages(database)
    assert message.slot.astimezone(dt.timezone(dt.timedelta(hours=7))).time() == dt.time(8, 30)


async def test_the_zone_is_the_one_of_the_recipients_unit(database: AsyncEngine, agency: SmallAgency) -> None:
    await new_case(database, agency)
    await written(database, "UPDATE unit SET zone = 'Asia/Jayapura'")
    await plan_once(database)
    (message,) = await messages(database)
    assert message.slot.astimezone(dt.timezone(dt.timedelta(hours=9))).time() == dt.time(8, 30)


async def test_a_rehearsal_is_planned_in_its_own_time(database: AsyncEngine) -> None:
    now, then = dt.datetime.now(dt.UTC), dt.datetime(2026, 1, 5, 3, tzinfo=dt.UTC)
    agency = await build_agency(database, clock=[[now.isoformat(), then.isoformat(), 60.0]])
    await new_case(database, agency)
    await plan_once(database)
    (message,) = await messages(database)
    assert message.rehearsal_cycle_id == agency.cycle
    assert message.slot == dt.datetime(2026, 1, 6, 1, 30, tzinfo=dt.UTC)
    assert dt.timedelta(minutes=20) < message.next_attempt_at - now < dt.timedelta(minutes=24)


async def test_a_rehearsal_that_has_left_all_calendars_stops_nobody_elses_mail(database: AsyncEngine) -> None:
    clock: list[list[object]] = [["2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z", 10_000.0]]
    rehearsing = await build_agency(database, name="Kota Gladi", clock=clock)
    real = await build_agency(database)
    await new_case(database, rehearsing)
    await new_case(database, real)
    await plan_once(database)
    assert {(row.recipient_id, row.state, row.reason) for row in await notices(database)} == {
        (rehearsing.employee, "suppressed", "beyond_calendar"),
        (real.employee, "digesting", "digest"),
    }


async def test_a_failed_message_is_told_through_the_next_channel(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    case = await new_case(database, agency)
    await plan_once(database)
    await with_telegram(database, case.employee)
    await failed(database)
    (row,) = await notices(database, channel="telegram")
    assert (row.state, row.reason) == ("created", "fallback")
    await plan_once(database, (ChannelName.EMAIL, ChannelName.TELEGRAM))
    (row,) = await notices(database, channel="telegram")
    assert (row.state, row.reason) == ("digesting", "fallback")


async def test_what_was_held_back_on_the_next_channel_is_wanted_there_now(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    both = (ChannelName.EMAIL, ChannelName.TELEGRAM)
    await with_telegram(database, agency.employee)
    await new_case(database, agency)
    await plan_once(database, both)
    await failed(database)
    await plan_once(database, both)
    (row,) = await notices(database, channel="telegram")
    assert row.state == "digesting"


async def test_where_no_channel_is_left_the_notice_stays_failed(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    await new_case(database, agency)
    await plan_once(database)
    await failed(database)
    assert [row.state for row in await notices(database)] == ["permanent_failure"]
    assert await plan_once(database) == 0


async def failed(database: AsyncEngine) -> None:
    """Sends what waits by e-mail, in vain."""
    await make_due(database)
    outbox = Outbox(database)
    claimed = (await outbox.claim(most=10, lease=dt.timedelta(minutes=1))).messages
    now = dt.datetime.now(dt.UTC)
    await outbox.settle([Sending(each, MessageState.PERMANENT_FAILURE, "550 no", now) for each in claimed])


async def test_an_escalation_is_shown_to_the_employee_and_to_who_is_late(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    case: RecordedCase = await new_case(database, agency)
    await case.act(Trigger.SUBMIT_PLAN, Capacity.EMPLOYEE, REMINDED)
    await case.wake(dt.datetime(2026, 2, 5, 3, tzinfo=dt.UTC))
    third = [
        row for row in await notices(database, template="escalation", channel="inbox") if row.rule == "h+3"
    ]
    mailed = [row for row in await notices(database, template="escalation") if row.rule == "h+3"]
    assert {row.recipient_id for row in third} == {case.employee, agency.rater, agency.superior}
    assert {row.recipient_id for row in mailed} == {agency.superior}
