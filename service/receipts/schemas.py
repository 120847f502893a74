import datetime as dt

from service.answer import Answer


class ReceiptEvidence(Answer):
    """One piece of evidence that a result was received, or that its notice arrived or not."""

    revision: int
    """Which result it is about: 1 for the first, one more for each reopening."""
    level: str
    level_name: str
    at: dt.datetime
    """In business time; noon of a day of which no more is known."""
    channel: str | None
    source: str
    """What shows it: the event, the notice or the message."""


class Receipt(Answer):
    """How the receipt of the present result is evidenced (PP 30/2019 arts 49(3) and 59(1))."""

    evidence: str | None
    """What counts as receipt; before that, what there is so far. Null where there is nothing."""
    evidence_name: str | None
    on: dt.date | None
    """The day of that evidence."""
    deadline_runs_from: dt.date | None
    """The day from which the response counts; null while nothing counts as receipt."""
    acknowledged: bool
    """The employee has confirmed the receipt himself, or answered."""
    starts_with: str
    """The weakest act of the employee that counts by the scheme: `seen` or `acknowledged`."""
    deemed_on: dt.date | None
    """The day at whose end the result will be deemed received, if nothing else shows it before."""
    history: list[ReceiptEvidence]
    """All evidence, the oldest first."""
