"""The lifecycle as one table of transitions.

From this table come the machine, the permission matrix, the allowed actions, the diagram and the simulator.
A scheme selects among the rows by its conditions; it can never add one.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from states.stages import HOLDERS, OPEN_STAGES, RUNNING_STAGES, Capacity, Stage
from states.triggers import Trigger

C, S, T = Capacity, Stage, Trigger


@dataclass(frozen=True, slots=True)
class Transition:
    """One row: in ``source``, ``trigger`` by one of ``by`` leads to ``target``.

    ``when`` names the conditions that choose among rows of one trigger, ``requires`` the guards that refuse
    with a typed error. ``needs_text`` means that a document or a reason must come with the command.
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


def _settling(
    trigger: Trigger, source: Stage, by: Capacity, requires: tuple[str, ...] = ()
) -> Iterator[list[Transition]]:
    """Rows for each target: where the scheme has the settled result reported (art 51), it is not final before."""
    for target, condition in ((Stage.REPORTING, "report_owed"), (Stage.FINALISED, "no_report_owed")):
        yield _row(trigger, source, target, by, when=(condition,), requires=requires, text=True)


PLANNED_STAGES = (S.FIRST_HALF, S.MIDYEAR_REPORT, S.MIDYEAR_REVIEW, S.SECOND_HALF)
"""Stages in which an approved plan exists and may be revised on the grounds of art 28(2)-(3)."""

PLAN_STAGES = (S.PLAN_DRAFTING, S.PLAN_SCREENING, S.PLAN_REVIEW)
"""Stages in which a plan is made."""

UNRATED_STAGES = frozenset({S.SCHEDULED, *PLAN_STAGES, *PLANNED_STAGES, S.SELF_ASSESSMENT, S.RATING})
"""Stages before a rating."""

DISPUTABLE_STAGES = UNRATED_STAGES
"""Stages in which the employee may say that the rater is the wrong one; later that is a ground of objection."""

OBJECTION_STAGES = (S.OBJECTED, S.OBJECTION_REVIEW)
"""Stages in which an objection is open (art 59)."""

OBJECTABLE_STAGES = (
    S.RESPONSE,
    S.COUNTERSIGN,
    S.AGREED,
    S.REPORTING,
    S.FINALISED,
    S.SUSPENDED,
)
"""Stages in which the employee may object, if he has received a result that no objection has settled (art 59(1))."""

RECEIPT_STAGES = (S.RESPONSE, S.COUNTERSIGN, *OBJECTION_STAGES)
"""Stages in which a receipt on record may be disputed."""

AWAITING_STAGES = frozenset(stage for stage, holder in HOLDERS.items() if holder is not C.CLOCK)
"""Stages with a deadline; only these can be extended."""

