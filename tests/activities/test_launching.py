"""A page of a launch while the engine is in trouble: repeated at first, listed in the end."""

import dataclasses
import datetime as dt
import uuid

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.client import Client
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError, RPCStatusCode
from temporalio.testing import ActivityEnvironment

from activities import launching
from activities.launching import ATTEMPTS, Launching
from activities.starting import AppraisalStart, start_appraisal
from states.codec import Json
from store.launch.outcomes import FailReason, Outcome
from tests.fixtures.agency import SmallAgency, build_agency
from tests.workflows.launches import NEXT_YEAR

pytestmark = [pytest.mark.database, pytest.mark.engine]


@pytest.fixture
async def agency(database: AsyncEngine) -> SmallAgency:
    return await build_agency(database, employees=3, year=NEXT_YEAR)


@pytest.fixture
def refused(monkeypatch: pytest.MonkeyPatch) -> dict[str, RPCStatusCode]:
    """Employees whose start the engine answers with a status; a real engine cannot be made to single them out."""
    statuses: dict[str, RPCStatusCode] = {}

    async def start(client: Client, appraisal: AppraisalStart, *, queue: str) -> bool:
        status = statuses.get(appraisal.appraisal.employee)
        if status is not None:
            raise RPCError("trouble", status, b"")
        return await start_appraisal(client, appraisal, queue=queue)

    monkeypatch.setattr(launching, "start_appraisal", start)
    return statuses


async def page(client: Client, database: AsyncEngine, agency: SmallAgency, attempt: int) -> Json:
    environment = ActivityEnvironment()
    environment.info = dataclasses.replace(environment.info, attempt=attempt)
    request = {
        "cycle": str(agency.cycle),
        "launch": "a launch",
        "limit": 100,
        "began": dt.datetime.now(dt.UTC).isoformat(),
    }
    chunk = Launching(database, client, queue=f"nobody-{uuid.uuid4()}").launch_chunk
    answer: Json = await environment.run(chunk, request)
    return answer


async def noted(database: AsyncEngine, person: uuid.UUID) -> tuple[str, str]:
    async with database.connect() as connection:
        row = (
            await connection.execute(
                text("SELECT outcome, reason FROM launch_outcome WHERE person_id = :id"), {"id": person}
            )
        ).one()
    return row.outcome, row.reason


async def test_a_page_is_tried_again_while_the_engine_is_busy(
    client: Client, database: AsyncEngine, agency: SmallAgency, refused: dict[str, RPCStatusCode]
) -> None:
    refused[str(agency.employee)] = RPCStatusCode.RESOURCE_EXHAUSTED
    with pytest.raises(ApplicationError) as troubled:
        await page(client, database, agency, attempt=1)
    assert (troubled.value.type, troubled.value.non_retryable) == ("engine_troubled", False)
    assert await noted(database, agency.employee) == (Outcome.FAILED, FailReason.ENGINE_BUSY)
    assert await noted(database, agency.rater) == (Outcome.STARTED, "")
    refused.clear()
    answer = await page(client, database, agency, attempt=2)
    assert (answer["started"], answer["already"], answer["failed"]) == (7, 0, [])
    assert answer["seen"] == 8


@pytest.mark.parametrize(
    ("status", "reason"),
    (
        (RPCStatusCode.RESOURCE_EXHAUSTED, FailReason.ENGINE_BUSY),
        (RPCStatusCode.UNAVAILABLE, FailReason.ENGINE_AWAY),
        (RPCStatusCode.DEADLINE_EXCEEDED, FailReason.ENGINE_AWAY),
    ),
)
async def test_at_the_last_attempt_the_failures_stand_and_the_launch_goes_on(
    client: Client,
    database: AsyncEngine,
    agency: SmallAgency,
    refused: dict[str, RPCStatusCode],
    status: RPCStatusCode,
    reason: FailReason,
) -> None:
    refused[str(agency.employee)] = status
    answer = await page(client, database, agency, attempt=ATTEMPTS)
    assert (answer["started"], answer["failed"]) == (6, [reason])
    assert await noted(database, agency.employee) == (Outcome.FAILED, reason)


async def test_what_the_engine_refuses_for_good_is_not_tried_again(
    client: Client, database: AsyncEngine, agency: SmallAgency, refused: dict[str, RPCStatusCode]
) -> None:
    refused[str(agency.employee)] = RPCStatusCode.INVALID_ARGUMENT
    answer = await page(client, database, agency, attempt=1)
    assert answer["failed"] == [FailReason.ENGINE_REFUSED]


async def test_whoever_an_earlier_attempt_started_without_saying_so_counts_as_started(
    client: Client, database: AsyncEngine, agency: SmallAgency
) -> None:
    await page(client, database, agency, attempt=1)
    began = dt.datetime.now(dt.UTC) - dt.timedelta(minutes=1)
    async with database.begin() as connection:
        await connection.execute(text("UPDATE appraisal SET started_at = NULL"))
        await connection.execute(text("DELETE FROM launch_outcome"))
    environment = ActivityEnvironment()
    chunk = Launching(database, client, queue=f"nobody-{uuid.uuid4()}").launch_chunk
    request = {"cycle": str(agency.cycle), "launch": "a launch", "limit": 100, "began": began.isoformat()}
    answer: Json = await environment.run(chunk, request)
    assert (answer["started"], answer["already"]) == (7, 0)
    assert answer["skipped"] == {"no_rater": 1}


async def test_a_page_that_has_grown_since_it_was_cut_is_launched_in_parts(
    client: Client, database: AsyncEngine, agency: SmallAgency
) -> None:
    people = sorted(
        (agency.head, agency.director, agency.superior, agency.rater, agency.officer, *agency.employees)
    )
    chunk = Launching(database, client, queue=f"nobody-{uuid.uuid4()}").launch_chunk
    request = {"cycle": str(agency.cycle), "launch": "a launch", "limit": 3, "until": str(people[4])}
    first = await ActivityEnvironment().run(chunk, request)
    assert (first["seen"], first["after"]) == (3, str(people[2]))
    rest = await ActivityEnvironment().run(chunk, request | {"after": first["after"]})
    assert (rest["seen"], rest["after"]) == (2, None)


async def test_a_page_is_heard_of_while_it_runs(
    client: Client, database: AsyncEngine, agency: SmallAgency
) -> None:
    beats: list[object] = []
    environment = ActivityEnvironment()
    environment.on_heartbeat = lambda *details: beats.append(details)
    chunk = Launching(database, client, queue=f"nobody-{uuid.uuid4()}").launch_chunk
    await environment.run(chunk, {"cycle": str(agency.cycle), "launch": "a launch", "limit": 100})
    assert beats
