"""Carries an order out in the relations, and finds what it means for each open appraisal.

Called in a transaction: rolled back, it is a preview; committed, it has taken effect and its items are to be done.
Whoever is responsible is asked before and after, so a preview can promise nothing that does not come true.
"""

import datetime as dt
import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from states.absences import FINAL, AbsenceKind, longer_than_a_month
from states.changes import (
    Absence,
    AppointSubstitute,
    Change,
    DeadlineUnit,
    EndSubstitution,
    Extension,
    MergeUnits,
    Move,
    ReplaceOfficial,
    Return,
    SubstitutionKind,
)
from states.effects import RESULT_STAGES, has_approved_plan, of_absence, of_move, of_return
from states.errors import ConflictOfInterest, ParameterInvalid
from states.stages import Capacity, Stage
from states.triggers import Trigger
from store.agency.rule_contexts import rule_context_on
from store.operation import relations, selecting
from store.operation.affected import OpenCase, employees_below, open_cases
from store.operation.moments import AgencyTime
from store.operation.relations import Basis

_INSTANT = dt.timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Order:
    """A change with all that carrying it out needs to know."""

    id: uuid.UUID
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
    def ends_at(self) -> dt.datetime | None:
        """The business moment at which its period is over, for a change that has one."""
        if isinstance(self.change, Absence | AppointSubstitute) and self.change.until is not None:
            return self.time.end_of(self.change.until)
        return None

    @property
    def basis(self) -> Basis:
        """What written relations rest on."""
        return Basis(self.id, self.at, self.change.authority, self.change.reason)


@dataclass(frozen=True, slots=True)
class Item:
    """What one appraisal is to go through."""

    appraisal: uuid.UUID
    trigger: Trigger
    parameters: Mapping[str, Any] = field(default_factory=dict)
    """Parameters of the command as JSON; ``new_period`` (first day) lets another appraisal begin after it."""


@dataclass(frozen=True, slots=True)
class Performed:
    """What a change has meant."""

    items: tuple[Item, ...]
    relations: int = 0
    """People whose relations were written."""
    unresolved: tuple[uuid.UUID, ...] = ()
    """Appraisals for which nobody is found now: they go to the queue of the personnel officers."""


async def perform(connection: AsyncConnection, order: Order) -> Performed:
    """Writes what the order changes and returns what follows for the open appraisals.

    Raises `ParameterInvalid` (which field, and what to give) and `ConflictOfInterest`; nothing must be kept then.
    """
    await selecting.lock_agency(connection, order.agency)
    match order.change:
        case Extension() as change:
            return await _extend(connection, order, change)
        case ReplaceOfficial() as change:
            return await _replace(connection, order, change)
        case AppointSubstitute() as change:
            return await _appoint(connection, order, change)
        case EndSubstitution() as change:
            return await _end_substitution(connection, order, change)
        case Absence() as change:
            return await _absence(connection, order, change)
        case Return() as change:
            return await _return(connection, order, change)
        case Move() as change:
            return await _move(connection, order, change)
        case MergeUnits() as change:
            return await _merge(connection, order, change)


async def end(connection: AsyncConnection, order: Order) -> Performed:
    """What follows for the open appraisals when the period of the order is over."""
    ends_at = order.ends_at
    if ends_at is None:
        return Performed(())
    await selecting.lock_agency(connection, order.agency)
    change = order.change
    if isinstance(change, Absence):
        if await relations.is_absent(connection, change.person, ends_at):
            # Another absence has taken the place of this one, and ends by itself.
            return Performed(())
        before = await _cases(connection, order, {change.person}, as_of=ends_at - _INSTANT)
        await relations.end_absence(connection, change.person, ends_at)
        own = await _own(connection, order, change.person)
        return await _outcome(
            connection,
            order,
            before,
            {change.person},
            [_item(case, of_return(case.appraisal)) for case in own],
        )
    officials = {change.official, change.substitute} if isinstance(change, AppointSubstitute) else set()
    before = await _cases(connection, order, officials, as_of=ends_at - _INSTANT)
    return await _outcome(connection, order, before, officials, [])


