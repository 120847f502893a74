"""Stages that have something in common."""

from states.stages import HOLDERS, Capacity, Stage

S = Stage

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

AWAITING_STAGES = frozenset(stage for stage, holder in HOLDERS.items() if holder is not Capacity.CLOCK)
"""Stages with a deadline; only these can be extended."""
