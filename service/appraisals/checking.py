"""Checks the right of a person to act on a case in its recorded state."""

import uuid
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from service import policy
from service.accounts.tokens import Identity
from service.appraisals.attempt import Attempt
from service.problems import ChangeOnly, IdempotencyKeyReused, NotedOnly, NotFound
from states.codec import load_appraisal
from states.errors import NotPermitted, ParameterInvalid
from states.stages import Capacity
from states.table import NOTED_TRIGGERS, ORDERED_TRIGGERS
from states.triggers import Trigger
from store.appraisal.on_record import CaseOnRecord, case_for
from store.person import repository as people


@dataclass(frozen=True, slots=True)
class Right:
    """A case on record, and the capacity in which somebody acts on it."""

    on_record: CaseOnRecord
    capacity: Capacity
    behalf: uuid.UUID | None
    """The official in whose place the person acts; None when he acts by his own right."""


def refuse_unoffered(trigger: Trigger) -> None:
    """Raises `ChangeOnly` and `NotedOnly` for triggers that no person may fire on a single case."""
    if trigger in ORDERED_TRIGGERS:
        raise ChangeOnly
    if trigger in NOTED_TRIGGERS:
        raise NotedOnly


async def right_to(connection: AsyncConnection, attempt: Attempt) -> Right:
    """The right to the attempted action; an action that is on record already is not checked again.

    Raises `NotFound` for a case out of sight, `NotPermitted`, `ParameterInvalid` and `IdempotencyKeyReused`.
    """
    right = await _right(connection, attempt)
    assignee = attempt.asked.assignee
    if (
        right.on_record.recorded is None
        and assignee is not None
        and not await people.exists(connection, assignee, attempt.identity.agency)
    ):
        raise ParameterInvalid("There is no such person in the agency.", field="assignee")
    return right


async def own_case(connection: AsyncConnection, appraisal: uuid.UUID, identity: Identity) -> CaseOnRecord:
    """One's own case on record. Raises `NotFound` for a case out of sight, `NotPermitted` for another's case."""
    on_record = await _case_for(
        connection, appraisal, identity, command="", wanted=(*policy.SEEING, *policy.JUDGING)
    )
    current = load_appraisal(on_record.snapshot)
    held = policy.seeing_capacities(on_record.capacities, current)
    if not held:
        raise NotFound
    if Capacity.EMPLOYEE not in held:
        raise NotPermitted(trigger=Trigger.NOTE_SEEN, stage=current.stage, capacity=held[0])
    return on_record


async def _right(connection: AsyncConnection, attempt: Attempt) -> Right:
    on_record = await _asked(connection, attempt, policy.actors_of(attempt.trigger))
    appraisal = load_appraisal(on_record.snapshot)
    held = policy.seeing_capacities(on_record.capacities, appraisal)
    if not held or (attempt.asked.capacity is not None and attempt.asked.capacity not in held):
        on_record = await _asked(connection, attempt, (*policy.SEEING, *policy.JUDGING))
        held = policy.seeing_capacities(on_record.capacities, appraisal)
    if on_record.recorded is not None and on_record.recorded.fingerprint == attempt.fingerprint:
        # The same person did it before; since then, somebody else may have taken over the capacity.
        held = held or (attempt.asked.capacity or policy.actors_of(attempt.trigger)[0],)
        return Right(on_record, held[0], None)
    if not held:
        raise NotFound
    if on_record.recorded is not None:
        raise IdempotencyKeyReused
    capacity = policy.acting_capacity(held, attempt.asked.capacity, attempt.trigger, appraisal)
    return Right(on_record, capacity, on_record.represented[on_record.capacities.index(capacity)])


async def _asked(connection: AsyncConnection, attempt: Attempt, wanted: tuple[Capacity, ...]) -> CaseOnRecord:
    return await _case_for(
        connection, attempt.appraisal, attempt.identity, command=attempt.key, wanted=wanted
    )


async def _case_for(
    connection: AsyncConnection,
    appraisal: uuid.UUID,
    identity: Identity,
    *,
    command: str,
    wanted: tuple[Capacity, ...],
) -> CaseOnRecord:
    on_record = await case_for(
        connection,
        appraisal=appraisal,
        agency=identity.agency,
        person=identity.person,
        command=command,
        wanted=wanted,
    )
    if on_record is None:
        raise NotFound
    return on_record
