"""Makes an agency's units, people and raters match its roster, one set after the other."""

import datetime as dt
import json
import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Text, Uuid, bindparam, func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.elements import TextClause
from sqlmodel import col

from store.agency.table import Agency, OrganisationUnit

FIRST_VALID_FROM = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
"""From when a rater of the first import counts: before every cycle, since the roster gives no date."""

Row = dict[str, Any]


def _statement(sql: str) -> TextClause:
    return text(sql).bindparams(bindparam("agency", type_=Uuid()), bindparam("rows", type_=Text()))


# Held until the transaction ends, so that two imports of one agency follow each other. Rows that only refer to
# the agency can still be written.
_LOCK_AGENCY = (
    select(col(Agency.id)).where(col(Agency.name) == bindparam("name")).with_for_update(key_share=True)
)
# Anybody else who would begin or end a relation waits. Otherwise two who each look and then write could make a circle
# of raters. Reading goes on.
_LOCK_RELATIONS = text("LOCK TABLE assignment IN SHARE ROW EXCLUSIVE MODE")

# A plan cached while the tables were empty would read them whole for each row of the last batches.
_PLAN_ANEW = text("SET LOCAL plan_cache_mode = force_custom_plan")

# Ids are looked up row by row throughout: while one transaction brings in a hundred thousand people the planner
# knows nothing of them yet, and a join of its choice would read whole tables once for every row.
_UNITS = _statement("""
WITH given AS (
    SELECT * FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS r(code text, name text, kind text, zone text)
)
INSERT INTO unit (id, agency_id, code, name, kind, zone)
SELECT gen_random_uuid(), :agency, code, name, kind, zone FROM given
ON CONFLICT (agency_id, code) DO UPDATE
SET name = excluded.name, kind = excluded.kind, zone = excluded.zone
""")
_UNIT_IDS = select(col(OrganisationUnit.code), col(OrganisationUnit.id)).where(
    col(OrganisationUnit.agency_id) == bindparam("agency")
)
# Runs when all units exist, since a parent may stand below its children in the file.
_PARENTS = _statement("""
WITH given AS MATERIALIZED (
    SELECT (SELECT id FROM unit WHERE agency_id = :agency AND code = r.code) AS id,
        (SELECT id FROM unit WHERE agency_id = :agency AND code = r.parent) AS parent_id
    FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS r(code text, parent text)
)
UPDATE unit SET parent_id = given.parent_id FROM given
WHERE unit.id = given.id AND unit.parent_id IS DISTINCT FROM given.parent_id
""")
_PEOPLE = _statement("""
    INSERT INTO person (id, agency_id, unit_id, nip, name, title_before, title_after, post, post_kind,
        echelon, grade, employment, legal_standing, post_since, contract_until, email, phone)
    SELECT gen_random_uuid(), :agency, unit, nip, name, title_before, title_after, post, post_kind,
        echelon, grade, employment, legal_standing, post_since, contract_until, email, phone
    FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS r(
        unit uuid, nip text, name text, title_before text, title_after text, post text, post_kind text,
        echelon text, grade text, employment text, legal_standing text,
        post_since date, contract_until date, email text, phone text)
    ON CONFLICT (agency_id, nip) DO UPDATE
    SET unit_id = excluded.unit_id, name = excluded.name, title_before = excluded.title_before,
        title_after = excluded.title_after, post = excluded.post, post_kind = excluded.post_kind,
        echelon = excluded.echelon, grade = excluded.grade, employment = excluded.employment,
        legal_standing = excluded.legal_standing, post_since = excluded.post_since,
        contract_until = excluded.contract_until, email = excluded.email, phone = excluded.phone
""")
# Somebody decided on acting, delegated and stepped-in raters, so no roster ends them. Nor does a roster end a relation
# that holds for one appraisal only.
_RATERS = text("""
WITH given AS MATERIALIZED (
    SELECT (SELECT id FROM person WHERE agency_id = :agency AND nip = r.nip) AS employee_id,
        (SELECT id FROM person WHERE agency_id = :agency AND nip = r.superior) AS holder_id
    FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS r(nip text, superior text)
), ended AS (
    UPDATE assignment SET valid_until = greatest(valid_from, CAST(:now AS timestamptz))
    WHERE id = ANY(ARRAY(
        SELECT (
            SELECT id FROM assignment
            WHERE employee_id = given.employee_id AND capacity = 'rater' AND kind = 'definitive'
                AND valid_until IS NULL AND appraisal_id IS NULL
        ) FROM given))
    RETURNING assignment.id
)
INSERT INTO assignment (id, employee_id, capacity, holder_id, kind, valid_from, letter, recorded_at)
SELECT gen_random_uuid(), employee_id, 'rater', holder_id, 'definitive',
    CASE WHEN (
        SELECT true FROM assignment AS earlier
        WHERE earlier.employee_id = given.employee_id AND earlier.capacity = 'rater'
            AND earlier.kind = 'definitive' AND earlier.appraisal_id IS NULL
        LIMIT 1
    ) THEN CAST(:now AS timestamptz) ELSE CAST(:first AS timestamptz) END, '', now()
FROM (SELECT count(*) FROM ended) AS after_ending, given
WHERE employee_id IS NOT NULL AND holder_id IS NOT NULL
""").bindparams(bindparam("agency", type_=Uuid()), bindparam("rows", type_=Text()))


