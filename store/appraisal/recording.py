"""Writes a decision in one statement: events, snapshot, tasks, deadlines, notices, evidence of receipt, the texts that
came with it, and the mark that the engine must follow.
"""

from sqlalchemy.ext.asyncio import AsyncConnection

from states.appointments import endings_of
from states.appraisal import Appraisal
from states.events import Acted
from states.rule_context import RuleContext
from store.appraisal.decision import Decision
from store.appraisal.decision_rows import parameters_of
from store.appraisal.recording_statement import STATEMENT
from store.appraisal.relations import write_relation, writes_relations
from store.meeting.ending import end_appointments


def is_one_statement(decision: Decision) -> bool:
    """Whether `record` writes the decision in a single statement; else it needs a transaction."""
    return not writes_relations(decision.events) and not endings_of(decision.events)


async def record(connection: AsyncConnection, decision: Decision, rules: RuleContext) -> Appraisal | None:
    """Writes ``decision`` and returns the snapshot after it. Returns None if the record has moved on meanwhile, if
    somebody else is writing it, or if it holds the command already. This never waits: the caller looks again.

    If the decision `is_one_statement`, it is one transaction also where the connection is in autocommit mode. For
    every other the caller opens a transaction of its own.
    """
    after, parameters = parameters_of(decision, rules)
    written = await connection.scalar(STATEMENT, parameters)
    if written != 1:
        return None
    for event in decision.events:
        if isinstance(event, Acted) and event.assignee is not None:
            await write_relation(connection, after, event)
    for ending in endings_of(decision.events):
        await end_appointments(connection, after.id, ending)
    return after
