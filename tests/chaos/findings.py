"""What must be true of the record after any number of crashes."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Container, Iterable
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from service.audit.verifying import first_break
from states.agenda import agenda
from states.codec import load_appraisal, load_event
from states.events import Launched
from states.evolve import evolve, launch
from states.notices import Notice, notices_of, still_to_tell
from states.stages import CLOSED_STAGES, HOLDERS, Capacity
from store.agency.rule_contexts import rule_context_of
from store.appraisal.auditing import AuditedAppraisal, Scope, audited
from tests.chaos.ledger import Asked


@dataclass(frozen=True)
class Record:
    """Everything on record, read once."""

    appraisals: list[AuditedAppraisal]
    tasks: dict[uuid.UUID, list[str]]
    """Stages of the open tasks."""
    notices: list[Any]

    @classmethod
    async def read(cls, database: AsyncEngine) -> "Record":
        """The record as it stands."""
        appraisals = [each async for each in audited(database, Scope())]
        tasks: dict[uuid.UUID, list[str]] = defaultdict(list)
        async with database.connect() as connection:
            for row in await connection.execute(
                text("SELECT appraisal_id, stage FROM task WHERE closed_at IS NULL AND duty = ''")
            ):
                tasks[row.appraisal_id].append(row.stage)
            # A channel that takes over from another writes the same notice anew, which no event asks for again.
            notices = (
                await connection.execute(text("SELECT * FROM notice WHERE reason <> 'fallback'"))
            ).all()
        return cls(appraisals, tasks, list(notices))


def of_commands(record: Record, asked: Iterable[Asked]) -> list[str]:
    """Each acknowledged command is on record once, as it was told; a refused one has left nothing."""
    found = []
    acted: dict[tuple[uuid.UUID, str], list[Any]] = defaultdict(list)
    for row in record.appraisals:
        for event in row.events:
            acted[row.id, event.command_id].append(event)
    known = set()
    for each in asked:
        known.add((each.appraisal, each.key))
        events = acted.get((each.appraisal, each.key), [])
        sequences = [event.sequence for event in events]
        by_somebody = [event for event in events if event.actor_id is not None]
        what = f"{each.trigger} {each.key} on {each.appraisal}"
        if not each.settled:
            found.append(f"{what}: its outcome never became known")
        elif not each.acknowledged:
            found += [f"{what}: refused as {each.refused}, yet on record at {sequences}"] if events else []
        elif len(by_somebody) != 1:
            found.append(f"{what}: acknowledged, and on record at {sequences}")
        elif sequences != list(range(sequences[0], sequences[0] + len(sequences))):
            found.append(f"{what}: spread over {sequences}")
        else:
            last = events[-1]
            right = (str(last.body["target"]), last.sequence)
            told = {(answer.stage, answer.sequence) for answer in each.acknowledged}
            if told != {right}:
                found.append(f"{what}: told {told}, recorded {right}")
    for appraisal, command in acted:
        if (appraisal, command) not in known and not command.startswith(("wake:", "launch", "seen:")):
            found.append(f"{command} on {appraisal}: nobody asked for it")
    return found


def of_the_chain(record: Record) -> list[str]:
    """Events are whole, in order, each once."""
    broken = [first_break(appraisal) for appraisal in record.appraisals]
    return [f"{each.appraisal}: {each.kind} at {each.sequence}" for each in broken if each is not None]


async def of_tasks(record: Record, database: AsyncEngine) -> list[str]:
    """Whoever is awaited has one open task; where nobody is, the clock is to act or the case is closed."""
    found = []
    for row in record.appraisals:
        appraisal, open_tasks = load_appraisal(row.snapshot), record.tasks.get(row.id, [])
        if appraisal.stage in CLOSED_STAGES:
            right: list[str] = []
        elif HOLDERS[appraisal.stage] is Capacity.CLOCK:
            right = []
            if agenda(appraisal, await rule_context_of(database, appraisal)) is None:
                found.append(f"{row.id}: waits on a clock that will never act")
        else:
            right = [appraisal.stage.value]
        if open_tasks != right:
            found.append(f"{row.id} in {appraisal.stage}: open tasks {open_tasks}")
    return found


def of_notices(record: Record, cases: Container[uuid.UUID]) -> list[str]:
    """Every event of ``cases`` has the notices that it asks for, and no notice is there twice or of itself."""
    found: list[str] = []
    expected: set[tuple[Any, ...]] = set()
    for row in record.appraisals:
        appraisal, decided = None, list[Notice]()
        for event, following in zip_longest(row.events, row.events[1:]):
            content = load_event(event.kind, event.body)
            if appraisal is None:
                assert isinstance(content, Launched)
                appraisal = launch(str(row.id), content)
            else:
                appraisal = evolve(appraisal, content)
            decided += notices_of(content, appraisal)
            if following is None or following.command_id != event.command_id:
                expected |= {
                    (row.id, notice.occurrence, notice.stage, notice.rule, notice.template)
                    for notice in still_to_tell(decided, appraisal)
                }
                decided = []
    each_once = Counter(
        (n.appraisal_id, n.occurrence, n.rule, n.recipient_id, n.channel) for n in record.notices
    )
    found += [f"notice {key} is there {times} times" for key, times in each_once.items() if times > 1]
    present = {(n.appraisal_id, n.occurrence, n.stage, n.rule, n.template) for n in record.notices}
    # The only personnel officer is told nothing as such of the own case.
    found += [f"notice {key} is missing" for key in expected - present if key[0] in cases]
    found += [f"notice {key} belongs to no event" for key in present - expected]
    return found
