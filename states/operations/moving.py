"""Somebody moves to a post in another unit: which relations stay, which period closes, what follows."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from states.changes import Move
from states.effects import RESULT_STAGES, has_approved_plan, of_move
from states.errors import ParameterInvalid
from states.operations.items import Item, OpenCase, handed_to
from states.operations.refusals import NamedPerson, refuse_own_cause
from states.operations.requested_change import RequestedChange
from states.stage_groups import PLAN_STAGES
from states.stages import Capacity, Stage
from states.triggers import Trigger

_BEFORE_A_PLAN = frozenset({Stage.SCHEDULED, *PLAN_STAGES})


@dataclass(frozen=True, slots=True)
class Moved:
    """What a move means for the person's own open cases."""

    staying: tuple[uuid.UUID, ...]
    """Cases that stay with the officials from before the move."""
    closing: tuple[uuid.UUID, ...]
    """Cases whose period ends early."""
    last_day: dt.date
    """The last day of those periods."""
    items: tuple[Item, ...]


def check_move(requested: RequestedChange, change: Move) -> None:
    """Raises `ConflictOfInterest` and `ParameterInvalid`."""
    refuse_own_cause(requested, change.person)
    if change.person == change.rater:
        raise ParameterInvalid("Nobody appraises himself: name another person.", field="rater")


def require_successor(change: Move, person: NamedPerson) -> None:
    """A rater who moves needs a successor, or keeps the people he rates. Raises `ParameterInvalid`."""
    if person.rates and not change.keeps_people and change.successor is None:
        raise ParameterInvalid(
            "This person rates {count} people: name a successor for them, or say that they stay (keeps_people).",
            field="successor",
            count=str(person.rates),
        )


def officials_of(change: Move) -> set[uuid.UUID]:
    """People whose cases the move may affect, with the cases of everybody below them."""
    return {change.person, change.rater} | ({change.successor} if change.successor else set())


def moved(requested: RequestedChange, change: Move, own: Sequence[OpenCase]) -> Moved:
    """What the move means (PP 30/2019 arts 24(3), 36).

    A result that is being settled, and a period that closes, stay with the officials from before the move.
    Raises `ParameterInvalid` for a case suspended under an approved plan: its period cannot close.
    """
    if any(_suspended_under_a_plan(case) for case in own):
        raise ParameterInvalid(
            "An appraisal of this person is suspended under an approved plan; resume it first.",
            field="person",
        )
    settled = [case.id for case in own if case.appraisal.stage in RESULT_STAGES]
    closing = [case.id for case in own if of_move(case.appraisal) is Trigger.CLOSE_PERIOD]
    return Moved(
        staying=tuple(case.id for case in own if case.id in {*settled, *closing}),
        closing=tuple(closing),
        last_day=requested.first_day - dt.timedelta(days=1),
        items=tuple(_item(requested, change, case) for case in own),
    )


def _item(requested: RequestedChange, change: Move, case: OpenCase) -> Item:
    if case.appraisal.stage in RESULT_STAGES:
        return Item(case.id, Trigger.NOTE_CHANGE)
    if of_move(case.appraisal) is Trigger.CLOSE_PERIOD:
        return Item(case.id, Trigger.CLOSE_PERIOD, {"new_period": requested.first_day.isoformat()})
    return handed_to(case.id, Capacity.RATER, change.rater)


def _suspended_under_a_plan(case: OpenCase) -> bool:
    if case.appraisal.stage is not Stage.SUSPENDED:
        return False
    suspension = case.appraisal.suspension
    return has_approved_plan(case.appraisal) or (
        suspension is not None and suspension.source not in _BEFORE_A_PLAN
    )
