"""Every list is found by an index: on twenty thousand appraisals a first page reads what it does on two."""

import datetime as dt
import json
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from store.appraisal.history import events_after
from store.appraisal.on_record import case_for, case_on_record
from store.appraisal.repository import Asker, CaseFilter, case, cases
from store.appraisal.tasks import task_counts, tasks
from store.appraisal.timeline import timeline
from store.cycle import repository as cycle_repository
from store.cycle.launching import candidates
from store.database import autocommit, create_engine
from store.document.repository import read
from store.following.reading import lag, overdue_wakes, wedged_candidates
from store.following.repository import claim, mark_overdue
from store.message import xray
from store.message.repository import Outbox
from store.person.repository import colleagues
from store.person.roles import grant_role
from store.result_history.repository import cases_before, cases_of_cycle
from tests.fixtures.agency import SmallAgency, build_agency
from tests.fixtures.inbox import bring_trouble, give_inboxes, statements, substitute
from tests.fixtures.population import numbered, populate
from tests.fixtures.servers import Template

pytestmark = pytest.mark.database

SMALL, LARGE = 2_000, 20_000
NOW = dt.datetime(2026, 2, 1, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)
WAITING, OVERDUE = 300, 300
"""Cases of which the engine is to be told, and cases on which time should have acted: however many there are."""
LARGE_TABLES = frozenset(
    {"appraisal", "assignment", "document", "event", "following", "message", "notice", "person", "task"}
)
PEOPLE = ("employee", "rater", "superior", "head", "top decider", "hr")

Call = Callable[[AsyncConnection], Awaitable[Any]]


@dataclass(frozen=True)
class Work:
    """What one call made the database do."""

    blocks: int
    """Pages of tables and indexes that were touched, also by the functions that the statement calls."""
    scanned: frozenset[str]
    """Tables that were read from end to end."""


@dataclass(frozen=True)
class Scene:
    """An agency and some of its people and things."""

    database: AsyncEngine
    agency: SmallAgency
    fresh_cycle: uuid.UUID
    people: dict[str, uuid.UUID]
    appraisal: uuid.UUID
    unit: uuid.UUID
    document: str

    def lists_of(self, who: str) -> Iterator[tuple[str, Call]]:
        """The lists of one person."""
        agency, person, hr = self.agency.agency, self.people[who], who == "hr"
        asker = Asker(person, agency, ["employee", "rater", "rater_superior", "hr"], ["appeals_officer"], NOW)
        filters = {
            "": CaseFilter(),
            " of a stage": CaseFilter(stage="plan_review"),
            " under objection": CaseFilter(stage="objection_review"),
            " of a holder": CaseFilter(holder="rater"),
            " of a cycle": CaseFilter(cycle=self.agency.cycle),
            " of a unit": CaseFilter(unit=self.unit),
            " overdue": CaseFilter(overdue=True),
            " of a stage and cycle": CaseFilter(stage="plan_drafting", cycle=self.agency.cycle),
        }
        for name, wanted in filters.items():
            yield f"{who}: appraisals{name}", partial(cases, asker=asker, wanted=wanted, after=None, limit=51)
        people = partial(colleagues, asker=person, agency=agency, now=NOW, after=None, limit=51)
        yield f"{who}: people", partial(people, name=None)
        # A personnel officer may search the agency for a part of a name, and has the tasks of everybody whose
        # line ends: both ask about all.
        if not hr:
            yield f"{who}: people of a name", partial(people, name="abc")
            yield f"{who}: tasks", partial(tasks, asker=asker, after=None, limit=51)
            yield f"{who}: tasks counted", partial(task_counts, asker=asker)

    def others(self) -> Iterator[tuple[str, Call]]:
        """What is asked about one thing, by a page, or by the relay and the launch."""
        agency, rater = self.agency, self.people["rater"]
        asker = Asker(rater, agency.agency, ["rater"], [], NOW)
        yield "an appraisal", lambda to: case(to, self.appraisal, asker)
        yield "its timeline", lambda to: timeline(to, self.appraisal, before=None, limit=51)
        yield "its events", lambda to: events_after(to, str(self.appraisal))
        yield "a text of it", lambda to: read(to, self.appraisal, self.document)
        yield "cycles", lambda to: cycle_repository.cycles(to, agency.agency, after=None, limit=51)
        yield (
            "standing of an action",
            lambda to: case_for(
                to,
                appraisal=self.appraisal,
                agency=agency.agency,
                person=rater,
                command="c1",
                wanted=["rater", "employee"],
            ),
        )
        page = partial(cases_of_cycle, cycle=agency.cycle, limit=101)
        yield "results of a page of people", partial(page, after=None)
        yield "results of a later page", partial(page, after=rater)
        yield "result of one person", partial(cases_of_cycle, cycle=agency.cycle, only=rater, limit=1)
        people = [self.people[each] for each in ("rater", "employee", "head")]
        yield (
            "results of the years before",
            partial(cases_before, people=people, first=2020, last=2026, rehearsal=False),
        )
        yield "standing of an order", lambda to: case_on_record(to, self.appraisal, "c1")
        yield "candidates", lambda to: candidates(to, self.fresh_cycle, after=None, limit=200, moment=NOW)
        yield "what the sweeper takes", lambda to: claim(to, 100, MINUTE)
        yield "wakes that were missed", lambda to: mark_overdue(to, MINUTE, 200)
        yield "how far the engine is behind", lag
        yield "how many wakes were missed", lambda to: overdue_wakes(to, MINUTE)
        yield "whose engine may be stuck", lambda to: wedged_candidates(to, 100)
        everything = xray.Filter()
        of_case = partial(xray.of_case, appraisal=self.appraisal, agency=agency.agency, wanted=everything)
        yield "what a case told", partial(of_case, recipient=None, after=None, limit=51)
        yield "what a case told one", partial(of_case, recipient=rater, after=None, limit=51)
        of_person = partial(xray.of_person, recipient=rater, agency=agency.agency, wanted=everything)
        yield "what somebody was told", partial(of_person, after=None, limit=51)
        counts = partial(xray.counts_of_person, recipient=rater, agency=agency.agency, wanted=everything)
        yield "how much somebody was told", counts
        yield "due notices", lambda _to: Outbox(self.database).claim(most=50, lease=dt.timedelta(minutes=1))

    async def work(self, call: Call) -> Work:
        """Lets the repository make its one statement, and has that statement explained as it is run."""
        made: list[tuple[str, Any]] = []

        def listen(_c: Any, _cursor: Any, statement: str, parameters: Any, _x: Any, _many: Any) -> None:
            made.append((statement, parameters))

        event.listen(self.database.sync_engine, "before_cursor_execute", listen)
        try:
            async with self.database.connect() as connection:
                await call(connection)
                await connection.rollback()
        finally:
            event.remove(self.database.sync_engine, "before_cursor_execute", listen)
        ((statement, parameters),) = made
        async with self.database.connect() as connection:
            explained = await connection.exec_driver_sql(
                f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {statement}", parameters
            )
            found = explained.scalar_one()
            await connection.rollback()
        (plan,) = json.loads(found) if isinstance(found, str) else found
        return _work(plan["Plan"])

    async def all_work(self) -> dict[str, Work]:
        """The work of every list."""
        lists = [each for who in PEOPLE for each in self.lists_of(who)] + list(self.others())
        return {name: await self.work(call) for name, call in lists}