async def _extend(connection: AsyncConnection, order: Order, change: Extension) -> Performed:
    if not change.people and change.unit is None and change.cycle is None:
        raise ParameterInvalid("Name people, a unit or a cycle whose deadlines are extended.", field="people")
    if (change.until is None) == (change.length is None):
        raise ParameterInvalid("Give either a new due day (until) or a length.", field="until")
    if Stage.SUSPENDED in change.stages:
        raise ParameterInvalid("A suspended appraisal has no running deadline; resume it.", field="stages")
    if change.people:
        await _people(connection, order, people=change.people)
    if change.unit is not None:
        await _units(connection, order, "unit", [change.unit])
    if change.cycle is not None and not await selecting.has_cycle(connection, order.agency, change.cycle):
        raise ParameterInvalid("The agency has no such cycle.", field="cycle")
    found = await selecting.running_deadlines(
        connection,
        order.agency,
        people=change.people,
        unit=change.unit,
        cycle=change.cycle,
        stages=[stage.value for stage in change.stages],
        until=change.until,
    )
    items = []
    for identity, appraisal in found:
        until = change.until
        if until is None and appraisal.deadline is not None and change.length is not None:
            due_on = appraisal.deadline.due_on
            if change.unit_of_length is DeadlineUnit.WORKING_DAYS:
                rules = await rule_context_on(connection, appraisal)
                until = rules.calendar.add_working_days(due_on, change.length)
            else:
                until = due_on + dt.timedelta(days=change.length)
        if until is not None:
            items.append(Item(identity, Trigger.EXTEND, {"until": until.isoformat()}))
    return Performed(tuple(items))


async def _replace(connection: AsyncConnection, order: Order, change: ReplaceOfficial) -> Performed:
    if change.official == change.successor:
        raise ParameterInvalid("Name somebody else as the successor.", field="successor")
    await _people(connection, order, official=change.official, present=False)
    await _people(connection, order, successor=change.successor)
    if change.people:
        await _people(connection, order, people=change.people, present=False)
    officials = {change.official, change.successor}
    before = await _cases(connection, order, officials)
    changed = await relations.replace(
        connection, order.basis, official=change.official, successor=change.successor, people=change.people
    )
    if not changed:
        raise ParameterInvalid(
            "Nobody is rated by this official; there is nothing to hand over.", field="official"
        )
    await _refuse_circles(connection, order, changed, "successor")
    return await _outcome(connection, order, before, officials, [], written=len(changed))


async def _appoint(connection: AsyncConnection, order: Order, change: AppointSubstitute) -> Performed:
    if change.official == change.substitute:
        raise ParameterInvalid("Nobody stands in for himself; name another person.", field="substitute")
    ends_at = _end_after_start(order, required=change.basis is not SubstitutionKind.PLT)
    await _people(connection, order, official=change.official, present=False)
    await _people(connection, order, substitute=change.substitute)
    for other in await selecting.substitutions_of(
        connection, order.agency, [change.official, change.substitute], order.at
    ):
        if not other.overlaps(order.at, ends_at):
            continue
        if other.official == change.official:
            raise ParameterInvalid(
                "Somebody stands in for this official in that period already; end that first.",
                field="official",
            )
        if other.official == change.substitute:
            raise ParameterInvalid(
                "Somebody stands in for this person in that period; nobody stands in for a substitute.",
                field="substitute",
            )
    officials = {change.official, change.substitute}
    before = await _cases(connection, order, officials)
    await relations.appoint(
        connection,
        order.basis,
        official=change.official,
        substitute=change.substitute,
        kind=change.basis,
        until=ends_at,
    )
    return await _outcome(connection, order, before, officials, [], written=1)


async def _end_substitution(connection: AsyncConnection, order: Order, change: EndSubstitution) -> Performed:
    found = [
        each
        for each in await selecting.substitutions_of(
            connection, order.agency, [change.substitution], order.at
        )
        if each.id == change.substitution
    ]
    if not found:
        raise ParameterInvalid("There is no such substitution that lasts.", field="substitution")
    officials = {found[0].official, found[0].substitute}
    before = await _cases(connection, order, officials)
    await relations.end_substitution(connection, change.substitution, order.at)
    return await _outcome(connection, order, before, officials, [], written=1)


