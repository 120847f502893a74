"""A cycle is launched for hundreds, with pauses, repetitions and a change of worker; the engine follows later."""

import asyncio
import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio import workflow
from temporalio.client import Client, WorkflowExecutionStatus, WorkflowFailureError, WorkflowHandle
from temporalio.exceptions import ActivityError, ApplicationError
from temporalio.service import RPCError, RPCStatusCode
from temporalio.testing import ActivityEnvironment
from temporalio.worker import Worker

from activities.launching import Launching
from activities.starting import appraisal_workflow_id
from activities.sweeping import sweeping
from service.launches.launching import (
    LaunchRunning,
    NoLaunchRuns,
    launch_cycle,
    launch_workflow_id,
    pause_launch,
    resume_launch,
)
from service.temporal.registry import appraisal_worker
from service.temporal.worker import sandboxed
from states.decide import launched
from store.appraisal.launching import Entrant, create
from store.appraisal.repository import Asker, CaseFilter, CaseSummary, cases
from store.base import new_id
from store.cycle.selection import Selection
from store.launch.outcomes import Outcome
from store.launch.reading import LaunchResult, every_result
from tests.fixtures.agency import SmallAgency, build_agency
from tests.workflows.launches import (
    NEXT_YEAR,
    SKIPPED,
    appraisals_in,
    large_agency,
    started_in,
    until_followed,
    waiting,
)
from workflows import launching

pytestmark = [pytest.mark.database, pytest.mark.engine]

SEVEN_EXEMPT, FOUR_UNRATED, EVERYBODY = 7, 4, 300
_SHORT_HISTORY = 15
"""Events after which a launch is made to go on in a new run: two pages."""
_SHORT_PAUSE = dt.timedelta(milliseconds=50)


@pytest.fixture
def queue() -> str:
    return f"launch-{uuid.uuid4()}"


@pytest.fixture
def worker(client: Client, database: AsyncEngine, queue: str) -> Callable[[], Worker]:
    return lambda: appraisal_worker(client, database, queue=queue, runner=sandboxed())


async def test_everybody_who_is_to_be_appraised_is_started_once(
    client: Client, database: AsyncEngine, queue: str, worker: Callable[[], Worker]
) -> None:
    agency = await large_agency(database)
    async with worker():
        handle = await launch_cycle(client, agency.cycle, queue=queue)
        first = await handle.result()
        assert first["started"] == EVERYBODY - SEVEN_EXEMPT - FOUR_UNRATED
        assert first["skipped"] == SKIPPED
        assert (first["seen"], first["total"], first["already"], first["failed"]) == (300, 300, 0, 0)
        assert await started_in(database, agency) == first["started"]

        again = await (await launch_cycle(client, agency.cycle, queue=queue)).result()
        assert (again["started"], again["already"], again["failed"]) == (0, 0, 0)
        assert again["seen"] == SEVEN_EXEMPT + FOUR_UNRATED
        assert again["skipped"] == SKIPPED

        assert await _rows_in(database, "event") == await _rows_in(database, "following") == first["started"]


async def test_people_see_their_appraisals_at_once_while_the_engine_takes_no_starts_and_it_follows_later(
    client: Client, database: AsyncEngine, queue: str, worker: Callable[[], Worker]
) -> None:
    agency = await large_agency(database)
    nowhere = await Client.connect("127.0.0.1:1", lazy=True)
    async with worker():
        async with sweeping(database, nowhere, queue=queue, pause=_SHORT_PAUSE):
            launched = await (await launch_cycle(client, agency.cycle, queue=queue)).result()
            assert (launched["started"], launched["failed"]) == (289, 0)
            assert [case.id for case in await _seen_by(database, agency, agency.employees[1])] == [
                await _appraisal_of(database, agency, agency.employees[1])
            ]
            assert len(await _seen_by(database, agency, agency.rater)) == 1 + 295 - 10
            assert await waiting(database) == 289
        assert await _running(client, database, agency) == set()

        async with sweeping(database, client, queue=queue, pause=_SHORT_PAUSE):
            await until_followed(database)
        appraisals = await appraisals_in(database, agency)
        assert await _running(client, database, agency) == set(appraisals)
        handle = client.get_workflow_handle(appraisal_workflow_id(appraisals[agency.employees[1]]))
        assert (await handle.query("position"))["stage"] == "scheduled"
        described = await handle.describe()
        assert described.task_queue == queue
        assert await described.static_summary() == f"penilaian {NEXT_YEAR}"


