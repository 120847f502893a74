"""What is noted during the year: observations, progress, feedback, coaching, projects, complaints handled."""

from typing import Annotated, Literal

from pydantic import Field as Limits

from content.forms.fields import PlainField, Source
from content.parts import Name, Part, Words
from states.stages import Capacity

ReaderRole = Literal["employee", "rater", "rater_superior", "appeals_officer", "hr"]


class CountedEntries(Part):
    """Which entries of a kind are counted apart, by a number in them: complaints that were handled fast."""

    label: Words
    field: Name
    """A field of the kind that holds a number; an entry without it is not among them."""
    at_most: float


class EntryKind(Part):
    """One kind of note. Its author dates and writes it; it is never changed, only withdrawn by its author."""

    label: Words
    help: Words | None = None
    by: Annotated[
        tuple[Literal[Capacity.EMPLOYEE, Capacity.RATER, Capacity.RATER_SUPERIOR, Capacity.HR], ...],
        Limits(min_length=1),
    ]
    """Who writes it."""
    about: Literal[Source.RESULTS, Source.INDICATORS, Source.VALUES, Source.SKILLS] | None = None
    """What an entry may be about; absent: the work as a whole."""
    about_required: bool = False
    fields: Annotated[tuple[PlainField, ...], Limits(min_length=1, max_length=20)]
    confidential: bool = False
    """Only its author and the employee (or the rater) ever see it: counselling (PP 30/2019 art 32)."""
    counted: CountedEntries | None = None
    """Absent: they are listed and not counted."""
    article: str | None = None
