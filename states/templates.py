"""The templates of notices, and which of them tell a fact. Pure."""

from enum import StrEnum


class Template(StrEnum):
    """The words that announce an event."""

    TASK_OPENED = "task_opened"
    """A task has opened."""
    RESULT_READY = "result_ready"
    """The result can be read and answered."""
    FINALISED = "finalised"
    """The case is complete."""
    REMINDER = "reminder"
    """A due day is near."""
    ESCALATION = "escalation"
    """A due day has passed."""
    EXTENDED = "extended"
    """A deadline was extended."""
    CHANGED = "changed"
    """Something happened to the case without its employee."""
    DUTY_OPENED = "duty_opened"
    """Somebody owes something beside the task of the stage: a statement, a report, an answer."""
    DUTY_REMINDER = "duty_reminder"
    DUTY_ESCALATION = "duty_escalation"
    OBJECTION_FILED = "objection_filed"
    """An objection has been filed: told to the employee as a receipt, and to the rater."""
    STATEMENT_GIVEN = "statement_given"
    """A side has explained itself; the officer can read it."""
    STATEMENT_MISSING = "statement_missing"
    """A side has let the day pass; the officer may decide without it."""
    OBJECTION_ENDED = "objection_ended"
    """An objection has been decided or withdrawn."""
    RECEIPT_RECORDED = "receipt_recorded"
    """HR has put the receipt of the own result on record; who disagrees can dispute it."""
    RECEIPT_ANSWERED = "receipt_answered"
    """HR has answered the dispute about a receipt."""
    DEADLINE_MOVED = "deadline_moved"
    """A decree has changed the calendar, and with it a deadline."""
    MEETING_SET = "meeting_set"
    """An appointment was made at which the result is handed over; its notices are written beside it, by no event."""
    MEETING_CHANGED = "meeting_changed"
    MEETING_CANCELLED = "meeting_cancelled"
    SURVEY_INVITED = "survey_invited"
    """Somebody is asked about the work of another; this and what follows is written beside the case, by no event."""
    SURVEY_REMINDER = "survey_reminder"
    TEAM_RESULT_ASKED = "team_result_asked"
    """Somebody is asked for the result of a team."""
    TEAM_RESULT_REMINDER = "team_result_reminder"
    IMPROVEMENT_BEGAN = "improvement_began"
    """A time to improve has begun."""
    IMPROVEMENT_REMINDER = "improvement_reminder"
    IMPROVEMENT_TEST_DUE = "improvement_test_due"
    """The outcome of the test after a time to improve is to be put on record."""
    HANDED_OVER = "handed_over"
    """The reader has taken over somebody's task."""
    SUPERIOR_PLAN_SET = "superior_plan_set"
    """The plan of the rater was set, on which the reader's rests."""
    CONFLICT_DECLARED = "conflict_declared"
    """The rater has declared a conflict of interest; the next level up rates."""


INFORMING = frozenset(
    {
        Template.OBJECTION_FILED,
        Template.OBJECTION_ENDED,
        Template.RECEIPT_RECORDED,
        Template.RECEIPT_ANSWERED,
        Template.DEADLINE_MOVED,
        Template.MEETING_SET,
        Template.MEETING_CHANGED,
        Template.MEETING_CANCELLED,
        Template.FINALISED,
        Template.CHANGED,
        Template.CONFLICT_DECLARED,
        Template.IMPROVEMENT_BEGAN,
    }
)
"""What is told as a fact, and so also when the case has gone on meanwhile; everything else asks for something."""