async def test_workflows_follow_while_the_launch_goes_on(
    client: Client, database: AsyncEngine, queue: str, worker: Callable[[], Worker]
) -> None:
    agency = await large_agency(database, employees=95)
    async with worker(), sweeping(database, client, queue=queue, pause=_SHORT_PAUSE):
        handle = await launch_cycle(client, agency.cycle, pace=30, queue=queue)
        await _seen(handle, 30)
        await pause_launch(client, agency.cycle)
        await until_followed(database)
        midway = await _running(client, database, agency)
        assert 0 < len(midway) < 89
        await resume_launch(client, agency.cycle)
        assert (await handle.result())["started"] == 89
        await until_followed(database)
        assert await _running(client, database, agency) == set(await appraisals_in(database, agency))


async def test_two_cycles_are_launched_at_once_each_for_its_own_people(
    client: Client, database: AsyncEngine, queue: str, worker: Callable[[], Worker]
) -> None:
    one = await large_agency(database, employees=95)
    other = await build_agency(database, name="Kabupaten Contoh", employees=95, year=NEXT_YEAR)
    async with worker():
        handles = [await launch_cycle(client, each.cycle, queue=queue) for each in (one, other)]
        results = await asyncio.gather(*(handle.result() for handle in handles))
    assert [result["started"] for result in results] == [89, 99]
    assert set(await appraisals_in(database, one)).isdisjoint(await appraisals_in(database, other))
    assert await _rows_in(database, "following") == 89 + 99


async def test_somebody_who_comes_later_is_taken_by_a_second_launch(
    client: Client, database: AsyncEngine, queue: str, worker: Callable[[], Worker]
) -> None:
    agency = await large_agency(database, employees=30)
    async with worker():
        await (await launch_cycle(client, agency.cycle, queue=queue)).result()
        back_from_leave = agency.employees[0]
        async with database.begin() as transaction:
            await transaction.execute(
                text("UPDATE person SET legal_standing = '01' WHERE id = :id"), {"id": back_from_leave}
            )
        again = await (await launch_cycle(client, agency.cycle, queue=queue)).result()
    assert again["started"] == 1
    assert again["skipped"]["unpaid_leave"] == 1


async def test_a_launch_goes_on_with_another_worker_when_the_first_one_stops(
    client: Client,
    database: AsyncEngine,
    queue: str,
    worker: Callable[[], Worker],
) -> None:
    agency = await large_agency(database)
    async with worker():
        handle = await launch_cycle(client, agency.cycle, pace=100, queue=queue)
        await _seen(handle, 100)
    midway = await started_in(database, agency)
    async with worker():
        result = await handle.result()
    assert 80 <= midway < 289
    assert result["started"] == 289
    assert result["failed"] == 0
    assert await started_in(database, agency) == 289


async def test_a_paused_launch_starts_nobody_until_it_is_resumed(
    client: Client, database: AsyncEngine, queue: str, worker: Callable[[], Worker]
) -> None:
    agency = await large_agency(database)
    handle = await launch_cycle(client, agency.cycle, queue=queue)
    pausing = asyncio.create_task(handle.execute_update("pause"))
    await asyncio.sleep(0.2)
    async with worker():
        assert (await pausing)["paused"]
        await asyncio.sleep(1)
        before = await handle.query("progress")
        await asyncio.sleep(1)
        assert await handle.query("progress") == before
        assert not before["done"]
        assert before["seen"] <= launching.AT_ONCE * launching.PAGE
        await handle.execute_update("resume")
        result = await handle.result()
    assert result["started"] == 289
    assert not result["paused"]


async def test_a_launch_that_runs_is_joined_and_not_doubled(
    client: Client, database: AsyncEngine, queue: str, worker: Callable[[], Worker]
) -> None:
    agency = await large_agency(database, employees=30)
    first = await launch_cycle(client, agency.cycle, queue=queue)
    second = await launch_cycle(client, agency.cycle, queue=queue)
    async with worker():
        results = await asyncio.gather(first.result(), second.result())
    assert first.id == second.id == launch_workflow_id(agency.cycle)
    assert results[0] == results[1]


