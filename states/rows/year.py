"""Check-ins and the self-assessment (PP 30/2019 arts 27, 29)."""

from states.stages import Capacity, Stage
from states.transition import Transition, row_for
from states.triggers import Trigger

C, S, T = Capacity, Stage, Trigger

ROWS: tuple[list[Transition], ...] = (
    row_for(T.OPEN_CHECK_IN, S.FIRST_HALF, S.MIDYEAR_REPORT, (C.CLOCK, C.HR), requires=("opening_due",)),
    row_for(T.SUBMIT_CHECK_IN, S.MIDYEAR_REPORT, S.MIDYEAR_REVIEW, C.EMPLOYEE, text=True),
    row_for(T.RETURN_CHECK_IN, S.MIDYEAR_REVIEW, S.MIDYEAR_REPORT, C.RATER, text=True),
    row_for(T.REVIEW_CHECK_IN, S.MIDYEAR_REVIEW, S.FIRST_HALF, C.RATER, when=("another_check_in_ahead",)),
    row_for(T.REVIEW_CHECK_IN, S.MIDYEAR_REVIEW, S.SECOND_HALF, C.RATER, when=("last_check_in",)),
    row_for(T.OPEN_EVALUATION, S.SECOND_HALF, S.SELF_ASSESSMENT, (C.CLOCK, C.HR), requires=("opening_due",)),
    row_for(T.SUBMIT_SELF_ASSESSMENT, S.SELF_ASSESSMENT, S.RATING, C.EMPLOYEE, text=True),
    row_for(
        T.PROCEED_TO_RATING,
        S.SELF_ASSESSMENT,
        S.RATING,
        (C.RATER, C.HR, C.CLOCK),
        requires=("clock_authorised", "deadline_lapsed"),
    ),
    row_for(T.RETURN_SELF_ASSESSMENT, S.RATING, S.SELF_ASSESSMENT, C.RATER, text=True),
)