async def _absence(connection: AsyncConnection, order: Order, change: Absence) -> Performed:
    _refuse_own_cause(order, change.person)
    final = change.absence in FINAL
    if final and change.until is not None:
        raise ParameterInvalid("Nobody comes back from this; leave out the last day.", field="until")
    ends_at = _end_after_start(order, required=change.absence is AbsenceKind.LEAVE)
    await _people(connection, order, person=change.person, present=False)
    if change.successor is not None:
        await _people(connection, order, successor=change.successor)
    start = order.time.day_of(order.at)
    end_day = None if ends_at is None else order.time.day_of(ends_at)
    long = change.absence is not AbsenceKind.LEAVE or longer_than_a_month(start, end_day)
    officials = {change.person} | ({change.successor} if change.successor else set())
    before = await _cases(connection, order, officials)
    await relations.begin_absence(
        connection, order.basis, person=change.person, kind=change.absence, until=ends_at
    )
    written = await _hand_over(connection, order, change.person, change.successor)
    own = [
        _item(
            case,
            of_absence(case.appraisal, change.absence, long=long, evaluate=change.evaluate and final),
        )
        for case in await _own(connection, order, change.person)
    ]
    return await _outcome(connection, order, before, officials, own, written=written + 1)


async def _return(connection: AsyncConnection, order: Order, change: Return) -> Performed:
    _refuse_own_cause(order, change.person)
    await _people(connection, order, person=change.person, present=False)
    before = await _cases(connection, order, {change.person})
    if not await relations.end_absence(connection, change.person, order.at):
        raise ParameterInvalid("No absence of this person is on record that could end.", field="person")
    own = [_item(case, of_return(case.appraisal)) for case in await _own(connection, order, change.person)]
    return await _outcome(connection, order, before, {change.person}, own, written=1)


async def _move(connection: AsyncConnection, order: Order, change: Move) -> Performed:
    _refuse_own_cause(order, change.person)
    if change.person == change.rater:
        raise ParameterInvalid("Nobody appraises himself: name another person.", field="rater")
    known = await _people(connection, order, person=change.person, present=False)
    await _people(connection, order, rater=change.rater)
    await _units(connection, order, "unit", [change.unit])
    if change.successor is not None:
        await _people(connection, order, successor=change.successor)
    elif known[change.person].rates and not change.keeps_people:
        raise ParameterInvalid(
            "This person rates {count} people: name a successor for them, or say that they stay (keeps_people).",
            field="successor",
            count=str(known[change.person].rates),
        )
    own_cases = await _own(connection, order, change.person)
    for case in own_cases:
        if case.appraisal.stage is Stage.SUSPENDED and _planned_before(case):
            raise ParameterInvalid(
                "An appraisal of this person is suspended under an approved plan; resume it first.",
                field="person",
            )
    officials = {change.person, change.rater} | ({change.successor} if change.successor else set())
    before = await _cases(connection, order, officials)
    await relations.move(
        connection,
        order.basis,
        person=change.person,
        unit=change.unit,
        rater=change.rater,
        post=change.post,
    )
    staying = [
        case.id
        for case in own_cases
        if case.appraisal.stage in RESULT_STAGES or of_move(case.appraisal) is Trigger.CLOSE_PERIOD
    ]
    await relations.keep_relations(connection, staying, order.at)
    first_day = order.time.day_of(order.at)
    closing = [case.id for case in own_cases if of_move(case.appraisal) is Trigger.CLOSE_PERIOD]
    await relations.close_periods(connection, closing, first_day - dt.timedelta(days=1))
    written = await _hand_over(connection, order, change.person, change.successor)
    await _refuse_circles(connection, order, [change.person], "rater")
    own = []
    for case in own_cases:
        if case.appraisal.stage in RESULT_STAGES:
            own.append(Item(case.id, Trigger.NOTE_CHANGE))
        elif of_move(case.appraisal) is Trigger.CLOSE_PERIOD:
            own.append(Item(case.id, Trigger.CLOSE_PERIOD, {"new_period": first_day.isoformat()}))
        else:
            handed = {"assignee": str(change.rater), "assigned_capacity": Capacity.RATER.value}
            own.append(Item(case.id, Trigger.NOTE_CHANGE, handed))
    return await _outcome(connection, order, before, officials, own, written=written + 1)


async def _merge(connection: AsyncConnection, order: Order, change: MergeUnits) -> Performed:
    if change.into in change.units:
        raise ParameterInvalid("A unit cannot be merged into itself.", field="into")
    await _units(connection, order, "units", change.units)
    await _units(connection, order, "into", [change.into])
    if await selecting.units_above(connection, change.into) & set(change.units):
        raise ParameterInvalid("The unit that takes over stands below one that is merged.", field="into")
    people = await relations.merge_units(connection, change.units, change.into, order.at)
    found = await open_cases(connection, order.agency, people, now=order.now, at=order.at)
    return Performed(tuple(Item(identity, Trigger.NOTE_CHANGE) for identity in found), relations=len(people))


