"""Appraisals that are not rated yet move to a newer version of their scheme; others end under theirs."""

import datetime as dt
import uuid

import pytest

from content.forms.context import FormContext
from content.forms.example import example
from schemes.loading import builtin_system
from service.appraisals.request import ActionRequest
from service.problems import FormIncomplete
from states.errors import ParameterInvalid
from states.triggers import Trigger
from tests.service.operations.conftest import PLAN, House
from tests.service.operations.test_people import new_unit

pytestmark = [pytest.mark.database, pytest.mark.engine]


def filled_plan() -> ActionRequest:
    rules = builtin_system("nasional").content
    assert rules is not None
    found = rules.form_for(Trigger.SUBMIT_PLAN)
    assert found is not None
    return ActionRequest(content=example(found[1], rules, FormContext(superior_results=frozenset())))


async def rulebook(house: House, appraisal: uuid.UUID) -> str:
    return str(
        await house.value("SELECT snapshot ->> 'rulebook' FROM appraisal WHERE id = :id", id=appraisal)
    )


async def rated(house: House, employee: uuid.UUID) -> uuid.UUID:
    """An appraisal whose period was closed by retirement, and rated."""
    appraisal = await house.planned(employee)
    await house.done("absence", person=employee, absence="retired", evaluate=True)
    await house.act(house.agency.rater, appraisal, Trigger.RATE)
    return appraisal


async def test_an_unrated_case_moves_and_a_rated_one_keeps_its_version(house_of_version_2: House) -> None:
    house = house_of_version_2
    first, second = house.agency.employees[:2]
    moving = await house.launch(first)
    staying = await rated(house, second)
    preview = await house.preview("adopt_rules", people=[first, second])
    assert (preview.effects, preview.affected) == ({Trigger.ADOPT_RULES: 1}, 2)
    refusals = {line.appraisal: line.refusal for line in preview.lines}
    assert refusals[moving] is None
    refusal = refusals[staying]
    assert refusal is not None
    assert refusal["code"] == "illegal_transition"

    operation = await house.done("adopt_rules", people=[first, second])
    outcomes = {item.appraisal_id: item.outcome for item in await house.items(operation.id)}
    assert outcomes == {moving: "done", staying: "refused"}
    assert (await rulebook(house, moving), await rulebook(house, staying)) == ("nasional@4", "nasional@2")
    await house.act(first, moving, Trigger.SUBMIT_PLAN, filled_plan())
    assert (await house.until_followed(moving))["stage"] == "plan_review"


async def test_cases_that_are_not_named_go_on_under_their_version(house_of_version_2: House) -> None:
    house = house_of_version_2
    first, second = house.agency.employees[:2]
    await house.launch(first)
    other = await house.launch(second)
    await house.done("adopt_rules", people=[first], scheme="nasional@4")
    assert await rulebook(house, other) == "nasional@2"
    await house.act(second, other, Trigger.SUBMIT_PLAN, PLAN)
    assert await house.stage(other) == "plan_review"


async def test_a_whole_cycle_launches_by_the_newer_version(house_of_version_2: House) -> None:
    house = house_of_version_2
    await house.done("adopt_rules", cycle=house.agency.cycle)
    assert await house.value("SELECT scheme FROM cycle WHERE id = :id", id=house.agency.cycle) == "nasional@4"


async def test_a_unit_moves_and_the_cycle_keeps_its_version(house_of_version_2: House) -> None:
    house = house_of_version_2
    appraisal = await house.launch(house.agency.employee)
    await house.done("adopt_rules", unit=house.agency.unit)
    assert await rulebook(house, appraisal) == "nasional@4"
    assert await house.value("SELECT scheme FROM cycle WHERE id = :id", id=house.agency.cycle) == "nasional@2"


async def test_who_moved_while_drafting_hands_in_the_form_of_the_new_version(
    house_of_version_2: House,
) -> None:
    house = house_of_version_2
    appraisal = await house.launch(house.agency.employee)
    await house.done("adopt_rules", people=[house.agency.employee])
    with pytest.raises(FormIncomplete):
        await house.act(house.agency.employee, appraisal, Trigger.SUBMIT_PLAN, PLAN)
    await house.act(house.agency.employee, appraisal, Trigger.SUBMIT_PLAN, filled_plan())
    assert await house.stage(appraisal) == "plan_review"


async def test_a_case_under_the_newest_version_is_left_alone(house_of_today: House) -> None:
    house = house_of_today
    await house.launch(house.agency.employee)
    operation = await house.done("adopt_rules", people=[house.agency.employee])
    assert await house.items(operation.id) == []


async def test_a_version_that_nobody_has_is_refused(house: House) -> None:
    with pytest.raises(ParameterInvalid) as refused:
        await house.preview("adopt_rules", people=[house.agency.employee], scheme="nasional@99")
    assert refused.value.field == "scheme"


async def test_the_next_period_of_a_moved_case_has_its_rules(house_of_version_2: House) -> None:
    house = house_of_version_2
    employee = house.agency.employee
    await house.planned(employee)
    await house.done("adopt_rules", people=[employee])
    await house.done(
        "move",
        person=employee,
        unit=await new_unit(house),
        rater=house.agency.director,
        effective_on=dt.date(2026, 1, 5),
    )
    new = await house.value("SELECT id FROM appraisal WHERE employee_id = :id AND period = 2", id=employee)
    assert await rulebook(house, new) == "nasional@4"
