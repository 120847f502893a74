"""The kinds of incident."""

from enum import StrEnum


class IncidentKind(StrEnum):
    """Why something waits on nobody, or on the personnel officers."""

    NO_RATER = "no_rater"
    """A task of a rater, and no relation names one."""
    LINE_AWAY = "line_away"
    """A task of a rater; he and everybody above are away, without a substitute."""
    LINE_ENDS = "line_ends"
    """A task of an official above the rater, and nobody stands there who may act."""
    RATER_DISPUTED = "rater_disputed"
    """The employee says that the rater is the wrong one; the clock stands still."""
    OVERDUE = "overdue"
    """*Macet*: a task whose deadline has passed its last escalation; everybody above was told."""
    BAD_ADDRESS = "bad_address"
    """Somebody whose e-mail address does not work, or who has none and no other way either."""
    TIME_STANDS_STILL = "time_stands_still"
    """What is on record of an appraisal keeps time from acting on it: no reminder, no lapse. People may act."""
    ORDER_REFUSED = "order_refused"
    """An order was refused for an appraisal."""
    ORDER_FAILED = "order_failed"
    """An order could not be carried out for an appraisal."""
