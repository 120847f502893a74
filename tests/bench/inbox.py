"""The inbox of a rater in a large agency, against a join of the same rows that asks nobody who is responsible."""

import datetime as dt
import tempfile
import time
import uuid
from collections.abc import Awaitable, Callable
from pathlib import Path
from statistics import median

from sqlalchemy import bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlalchemy.types import DateTime, Uuid

from service.runtime.scratch import scratch_postgres
from store.appraisal.repository import Asker
from store.appraisal.tasks import task_counts, tasks
from store.database import create_engine
from store.migrating import upgrade
from tests.bench.figures import Figure
from tests.fixtures.agency import build_agency
from tests.fixtures.inbox import POPULATION, bring_trouble, give_inboxes, statements, substitute
from tests.fixtures.population import populate

NOW = dt.datetime(2026, 2, 1, tzinfo=dt.UTC)

PAGE = 51
"""What the API asks for unless it is told otherwise: fifty, and whether there are more."""

# Finds and sorts the same tasks by the relations in force, and leaves out who is away, stands in or may not judge.
_BARE = text("""
    SELECT task.id, task.appraisal_id, task.stage, task.capacity, task.opened_at, task.due_on,
        COALESCE(CAST(appraisal.snapshot -> 'deadline' ->> 'lapsed' AS boolean), false), employee.id,
        employee.name, cycle.id, cycle.name
    FROM assignment
    JOIN appraisal ON appraisal.employee_id = assignment.employee_id
    JOIN cycle ON cycle.id = appraisal.cycle_id
    JOIN task ON task.appraisal_id = appraisal.id AND task.closed_at IS NULL AND task.capacity = 'rater'
    JOIN person AS employee ON employee.id = appraisal.employee_id
    WHERE assignment.holder_id = :person AND assignment.capacity = 'rater' AND assignment.valid_from <= :now
        AND (assignment.valid_until IS NULL OR assignment.valid_until > :now)
    ORDER BY COALESCE(task.due_on, 'infinity'), task.id
""").bindparams(bindparam("person", type_=Uuid()), bindparam("now", type_=DateTime(timezone=True)))

Question = Callable[[AsyncConnection], Awaitable[int]]


async def measure(quick: bool) -> list[Figure]:
    """Milliseconds of whole inboxes, and how many statements each takes."""
    people, repeats = (POPULATION, 10) if quick else (20_000, 30)
    with tempfile.TemporaryDirectory(prefix="kinerja-bench-") as directory:
        # PostgreSQL runs as another user below it.
        Path(directory).chmod(0o711)  # noqa: ASYNC240  # once, before anything is measured
        with scratch_postgres(Path(directory) / "postgres") as server:
            database = create_engine(server.url)
            try:
                await upgrade(database)
                return await _measure(database, people, repeats)
            finally:
                await database.dispose()


async def _measure(database: AsyncEngine, people: int, repeats: int) -> list[Figure]:
    agency = await build_agency(database)
    await populate(database, agency, 1, people)
    raters = await give_inboxes(database, agency)
    in_quiet = [
        await _inbox(database, agency.agency, rater, size, repeats, "nobody is away")
        for size, rater in raters.items()
    ]
    await bring_trouble(database, agency, people)
    largest = max(raters)
    in_trouble = [
        await _inbox(database, agency.agency, rater, size, repeats, "4 % away or substituted")
        for size, rater in raters.items()
    ]
    acting = (await substitute(database, agency, raters))[largest]
    substituted = await _inbox(
        database, agency.agency, acting, largest, repeats, "as a substitute", relation_of=raters[largest]
    )
    return [figure for figures in (*in_quiet, *in_trouble, substituted) for figure in figures]


async def _inbox(
    database: AsyncEngine,
    agency: uuid.UUID,
    person: uuid.UUID,
    size: int,
    repeats: int,
    state: str,
    *,
    relation_of: uuid.UUID | None = None,
) -> list[Figure]:
    asker = Asker(person, agency, [], [], NOW)

    async def whole(connection: AsyncConnection) -> int:
        return len(await tasks(connection, asker, after=None, limit=10 * size))

    async def first_page(connection: AsyncConnection) -> int:
        return len(await tasks(connection, asker, after=None, limit=PAGE))

    async def counted(connection: AsyncConnection) -> int:
        return sum(count.open for count in await task_counts(connection, asker))

    async def bare(connection: AsyncConnection) -> int:
        return len((await connection.execute(_BARE, {"person": relation_of or person, "now": NOW})).all())

    found: dict[Question, list[float]] = {whole: [], first_page: [], counted: [], bare: []}
    async with database.connect() as connection:
        with statements(database) as sent:
            await _timed(connection, whole, size)
        for _ in range(repeats):
            for question, milliseconds in found.items():
                expected = min(size, PAGE) if question is first_page else size
                milliseconds.append(await _timed(connection, question, expected))
    what = f"{size} tasks, {state}"
    floor = median(found[bare])
    return [
        Figure("inbox", what, "ms", median(found[whole]), floor),
        Figure("inbox", f"{what}: first page", "ms", median(found[first_page]), floor),
        Figure("inbox", f"{what}: counted", "ms", median(found[counted]), floor),
        Figure("inbox", f"{what}: statements", "", len(sent), 1, "1"),
    ]


async def _timed(connection: AsyncConnection, question: Question, expected: int) -> float:
    began = time.perf_counter()
    found = await question(connection)
    milliseconds = (time.perf_counter() - began) * 1000
    if found != expected:
        raise RuntimeError(f"{found} tasks instead of {expected}")
    return milliseconds
