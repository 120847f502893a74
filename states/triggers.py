"""The commands and openings that move an appraisal."""

from enum import StrEnum


class Trigger(StrEnum):
    """What somebody, or the clock where the scheme lets it, does to an appraisal."""

    OPEN_PLANNING = "open_planning"
    SUBMIT_PLAN = "submit_plan"
    APPROVE_PLAN = "approve_plan"
    RETURN_PLAN = "return_plan"
    REVISE_PLAN = "revise_plan"
    OPEN_CHECK_IN = "open_check_in"
    SUBMIT_CHECK_IN = "submit_check_in"
    RETURN_CHECK_IN = "return_check_in"
    REVIEW_CHECK_IN = "review_check_in"
    OPEN_EVALUATION = "open_evaluation"
    SUBMIT_SELF_ASSESSMENT = "submit_self_assessment"
    RETURN_SELF_ASSESSMENT = "return_self_assessment"
    PROCEED_TO_RATING = "proceed_to_rating"
    RATE = "rate"
    CONFIRM_RATING = "confirm_rating"
    RETURN_RATING = "return_rating"
    DELIVER_RESULT = "deliver_result"
    ACKNOWLEDGE_RECEIPT = "acknowledge_receipt"
    RECORD_RECEIPT = "record_receipt"
    AGREE = "agree"
    LAPSE_RESPONSE = "lapse_response"
    COUNTERSIGN = "countersign"
    FINALISE = "finalise"
    OBJECT = "object"
    ADMIT_OBJECTION = "admit_objection"
    DISMISS_OBJECTION = "dismiss_objection"
    WITHDRAW_OBJECTION = "withdraw_objection"
    HEAR_EMPLOYEE = "hear_employee"
    HEAR_RATER = "hear_rater"
    UPHOLD_RESULT = "uphold_result"
    CHANGE_RESULT = "change_result"
    SUSPEND = "suspend"
    RESUME = "resume"
    EXTEND = "extend"
    REASSIGN = "reassign"
    CANCEL = "cancel"
    REOPEN = "reopen"


class Outcome(StrEnum):
    """How a finalised appraisal was settled."""

    AGREED = "agreed"
    COUNTERSIGNED = "countersigned"
    UPHELD = "upheld"
    """The objection was heard and the result kept (*dikuatkan*)."""
    CHANGED = "changed"
    """The objection was heard and the result changed and set anew (art 59(4))."""
    INADMISSIBLE = "inadmissible"
    WITHDRAWN = "withdrawn"


class RevisionGround(StrEnum):
    """Legal grounds for changing an approved plan (PP 30/2019 art 28(2)-(3))."""

    POST_HOLDER_CHANGED = "post_holder_changed"
    STRATEGY_OR_BUDGET_CHANGED = "strategy_or_budget_changed"
    PRIORITY_CHANGED = "priority_changed"
    ABSENCE_OVER_A_MONTH = "absence_over_a_month"
    ASSIGNMENT_OVER_A_MONTH = "assignment_over_a_month"
    MINISTER_APPROVED = "minister_approved"
