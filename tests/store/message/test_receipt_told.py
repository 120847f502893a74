"""A claimed message knows by which rule the days of a result begin."""

import datetime as dt

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from schemes.loading import builtin_scheme
from states.receipt_evidence import Evidence
from states.rules import DeemedAfter, ReceiptRule, Unit
from states.stages import Capacity
from states.triggers import Trigger
from store.message.due import DueCase
from store.message.repository import Outbox
from tests.fixtures.agency import build_agency
from tests.fixtures.cases import RecordedCase, plan_all
from tests.fixtures.results import DELIVERED_AT, delivered_result

FIVE_DAYS = DeemedAfter(unit=Unit.WORKING_DAYS, length=5)


async def with_receipt(database: AsyncEngine, receipt: ReceiptRule) -> RecordedCase:
    """A case whose result was delivered, under a scheme with this rule."""
    book = builtin_scheme("nasional").model_copy(update={"version": 90, "receipt": receipt})
    return await delivered_result(database, await build_agency(database, book=book))


async def told_of_result(database: AsyncEngine) -> DueCase:
    await plan_all(database)
    claimed = await Outbox(database).claim(most=100, lease=dt.timedelta(minutes=1))
    (told,) = [
        case for message in claimed.messages for case in message.oldest if case.template == "result_ready"
    ]
    return told


@pytest.mark.parametrize("starts_with", (Evidence.SEEN, Evidence.ACKNOWLEDGED))
async def test_the_act_that_is_awaited_is_that_of_the_rules(
    database: AsyncEngine, starts_with: Evidence
) -> None:
    await with_receipt(database, ReceiptRule(starts_with=starts_with))
    told = await told_of_result(database)
    assert (told.awaits, told.received_on, told.deemed_after) == (starts_with, None, None)


async def test_a_scheme_that_says_nothing_of_receipt_awaits_the_acknowledgement(
    database: AsyncEngine,
) -> None:
    await with_receipt(database, ReceiptRule())
    assert (await told_of_result(database)).awaits is ReceiptRule().starts_with


async def test_where_receipt_is_deemed_the_days_until_then_are_told(database: AsyncEngine) -> None:
    await with_receipt(database, ReceiptRule(deemed_after=FIVE_DAYS, article="Perwal 12/2027"))
    assert (await told_of_result(database)).deemed_after == FIVE_DAYS


async def test_a_result_that_was_received_meanwhile_awaits_nothing_and_has_its_day(
    database: AsyncEngine,
) -> None:
    case = await with_receipt(database, ReceiptRule(starts_with=Evidence.SEEN))
    await case.act(Trigger.NOTE_SEEN, Capacity.EMPLOYEE, DELIVERED_AT + dt.timedelta(hours=2))
    told = await told_of_result(database)
    assert (told.awaits, told.received_on) == (None, DELIVERED_AT.date())
