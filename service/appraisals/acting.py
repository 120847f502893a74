"""One action of one person on one appraisal, from its rights to its acknowledgement. Knows no web."""

import uuid
from dataclasses import dataclass

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from activities.commanding import CaseBusy, Commands, Prepared
from service import policy
from service.accounts.tokens import Identity
from service.appraisals.action_request import ActionRequest
from service.problems import (
    Busy,
    IdempotencyKeyReused,
    NotedOnly,
    NotFound,
    OrderedOnly,
    Problem,
)
from states.codec import load_appraisal
from states.command_keys import SEEN
from states.commands import Command
from states.errors import (
    AlreadyRecorded,
    DomainError,
    IllegalTransition,
    NotPermitted,
    OvertakenBy,
    ParameterInvalid,
)
from states.stages import Capacity, Stage
from states.table import NOTED_TRIGGERS, ORDERED_TRIGGERS
from states.triggers import Trigger
from store.appraisal.decision import Document
from store.appraisal.overtaking import last_act
from store.appraisal.standing import Recorded, Standing, standing_of
from store.attempt import repository as attempts
from store.database import autocommit
from store.document import repository as documents
from store.person import repository as people
from store.receipt.seeing import see

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """An action that is on record, and where the case stood after it."""

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
    asked: ActionRequest
    fingerprint: str


