"""The whole file of a case, for a person who may see it."""

import uuid

from sqlalchemy.ext.asyncio import AsyncEngine

from service.accounts.tokens import Identity
from service.appraisals.acting import Acting
from service.appraisals.result_shown import TextGiven
from service.file.material import material_of
from service.file.schemas import CaseFile
from service.file.showing import shown_file
from service.periods.reading import RESULT
from states.triggers import Trigger
from translations import Locale


async def file_of(
    reading: AsyncEngine, acting: Acting, appraisal: uuid.UUID, identity: Identity, locale: Locale
) -> CaseFile:
    """All of the case that the asker sees; own results in it are noted as seen before they are given out.

    Raises `NotFound` for a case out of sight, and what `Acting.note_shown` raises.
    """
    async with reading.connect() as connection:
        material = await material_of(connection, appraisal, identity)
    course = material.course
    given = [TextGiven(Trigger.RATE, present=True)] if course.result is not None else []
    given += [TextGiven(Trigger.DELIVER_RESULT, present=True)] if course.meeting is not None else []
    await acting.note_shown(identity, material.sight.sight, given)
    for other in material.unseen:
        await acting.note_shown(identity, other, RESULT)
    return shown_file(material, locale)
