"""The body of a request for a launch: its people and its pace."""

import uuid
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from service.launches.launching import USUAL_PACE
from service.roster.rows import Echelon, Employment, PositionKind
from store.cycle.selection import Selection

MOST_UNITS, MOST_PEOPLE = 500, 1_000


class NewLaunch(BaseModel):
    """A launch of a cycle: for whoever fits every criterion given, without any for everybody.

    Only those are launched who have no started appraisal yet.
    """

    model_config = ConfigDict(strict=True, extra="forbid", use_attribute_docstrings=True)

    units: Annotated[tuple[uuid.UUID, ...], Field(max_length=MOST_UNITS)] = ()
    """Ids of units, each with all below it."""
    employment: Annotated[tuple[Employment, ...], Field(max_length=2)] = ()
    post_kinds: Annotated[tuple[PositionKind, ...], Field(max_length=10)] = ()
    """Kinds of posts as in the roster: 1 structural, 2 functional, 4 executive."""
    echelons: Annotated[tuple[Echelon, ...], Field(max_length=20)] = ()
    """Echelons as in the roster, for example 31 for III.a."""
    people: Annotated[tuple[uuid.UUID, ...], Field(max_length=MOST_PEOPLE)] = ()
    """Ids of people."""
    pace: Annotated[int, Field(ge=0, le=10_000)] = USUAL_PACE
    """Appraisals started a second at most; 0 for as many as possible."""

    def selection(self) -> Selection:
        """The people, in the form that the launch uses."""
        return Selection(
            units=self.units,
            employment=tuple(self.employment),
            post_kinds=tuple(self.post_kinds),
            echelons=tuple(self.echelons),
            people=self.people,
        )
