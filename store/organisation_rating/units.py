"""Reads a unit in a cycle, who leads it, and who stands one level above."""

import uuid
from dataclasses import dataclass

from sqlalchemy import Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

from store.rows import one_row

_RATES_NOW = """relation.capacity = 'rater' AND relation.kind = 'definitive' AND relation.appraisal_id IS NULL
    AND relation.valid_from <= present.moment
    AND (relation.valid_until IS NULL OR relation.valid_until > present.moment)"""

# No record names the head of a unit. It is the one person of the unit who rates somebody in it, or in a unit directly
# below, and is rated by nobody in it. Where that is nobody, or several, the unit has no head here.
_UNIT = text(f"""
    SELECT cycle.id AS cycle_id, cycle.scheme, unit.id AS unit_id, unit.name AS unit,
        head.id AS head_id, head.name AS head, above.holder AS superior_id
    FROM cycle
    JOIN unit ON unit.agency_id = cycle.agency_id
    CROSS JOIN LATERAL (SELECT business_at(cycle.clock, now()) AS moment) AS present
    LEFT JOIN LATERAL (
        SELECT (array_agg(person.id))[1] AS id, (array_agg(person.name))[1] AS name
        FROM person
        WHERE person.unit_id = unit.id
            AND EXISTS (
                SELECT FROM assignment AS relation
                JOIN person AS rated ON rated.id = relation.employee_id
                JOIN unit AS theirs ON theirs.id = rated.unit_id
                WHERE relation.holder_id = person.id AND unit.id IN (theirs.id, theirs.parent_id)
                    AND {_RATES_NOW}
            )
            AND NOT EXISTS (
                SELECT FROM assignment AS relation JOIN person AS rater ON rater.id = relation.holder_id
                WHERE relation.employee_id = person.id AND rater.unit_id = unit.id AND {_RATES_NOW}
            )
        HAVING count(*) = 1
    ) AS head ON true
    LEFT JOIN LATERAL (
        SELECT found.holder FROM responsible(head.id, NULL, NULL, 'rater', present.moment, '{{}}') AS found
        WHERE head.id IS NOT NULL
    ) AS above ON true
    WHERE cycle.id = :cycle AND cycle.agency_id = :agency AND unit.id = :unit
""").bindparams(  # noqa: S608  # the constant above
    bindparam("cycle", type_=Uuid()), bindparam("agency", type_=Uuid()), bindparam("unit", type_=Uuid())
)


@dataclass(frozen=True, slots=True)
class UnitInCycle:
    """A unit of the agency of a cycle."""

    cycle_id: uuid.UUID
    scheme: str
    """The key of the cycle's scheme version."""
    unit_id: uuid.UUID
    unit: str
    head_id: uuid.UUID | None
    """Who leads the unit now; None where the relations do not show it."""
    head: str | None
    superior_id: uuid.UUID | None
    """Who rates the head now, also in another's place; None where nobody does."""


async def unit_in(
    connection: AsyncConnection, cycle: uuid.UUID, unit: uuid.UUID, agency: uuid.UUID
) -> UnitInCycle | None:
    """The unit; None where the cycle or the unit is not the agency's."""
    row = (await connection.execute(_UNIT, {"cycle": cycle, "unit": unit, "agency": agency})).one_or_none()
    return None if row is None else one_row(UnitInCycle, row)
