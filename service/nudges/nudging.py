"""Nudges: somebody asks by name for what others are awaited to do. Knows no web."""

import datetime as dt
import hashlib
import math
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from service import policy
from service.accounts.tokens import Identity
from service.problems import IdempotencyKeyReused, TooManyNudges
from states.codec import canonical
from states.stages import Capacity, Stage
from store.appraisal.repository import Asker
from store.nudge.asking import AskedCase, Written, cases_asked, nudged_since, take_turn, written_under
from store.nudge.numbering import Numbering
from store.nudge.writing import Awaited, awaited, names_of, write_nudges
from store.person.repository import is_hr

MOST_AT_ONCE = 500
"""Appraisals in one request."""
MOST_AN_HOUR = 200
"""Nudges of one supervisor; personnel officers have no limit."""

_HOUR = dt.timedelta(hours=1)
_CLOSED = frozenset({Stage.FINALISED, Stage.CANCELLED})


class NudgeOutcome(StrEnum):
    """What came of a nudge about one appraisal."""

    NUDGED = "nudged"
    ALREADY_NUDGED = "already_nudged"
    """For the same task, today."""
    OWN_TASK = "own_task"
    CLOSED = "closed"
    NOBODY_AWAITED = "nobody_awaited"
    """It waits for a day, not for a person."""
    NOBODY_RESPONSIBLE = "nobody_responsible"
    """It stands in the queue of incidents."""
    NOT_PERMITTED = "not_permitted"
    NOT_FOUND = "not_found"


@dataclass(frozen=True, slots=True)
class Nudged:
    """What came of it for one appraisal."""

    appraisal: uuid.UUID
    outcome: NudgeOutcome
    people: tuple[str, ...] = ()
    """Names of those who were nudged, now or already."""
    by: str | None = None
    """Who had nudged them already."""


@dataclass(slots=True)
class _Sorted:
    """Appraisals by what may be done about them."""

    permitted: list[uuid.UUID] = field(default_factory=list)
    refused: dict[uuid.UUID, NudgeOutcome] = field(default_factory=dict)


class Nudging:
    """Nudges people; one for each process."""

    def __init__(self, database: AsyncEngine) -> None:
        self._engine = database

    async def nudge(self, identity: Identity, key: str, appraisals: Sequence[uuid.UUID]) -> list[Nudged]:
        """Nudges whoever is awaited on these appraisals; the same ``key`` with the same appraisals nudges once.

        Raises `IdempotencyKeyReused` and `TooManyNudges`; nobody is nudged then.
        """
        async with self._engine.begin() as connection:
            return await self._nudge(connection, identity, key, appraisals)

    async def preview(self, identity: Identity, appraisals: Sequence[uuid.UUID]) -> list[Nudged]:
        """What `nudge` would come to as things stand: it is done and taken back. Raises `TooManyNudges`."""
        async with self._engine.connect() as connection:
            found = await self._nudge(connection, identity, f"preview/{uuid.uuid4()}", appraisals)
            await connection.rollback()
        return found

    async def _nudge(
        self, connection: AsyncConnection, identity: Identity, key: str, appraisals: Sequence[uuid.UUID]
    ) -> list[Nudged]:
        asked = list(dict.fromkeys(appraisals))
        numbering = Numbering(identity.person, key, _fingerprint(identity, asked))
        await take_turn(connection, identity.person)
        # Taken after the wait, so that the moments of one nudger are in the order of his requests.
        now = dt.datetime.now(dt.UTC)
        written = await written_under(connection, numbering)
        if not numbering.is_of_body([each.id for each in written]):
            raise IdempotencyKeyReused
        done = await _done_before(connection, written)
        asker = Asker(identity.person, identity.agency, policy.SEEING, policy.JUDGING, now)
        rest = [each for each in asked if each not in done]
        found = _sorted(rest, await cases_asked(connection, asker, rest))
        fresh = await write_nudges(connection, numbering, found.permitted, offset=len(written), now=now)
        if fresh and not await is_hr(connection, identity.person, identity.agency):
            _refuse_too_many(await nudged_since(connection, numbering, now - _HOUR), len(fresh), now)
        for appraisal, people in _by_appraisal(await awaited(connection, found.permitted, now)).items():
            done[appraisal] = _outcome(appraisal, people, fresh, identity.person)
        return [done.get(each) or Nudged(each, _refusal(each, found)) for each in asked]


