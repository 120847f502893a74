"""A command is one transaction on the record: decided on what stands there, written once, told afterwards."""

import asyncio
import datetime as dt
import uuid
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from activities import turns
from activities.commanding import Commands
from activities.deciding import CaseUnknown
from activities.turns import CaseBusy, Queues
from states.chain import GENESIS, Link, link_hash
from states.clock import Clock, Segment
from states.codec import load_appraisal
from states.commands import Command
from states.decide import launched
from states.errors import IllegalTransition
from states.following import wake_at
from states.national import national_calendar
from states.rule_context import RuleContext
from states.stages import Capacity, Stage
from states.triggers import Trigger
from store.agency.rule_contexts import RulesUnknown, keep
from store.appraisal.decision import Document
from store.appraisal.history import events_after
from store.appraisal.launching import Entrant, appraisal_id, create
from store.following.repository import CaseToFollow
from tests.fixtures.agency import SmallAgency, build_agency

pytestmark = [pytest.mark.database]

NEW_YEAR = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
THIRD = dt.datetime(2026, 1, 3, 3, tzinfo=dt.UTC)
DOCUMENT = "b" * 64


@dataclass
class Heard:
    """What would be told to the engine."""

    cases: list[CaseToFollow] = field(default_factory=list)

    def note(self, case: CaseToFollow) -> None:
        self.cases.append(case)


@dataclass
class Case:
    """An appraisal on record whose business clock stands on 3 January."""

    id: uuid.UUID
    agency: SmallAgency
    database: AsyncEngine
    heard: Heard
    clock: Clock

    @property
    def commands(self) -> Commands:
        return Commands(self.database, self.heard)

    async def rows(self, statement: str) -> list[Any]:
        async with self.database.connect() as connection:
            return list(await connection.execute(text(statement)))

    async def following(self) -> Any:
        [row] = await self.rows("SELECT * FROM following")
        return row


@pytest.fixture
async def case(database: AsyncEngine) -> Case:
    clock = Clock((Segment(dt.datetime.now(dt.UTC), THIRD, 1.0),))
    agency = await build_agency(database, employees=1, clock=clock.to_data())
    event = launched(employee=str(agency.employee), year=2026, now=NEW_YEAR, rules=agency.rules)
    async with database.begin() as connection:
        await create(
            connection,
            agency.cycle,
            [Entrant(agency.employee, agency.unit, event)],
            rules=agency.rules,
            clock=clock,
        )
    return Case(appraisal_id(agency.cycle, agency.employee), agency, database, Heard(), clock)


def submission(case: Case, key: str = "submit", **fields: Any) -> Command:
    given: dict[str, Any] = {"document": DOCUMENT, "fingerprint": "f00d"} | fields
    return Command(
        id=key,
        trigger=Trigger.SUBMIT_PLAN,
        capacity=Capacity.EMPLOYEE,
        actor=str(case.agency.employee),
        **given,
    )


async def test_what_time_has_caused_is_recorded_before_the_command(case: Case) -> None:
    done = await case.commands.carry_out_checked(case.id, submission(case))
    assert (done.stage, done.sequence) == ("plan_review", 3)
    events = await case.rows("SELECT kind, command_id, at FROM event ORDER BY sequence")
    assert [(row.kind, row.command_id) for row in events] == [
        ("launched", "launch"),
        ("acted", "submit"),
        ("acted", "submit"),
    ]
    assert events[1].at == dt.datetime(2026, 1, 1, 17, tzinfo=dt.UTC)


async def test_a_command_marks_its_case_to_be_followed(case: Case) -> None:
    await case.commands.carry_out_checked(case.id, submission(case))
    row = await case.following()
    assert (row.sequence, row.followed) == (3, None)
    assert row.wake_at is not None


async def test_the_engine_is_told_after_which_event_the_step_comes(case: Case) -> None:
    await case.commands.carry_out_checked(case.id, submission(case))
    [told] = case.heard.cases
    assert (told.after, told.position.sequence, told.position.stage) == (1, 3, Stage.PLAN_REVIEW)


async def test_the_wake_on_record_is_the_one_that_is_told(case: Case) -> None:
    await case.commands.carry_out_checked(case.id, submission(case))
    assert (await case.following()).wake_at == case.heard.cases[0].position.wake_at


