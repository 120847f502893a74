"""A declared conflict of interest names its successor when the command is made: whoever is above at that moment."""

import uuid
from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncConnection

from states.codec import load_appraisal
from states.commands import Command
from states.stages import Capacity
from store.appraisal.on_record import CaseOnRecord
from store.appraisal.rater_above import rater_above


async def handed_up(connection: AsyncConnection, on_record: CaseOnRecord, command: Command) -> Command:
    """The command with the next level up as its assignee, whatever was asked; none where nobody is above."""
    declared = load_appraisal(on_record.snapshot).conflicted
    barred = [uuid.UUID(person) for person in (command.actor, *declared)]
    above = await rater_above(connection, on_record.appraisal, barred)
    return replace(command, assignee=None if above is None else str(above), assigned_capacity=Capacity.RATER)
