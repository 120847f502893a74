"""Carries out nudges: somebody asks the holders of tasks, in his own name, to do them."""

import datetime as dt
import hashlib
import uuid
from collections.abc import Iterable, Sequence

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from service import policy
from service.accounts.checking import is_officer
from service.accounts.tokens import Identity
from service.nudges.checking import HOUR, checked, refuse_too_many
from service.nudges.outcome import Nudged, NudgeOutcome
from service.problems import IdempotencyKeyReused
from states.codec import canonical
from store.appraisal.repository import Asker
from store.nudge.asking import Written, cases_asked, nudged_since, take_turn, written_under
from store.nudge.numbering import Numbering
from store.nudge.writing import Awaited, awaited, names_of, write_nudges

MOST_AT_ONCE = 500
"""The most appraisals in one request."""


class Nudging:
    """Nudges people; one for each process."""

    def __init__(self, database: AsyncEngine) -> None:
        self._database = database

    async def nudge(self, identity: Identity, key: str, appraisals: Sequence[uuid.UUID]) -> list[Nudged]:
        """Nudges the holders of these appraisals; the same ``key`` with the same appraisals nudges only once.

        Raises `IdempotencyKeyReused` and `TooManyNudges`; then nobody is nudged.
        """
        async with self._database.begin() as connection:
            return await self._nudge(connection, identity, key, appraisals)

    async def preview(self, identity: Identity, appraisals: Sequence[uuid.UUID]) -> list[Nudged]:
        """What `nudge` would do now: it is done and rolled back. Raises `TooManyNudges`."""
        async with self._database.connect() as connection:
            found = await self._nudge(connection, identity, f"preview/{uuid.uuid4()}", appraisals)
            await connection.rollback()
        return found

    async def _nudge(
        self, connection: AsyncConnection, identity: Identity, key: str, appraisals: Sequence[uuid.UUID]
    ) -> list[Nudged]:
        asked = list(dict.fromkeys(appraisals))
        numbering = Numbering(identity.person, key, _fingerprint(identity, asked))
        await take_turn(connection, identity.person)
        # Read after the wait for the turn, so that one nudger's moments are in the order of his requests.
        now = dt.datetime.now(dt.UTC)
        written = await written_under(connection, numbering)
        if not numbering.is_of_body([each.id for each in written]):
            raise IdempotencyKeyReused
        done = await _done_before(connection, written)
        asker = Asker(identity.person, identity.agency, policy.SEEING, policy.JUDGING, now)
        rest = [each for each in asked if each not in done]
        found = checked(rest, await cases_asked(connection, asker, rest))
        fresh = await write_nudges(connection, numbering, found.permitted, offset=len(written), now=now)
        if fresh and not await is_officer(connection, identity):
            refuse_too_many(await nudged_since(connection, numbering, now - HOUR), len(fresh), now)
        for appraisal, people in _by_appraisal(await awaited(connection, found.permitted, now)).items():
            done[appraisal] = _outcome(appraisal, people, fresh, identity.person)
        for appraisal in found.permitted:
            done.setdefault(appraisal, Nudged(appraisal, NudgeOutcome.NOBODY_RESPONSIBLE))
        return [done.get(each) or Nudged(each, found.refused[each]) for each in asked]


def _fingerprint(identity: Identity, appraisals: Iterable[uuid.UUID]) -> str:
    content = {"actor": str(identity.person), "appraisals": sorted(map(str, appraisals))}
    return hashlib.sha256(canonical(content)).hexdigest()


async def _done_before(connection: AsyncConnection, written: Sequence[Written]) -> dict[uuid.UUID, Nudged]:
    """What the same request did when it came earlier."""
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
