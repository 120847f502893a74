"""The kinds of incident."""

from enum import StrEnum


class IncidentKind(StrEnum):
    """Why something waits on nobody, or on the personnel officers."""

    NO_RATER = "no_rater"
    """A rater's task, but no relation names a rater."""
    LINE_AWAY = "line_away"
    """A rater's task; the rater and everybody above him are away, without a substitute."""
    LINE_ENDS = "line_ends"
    """A task of an official above the rater, but nobody there may act."""
    RATER_DISPUTED = "rater_disputed"
    """The employee says that the rater is the wrong one; the clock stands still."""
    OVERDUE = "overdue"
    """*Macet*: a task whose deadline has passed its last escalation; everybody above was told."""
    BAD_ADDRESS = "bad_address"
    """Somebody whose e-mail address does not work, or who has no address and cannot be reached otherwise."""
    TEST_MISSING = "test_missing"
    """A time to improve has long ended, and the outcome of the competency test is not on record; nobody is reminded."""
    TIME_STANDS_STILL = "time_stands_still"
    """An appraisal's record keeps time from acting on it: no reminder, no lapse. People may act."""
    ORDER_REFUSED = "order_refused"
    """What an operation was meant to do to an appraisal was refused."""
    ORDER_FAILED = "order_failed"
    """What an operation was meant to do to an appraisal failed."""
