"""Reads what stands around the skills of a case or a unit."""

import uuid

from sqlalchemy import Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

_POST = text("""
    SELECT person.post FROM appraisal JOIN person ON person.id = appraisal.employee_id
    WHERE appraisal.id = :appraisal
""").bindparams(bindparam("appraisal", type_=Uuid()))

# Only what is shown as a whole anyway: a closed survey with answers enough, never a group of those who answered.
_MEANS = text("""
    SELECT survey.input, jsonb_object_agg(survey_mean.item, survey_mean.mean) AS means
    FROM survey JOIN survey_mean ON survey_mean.survey_id = survey.id
    WHERE survey.appraisal_id = :appraisal AND survey.outcome = 'counted' AND survey_mean.of_group = 'all'
    GROUP BY survey.input ORDER BY survey.input
""").bindparams(bindparam("appraisal", type_=Uuid()))

_LATEST = text("""
    SELECT id FROM cycle WHERE agency_id = :agency ORDER BY rehearsal, year DESC, id DESC LIMIT 1
""").bindparams(bindparam("agency", type_=Uuid()))


async def post_of(connection: AsyncConnection, appraisal: uuid.UUID) -> str:
    """The name of the employee's post; empty where none is known."""
    return str(await connection.scalar(_POST, {"appraisal": appraisal}) or "")


async def survey_means(connection: AsyncConnection, appraisal: uuid.UUID) -> dict[str, dict[str, float]]:
    """The mean of each thing that a closed survey on a case asked for, by input."""
    found = await connection.execute(_MEANS, {"appraisal": appraisal})
    return {row.input: dict(row.means) for row in found}


async def latest_cycle(connection: AsyncConnection, agency: uuid.UUID) -> uuid.UUID | None:
    """The cycle of the agency's latest year, a rehearsal only where there is nothing else; None where it has none."""
    found: uuid.UUID | None = await connection.scalar(_LATEST, {"agency": agency})
    return found
