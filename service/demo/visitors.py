"""Finds a person of each kind of user who has something to do."""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncConnection

from service.accounts.tokens import TokenSigner
from service.demo.journeys import ONWARDS
from service.demo.systems import NASIONAL
from service.demo.welcome import Visitor
from service.rehearsal.texts import written
from states.codec import load_appraisal
from states.stages import Capacity, Stage
from states.table import ROWS
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
    connection: AsyncConnection, cycles: Sequence[uuid.UUID], signer: TokenSigner, now: dt.datetime
) -> dict[uuid.UUID, Visitor]:
    """One person for each kind of user, by id: the one with the most tasks in that capacity."""
    tasks = await waiting_tasks(connection, cycles, now)
    (head,) = await people_like(connection, nip=NASIONAL.operator, agency=NASIONAL.agency)
    path = f"/api/v1/appraisals?cycle={cycles[0]}"
    open_to_hr = sum(task.person == head.id for task in tasks)
    found = {
        head.id: Visitor(
            "hr",
            head.name,
            "",
            signer.issue(head.id, head.agency_id, VALID_FOR),
            open_to_hr,
            "GET",
            path,
            None,
        )
    }
    for role, capacity in _ROLES:
        fitting = [task for task in tasks if task.capacity == capacity and task.person not in found]
        if not fitting:
            continue
        busiest, number = Counter(task.person for task in fitting).most_common(1)[0]
        own = [task for task in fitting if task.person == busiest]
        token = signer.issue(busiest, head.agency_id, VALID_FOR)
        found[busiest] = await _visitor(connection, role, own[0], token, number)
    return dict(sorted(found.items(), key=lambda each: _PRINTED.index(each[1].role)))


async def _visitor(
    connection: AsyncConnection, role: str, task: WaitingTask, token: str, tasks: int
) -> Visitor:
    step = ONWARDS.get(Stage(task.stage))
    if step is None or step[1] != task.capacity:
        return Visitor(role, task.name, task.post, token, tasks, "GET", "/api/v1/tasks", None)
    trigger = step[0]
    body = {}
    if ROWS[Stage(task.stage), trigger][0].needs_text:
        body = written(load_appraisal(await snapshot_of(connection, task.appraisal)), trigger)
    path = f"/api/v1/appraisals/{task.appraisal}/actions/{trigger}"
    return Visitor(role, task.name, task.post, token, tasks, "POST", path, body)
