"""The lifecycle as one table of transitions.

From this table come the machine, the permission matrix, the allowed actions, the diagram and the simulator.
A scheme selects among the rows by its conditions; it can never add one.
"""

from states.rows import objection, organisation, planning, result, year
from states.stages import Capacity, Stage
from states.transition import Transition
from states.triggers import Trigger

S, T = Stage, Trigger

TABLE: tuple[Transition, ...] = tuple(
    row for part in (planning, year, result, objection, organisation) for rows in part.ROWS for row in rows
)

ROWS: dict[tuple[Stage, Trigger], tuple[Transition, ...]] = {}
"""The rows that a trigger has in a stage, in the order of the table."""
for _transition in TABLE:
    _place = (_transition.source, _transition.trigger)
    ROWS[_place] = (*ROWS.get(_place, ()), _transition)

PERMISSIONS: dict[tuple[Stage, Trigger], frozenset[Capacity]] = {
    place: frozenset(capacity for row in rows for capacity in row.by) for place, rows in ROWS.items()
}
"""The permission matrix: which capacities may fire a trigger in a stage. What is absent is denied."""

OPENINGS: dict[Stage, Trigger] = {
    S.SCHEDULED: T.OPEN_PLANNING,
    S.FIRST_HALF: T.OPEN_CHECK_IN,
    S.SECOND_HALF: T.OPEN_EVALUATION,
}
"""What the clock does on the opening day of the stages that wait on it."""

ORDERED_TRIGGERS = frozenset(
    {
        T.NOTE_CHANGE,
        T.CLOSE_PERIOD,
        T.NOTE_ABSENCE,
        T.NOTE_RETURN,
        T.FOLLOW_PATH,
        T.ADOPT_CALENDAR,
        T.ADOPT_RULES,
    }
)
"""Parts of an operation, which concerns more than the one case: never an action by themselves."""

NOTED_TRIGGERS = frozenset(
    {
        T.NOTE_SEEN,
        T.NOTE_DELIVERY,
        T.NOTE_BOUNCE,
        T.DEEM_RECEIVED,
        T.WAIT_FOR_RETURN,
        T.NOTE_SUPERIOR_PLAN,
    }
)
"""What the service or the clock puts on record by itself: never an action of a person."""

UNOFFERED_TRIGGERS = ORDERED_TRIGGERS | NOTED_TRIGGERS
"""Triggers that are never offered, but that the core accepts."""

AUTOMATIC_TRIGGERS = frozenset(
    row.trigger
    for row in TABLE
    if Capacity.CLOCK in row.by and row.trigger not in OPENINGS.values() and row.trigger not in NOTED_TRIGGERS
)
"""What a scheme may let the clock do on lapse (``auto:<trigger>``)."""
