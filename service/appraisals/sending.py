"""Carries out an attempt: checks it against the case, makes a command, decides and records it."""

from sqlalchemy.ext.asyncio import AsyncConnection

from activities.commanding import Commands
from activities.deciding import Prepared
from activities.turns import CaseBusy
from service.appraisals.attempt import Acknowledged, Attempt
from service.appraisals.checking import right_to
from service.appraisals.commanding import command_of, documents_of
from service.appraisals.conflict import handed_up
from service.appraisals.handing_in import handed_in
from service.problems import Busy
from states.triggers import Trigger
from store.appraisal.on_record import Recorded


async def carry_out(commands: Commands, attempt: Attempt) -> Acknowledged:
    """The recorded action. Raises as `right_to`, `handed_in` and the core do, and `Busy` while others are at it."""
    try:
        done = await commands.carry_out(attempt.appraisal, lambda connection: _prepared(connection, attempt))
    except CaseBusy:
        raise Busy from None
    return Acknowledged(attempt.appraisal, done.stage, done.sequence)


async def _prepared(connection: AsyncConnection, attempt: Attempt) -> Prepared | Recorded:
    right = await right_to(connection, attempt)
    if right.on_record.recorded is not None:
        return right.on_record.recorded
    filled = await handed_in(connection, attempt, right.on_record)
    documents = documents_of(attempt, filled)
    command = command_of(attempt, right.capacity, right.behalf, documents)
    if attempt.trigger is Trigger.DECLARE_CONFLICT:
        command = await handed_up(connection, right.on_record, command)
    return Prepared(right.on_record, command, documents)
