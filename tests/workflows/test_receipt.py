"""Receipt in the durable shell: the engine sleeps until it is deemed, and wakes for nothing that was taken back."""

import asyncio
import datetime as dt
import json
import uuid
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.client import Client

from activities.commanding import Commands
from service.temporal.noting_receipts import ReceiptNoting, noting_receipts
from states.clock import Clock, Segment
from states.commands import Command
from states.events import Acted
from states.receipt_evidence import Evidence
from states.stages import Capacity
from states.triggers import Trigger
from tests.fixtures.agency import SmallAgency, build_agency
from tests.replay.paths import RATED, RATED_TODAY, Move
from tests.replay.record import NEW_YEAR, command_for, play
from tests.states.builders import NATIONAL
from tests.states.scripts import DEEMING
from tests.workflows.running import RunningAppraisal, Silence, Stagehand, stage

pytestmark = [pytest.mark.database, pytest.mark.engine]

DELIVERED = NEW_YEAR + dt.timedelta(days=375)
"""Monday 11 January 2027, 7 o'clock in Jakarta."""


@pytest_asyncio.fixture
async def agency(database: AsyncEngine) -> SmallAgency:
    book = NATIONAL.model_copy(update={"receipt": DEEMING, "version": 91})
    return await build_agency(database, book=book)


@pytest_asyncio.fixture
async def hand(client: Client, database: AsyncEngine, agency: SmallAgency) -> AsyncIterator[Stagehand]:
    async with stage(client, database, agency) as stagehand:
        yield stagehand


@pytest_asyncio.fixture
async def delivered(hand: Stagehand) -> RunningAppraisal:
    """A case whose result was delivered on 11 January 2027, in virtual time."""
    return await play(hand, RATED)


@pytest_asyncio.fixture
async def reported(delivered: RunningAppraisal) -> RunningAppraisal:
    """The same, an hour later by the clock of its cycle."""
    await to_the_day(delivered)
    return delivered


async def to_the_day(running: RunningAppraisal) -> None:
    """Puts the clock of the cycle where virtual time has come to: what is noted, is noted by the database's time."""
    clock = Clock((Segment(dt.datetime.now(dt.UTC), DELIVERED + dt.timedelta(hours=1), 1.0),))
    await said(
        running.database,
        "UPDATE cycle SET clock = CAST(:clock AS jsonb) WHERE id = :id",
        clock=json.dumps(clock.to_data()),
        id=running.agency.cycle,
    )


def noting_on(database: AsyncEngine) -> ReceiptNoting:
    return ReceiptNoting(database, Commands(database, Silence()))


def noted(trigger: Trigger, key: str, **fields: Any) -> Command:
    return Command(id=key, trigger=trigger, capacity=Capacity.CLOCK, actor="", **fields)


async def acts(running: RunningAppraisal) -> list[Acted]:
    return [row.event for row in await running.events() if isinstance(row.event, Acted)]


async def said(database: AsyncEngine, statement: str, **parameters: Any) -> None:
    async with database.begin() as connection:
        await connection.execute(text(statement), parameters)


async def sent(database: AsyncEngine, agency: SmallAgency, running: RunningAppraisal) -> uuid.UUID:
    """The message with which the notice of the result left."""
    message = uuid.uuid4()
    await said(
        database,
        """INSERT INTO message (id, recipient_id, channel, digest, slot, day, state, reason, attempts,
            next_attempt_at, address, template, template_version, locale, subject, body, provider,
            provider_reference, provider_answer, created_at, sent_at)
        VALUES (:id, :person, 'email', false, now(), current_date, 'sent', '', 1, now(), '', 'result_ready', 1,
            'id', '', '', 'smtp', '', '250 ok', now(), now())""",
        id=message,
        person=agency.employee,
    )
    await said(
        database,
        """UPDATE notice SET message_id = :id
        WHERE appraisal_id = :case AND stage = 'response' AND channel = 'email'""",
        id=message,
        case=uuid.UUID(running.first.id),
    )
    return message


ARRIVED = "UPDATE message SET state = 'delivered', delivered_at = :at WHERE id = :id"
BOUNCED = (
    "UPDATE message SET state = 'permanent_failure', reason = 'bounced', delivered_at = :at WHERE id = :id"
)


async def test_the_engine_sleeps_until_receipt_is_deemed_and_the_14_days_begin(
    delivered: RunningAppraisal,
) -> None:
    await delivered.act(noted(Trigger.NOTE_DELIVERY, "delivered:1:a", delivered_on=dt.date(2027, 1, 11)))
    await delivered.wait_until(DELIVERED + dt.timedelta(days=9))
    deemed = (await acts(delivered))[-1]
    assert (deemed.trigger, deemed.evidence, deemed.actor) == (Trigger.DEEM_RECEIVED, Evidence.DEEMED, None)
    assert deemed.received_on == dt.date(2027, 1, 18)
    assert deemed.deadline is not None
    assert (deemed.deadline.rule, deemed.deadline.due_on) == ("response", dt.date(2027, 2, 1))


async def test_after_a_bounce_the_engine_deems_nothing(delivered: RunningAppraisal) -> None:
    await delivered.act(noted(Trigger.NOTE_DELIVERY, "delivered:1:a", delivered_on=dt.date(2027, 1, 11)))
    await delivered.act(noted(Trigger.NOTE_BOUNCE, "bounced:1"))
    await delivered.wait_until(DELIVERED + dt.timedelta(days=40))
    assert (await acts(delivered))[-1].trigger is Trigger.NOTE_BOUNCE


