"""Writes refused attempts."""

import uuid

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from store.base import new_id

# Nothing is written for ids that do not exist: an attempt needs a person and a case. If somebody has locked the whole
# row of the case (none of our commands does), nothing is written either: a refusal is answered without waiting.
_ADD = text("""
    INSERT INTO attempt (id, appraisal_id, person_id, trigger, code, command_id, request_id, at)
    SELECT :id, appraisal.id, person.id, :trigger, :code, :command, :request, now()
    FROM appraisal, person WHERE appraisal.id = :appraisal AND person.id = :person
    FOR KEY SHARE OF appraisal SKIP LOCKED
""")


async def add(
    connection: AsyncConnection,
    *,
    appraisal: uuid.UUID,
    person: uuid.UUID,
    trigger: str,
    code: str,
    command: str,
    request: str,
) -> None:
    """Records that ``person`` tried ``trigger`` on ``appraisal`` and was refused with ``code``."""
    await connection.execute(
        _ADD,
        {
            "id": new_id(),
            "appraisal": appraisal,
            "person": person,
            "trigger": trigger[:40],
            "code": code[:40],
            "command": command[:120],
            "request": request[:64],
        },
    )
