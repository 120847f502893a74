"""An appraisal's workflow is started once, and shows nothing personal to whoever lists workflows."""

import datetime as dt
import uuid

import pytest
from temporalio.client import Client

from activities.search_attributes import CYCLE, OVERDUE, UNIT
from activities.starting import AppraisalStart, appraisal_workflow_id, start_appraisal, start_options
from schemes.loading import builtin_scheme
from states.codec import load_appraisal
from states.decide import launched
from states.evolve import launch
from states.regime import Regime
from store.cycle.calendars import calendar_of

REGIME = Regime(builtin_scheme("nasional"), calendar_of(2027, "Asia/Jakarta"))
EMPLOYEE = str(uuid.uuid4())


@pytest.fixture
def start() -> AppraisalStart:
    event = launched(employee=EMPLOYEE, year=2027, now=dt.datetime(2026, 12, 1, tzinfo=dt.UTC), regime=REGIME)
    return AppraisalStart(launch(str(uuid.uuid4()), event), REGIME, uuid.uuid4(), uuid.uuid4(), [])


def test_the_workflow_begins_with_the_snapshot_its_clock_and_its_next_wake(start: AppraisalStart) -> None:
    data = start.workflow_input
    assert load_appraisal(data["appraisal"]) == start.appraisal
    assert data["clock"] == []
    opening = start.appraisal.opens_on
    assert opening is not None
    assert dt.datetime.fromisoformat(data["wake"]) == REGIME.calendar.start_of_day(opening)


def test_operators_see_the_cycle_and_the_unit_but_nobody(start: AppraisalStart) -> None:
    options = start_options(start.appraisal.id, year=2027, cycle=start.cycle, unit=start.unit)
    shown = {pair.key.name: pair.value for pair in options["search_attributes"].search_attributes}
    assert shown == {CYCLE.name: str(start.cycle), UNIT.name: str(start.unit), OVERDUE.name: False}
    assert options["static_summary"] == "penilaian 2027"
    assert EMPLOYEE not in str(options)


@pytest.mark.engine
async def test_it_is_started_once_and_never_again_after_its_end(
    client: Client, start: AppraisalStart
) -> None:
    queue = f"start-{uuid.uuid4()}"
    assert await start_appraisal(client, start, queue=queue)
    assert not await start_appraisal(client, start, queue=queue)
    handle = client.get_workflow_handle(appraisal_workflow_id(start.appraisal.id))
    await handle.terminate("end of the test")
    assert not await start_appraisal(client, start, queue=queue)
