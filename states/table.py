"""The lifecycle as one table of transitions.

From this table come the machine, the permission matrix, the allowed actions, the diagram and the simulator.
A scheme selects among the rows by its conditions; it can never add one.
"""

from dataclasses import dataclass

from states.stages import HOLDERS, OPEN_STAGES, RUNNING_STAGES, Capacity, Stage
from states.triggers import Trigger

C, S, T = Capacity, Stage, Trigger


@dataclass(frozen=True, slots=True)
class Transition:
    """One row: in ``source``, ``trigger`` by one of ``by`` leads to ``target``.

    ``when`` names the conditions that choose among rows of one trigger, ``requires`` the guards that refuse
    with a typed error. ``needs_text`` tells that a document or a reason must come with the command.
    """

    trigger: Trigger
    source: Stage
    target: Stage
    by: frozenset[Capacity]
    when: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    needs_text: bool = False


def _row(
    trigger: Trigger,
    sources: Stage | tuple[Stage, ...] | frozenset[Stage],
    target: Stage | None,
    by: Capacity | tuple[Capacity, ...],
    *,
    when: tuple[str, ...] = (),
    requires: tuple[str, ...] = (),
    text: bool = False,
) -> list[Transition]:
    """Rows for each source; a ``target`` of None stays in the source."""
    from_stages = (sources,) if isinstance(sources, Stage) else tuple(s for s in Stage if s in sources)
    capacities = frozenset((by,) if isinstance(by, Capacity) else by)
    return [
        Transition(trigger, source, target or source, capacities, when, requires, text)
        for source in from_stages
    ]


PLANNED_STAGES = (S.FIRST_HALF, S.MIDYEAR_REPORT, S.MIDYEAR_REVIEW, S.SECOND_HALF)
"""Stages in which an approved plan exists and may be revised on the grounds of art 28(2)-(3)."""

DISPUTABLE_STAGES = frozenset(
    {S.SCHEDULED, S.PLAN_DRAFTING, S.PLAN_REVIEW, *PLANNED_STAGES, S.SELF_ASSESSMENT, S.RATING}
)
"""Stages in which the employee may say that the rater is the wrong one; later that is a ground of objection."""

AWAITING_STAGES = frozenset(stage for stage, holder in HOLDERS.items() if holder is not C.CLOCK)
"""Stages with a deadline of their own, which alone can be extended."""

