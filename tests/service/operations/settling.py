"""Appraisals of 2026 whose results are being settled in January 2027, on record by real decisions."""

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncEngine

from states.stages import Capacity
from states.triggers import Trigger
from tests.fixtures.agency import SmallAgency
from tests.fixtures.cases import RecordedCase, new_case


@dataclass(frozen=True)
class Settling:
    """Appraisals of the first three employees."""

    countersign: uuid.UUID
    explanation: uuid.UUID
    without_a_plan: uuid.UUID


async def settle_results(database: AsyncEngine, agency: SmallAgency) -> Settling:
    """The appraisals, on record until 6 January at the latest."""
    first, second, third = agency.employees[:3]
    return Settling(
        uuid.UUID((await _waiting_for_a_countersignature(database, agency, first)).appraisal.id),
        uuid.UUID((await _waiting_for_an_explanation(database, agency, second)).appraisal.id),
        uuid.UUID((await new_case(database, agency, third)).appraisal.id),
    )


def at(day: str) -> dt.datetime:
    return dt.datetime.fromisoformat(f"{day} 09:00+07:00")


async def _delivered(database: AsyncEngine, agency: SmallAgency, employee: uuid.UUID) -> RecordedCase:
    """A result that the employee has opened on 22 December."""
    case = await new_case(database, agency, employee)
    await case.act(Trigger.SUBMIT_PLAN, Capacity.EMPLOYEE, at("2026-01-05"))
    await case.act(Trigger.APPROVE_PLAN, Capacity.RATER, at("2026-01-06"))
    for day in ("2026-06-30", "2026-12-01"):
        await case.wake(at(day))
        if case.appraisal.opens_on is None:
            await case.act(Trigger.SUBMIT_CHECK_IN, Capacity.EMPLOYEE, at(day))
            await case.act(Trigger.REVIEW_CHECK_IN, Capacity.RATER, at(day))
    await case.wake(at("2026-12-16"))
    await case.act(Trigger.SUBMIT_SELF_ASSESSMENT, Capacity.EMPLOYEE, at("2026-12-16"))
    await case.act(Trigger.RATE, Capacity.RATER, at("2026-12-17"))
    await case.act(Trigger.DELIVER_RESULT, Capacity.RATER, at("2026-12-21"))
    await case.act(Trigger.ACKNOWLEDGE_RECEIPT, Capacity.EMPLOYEE, at("2026-12-22"))
    return case


async def _waiting_for_a_countersignature(
    database: AsyncEngine, agency: SmallAgency, employee: uuid.UUID
) -> RecordedCase:
    """Nobody has answered the result by 5 January: seven working days to countersign began (art 50)."""
    case = await _delivered(database, agency, employee)
    await case.wake(at("2027-01-06"))
    return case


async def _waiting_for_an_explanation(
    database: AsyncEngine, agency: SmallAgency, employee: uuid.UUID
) -> RecordedCase:
    """The employee has objected, and was asked for an explanation on 6 January."""
    case = await _delivered(database, agency, employee)
    officer = {"actor": str(agency.director)}
    await case.act(Trigger.OBJECT, Capacity.EMPLOYEE, at("2027-01-04"))
    await case.act(Trigger.ADMIT_OBJECTION, Capacity.APPEALS_OFFICER, at("2027-01-05"), **officer)
    await case.act(Trigger.ASK_EMPLOYEE, Capacity.APPEALS_OFFICER, at("2027-01-06"), **officer)
    return case
