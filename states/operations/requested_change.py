"""A change of the organisation that somebody has requested, with all that deciding it needs to know."""

import datetime as dt
import uuid
from dataclasses import dataclass

from states.changes import Absence, AppointSubstitute, Change
from states.operations.agency_time import AgencyTime


@dataclass(frozen=True, slots=True)
class Basis:
    """On what a written relation rests, and from when it holds."""

    operation: uuid.UUID
    at: dt.datetime
    """Business moment."""
    letter: str
    reason: str


@dataclass(frozen=True, slots=True)
class RequestedChange:
    """A change with who asked for it, under which operation, and when."""

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
            # The database and the core may round a bent clock differently: at once means at once in both.
            return moment - dt.timedelta(milliseconds=1)
        return self.time.first_moment_of(day)

    @property
    def first_day(self) -> dt.date:
        """The local day from which it holds."""
        return self.time.day_of(self.at)

    @property
    def ends_at(self) -> dt.datetime | None:
        """The business moment at which its period is over, for a change that has one."""
        if isinstance(self.change, Absence | AppointSubstitute) and self.change.until is not None:
            return self.time.end_of(self.change.until)
        return None

    @property
    def basis(self) -> Basis:
        """What written relations rest on."""
        return Basis(self.id, self.at, self.change.authority, self.change.reason)