async def test_a_repeated_command_is_answered_from_the_record_and_told_to_nobody(case: Case) -> None:
    first = await case.commands.carry_out_checked(case.id, submission(case))
    assert await case.commands.carry_out_checked(case.id, submission(case)) == first
    assert len(await case.rows("SELECT * FROM event")) == 3
    assert len(case.heard.cases) == 1


async def test_a_repeated_command_is_answered_with_its_own_place_when_the_case_has_moved_on(
    case: Case,
) -> None:
    first = await case.commands.carry_out_checked(case.id, submission(case))
    returning = Command(
        id="return",
        trigger=Trigger.RETURN_PLAN,
        capacity=Capacity.RATER,
        actor=str(case.agency.rater),
        document=DOCUMENT,
    )
    await case.commands.carry_out_checked(case.id, returning)
    assert await case.commands.carry_out_checked(case.id, submission(case)) == first
    assert len(await case.rows("SELECT * FROM event")) == 4


async def test_many_copies_of_one_command_at_once_record_it_once(case: Case) -> None:
    everywhere = [Commands(case.database, case.heard) for _ in range(12)]
    done = await asyncio.gather(*(each.carry_out_checked(case.id, submission(case)) for each in everywhere))
    assert len(set(done)) == 1
    assert len(await case.rows("SELECT * FROM event")) == 3


async def test_of_rival_commands_of_many_processes_one_is_recorded_and_the_others_are_refused(
    case: Case,
) -> None:
    everywhere = [Commands(case.database, case.heard) for _ in range(8)]
    ended = await asyncio.gather(
        *(
            each.carry_out_checked(case.id, submission(case, f"rival-{number}"))
            for number, each in enumerate(everywhere)
        ),
        return_exceptions=True,
    )
    assert [type(each) for each in ended].count(IllegalTransition) == 7
    assert len(await case.rows("SELECT * FROM event")) == 3


async def test_a_refused_command_leaves_no_trace_on_record(case: Case) -> None:
    approving = Command(
        id="approve", trigger=Trigger.APPROVE_PLAN, capacity=Capacity.RATER, actor=str(case.agency.rater)
    )
    with pytest.raises(IllegalTransition):
        await case.commands.carry_out_checked(case.id, approving)
    assert len(await case.rows("SELECT * FROM event")) == 1
    assert case.heard.cases == []
    assert (await case.following()).sequence == 1


async def test_the_text_comes_on_record_with_its_command(case: Case) -> None:
    document = Document(DOCUMENT, "submit_plan", str(case.agency.employee), {"text": "Rencana"})
    await case.commands.carry_out_checked(case.id, submission(case), document)
    [row] = await case.rows("SELECT digest, appraisal_id, content FROM document")
    assert (row.digest, row.appraisal_id, row.content) == (DOCUMENT, case.id, {"text": "Rencana"})


async def test_a_command_may_bring_two_texts(case: Case) -> None:
    author = str(case.agency.employee)
    reasons = Document(DOCUMENT, "submit_plan", author, {"text": "Rencana"})
    second = Document("c" * 64, "submit_plan", author, {"text": "Lampiran"})
    await case.commands.carry_out_checked(case.id, submission(case), reasons, second)
    kept = {row.digest: row.content for row in await case.rows("SELECT digest, content FROM document")}
    assert kept == {DOCUMENT: {"text": "Rencana"}, "c" * 64: {"text": "Lampiran"}}


async def test_a_case_goes_on_by_another_calendar_that_the_command_names(case: Case) -> None:
    """A holiday more: whatever follows is counted by the new calendar, and the day before stays on record."""
    await case.commands.carry_out_checked(case.id, submission(case))
    decreed = national_calendar(zone="Asia/Jakarta", added=frozenset({dt.date(2026, 1, 29)}))
    new = RuleContext(case.agency.rules.book, decreed)
    async with case.database.begin() as transaction:
        await keep(transaction, new)
    adopting = Command(
        id="adopt",
        trigger=Trigger.ADOPT_CALENDAR,
        capacity=Capacity.HR,
        actor=str(case.agency.officer),
        document=DOCUMENT,
        calendar=decreed.key,
    )
    await case.commands.carry_out_checked(case.id, adopting)
    [row] = await case.rows("SELECT calendar, snapshot FROM appraisal")
    assert (row.calendar, row.snapshot["calendar"]) == (decreed.key, decreed.key)
    after = load_appraisal(row.snapshot)
    wakes = (await case.following()).wake_at
    assert wakes == wake_at(after, new, case.clock, after.entered_at)
    assert wakes != wake_at(after, case.agency.rules, case.clock, after.entered_at)


