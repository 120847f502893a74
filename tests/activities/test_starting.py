"""The engine is told of a case: its workflow is started once, follows the record and shows nothing personal."""

import asyncio
import datetime as dt
import uuid
from collections import Counter
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.api.enums.v1 import EventType
from temporalio.client import Client, WorkflowExecutionStatus, WorkflowHandle
from temporalio.common import SearchAttributeKey
from temporalio.worker import Worker

from activities.search_attributes import CYCLE, UNIT
from activities.starting import appraisal_workflow_id, tell
from service.temporal.registry import appraisal_worker
from service.temporal.worker import sandboxed
from states.decide import launched
from states.following import Position
from states.stages import Stage
from store.appraisal.launching import Entrant, create
from store.following.repository import CaseToFollow, claim
from tests.fixtures.agency import SmallAgency, build_agency
from tests.workflows.launches import NEXT_YEAR

pytestmark = [pytest.mark.database, pytest.mark.engine]

LEASE = dt.timedelta(seconds=30)


@dataclass(frozen=True)
class Told:
    """A case on record, and the engine that is told of it."""

    client: Client
    database: AsyncEngine
    agency: SmallAgency
    case: CaseToFollow
    queue: str

    async def tell(self, case: CaseToFollow | None = None) -> None:
        """Tells of the case as the sweeper would, or of ``case``."""
        await tell(self.client, case or self.case, queue=self.queue)

    @property
    def handle(self) -> WorkflowHandle[Any, Any]:
        return self.client.get_workflow_handle(appraisal_workflow_id(self.case.appraisal))

    async def run_id(self) -> str | None:
        """The run that the workflow is at."""
        return (await self.handle.describe()).run_id

    async def position(self) -> Position:
        """Where the workflow believes the case to stand, once it has nothing to ask."""
        async with asyncio.timeout(30):
            while True:
                found = await self.handle.query("position", result_type=dict)
                if not found["unsure"]:
                    wake = found["wake"] and dt.datetime.fromisoformat(found["wake"])
                    return Position(found["sequence"], Stage(found["stage"]), None, wake)
                await asyncio.sleep(0.02)

    async def run(self, statement: str, **parameters: Any) -> None:
        """Changes the record."""
        async with self.database.begin() as connection:
            await connection.execute(text(statement), parameters | {"id": self.case.appraisal})


@pytest.fixture
async def told(client: Client, database: AsyncEngine) -> Told:
    """A case that sleeps until next year's planning opens, and of which the engine has not heard."""
    agency = await build_agency(database, year=NEXT_YEAR)
    now = dt.datetime.now(dt.UTC)
    event = launched(employee=str(agency.employee), year=NEXT_YEAR, now=now, rules=agency.rules)
    entrant = Entrant(agency.employee, agency.unit, event)
    async with database.begin() as connection:
        await create(connection, agency.cycle, [entrant], rules=agency.rules)
        (case,) = await claim(connection, 10, LEASE)
    return Told(client, database, agency, case, f"told-{uuid.uuid4()}")


@pytest.fixture
async def worker(told: Told) -> AsyncIterator[Worker]:
    serving = appraisal_worker(told.client, told.database, queue=told.queue, runner=sandboxed())
    async with serving:
        yield serving


async def test_a_workflow_begins_with_a_position_and_nothing_else(told: Told) -> None:
    await told.tell()
    history = await told.handle.fetch_history()
    started = history.events[0].workflow_execution_started_event_attributes
    decoded = await told.client.data_converter.decode(started.input.payloads)
    assert decoded == [told.case.position.to_text()]
    assert Position.from_text(decoded[0]) == told.case.position


async def test_operators_see_the_cycle_and_the_unit_but_nobody(told: Told) -> None:
    await told.tell()
    described = await told.handle.describe()
    shown: Callable[[SearchAttributeKey[str]], str | None] = described.typed_search_attributes.get
    assert (shown(CYCLE), shown(UNIT)) == (str(told.agency.cycle), str(told.agency.unit))
    assert await described.static_summary() == f"penilaian {NEXT_YEAR}"
    assert described.task_queue == told.queue
    written = (await told.handle.fetch_history()).to_json()
    async with told.database.connect() as connection:
        rows = await connection.execute(
            text("SELECT CAST(id AS text), nip, name FROM person WHERE id = :id"),
            {"id": told.agency.employee},
        )
        assert [each for each in rows.one() if each in written] == []


