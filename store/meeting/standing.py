"""Which notice tells of which appointment, and whether what it tells still stands."""

MEETING_SET = "meeting_set"
MEETING_CHANGED = "meeting_changed"
MEETING_CANCELLED = "meeting_cancelled"

TOLD_BY = (MEETING_SET, MEETING_CHANGED, MEETING_CANCELLED)
"""The templates of notices about appointments."""

IS_OF_MEETING = "notice.template IN ('meeting_set', 'meeting_changed', 'meeting_cancelled')"

OF_NOTICE = """appointment.appraisal_id = notice.appraisal_id AND notice.rule = 'meeting-' || appointment.revision
    AND appointment.number"""
"""The appointments of the result that a notice is about; the notice's own has its number as ``occurrence``."""

ARRANGED_IN = "('rating', 'moderation', 'feedback_meeting')"
"""The stages in which an appointment may be made, as in `service.policy.MEETING_STAGES`."""

OVERTAKEN = f"""{IS_OF_MEETING}
    AND EXISTS (SELECT FROM appointment WHERE {OF_NOTICE} > notice.occurrence)"""  # only constants
"""Whether a later notice tells what holds now."""

OVER = f"""notice.template IN ('meeting_set', 'meeting_changed')
    AND COALESCE(appraisal.snapshot -> 'suspension' ->> 'source', appraisal.stage) NOT IN {ARRANGED_IN}"""
"""Whether an appointment is told to which nobody has to come any more: the result was handed over, or never will be."""
