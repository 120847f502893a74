"""Deadlines are extended for a person, a unit or a cycle, and each person concerned is told once."""

import datetime as dt
import uuid
from typing import Any

import pytest
from sqlalchemy import text

from states.errors import ParameterInvalid
from states.triggers import Trigger
from tests.service.operations.conftest import House

pytestmark = [pytest.mark.database, pytest.mark.engine]

UNTIL = dt.date(2026, 2, 10)


async def due_days(house: House) -> set[dt.date]:
    return {row[0] for row in await house.rows("SELECT due_on FROM appraisal WHERE due_on IS NOT NULL")}


async def test_every_deadline_of_a_cycle_is_extended(house: House) -> None:
    for employee in house.agency.employees[:3]:
        await house.launch(employee)
    await house.done("extend", cycle=house.agency.cycle, until=UNTIL)
    assert await due_days(house) == {UNTIL}


async def test_the_engine_knows_the_new_deadline(house: House) -> None:
    appraisal = await house.launch(house.agency.employee)
    await house.done("extend", people=[house.agency.employee], until=UNTIL)
    assert (await house.until_followed(appraisal))["due"] == str(UNTIL)


async def test_only_the_named_people_get_more_time(house: House) -> None:
    first, second = house.agency.employees[:2]
    await house.launch(first)
    other = await house.launch(second)
    await house.done("extend", people=[first], until=UNTIL)
    assert await house.value("SELECT due_on FROM appraisal WHERE id = :id", id=other) != UNTIL


async def test_a_unit_is_meant_with_all_below_it(house: House) -> None:
    agency = house.agency
    appraisal = await house.launch(agency.employee)
    below = uuid.uuid4()
    async with house.database.begin() as connection:
        await connection.execute(
            text("""INSERT INTO unit (id, agency_id, code, name, kind, zone, parent_id)
                VALUES (:id, :agency, 'U2', 'Seksi', '', 'Asia/Jakarta', :above)"""),
            {"id": below, "agency": agency.agency, "above": agency.unit},
        )
        await connection.execute(
            text("UPDATE appraisal SET unit_id = :unit WHERE id = :id"), {"unit": below, "id": appraisal}
        )
    await house.done("extend", unit=agency.unit, until=UNTIL)
    assert await due_days(house) == {UNTIL}


async def test_a_length_is_counted_from_each_due_day(house: House) -> None:
    appraisal = await house.launch(house.agency.employee)
    due_on = await house.value("SELECT due_on FROM appraisal WHERE id = :id", id=appraisal)
    await house.done("extend", cycle=house.agency.cycle, length=5, unit_of_length="hari_kerja")
    calendar = house.agency.rules.calendar
    assert await due_days(house) == {calendar.add_working_days(due_on, 5)}


async def test_calendar_days_are_counted_as_such(house: House) -> None:
    appraisal = await house.launch(house.agency.employee)
    due_on = await house.value("SELECT due_on FROM appraisal WHERE id = :id", id=appraisal)
    await house.done("extend", cycle=house.agency.cycle, length=5, unit_of_length="hari")
    assert await due_days(house) == {due_on + dt.timedelta(days=5)}


async def test_a_deadline_that_is_later_already_is_left_alone(house: House) -> None:
    appraisal = await house.launch(house.agency.employee)
    await house.done("extend", cycle=house.agency.cycle, until=UNTIL)
    again = await house.done("extend", cycle=house.agency.cycle, until=UNTIL)
    assert await house.items(again.id) == []
    assert (await house.triggers(appraisal)).count("extend") == 1


async def test_only_the_wanted_stages_get_more_time(house: House) -> None:
    first, second = house.agency.employees[:2]
    drafting = await house.launch(first)
    reviewed = await house.launch(second)
    await house.act(second, reviewed, Trigger.SUBMIT_PLAN)
    operation = await house.done("extend", cycle=house.agency.cycle, stages=["plan_review"], until=UNTIL)
    assert [item.appraisal_id for item in await house.items(operation.id)] == [reviewed]
    assert (await house.triggers(drafting))[-1] != "extend"


async def test_everybody_concerned_is_told_once(house: House) -> None:
    agency = house.agency
    for employee in agency.employees[:3]:
        appraisal = await house.launch(employee)
        await house.act(employee, appraisal, Trigger.SUBMIT_PLAN)
    operation = await house.done("extend", cycle=agency.cycle, until=dt.date(2026, 2, 27))
    told = await house.rows(
        "SELECT recipient_id, template FROM notice WHERE operation_id = :id AND channel = 'email'",
        id=operation.id,
    )
    assert sorted(told) == sorted((person, "extended") for person in (agency.rater, *agency.employees[:3]))


async def test_the_reason_and_the_authority_are_on_the_record_of_each_case(house: House) -> None:
    appraisal = await house.launch(house.agency.employee)
    await house.done("extend", people=[house.agency.employee], until=UNTIL)
    content = await house.value(
        "SELECT content FROM document WHERE appraisal_id = :id AND kind = 'extend'", id=appraisal
    )
    assert content == {
        "text": "Penataan organisasi",
        "content": {"authority": "Kepala BKPSDM, SK 12/2026"},
    }


async def test_a_preview_shows_the_new_due_day_of_each(house: House) -> None:
    await house.launch(house.agency.employee)
    preview = await house.preview("extend", cycle=house.agency.cycle, until=UNTIL)
    assert [(line.until, line.refusal) for line in preview.lines] == [(UNTIL.isoformat(), None)]


async def test_a_day_too_far_ahead_is_refused_case_by_case_in_the_preview(house: House) -> None:
    await house.launch(house.agency.employee)
    preview = await house.preview("extend", cycle=house.agency.cycle, until=dt.date(2028, 1, 1))
    assert preview.refused == {"parameter_invalid": 1}


async def test_what_was_refused_is_listed_and_can_be_tried_again(house: House) -> None:
    await house.launch(house.agency.employee)
    operation = await house.done("extend", cycle=house.agency.cycle, until=dt.date(2028, 1, 1))
    (item,) = await house.items(operation.id)
    assert (item.outcome, item.code) == ("refused", "parameter_invalid")
    assert item.detail["field"] == "until"


@pytest.mark.parametrize(
    ("change", "field"),
    (
        ({}, "people"),
        ({"cycle": "here"}, "until"),
        ({"cycle": "here", "until": UNTIL, "length": 3}, "until"),
        ({"cycle": uuid.UUID(int=1), "until": UNTIL}, "cycle"),
        ({"unit": uuid.UUID(int=1), "until": UNTIL}, "unit"),
        ({"people": [uuid.UUID(int=1)], "until": UNTIL}, "people"),
        ({"cycle": "here", "stages": ["suspended"], "until": UNTIL}, "stages"),
    ),
)
async def test_an_extension_that_cannot_be_is_refused_with_its_field(
    house: House, change: dict[str, Any], field: str
) -> None:
    given: dict[str, Any] = {
        name: house.agency.cycle if value == "here" else value for name, value in change.items()
    }
    with pytest.raises(ParameterInvalid) as refused:
        await house.preview("extend", **given)
    assert refused.value.field == field
