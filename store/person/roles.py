"""Grants and withdraws roles, and finds the people who are to hold them."""

import uuid
from dataclasses import dataclass

from sqlalchemy import String, Uuid, bindparam, delete, func, label, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from store.agency.table import Agency
from store.person.table import Person, RoleGrant
from store.rows import all_rows

ROLES = ("hr", "operator", "top_decider")

_PEOPLE = (
    select(col(Person.id), col(Person.agency_id), col(Person.name), label("agency", col(Agency.name)))
    .join(Agency, col(Agency.id) == Person.agency_id)
    .order_by(col(Person.id))
    .limit(2)
)
_PERSON, _ROLE = bindparam("person", type_=Uuid()), bindparam("held", type_=String())
_HOLDER, _OF_HOLDER = col(RoleGrant.person_id), col(RoleGrant.person_id) == _PERSON
_GRANT = (
    insert(RoleGrant)
    .from_select(
        [_HOLDER, col(RoleGrant.role), col(RoleGrant.agency_id), col(RoleGrant.granted_at)],
        select(col(Person.id), _ROLE, col(Person.agency_id), func.now()).where(col(Person.id) == _PERSON),
    )
    .on_conflict_do_nothing(index_elements=[_HOLDER, col(RoleGrant.role)])
    .returning(_HOLDER)
)
_REVOKE = delete(RoleGrant).where(_OF_HOLDER, col(RoleGrant.role) == _ROLE)
_HELD = select(col(RoleGrant.role)).where(_OF_HOLDER, col(RoleGrant.agency_id) == bindparam("agency"))


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
    """Up to two people of this NIP or address, so that the caller sees when it fits more than one person."""
    if nip is None and email is None:
        raise ValueError("give a NIP or an e-mail address")
    wanted = _PEOPLE
    if nip is not None:
        wanted = wanted.where(col(Person.nip) == nip)
    if email is not None:
        wanted = wanted.where(func.lower(col(Person.email)) == func.lower(email))
    if agency is not None:
        wanted = wanted.where(col(Agency.name) == agency)
    return all_rows(FoundPerson, await connection.execute(wanted))


async def grant_role(connection: AsyncConnection, person: uuid.UUID, role: str) -> bool:
    """Gives a person a role for his own agency; False if he holds it already."""
    return await connection.scalar(_GRANT, {"person": person, "held": role}) is not None


async def revoke_role(connection: AsyncConnection, person: uuid.UUID, role: str) -> bool:
    """Takes a role away; False if the person did not hold it."""
    return (await connection.execute(_REVOKE, {"person": person, "held": role})).rowcount > 0


async def roles_of(connection: AsyncConnection, person: uuid.UUID, agency: uuid.UUID) -> list[str]:
    """The roles that somebody holds for an agency, by their names."""
    return list((await connection.execute(_HELD, {"person": person, "agency": agency})).scalars())
