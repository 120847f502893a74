"""Writes closed inputs; a rating reads them with the rest of what stands around its case (`store.plan.context`)."""

import datetime as dt
import uuid
from collections.abc import Mapping

from sqlalchemy import DateTime, Float, Text, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

_CLOSE = text("""
    INSERT INTO input_result (appraisal_id, input, number, closed_at) VALUES (:appraisal, :input, :number, :at)
    ON CONFLICT (appraisal_id, input) DO UPDATE SET number = excluded.number, closed_at = excluded.closed_at
""").bindparams(
    bindparam("appraisal", type_=Uuid()),
    bindparam("input", type_=Text()),
    bindparam("number", type_=Float()),
    bindparam("at", type_=DateTime(timezone=True)),
)


async def close_input(
    connection: AsyncConnection, name: str, numbers: Mapping[uuid.UUID, float | None], at: dt.datetime
) -> None:
    """Puts on record what the input ``name`` came to, by appraisal; None: it is absent.

    A later closing (a team whose members changed) replaces an earlier one; a rating that was handed in keeps the
    number that it was computed from.
    """
    if numbers:
        await connection.execute(
            _CLOSE,
            [
                {"appraisal": case, "input": name, "number": number, "at": at}
                for case, number in numbers.items()
            ],
        )
