"""Whether a team and its memberships fit the year, the agency and each other. Pure."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from service.problems import FieldError
from service.teams.schemas import NewMember
from store.team.people import Standing
from translations import mark as _

NOBODY = _("This person does not belong to the agency.")
NOT_APPRAISED = _("This person is not appraised in this cycle.")
OUTSIDE = _("This day is outside the year {year}.")
BACKWARDS = _("The last day is before the first one.")
OVERLAPS = _("This person belongs to the team on some of these days already.")


@dataclass(frozen=True, slots=True)
class Span:
    """Days of a membership, both included."""

    person: uuid.UUID
    first: dt.date
    last: dt.date

    def meets(self, other: "Span") -> bool:
        """Whether both are of the same person and share a day."""
        return self.person == other.person and self.first <= other.last and other.first <= self.last


def span_of(member: NewMember, year: int) -> Span:
    """The days of a membership; what is left out reaches to the end of the year."""
    return Span(
        member.person, member.first_day or dt.date(year, 1, 1), member.last_day or dt.date(year, 12, 31)
    )


def unfit(
    span: Span, place: str, year: int, people: Mapping[uuid.UUID, Standing], others: Iterable[Span]
) -> list[FieldError]:
    """Why a membership does not fit; ``place`` is where it stands in the request."""
    errors = []
    if span.person not in people:
        errors.append(FieldError(f"{place}/person", NOBODY))
    for name, day in (("first_day", span.first), ("last_day", span.last)):
        if day.year != year:
            errors.append(FieldError(f"{place}/{name}", OUTSIDE, {"year": str(year)}))
    if span.last < span.first:
        errors.append(FieldError(f"{place}/last_day", BACKWARDS))
    elif any(span.meets(other) for other in others):
        errors.append(FieldError(f"{place}/first_day", OVERLAPS))
    return errors
