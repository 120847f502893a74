"""Whatever dies while surveys close, each ends closed exactly once, with the tally of all its answers."""

import asyncio
import os
import signal
import sys
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine

from tests.fixtures.surveys import (
    AFTER,
    BEFORE,
    OPEN,
    SECRET,
    SurveyedAgency,
    answer,
    survey_agency,
)

pytestmark = pytest.mark.database

TABLES = ("survey_mean", "survey_text", "survey_ballot")
END_OF_BACKEND = "SELECT pg_terminate_backend(pg_backend_pid())"


class Died(Exception):
    """The process, in the middle of something."""


def _raises(statement: str) -> str:
    raise Died(statement)


def _kills(_statement: str) -> str:
    return END_OF_BACKEND


async def _answered(database: AsyncEngine) -> tuple[SurveyedAgency, uuid.UUID]:
    surveys = await survey_agency(database, employees=4)
    survey = await surveys.opened(surveys.agency.employee)
    for person, step in zip(await surveys.invited(survey), ("always", "often", "never"), strict=True):
        await surveys.answer(survey, person, answer(step, strong=step, weak="-"))
    await surveys.on(AFTER)
    return surveys, survey


async def _state(surveys: SurveyedAgency, survey: uuid.UUID) -> Any:
    counts = [
        await surveys.value(f"SELECT count(*) FROM {table} WHERE survey_id = :id", id=survey)
        for table in TABLES
    ]
    (row,) = await surveys.rows(
        "SELECT survey.state, survey.answers, wrapped_key IS NULL AS keyless, ended_at IS NULL AS attended, number"
        " FROM survey JOIN attended USING (id) LEFT JOIN input_result USING (appraisal_id, input)"
        " WHERE survey.id = :id",
        id=survey,
    )
    return counts, tuple(row)


BEFORE_CLOSING = ([0, 0, 3], ("open", None, False, True, None))
CLOSED = ([3, 6, 0], ("closed", 3, True, False, 90.0))


@pytest.mark.parametrize("dies", (_raises, _kills))
async def test_a_closing_that_dies_at_any_statement_changes_nothing_and_is_done_again(
    database: AsyncEngine, dies: Callable[[str], str]
) -> None:
    surveys, survey = await _answered(database)
    left = [0]

    def count_down(
        _connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, _many: bool
    ) -> tuple[str, Any]:
        left[0] -= 1
        return (dies(statement), ()) if left[0] == 0 else (statement, parameters)

    event.listen(database.sync_engine, "before_cursor_execute", count_down, retval=True)
    statements = 0
    try:
        while True:
            statements += 1
            left[0] = statements
            try:
                done = await surveys.attend(survey)
            except Exception:
                left[0] = 0
                assert await _state(surveys, survey) == BEFORE_CLOSING
            else:
                break
    finally:
        event.remove(database.sync_engine, "before_cursor_execute", count_down)
    assert done == {"state": "ended"}
    assert statements > 8, "every statement of the closing was the last one once"
    assert await _state(surveys, survey) == CLOSED


async def _until(surveys: SurveyedAgency, closed: int) -> None:
    query = "SELECT count(*) FROM survey WHERE state = 'closed'"
    async with asyncio.timeout(60):
        while await surveys.value(query) < closed:  # noqa: ASYNC110  # the process tells nobody
            await asyncio.sleep(0.01)


async def _start(url: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.service.surveys.closing_process",
        env={**os.environ, "DATABASE_OF_TEST": url, "SECRET_OF_TEST": SECRET},
        stdout=asyncio.subprocess.DEVNULL,
    )


async def test_processes_that_are_killed_while_many_close_leave_each_closed_once(
    database: AsyncEngine, database_url: str
) -> None:
    surveys = await survey_agency(database, employees=30, appraised=("employees",))
    await surveys.on(BEFORE)
    await surveys.prepare()
    await surveys.on(OPEN)
    numbers = {"always": 120, "often": 100, "seldom": 75, "never": 50}
    expected = {}
    for place, person in enumerate(surveys.agency.employees):
        survey = await surveys.survey(person)
        await surveys.attend(survey)
        step = list(numbers)[place % 4]
        for invited in (await surveys.invited(survey))[:3]:
            await surveys.answer(survey, invited, answer(step, strong=f"{survey}"))
        expected[survey] = float(numbers[step])
    await surveys.on(AFTER)
    process = await _start(database_url)
    await _until(surveys, 6)
    process.send_signal(signal.SIGKILL)
    await process.wait()
    last, beside = await _start(database_url), await _start(database_url)
    assert (await last.wait(), await beside.wait()) == (0, 0)
    rows = await surveys.rows(
        "SELECT survey.id, survey.state, survey.outcome, survey.answers, number FROM survey"
        " JOIN input_result USING (appraisal_id, input)"
    )
    assert {row.id: row.number for row in rows} == expected
    assert {(row.state, row.outcome, row.answers) for row in rows} == {("closed", "counted", 3)}
    assert await surveys.value("SELECT count(*) FROM survey_mean") == 3 * 30
    texts = await surveys.rows("SELECT survey_id, words FROM survey_text")
    assert sorted(str(row.survey_id) for row in texts) == sorted(row.words for row in texts)
    assert len(texts) == 3 * 30
    assert await surveys.value("SELECT count(*) FROM survey_ballot") == 0


async def test_a_ballot_that_somebody_tampered_with_is_not_counted_and_stops_nobody(
    database: AsyncEngine,
) -> None:
    surveys = await survey_agency(database, employees=6)
    survey = await surveys.opened(surveys.agency.employee)
    for person in await surveys.invited(survey):
        await surveys.answer(survey, person)
    await surveys.run(
        "UPDATE survey_ballot SET sealed = set_byte(sealed, 100, get_byte(sealed, 100) # 1)"
        " WHERE id = (SELECT id FROM survey_ballot LIMIT 1)"
    )
    # Nor does it help to copy somebody's answer, so that the mean says what he said.
    await surveys.run(
        "INSERT INTO survey_ballot (id, survey_id, sealed)"
        " SELECT gen_random_uuid(), survey_id, sealed FROM survey_ballot"
    )
    await surveys.closed(survey)
    (row,) = await surveys.rows("SELECT outcome, answers, damaged FROM survey")
    assert tuple(row) == ("counted", 4, 6)


async def test_under_another_secret_nothing_closes_and_nothing_is_lost(database: AsyncEngine) -> None:
    surveys, survey = await _answered(database)
    right = surveys.seals
    surveys.seals = type(right)("another secret of the installation")
    with pytest.raises(Exception, match="KeyUnreadable"):
        await surveys.attend(survey)
    assert await _state(surveys, survey) == BEFORE_CLOSING
    surveys.seals = right
    await surveys.closed(survey)
    assert await _state(surveys, survey) == CLOSED
