"""What a change says of people stays in the database: the engine knows ids, triggers and days."""

import base64
import datetime as dt
import re

import pytest

from activities.starting import appraisal_workflow_id
from service.operations.starting import operation_workflow_id
from tests.service.operations.conftest import WHY, House

pytestmark = [pytest.mark.database, pytest.mark.engine]


async def history_of(house: House, workflow: str) -> str:
    """The history with its payloads in plain text."""
    history = (await house.client.get_workflow_handle(workflow).fetch_history()).to_json()
    payloads = re.findall(r'"data": "([A-Za-z0-9+/=]+)"', history)
    return "\n".join([history, *(base64.b64decode(payload).decode() for payload in payloads)])


async def personal_data(house: House) -> list[str]:
    rows = await house.rows("SELECT nip, name FROM person")
    return [*WHY.values(), *(text for row in rows for text in row)]


async def test_no_history_of_an_operation_or_its_appraisals_tells_who_or_why(house: House) -> None:
    agency = house.agency
    appraisal = await house.launch(agency.employee)
    operation = await house.done(
        "appoint_substitute",
        official=agency.rater,
        substitute=agency.director,
        basis="plh",
        until=dt.date(2026, 2, 28),
    )
    await house.until_followed(appraisal)
    histories = [
        await history_of(house, operation_workflow_id(operation.id)),
        await history_of(house, appraisal_workflow_id(appraisal)),
    ]
    told = [text for text in await personal_data(house) for history in histories if text in history]
    assert told == []
    assert "plan_drafting" in histories[1]


async def test_notices_of_an_operation_carry_neither_the_reason_nor_the_authority(house: House) -> None:
    await house.launch(house.agency.employee)
    await house.done("extend", cycle=house.agency.cycle, until=dt.date(2026, 2, 10))
    rows = await house.rows("SELECT notice::text FROM notice")
    assert rows
    assert not [row for row in rows for text in WHY.values() if text in row[0]]
