"""What stops, moves, hands over, cancels or opens a case: acts of HR and of operations, and disputes."""

from states.stage_groups import (
    AWAITING_STAGES,
    DISPUTABLE_STAGES,
    PLAN_STAGES,
    PLANNED_STAGES,
    UNRATED_STAGES,
)
from states.stages import OPEN_STAGES, RUNNING_STAGES, Capacity, Stage
from states.transition import Transition, row_for
from states.triggers import Trigger

C, S, T = Capacity, Stage, Trigger

ROWS: tuple[list[Transition], ...] = (
    row_for(T.SUSPEND, RUNNING_STAGES, S.SUSPENDED, C.HR, text=True),
    row_for(T.WAIT_FOR_RETURN, RUNNING_STAGES, S.SUSPENDED, C.CLOCK, requires=("awaits_absent_employee",)),
    row_for(T.NOTE_ABSENCE, RUNNING_STAGES, None, C.HR, text=True),
    row_for(T.NOTE_RETURN, RUNNING_STAGES, None, C.HR, text=True),
    row_for(T.FOLLOW_PATH, S.SCHEDULED, None, C.HR, requires=("path_known",), text=True),
    row_for(
        T.FOLLOW_PATH,
        (*PLAN_STAGES, *PLANNED_STAGES),
        S.SECOND_HALF,
        C.HR,
        requires=("path_known",),
        text=True,
    ),
    *(
        row_for(
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
    row_for(
        T.EXTEND,
        AWAITING_STAGES,
        None,
        C.HR,
        requires=("later_due_day", "extension_with_a_basis"),
        text=True,
    ),
    row_for(T.REASSIGN, OPEN_STAGES, None, C.HR, requires=("assignee_named",), text=True),
    row_for(
        T.DECLARE_CONFLICT,
        (S.SELF_ASSESSMENT, S.RATING),
        None,
        C.RATER,
        requires=("conflict_declarable", "rater_above"),
        text=True,
    ),
    row_for(
        T.NOTE_CHANGE,
        OPEN_STAGES,
        None,
        (C.HR, C.RATER),
        requires=("assignee_valid",),
        text=True,
    ),
    row_for(
        T.DISPUTE_RATER,
        DISPUTABLE_STAGES,
        S.SUSPENDED,
        C.EMPLOYEE,
        requires=("rater_not_confirmed",),
        text=True,
    ),
    *(
        row_for(
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
    row_for(
        T.CLOSE_PERIOD,
        PLAN_STAGES,
        S.RATING,
        C.HR,
        requires=("plan_approved_before",),
        text=True,
    ),
    row_for(T.CLOSE_PERIOD, (*PLANNED_STAGES, S.SELF_ASSESSMENT), S.RATING, C.HR, text=True),
    row_for(T.ADOPT_CALENDAR, OPEN_STAGES, None, C.HR, requires=("calendar_to_adopt",), text=True),
    *(
        row_for(
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
    row_for(
        T.ADOPT_RULES,
        UNRATED_STAGES - {S.FIRST_HALF, S.SECOND_HALF},
        None,
        C.HR,
        requires=("rules_to_adopt", "not_rated"),
        text=True,
    ),
    row_for(T.CANCEL, OPEN_STAGES, S.CANCELLED, C.HR, requires=("nothing_cancelled_away",), text=True),
    *(
        row_for(
            T.REOPEN,
            S.FINALISED,
            target,
            C.HR,
            when=(condition,),
            requires=("reopening_allowed",),
            text=True,
        )
        for target, condition in (
            (S.RATING, "not_settled_by_objection"),
            (S.OBJECTION_REVIEW, "settled_by_objection"),
        )
    ),
    row_for(
        T.REOPEN,
        S.REPORTING,
        S.OBJECTION_REVIEW,
        C.HR,
        requires=("settled_by_an_objection", "reopening_allowed"),
        text=True,
    ),
)
