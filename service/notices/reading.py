"""The notices of a case or to a person, as far as the asker may see them."""

import uuid
from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncConnection

from service import policy
from service.accounts.checking import is_officer
from service.accounts.tokens import Identity
from service.appraisals.sight import seen
from service.notices.coming import coming
from service.notices.schemas import CaseNotices, PersonNotices
from service.notices.showing import counted, shown, still_to_come
from service.paging import cut, moment_key
from service.problems import NotFound
from service.receipts.showing import receipt_of
from store.message.xray import (
    ExplainedNotice,
    Filter,
    counts_of_case,
    counts_of_person,
    of_case,
    of_person,
)
from store.person.repository import exists
from translations import Locale


async def notices_of_case(
    connection: AsyncConnection,
    appraisal: uuid.UUID,
    identity: Identity,
    wanted: Filter,
    locale: Locale,
    *,
    cursor: str | None,
    limit: int,
) -> CaseNotices:
    """The notices of a case: all of them for personnel officers, else those to the asker.

    Raises `CursorInvalid`, and `NotFound` for a case out of sight.
    """
    after = moment_key(cursor)
    sight = await seen(connection, appraisal, identity)
    officer = policy.sees_notices_to_others(sight.capacities)
    recipient = None if officer else identity.person
    wanted = replace(wanted, confidential=not officer)
    rows = await of_case(
        connection, appraisal, identity.agency, wanted, recipient=recipient, after=after, limit=limit + 1
    )
    counts = await counts_of_case(connection, appraisal, identity.agency, wanted, recipient=recipient)
    receipt = await receipt_of(connection, appraisal, sight, locale)
    page, following = cut(rows, limit, _key)
    return CaseNotices(
        counts=counted(counts, locale),
        coming=still_to_come(coming(sight.appraisal, sight.rules), locale),
        receipt=receipt,
        items=[shown(row, locale, in_full=officer) for row in page],
        next=following,
    )


async def notices_to_person(
    connection: AsyncConnection,
    person: uuid.UUID,
    identity: Identity,
    wanted: Filter,
    locale: Locale,
    *,
    cursor: str | None,
    limit: int,
) -> PersonNotices:
    """The notices to a person, of all cases. Raises `CursorInvalid`, and `NotFound` for others' notices."""
    after = moment_key(cursor)
    officer = await is_officer(connection, identity)
    if not policy.may_see_notices(person, asker=identity.person, officer=officer):
        raise NotFound
    wanted = replace(wanted, confidential=person == identity.person)
    rows = await of_person(connection, person, identity.agency, wanted, after=after, limit=limit + 1)
    counts = await counts_of_person(connection, person, identity.agency, wanted)
    if not counts and not await exists(connection, person, identity.agency):
        raise NotFound
    page, following = cut(rows, limit, _key)
    return PersonNotices(
        counts=counted(counts, locale),
        items=[shown(row, locale, in_full=officer) for row in page],
        next=following,
    )


def _key(row: ExplainedNotice) -> tuple[str, uuid.UUID]:
    return row.created_at.isoformat(), row.id
