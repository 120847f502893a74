import datetime as dt

from service.answer import Answer


class DueDay(Answer):
    """A running deadline."""

    rule: str
    on: dt.date
    on_in_words: str
    by_law: dt.date
    """The last day by the law alone; another one than `on` where the term was extended, suspended or moved, or was
    recorded late."""
    started_on: dt.date
    article: str
    """Where the law, or the agency's scheme, says so."""
    statutory: bool
    lapsed: bool
    on_lapse: str
    on_lapse_in_words: str
    provisional: bool
    """The day rests on working days of a year whose public holidays are not decreed, and may still move."""
    provisional_in_words: str | None
    """Until when it may; null for a day that is certain."""


class OwedDuty(Answer):
    """Something that somebody owes beside what the stage awaits, with a deadline of its own."""

    kind: str
    name: str
    capacity: str
    """Who owes it."""
    capacity_name: str
    deadline: DueDay
    overdue: bool
