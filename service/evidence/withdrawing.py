"""Withdraws evidence. It stays on record that it was there."""

import datetime as dt
import uuid

from sqlalchemy.ext.asyncio import AsyncConnection

from service.accounts.tokens import Identity
from service.appraisals.openness import refuse_unless_withdrawable
from service.evidence.reading import evidence_sight
from service.evidence.schemas import EvidenceLine
from service.evidence.showing import shown_evidence
from service.problems import NotFound, NotYoursToWithdraw
from store.evidence import repository as store
from translations import Locale


async def withdraw_evidence(
    connection: AsyncConnection, identity: Identity, appraisal: uuid.UUID, piece: uuid.UUID, locale: Locale
) -> EvidenceLine:
    """Withdraws what the asker added; to repeat it changes nothing.

    Raises `NotFound`, `NotYoursToWithdraw`, `CaseClosed` and `ResultRests`.
    """
    seen = await evidence_sight(connection, identity, appraisal)
    found = await store.evidence(connection, appraisal, piece)
    if found is None:
        raise NotFound
    if found.author_id != identity.person:
        raise NotYoursToWithdraw
    if found.withdrawn_at is None:
        refuse_unless_withdrawable(seen.sight, own=seen.own)
        await store.withdraw(connection, appraisal, piece, identity.person, dt.datetime.now(dt.UTC))
        found = await store.evidence(connection, appraisal, piece)
    if found is None:
        raise NotFound
    return shown_evidence(found, seen, identity.person, locale)
