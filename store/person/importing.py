"""Brings an agency's units, people and raters to what its roster says, set by set."""

import datetime as dt
import json
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Text, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.elements import TextClause

FIRST_VALID_FROM = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
"""From when a rater of the first import counts: before every cycle, as the roster does not say since when."""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Changes:
    """What an import did to one kind of row."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0

    def __add__(self, other: "Changes") -> "Changes":
        return Changes(self.new + other.new, self.changed + other.changed, self.unchanged + other.unchanged)


def _statement(sql: str) -> TextClause:
    return text(sql).bindparams(bindparam("agency", type_=Uuid()), bindparam("rows", type_=Text()))


_AGENCY = text("""
    INSERT INTO agency (id, name, zone, created_at) VALUES (gen_random_uuid(), :name, :zone, now())
    ON CONFLICT (name) DO NOTHING
    RETURNING id
""")
# Held until the transaction ends, so that two imports of one agency follow each other.
_LOCK_AGENCY = text("SELECT id FROM agency WHERE name = :name FOR UPDATE")

_UNITS = _statement("""
WITH given AS (
    SELECT * FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS r(code text, name text, kind text, zone text)
), written AS (
    INSERT INTO unit (id, agency_id, code, name, kind, zone)
    SELECT gen_random_uuid(), :agency, code, name, kind, zone FROM given
    ON CONFLICT (agency_id, code) DO UPDATE
    SET name = excluded.name, kind = excluded.kind, zone = excluded.zone
    WHERE (unit.name, unit.kind, unit.zone) IS DISTINCT FROM (excluded.name, excluded.kind, excluded.zone)
    RETURNING code, (xmax = 0) AS is_new
)
SELECT code, is_new FROM written
""")
# After all units are there, as a parent may stand below its children in the file.
_PARENTS = _statement("""
WITH given AS (
    SELECT child.id, parent.id AS parent_id
    FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS r(code text, parent text)
    JOIN unit AS child ON child.agency_id = :agency AND child.code = r.code
    LEFT JOIN unit AS parent ON parent.agency_id = :agency AND parent.code = r.parent
)
UPDATE unit SET parent_id = given.parent_id FROM given
WHERE unit.id = given.id AND unit.parent_id IS DISTINCT FROM given.parent_id
RETURNING unit.code
""")
_PEOPLE = _statement("""
WITH given AS (
    SELECT unit.id AS unit_id, r.* FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS r(
        unit text, nip text, name text, title_before text, title_after text, post text, post_kind text,
        echelon text, grade text, employment text, legal_standing text,
        post_since date, email text, phone text)
    JOIN unit ON unit.agency_id = :agency AND unit.code = r.unit
), written AS (
    INSERT INTO person (id, agency_id, unit_id, nip, name, title_before, title_after, post, post_kind,
        echelon, grade, employment, legal_standing, post_since, email, phone)
    SELECT gen_random_uuid(), :agency, unit_id, nip, name, title_before, title_after, post, post_kind,
        echelon, grade, employment, legal_standing, post_since, email, phone
    FROM given
    ON CONFLICT (agency_id, nip) DO UPDATE
    SET unit_id = excluded.unit_id, name = excluded.name, title_before = excluded.title_before,
        title_after = excluded.title_after, post = excluded.post, post_kind = excluded.post_kind,
        echelon = excluded.echelon, grade = excluded.grade, employment = excluded.employment,
        legal_standing = excluded.legal_standing, post_since = excluded.post_since, email = excluded.email,
        phone = excluded.phone
    WHERE (person.unit_id, person.name, person.title_before, person.title_after, person.post,
        person.post_kind, person.echelon, person.grade, person.employment, person.legal_standing,
        person.post_since, person.email, person.phone)
        IS DISTINCT FROM (excluded.unit_id, excluded.name, excluded.title_before, excluded.title_after,
        excluded.post, excluded.post_kind, excluded.echelon, excluded.grade, excluded.employment,
        excluded.legal_standing, excluded.post_since, excluded.email, excluded.phone)
    RETURNING (xmax = 0) AS is_new
)
SELECT count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new), (SELECT count(*) FROM given)
FROM written
""")
# Acting, delegated and stepped-in raters are decisions of somebody and no roster ends them.
_RATERS = text("""
WITH given AS (
    SELECT employee.id AS employee_id, holder.id AS holder_id
    FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS r(nip text, superior text)
    JOIN person AS employee ON employee.agency_id = :agency AND employee.nip = r.nip
    LEFT JOIN person AS holder ON holder.agency_id = :agency AND holder.nip = r.superior
), present AS (
    SELECT assignment.id, assignment.employee_id, assignment.holder_id
    FROM assignment JOIN given USING (employee_id)
    WHERE capacity = 'rater' AND kind = 'definitive' AND valid_until IS NULL
), wrong AS (
    SELECT present.id, employee_id, given.holder_id
    FROM present JOIN given USING (employee_id)
    WHERE present.holder_id IS DISTINCT FROM given.holder_id
), ended AS (
    UPDATE assignment SET valid_until = greatest(valid_from, CAST(:now AS timestamptz))
    FROM wrong WHERE assignment.id = wrong.id
    RETURNING assignment.id
), begun AS (
    INSERT INTO assignment (id, employee_id, capacity, holder_id, kind, valid_from, letter, recorded_at)
    SELECT gen_random_uuid(), employee_id, 'rater', holder_id, 'definitive',
        CASE WHEN EXISTS (SELECT FROM assignment AS earlier WHERE earlier.employee_id = given.employee_id
            AND earlier.capacity = 'rater' AND earlier.kind = 'definitive')
        THEN CAST(:now AS timestamptz) ELSE CAST(:first AS timestamptz) END, '', now()
    FROM (SELECT count(*) FROM ended) AS after_ending, given
    WHERE holder_id IS NOT NULL
        AND employee_id NOT IN (SELECT employee_id FROM present EXCEPT SELECT employee_id FROM wrong)
    RETURNING employee_id
)
SELECT (SELECT count(*) FROM begun WHERE employee_id NOT IN (SELECT employee_id FROM wrong)),
    (SELECT count(*) FROM wrong),
    (SELECT count(*) FROM present) - (SELECT count(*) FROM wrong)
