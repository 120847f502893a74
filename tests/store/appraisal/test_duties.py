"""What is owed beside the stage of a case: its tasks, deadlines and notices on record."""

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from states.stages import Capacity, Stage
from states.triggers import Trigger
from store.appraisal.repository import Asker
from store.appraisal.tasks import Task, task_counts, tasks
from store.inbox.reading import inbox
from store.message.repository import Outbox
from tests.fixtures.agency import SmallAgency, build_agency
from tests.fixtures.cases import RecordedCase, message_each, notices
from tests.fixtures.results import DELIVERED_AT, delivered_result, objection_under_review, officer_acts

pytestmark = pytest.mark.database

NEXT_DAY = DELIVERED_AT + dt.timedelta(days=1)
AFTER_THE_TERM = dt.datetime(2026, 1, 15, 5, tzinfo=dt.UTC)
"""Both sides were asked on 6 January; their five working days end on the 13th."""
REPORT_DUE = dt.date(2027, 2, 28)


@pytest.fixture
async def agency(database: AsyncEngine) -> SmallAgency:
    return await build_agency(database)


@pytest.fixture
async def review(database: AsyncEngine, agency: SmallAgency) -> RecordedCase:
    return await objection_under_review(database, agency)


@pytest.fixture
async def asked(review: RecordedCase) -> RecordedCase:
    """Both sides were asked, the rater a day later."""
    await officer_acts(review, Trigger.ASK_EMPLOYEE, DELIVERED_AT)
    await officer_acts(review, Trigger.ASK_RATER, NEXT_DAY)
    return review


async def rows(database: AsyncEngine, statement: str) -> list[Any]:
    async with database.connect() as connection:
        return list((await connection.execute(text(statement))).all())


async def open_tasks(database: AsyncEngine) -> dict[str, tuple[str, dt.date]]:
    """Capacity and due day of each open task, by its duty."""
    found = await rows(database, "SELECT duty, capacity, due_on FROM task WHERE closed_at IS NULL")
    return {row.duty: (row.capacity, row.due_on) for row in found}


async def deadlines(database: AsyncEngine, duty: str) -> list[Any]:
    return [
        row for row in await rows(database, "SELECT * FROM deadline ORDER BY sequence") if row.duty == duty
    ]


def asker(agency: SmallAgency, person: Any) -> Asker:
    return Asker(
        person, agency.agency, ["employee", "rater", "hr"], ["appeals_officer"], dt.datetime.now(dt.UTC)
    )


async def tasks_of(database: AsyncEngine, agency: SmallAgency, person: Any) -> dict[str, Task]:
    async with database.connect() as connection:
        found = await tasks(connection, asker(agency, person), after=None, limit=10)
        counted = await task_counts(connection, asker(agency, person))
    assert sum(count.open for count in counted) == len(found)
    assert sum(count.overdue for count in counted) == sum(task.overdue for task in found)
    return {task.duty: task for task in found}


async def told(database: AsyncEngine) -> set[tuple[str, str]]:
    """Template and duty of everything that leaves by e-mail now."""
    await message_each(database)
    claimed = await Outbox(database).claim(most=100, lease=dt.timedelta(minutes=1))
    return {(case.template, case.duty) for message in claimed.messages for case in message.oldest}


async def test_two_sides_that_are_asked_have_a_task_each(database: AsyncEngine, asked: RecordedCase) -> None:
    assert await open_tasks(database) == {
        "": ("appeals_officer", dt.date(2026, 2, 5)),
        "report": ("rater", REPORT_DUE),
        "employee_statement": ("employee", dt.date(2026, 1, 13)),
        "rater_statement": ("rater", dt.date(2026, 1, 14)),
    }


async def test_an_explanation_closes_the_task_of_its_side_alone(
    database: AsyncEngine, asked: RecordedCase
) -> None:
    await asked.act(Trigger.GIVE_STATEMENT, Capacity.EMPLOYEE, NEXT_DAY)
    assert set(await open_tasks(database)) == {"", "report", "rater_statement"}
    assert asked.appraisal.stage is Stage.OBJECTION_REVIEW


async def test_the_decision_closes_what_is_still_owed(database: AsyncEngine, asked: RecordedCase) -> None:
    await asked.act(Trigger.GIVE_STATEMENT, Capacity.EMPLOYEE, NEXT_DAY)
    await asked.act(Trigger.GIVE_STATEMENT, Capacity.RATER, NEXT_DAY)
    await officer_acts(asked, Trigger.UPHOLD_RESULT, NEXT_DAY)
    assert set(await open_tasks(database)) == {""}
    running = await rows(database, "SELECT duty, rule FROM deadline WHERE ended_sequence IS NULL")
    assert [tuple(row) for row in running] == [("", "report-settled")]


async def test_a_side_that_is_asked_again_has_a_new_task(database: AsyncEngine, asked: RecordedCase) -> None:
    await asked.wake(AFTER_THE_TERM)
    await officer_acts(asked, Trigger.ASK_EMPLOYEE, AFTER_THE_TERM)
    found = await rows(
        database,
        "SELECT due_on, closed_at FROM task WHERE duty = 'employee_statement' ORDER BY opened_sequence",
    )
    assert [row.due_on for row in found] == [dt.date(2026, 1, 13), dt.date(2026, 1, 23)]
    assert [row.closed_at is None for row in found] == [False, True]


