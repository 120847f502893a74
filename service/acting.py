"""One action of one person on one appraisal, from its rights to its acknowledgement. Knows no web."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any, NoReturn

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from temporalio.client import (
    Client,
    WithStartWorkflowOperation,
    WorkflowUpdateFailedError,
    WorkflowUpdateRPCTimeoutOrCancelledError,
)
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError, RPCStatusCode

from activities.starting import APPRAISAL_WORKFLOW, AppraisalStart, appraisal_workflow_id, start_options
from service import policy
from service.asked import Asked
from service.problems import (
    IdempotencyKeyReused,
    NotedOnly,
    NotFound,
    NotRunning,
    OrderedOnly,
    OutcomeUnknown,
    Problem,
)
from service.refusals import refusal_from
from service.tokens import Identity
from states.clock import Clock
from states.codec import Json, load_appraisal
from states.commands import Command
from states.decide import advance
from states.errors import AlreadyRecorded, DomainError, IllegalTransition, NotPermitted, ParameterInvalid
from states.motion import Motion
from states.permission import refusal
from states.stages import Capacity, Stage
from states.table import NOTED_TRIGGERS, ORDERED_TRIGGERS
from states.triggers import Trigger
from store.agency.regimes import regime_of, regime_on
from store.appraisal.standing import Recorded, Standing, standing_of
from store.attempt import repository as attempts
from store.database import autocommit
from store.document import repository as documents
from store.person import repository as people
from store.receipt.seeing import see

ENGINE_TIMEOUT = dt.timedelta(seconds=10)
"""How long the engine may take before the outcome counts as unknown."""

SEEN = "seen"
"""Prefix of the keys under which the opening of a result is noted, once for each revision: ``seen:<revision>``."""

_UNSENT = "pending"
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """An action that is durable in the engine and on record, and where the case stood after it."""

    appraisal: uuid.UUID
    stage: str
    sequence: int


@dataclass(frozen=True, slots=True)
class _Attempt:
    """One request, through all its steps."""

    identity: Identity
    appraisal: uuid.UUID
    trigger: Trigger
    key: str
    asked: Asked
    fingerprint: str


class Acting:
    """Carries out actions; one for each process."""

    def __init__(self, engine: AsyncEngine, client: Client) -> None:
        self._engine = autocommit(engine)
        self._client = client

    async def act(
        self, identity: Identity, appraisal: uuid.UUID, trigger: Trigger, key: str, asked: Asked
    ) -> Acknowledged:
        """Carries out an action; the same ``key`` with the same request is carried out once.

        Raises a `DomainError` or a `Problem`; unless it is `OutcomeUnknown` nothing has changed, and the
        refusal is on record as an attempt.
        """
        fingerprint = asked.fingerprint(identity.person, trigger)
        attempt = _Attempt(identity, appraisal, trigger, key, asked, fingerprint)
        try:
            _refuse_unoffered(trigger)
            return await self._carry_out(attempt)
        except OutcomeUnknown:
            raise
        except (DomainError, Problem) as refused:
            await self.note_refusal(identity, appraisal, trigger, key, refused.code)
            raise

    async def note_seen(self, identity: Identity, appraisal: uuid.UUID) -> Acknowledged:
        """Notes that the employee opened his case: the inbox has been seen, and a result that has not been
        received yet is seen, too. To repeat it is harmless.

        Raises a `DomainError` or a `Problem`, as `act`.
        """
        try:
            return await self._note_seen(identity, appraisal)
        except OutcomeUnknown:
            raise
        except (DomainError, Problem) as refused:
            await self.note_refusal(identity, appraisal, Trigger.NOTE_SEEN, SEEN, refused.code)
            raise

    async def _note_seen(self, identity: Identity, appraisal: uuid.UUID) -> Acknowledged:
        now = dt.datetime.now(dt.UTC)
        standing = await self._own_case(identity, appraisal, now)
        current = load_appraisal(standing.snapshot)
        async with self._engine.connect() as connection:
            await see(connection, appraisal, identity.person, now)
        if current.stage is not Stage.RESPONSE or current.received_on is not None or current.seen:
            return Acknowledged(appraisal, current.stage, standing.sequence)
        asked = Asked(capacity=Capacity.EMPLOYEE)
        fingerprint = asked.fingerprint(identity.person, Trigger.NOTE_SEEN)
        key = f"{SEEN}:{current.revision}"
        attempt = _Attempt(identity, appraisal, Trigger.NOTE_SEEN, key, asked, fingerprint)
        try:
            return await self._carry_out(attempt)
        except (AlreadyRecorded, IllegalTransition):
            # Received by another way, or moved on, at the same moment: nothing is left to be noted.
            standing = await self._own_case(identity, appraisal, now)
            return Acknowledged(appraisal, standing.snapshot["stage"], standing.sequence)

    async def _own_case(self, identity: Identity, appraisal: uuid.UUID, now: dt.datetime) -> Standing:
        """Where the own case stands. `NotFound` for one out of sight, `NotPermitted` for that of another."""
        async with self._engine.connect() as connection:
            standing = await standing_of(
                connection,
                appraisal=appraisal,
                agency=identity.agency,
                person=identity.person,
                command="",
                wanted=(*policy.SEEING, *policy.JUDGING),
                now=now,
            )
        if standing is None:
            raise NotFound
        current = load_appraisal(standing.snapshot)
        held = policy.seeing_capacities(standing.capacities, current)
        if not held:
            raise NotFound
        if Capacity.EMPLOYEE not in held:
            raise NotPermitted(trigger=Trigger.NOTE_SEEN, stage=current.stage, capacity=held[0])
        return standing

    async def note_refusal(
        self, identity: Identity, appraisal: uuid.UUID, trigger: str, key: str, code: str
    ) -> None:
        """Puts a refused attempt on record; nothing is written for an appraisal that does not exist."""
        _log.info("action_refused", code=code, trigger=str(trigger))
        async with self._engine.connect() as connection:
            await attempts.add(
                connection,
                appraisal=appraisal,
                person=identity.person,
                trigger=trigger,
                code=code,
                command=key,
                request=str(structlog.contextvars.get_contextvars().get("request_id", "")),
            )

    async def _carry_out(self, attempt: _Attempt) -> Acknowledged:
        now = dt.datetime.now(dt.UTC)
        async with self._engine.connect() as connection:
            standing, capacity, behalf = await self._standing(connection, attempt, now)
            recorded = standing.recorded
            content = attempt.asked.document()
            digest = None
            if content is not None:
                digest = documents.digest_of(
                    str(attempt.appraisal), attempt.trigger, str(attempt.identity.person), content
                )
            if recorded is None:
                await self._check(connection, attempt, standing, capacity, behalf, digest, now)
                if content is not None:
                    await documents.keep(
                        connection,
                        str(attempt.appraisal),
                        attempt.trigger,
                        str(attempt.identity.person),
                        content,
                    )
        command = _command(attempt, standing, capacity, behalf, digest)
        return await self._send(attempt, standing, command)

    async def _standing(
        self, connection: AsyncConnection, attempt: _Attempt, now: dt.datetime
    ) -> tuple[Standing, Capacity, uuid.UUID | None]:
        """Where the case stands and in which capacity it is acted on; `NotFound` if it is out of sight."""
        standing = await self._ask(connection, attempt, policy.actors_of(attempt.trigger), now)
        appraisal = load_appraisal(standing.snapshot)
        held = policy.seeing_capacities(standing.capacities, appraisal)
        if not held or (attempt.asked.capacity is not None and attempt.asked.capacity not in held):
            standing = await self._ask(connection, attempt, (*policy.SEEING, *policy.JUDGING), now)
            held = policy.seeing_capacities(standing.capacities, appraisal)
        if standing.recorded is not None and standing.recorded.fingerprint == attempt.fingerprint:
            # Done by this very person before; meanwhile another may have taken the capacity over.
            held = held or (attempt.asked.capacity or policy.actors_of(attempt.trigger)[0],)
            return standing, held[0], None
        if not held:
            raise NotFound
        if standing.recorded is not None:
            raise IdempotencyKeyReused
        capacity = policy.acting_capacity(held, attempt.asked.capacity, attempt.trigger, appraisal)
        behalf = standing.represented[standing.capacities.index(capacity)]
        return standing, capacity, behalf

    async def _ask(
        self, connection: AsyncConnection, attempt: _Attempt, wanted: tuple[Capacity, ...], now: dt.datetime
    ) -> Standing:
        standing = await standing_of(
            connection,
            appraisal=attempt.appraisal,
            agency=attempt.identity.agency,
            person=attempt.identity.person,
            command=attempt.key,
            wanted=wanted,
            now=now,
        )
        if standing is None:
            raise NotFound
        return standing

    async def _check(
        self,
        connection: AsyncConnection,
        attempt: _Attempt,
        standing: Standing,
        capacity: Capacity,
        behalf: uuid.UUID | None,
        digest: str | None,
        now: dt.datetime,
    ) -> None:
        """Refuses what the core refuses on the record as it stands, before the engine hears of it."""
        appraisal = load_appraisal(standing.snapshot)
        regime = await regime_on(connection, appraisal)
        asked = attempt.asked
        command = Command(
            id=attempt.key,
            trigger=attempt.trigger,
            capacity=capacity,
            actor=str(attempt.identity.person),
            on_behalf_of=None if behalf is None else str(behalf),
            fingerprint=attempt.fingerprint,
            document=digest,
            until=asked.until,
            received_on=asked.received_on,
            evidence=asked.evidence,
            ground=asked.ground,
            assignee=None if asked.assignee is None else str(asked.assignee),
            assigned_capacity=asked.assigned_capacity,
        )
        moment = Clock.from_data(standing.clock).business(now)
        _, current = advance(appraisal, moment, regime)
        error = refusal(Motion(current, command, moment, regime))
        if error is not None:
            raise error
        if asked.assignee is not None and not await people.exists(
            connection, asked.assignee, attempt.identity.agency
        ):
            raise ParameterInvalid("There is no such person in the agency.", field="assignee")

    async def _send(self, attempt: _Attempt, standing: Standing, command: Json) -> Acknowledged:
        """Has the engine record the command and answers from what it says, or from the record."""
        recorded = standing.recorded
        try:
            if attempt.trigger is Trigger.REOPEN:
                result = await self._restart(attempt, standing, command)
            else:
                handle = self._client.get_workflow_handle(appraisal_workflow_id(attempt.appraisal))
                result = await handle.execute_update(
                    "act", command, id=attempt.key, result_type=dict, rpc_timeout=ENGINE_TIMEOUT
                )
        except WorkflowUpdateFailedError as failed:
            if recorded is not None:
                return _from_record(attempt, recorded)
            if await self._came_on_record(attempt):
                return await self._carry_out(attempt)
            raise _refused(failed) from failed
        except WorkflowUpdateRPCTimeoutOrCancelledError as error:
            raise OutcomeUnknown from error
        except RPCError as error:
            if error.status is RPCStatusCode.NOT_FOUND:
                if recorded is not None:
                    return _from_record(attempt, recorded)
                if await self._came_on_record(attempt):
                    return await self._carry_out(attempt)
                await self._refuse_closed(attempt)
            _log.warning("engine_unavailable", status=error.status.name)
            raise OutcomeUnknown from error
        except RuntimeError as error:
            # What the SDK raises when a lazy client cannot connect.
            _log.warning("engine_unavailable", status="NOT_CONNECTED")
            raise OutcomeUnknown from error
        if result["fingerprint"] != attempt.fingerprint:
            raise IdempotencyKeyReused
        if recorded is not None:
            return _from_record(attempt, recorded)
        return Acknowledged(attempt.appraisal, result["stage"], result["sequence"])

    async def _came_on_record(self, attempt: _Attempt) -> bool:
        """True for a command that was recorded before its answer was lost; the engine refuses its second coming."""
        async with self._engine.connect() as connection:
            standing = await self._ask(connection, attempt, policy.SEEING, dt.datetime.now(dt.UTC))
        return standing.recorded is not None and standing.recorded.fingerprint == attempt.fingerprint

    async def _restart(self, attempt: _Attempt, standing: Standing, command: Json) -> dict[str, Any]:
        """A reopened appraisal gets a new run of its workflow, since the last one ended with it."""
        appraisal = load_appraisal(standing.snapshot)
        regime = await regime_of(self._engine, appraisal)
        begun = AppraisalStart(appraisal, regime, standing.cycle, standing.unit, standing.clock)
        start: WithStartWorkflowOperation[Any, Any] = WithStartWorkflowOperation(
            APPRAISAL_WORKFLOW,
            begun.workflow_input,
            **start_options(appraisal.id, year=appraisal.year, cycle=standing.cycle, unit=standing.unit),
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
        )
        result: dict[str, Any] = await self._client.execute_update_with_start_workflow(
            "act",
            command,
            start_workflow_operation=start,
            id=attempt.key,
            result_type=dict,
            rpc_timeout=ENGINE_TIMEOUT,
        )
        return result

    async def _refuse_closed(self, attempt: _Attempt) -> NoReturn:
        """The engine has no open run: the record, which may have moved on meanwhile, says why."""
        now = dt.datetime.now(dt.UTC)
        async with self._engine.connect() as connection:
            standing, capacity, behalf = await self._standing(connection, attempt, now)
            await self._check(connection, attempt, standing, capacity, behalf, _UNSENT, now)
        raise NotRunning


def _refuse_unoffered(trigger: Trigger) -> None:
    if trigger in ORDERED_TRIGGERS:
        raise OrderedOnly
    if trigger in NOTED_TRIGGERS:
        raise NotedOnly


def _command(
    attempt: _Attempt,
    standing: Standing,
    capacity: Capacity,
    behalf: uuid.UUID | None,
    digest: str | None,
) -> Json:
    """The command as the workflow takes it; only what was given is sent, so that histories stay small."""
    asked = attempt.asked
    command: Json = {
        "trigger": attempt.trigger.value,
        "capacity": capacity.value,
        "actor": str(attempt.identity.person),
        "fingerprint": attempt.fingerprint,
        "seen": standing.sequence,
    }
    for name, value in (
        ("on_behalf_of", behalf),
        ("document", digest),
        ("until", asked.until),
        ("received_on", asked.received_on),
        ("evidence", asked.evidence),
        ("ground", asked.ground),
        ("assignee", asked.assignee),
        ("assigned_capacity", asked.assigned_capacity),
    ):
        if value is not None:
            command[name] = str(value)
    if standing.recorded is not None:
        command["recorded"] = True
    return command


def _from_record(attempt: _Attempt, recorded: Recorded) -> Acknowledged:
    return Acknowledged(attempt.appraisal, recorded.stage, recorded.sequence)


def _refused(failed: WorkflowUpdateFailedError) -> DomainError | Problem:
    """The refusal inside a failed update; anything else is a fault whose outcome is not known."""
    cause = failed.cause
    if isinstance(cause, ApplicationError) and cause.details:
        refusal = refusal_from(cause.details[0])
        if refusal is not None:
            return refusal
    _log.error("update_failed", cause=type(cause).__name__, kind=getattr(cause, "type", None))
    return OutcomeUnknown()