""").bindparams(bindparam("agency", type_=Uuid()), bindparam("rows", type_=Text()))


async def agency_named(connection: AsyncConnection, name: str, zone: str) -> tuple[uuid.UUID, bool]:
    """The agency's id, locked until the transaction ends, and whether it was made now, in ``zone``."""
    created = await connection.scalar(_AGENCY, {"name": name, "zone": zone})
    if created is not None:
        return created, True
    found: uuid.UUID = (await connection.execute(_LOCK_AGENCY, {"name": name})).scalar_one()
    return found, False


async def keep_units(connection: AsyncConnection, agency: uuid.UUID, rows: list[Row]) -> Changes:
    """Adds and corrects units: ``code``, ``name``, ``kind``, ``zone`` and the ``parent``'s code or None.

    Units that are not given stay as they are.
    """
    parameters = {"agency": agency, "rows": json.dumps(rows)}
    written = (await connection.execute(_UNITS, parameters)).all()
    moved = set((await connection.execute(_PARENTS, parameters)).scalars())
    new = {code for code, is_new in written if is_new}
    changed = ({code for code, _ in written} | moved) - new
    return Changes(len(new), len(changed), len(rows) - len(new) - len(changed))


async def keep_people(connection: AsyncConnection, agency: uuid.UUID, rows: list[Row]) -> Changes:
    """Adds and corrects people, known by their ``nip``; ``unit`` is the code of their unit."""
    answer = await connection.execute(_PEOPLE, {"agency": agency, "rows": json.dumps(rows)})
    new, changed, given = answer.one()
    return Changes(new, changed, given - new - changed)


async def keep_raters(
    connection: AsyncConnection, agency: uuid.UUID, rows: Iterable[Row], now: dt.datetime
) -> Changes:
    """Makes ``superior`` the definitive rater of ``nip``; a person without one loses the present one."""
    parameters = {"agency": agency, "rows": json.dumps(list(rows)), "now": now, "first": FIRST_VALID_FROM}
    new, changed, unchanged = (await connection.execute(_RATERS, parameters)).one()
    return Changes(new, changed, unchanged)
