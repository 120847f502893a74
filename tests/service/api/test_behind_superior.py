"""Plans that wait for that of the rater: the clock of the scheme, and what the rater is shown (PP 30/2019 art 8(2))."""

import asyncio
import datetime as dt
import uuid
from typing import Any

import pytest_asyncio

from activities.commanding import Commands
from schemes.loading import builtin_scheme
from service.temporal.noting_plans import PlanNoting, noting_plans
from states.rules import BehindSuperiorRule, Rulebook
from store.plan.waiting import waiting_on
from tests.fixtures.agency import SmallAgency
from tests.service.api.changes import drafting
from tests.service.api.conftest import PLAN, Service
from tests.service.api.results import days_later, done
from tests.workflows.running import Silence

WAITS = BehindSuperiorRule(clock="waits", days=5)


def book(name: str, rule: BehindSuperiorRule | None) -> Rulebook:
    return builtin_scheme("nasional").model_copy(update={"scheme": name, "behind_superior": rule})


@pytest_asyncio.fixture(loop_scope="session")
async def agency(service: Service) -> SmallAgency:
    return await service.new_agency(book=book("menunggu", WAITS))


async def noted(service: Service) -> int:
    """How many commands one round takes."""
    return await PlanNoting(service.database, Commands(service.database, Silence())).note_waiting()


async def set_above(service: Service, agency: SmallAgency) -> uuid.UUID:
    """The plan of the rater, drafted and set by the superior now."""
    case = await drafting(service, agency, agency.rater)
    await done(service, case, (agency.rater, "submit_plan", PLAN), (agency.superior, "approve_plan", None))
    return case


async def due(service: Service, case: uuid.UUID) -> str:
    return str(await service.value("SELECT due_on FROM appraisal WHERE id = :id", id=case))


async def triggers(service: Service, case: uuid.UUID) -> list[str]:
    found = await service.value(
        "SELECT array_agg(body ->> 'trigger' ORDER BY sequence) FROM event"
        " WHERE appraisal_id = :id AND kind = 'acted'",
        id=case,
    )
    return list(found)


async def test_when_the_plan_above_is_set_the_plans_below_get_their_days(
    service: Service, agency: SmallAgency
) -> None:
    """Set on Monday 19 January 2026; five working days lead to Monday 26 January."""
    first, second = [await drafting(service, agency, each) for each in agency.employees]
    await days_later(service, agency, 14)
    await set_above(service, agency)
    assert await noted(service) == 2
    assert [await due(service, case) for case in (first, second)] == ["2026-01-26", "2026-01-26"]


async def test_a_second_round_notes_nothing_again(service: Service, agency: SmallAgency) -> None:
    case = await drafting(service, agency, agency.employee)
    await set_above(service, agency)
    assert [await noted(service), await noted(service)] == [1, 0]
    assert await triggers(service, case) == ["open_planning", "note_superior_plan"]


async def test_the_employee_is_told(service: Service, agency: SmallAgency) -> None:
    case = await drafting(service, agency, agency.employee)
    await set_above(service, agency)
    await noted(service)
    told = await service.value(
        "SELECT count(*) FROM notice WHERE appraisal_id = :id AND recipient_id = :person"
        " AND template = 'superior_plan_set' AND channel = 'inbox'",
        id=case,
        person=agency.employee,
    )
    assert told == 1


async def test_a_plan_that_was_handed_in_before_is_left_alone(service: Service, agency: SmallAgency) -> None:
    case = await drafting(service, agency, agency.employee)
    await done(service, case, (agency.employee, "submit_plan", PLAN))
    await set_above(service, agency)
    assert await noted(service) == 0


async def test_what_was_set_before_the_drafting_began_is_no_news(
    service: Service, agency: SmallAgency
) -> None:
    case = await drafting(service, agency, agency.employee)
    await done(service, case, (agency.employee, "submit_plan", PLAN))
    await set_above(service, agency)
    await done(service, case, (agency.rater, "return_plan", {"text": "Lengkapi"}))
    assert await noted(service) == 0


async def test_where_the_clock_runs_nothing_is_noted(service: Service) -> None:
    plain = await service.new_agency(book=book("berjalan", None))
    await drafting(service, plain, plain.employee)
    await set_above(service, plain)
    assert await noted(service) == 0


async def test_a_worker_looks_again_and_again(service: Service, agency: SmallAgency) -> None:
    case = await drafting(service, agency, agency.employee)
    commands = Commands(service.database, Silence())
    async with noting_plans(service.database, commands, pause=dt.timedelta(seconds=0.05)):
        await set_above(service, agency)
        await until_noted(service, case)


async def until_noted(service: Service, case: uuid.UUID) -> None:
    async with asyncio.timeout(20):
        while (await triggers(service, case))[-1] != "note_superior_plan":  # noqa: ASYNC110  # the record tells nobody
            await asyncio.sleep(0.05)


async def own_task(service: Service, person: uuid.UUID) -> Any:
    """The task to draft the own plan, as the list of tasks shows it."""
    items = (await service.get(person, "/tasks")).json()["items"]
    (task,) = (each for each in items if each["capacity"] == "employee")
    return task


async def test_the_rater_sees_how_many_plans_wait_for_his(service: Service, agency: SmallAgency) -> None:
    await drafting(service, agency, agency.rater)
    assert (await own_task(service, agency.rater))["waiting_on_my_plan"] == 0
    for employee in agency.employees:
        await drafting(service, agency, employee)
    assert (await own_task(service, agency.rater))["waiting_on_my_plan"] == 2
    assert (await own_task(service, agency.employee))["waiting_on_my_plan"] == 0


async def test_a_plan_that_is_handed_in_waits_no_longer(service: Service, agency: SmallAgency) -> None:
    await drafting(service, agency, agency.rater)
    first, _ = [await drafting(service, agency, each) for each in agency.employees]
    await done(service, first, (agency.employee, "submit_plan", PLAN))
    assert (await own_task(service, agency.rater))["waiting_on_my_plan"] == 1


async def test_once_the_own_plan_is_set_nobody_waits_not_even_during_its_revision(
    service: Service, agency: SmallAgency
) -> None:
    await drafting(service, agency, agency.employee)
    own = await set_above(service, agency)
    revision = {"text": "Prioritas berubah", "ground": "priority_changed"}
    await done(service, own, (agency.superior, "revise_plan", revision))
    assert (await own_task(service, agency.rater))["waiting_on_my_plan"] == 0


async def test_whoever_was_handed_to_another_rater_does_not_wait_for_the_former(
    service: Service, agency: SmallAgency
) -> None:
    await drafting(service, agency, agency.rater)
    case = await drafting(service, agency, agency.employee)
    handed = {"text": "SK 7", "assignee": str(agency.director), "assigned_capacity": "rater"}
    await done(service, case, (agency.officer, "reassign", handed))
    assert (await own_task(service, agency.rater))["waiting_on_my_plan"] == 0


async def test_the_count_of_one_person_is_that_of_the_task(service: Service, agency: SmallAgency) -> None:
    async def counted(person: uuid.UUID) -> int:
        async with service.database.connect() as connection:
            return await waiting_on(connection, person, agency.cycle)

    await drafting(service, agency, agency.employee)
    assert await counted(agency.rater) == 0, "without an appraisal of the own there is no plan to wait for"
    await drafting(service, agency, agency.rater)
    assert (await counted(agency.rater), await counted(agency.superior)) == (1, 0)
