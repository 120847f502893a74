"""Finds cases whose skills are to be derived anew, with what they are derived from."""

import uuid
from dataclasses import dataclass

from sqlalchemy import Boolean, Integer, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

from states.codec import Json
from store.rows import all_rows

# Only schemes that ask for skills, and only cases with a result, or that had one: of those a row that is older than the
# case, or none. Whether somebody moved, or began a period after it, no event of the case itself need tell.
_WAITING = """asking AS (
        SELECT COALESCE(array_agg(key), '{}') AS keys FROM scheme
        WHERE content_rules -> 'follow_up' ->> 'weaknesses' IS NOT NULL OR content_rules ->> 'skills' IS NOT NULL
    ), closed AS MATERIALIZED (
        SELECT survey.appraisal_id, count(*) AS surveys FROM survey
        WHERE survey.outcome = 'counted' AND (:cycle IS NULL OR survey.cycle_id = :cycle)
        GROUP BY survey.appraisal_id
    ), waiting AS MATERIALIZED (
        SELECT appraisal.id, COALESCE(closed.surveys, 0) AS surveys
        FROM appraisal
        LEFT JOIN skill_standing AS kept ON kept.appraisal_id = appraisal.id
        LEFT JOIN closed ON closed.appraisal_id = appraisal.id
        WHERE (:cycle IS NULL OR appraisal.cycle_id = :cycle)
            AND (appraisal.snapshot ->> 'result' IS NOT NULL OR kept.counts)
            AND (
                kept.sequence IS NULL OR kept.sequence < appraisal.sequence
                OR kept.surveys < COALESCE(closed.surveys, 0) OR kept.unit_id <> appraisal.unit_id
                OR (:thorough AND kept.counts AND EXISTS (
                    SELECT FROM appraisal AS later
                    WHERE later.cycle_id = appraisal.cycle_id AND later.employee_id = appraisal.employee_id
                        AND later.period > appraisal.period AND later.stage <> 'cancelled'
                ))
            )
            AND appraisal.snapshot ->> 'rulebook' = ANY (ARRAY(SELECT unnest(keys) FROM asking))
        ORDER BY appraisal.id LIMIT :most
    )"""
_GIVEN = (
    bindparam("cycle", type_=Uuid()),
    bindparam("most", type_=Integer()),
    bindparam("thorough", type_=Boolean()),
)

# As it was rated: the version of the scheme is that of the result, whatever the case follows since.
_FOUND = text(f"""
    WITH {_WAITING}
    SELECT appraisal.id AS appraisal, appraisal.cycle_id AS cycle, appraisal.unit_id AS unit, appraisal.sequence,
        waiting.surveys, appraisal.snapshot, appraisal.stage = 'cancelled' OR EXISTS (
            SELECT FROM appraisal AS later
            WHERE later.cycle_id = appraisal.cycle_id AND later.employee_id = appraisal.employee_id
                AND later.period > appraisal.period AND later.stage <> 'cancelled'
        ) AS superseded,
        COALESCE(version.rulebook, appraisal.snapshot ->> 'rulebook') AS rulebook, person.post,
        result.content -> 'content' AS rating, meeting.content -> 'content' AS meeting, (
            SELECT COALESCE(jsonb_object_agg(said.input, said.means), '{{}}') FROM (
                SELECT survey.input, jsonb_object_agg(survey_mean.item, survey_mean.mean) AS means
                FROM survey JOIN survey_mean ON survey_mean.survey_id = survey.id
                WHERE survey.appraisal_id = appraisal.id AND survey.outcome = 'counted'
                    AND survey_mean.of_group = 'all'
                GROUP BY survey.input
            ) AS said
        ) AS means
    FROM waiting
    JOIN appraisal ON appraisal.id = waiting.id
    JOIN person ON person.id = appraisal.employee_id
    LEFT JOIN document AS result ON result.digest = appraisal.snapshot ->> 'result'
    LEFT JOIN LATERAL (
        SELECT max(event.sequence) AS sequence FROM event
        WHERE event.appraisal_id = appraisal.id
            AND result.digest IN (event.body ->> 'document', event.body ->> 'result')
    ) AS set ON true
    LEFT JOIN LATERAL (
        SELECT event.body ->> 'rulebook' AS rulebook FROM event
        WHERE event.appraisal_id = appraisal.id AND event.sequence <= set.sequence AND event.body ? 'rulebook'
        ORDER BY event.sequence DESC LIMIT 1
    ) AS version ON true
    LEFT JOIN LATERAL (
        SELECT event.body ->> 'document' AS digest FROM event
        WHERE event.appraisal_id = appraisal.id AND event.body ->> 'trigger' = 'deliver_result'
        ORDER BY event.sequence DESC LIMIT 1
    ) AS delivery ON true
    LEFT JOIN document AS meeting ON meeting.digest = delivery.digest
    ORDER BY appraisal.id
""").bindparams(*_GIVEN)  # noqa: S608  # the constant above

_COUNT = text(f"WITH {_WAITING} SELECT count(*) FROM waiting").bindparams(*_GIVEN)  # noqa: S608  # the constant above


@dataclass(frozen=True, slots=True)
class ToDerive:
    """A case whose skills are to be derived, and what from."""

    appraisal: uuid.UUID
    cycle: uuid.UUID
    unit: uuid.UUID
    sequence: int
    surveys: int
    snapshot: Json
    superseded: bool
    """Whether a later period of the employee counts in its place, or the case was cancelled."""
    rulebook: str
    """The version of the scheme under which it was rated."""
    post: str
    rating: Json | None
    """The result as a filled form; None for one in words."""
    meeting: Json | None
    means: Json
    """Of closed surveys, by input and skill."""


async def to_derive(connection: AsyncConnection, most: int, cycle: uuid.UUID | None = None) -> list[ToDerive]:
    """Up to ``most`` cases, of one cycle or of all, in one query."""
    given = {"cycle": cycle, "most": most, "thorough": cycle is None}
    return all_rows(ToDerive, await connection.execute(_FOUND, given))


async def waiting_in(connection: AsyncConnection, cycle: uuid.UUID, most: int) -> int:
    """How many cases of a cycle wait, counted up to ``most``."""
    return int(await connection.scalar(_COUNT, {"cycle": cycle, "most": most, "thorough": False}) or 0)
