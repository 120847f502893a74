"""How it is noted that the employee opened his case, or was shown his result."""

import uuid

from sqlalchemy.ext.asyncio import AsyncEngine

from activities.commanding import Commands
from service.accounts.tokens import Identity
from service.appraisals.attempt import Acknowledged, Attempt
from service.appraisals.checking import own_case
from service.appraisals.request import ActionRequest
from service.appraisals.result_shown import waits_to_be_seen
from service.appraisals.sending import carry_out
from states.codec import load_appraisal
from states.command_keys import SEEN
from states.errors import AlreadyRecorded, IllegalTransition
from states.stages import Capacity
from states.triggers import Trigger
from store.appraisal.on_record import CaseOnRecord
from store.receipt.seeing import see


async def note_opening(
    reading: AsyncEngine, commands: Commands, identity: Identity, appraisal: uuid.UUID
) -> Acknowledged:
    """Notes that the inbox has been seen, and with it a result that has not been received yet.

    Raises the errors of `own_case` and `carry_out`.
    """
    async with reading.connect() as connection:
        on_record = await own_case(connection, appraisal, identity)
    # If the receipt cannot be noted now, nothing is marked as seen either; a repeat does both.
    done = await _note_receipt(reading, commands, identity, on_record)
    async with reading.connect() as connection:
        await see(connection, appraisal, identity.person, on_record.at)
    return done


async def _note_receipt(
    reading: AsyncEngine, commands: Commands, identity: Identity, on_record: CaseOnRecord
) -> Acknowledged:
    """Notes that a result was seen, if it still waits for its receipt."""
    appraisal, current = on_record.appraisal, load_appraisal(on_record.snapshot)
    if not waits_to_be_seen(current):
        return Acknowledged(appraisal, current.stage, on_record.sequence)
    done = await note_result(commands, identity, appraisal, current.revision)
    if done is None:
        async with reading.connect() as connection:
            on_record = await own_case(connection, appraisal, identity)
        return Acknowledged(appraisal, on_record.snapshot["stage"], on_record.sequence)
    return done


async def note_result(
    commands: Commands, identity: Identity, appraisal: uuid.UUID, revision: int
) -> Acknowledged | None:
    """Notes that the employee has seen a result; once for each, however often he opens it.

    None where it was received by another way, or the case moved on, at the same moment: nothing is left to be
    noted. Raises what `carry_out` raises.
    """
    asked = ActionRequest(capacity=Capacity.EMPLOYEE)
    attempt = Attempt.of(identity, appraisal, Trigger.NOTE_SEEN, f"{SEEN}{revision}", asked)
    try:
        return await carry_out(commands, attempt)
    except (AlreadyRecorded, IllegalTransition):
        return None
