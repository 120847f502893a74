"""Reads people, limited to those whom one person may see."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, select, text
from sqlalchemy import exists as sql_exists
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import DateTime, Text, Uuid
from sqlmodel import col

from store.appraisal.rights import AS_HR, REACH
from store.constant import constant
from store.person.table import Person, RoleGrant
from store.rows import all_rows, one_row

_ME = text("""
    SELECT person.id, person.name, person.title_before, person.title_after, person.post, person.nip,
        person.employment, person.contract_until, unit.id AS unit_id, unit.name AS unit,
        agency.id AS agency_id, agency.name AS agency,
        ARRAY(
            SELECT CAST(role AS text) FROM role_grant
            WHERE role_grant.person_id = person.id AND role_grant.agency_id = person.agency_id ORDER BY role)
            AS roles
    FROM person
    JOIN unit ON unit.id = person.unit_id
    JOIN agency ON agency.id = person.agency_id
    WHERE person.id = :person AND person.agency_id = :agency
""").bindparams(bindparam("person", type_=Uuid()), bindparam("agency", type_=Uuid()))

_IS_HR = select(
    sql_exists().where(
        col(RoleGrant.person_id) == bindparam("person"),
        col(RoleGrant.agency_id) == bindparam("agency"),
        col(RoleGrant.role) == constant("hr"),
    )
)

_EXISTS = select(
    sql_exists().where(col(Person.id) == bindparam("person"), col(Person.agency_id) == bindparam("agency"))
)

# Relations run in business time, which differs in a rehearsal: people are looked up at real time.
# Level 1 holds everybody whom the asker may rate now, since officials in between who are away count for no level.
_MAY_BE_RATED = "(SELECT employee_id FROM below WHERE level = 1)"
_RATED = "(SELECT holders_of(person.id, NULL, NULL, 'rater', :now, ARRAY[]::uuid[]))"
_VISIBLE = f"""
    FROM person
    JOIN unit ON unit.id = person.unit_id
    CROSS JOIN (SELECT {AS_HR} AS hr) AS asker
    WHERE person.agency_id = :agency
        AND (asker.hr OR person.id = :person OR (person.id IN {_MAY_BE_RATED} AND :person IN {_RATED}))
"""  # parts of SQL, never input
_COLUMNS = """person.id, person.name, person.title_before, person.title_after, person.post, person.grade,
    person.employment, person.contract_until, person.nip, person.email, unit.id AS unit_id, unit.name AS unit,
    asker.hr AS to_hr"""
_ASKER = (
    bindparam("person", type_=Uuid()),
    bindparam("agency", type_=Uuid()),
    bindparam("now", type_=DateTime(timezone=True)),
)
_PERSON = text(f"WITH {REACH} SELECT {_COLUMNS} {_VISIBLE} AND person.id = :sought").bindparams(
    *_ASKER, bindparam("sought", type_=Uuid())
)
_NAMED = """(:name IS NULL OR person.name ILIKE :name)
    AND (:after_id IS NULL OR (person.name, person.id) > (:after_name, :after_id))"""
# HR reads the directory in its order. Anybody else may see few people, who are found one by one.
_PAGE = text(f"""
    WITH {REACH}, asker AS (SELECT {AS_HR} AS hr), seen AS (
        (SELECT * FROM person
        WHERE {AS_HR} AND person.agency_id = :agency AND {_NAMED}
        ORDER BY person.name, person.id LIMIT :limit)
        UNION ALL
        SELECT * FROM person
        WHERE NOT {AS_HR} AND person.agency_id = :agency AND {_NAMED}
            AND person.id = ANY (ARRAY(SELECT id FROM me UNION ALL {_MAY_BE_RATED}))
            AND (person.id = :person OR :person IN {_RATED})
        ORDER BY name, id LIMIT :limit
    )
    SELECT {_COLUMNS} FROM seen AS person JOIN unit ON unit.id = person.unit_id CROSS JOIN asker
    ORDER BY person.name, person.id
""").bindparams(  # noqa: S608  # only constants are put in
    *_ASKER,
    bindparam("name", type_=Text()),
    bindparam("after_name", type_=Text()),
    bindparam("after_id", type_=Uuid()),
)


@dataclass(frozen=True, slots=True)
class Myself:
    """The person who asks, with roles for the whole agency."""

    id: uuid.UUID
    name: str
    title_before: str
    title_after: str
    post: str
    nip: str
    employment: str
    contract_until: dt.date | None
    unit_id: uuid.UUID
    unit: str
    agency_id: uuid.UUID
    agency: str
    roles: Sequence[str]


@dataclass(frozen=True, slots=True)
class Colleague:
    """A person whom the asker may see; ``to_hr`` tells whether the asker is a personnel officer."""

    id: uuid.UUID
    name: str
    title_before: str
    title_after: str
    post: str
    grade: str
    employment: str
    contract_until: dt.date | None
    nip: str
    email: str
    unit_id: uuid.UUID
    unit: str
    to_hr: bool


def full_name(before: str, name: str, after: str) -> str:
    """The name with its titles, as letters print it."""
    titled = f"{before} {name}".strip()
    return f"{titled}, {after}" if after else titled


async def myself(connection: AsyncConnection, person: uuid.UUID, agency: uuid.UUID) -> Myself | None:
    """The asker, or None if he is not, or no longer, in the agency."""
    row = (await connection.execute(_ME, {"person": person, "agency": agency})).one_or_none()
    return None if row is None else one_row(Myself, row)


async def is_hr(connection: AsyncConnection, person: uuid.UUID, agency: uuid.UUID) -> bool:
    """Whether the person is a personnel officer of the agency."""
    return bool(await connection.scalar(_IS_HR, {"person": person, "agency": agency}))


async def exists(connection: AsyncConnection, person: uuid.UUID, agency: uuid.UUID) -> bool:
    """Whether the agency has such a person."""
    return bool(await connection.scalar(_EXISTS, {"person": person, "agency": agency}))


async def colleague(
    connection: AsyncConnection,
    person: uuid.UUID,
    *,
    asker: uuid.UUID,
    agency: uuid.UUID,
    now: dt.datetime,
) -> Colleague | None:
    """A person, if the asker may see him. HR sees everybody; anybody else sees himself and those whom he rates now."""
    row = (
        await connection.execute(_PERSON, {"sought": person, "person": asker, "agency": agency, "now": now})
    ).one_or_none()
    return None if row is None else one_row(Colleague, row)


async def colleagues(
    connection: AsyncConnection,
    *,
    asker: uuid.UUID,
    agency: uuid.UUID,
    now: dt.datetime,
    name: str | None,
    after: tuple[str, uuid.UUID] | None,
    limit: int,
) -> list[Colleague]:
    """The people whom the asker may see, by name; with ``name`` only those whose name contains it."""
    pattern = None
    if name is not None:
        escaped = name.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        pattern = f"%{escaped}%"
    rows = await connection.execute(
        _PAGE,
        {
            "person": asker,
            "agency": agency,
            "now": now,
            "name": pattern,
            "after_name": after[0] if after else None,
            "after_id": after[1] if after else None,
            "limit": limit,
        },
    )
    return all_rows(Colleague, rows)
