"""How an objection is examined and decided (PP 30/2019 art 59(2)-(4))."""

from states.stages import Capacity, Stage
from states.transition import Transition, row_for, settling
from states.triggers import Trigger

C, S, T = Capacity, Stage, Trigger

ROWS: tuple[list[Transition], ...] = (
    row_for(
        T.ADMIT_OBJECTION,
        S.OBJECTED,
        S.OBJECTION_REVIEW,
        C.APPEALS_OFFICER,
        requires=("impartial",),
    ),
    *settling(T.DISMISS_OBJECTION, S.OBJECTED, C.APPEALS_OFFICER, ("impartial", "dismissal_ground_listed")),
    *settling(
        T.DISMISS_OBJECTION,
        S.OBJECTION_REVIEW,
        C.APPEALS_OFFICER,
        ("impartial", "both_sides_heard", "dismissal_ground_listed"),
    ),
    *settling(T.WITHDRAW_OBJECTION, S.OBJECTED, C.EMPLOYEE),
    *settling(T.WITHDRAW_OBJECTION, S.OBJECTION_REVIEW, C.EMPLOYEE),
    *(
        row_for(
            asking,
            S.OBJECTION_REVIEW,
            None,
            C.APPEALS_OFFICER,
            requires=("impartial", "hearing_by_statements", "not_being_asked"),
            text=True,
        )
        for asking in (T.ASK_EMPLOYEE, T.ASK_RATER)
    ),
    row_for(
        T.GIVE_STATEMENT,
        S.OBJECTION_REVIEW,
        None,
        (C.EMPLOYEE, C.RATER),
        requires=("being_asked",),
        text=True,
    ),
    *(
        row_for(
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
    *settling(
        T.UPHOLD_RESULT,
        S.OBJECTION_REVIEW,
        C.APPEALS_OFFICER,
        ("impartial", "both_sides_heard", "no_new_result"),
    ),
    *settling(
        T.CHANGE_RESULT,
        S.OBJECTION_REVIEW,
        C.APPEALS_OFFICER,
        ("impartial", "both_sides_heard", "new_result"),
    ),
)