class Acting:
    """Carries out actions; one for each process."""

    def __init__(self, database: AsyncEngine, commands: Commands) -> None:
        self._engine = autocommit(database)
        self._commands = commands

    async def act(
        self, identity: Identity, appraisal: uuid.UUID, trigger: Trigger, key: str, asked: ActionRequest
    ) -> Acknowledged:
        """Carries out an action; the same ``key`` with the same request is carried out once.

        Raises a `DomainError` or a `Problem`; nothing has changed then, and the refusal is on record as an
        attempt, unless it is `Busy`. An error of the database leaves the outcome unknown: the same key resolves it.
        """
        fingerprint = asked.fingerprint(identity.person, trigger)
        attempt = _Attempt(identity, appraisal, trigger, key, asked, fingerprint)
        try:
            _refuse_unoffered(trigger)
            return await self._carry_out(attempt)
        except Busy:
            raise
        except (DomainError, Problem) as refused:
            await self.note_refusal(identity, appraisal, trigger, key, refused.code)
            if isinstance(refused, IllegalTransition | AlreadyRecorded):
                refused.overtaken_by = await self._who_came_first(identity, appraisal)
            raise

    async def note_seen(self, identity: Identity, appraisal: uuid.UUID) -> Acknowledged:
        """Notes that the employee opened his case: the inbox has been seen, and a result that has not been
        received yet is seen, too. To repeat it is harmless.

        Raises a `DomainError` or a `Problem`, as `act`.
        """
        try:
            return await self._note_seen(identity, appraisal)
        except Busy:
            raise
        except (DomainError, Problem) as refused:
            await self.note_refusal(identity, appraisal, Trigger.NOTE_SEEN, SEEN.rstrip(":"), refused.code)
            raise

    async def _note_seen(self, identity: Identity, appraisal: uuid.UUID) -> Acknowledged:
        standing = await self._own_case(identity, appraisal)
        # What cannot be noted now is not marked as seen either; the repeat does both.
        done = await self._note_receipt(identity, standing)
        async with self._engine.connect() as connection:
            await see(connection, appraisal, identity.person, standing.at)
        return done

    async def _note_receipt(self, identity: Identity, standing: Standing) -> Acknowledged:
        """Notes that a result was seen, where one waits for its receipt."""
        appraisal, current = standing.appraisal, load_appraisal(standing.snapshot)
        if current.stage is not Stage.RESPONSE or current.received_on is not None or current.seen:
            return Acknowledged(appraisal, current.stage, standing.sequence)
        asked = ActionRequest(capacity=Capacity.EMPLOYEE)
        fingerprint = asked.fingerprint(identity.person, Trigger.NOTE_SEEN)
        key = f"{SEEN}{current.revision}"
        attempt = _Attempt(identity, appraisal, Trigger.NOTE_SEEN, key, asked, fingerprint)
        try:
            return await self._carry_out(attempt)
        except (AlreadyRecorded, IllegalTransition):
            # Received by another way, or moved on, at the same moment: nothing is left to be noted.
            standing = await self._own_case(identity, appraisal)
            return Acknowledged(appraisal, standing.snapshot["stage"], standing.sequence)

    async def _own_case(self, identity: Identity, appraisal: uuid.UUID) -> Standing:
        """Where the own case stands. `NotFound` for one out of sight, `NotPermitted` for that of another."""
        async with self._engine.connect() as connection:
            standing = await standing_of(
                connection,
                appraisal=appraisal,
                agency=identity.agency,
                person=identity.person,
                command="",
                wanted=(*policy.SEEING, *policy.JUDGING),
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

    async def _who_came_first(self, identity: Identity, appraisal: uuid.UUID) -> OvertakenBy | None:
        """The last action on the case, if it was somebody else's."""
        async with self._engine.connect() as connection:
            last = await last_act(connection, appraisal)
        if last is None or last.person == identity.person:
            return None
        return OvertakenBy(last.name, Capacity(last.capacity), Trigger(last.trigger), last.at)

    async def _carry_out(self, attempt: _Attempt) -> Acknowledged:
        try:
            done = await self._commands.carry_out(
                attempt.appraisal, lambda connection: self._prepare(connection, attempt)
            )
        except CaseBusy:
            raise Busy from None
        return Acknowledged(attempt.appraisal, done.stage, done.sequence)

    async def _prepare(self, connection: AsyncConnection, attempt: _Attempt) -> Prepared | Recorded:
        """Checks the right to act on the case as it stands; what is on record already is not asked again."""
        standing, capacity, behalf = await self._standing(connection, attempt)
        if standing.recorded is not None:
            return standing.recorded
        asked = attempt.asked
        if asked.assignee is not None and not await people.exists(
            connection, asked.assignee, attempt.identity.agency
        ):
            raise ParameterInvalid("There is no such person in the agency.", field="assignee")
        document = _document(attempt)
        return Prepared(standing, _command(attempt, capacity, behalf, document), document)

    async def _standing(
        self, connection: AsyncConnection, attempt: _Attempt
    ) -> tuple[Standing, Capacity, uuid.UUID | None]:
        """Where the case stands and in which capacity it is acted on; `NotFound` if it is out of sight."""
        standing = await self._ask(connection, attempt, policy.actors_of(attempt.trigger))
        appraisal = load_appraisal(standing.snapshot)
        held = policy.seeing_capacities(standing.capacities, appraisal)
        if not held or (attempt.asked.capacity is not None and attempt.asked.capacity not in held):
            standing = await self._ask(connection, attempt, (*policy.SEEING, *policy.JUDGING))
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
        self, connection: AsyncConnection, attempt: _Attempt, wanted: tuple[Capacity, ...]
    ) -> Standing:
        standing = await standing_of(
            connection,
            appraisal=attempt.appraisal,
            agency=attempt.identity.agency,
            person=attempt.identity.person,
            command=attempt.key,
            wanted=wanted,
        )
        if standing is None:
            raise NotFound
        return standing


def _refuse_unoffered(trigger: Trigger) -> None:
    if trigger in ORDERED_TRIGGERS:
        raise OrderedOnly
    if trigger in NOTED_TRIGGERS:
        raise NotedOnly


def _document(attempt: _Attempt) -> Document | None:
    content = attempt.asked.document()
    if content is None:
        return None
    author = str(attempt.identity.person)
    digest = documents.digest_of(str(attempt.appraisal), attempt.trigger, author, content)
    return Document(digest, attempt.trigger.value, author, content)


def _command(
    attempt: _Attempt, capacity: Capacity, behalf: uuid.UUID | None, document: Document | None
) -> Command:
    asked = attempt.asked
    return Command(
        id=attempt.key,
        trigger=attempt.trigger,
        capacity=capacity,
        actor=str(attempt.identity.person),
        on_behalf_of=None if behalf is None else str(behalf),
        fingerprint=attempt.fingerprint,
        document=document.digest if document else None,
        until=asked.until,
        received_on=asked.received_on,
        evidence=asked.evidence,
        ground=asked.ground,
        assignee=None if asked.assignee is None else str(asked.assignee),
        assigned_capacity=asked.assigned_capacity,
    )
