"""The agency of the demonstration."""

import uuid

from sqlalchemy.ext.asyncio import AsyncEngine

from service.roster import RosterFile, read_roster
from service.roster.applying import apply_roster
from service.roster.sample import sample_file
from store.person.roles import grant_role, people_like

AGENCY = "Kota Contoh"

HEAD_OF_PERSONNEL = "198701282012081988"
_SECRETARY_OF_PERSONNEL = "196912291994032989"
"""A second officer is needed because nobody looks after their own case."""


async def load_agency(database: AsyncEngine) -> uuid.UUID:
    """Imports the sample roster, appoints its personnel officers, and returns the agency's id.

    A repetition changes nothing.
    """
    roster = read_roster(sample_file(RosterFile.UNITS), sample_file(RosterFile.PEOPLE))
    result = await apply_roster(database, AGENCY, roster)
    async with database.begin() as transaction:
        for nip, roles in ((HEAD_OF_PERSONNEL, ("hr", "operator")), (_SECRETARY_OF_PERSONNEL, ("hr",))):
            (person,) = await people_like(transaction, nip=nip, agency=AGENCY)
            for role in roles:
                await grant_role(transaction, person.id, role)
    return result.agency_id
