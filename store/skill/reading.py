"""Reads what skills are told from beside the texts of a case."""

import uuid

from sqlalchemy import Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

_POST = text("""
    SELECT person.post FROM appraisal JOIN person ON person.id = appraisal.employee_id
    WHERE appraisal.id = :appraisal
""").bindparams(bindparam("appraisal", type_=Uuid()))


async def post_of(connection: AsyncConnection, appraisal: uuid.UUID) -> str:
    """The name of the employee's post; empty where none is known."""
    return str(await connection.scalar(_POST, {"appraisal": appraisal}) or "")