async def test_the_lapse_of_an_explanation_is_on_its_row(database: AsyncEngine, asked: RecordedCase) -> None:
    await asked.wake(AFTER_THE_TERM)
    [side] = await deadlines(database, "employee_statement")
    assert side.lapsed_at == dt.datetime(2026, 1, 13, 17, tzinfo=dt.UTC)
    assert side.ended_sequence is None
    assert all(row.lapsed_at is None for row in await deadlines(database, ""))


async def test_each_has_what_he_owes_in_his_list(
    database: AsyncEngine, agency: SmallAgency, asked: RecordedCase
) -> None:
    mine = await tasks_of(database, agency, agency.employee)
    assert set(mine) == {"employee_statement"}
    task = mine["employee_statement"]
    assert (task.stage, task.capacity, task.due_on) == ("objection_review", "employee", dt.date(2026, 1, 13))
    assert set(await tasks_of(database, agency, agency.rater)) == {"report", "rater_statement"}
    assert set(await tasks_of(database, agency, agency.superior)) == {""}


async def test_what_is_owed_is_overdue_by_its_own_day(
    database: AsyncEngine, agency: SmallAgency, asked: RecordedCase
) -> None:
    await asked.wake(AFTER_THE_TERM)
    rater = await tasks_of(database, agency, agency.rater)
    assert {duty: task.overdue for duty, task in rater.items()} == {"report": False, "rater_statement": True}
    assert not (await tasks_of(database, agency, agency.superior))[""].overdue


async def test_a_suspension_closes_what_is_owed_and_the_return_opens_it_with_another_day(
    database: AsyncEngine, agency: SmallAgency, asked: RecordedCase
) -> None:
    officer = {"actor": str(agency.officer)}
    await asked.act(Trigger.SUSPEND, Capacity.HR, NEXT_DAY, **officer)
    assert set(await open_tasks(database)) == {""}
    await asked.act(Trigger.RESUME, Capacity.HR, NEXT_DAY + dt.timedelta(days=7), **officer)
    assert (await open_tasks(database))["employee_statement"] == ("employee", dt.date(2026, 1, 21))
    resumed = (await deadlines(database, "employee_statement"))[-1]
    assert (resumed.due_before, resumed.due_on) == (dt.date(2026, 1, 13), dt.date(2026, 1, 21))


async def test_an_extension_keeps_the_day_of_the_law_and_the_day_before(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    case = await delivered_result(database, agency)
    await case.act(Trigger.ACKNOWLEDGE_RECEIPT, Capacity.EMPLOYEE, DELIVERED_AT)
    await case.act(
        Trigger.EXTEND,
        Capacity.HR,
        NEXT_DAY,
        actor=str(agency.officer),
        until=dt.date(2026, 1, 27),
        authority="a" * 64,
    )
    extended = (await deadlines(database, ""))[-1]
    by_law = dt.date(2026, 1, 20)
    assert (extended.due_on, extended.statutory_on, extended.due_before) == (
        dt.date(2026, 1, 27),
        by_law,
        by_law,
    )
    assert (await open_tasks(database))[""] == ("employee", dt.date(2026, 1, 27))


async def test_facts_are_told_whatever_the_case_did_next(database: AsyncEngine, review: RecordedCase) -> None:
    facts = await notices(database, template="objection_filed")
    assert [row.state for row in facts] == ["created", "created"]
    assert ("objection_filed", "") in await told(database)


async def test_what_was_asked_and_answered_before_it_left_is_not_sent(
    database: AsyncEngine, asked: RecordedCase
) -> None:
    await asked.act(Trigger.GIVE_STATEMENT, Capacity.EMPLOYEE, NEXT_DAY)
    states = {row.duty: row.state for row in await notices(database, template="duty_opened")}
    assert states == {"employee_statement": "cancelled", "rater_statement": "created"}
    sent = await told(database)
    assert ("duty_opened", "rater_statement") in sent
    assert ("duty_opened", "employee_statement") not in sent


async def test_an_answer_after_the_planning_stops_the_message(
    database: AsyncEngine, asked: RecordedCase
) -> None:
    await message_each(database)
    await asked.act(Trigger.GIVE_STATEMENT, Capacity.EMPLOYEE, NEXT_DAY)
    assert ("duty_opened", "employee_statement") not in await told(database)


async def test_the_one_who_lost_and_the_one_with_a_task_hear_the_outcome(
    database: AsyncEngine, asked: RecordedCase
) -> None:
    await asked.act(Trigger.GIVE_STATEMENT, Capacity.EMPLOYEE, NEXT_DAY)
    await asked.act(Trigger.GIVE_STATEMENT, Capacity.RATER, NEXT_DAY)
    await officer_acts(asked, Trigger.UPHOLD_RESULT, NEXT_DAY)
    ended = await notices(database, template="objection_ended", channel="inbox")
    assert {row.recipient_id for row in ended} == {asked.agency.employee, asked.agency.rater}
    opened = [row for row in await notices(database, template="task_opened") if row.stage == "reporting"]
    assert [row.recipient_id for row in opened] == [asked.agency.rater]


async def test_the_inbox_shows_until_when_something_is_owed_and_whether_it_still_is(
    database: AsyncEngine, asked: RecordedCase
) -> None:
    async def shown() -> tuple[bool, dt.date | None]:
        async with database.connect() as connection:
            found = await inbox(connection, asked.employee, unseen=False, after=None, limit=50)
        [notice] = [notice for notice in found if notice.duty == "employee_statement"]
        return notice.lasts, notice.due_on

    assert await shown() == (True, dt.date(2026, 1, 13))
    await asked.act(Trigger.GIVE_STATEMENT, Capacity.EMPLOYEE, NEXT_DAY)
    assert await shown() == (False, dt.date(2026, 1, 13))
