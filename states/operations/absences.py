"""What an absence or a return does to the person's post and own cases."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from states.absences import FINAL, LEGAL_STANDINGS, AbsenceKind, longer_than_a_month
from states.changes import Absence
from states.effects import OTHER_BASES, of_absence, of_return
from states.errors import ParameterInvalid
from states.operations.items import Item, OpenCase, item_of
from states.operations.refusals import end_after_start, refuse_own_cause
from states.operations.requested_change import RequestedChange
from states.standing import LegalStanding
from states.triggers import Trigger


@dataclass(frozen=True, slots=True)
class AbsenceBegun:
    """What an absence records, and whom it may affect."""

    until: dt.datetime | None
    """The business moment at which it ends."""
    standing: LegalStanding | None
    """The legal standing that it gives; None leaves the present one."""
    officials: frozenset[uuid.UUID]
    """People whose cases it may affect, with the cases of everybody below them."""
    long: bool
    """Whether it lasts more than a month (PP 30/2019 art 28(2)d); only leave may be shorter."""
    evaluate: bool
    """Whether the work until now is rated, as nobody comes back."""
    first_day: dt.date


def absence_begun(requested: RequestedChange, change: Absence) -> AbsenceBegun:
    """What the absence means. Raises `ParameterInvalid` and `ConflictOfInterest`."""
    refuse_own_cause(requested, change.person)
    final = change.absence in FINAL
    if final and change.until is not None:
        raise ParameterInvalid("Nobody comes back from this; leave out the last day.", field="until")
    leave = change.absence is AbsenceKind.LEAVE
    ends_at = end_after_start(requested, required=leave)
    last = None if ends_at is None else requested.time.day_of(ends_at)
    officials = {change.person} if change.successor is None else {change.person, change.successor}
    return AbsenceBegun(
        until=ends_at,
        standing=LEGAL_STANDINGS.get(change.absence),
        officials=frozenset(officials),
        long=not leave or longer_than_a_month(requested.first_day, last),
        evaluate=change.evaluate and final,
        first_day=requested.first_day,
    )


def items_of_absence(change: Absence, begun: AbsenceBegun, own: Iterable[OpenCase]) -> list[Item | None]:
    """What the absence does to the person's own cases."""
    return [_item_of_absence(change, begun, case) for case in own]


def _item_of_absence(change: Absence, begun: AbsenceBegun, case: OpenCase) -> Item | None:
    trigger = of_absence(
        case.appraisal, change.absence, long=begun.long, evaluate=begun.evaluate, bases=case.bases
    )
    basis = OTHER_BASES.get(change.absence)
    if basis is not None and trigger is Trigger.FOLLOW_PATH:
        return Item(case.id, trigger, {"basis": basis.value})
    if basis is not None and trigger is Trigger.CLOSE_PERIOD:
        first_day = begun.first_day.isoformat()
        return Item(case.id, trigger, {"new_period": first_day, "new_basis": basis.value})
    return item_of(case, trigger)


def items_of_return(own: Iterable[OpenCase], first_day: dt.date) -> list[Item | None]:
    """What the end of an absence does to the person's own cases; ``first_day`` is the first day back."""
    return [_item_of_return(case, first_day) for case in own]


def _item_of_return(case: OpenCase, first_day: dt.date) -> Item | None:
    trigger = of_return(case.appraisal)
    if trigger is Trigger.CLOSE_PERIOD:
        return Item(case.id, trigger, {"new_period": first_day.isoformat()})
    return item_of(case, trigger)


def closing_periods(items: Iterable[Item | None]) -> list[uuid.UUID]:
    """The cases whose period ends by the items, whether a new one begins or nobody comes back."""
    return [item.appraisal for item in items if item is not None and item.trigger is Trigger.CLOSE_PERIOD]


def require_ended(*, ended: bool) -> None:
    """Refuses the return of somebody who was not absent. Raises `ParameterInvalid`."""
    if not ended:
        raise ParameterInvalid("No absence of this person is on record that could end.", field="person")
