"""Records an import and what it found."""

import json
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ARRAY, Text, Uuid, any_, bindparam, delete, func, insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from store.agency.table import OrganisationUnit
from store.person.table import Person
from store.roster.table import RosterFindingRow, RosterImportRow

Finding = dict[str, Any]

_IMPORT = (
    insert(RosterImportRow)
    .values(
        {
            col(RosterImportRow.id): func.gen_random_uuid(),
            col(RosterImportRow.agency_id): bindparam("agency"),
            col(RosterImportRow.digest): bindparam("of_files"),
            col(RosterImportRow.counts): bindparam("counted"),
            col(RosterImportRow.applied_at): func.now(),
        }
    )
    .returning(col(RosterImportRow.id))
)
_AGENCY = bindparam("agency", type_=Uuid())
_KEYS = any_(bindparam("keys", type_=ARRAY(Text())))
_PEOPLE = select(col(Person.id)).where(col(Person.agency_id) == _AGENCY, col(Person.nip) == _KEYS)
_UNITS = select(col(OrganisationUnit.id)).where(
    col(OrganisationUnit.agency_id) == _AGENCY, col(OrganisationUnit.code) == _KEYS
)
# An array, so that the findings are found by their index and not by reading all of them.
_FORGET_PEOPLE = delete(RosterFindingRow).where(
    col(RosterFindingRow.person_id) == any_(func.array(_PEOPLE.scalar_subquery()))
)
_FORGET_UNITS = delete(RosterFindingRow).where(
    col(RosterFindingRow.unit_id) == any_(func.array(_UNITS.scalar_subquery()))
)
_FINDINGS = text("""
    INSERT INTO roster_finding (id, agency_id, person_id, unit_id, import_id, cause, line, parameters, found_at)
    SELECT gen_random_uuid(), :agency, given.person_id, given.unit_id, :import, cause, line, parameters, now()
    FROM (
        SELECT (SELECT id FROM person WHERE agency_id = :agency AND nip = r.nip) AS person_id,
            (SELECT id FROM unit WHERE agency_id = :agency AND code = r.unit) AS unit_id, r.*
        FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS r(
            nip text, unit text, cause text, line integer, parameters jsonb)
    ) AS given
    WHERE given.person_id IS NOT NULL OR given.unit_id IS NOT NULL
""").bindparams(
    bindparam("agency", type_=Uuid()), bindparam("import", type_=Uuid()), bindparam("rows", type_=Text())
)


async def record_import(
    connection: AsyncConnection, agency: uuid.UUID, digest: str, counts: Mapping[str, Any]
) -> uuid.UUID:
    """Notes that the files with this SHA-256 are applied, with counts of rows by file and verdict. Returns its id."""
    parameters = {"agency": agency, "of_files": digest, "counted": dict(counts)}
    written: uuid.UUID = (await connection.execute(_IMPORT, parameters)).scalar_one()
    return written


async def forget_findings(
    connection: AsyncConnection, agency: uuid.UUID, *, nips: Sequence[str] = (), units: Sequence[str] = ()
) -> None:
    """Removes what earlier imports found about these people and units."""
    if nips:
        await connection.execute(_FORGET_PEOPLE, {"agency": agency, "keys": list(nips)})
    if units:
        await connection.execute(_FORGET_UNITS, {"agency": agency, "keys": list(units)})


async def keep_findings(
    connection: AsyncConnection, agency: uuid.UUID, imported: uuid.UUID, rows: Sequence[Finding]
) -> None:
    """Adds findings: ``nip`` or ``unit``, ``cause``, ``line`` and ``parameters``.

    A finding about somebody who does not exist is left out.
    """
    await connection.execute(_FINDINGS, {"agency": agency, "import": imported, "rows": json.dumps(rows)})
