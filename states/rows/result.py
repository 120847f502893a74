"""From the rating to a result that is answered, settled and reported (PP 30/2019 arts 45, 49-51, 59(1))."""

from states.stage_groups import OBJECTABLE_STAGES, OBJECTION_STAGES, RECEIPT_STAGES
from states.stages import Capacity, Stage
from states.transition import Transition, row_for
from states.triggers import Trigger

C, S, T = Capacity, Stage, Trigger

ROWS: tuple[list[Transition], ...] = (
    row_for(T.RATE, S.RATING, S.MODERATION, C.RATER, when=("moderated",), text=True),
    row_for(T.RATE, S.RATING, S.FEEDBACK_MEETING, C.RATER, when=("not_moderated",), text=True),
    row_for(T.CONFIRM_RATING, S.MODERATION, S.FEEDBACK_MEETING, C.HR),
    row_for(T.RETURN_RATING, S.MODERATION, S.RATING, C.HR, text=True),
    row_for(T.DELIVER_RESULT, S.FEEDBACK_MEETING, S.RESPONSE, C.RATER),
    row_for(T.DELIVER_RESULT, S.COUNTERSIGN, S.RESPONSE, C.RATER, requires=("not_delivered",)),
    row_for(
        T.LAPSE_DELIVERY,
        S.FEEDBACK_MEETING,
        S.COUNTERSIGN,
        (C.CLOCK, C.HR),
        requires=("clock_authorised", "deadline_lapsed"),
    ),
    row_for(T.ACKNOWLEDGE_RECEIPT, S.RESPONSE, None, C.EMPLOYEE, requires=("not_yet_acknowledged",)),
    row_for(
        T.RECORD_RECEIPT,
        S.RESPONSE,
        None,
        C.HR,
        requires=("not_yet_received", "receipt_day", "official_evidence"),
        text=True,
    ),
    row_for(T.NOTE_SEEN, S.RESPONSE, None, C.EMPLOYEE, requires=("not_yet_received", "not_yet_seen")),
    row_for(
        T.NOTE_DELIVERY,
        S.RESPONSE,
        None,
        C.CLOCK,
        requires=("not_yet_received", "not_yet_delivered", "delivery_day"),
    ),
    row_for(
        T.NOTE_BOUNCE,
        S.RESPONSE,
        None,
        C.CLOCK,
        requires=("not_yet_received", "not_yet_seen", "delivery_noted"),
    ),
    row_for(T.DEEM_RECEIVED, S.RESPONSE, None, C.CLOCK, requires=("not_yet_received", "deemed_due")),
    row_for(
        T.DISPUTE_RECEIPT,
        RECEIPT_STAGES,
        None,
        C.EMPLOYEE,
        requires=("receipt_disputable",),
        text=True,
    ),
    row_for(
        T.ANSWER_RECEIPT,
        S.COUNTERSIGN,
        S.RESPONSE,
        C.HR,
        when=("response_reopens",),
        requires=("receipt_disputed", "corrected_receipt_day"),
        text=True,
    ),
    row_for(
        T.ANSWER_RECEIPT,
        RECEIPT_STAGES,
        None,
        C.HR,
        requires=("receipt_disputed", "corrected_receipt_day"),
        text=True,
    ),
    row_for(T.AGREE, S.RESPONSE, S.AGREED, C.EMPLOYEE),
    row_for(T.AGREE, S.COUNTERSIGN, S.AGREED, C.EMPLOYEE, requires=("delivered",)),
    row_for(
        T.OBJECT,
        OBJECTABLE_STAGES,
        S.OBJECTED,
        C.EMPLOYEE,
        requires=("result_open_to_objection", "late_objection_admitted"),
        text=True,
    ),
    *(
        row_for(
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
        row_for(
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
    row_for(
        T.FINALISE,
        (S.AGREED, S.REPORTING),
        S.FINALISED,
        (C.RATER, C.HR, C.CLOCK),
        requires=("clock_authorised",),
    ),
    row_for(
        T.REPORT_PROVISIONALLY,
        (S.RESPONSE, S.COUNTERSIGN, *OBJECTION_STAGES),
        None,
        (C.RATER, C.HR, C.CLOCK),
        requires=("clock_authorised", "provisional_report_owed"),
    ),
)