def _fingerprint(identity: Identity, appraisals: Iterable[uuid.UUID]) -> str:
    content = {"actor": str(identity.person), "appraisals": sorted(map(str, appraisals))}
    return hashlib.sha256(canonical(content)).hexdigest()


async def _done_before(connection: AsyncConnection, written: Sequence[Written]) -> dict[uuid.UUID, Nudged]:
    """What the same request did when it came before."""
    told = [each for each in written if each.channel == "inbox"]
    if not told:
        return {}
    names = await names_of(connection, [each.recipient_id for each in told])
    people: dict[uuid.UUID, list[str]] = {}
    for each in told:
        people.setdefault(each.appraisal_id, []).append(names[each.recipient_id])
    return {
        appraisal: Nudged(appraisal, NudgeOutcome.NUDGED, tuple(sorted(nudged)))
        for appraisal, nudged in people.items()
    }


def _sorted(asked: Iterable[uuid.UUID], cases: dict[uuid.UUID, AskedCase]) -> _Sorted:
    found = _Sorted()
    for appraisal in asked:
        refused = _refused(cases.get(appraisal))
        if refused is None:
            found.permitted.append(appraisal)
        else:
            found.refused[appraisal] = refused
    return found


def _refused(case: AskedCase | None) -> NudgeOutcome | None:
    if case is None or not case.held:
        return NudgeOutcome.NOT_FOUND
    if case.stage in _CLOSED:
        return NudgeOutcome.CLOSED
    if case.awaited is None:
        return NudgeOutcome.NOBODY_AWAITED
    awaited_capacity = Capacity(case.awaited)
    if Capacity.EMPLOYEE in case.held and awaited_capacity is Capacity.EMPLOYEE:
        return NudgeOutcome.OWN_TASK
    if not policy.may_nudge(case.held, awaited_capacity):
        # One's own task is told as that, whatever else one may not do.
        return NudgeOutcome.OWN_TASK if case.awaited in case.held else NudgeOutcome.NOT_PERMITTED
    return None


def _refusal(appraisal: uuid.UUID, found: _Sorted) -> NudgeOutcome:
    return found.refused.get(appraisal, NudgeOutcome.NOBODY_RESPONSIBLE)


def _by_appraisal(people: Iterable[Awaited]) -> dict[uuid.UUID, list[Awaited]]:
    found: dict[uuid.UUID, list[Awaited]] = {}
    for each in people:
        found.setdefault(each.appraisal_id, []).append(each)
    return found


def _outcome(
    appraisal: uuid.UUID,
    people: Sequence[Awaited],
    fresh: set[tuple[uuid.UUID, uuid.UUID]],
    nudger: uuid.UUID,
) -> Nudged:
    nudged = tuple(each.name for each in people if (appraisal, each.person) in fresh)
    if nudged:
        return Nudged(appraisal, NudgeOutcome.NUDGED, nudged)
    before = [each for each in people if each.nudged_by is not None and each.person != nudger]
    if before:
        names = tuple(each.name for each in before)
        return Nudged(appraisal, NudgeOutcome.ALREADY_NUDGED, names, before[0].nudged_by)
    return Nudged(appraisal, NudgeOutcome.OWN_TASK)


def _refuse_too_many(moments: Sequence[dt.datetime], fresh: int, now: dt.datetime) -> None:
    """Raises `TooManyNudges`; ``moments`` are those of the last hour, the ``fresh`` ones at their end."""
    surplus = len(moments) - MOST_AN_HOUR
    if surplus <= 0:
        return
    before = moments[: len(moments) - fresh]
    # Until the oldest that stand in the way are an hour old; a request larger than the limit waits for all.
    wait = before[min(surplus, len(before)) - 1] + _HOUR - now if before else _HOUR
    seconds = max(math.ceil(wait.total_seconds()), 1)
    raise TooManyNudges(most=MOST_AN_HOUR, left=max(MOST_AN_HOUR - len(before), 0), retry_after=seconds)
