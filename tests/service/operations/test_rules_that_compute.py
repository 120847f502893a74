"""A version that computes ratings from the plan is adopted only where the plan can be computed from."""

import uuid
from typing import Any

import pytest
import pytest_asyncio

from content.rules import ContentRules
from schemes.loading import builtin_system
from states.triggers import Trigger
from store.agency.rule_contexts import keep_system
from tests.service.operations.conftest import VERSION_2, House

pytestmark = [pytest.mark.database, pytest.mark.engine]

_ADD_CYCLE = """
    INSERT INTO cycle (id, agency_id, name, year, scheme, clock, rehearsal, working_days, created_at)
    SELECT gen_random_uuid(), agency_id, 'Tahun depan', year + 1, :scheme, clock, rehearsal, working_days, now()
    FROM cycle WHERE id = :like
"""


def numeric() -> ContentRules:
    found = builtin_system("pp30-numerik").content
    assert found is not None
    return found


@pytest_asyncio.fixture(loop_scope="session")
async def house(house_of_version_2: House) -> House:
    """A house whose plans are words, and whose next cycle goes by a newer version that computes ratings."""
    newer = VERSION_2.model_copy(update={"version": 90})
    async with house_of_version_2.database.begin() as connection:
        await keep_system(connection, newer, numeric())
    await house_of_version_2.run(_ADD_CYCLE, scheme=newer.key, like=house_of_version_2.agency.cycle)
    return house_of_version_2


async def adopted(house: House, *people: uuid.UUID) -> dict[uuid.UUID, tuple[Any, Any]]:
    """What came of each appraisal, with the code of a refusal."""
    change: dict[str, Any] = {"people": list(people), "scheme": "nasional@90"}
    preview = await house.preview("adopt_rules", **change)
    foreseen = {line.appraisal: (line.refusal or {}).get("code") for line in preview.lines}
    operation = await house.done("adopt_rules", **change)
    items = await house.items(operation.id)
    assert foreseen == {item.appraisal_id: item.code or None for item in items}
    return {item.appraisal_id: (item.outcome, item.code or None) for item in items}


async def test_a_case_whose_plan_in_force_is_words_stays_and_it_is_said_why(house: House) -> None:
    employee = house.agency.employee
    appraisal = await house.planned(employee)
    assert await adopted(house, employee) == {appraisal: ("refused", "plan_in_words")}


async def test_a_case_whose_plan_of_words_waits_to_be_approved_stays(house: House) -> None:
    employee = house.agency.employee
    appraisal = await house.launch(employee)
    await house.act(employee, appraisal, Trigger.SUBMIT_PLAN)
    assert await adopted(house, employee) == {appraisal: ("refused", "plan_in_words")}


async def test_a_case_whose_plan_is_still_to_be_written_moves_and_is_written_on_the_form(
    house: House,
) -> None:
    first, second = house.agency.employees[:2]
    begun, returned = await house.launch(first), await house.launch(second)
    await house.act(second, returned, Trigger.SUBMIT_PLAN)
    await house.act(house.agency.rater, returned, Trigger.RETURN_PLAN)
    assert await adopted(house, first, second) == {begun: ("done", None), returned: ("done", None)}
