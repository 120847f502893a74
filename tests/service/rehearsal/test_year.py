"""A year of an invented agency on the real engine, in seconds."""

import asyncio

import pytest

from service.audit.verifying import first_break
from service.rehearsal.cycle import usual_driver
from states.stages import Stage as CaseStage
from store.appraisal.auditing import Scope, audited
from store.cycle.outcomes import open_cases, outcomes
from tests.service.rehearsal.conftest import Stage
from notifications.addressing import REHEARSAL_DOMAIN

pytestmark = [pytest.mark.database, pytest.mark.engine]


async def test_a_year_ends_with_every_case_closed_and_the_record_whole(stage: Stage) -> None:
    cycle = await stage.rehearsal(12, seconds=22)
    async with usual_driver(stage.database, cycle.id, stage.api.url, stage.signer) as driver:
        async with asyncio.timeout(60):
            await driver.run(lambda: driver.all_closed)
    print(driver.doings, driver.business_now)
    print(await stage.numbers("SELECT COALESCE(outcome, stage), count(*) FROM appraisal WHERE cycle_id=:cycle GROUP BY 1", cycle))