async def test_an_appraisal_that_came_on_record_before_the_launch_stays_as_it_is_and_ran_already(
    client: Client, database: AsyncEngine, queue: str, worker: Callable[[], Worker]
) -> None:
    agency = await large_agency(database, employees=30)
    employee = agency.employees[1]
    event = launched(
        employee=str(employee),
        year=NEXT_YEAR,
        now=agency.rules.calendar.start_of_day(agency.rules.calendar.local_date(_long_ago())),
        rules=agency.rules,
    )
    async with database.begin() as transaction:
        await create(transaction, agency.cycle, [Entrant(employee, agency.unit, event)])
    async with worker(), sweeping(database, client, queue=queue, pause=_SHORT_PAUSE):
        result = await (await launch_cycle(client, agency.cycle, queue=queue)).result()
        await until_followed(database)
        appraisal = await _appraisal_of(database, agency, employee)
        handle = client.get_workflow_handle(appraisal_workflow_id(appraisal))
        position = await handle.query("position")
    assert result["started"] == 35 - SEVEN_EXEMPT - FOUR_UNRATED - 1
    assert (await _outcomes(database, agency))[employee].outcome is Outcome.ALREADY
    assert (position["stage"], position["sequence"]) == ("scheduled", 1)
    async with database.connect() as connection:
        at = await connection.scalar(text("SELECT at FROM event WHERE appraisal_id = :id"), {"id": appraisal})
    assert at == event.at


async def test_a_page_that_comes_late_from_a_launch_that_is_over_starts_nobody_twice(
    client: Client, database: AsyncEngine, queue: str, worker: Callable[[], Worker]
) -> None:
    agency = await large_agency(database, employees=30)
    async with worker():
        handle = await launch_cycle(client, agency.cycle, queue=queue)
        await handle.result()
    before = await _outcomes(database, agency)
    late = {"cycle": str(agency.cycle), "launch": handle.first_execution_run_id, "limit": 50}
    answer = await ActivityEnvironment().run(Launching(database).launch_chunk, late)
    assert (answer["started"], answer["already"]) == (24, 0)
    assert await started_in(database, agency) == await _rows_in(database, "event") == 24
    after = await _outcomes(database, agency)
    assert {person: each.outcome for person, each in after.items()} == {
        person: each.outcome for person, each in before.items()
    }


async def test_the_launch_is_noted_on_the_cycle(
    client: Client, database: AsyncEngine, queue: str, worker: Callable[[], Worker]
) -> None:
    agency = await large_agency(database, employees=22)
    async with worker():
        await (await launch_cycle(client, agency.cycle, queue=queue)).result()
    async with database.connect() as connection:
        assert await connection.scalar(text("SELECT launched_at IS NOT NULL FROM cycle"))


async def test_each_person_has_an_outcome_with_its_reason(
    client: Client, database: AsyncEngine, queue: str, worker: Callable[[], Worker]
) -> None:
    agency = await large_agency(database, employees=30)
    async with worker():
        result = await (await launch_cycle(client, agency.cycle, queue=queue)).result()
    outcomes = await _outcomes(database, agency)
    assert len(outcomes) == 35
    assert sum(each.outcome is Outcome.STARTED for each in outcomes.values()) == result["started"]
    assert outcomes[agency.head].reason == "no_rater"
    assert outcomes[agency.employees[0]].reason == "unpaid_leave"
    appraisal = await _appraisal_of(database, agency, agency.employees[1])
    assert outcomes[agency.employees[1]].appraisal == appraisal


async def test_a_second_launch_leaves_the_outcomes_of_those_who_run_as_they_are(
    client: Client, database: AsyncEngine, queue: str, worker: Callable[[], Worker]
) -> None:
    agency = await large_agency(database, employees=30)
    async with worker():
        await (await launch_cycle(client, agency.cycle, queue=queue)).result()
        before = await _outcomes(database, agency)
        await (await launch_cycle(client, agency.cycle, queue=queue)).result()
    after = await _outcomes(database, agency)
    for person, outcome in before.items():
        if outcome.outcome is Outcome.STARTED:
            assert after[person] == outcome
        else:
            assert after[person].at > outcome.at


async def test_a_unit_whose_zone_nobody_knows_fails_alone(
    client: Client, database: AsyncEngine, queue: str, worker: Callable[[], Worker]
) -> None:
    agency = await large_agency(database, employees=30)
    unit = await _unit(database, agency, "Asia/Nowhere")
    await _move(database, unit, *agency.employees[1:3])
    async with worker():
        result = await (await launch_cycle(client, agency.cycle, queue=queue)).result()
    assert result["failures"] == {"calendar_unknown": 2}
    assert result["started"] == 35 - SEVEN_EXEMPT - FOUR_UNRATED - 2
    outcomes = await _outcomes(database, agency)
    assert outcomes[agency.employees[1]].outcome is Outcome.FAILED