TABLE: tuple[Transition, ...] = tuple(
    row
    for rows in (
        *(
            _row(
                T.OPEN_PLANNING,
                S.SCHEDULED,
                target,
                (C.CLOCK, C.HR),
                when=(basis,),
                requires=("opening_due",),
            )
            for target, basis in ((S.PLAN_DRAFTING, "on_a_plan"), (S.SECOND_HALF, "on_another_basis"))
        ),
        _row(T.SUBMIT_PLAN, S.PLAN_DRAFTING, S.PLAN_SCREENING, C.EMPLOYEE, when=("screened",), text=True),
        _row(T.SUBMIT_PLAN, S.PLAN_DRAFTING, S.PLAN_REVIEW, C.EMPLOYEE, when=("not_screened",), text=True),
        _row(T.SCREEN_PLAN, S.PLAN_SCREENING, S.PLAN_REVIEW, C.HR),
        _row(T.RETURN_PLAN, S.PLAN_SCREENING, S.PLAN_DRAFTING, C.HR, text=True),
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
        _row(T.DELIVER_RESULT, S.COUNTERSIGN, S.RESPONSE, C.RATER, requires=("not_delivered",)),
        _row(
            T.LAPSE_DELIVERY,
            S.FEEDBACK_MEETING,
            S.COUNTERSIGN,
            (C.CLOCK, C.HR),
            requires=("clock_authorised", "deadline_lapsed"),
        ),
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
        _row(
            T.DISPUTE_RECEIPT,
            RECEIPT_STAGES,
            None,
            C.EMPLOYEE,
            requires=("receipt_disputable",),
            text=True,
        ),
        _row(
            T.ANSWER_RECEIPT,
            S.COUNTERSIGN,
            S.RESPONSE,
            C.HR,
            when=("response_reopens",),
            requires=("receipt_disputed", "corrected_receipt_day"),
            text=True,
        ),
        _row(
            T.ANSWER_RECEIPT,
            RECEIPT_STAGES,
            None,
            C.HR,
            requires=("receipt_disputed", "corrected_receipt_day"),
            text=True,
        ),
        _row(T.AGREE, S.RESPONSE, S.AGREED, C.EMPLOYEE),
        _row(T.AGREE, S.COUNTERSIGN, S.AGREED, C.EMPLOYEE, requires=("delivered",)),
        _row(
            T.OBJECT,
            OBJECTABLE_STAGES,
            S.OBJECTED,
            C.EMPLOYEE,
            requires=("result_open_to_objection", "late_objection_admitted"),
            text=True,
        ),
        *(
            _row(
                T.LAPSE_RESPONSE,
                S.RESPONSE,
                target,
                (C.CLOCK, C.HR),
                when=(condition,),
                requires=("clock_authorised", "receipt_evidenced", "deadline_lapsed", "receipt_settled"),
            )
            for target, condition in (
                (S.COUNTERSIGN, "not_countersigned"),
                (S.REPORTING, "countersigned"),
            )
        ),
        *(
            _row(
                T.COUNTERSIGN,
                S.COUNTERSIGN,
                target,
                C.RATER_SUPERIOR,
                when=when,
                requires=("impartial", "receipt_settled"),
            )
            for target, when in (
                (S.RESPONSE, ("not_yet_delivered_to_employee",)),
                (S.REPORTING, ("delivered_to_employee", "report_owed")),
                (S.FINALISED, ("delivered_to_employee", "no_report_owed")),
            )
        ),
        _row(
            T.FINALISE,
            (S.AGREED, S.REPORTING),
            S.FINALISED,
            (C.RATER, C.HR, C.CLOCK),
            requires=("clock_authorised",),
        ),
        _row(
            T.REPORT_PROVISIONALLY,
            (S.RESPONSE, S.COUNTERSIGN, *OBJECTION_STAGES),
            None,
            (C.RATER, C.HR, C.CLOCK),
            requires=("clock_authorised", "provisional_report_owed"),
        ),
        _row(
            T.ADMIT_OBJECTION,
            S.OBJECTED,
            S.OBJECTION_REVIEW,
            C.APPEALS_OFFICER,
            requires=("impartial",),
        ),
        *_settling(
            T.DISMISS_OBJECTION, S.OBJECTED, C.APPEALS_OFFICER, ("impartial", "dismissal_ground_listed")
        ),
        *_settling(
            T.DISMISS_OBJECTION,
            S.OBJECTION_REVIEW,
            C.APPEALS_OFFICER,
            ("impartial", "dismissal_ground_listed", "both_sides_heard"),
        ),
        *_settling(T.WITHDRAW_OBJECTION, S.OBJECTED, C.EMPLOYEE),
        *_settling(T.WITHDRAW_OBJECTION, S.OBJECTION_REVIEW, C.EMPLOYEE),
        *(
            _row(
                asking,
                S.OBJECTION_REVIEW,
                None,
                C.APPEALS_OFFICER,
                requires=("impartial", "hearing_by_statements", "not_being_asked"),
                text=True,
            )
            for asking in (T.ASK_EMPLOYEE, T.ASK_RATER)
        ),
        _row(
            T.GIVE_STATEMENT,
            S.OBJECTION_REVIEW,
            None,
            (C.EMPLOYEE, C.RATER),
            requires=("being_asked",),
            text=True,
        ),
        *(
            _row(
                hearing,
                S.OBJECTION_REVIEW,
                None,
                C.APPEALS_OFFICER,
                requires=("impartial", "hearing_by_the_officer", guard),
                text=True,
            )
            for hearing, guard in (
                (T.HEAR_EMPLOYEE, "employee_not_heard"),
                (T.HEAR_RATER, "rater_not_heard"),
            )
        ),
        *_settling(
            T.UPHOLD_RESULT,
            S.OBJECTION_REVIEW,
            C.APPEALS_OFFICER,
            ("impartial", "both_sides_heard", "no_new_result"),
        ),
        *_settling(
            T.CHANGE_RESULT,
            S.OBJECTION_REVIEW,
            C.APPEALS_OFFICER,
            ("impartial", "both_sides_heard", "new_result"),
        ),
        _row(T.SUSPEND, RUNNING_STAGES, S.SUSPENDED, C.HR, text=True),
        _row(T.WAIT_FOR_RETURN, RUNNING_STAGES, S.SUSPENDED, C.CLOCK, requires=("awaits_absent_employee",)),
        _row(T.NOTE_ABSENCE, RUNNING_STAGES, None, C.HR, text=True),
        _row(T.NOTE_RETURN, RUNNING_STAGES, None, C.HR, text=True),
        _row(T.FOLLOW_PATH, S.SCHEDULED, None, C.HR, requires=("path_known",), text=True),
        _row(
            T.FOLLOW_PATH,
            (*PLAN_STAGES, *PLANNED_STAGES),
            S.SECOND_HALF,
            C.HR,
            requires=("path_known",),
            text=True,
        ),
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
        _row(
            T.EXTEND,
            AWAITING_STAGES,
            None,
            C.HR,
            requires=("later_due_day", "extension_with_a_basis"),
            text=True,
        ),
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
            PLAN_STAGES,
            S.RATING,
            C.HR,
            requires=("plan_approved_before",),
            text=True,
        ),
        _row(T.CLOSE_PERIOD, (*PLANNED_STAGES, S.SELF_ASSESSMENT), S.RATING, C.HR, text=True),
        _row(T.ADOPT_CALENDAR, OPEN_STAGES, None, C.HR, requires=("calendar_to_adopt",), text=True),
        *(
            _row(
                T.ADOPT_RULES,
                source,
                target,
                C.HR,
                when=(condition,),
                requires=("rules_to_adopt", "not_rated"),
                text=True,
            )
            for source in (S.FIRST_HALF, S.SECOND_HALF)
            for target, condition in (
                (S.FIRST_HALF, "check_in_ahead_anew"),
                (S.SECOND_HALF, "no_check_in_ahead_anew"),
            )
        ),
        _row(
            T.ADOPT_RULES,
            UNRATED_STAGES - {S.FIRST_HALF, S.SECOND_HALF},
            None,
            C.HR,
            requires=("rules_to_adopt", "not_rated"),
            text=True,
        ),
        _row(T.CANCEL, OPEN_STAGES, S.CANCELLED, C.HR, requires=("no_open_objection",), text=True),
        *(
            _row(
                T.REOPEN,
                source,
                target,
                C.HR,
                when=(condition,),
                requires=("reopening_allowed",),
                text=True,
            )
            for source, target, condition in (
                (S.FINALISED, S.RATING, "not_settled_by_objection"),
                (S.FINALISED, S.OBJECTION_REVIEW, "settled_by_objection"),
                (S.REPORTING, S.OBJECTION_REVIEW, "settled_by_objection"),
            )
        ),
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

NOTED_TRIGGERS = frozenset({T.NOTE_SEEN, T.NOTE_DELIVERY, T.NOTE_BOUNCE, T.DEEM_RECEIVED, T.WAIT_FOR_RETURN})
"""What the service or the clock puts on record by itself: never an action of a person."""

UNOFFERED_TRIGGERS = ORDERED_TRIGGERS | NOTED_TRIGGERS
"""Triggers that are never offered, but that the core accepts."""

AUTOMATIC_TRIGGERS = frozenset(
    row.trigger
    for row in TABLE
    if Capacity.CLOCK in row.by and row.trigger not in OPENINGS.values() and row.trigger not in NOTED_TRIGGERS
)
"""What a scheme may let the clock do on lapse (``auto:<trigger>``)."""
