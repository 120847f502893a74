import datetime as dt
import uuid

from service.answer import Answer
from service.filled.schemas import Filled


class ShownNumber(Answer):
    """One value from which a step of the working starts."""

    name: str
    label: str
    value: float | str
    in_words: str


class ShownStep(Answer):
    """One step of how a predicate is computed."""

    name: str
    label: str
    numbers: list[ShownNumber]
    result: float | str | None
    """What comes out; null for a step that only states something."""
    result_in_words: str
    article: str | None
    """On what the step rests."""
    scheme: str
    """The version of the scheme whose rule it is."""


class ShownApart(Answer):
    """Something rated beside the predicate, which it never moves."""

    name: str
    label: str
    step: str
    step_name: str


class ShownOutcome(Answer):
    """A predicate with everything that led to it."""

    predicate: str
    predicate_name: str
    results: str | None
    """Rating of the results, where the method has one."""
    results_name: str | None
    behaviour: str | None
    """Rating of the behaviour, where the method has one."""
    behaviour_name: str | None
    score: float | None
    apart: list[ShownApart]
    working: list[ShownStep]
    """How it is computed: the same for the employee, the rater and the personnel officers."""


class RatingDetail(Answer):
    """The result that counts."""

    appraisal_id: uuid.UUID
    digest: str
    set_by: str
    on_behalf_of: str | None
    """The official in whose place it was set."""
    set_at: dt.datetime
    """In business time."""
    delivered_at: dt.datetime | None
    """When it was given to the employee; null for a draft."""
    decided: bool
    """It was set by a decision on an objection."""
    scheme: str
    rating: Filled
    """What was set, item by item, with the reasons."""
    outcome: ShownOutcome | None
    """Null for a rating in words alone."""


class SuggestionDetail(Answer):
    """What the thresholds of the agency suggest for the results. The rater takes it or leaves it: it never rates."""

    step: str | None
    """A step of the scheme's scale; null where no indicator has a number yet."""
    step_name: str | None
    achievement: float | None
    """In percent."""
    left_out: int
    """Indicators without a number. They are left out, and do not count as zero."""
    working: list[ShownStep]
    scheme: str