async def test_only_the_chosen_are_launched_and_the_others_by_a_later_launch(
    client: Client, database: AsyncEngine, queue: str, worker: Callable[[], Worker]
) -> None:
    agency = await large_agency(database, employees=30)
    unit = await _unit(database, agency, "Asia/Makassar")
    chosen = (agency.employees[1], agency.employees[2], agency.employees[3])
    await _move(database, unit, *chosen)
    async with worker():
        first = await (
            await launch_cycle(client, agency.cycle, who=Selection(units=(unit,)), queue=queue)
        ).result()
        assert (first["started"], first["total"], first["skipped"]) == (2, 3, {"suspended": 1})
        assert first["who"] == {"units": [str(unit)]}
        assert set(await _outcomes(database, agency)) == set(chosen)
        rest = await (await launch_cycle(client, agency.cycle, queue=queue)).result()
    assert rest["started"] == 35 - SEVEN_EXEMPT - FOUR_UNRATED - 2


async def test_while_a_launch_runs_one_for_others_is_refused_and_one_for_the_same_joins(
    client: Client, database: AsyncEngine, queue: str, worker: Callable[[], Worker]
) -> None:
    agency = await large_agency(database, employees=30)
    who = Selection(people=(agency.employees[1], agency.employees[2]))
    running = await launch_cycle(client, agency.cycle, who=who, queue=queue)
    with pytest.raises(LaunchRunning) as refused:
        await launch_cycle(client, agency.cycle, queue=queue)
    assert refused.value.who.to_data() == who.to_data()
    same = Selection(people=(agency.employees[2], agency.employees[1], agency.employees[2]))
    joined = await launch_cycle(client, agency.cycle, who=same, pace=7, queue=queue)
    async with worker():
        assert (await joined.result())["started"] == (await running.result())["started"] == 2
        everybody = await launch_cycle(client, agency.cycle, queue=queue)
        assert (await everybody.result())["total"] == 33


async def test_no_more_people_are_started_in_a_second_than_the_pace_allows(
    client: Client, database: AsyncEngine, queue: str, worker: Callable[[], Worker]
) -> None:
    agency = await large_agency(database, employees=35)
    async with worker():
        began = asyncio.get_running_loop().time()
        result = await (await launch_cycle(client, agency.cycle, pace=8, queue=queue)).result()
        seconds = asyncio.get_running_loop().time() - began
    assert result["started"] == 29
    # The last page need not wait for its second to end.
    assert seconds >= (result["started"] - 8) / 8
    async with database.connect() as connection:
        rows = await connection.execute(
            text("SELECT count(*) FROM launch_outcome WHERE outcome = 'started' GROUP BY at")
        )
        assert max(rows.scalars()) <= 8


async def test_a_pause_stops_a_running_launch_within_two_seconds(
    client: Client, database: AsyncEngine, queue: str, worker: Callable[[], Worker]
) -> None:
    agency = await large_agency(database, employees=115)
    async with worker():
        handle = await launch_cycle(client, agency.cycle, pace=20, queue=queue)
        await _seen(handle, 20)
        assert (await pause_launch(client, agency.cycle))["paused"]
        await asyncio.sleep(2)
        before = await started_in(database, agency)
        await asyncio.sleep(2)
        assert await started_in(database, agency) == before < 109
        assert not (await resume_launch(client, agency.cycle))["paused"]
        assert (await handle.result())["started"] == 109


async def test_where_no_launch_runs_there_is_nothing_to_pause(
    client: Client, database: AsyncEngine, queue: str, worker: Callable[[], Worker]
) -> None:
    with pytest.raises(NoLaunchRuns):
        await pause_launch(client, uuid.uuid4())
    agency = await large_agency(database, employees=22)
    async with worker():
        await (await launch_cycle(client, agency.cycle, queue=queue)).result()
        with pytest.raises(NoLaunchRuns):
            await resume_launch(client, agency.cycle)


