"""A requested change of the organisation, with all that is needed to decide it."""

import datetime as dt
import uuid
from dataclasses import dataclass

from states.changes import Absence, AppointSubstitute, Change
from states.operations.agency_time import AgencyTime


@dataclass(frozen=True, slots=True)
class Basis:
    """What a written relation rests on, and from when it holds."""

    operation: uuid.UUID
    at: dt.datetime
    """Business moment."""
    letter: str
    reason: str


@dataclass(frozen=True, slots=True)
class RequestedChange:
    """A change with its author, its operation and its time."""

    id: uuid.UUID
    """The operation that carries it out."""
    agency: uuid.UUID
    change: Change
    requested_by: uuid.UUID
    time: AgencyTime
    now: dt.datetime
    """The real moment."""

    @property
    def at(self) -> dt.datetime:
        """The business moment from which it holds."""
        day = getattr(self.change, "effective_on", None)
        moment = self.time.moment(self.now)
        if day is None or day == self.time.day_of(moment):
            # The database and the core may round rehearsal time differently: "at once" must hold in both.
            return moment - dt.timedelta(milliseconds=1)
        return self.time.first_moment_of(day)

    @property
    def first_day(self) -> dt.date:
        """The local day from which it holds."""
        return self.time.day_of(self.at)

    @property
    def ends_at(self) -> dt.datetime | None:
        """The business moment at which its period is over, for a change with a period."""
        if isinstance(self.change, Absence | AppointSubstitute) and self.change.until is not None:
            return self.time.end_of(self.change.until)
        return None

    @property
    def basis(self) -> Basis:
        """What written relations rest on."""
        return Basis(self.id, self.at, self.change.authority, self.change.reason)
