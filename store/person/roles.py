"""Grants and withdraws roles, and finds the people who are to hold them."""

import uuid
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

ROLES = ("hr", "operator")

_FIND = text("""
    SELECT person.id, person.agency_id, person.name, agency.name
    FROM person JOIN agency ON agency.id = person.agency_id
    WHERE (CAST(:nip AS text) IS NULL OR person.nip = :nip)
        AND (CAST(:email AS text) IS NULL OR lower(person.email) = lower(:email))
        AND (CAST(:agency AS text) IS NULL OR agency.name = :agency)
    ORDER BY person.id LIMIT 2
""")
_GRANT = text("""
    INSERT INTO role_grant (person_id, role, agency_id, granted_at)
    SELECT id, :role, agency_id, now() FROM person WHERE id = :person
    ON CONFLICT (person_id, role) DO NOTHING
    RETURNING person_id
""")
_REVOKE = text("DELETE FROM role_grant WHERE person_id = :person AND role = :role RETURNING person_id")

_HELD = text("SELECT CAST(role AS text) FROM role_grant WHERE person_id = :person AND agency_id = :agency")


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """Somebody, by name and agency."""

    id: uuid.UUID
    agency_id: uuid.UUID
    name: str
    agency: str


async def people_like(
    connection: AsyncConnection,
    *,
    nip: str | None = None,
    email: str | None = None,
    agency: str | None = None,
) -> list[FoundPerson]:
    """Up to two people of this NIP or address, so that the caller sees when it does not name just one."""
    if nip is None and email is None:
        raise ValueError("give a NIP or an e-mail address")
    rows = await connection.execute(_FIND, {"nip": nip, "email": email, "agency": agency})
    return [FoundPerson(*row) for row in rows]


async def grant_role(connection: AsyncConnection, person: uuid.UUID, role: str) -> bool:
    """Gives a person a role for the own agency; False if it is held already."""
    return await connection.scalar(_GRANT, {"person": person, "role": role}) is not None


async def revoke_role(connection: AsyncConnection, person: uuid.UUID, role: str) -> bool:
    """Takes a role away; False if it was not held."""
    return await connection.scalar(_REVOKE, {"person": person, "role": role}) is not None


async def roles_of(connection: AsyncConnection, person: uuid.UUID, agency: uuid.UUID) -> list[str]:
    """The roles that somebody holds for an agency, by their names."""
    return list((await connection.execute(_HELD, {"person": person, "agency": agency})).scalars())