async def test_whoever_opens_and_acknowledges_is_never_deemed(
    delivered: RunningAppraisal, agency: SmallAgency
) -> None:
    await delivered.act(noted(Trigger.NOTE_DELIVERY, "delivered:1:a", delivered_on=dt.date(2027, 1, 11)))
    for number, trigger in enumerate((Trigger.NOTE_SEEN, Trigger.ACKNOWLEDGE_RECEIPT)):
        await delivered.act(command_for(agency, 90 + number, Move(0, trigger, Capacity.EMPLOYEE)))
    await delivered.wait_until(DELIVERED + dt.timedelta(days=10))
    assert Trigger.DEEM_RECEIVED not in [event.trigger for event in await acts(delivered)]


async def test_a_delivery_that_a_provider_reports_is_noted_once(
    database: AsyncEngine, agency: SmallAgency, reported: RunningAppraisal
) -> None:
    noting = noting_on(database)
    message = await sent(database, agency, reported)
    assert await noting.note_waiting() == 0
    await said(database, ARRIVED, id=message, at=dt.datetime.now(dt.UTC))
    assert [await noting.note_waiting(), await noting.note_waiting()] == [1, 0]
    last = (await acts(reported))[-1]
    assert (last.trigger, last.delivered_on) == (Trigger.NOTE_DELIVERY, dt.date(2027, 1, 11))


async def test_a_bounce_that_a_provider_reports_takes_it_back_once(
    database: AsyncEngine, agency: SmallAgency, reported: RunningAppraisal
) -> None:
    noting = noting_on(database)
    message = await sent(database, agency, reported)
    await said(database, ARRIVED, id=message, at=dt.datetime.now(dt.UTC))
    await noting.note_waiting()
    await said(database, BOUNCED, id=message, at=dt.datetime.now(dt.UTC))
    assert [await noting.note_waiting(), await noting.note_waiting()] == [1, 0]
    assert (await acts(reported))[-1].trigger is Trigger.NOTE_BOUNCE


async def test_the_worker_of_messages_looks_again_and_again(
    database: AsyncEngine, agency: SmallAgency, reported: RunningAppraisal
) -> None:
    message = await sent(database, agency, reported)
    commands = Commands(database, Silence())

    async def last() -> Trigger:
        return (await acts(reported))[-1].trigger

    async with noting_receipts(database, commands, pause=dt.timedelta(seconds=0.05)), asyncio.timeout(20):
        for said_of_it, noted_as in ((ARRIVED, Trigger.NOTE_DELIVERY), (BOUNCED, Trigger.NOTE_BOUNCE)):
            await said(database, said_of_it, id=message, at=dt.datetime.now(dt.UTC))
            while await last() is not noted_as:  # noqa: ASYNC110  # the record tells nobody
                await asyncio.sleep(0.05)


async def test_a_delivery_on_a_case_that_somebody_writes_is_noted_the_next_time(
    database: AsyncEngine, agency: SmallAgency, reported: RunningAppraisal
) -> None:
    noting = noting_on(database)
    await said(database, ARRIVED, id=await sent(database, agency, reported), at=dt.datetime.now(dt.UTC))
    async with database.connect() as connection, connection.begin():
        held = text("SELECT id FROM appraisal WHERE id = :id FOR NO KEY UPDATE")
        await connection.execute(held, {"id": reported.id})
        assert await noting.note_waiting() == 0
    assert await noting.note_waiting() == 1


async def test_a_case_that_cannot_be_read_does_not_end_the_looking(
    database: AsyncEngine, agency: SmallAgency, reported: RunningAppraisal
) -> None:
    await said(database, ARRIVED, id=await sent(database, agency, reported), at=dt.datetime.now(dt.UTC))
    broken = "UPDATE appraisal SET snapshot = snapshot - 'sequence' WHERE id = :id"
    whole = (
        "UPDATE appraisal SET snapshot = snapshot || jsonb_build_object('sequence', sequence) WHERE id = :id"
    )
    commands = Commands(database, Silence())
    async with noting_receipts(database, commands, pause=dt.timedelta(seconds=0.05)), asyncio.timeout(20):
        await said(database, broken, id=reported.id)
        await asyncio.sleep(0.3)
        await said(database, whole, id=reported.id)
        while (await acts(reported))[-1].trigger is not Trigger.NOTE_DELIVERY:  # noqa: ASYNC110  # as above
            await asyncio.sleep(0.05)


async def test_what_was_received_meanwhile_is_left_alone(
    database: AsyncEngine, agency: SmallAgency, reported: RunningAppraisal
) -> None:
    message = await sent(database, agency, reported)
    await reported.act(command_for(agency, 90, Move(0, Trigger.ACKNOWLEDGE_RECEIPT, Capacity.EMPLOYEE)))
    await said(database, ARRIVED, id=message, at=dt.datetime.now(dt.UTC))
    assert await noting_on(database).note_waiting() == 0


async def test_where_the_scheme_deems_nothing_a_delivery_is_not_noted(
    client: Client, database: AsyncEngine
) -> None:
    agency = await build_agency(database)
    async with stage(client, database, agency) as hand:
        running = await play(hand, RATED_TODAY)
        await to_the_day(running)
        message = await sent(database, agency, running)
        await said(database, ARRIVED, id=message, at=dt.datetime.now(dt.UTC))
        assert await noting_on(database).note_waiting() == 0
