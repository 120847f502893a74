"""Prepares the surveys of a cycle for whoever asks for it."""

import uuid

from sqlalchemy.ext.asyncio import AsyncEngine

from service.accounts.tokens import Identity
from service.cycles.checking import require_cycle
from service.problems import FieldError, Invalid, NotFound
from service.surveys.preparing import PreparedSurveys, prepare_cycle, surveys_of_schemes
from service.surveys.schemas import PreparedAnswer, PrepareSurveys
from service.surveys.wording import UNKNOWN_SURVEY
from store.survey.preparing import surveyed_cycles


async def request_preparation(
    database: AsyncEngine, identity: Identity, cycle: uuid.UUID, body: PrepareSurveys
) -> PreparedAnswer:
    """Prepares what is lacking, for personnel officers. Raises `HrOnly`, `NotFound` and `Invalid`."""
    async with database.connect() as connection:
        await require_cycle(connection, cycle, identity)
    done = await prepare(database, cycle, body.input)
    return PreparedAnswer(prepared=done.surveys, invitations=done.invitations)


async def prepare(database: AsyncEngine, cycle: uuid.UUID, name: str | None) -> PreparedSurveys:
    """Prepares what is lacking in a cycle. Raises `NotFound` and `Invalid` for a survey that no scheme has."""
    async with database.connect() as connection:
        found = await surveyed_cycles(connection, cycle)
        known = {survey async for _, survey, _ in surveys_of_schemes(connection)}
    if not found:
        raise NotFound
    if name is not None and name not in known:
        raise Invalid(errors=[FieldError("/input", UNKNOWN_SURVEY)])
    return await prepare_cycle(database, found[0], name)
