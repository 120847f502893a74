"""Puts on record how a time to improve ended: the competency test, or why there is none."""

import datetime as dt
import hashlib
import uuid

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from service import policy
from service.accounts.checking import require_hr
from service.accounts.tokens import Identity
from service.improvements.reading import in_words
from service.improvements.schemas import ImprovementDetail, NewEnd, NewTest
from service.problems import FieldError, IdempotencyKeyReused, Invalid, NotFound, OwnImprovement
from states.codec import Json, canonical
from store.attending.repository import Attended, set_due, take
from store.attending.telling import silence
from store.improvement.outcomes import NewOutcome, record_outcome, recorded_under
from store.improvement.reading import Improvement, improvement_of
from translations import Locale
from translations import mark as _

TOO_EARLY = _("The time to improve lasts until {date}; the competency test follows.")
NOT_YET = _("This day has not come yet.")
NOTHING_SAID = _("Say why it ends.")


async def record_test(
    database: AsyncEngine, identity: Identity, improvement: uuid.UUID, key: str, body: NewTest, locale: Locale
) -> ImprovementDetail:
    """Puts the outcome of the competency test on record; what was recorded before stays as an earlier revision.

    The same ``key`` and body do it once. Raises `HrOnly`, `NotFound`, `OwnImprovement`, `Invalid` and
    `IdempotencyKeyReused`.
    """
    fingerprint = _fingerprint({"test": body.model_dump(mode="json")})
    async with database.begin() as connection:
        attended, row = await _held(connection, identity, improvement)
        if not await _repeated(connection, improvement, key, fingerprint):
            _refuse_day(body.held_on, row)
            new = NewOutcome(
                improvement,
                "test",
                body.held_on,
                body.passed,
                body.note.strip(),
                body.letter.strip(),
                identity.person,
                attended.now,
                key,
                fingerprint,
            )
            await _close(connection, new)
        return await _read(connection, improvement, identity, locale)


async def end_improvement(
    database: AsyncEngine, identity: Identity, improvement: uuid.UUID, key: str, body: NewEnd, locale: Locale
) -> ImprovementDetail:
    """Ends it without a test, for a reason on record. Raises what `record_test` raises."""
    fingerprint = _fingerprint({"end": body.model_dump(mode="json")})
    async with database.begin() as connection:
        attended, _row = await _held(connection, identity, improvement)
        if not await _repeated(connection, improvement, key, fingerprint):
            reason = body.reason.strip()
            if not reason:
                raise Invalid(errors=[FieldError("/reason", NOTHING_SAID)])
            new = NewOutcome(
                improvement, "end", None, None, reason, "", identity.person, attended.now, key, fingerprint
            )
            await _close(connection, new)
        return await _read(connection, improvement, identity, locale)


async def _held(
    connection: AsyncConnection, identity: Identity, improvement: uuid.UUID
) -> tuple[Attended, Improvement]:
    """The time to improve, held until the transaction ends."""
    await require_hr(connection, identity)
    row = await improvement_of(connection, improvement, identity.agency)
    if row is None or row.id != improvement:
        raise NotFound
    if not policy.may_close_improvement(officer=True, own=row.employee_id == identity.person):
        raise OwnImprovement
    attended = await take(connection, improvement)
    if attended is None:
        raise NotFound
    return attended, row


async def _repeated(connection: AsyncConnection, improvement: uuid.UUID, key: str, fingerprint: str) -> bool:
    before = await recorded_under(connection, improvement, key)
    if before is not None and before != fingerprint:
        raise IdempotencyKeyReused
    return before is not None


def _refuse_day(held_on: dt.date, row: Improvement) -> None:
    if held_on <= row.ends_on:
        raise Invalid(errors=[FieldError("/held_on", TOO_EARLY, {"date": row.ends_on.isoformat()})])
    if held_on > row.today:
        raise Invalid(errors=[FieldError("/held_on", NOT_YET)])


async def _close(connection: AsyncConnection, new: NewOutcome) -> None:
    await record_outcome(connection, new)
    await silence(connection, new.improvement)
    await set_due(connection, new.improvement, None)


async def _read(
    connection: AsyncConnection, improvement: uuid.UUID, identity: Identity, locale: Locale
) -> ImprovementDetail:
    row = await improvement_of(connection, improvement, identity.agency)
    if row is None:
        raise NotFound
    return (await in_words(connection, [row], identity, locale))[0]


def _fingerprint(asked: Json) -> str:
    return hashlib.sha256(canonical(asked)).hexdigest()