@dataclass(frozen=True)
class Inbox:
    """What one inbox holds, and how many statements list and count it."""

    listed: int
    counted: int
    statements: int


@dataclass(frozen=True)
class Found:
    """What was measured."""

    lists: dict[str, tuple[Work, Work]]
    """The work of every list in a small agency, and after it has grown tenfold."""
    troubled: dict[str, Work]
    """The same in the grown agency when two in a hundred are away and two substituted."""
    inboxes: dict[str, dict[int, Inbox]]


def _work(plan: dict[str, Any]) -> Work:
    scanned: set[str] = set()
    nodes = [plan]
    for node in nodes:
        nodes += node.get("Plans", [])
        # What a condition on the asker excludes is planned and never run.
        if node["Node Type"] == "Seq Scan" and node["Actual Loops"]:
            scanned.add(node["Relation Name"])
    return Work(plan["Shared Hit Blocks"] + plan["Shared Read Blocks"], frozenset(scanned))


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def database(template: Template) -> AsyncIterator[AsyncEngine]:
    name = f"plans_{uuid.uuid4().hex}"
    maker = create_engine(template.url)
    async with autocommit(maker).connect() as connection:
        await connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template.name}"))
    made = create_engine(template.url_of(name))
    yield made
    await made.dispose()
    async with autocommit(maker).connect() as connection:
        # Nobody is left in it but autovacuum, which FORCE may not end and a plain DROP does.
        await connection.execute(text(f"DROP DATABASE {name}"))
    await maker.dispose()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def found(database: AsyncEngine) -> Found:
    """Lists and inboxes, one database for all."""
    agency = await build_agency(database)
    await populate(database, agency, 1, SMALL)
    async with database.begin() as transaction:
        fresh = await transaction.scalar(
            text("""
                INSERT INTO cycle (id, agency_id, name, year, scheme, clock, rehearsal, created_at)
                SELECT gen_random_uuid(), agency_id, 'fresh', year, scheme, clock, false, now()
                FROM cycle WHERE id = :cycle RETURNING id"""),
            {"cycle": agency.cycle},
        )
    numbers = {"employee": 1_500, "rater": 150, "superior": 15}
    people = {who: await numbered(database, agency, "person", number) for who, number in numbers.items()}
    appraisal = await numbered(database, agency, "appraisal", 1_500)
    async with database.connect() as connection:
        document = await connection.scalar(
            text("SELECT digest FROM document WHERE appraisal_id = :id"), {"id": appraisal}
        )
    people |= {"head": agency.head, "hr": agency.officer}
    people["top decider"] = await numbered(database, agency, "person", 1_499)
    async with database.begin() as transaction:
        await grant_role(transaction, people["top decider"], "top_decider")
    unit = await numbered(database, agency, "unit", 15)
    scene = Scene(database, agency, fresh, people, appraisal, unit, document)
    await _follow(database, waiting=WAITING, overdue=OVERDUE)
    small = await scene.all_work()
    await populate(database, agency, SMALL + 1, LARGE)
    await _follow(database)
    large = await scene.all_work()
    raters = await give_inboxes(database, agency)
    quiet = await _inboxes(database, agency, raters)
    await bring_trouble(database, agency, LARGE)
    troubled = await _inboxes(database, agency, raters)
    substitutes = await substitute(database, agency, raters)
    return Found(
        {name: (small[name], large[name]) for name in large},
        await scene.all_work(),
        {
            "nobody is away": quiet,
            "some are away or substituted": troubled,
            "as a substitute": await _inboxes(database, agency, substitutes),
        },
    )