async def _hand_over(
    connection: AsyncConnection, order: Order, official: uuid.UUID, successor: uuid.UUID | None
) -> int:
    if successor is None:
        return 0
    if successor == official:
        raise ParameterInvalid("Name somebody else as the successor.", field="successor")
    changed = await relations.replace(connection, order.basis, official=official, successor=successor)
    await _refuse_circles(connection, order, changed, "successor")
    return len(changed)


async def _people(
    connection: AsyncConnection,
    order: Order,
    *,
    present: bool = True,
    people: Collection[uuid.UUID] = (),
    **named: uuid.UUID,
) -> dict[uuid.UUID, selecting.NamedPerson]:
    """Refuses people who are not in the agency, or who are away where they must be ``present``."""
    wanted = {identity: name for name, identity in named.items()} | dict.fromkeys(people, "people")
    known = await selecting.named_people(connection, order.agency, list(wanted), order.at)
    for identity, name in wanted.items():
        if identity not in known:
            raise ParameterInvalid("There is no such person in the agency.", field=name)
        if present and name != "people" and known[identity].away:
            raise ParameterInvalid("This person is away or has left; name somebody who can act.", field=name)
    return known


async def _units(connection: AsyncConnection, order: Order, name: str, units: Collection[uuid.UUID]) -> None:
    if set(units) - await selecting.standing_units(connection, order.agency, units):
        raise ParameterInvalid("The agency has no such unit, or it was merged into another one.", field=name)


def _end_after_start(order: Order, *, required: bool) -> dt.datetime | None:
    ends_at = order.ends_at
    if ends_at is None and required:
        raise ParameterInvalid("Give the last day.", field="until")
    if ends_at is not None and ends_at <= order.at:
        raise ParameterInvalid("The last day lies before the first.", field="until")
    return ends_at


def _refuse_own_cause(order: Order, person: uuid.UUID) -> None:
    if person == order.requested_by:
        raise ConflictOfInterest


async def _refuse_circles(
    connection: AsyncConnection, order: Order, people: Collection[uuid.UUID], field: str
) -> None:
    if await relations.in_a_circle(connection, people, order.at):
        raise ParameterInvalid(
            "The line of superiors would lead back to its beginning; name somebody who stands above.",
            field=field,
        )


async def _cases(
    connection: AsyncConnection,
    order: Order,
    officials: Collection[uuid.UUID],
    *,
    as_of: dt.datetime | None = None,
) -> dict[uuid.UUID, OpenCase]:
    below = await employees_below(connection, order.agency, officials)
    return await open_cases(connection, order.agency, below, now=order.now, at=order.at, as_of=as_of)


async def _own(connection: AsyncConnection, order: Order, person: uuid.UUID) -> list[OpenCase]:
    found = await open_cases(connection, order.agency, [person], now=order.now, at=order.at)
    return list(found.values())


def _planned_before(case: OpenCase) -> bool:
    suspension = case.appraisal.suspension
    return has_approved_plan(case.appraisal) or (
        suspension is not None and suspension.source not in _BEFORE_A_PLAN
    )


_BEFORE_A_PLAN = frozenset({Stage.SCHEDULED, Stage.PLAN_DRAFTING, Stage.PLAN_REVIEW})


def _item(case: OpenCase, trigger: Trigger | None) -> Item | None:
    return None if trigger is None else Item(case.id, trigger)


async def _outcome(
    connection: AsyncConnection,
    order: Order,
    before: Mapping[uuid.UUID, OpenCase],
    officials: Collection[uuid.UUID],
    own: Iterable[Item | None],
    *,
    written: int = 0,
) -> Performed:
    """The items: what happens to the own appraisal, and a note where another person is responsible now."""
    items = {item.appraisal: item for item in own if item is not None}
    below = await employees_below(connection, order.agency, officials)
    employees = below | {case.employee for case in before.values()}
    after = await open_cases(connection, order.agency, employees, now=order.now, at=order.at)
    unresolved = []
    for identity, case in after.items():
        earlier = before.get(identity)
        for capacity, holder in case.responsible.items():
            if earlier is not None and earlier.responsible.get(capacity) == holder:
                continue
            if holder is None:
                unresolved.append(identity)
                items.setdefault(identity, Item(identity, Trigger.NOTE_CHANGE))
            elif earlier is not None:
                handed = {"assignee": str(holder), "assigned_capacity": capacity.value}
                items.setdefault(identity, Item(identity, Trigger.NOTE_CHANGE, handed))
    return Performed(tuple(items.values()), relations=written, unresolved=tuple(unresolved))
