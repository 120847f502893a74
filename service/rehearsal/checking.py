"""Checks that an agency may rehearse."""

import uuid

from sqlalchemy.ext.asyncio import AsyncConnection

from store.cycle.rehearsing import has_real_cycles, scripted_people


class HasRealCycles(ValueError):
    """The agency has real appraisals, and a rehearsal would change who rates whom."""


class NoOfficer(ValueError):
    """The agency has no personnel officer."""


async def require_rehearsable(connection: AsyncConnection, agency: uuid.UUID) -> None:
    """Raises `HasRealCycles` or `NoOfficer` if the agency may not rehearse."""
    if await has_real_cycles(connection, agency):
        raise HasRealCycles
    if not any(person.hr for person in await scripted_people(connection, agency)):
        raise NoOfficer