async def test_rules_that_are_not_on_record_change_nothing(case: Case) -> None:
    await case.commands.carry_out_checked(case.id, submission(case))
    adopting = Command(
        id="adopt",
        trigger=Trigger.ADOPT_CALENDAR,
        capacity=Capacity.HR,
        actor=str(case.agency.officer),
        document=DOCUMENT,
        calendar="nothing",
    )
    with pytest.raises(RulesUnknown):
        await case.commands.carry_out_checked(case.id, adopting)
    [row] = await case.rows("SELECT sequence FROM appraisal")
    assert row.sequence == 3


async def test_the_text_of_a_refused_command_is_not_kept(case: Case) -> None:
    document = Document(DOCUMENT, "return_plan", str(case.agency.rater), {"text": "Mohon diperbaiki"})
    returning = Command(
        id="return",
        trigger=Trigger.RETURN_PLAN,
        capacity=Capacity.RATER,
        actor=str(case.agency.rater),
        document=DOCUMENT,
    )
    with pytest.raises(IllegalTransition):
        await case.commands.carry_out_checked(case.id, returning, document)
    assert await case.rows("SELECT * FROM document") == []


async def test_a_case_that_is_not_on_record_is_unknown(case: Case) -> None:
    with pytest.raises(CaseUnknown):
        await case.commands.carry_out_checked(uuid.uuid4(), submission(case))


async def test_a_row_that_somebody_holds_makes_the_case_busy_and_not_the_service(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "PATIENCE", dt.timedelta(seconds=0.3))
    async with case.database.begin() as holding:
        await holding.execute(text("SELECT FROM appraisal FOR UPDATE"))
        began = asyncio.get_running_loop().time()
        with pytest.raises(CaseBusy):
            await case.commands.carry_out_checked(case.id, submission(case))
        assert asyncio.get_running_loop().time() - began < 3
    assert (await case.commands.carry_out_checked(case.id, submission(case))).sequence == 3


async def test_a_row_that_is_only_pointed_at_holds_nobody_up(case: Case) -> None:
    async with case.database.begin() as pointing:
        await pointing.execute(text("SELECT FROM appraisal FOR KEY SHARE"))
        assert (await case.commands.carry_out_checked(case.id, submission(case))).sequence == 3


async def test_commands_on_one_case_wait_for_each_other_in_the_order_of_their_coming() -> None:
    queues, case, order = Queues(), uuid.uuid4(), list[int]()

    async def one(number: int) -> None:
        async with queues.turn(case):
            order.append(number)
            await asyncio.sleep(0)

    await asyncio.gather(*(one(number) for number in range(20)))
    assert order == list(range(20))


async def test_too_long_a_queue_tells_the_last_to_try_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "LONGEST_QUEUE", 3)
    queues, case, release = Queues(), uuid.uuid4(), asyncio.Event()

    async def one() -> None:
        async with queues.turn(case):
            await release.wait()

    waiting = [asyncio.create_task(one()) for _ in range(3)]
    await asyncio.sleep(0.01)
    with pytest.raises(CaseBusy):
        await one()
    release.set()
    await asyncio.gather(*waiting)


async def test_who_waits_too_long_for_his_turn_is_told_to_try_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "PATIENCE", dt.timedelta(seconds=0.05))
    queues, case = Queues(), uuid.uuid4()
    async with queues.turn(case):
        with pytest.raises(CaseBusy):
            async with queues.turn(case):
                pytest.fail("somebody else has the turn")


async def test_another_case_has_a_queue_of_its_own() -> None:
    queues = Queues()
    async with queues.turn(uuid.uuid4()), queues.turn(uuid.uuid4()):
        pass


async def test_nothing_is_kept_of_cases_that_nobody_waits_for() -> None:
    queues = Queues()
    for _ in range(5):
        async with queues.turn(uuid.uuid4()):
            pass
    assert not queues._waiting
    assert not queues._locks


