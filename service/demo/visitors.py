"""Finds people in whose name a visitor may look around: of each kind of user one, and of each agency an officer."""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncConnection

from service.accounts.tokens import TokenSigner
from service.demo.journeys import ONWARDS
from service.demo.systems import NASIONAL, DemoSystem
from service.demo.welcome import Visitor
from service.rehearsal.forms import filled_form
from service.rehearsal.texts import written
from states.codec import load_appraisal
from states.stages import Capacity, Stage
from states.table import ROWS
from store.cycle.rehearsing import RehearsedCase
from store.cycle.showing import WaitingTask, snapshot_of, waiting_tasks
from store.person.roles import people_like

VALID_FOR = dt.timedelta(days=30)

_ROLES = (
    ("appeals_officer", Capacity.APPEALS_OFFICER),
    ("supervisor", Capacity.RATER),
    ("staff", Capacity.EMPLOYEE),
)
"""The rare roles come first, because nobody is chosen twice."""

_PRINTED = ("staff", "supervisor", "hr", "appeals_officer")


async def find_visitors(
    connection: AsyncConnection,
    agency: uuid.UUID,
    cycles: Sequence[uuid.UUID],
    signer: TokenSigner,
    now: dt.datetime,
) -> dict[uuid.UUID, Visitor]:
    """One person for each kind of user of the national agency, by id: the one with the most tasks as such."""
    officer, head = await find_officer(connection, NASIONAL, cycles, signer, now)
    tasks = await waiting_tasks(connection, cycles, now)
    found = {officer: head}
    for role, capacity in _ROLES:
        fitting = [task for task in tasks if task.capacity == capacity and task.person not in found]
        if not fitting:
            continue
        busiest, number = Counter(task.person for task in fitting).most_common(1)[0]
        own = [task for task in fitting if task.person == busiest]
        token = signer.issue(busiest, agency, VALID_FOR)
        found[busiest] = await _visitor(connection, role, own[0], token, number)
    return dict(sorted(found.items(), key=lambda each: _PRINTED.index(each[1].role)))


async def find_officer(
    connection: AsyncConnection,
    system: DemoSystem,
    cycles: Sequence[uuid.UUID],
    signer: TokenSigner,
    now: dt.datetime,
) -> tuple[uuid.UUID, Visitor]:
    """The personnel officer who operates the system at an agency, who begins with the first of the cycles."""
    (person,) = await people_like(connection, nip=system.operator, agency=system.agency)
    tasks = await waiting_tasks(connection, cycles, now)
    visitor = Visitor(
        "hr",
        person.name,
        "",
        signer.issue(person.id, person.agency_id, VALID_FOR),
        sum(task.person == person.id for task in tasks),
        "GET",
        f"/api/v1/appraisals?cycle={cycles[0]}",
        None,
        system.agency,
    )
    return person.id, visitor


async def _visitor(
    connection: AsyncConnection, role: str, task: WaitingTask, token: str, tasks: int
) -> Visitor:
    step = ONWARDS.get(Stage(task.stage))
    if step is None or step[1] != task.capacity:
        return Visitor(role, task.name, task.post, token, tasks, "GET", "/api/v1/tasks", None)
    trigger = step[0]
    appraisal = load_appraisal(await snapshot_of(connection, task.appraisal))
    body = written(appraisal, trigger) if ROWS[Stage(task.stage), trigger][0].needs_text else {}
    prepared = await filled_form(
        connection, RehearsedCase(appraisal, {}), trigger, appraisal.entered_at.date()
    )
    if prepared is not None:
        body["content"] = prepared.content
    path = f"/api/v1/appraisals/{task.appraisal}/actions/{trigger}"
    return Visitor(role, task.name, task.post, token, tasks, "POST", path, body)