async def test_told_twice_it_is_started_once_and_stands_where_it_stood(told: Told, worker: Worker) -> None:
    await told.tell()
    before, run = await told.position(), await told.run_id()
    await told.tell()
    assert await told.position() == before == told.case.position
    assert await told.run_id() == run
    async with told.database.connect() as connection:
        assert await connection.scalar(text("SELECT count(*) FROM event")) == 1


async def test_told_by_many_at_once_it_is_started_once_and_hears_the_others(told: Told) -> None:
    await asyncio.gather(*(told.tell() for _ in range(8)))
    history = await told.handle.fetch_history()
    kinds = Counter(event.event_type for event in history.events)
    assert kinds[EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED] == 1
    assert kinds[EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED] == 7


async def test_where_the_next_wake_is_not_known_the_record_is_asked(told: Told, worker: Worker) -> None:
    unknown = replace(told.case.position, wake_at=None)
    await told.tell(replace(told.case, position=unknown))
    assert await told.position() == told.case.position
    assert told.case.position.wake_at is not None


async def test_a_workflow_that_is_to_be_replaced_ends_and_the_next_one_asks_the_record(
    told: Told, worker: Worker
) -> None:
    await told.tell()
    former = await told.run_id()
    await told.tell(replace(told.case, replaces=True))
    ended = await told.client.get_workflow_handle(told.handle.id, run_id=former).describe()
    assert ended.status is WorkflowExecutionStatus.TERMINATED
    assert await told.run_id() != former
    assert await told.position() == told.case.position


async def test_a_workflow_whose_run_was_lost_begins_anew_from_the_record(told: Told, worker: Worker) -> None:
    await told.tell()
    former = await told.run_id()
    await told.handle.terminate("an operator's mistake")
    await told.tell()
    assert await told.run_id() != former
    assert await told.position() == told.case.position


async def test_told_of_a_case_that_is_closed_on_record_the_workflow_ends(told: Told, worker: Worker) -> None:
    await told.tell()
    await closed(told)
    await told.tell(step(told, Stage.FINALISED, after=1))
    assert await told.handle.result() == "finalised"


async def test_a_closed_case_of_which_the_engine_never_heard_ends_as_it_begins(
    told: Told, worker: Worker
) -> None:
    await closed(told)
    await told.tell(step(told, Stage.FINALISED, after=None))
    assert await told.handle.result() == "finalised"


async def test_a_closed_case_that_is_reopened_gets_a_run_of_its_own(told: Told, worker: Worker) -> None:
    await told.tell()
    await closed(told)
    await told.tell(step(told, Stage.FINALISED, after=1))
    await told.handle.result()
    former = await told.run_id()
    await told.run(
        """
        UPDATE appraisal SET sequence = 3, stage = 'rating', holder = 'rater', outcome = NULL,
            snapshot = snapshot || '{"sequence": 3, "stage": "rating", "outcome": null}' WHERE id = :id
        """
    )
    await told.tell(step(told, Stage.RATING, sequence=3, after=2))
    assert await told.run_id() != former
    found = await told.position()
    assert (found.sequence, found.stage) == (3, Stage.RATING)


async def test_where_no_engine_answers_it_is_said(told: Told) -> None:
    nowhere = await Client.connect("127.0.0.1:1", lazy=True)
    with pytest.raises(RuntimeError):
        await tell(nowhere, told.case, queue=told.queue)


async def closed(told: Told) -> None:
    """The record as it stands when the year of the case is over."""
    await told.run(
        """
        UPDATE appraisal SET sequence = 2, stage = 'finalised', holder = NULL, outcome = 'agreed',
            snapshot = snapshot || '{"sequence": 2, "stage": "finalised", "outcome": "agreed"}' WHERE id = :id
        """
    )


def step(told: Told, stage: Stage, *, sequence: int = 2, after: int | None) -> CaseToFollow:
    """The case where it stands by then."""
    return replace(told.case, position=Position(sequence, stage), after=after)
