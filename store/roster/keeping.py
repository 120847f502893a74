"""Records an import and what it found."""

import json
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ARRAY, Text, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

Finding = dict[str, Any]

_IMPORT = text("""
    INSERT INTO roster_import (id, agency_id, digest, counts, applied_at)
    VALUES (gen_random_uuid(), :agency, :digest, CAST(:counts AS jsonb), now())
    RETURNING id
""").bindparams(bindparam("agency", type_=Uuid()))
_FORGET_PEOPLE = text("""
    DELETE FROM roster_finding
    WHERE person_id = ANY(ARRAY(SELECT id FROM person WHERE agency_id = :agency AND nip = ANY(:keys)))
""").bindparams(bindparam("agency", type_=Uuid()), bindparam("keys", type_=ARRAY(Text())))
_FORGET_UNITS = text("""
    DELETE FROM roster_finding
    WHERE unit_id = ANY(ARRAY(SELECT id FROM unit WHERE agency_id = :agency AND code = ANY(:keys)))
""").bindparams(bindparam("agency", type_=Uuid()), bindparam("keys", type_=ARRAY(Text())))
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
    """Notes that the files with this SHA-256 are applied, with the number of rows by file and verdict; its id."""
    parameters = {"agency": agency, "digest": digest, "counts": json.dumps(counts)}
    written: uuid.UUID = (await connection.execute(_IMPORT, parameters)).scalar_one()
    return written


async def forget_findings(
    connection: AsyncConnection, agency: uuid.UUID, *, nips: Sequence[str] = (), units: Sequence[str] = ()
) -> None:
    """Takes away what earlier imports found about these people and units."""
    if nips:
        await connection.execute(_FORGET_PEOPLE, {"agency": agency, "keys": list(nips)})
    if units:
        await connection.execute(_FORGET_UNITS, {"agency": agency, "keys": list(units)})


async def keep_findings(
    connection: AsyncConnection, agency: uuid.UUID, imported: uuid.UUID, rows: Sequence[Finding]
) -> None:
    """Adds findings: ``nip`` or ``unit``, ``cause``, ``line`` and ``parameters``.

    One about somebody who does not exist is left out.
    """
    await connection.execute(_FINDINGS, {"agency": agency, "import": imported, "rows": json.dumps(rows)})
