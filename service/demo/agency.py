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
_REGIONAL_SECRETARY = "197209292000012901"
_HEAD_OF_CIVIL_POLICE = "197504182003091983"

_ROLES = (
    (HEAD_OF_PERSONNEL, ("hr", "operator", "top_decider")),
    (_SECRETARY_OF_PERSONNEL, ("hr",)),
    (_REGIONAL_SECRETARY, ("top_decider",)),
    (_HEAD_OF_CIVIL_POLICE, ("top_decider",)),
)
"""The heads are named because the regional secretary rates them and nobody stands above her: an objection of one is
decided by the other.
"""


async def load_agency(database: AsyncEngine) -> uuid.UUID:
    """Imports the sample roster, appoints its personnel officers and top deciders, and returns the agency's id.

    A repetition changes nothing.
    """
    roster = read_roster(sample_file(RosterFile.UNITS), sample_file(RosterFile.PEOPLE))
    result = await apply_roster(database, AGENCY, roster)
    async with database.begin() as transaction:
        for nip, roles in _ROLES:
            (person,) = await people_like(transaction, nip=nip, agency=AGENCY)
            for role in roles:
                await grant_role(transaction, person.id, role)
    return result.agency_id
