"""From the launch to a plan that is set, and to its revision (PP 30/2019 arts 8, 24, 28)."""

from states.stage_groups import PLANNED_STAGES
from states.stages import Capacity, Stage
from states.transition import Transition, row_for
from states.triggers import Trigger

C, S, T = Capacity, Stage, Trigger

ROWS: tuple[list[Transition], ...] = (
    *(
        row_for(
            T.OPEN_PLANNING,
            S.SCHEDULED,
            target,
            (C.CLOCK, C.HR),
            when=(basis,),
            requires=("opening_due",),
        )
        for target, basis in ((S.PLAN_DRAFTING, "on_a_plan"), (S.SECOND_HALF, "on_another_basis"))
    ),
    row_for(T.SUBMIT_PLAN, S.PLAN_DRAFTING, S.PLAN_SCREENING, C.EMPLOYEE, when=("screened",), text=True),
    row_for(T.SUBMIT_PLAN, S.PLAN_DRAFTING, S.PLAN_REVIEW, C.EMPLOYEE, when=("not_screened",), text=True),
    row_for(
        T.NOTE_SUPERIOR_PLAN,
        S.PLAN_DRAFTING,
        None,
        C.CLOCK,
        requires=("waits_for_superior", "superior_plan_day"),
    ),
    row_for(T.SCREEN_PLAN, S.PLAN_SCREENING, S.PLAN_REVIEW, C.HR),
    row_for(T.RETURN_PLAN, S.PLAN_SCREENING, S.PLAN_DRAFTING, C.HR, text=True),
    row_for(T.RETURN_PLAN, S.PLAN_REVIEW, S.PLAN_DRAFTING, C.RATER, text=True),
    *(
        row_for(T.APPROVE_PLAN, S.PLAN_REVIEW, stage, C.RATER, when=(f"plan_returns_to_{stage}",))
        for stage in PLANNED_STAGES
    ),
    row_for(T.APPROVE_PLAN, S.PLAN_REVIEW, S.FIRST_HALF, C.RATER, when=("check_in_ahead",)),
    row_for(T.APPROVE_PLAN, S.PLAN_REVIEW, S.SECOND_HALF, C.RATER, when=("no_check_in_ahead",)),
    row_for(
        T.REVISE_PLAN,
        PLANNED_STAGES,
        S.PLAN_DRAFTING,
        (C.RATER, C.HR),
        requires=("legal_ground",),
        text=True,
    ),
)
