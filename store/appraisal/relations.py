"""Writes who holds a capacity, if an action on a case decides that."""

from collections.abc import Iterable

from sqlalchemy import DateTime, Text, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

from states.appraisal import Appraisal
from states.events import Acted, Event
from states.triggers import Trigger

# If HR hands over one case, or a rater with a conflict of interest does, that holds for this case only: the roster and
# the other cases stay as they are.
_HAND_OVER_CASE = text("""
WITH ended AS (
    UPDATE assignment SET valid_until = greatest(valid_from, CAST(:at AS timestamptz))
    WHERE appraisal_id = :appraisal AND capacity = :capacity AND valid_until IS NULL
    RETURNING id
)
INSERT INTO assignment (id, employee_id, capacity, holder_id, kind, valid_from, letter, appraisal_id, recorded_at)
SELECT gen_random_uuid(), :employee, :capacity, :holder, 'definitive', :at, '', :appraisal, now()
FROM (SELECT count(*) FROM ended) AS after_ending
""").bindparams(
    bindparam("appraisal", type_=Uuid(as_uuid=False)),
    bindparam("employee", type_=Uuid(as_uuid=False)),
    bindparam("holder", type_=Uuid(as_uuid=False)),
    bindparam("capacity", type_=Text()),
    bindparam("at", type_=DateTime(timezone=True)),
)
# If the rater was the wrong one, the agency's records were wrong: they are corrected, for this case as well.
_CORRECT_RATER = text("""
WITH ended AS (
    UPDATE assignment SET valid_until = greatest(valid_from, CAST(:at AS timestamptz))
    WHERE employee_id = :employee AND capacity = 'rater' AND valid_until IS NULL
        AND (appraisal_id = :appraisal OR (appraisal_id IS NULL AND kind = 'definitive'))
    RETURNING id
)
INSERT INTO assignment (id, employee_id, capacity, holder_id, kind, valid_from, letter, recorded_at)
SELECT gen_random_uuid(), :employee, 'rater', :holder, 'definitive', :at, '', now()
FROM (SELECT count(*) FROM ended) AS after_ending
""").bindparams(
    bindparam("appraisal", type_=Uuid(as_uuid=False)),
    bindparam("employee", type_=Uuid(as_uuid=False)),
    bindparam("holder", type_=Uuid(as_uuid=False)),
    bindparam("at", type_=DateTime(timezone=True)),
)


_OF_THE_CASE = (Trigger.REASSIGN, Trigger.DECLARE_CONFLICT)


def writes_relations(events: Iterable[Event]) -> bool:
    """Whether recording these events changes who holds a capacity."""
    return any(
        isinstance(event, Acted)
        and event.assignee is not None
        and event.trigger in (*_OF_THE_CASE, Trigger.ANSWER_DISPUTE)
        for event in events
    )


async def write_relation(connection: AsyncConnection, after: Appraisal, event: Acted) -> None:
    """Puts on record who holds a capacity after ``event``, which names an assignee.

    Nothing is written for a noted change: the operation that notes it has already written the relation.
    """
    parameters = {
        "appraisal": after.id,
        "employee": after.employee,
        "holder": event.assignee,
        "at": event.at,
    }
    if event.trigger in _OF_THE_CASE:
        await connection.execute(_HAND_OVER_CASE, parameters | {"capacity": event.assigned_capacity})
    elif event.trigger is Trigger.ANSWER_DISPUTE:
        await connection.execute(_CORRECT_RATER, parameters)