async def _follow(database: AsyncEngine, *, waiting: int = 0, overdue: int = 0) -> None:
    """Lets the engine follow the new cases, but for some that wait and others whose wake was missed."""
    async with database.begin() as transaction:
        await transaction.execute(
            text("""
                INSERT INTO following (appraisal_id, sequence, followed, wake_at, marked_at, next_attempt_at)
                SELECT id, sequence, CASE WHEN place > :waiting THEN sequence END,
                    now() + CASE WHEN place BETWEEN :waiting + 1 AND :waiting + :overdue THEN interval '-1 hour'
                        ELSE interval '1 day' * (1 + place % 90) END,
                    now(), now() - interval '2 hours'
                FROM (
                    SELECT id, sequence, row_number() OVER (ORDER BY id) AS place FROM appraisal
                    WHERE NOT EXISTS (SELECT FROM following WHERE appraisal_id = appraisal.id)) AS new"""),
            {"waiting": waiting, "overdue": overdue},
        )
        await transaction.execute(text("ANALYZE following"))


async def _inboxes(
    database: AsyncEngine, agency: SmallAgency, holders: dict[int, uuid.UUID]
) -> dict[int, Inbox]:
    inboxes = {}
    for size, person in holders.items():
        asker = Asker(person, agency.agency, [], [], NOW)
        async with database.connect() as connection:
            with statements(database) as sent:
                listed = await tasks(connection, asker, after=None, limit=10 * size)
                counted = await task_counts(connection, asker)
        inboxes[size] = Inbox(len(listed), sum(count.open for count in counted), len(sent))
    return inboxes


@pytest.fixture(scope="module")
def work(found: Found) -> dict[str, tuple[Work, Work]]:
    return found.lists


async def test_no_large_table_is_read_from_end_to_end(work: dict[str, tuple[Work, Work]]) -> None:
    assert {
        name: sorted(large.scanned & LARGE_TABLES)
        for name, (_, large) in work.items()
        if large.scanned & LARGE_TABLES
    } == {}


async def test_ten_times_the_people_do_not_make_a_page_dearer(work: dict[str, tuple[Work, Work]]) -> None:
    assert {
        name: (small.blocks, large.blocks)
        for name, (small, large) in work.items()
        if large.blocks > 2 * small.blocks + 400
    } == {}


async def test_no_page_reads_more_than_a_few_thousand_blocks(work: dict[str, tuple[Work, Work]]) -> None:
    # The head has two hundred and twenty cases on two levels; for each is asked who rates and who is above.
    assert {name: large.blocks for name, (_, large) in work.items() if large.blocks > 7_500} == {}


async def test_people_who_are_away_or_substituted_let_no_list_read_a_large_table_from_end_to_end(
    found: Found,
) -> None:
    assert {
        name: sorted(work.scanned & LARGE_TABLES)
        for name, work in found.troubled.items()
        if work.scanned & LARGE_TABLES
    } == {}


async def test_people_who_are_away_or_substituted_make_a_page_three_times_as_dear_at_most(
    found: Found,
) -> None:
    assert {
        name: (found.lists[name][1].blocks, work.blocks)
        for name, work in found.troubled.items()
        if work.blocks > 3 * found.lists[name][1].blocks + 250
    } == {}


async def test_an_inbox_takes_as_many_statements_for_a_thousand_tasks_as_for_ten(found: Found) -> None:
    for state, inboxes in found.inboxes.items():
        assert inboxes == {size: Inbox(size, size, 2) for size in (10, 100, 1_000)}, state