TABLE: tuple[Transition, ...] = tuple(
    row
    for rows in (
        _row(T.OPEN_PLANNING, S.SCHEDULED, S.PLAN_DRAFTING, (C.CLOCK, C.HR), requires=("opening_due",)),
        _row(T.SUBMIT_PLAN, S.PLAN_DRAFTING, S.PLAN_REVIEW, C.EMPLOYEE, text=True),
        _row(T.RETURN_PLAN, S.PLAN_REVIEW, S.PLAN_DRAFTING, C.RATER, text=True),
        *(
            _row(T.APPROVE_PLAN, S.PLAN_REVIEW, stage, C.RATER, when=(f"plan_returns_to_{stage}",))
            for stage in PLANNED_STAGES
        ),
        _row(T.APPROVE_PLAN, S.PLAN_REVIEW, S.FIRST_HALF, C.RATER, when=("check_in_ahead",)),
        _row(T.APPROVE_PLAN, S.PLAN_REVIEW, S.SECOND_HALF, C.RATER, when=("no_check_in_ahead",)),
        _row(
            T.REVISE_PLAN,
            PLANNED_STAGES,
            S.PLAN_DRAFTING,
            (C.RATER, C.HR),
            requires=("legal_ground",),
            text=True,
        ),
        _row(T.OPEN_CHECK_IN, S.FIRST_HALF, S.MIDYEAR_REPORT, (C.CLOCK, C.HR), requires=("opening_due",)),
        _row(T.SUBMIT_CHECK_IN, S.MIDYEAR_REPORT, S.MIDYEAR_REVIEW, C.EMPLOYEE, text=True),
        _row(T.RETURN_CHECK_IN, S.MIDYEAR_REVIEW, S.MIDYEAR_REPORT, C.RATER, text=True),
        _row(T.REVIEW_CHECK_IN, S.MIDYEAR_REVIEW, S.FIRST_HALF, C.RATER, when=("another_check_in_ahead",)),
        _row(T.REVIEW_CHECK_IN, S.MIDYEAR_REVIEW, S.SECOND_HALF, C.RATER, when=("last_check_in",)),
        _row(T.OPEN_EVALUATION, S.SECOND_HALF, S.SELF_ASSESSMENT, (C.CLOCK, C.HR), requires=("opening_due",)),
        _row(T.SUBMIT_SELF_ASSESSMENT, S.SELF_ASSESSMENT, S.RATING, C.EMPLOYEE, text=True),
        _row(
            T.PROCEED_TO_RATING,
            S.SELF_ASSESSMENT,
            S.RATING,
            (C.RATER, C.HR, C.CLOCK),
            requires=("clock_authorised", "deadline_lapsed"),
        ),
        _row(T.RETURN_SELF_ASSESSMENT, S.RATING, S.SELF_ASSESSMENT, C.RATER, text=True),
        _row(T.RATE, S.RATING, S.MODERATION, C.RATER, when=("moderated",), text=True),
        _row(T.RATE, S.RATING, S.FEEDBACK_MEETING, C.RATER, when=("not_moderated",), text=True),
        _row(T.CONFIRM_RATING, S.MODERATION, S.FEEDBACK_MEETING, C.HR),
        _row(T.RETURN_RATING, S.MODERATION, S.RATING, C.HR, text=True),
        _row(T.DELIVER_RESULT, S.FEEDBACK_MEETING, S.RESPONSE, C.RATER),
        _row(T.ACKNOWLEDGE_RECEIPT, S.RESPONSE, None, C.EMPLOYEE, requires=("not_yet_acknowledged",)),
        _row(
            T.RECORD_RECEIPT,
            S.RESPONSE,
            None,
            C.HR,
            requires=("not_yet_received", "receipt_day", "official_evidence"),
            text=True,
        ),
        _row(T.NOTE_SEEN, S.RESPONSE, None, C.EMPLOYEE, requires=("not_yet_received", "not_yet_seen")),
        _row(
            T.NOTE_DELIVERY,
            S.RESPONSE,
            None,
            C.CLOCK,
            requires=("not_yet_received", "not_yet_delivered", "delivery_day"),
        ),
        _row(
            T.NOTE_BOUNCE,
            S.RESPONSE,
            None,
            C.CLOCK,
            requires=("not_yet_received", "not_yet_seen", "delivery_noted"),
        ),
        _row(T.DEEM_RECEIVED, S.RESPONSE, None, C.CLOCK, requires=("not_yet_received", "deemed_due")),
        _row(T.AGREE, (S.RESPONSE, S.COUNTERSIGN), S.AGREED, C.EMPLOYEE),
        _row(
            T.OBJECT,
            (S.RESPONSE, S.COUNTERSIGN),
            S.OBJECTED,
            C.EMPLOYEE,
            requires=("late_objection_admitted",),
            text=True,
        ),
        _row(
            T.LAPSE_RESPONSE,
            S.RESPONSE,
            S.COUNTERSIGN,
            (C.CLOCK, C.HR),
            requires=("clock_authorised", "receipt_evidenced", "deadline_lapsed"),
        ),
        _row(T.COUNTERSIGN, S.COUNTERSIGN, S.FINALISED, C.RATER_SUPERIOR),
        _row(
            T.FINALISE,
            S.AGREED,
            S.FINALISED,
            (C.RATER, C.HR, C.CLOCK),
            requires=("clock_authorised",),
        ),
        _row(
            T.ADMIT_OBJECTION,
            S.OBJECTED,
            S.OBJECTION_REVIEW,
            C.APPEALS_OFFICER,
            requires=("impartial",),
        ),
        _row(
            T.DISMISS_OBJECTION,
            (S.OBJECTED, S.OBJECTION_REVIEW),
            S.FINALISED,
            C.APPEALS_OFFICER,
            requires=("impartial",),
            text=True,
        ),
        _row(T.WITHDRAW_OBJECTION, (S.OBJECTED, S.OBJECTION_REVIEW), S.FINALISED, C.EMPLOYEE),
        _row(
            T.HEAR_EMPLOYEE,
            S.OBJECTION_REVIEW,
            None,
            C.APPEALS_OFFICER,
            requires=("impartial", "employee_not_heard"),
            text=True,
        ),
        _row(
            T.HEAR_RATER,
            S.OBJECTION_REVIEW,
            None,
            C.APPEALS_OFFICER,
            requires=("impartial", "rater_not_heard"),
            text=True,
        ),
        *(
            _row(
                decision,
                S.OBJECTION_REVIEW,
                S.FINALISED,
                C.APPEALS_OFFICER,
                requires=("impartial", "both_sides_heard"),
                text=True,
            )
            for decision in (T.UPHOLD_RESULT, T.CHANGE_RESULT)
        ),
        _row(T.SUSPEND, RUNNING_STAGES, S.SUSPENDED, C.HR, text=True),
        *(
            _row(
                T.RESUME,
                S.SUSPENDED,
                stage,
                C.HR,
                when=(f"suspended_from_{stage}",),
                requires=("not_disputed",),
            )
            for stage in Stage
            if stage in RUNNING_STAGES
        ),
        _row(T.EXTEND, AWAITING_STAGES, None, C.HR, requires=("later_due_day",), text=True),
        _row(T.REASSIGN, OPEN_STAGES, None, C.HR, requires=("assignee_named",), text=True),
        _row(
            T.NOTE_CHANGE,
            OPEN_STAGES,
            None,
            (C.HR, C.RATER),
            requires=("assignee_valid",),
            text=True,
        ),
        _row(
            T.DISPUTE_RATER,
            DISPUTABLE_STAGES,
            S.SUSPENDED,
            C.EMPLOYEE,
            requires=("rater_not_confirmed",),
            text=True,
        ),
        *(
            _row(
                T.ANSWER_DISPUTE,
                S.SUSPENDED,
                stage,
                C.HR,
                when=(f"suspended_from_{stage}",),
                requires=("disputed", "rater_valid"),
                text=True,
            )
            for stage in Stage
            if stage in RUNNING_STAGES
        ),
        _row(
            T.CLOSE_PERIOD,
            (S.PLAN_DRAFTING, S.PLAN_REVIEW),
            S.RATING,
            C.HR,
            requires=("plan_approved_before",),
            text=True,
        ),
        _row(T.CLOSE_PERIOD, (*PLANNED_STAGES, S.SELF_ASSESSMENT), S.RATING, C.HR, text=True),
        _row(T.CANCEL, OPEN_STAGES, S.CANCELLED, C.HR, text=True),
        _row(T.REOPEN, S.FINALISED, S.RATING, C.HR, text=True),
    )
    for row in rows
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

ORDERED_TRIGGERS = frozenset({T.NOTE_CHANGE, T.CLOSE_PERIOD})
"""Parts of a change of the organisation, which changes more than the one case: never an action by themselves."""

NOTED_TRIGGERS = frozenset({T.NOTE_SEEN, T.NOTE_DELIVERY, T.NOTE_BOUNCE, T.DEEM_RECEIVED})
"""What the service itself puts on record about the receipt of a result: never an action by itself."""

UNOFFERED_TRIGGERS = ORDERED_TRIGGERS | NOTED_TRIGGERS
"""What nobody is offered, although the core takes it from those who may."""

AUTOMATIC_TRIGGERS = frozenset(
    row.trigger
    for row in TABLE
    if Capacity.CLOCK in row.by and row.trigger not in OPENINGS.values() and row.trigger not in NOTED_TRIGGERS
)
"""What a scheme may let the clock do on lapse (``auto:<trigger>``)."""