async def test_time_acts_at_its_legal_instants_and_the_engine_need_not_be_told(case: Case) -> None:
    position = await case.commands.bring_up_to(case.id, lambda now: now)
    assert (position.stage, position.sequence) == (Stage.PLAN_DRAFTING, 2)
    row = await case.following()
    assert (row.sequence, row.followed, row.wake_at) == (2, 2, position.wake_at)
    assert case.heard.cases == []


async def test_time_that_has_nothing_to_do_records_nothing_and_puts_the_wake_right(case: Case) -> None:
    await case.commands.bring_up_to(case.id, lambda now: now)
    async with case.database.begin() as connection:
        await connection.execute(text("UPDATE following SET wake_at = NULL, trouble = 'Mended'"))
    position = await case.commands.bring_up_to(case.id, lambda now: now)
    assert len(await case.rows("SELECT * FROM event")) == 2
    row = await case.following()
    assert (row.wake_at, row.trouble) == (position.wake_at, "")


async def test_a_wake_and_a_command_at_one_moment_both_come_on_record_once(case: Case) -> None:
    one, other = Commands(case.database, case.heard), Commands(case.database, case.heard)
    await asyncio.gather(
        one.carry_out_checked(case.id, submission(case)), other.bring_up_to(case.id, lambda now: now)
    )
    events = await case.rows("SELECT body ->> 'trigger' AS trigger FROM event ORDER BY sequence")
    assert [row.trigger for row in events] == [None, "open_planning", "submit_plan"]


async def test_the_database_computes_the_same_hashes_as_the_core(case: Case) -> None:
    await case.commands.carry_out_checked(case.id, submission(case))
    previous = GENESIS
    async with case.database.connect() as connection:
        for row in await events_after(connection, str(case.id)):
            link = Link(str(case.id), row.sequence, row.kind, row.body, row.command_id, row.fingerprint)
            assert row.hash == link_hash(previous, link)
            previous = row.hash


async def test_a_task_a_deadline_and_a_notice_come_with_the_event(case: Case) -> None:
    await case.commands.carry_out_checked(case.id, submission(case))
    [task] = await case.rows("SELECT stage, capacity, due_on FROM task WHERE closed_at IS NULL")
    assert (task.stage, task.capacity) == ("plan_review", "rater")
    [deadline] = await case.rows("SELECT due_on, article FROM deadline WHERE ended_sequence IS NULL")
    assert deadline.due_on == task.due_on
    assert "24" in deadline.article
    [notice] = await case.rows("SELECT recipient_id, template FROM notice WHERE state = 'created'")
    assert (notice.recipient_id, notice.template) == (case.agency.rater, "task_opened")


async def test_a_reassignment_holds_for_the_case_and_leaves_the_agency_s_relations_alone(
    case: Case,
) -> None:
    command = Command(
        id="hand-over",
        trigger=Trigger.REASSIGN,
        capacity=Capacity.HR,
        actor=str(case.agency.officer),
        document=DOCUMENT,
        assignee=str(case.agency.director),
        assigned_capacity=Capacity.RATER,
    )
    await case.commands.carry_out_checked(case.id, command)
    found = await case.rows(
        f"SELECT holder_id, appraisal_id FROM assignment WHERE employee_id = '{case.agency.employee}' "
        "AND valid_until IS NULL ORDER BY valid_from"
    )
    assert [tuple(row) for row in found] == [(case.agency.rater, None), (case.agency.director, case.id)]
    assert [each.position.sequence for each in case.heard.cases] == [3]


async def test_a_created_case_is_marked_with_its_first_wake(case: Case) -> None:
    row = await case.following()
    assert (row.sequence, row.followed, row.replaces) == (1, None, False)
    snapshot = (await case.rows("SELECT snapshot FROM appraisal"))[0].snapshot
    assert row.wake_at is not None
    assert snapshot["sequence"] == 1


@pytest.mark.parametrize("table", ("event", "document", "attempt"))
async def test_the_record_only_grows(case: Case, table: str) -> None:
    with pytest.raises(DBAPIError, match="append-only"):
        async with case.database.begin() as connection:
            await connection.execute(text(f"DELETE FROM {table}"))