_ANALYSE = text("ANALYZE unit, person, assignment")


async def agency_named(connection: AsyncConnection, name: str, zone: str) -> tuple[uuid.UUID, bool]:
    """The agency's id, and whether it was made now, in ``zone``.

    Until the transaction ends, other imports of the agency wait, and so does anybody who writes relations.
    """
    create = (
        insert(Agency)
        .values(id=func.gen_random_uuid(), name=name, zone=zone, created_at=func.now())
        .on_conflict_do_nothing(index_elements=[col(Agency.name)])
    )
    created = await connection.scalar(create.returning(col(Agency.id)))
    found: uuid.UUID = created or (await connection.execute(_LOCK_AGENCY, {"name": name})).scalar_one()
    await connection.execute(_LOCK_RELATIONS)
    await connection.execute(_PLAN_ANEW)
    return found, created is not None


async def keep_units(connection: AsyncConnection, agency: uuid.UUID, rows: Sequence[Row]) -> None:
    """Adds and corrects units: ``code``, ``name``, ``kind``, ``zone``. Others stay as they are."""
    await connection.execute(_UNITS, {"agency": agency, "rows": json.dumps(rows)})


async def keep_parents(connection: AsyncConnection, agency: uuid.UUID, rows: Sequence[Row]) -> None:
    """Puts the unit ``code`` below ``parent``, or on top where that is None."""
    await connection.execute(_PARENTS, {"agency": agency, "rows": json.dumps(rows)})


async def unit_ids(connection: AsyncConnection, agency: uuid.UUID) -> dict[str, uuid.UUID]:
    """The id of every unit of the agency, by its code."""
    rows = await connection.execute(_UNIT_IDS, {"agency": agency})
    return {row.code: row.id for row in rows}


async def keep_people(connection: AsyncConnection, agency: uuid.UUID, rows: Sequence[Row]) -> None:
    """Adds and corrects people, known by their ``nip``; ``unit`` is the id of their unit as text."""
    await connection.execute(_PEOPLE, {"agency": agency, "rows": json.dumps(rows)})


async def change_raters(
    connection: AsyncConnection, agency: uuid.UUID, rows: Sequence[Row], now: dt.datetime
) -> None:
    """Ends the relation of ``nip`` to the definitive rater at ``now`` and begins one to ``superior``, if one is given.

    Give only people whose rater changes. A first rater counts from `FIRST_VALID_FROM`.
    """
    parameters = {"agency": agency, "rows": json.dumps(rows), "now": now, "first": FIRST_VALID_FROM}
    await connection.execute(_RATERS, parameters)


async def tell_the_planner(connection: AsyncConnection) -> None:
    """Lets the planner know what a large import has brought, so that the launch after it is planned well."""
    await connection.execute(_ANALYSE)
