"""An objection comes before officials far above, in their lists and among their tasks, and before nobody else."""

import datetime as dt
import json
import uuid
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from store.appraisal.repository import Asker, CaseFilter, cases
from store.appraisal.tasks import task_counts, tasks
from tests.fixtures.agency import SmallAgency, build_agency
from tests.fixtures.cases import RecordedCase, new_case

pytestmark = pytest.mark.database

NOW = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Seen:
    """What somebody is shown."""

    cases: int
    tasks: int


@pytest.fixture
async def agency(database: AsyncEngine) -> SmallAgency:
    return await build_agency(database, employees=2)


@pytest.fixture
async def objected(database: AsyncEngine, agency: SmallAgency) -> RecordedCase:
    """A case whose rater and superior have signed, so that the director, three levels up, decides."""
    case = await new_case(database, agency)
    await place(database, case, "objected")
    return case


async def place(database: AsyncEngine, case: RecordedCase, stage: str, suspended_from: str = "") -> None:
    signed = [str(case.agency.rater), str(case.agency.superior)]
    changes: dict[str, Any] = {"stage": stage, "result_by": signed}
    if suspended_from:
        changes |= {"suspension": {"source": suspended_from}}
    holder = "hr" if stage == "suspended" else "appeals_officer"
    async with database.begin() as transaction:
        await transaction.execute(
            text("""
                UPDATE appraisal
                SET stage = :stage, holder = :holder, snapshot = snapshot || CAST(:changes AS jsonb)
                WHERE id = :id"""),
            {"stage": stage, "holder": holder, "changes": json.dumps(changes), "id": case.appraisal.id},
        )
        await transaction.execute(
            text("UPDATE task SET stage = :stage, capacity = :holder WHERE appraisal_id = :id"),
            {"stage": stage, "holder": holder, "id": case.appraisal.id},
        )


async def seen(database: AsyncEngine, agency: SmallAgency, person: uuid.UUID) -> Seen:
    asker = Asker(
        person, agency.agency, ["employee", "rater", "rater_superior", "hr"], ["appeals_officer"], NOW
    )
    async with database.connect() as connection:
        listed = await cases(connection, asker, CaseFilter(), after=None, limit=10)
        waiting = await tasks(connection, asker, after=None, limit=10)
        counted = await task_counts(connection, asker)
    assert sum(count.open for count in counted) == len(waiting)
    return Seen(len(listed), len(waiting))


async def test_the_official_who_is_to_decide_sees_the_case_and_has_the_task(
    database: AsyncEngine, agency: SmallAgency, objected: RecordedCase
) -> None:
    assert await seen(database, agency, agency.director) == Seen(1, 1)


async def test_above_him_nobody_sees_it(
    database: AsyncEngine, agency: SmallAgency, objected: RecordedCase
) -> None:
    assert await seen(database, agency, agency.head) == Seen(0, 0)


async def test_rater_and_superior_see_it_and_have_nothing_to_do(
    database: AsyncEngine, agency: SmallAgency, objected: RecordedCase
) -> None:
    for person in (agency.rater, agency.superior, agency.employee):
        assert await seen(database, agency, person) == Seen(1, 0)


async def test_hr_sees_it_and_has_nothing_to_do(
    database: AsyncEngine, agency: SmallAgency, objected: RecordedCase
) -> None:
    assert await seen(database, agency, agency.officer) == Seen(1, 0)


async def test_a_colleague_sees_nothing(
    database: AsyncEngine, agency: SmallAgency, objected: RecordedCase
) -> None:
    assert await seen(database, agency, agency.employees[1]) == Seen(0, 0)


@pytest.mark.parametrize(("source", "cases_seen"), (("objection_review", 1), ("plan_review", 0)))
async def test_a_suspended_objection_stays_in_his_list(
    database: AsyncEngine, agency: SmallAgency, source: str, cases_seen: int
) -> None:
    case = await new_case(database, agency)
    await place(database, case, "suspended", source)
    assert await seen(database, agency, agency.director) == Seen(cases_seen, 0)


async def test_a_case_without_an_objection_is_not_shown_far_above(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    await new_case(database, agency)
    assert await seen(database, agency, agency.director) == Seen(0, 0)
    assert await seen(database, agency, agency.superior) == Seen(1, 0)


async def test_another_agency_s_hr_sees_nothing(
    database: AsyncEngine, agency: SmallAgency, objected: RecordedCase
) -> None:
    other = await build_agency(database, name="Kabupaten Lain")
    assert await seen(database, other, other.officer) == Seen(0, 0)
    assert await seen(database, other, agency.officer) == Seen(0, 0)


async def test_an_objection_at_the_end_of_the_line_is_seen_by_hr_and_is_not_its_task(
    database: AsyncEngine, agency: SmallAgency, objected: RecordedCase
) -> None:
    async with database.begin() as transaction:
        await transaction.execute(
            text("DELETE FROM assignment WHERE employee_id = :rater"), {"rater": agency.rater}
        )
    assert await seen(database, agency, agency.officer) == Seen(1, 0)
    assert await seen(database, agency, agency.director) == Seen(0, 0)
