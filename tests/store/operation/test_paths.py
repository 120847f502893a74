"""Whoever studies or works elsewhere is rated on that, where the scheme of his case knows it."""

import datetime as dt
import uuid

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from schemes.loading import builtin_scheme
from states.absences import AbsenceKind
from states.appraisal import Appraisal
from states.changes import Absence, Return
from states.codec import load_appraisal
from states.stages import Stage
from states.triggers import RatingBasis
from tests.fixtures.agency import SmallAgency, build_agency
from tests.store.operation.walking import Walk, case_in

pytestmark = pytest.mark.database

GONE = {"reason": "Tugas di luar instansi", "authority": "SK 12/2026"}


async def under_way(database: AsyncEngine, agency: SmallAgency) -> Walk:
    now = await case_in(database, agency, agency.employee, agency.rater, Stage.PLAN_REVIEW)
    return Walk(database, agency, now)


async def case_of(database: AsyncEngine, person: uuid.UUID, period: int = 1) -> Appraisal:
    async with database.connect() as connection:
        statement = "SELECT snapshot FROM appraisal WHERE employee_id = :id AND period = :period"
        return load_appraisal(await connection.scalar(text(statement), {"id": person, "period": period}))


@pytest.mark.parametrize(
    ("kind", "basis"),
    (
        (AbsenceKind.STUDY, RatingBasis.ACADEMIC_RECORD),
        (AbsenceKind.SECONDMENT, RatingBasis.HOST_MATERIAL),
    ),
)
async def test_the_case_of_somebody_who_works_elsewhere_follows_the_path_of_its_scheme(
    database: AsyncEngine, kind: AbsenceKind, basis: RatingBasis
) -> None:
    """PP 30/2019 arts 43 and 44."""
    agency = await build_agency(database)
    walk = await under_way(database, agency)
    assert await walk.requested(Absence(person=agency.employee, absence=kind, **GONE), agency.officer)
    case = await case_of(database, agency.employee)
    assert (case.stage, case.basis) == (Stage.SECOND_HALF, basis)


async def test_a_scheme_that_knows_no_path_lets_the_case_stand_still(database: AsyncEngine) -> None:
    book = builtin_scheme("nasional").model_copy(update={"version": 90, "paths": {}})
    agency = await build_agency(database, book=book)
    walk = await under_way(database, agency)
    change = Absence(person=agency.employee, absence=AbsenceKind.STUDY, **GONE)
    assert await walk.requested(change, agency.officer)
    assert (await case_of(database, agency.employee)).stage is Stage.SUSPENDED


async def test_after_the_return_a_period_with_a_plan_of_its_own_begins(database: AsyncEngine) -> None:
    """PP 30/2019 art 24(3): the day is that of a later period."""
    agency = await build_agency(database)
    walk = await under_way(database, agency)
    away = Absence(person=agency.employee, absence=AbsenceKind.SECONDMENT, **GONE)
    assert await walk.requested(away, agency.officer)
    await walk.pass_time(60)
    assert await walk.requested(Return(person=agency.employee, **GONE), agency.officer)
    begun = await case_of(database, agency.employee, period=2)
    assert begun.period_began_on is not None
    assert begun.deadline is not None
    assert begun.deadline.rule == "plan-drafting-later"
    assert begun.deadline.due_on > begun.period_began_on + dt.timedelta(days=10)
