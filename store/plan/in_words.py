"""Reads whether a plan was written in words alone."""

import uuid

from sqlalchemy import Boolean, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

from store.plan.in_force import in_force

_IN_WORDS = text(f"""
    SELECT EXISTS (
        SELECT FROM document
        WHERE document.appraisal_id = :appraisal AND NOT document.content ? 'content'
            AND document.digest = CASE WHEN :submitted THEN (
                SELECT event.body ->> 'document' FROM event
                WHERE event.appraisal_id = :appraisal AND event.body ->> 'trigger' = 'submit_plan'
                ORDER BY event.sequence DESC LIMIT 1
            ) ELSE {in_force(":appraisal")} END
    )
""").bindparams(bindparam("appraisal", type_=Uuid()), bindparam("submitted", type_=Boolean()))  # noqa: S608  # constants


async def plan_in_words(connection: AsyncConnection, appraisal: uuid.UUID, *, submitted: bool) -> bool:
    """Whether the plan in force, or the one that was ``submitted`` last, holds no filled form."""
    given = {"appraisal": appraisal, "submitted": submitted}
    return bool(await connection.scalar(_IN_WORDS, given))
