"""Finds who rates in the place of a rater with a conflict of interest."""

import uuid
from collections.abc import Sequence

from sqlalchemy import bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import Uuid

from store.appraisal.rights import CASE

# `countersigner` passes over the barred people level by level. The official himself gets the relation, also where
# somebody stands in for him by a letter: that one then acts on his behalf. Where he is away and nobody has a letter,
# the next superior steps in and gets it. A top decider is not above anybody.
_ABOVE = text(f"""
    SELECT CASE found.basis WHEN 'stepping_in' THEN found.holder
        ELSE COALESCE(found.on_behalf_of, found.holder) END
    FROM appraisal
    JOIN cycle ON cycle.id = appraisal.cycle_id
    CROSS JOIN LATERAL responsible({CASE}, 'countersigner', business_at(cycle.clock, now()), :barred) AS found
    WHERE appraisal.id = :appraisal AND found.basis <> 'top_decider'
""").bindparams(  # noqa: S608  # CASE names columns
    bindparam("appraisal", type_=Uuid()), bindparam("barred", type_=ARRAY(Uuid()))
)


async def rater_above(
    connection: AsyncConnection, appraisal: uuid.UUID, barred: Sequence[uuid.UUID]
) -> uuid.UUID | None:
    """The superior of the present rater, level by level, who is none of the ``barred``; None where nobody is.

    It is never the employee, nor anybody whom the employee rates.
    """
    found: uuid.UUID | None = await connection.scalar(_ABOVE, {"appraisal": appraisal, "barred": [*barred]})
    return found