async def test_a_launch_goes_on_in_a_new_run_with_its_numbers_and_its_id(
    client: Client,
    database: AsyncEngine,
    queue: str,
    worker: Callable[[], Worker],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    agency = await large_agency(database, employees=75)
    monkeypatch.setattr(
        workflow.Info,
        "is_continue_as_new_suggested",
        lambda info: info.get_current_history_length() > _SHORT_HISTORY,
    )
    who = Selection(employment=("PNS",))
    async with appraisal_worker(client, database, queue=queue):
        handle = await launch_cycle(client, agency.cycle, who=who, pace=30, queue=queue)
        result = await handle.result()
    described = await handle.describe()
    assert handle.first_execution_run_id != described.run_id
    # By this a later start knows for whom the launch runs.
    assert await described.memo_value("who") == {"employment": ["PNS"]}
    assert (result["started"], result["seen"], result["skipped"]) == (69, 80, SKIPPED)
    assert result["who"] == {"employment": ["PNS"]}
    async with database.connect() as connection:
        launches = await connection.execute(text("SELECT DISTINCT launch_id FROM launch_outcome"))
        assert launches.scalars().all() == [handle.first_execution_run_id]


async def test_an_unknown_cycle_fails_at_once_and_says_so(
    client: Client, queue: str, worker: Callable[[], Worker]
) -> None:
    async with worker():
        handle = await launch_cycle(client, uuid.uuid4(), queue=queue)
        with pytest.raises(WorkflowFailureError) as failure:
            await handle.result()
    assert isinstance(failure.value.cause, ActivityError)
    assert isinstance(failure.value.cause.cause, ApplicationError)
    assert failure.value.cause.cause.type == "cycle_unknown"


async def _appraisal_of(database: AsyncEngine, agency: SmallAgency, employee: uuid.UUID) -> uuid.UUID:
    async with database.connect() as connection:
        found: uuid.UUID = (
            await connection.execute(
                text("SELECT id FROM appraisal WHERE cycle_id = :cycle AND employee_id = :employee"),
                {"cycle": agency.cycle, "employee": employee},
            )
        ).scalar_one()
        return found


async def _seen_by(database: AsyncEngine, agency: SmallAgency, person: uuid.UUID) -> list[CaseSummary]:
    """The appraisals that somebody sees in the list."""
    asker = Asker(person, agency.agency, ["employee", "rater"], [], dt.datetime.now(dt.UTC))
    async with database.connect() as connection:
        return await cases(connection, asker, CaseFilter(cycle=agency.cycle), after=None, limit=1_000)


async def _running(client: Client, database: AsyncEngine, agency: SmallAgency) -> set[uuid.UUID]:
    """The employees whose appraisal's workflow runs, asked one by one: lists in the engine come late."""
    slots = asyncio.Semaphore(16)

    async def runs(appraisal: uuid.UUID) -> bool:
        async with slots:
            try:
                described = await client.get_workflow_handle(appraisal_workflow_id(appraisal)).describe()
            except RPCError as error:
                if error.status is not RPCStatusCode.NOT_FOUND:
                    raise
                return False
            return described.status is WorkflowExecutionStatus.RUNNING

    found = await appraisals_in(database, agency)
    running = await asyncio.gather(*(runs(appraisal) for appraisal in found.values()))
    return {employee for employee, each in zip(found, running, strict=True) if each}


async def _rows_in(database: AsyncEngine, table: str) -> int:
    async with database.connect() as connection:
        return int(await connection.scalar(text(f"SELECT count(*) FROM {table}")) or 0)


async def _outcomes(database: AsyncEngine, agency: SmallAgency) -> dict[uuid.UUID, LaunchResult]:
    return {result.person: result async for page in every_result(database, agency.cycle) for result in page}


async def _unit(database: AsyncEngine, agency: SmallAgency, zone: str) -> uuid.UUID:
    unit = new_id()
    async with database.begin() as connection:
        await connection.execute(
            text("""
                INSERT INTO unit (id, agency_id, code, name, kind, zone, parent_id)
                VALUES (:id, :agency, 'U2', 'Dinas Contoh', '', :zone, :above)
            """),
            {"id": unit, "agency": agency.agency, "zone": zone, "above": agency.unit},
        )
    return unit


async def _move(database: AsyncEngine, unit: uuid.UUID, *people: uuid.UUID) -> None:
    async with database.begin() as connection:
        await connection.execute(
            text("UPDATE person SET unit_id = :unit WHERE id = ANY(:ids)"),
            {"unit": unit, "ids": list(people)},
        )


def _long_ago() -> dt.datetime:
    return dt.datetime(2026, 1, 5, tzinfo=dt.UTC)


async def _seen(handle: WorkflowHandle[Any, Any], people: int) -> None:
    for _ in range(1_000):
        if (await handle.query("progress"))["seen"] >= people:
            return
        await asyncio.sleep(0.05)
    raise AssertionError("the launch does not come on")
