"""Reads the post of an appraised person."""

import uuid

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from store.appraisal.table import AppraisalRow
from store.person.table import Person

_POST = (
    select(col(Person.post))
    .join(AppraisalRow, col(AppraisalRow.employee_id) == col(Person.id))
    .where(col(AppraisalRow.id) == bindparam("appraisal"))
)


async def post_of(connection: AsyncConnection, appraisal: uuid.UUID) -> str:
    """The post that the employee of an existing appraisal holds, as the roster names it; empty where it does not."""
    return (await connection.execute(_POST, {"appraisal": appraisal})).scalar_one()
