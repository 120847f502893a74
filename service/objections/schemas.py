import datetime as dt

from service.answer import Answer


class ResponseTerm(Answer):
    """The days in which an objection is in time, whatever is signed meanwhile (PP 30/2019 art 59(1))."""

    due_on: dt.date
    """The last day, with all that was added to the term."""
    by_law: dt.date
    """The last day by the law alone."""
    in_words: str


class HeardSide(Answer):
    """How one side of the objection has been heard."""

    capacity: str
    capacity_name: str
    asked: bool
    heard: bool
    """The side has given a statement."""
    silent: bool
    """The side was asked and gave none by the day."""
    in_words: str


class Objection(Answer):
    """An objection to the result, open or decided."""

    filed_on: dt.date | None
    """Null for an objection that is older than this field."""
    late: bool
    late_by: int
    """Days by which it is late, with all that was added to the term."""
    late_by_law: int
    """Days by which it is late by the law alone."""
    in_words: str
    sides: list[HeardSide]
