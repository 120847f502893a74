"""An installation whose appraisals run in workflows of the former kind gets over to those that follow."""

import uuid
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.client import Client, WorkflowExecutionStatus

from activities.patrolling import Patrol
from activities.starting import appraisal_workflow_id
from activities.sweeping import Sweeper
from store.database import autocommit, create_engine
from store.migrating import upgrade
from store.migrations.versions.r0009_the_engine_follows import FOLLOW_ALL
from tests.activities.telling import open_shop
from tests.fixtures.servers import Template

pytestmark = [pytest.mark.database, pytest.mark.engine]

FORMER_KIND = "Appraisal"
AGENCY = """
    INSERT INTO agency (id, name, zone, created_at) VALUES (:agency, 'Kota Lama', 'Asia/Jakarta', now());
    INSERT INTO unit (id, agency_id, code, name, kind, zone)
        VALUES (:unit, :agency, 'U', 'Badan', '', 'Asia/Jakarta');
    INSERT INTO person (id, agency_id, unit_id, nip, name, title_before, title_after, post, post_kind, echelon, grade,
        employment, legal_standing, email, phone)
        VALUES (:person, :agency, :unit, '197701012000011901', 'Ani', '', '', '', '2', '', '', 'PNS', '01', '', '');
    INSERT INTO scheme (key, content, created_at) VALUES ('s@1', '{}', now());
    INSERT INTO calendar (key, content, created_at) VALUES ('c', '{}', now());
    INSERT INTO cycle (id, agency_id, name, year, scheme, clock, rehearsal, created_at)
        VALUES (:cycle, :agency, '2026', 2026, 's@1', '[]', false, now());
"""
APPRAISAL = """
    INSERT INTO appraisal (id, cycle_id, employee_id, unit_id, period, stage, sequence, revision, holder, outcome, head,
        snapshot, calendar, entered_at, updated_at, started_at)
    VALUES (:id, :cycle, :person, :unit, :period, :stage, 4, 1, :holder, :outcome, :head, '{}', 'c', now(), now(),
        CASE WHEN :started THEN now() END)
"""
OUTCOME = """
    INSERT INTO launch_outcome (cycle_id, person_id, outcome, reason, appraisal_id, launch_id, at)
    VALUES (:cycle, :person, 'failed', 'engine_away', :id, 'launch', now())
"""


@pytest.fixture
async def former_tables(template: Template) -> AsyncIterator[AsyncEngine]:
    """A database with the tables of before."""
    name = f"former_{uuid.uuid4().hex}"
    maker = create_engine(template.url)
    async with autocommit(maker).connect() as connection:
        await connection.execute(text(f"CREATE DATABASE {name}"))
    database = create_engine(template.url_of(name))
    await upgrade(database, "0008")
    yield database
    await database.dispose()
    async with autocommit(maker).connect() as connection:
        await connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    await maker.dispose()


async def test_the_migration_marks_every_open_case_to_be_followed_anew(
    former_tables: AsyncEngine,
) -> None:
    names = ("agency", "unit", "person", "cycle", "open", "closed", "unstarted")
    ids = {name: uuid.uuid4() for name in names}
    async with former_tables.begin() as connection:
        for statement in AGENCY.split(";")[:-1]:
            given = {name: ids[name] for name in names if f":{name}" in statement}
            await connection.execute(text(statement), given)
        for period, (name, stage, holder, outcome, started) in enumerate(
            (
                ("open", "plan_review", "rater", None, True),
                ("closed", "finalised", None, "agreed", True),
                ("unstarted", "scheduled", "clock", None, False),
            ),
            start=1,
        ):
            await connection.execute(
                text(APPRAISAL),
                {
                    "id": ids[name],
                    **{each: ids[each] for each in ("cycle", "person", "unit")},
                    "period": period,
                    "stage": stage,
                    "holder": holder,
                    "outcome": outcome,
                    "head": "0" * 64,
                    "started": started,
                },
            )
        await connection.execute(
            text(OUTCOME), {"cycle": ids["cycle"], "person": ids["person"], "id": ids["unstarted"]}
        )
    await upgrade(former_tables)
    async with former_tables.connect() as connection:
        rows = (await connection.execute(text("SELECT * FROM following"))).all()
        unstarted = await connection.scalar(text("SELECT count(*) FROM appraisal WHERE started_at IS NULL"))
        outcome = await connection.scalar(text("SELECT outcome FROM launch_outcome"))
    assert {row.appraisal_id for row in rows} == {ids["open"], ids["unstarted"]}
    assert {(row.sequence, row.followed, row.replaces) for row in rows} == {(4, None, True)}
    assert (unstarted, outcome) == (0, "started")


async def test_a_workflow_of_the_former_kind_is_ended_and_the_record_goes_on(
    client: Client, database: AsyncEngine
) -> None:
    shop = await open_shop(client, database)
    names = [appraisal_workflow_id(shop.case(number)) for number in (0, 1)]
    formers = [await client.start_workflow(FORMER_KIND, id=name, task_queue=shop.queue) for name in names]
    await shop.run("DELETE FROM following")
    await shop.run(FOLLOW_ALL)
    async with shop.worker():
        await Sweeper(database, client, queue=shop.queue).sweep()
        await shop.stands("plan_drafting", 2)
        await shop.submit()
        await shop.run("UPDATE following SET next_attempt_at = now()")
        await Sweeper(database, client, queue=shop.queue).sweep()
        await shop.stands("plan_review", 3)
    for former in formers:
        first_run = client.get_workflow_handle(former.id, run_id=former.first_execution_run_id)
        assert (await first_run.describe()).status is WorkflowExecutionStatus.TERMINATED


async def test_a_workflow_of_the_former_kind_that_no_open_case_has_is_ended(
    client: Client, database: AsyncEngine
) -> None:
    shop = await open_shop(client, database)
    left = await client.start_workflow(
        FORMER_KIND, id=appraisal_workflow_id(uuid.uuid4()), task_queue=shop.queue
    )
    patrol = Patrol(database, client, queue=shop.queue)
    for _ in range(100):
        if await patrol.end_strays():
            break
    assert (await left.describe()).status is WorkflowExecutionStatus.TERMINATED
