"""A decree that changes working days reaches appraisals that run, with both days on record."""

import datetime as dt
import uuid
from typing import Any

import pytest

from states.appraisal import Appraisal, DutyKind
from states.codec import load_appraisal
from states.errors import ParameterInvalid
from states.stages import Stage
from tests.service.operations.conftest import House

pytestmark = [pytest.mark.database, pytest.mark.engine]

HOLIDAY = dt.date(2027, 1, 11)
"""A Monday within seven working days of a countersignature and five of an explanation."""
BEFORE, AFTER = dt.date(2027, 1, 14), dt.date(2027, 1, 15)
"""Last days to countersign."""
EXPLAINED_BEFORE, EXPLAINED_AFTER = dt.date(2027, 1, 13), dt.date(2027, 1, 14)


async def on_record(house: House, appraisal: uuid.UUID) -> Appraisal:
    return load_appraisal(await house.value("SELECT snapshot FROM appraisal WHERE id = :id", id=appraisal))


async def adoption(house: House, appraisal: uuid.UUID) -> dict[str, Any]:
    """The event of the adoption, as it is stored."""
    (row,) = await house.rows(
        "SELECT body FROM event WHERE appraisal_id = :id AND body ->> 'trigger' = 'adopt_calendar'",
        id=appraisal,
    )
    body: dict[str, Any] = row[0]
    return body


async def test_a_holiday_within_their_terms_moves_a_countersignature_and_an_explanation(
    late_house: House,
) -> None:
    house = late_house
    assert house.settling is not None
    countersign, explanation = house.settling.countersign, house.settling.explanation
    elsewhere = house.settling.without_a_plan

    preview = await house.preview("adopt_calendar", closed=[HOLIDAY])
    shown = {line.appraisal: line.moves for line in preview.lines}
    assert set(shown) == {countersign, explanation}
    assert [(move.duty, move.due_before, move.due_on) for move in shown[countersign]] == [
        (None, BEFORE, AFTER)
    ]
    assert (DutyKind.EMPLOYEE_STATEMENT, EXPLAINED_BEFORE, EXPLAINED_AFTER) in [
        (move.duty, move.due_before, move.due_on) for move in shown[explanation]
    ]
    assert preview.moved[Stage.COUNTERSIGN] == 1
    assert preview.moved[DutyKind.EMPLOYEE_STATEMENT] == 1
    assert (preview.affected, preview.refused) == (3, {})

    operation = await house.done("adopt_calendar", closed=[HOLIDAY])
    assert {item.outcome for item in await house.items(operation.id)} == {"done"}
    running = (await on_record(house, countersign)).deadline
    assert running is not None
    assert running.due_on == AFTER
    (duty,) = [
        duty
        for duty in (await on_record(house, explanation)).duties
        if duty.kind is DutyKind.EMPLOYEE_STATEMENT
    ]
    assert duty.deadline.due_on == EXPLAINED_AFTER
    body = await adoption(house, countersign)
    assert (body["due_before"], body["deadline"]["due_on"]) == (str(BEFORE), str(AFTER))
    days = await house.rows(
        "SELECT due_before, due_on FROM deadline WHERE appraisal_id = :id AND duty = 'employee_statement' "
        "ORDER BY sequence DESC LIMIT 1",
        id=explanation,
    )
    assert days == [(EXPLAINED_BEFORE, EXPLAINED_AFTER)]
    told = await house.rows(
        "SELECT DISTINCT recipient_id FROM notice WHERE appraisal_id = :id AND template = 'deadline_moved'",
        id=countersign,
    )
    assert (house.agency.employee,) in told
    assert (await house.until_followed(countersign))["due"] == str(AFTER)

    calendar = (await on_record(house, elsewhere)).calendar
    assert calendar == (await on_record(house, countersign)).calendar != house.agency.rules.calendar.key
    again = await house.done("adopt_calendar", closed=[HOLIDAY])
    assert await house.items(again.id) == []
    assert (await house.triggers(countersign)).count("adopt_calendar") == 1


async def test_later_launches_have_the_days_and_the_decree(house: House) -> None:
    await house.done("adopt_calendar", cycles=[house.agency.cycle], closed=[dt.date(2026, 3, 3)])
    days = await house.value("SELECT working_days FROM cycle WHERE id = :id", id=house.agency.cycle)
    assert days == {"closed": ["2026-03-03"], "source": "Kepala BKPSDM, SK 12/2026"}


async def test_a_preview_keeps_neither_calendar_nor_days(house: House) -> None:
    await house.launch(house.agency.employee)
    before = await house.value("SELECT count(*) FROM calendar")
    preview = await house.preview("adopt_calendar", closed=[dt.date(2026, 12, 9)])
    assert (preview.affected, preview.lines) == (1, ())
    assert await house.value("SELECT count(*) FROM calendar") == before
    assert await house.value("SELECT working_days FROM cycle WHERE id = :id", id=house.agency.cycle) == {}


async def test_a_suspended_appraisal_goes_on_by_the_new_days(house: House) -> None:
    appraisal = await house.launch(house.agency.employee)
    await house.done("absence", person=house.agency.employee, absence="unpaid_leave")
    operation = await house.done("adopt_calendar", closed=[dt.date(2026, 1, 12)])
    assert [item.outcome for item in await house.items(operation.id)] == ["done"]
    new = await on_record(house, appraisal)
    assert (new.stage, new.calendar != house.agency.rules.calendar.key) == (Stage.SUSPENDED, True)


async def test_what_failed_is_done_again_and_undoes_no_later_decree(house: House) -> None:
    first, second = dt.date(2026, 3, 3), dt.date(2026, 3, 4)
    appraisal = await house.launch(house.agency.employee)
    early = await house.done("adopt_calendar", closed=[first])
    # As if nothing had come of the first decree for this case.
    await house.run("UPDATE operation_item SET outcome = 'failed' WHERE operation_id = :id", id=early.id)
    await house.done("adopt_calendar", closed=[second])
    await house.operations.rerun(house.identity(house.agency.officer), early.id)
    await house.settled(early.id)
    content = await house.value(
        "SELECT content FROM calendar WHERE key = :key", key=(await on_record(house, appraisal)).calendar
    )
    assert {"2026-03-03", "2026-03-04"} <= set(content["closed"])


@pytest.mark.parametrize(
    ("change", "field"),
    (
        ({}, "closed"),
        ({"closed": [HOLIDAY], "working": [HOLIDAY]}, "working"),
        ({"closed": [dt.date(2050, 1, 3)]}, "closed"),
        ({"closed": [HOLIDAY], "cycles": [uuid.UUID(int=1)]}, "cycles"),
    ),
)
async def test_a_decree_that_cannot_be_is_refused_with_its_field(
    house: House, change: dict[str, Any], field: str
) -> None:
    with pytest.raises(ParameterInvalid) as refused:
        await house.preview("adopt_calendar", **change)
    assert refused.value.field == field
