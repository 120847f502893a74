"""Keeps what the skills of people came to in step with their cases."""

import datetime as dt
from contextlib import AbstractAsyncContextManager

from sqlalchemy.ext.asyncio import AsyncEngine

from service.skills.noting import BATCH, SkillNoting
from service.temporal.looking_again import looking_again

PAUSE = dt.timedelta(seconds=60)
"""The pause between two rounds. Whoever asks for the picture of a unit has the last few cases derived at once."""


def noting_skills(database: AsyncEngine, *, pause: dt.timedelta = PAUSE) -> AbstractAsyncContextManager[None]:
    """Derives for as long as the block runs."""
    return looking_again(
        SkillNoting(database).note_waiting, batch=BATCH, pause=pause, failure="skills_not_derived"
    )
