"""The appraisals that concern somebody."""

import uuid

from sqlalchemy.ext.asyncio import AsyncConnection

from service.accounts.tokens import Identity
from service.appraisals.asker import asker_of
from service.appraisals.schemas import AllowedActions, AppraisalDetail, AppraisalPage
from service.appraisals.showing import shown_actions, shown_detail, shown_line
from service.appraisals.sight import seen
from service.paging import cut, due_key
from service.receipts.showing import receipt_of
from store.appraisal.repository import CaseFilter, cases
from translations import Locale


async def appraisal_page(
    connection: AsyncConnection,
    identity: Identity,
    wanted: CaseFilter,
    locale: Locale,
    *,
    cursor: str | None,
    limit: int,
) -> AppraisalPage:
    """A page of appraisals, the first due first. Raises `CursorInvalid`."""
    rows = await cases(connection, asker_of(identity), wanted, after=due_key(cursor), limit=limit + 1)
    page, following = cut(rows, limit, lambda row: (row.due_on, row.id))
    return AppraisalPage(items=[shown_line(row, locale) for row in page], next=following)


async def appraisal_detail(
    connection: AsyncConnection, appraisal: uuid.UUID, identity: Identity, locale: Locale
) -> AppraisalDetail:
    """One appraisal with all its details. Raises `NotFound` for a case out of sight."""
    sight = await seen(connection, appraisal, identity)
    receipt = await receipt_of(connection, appraisal, sight, locale)
    return shown_detail(sight, receipt, identity.person, locale)


async def actions_of(
    connection: AsyncConnection, appraisal: uuid.UUID, identity: Identity, locale: Locale
) -> AllowedActions:
    """What somebody may do with an appraisal now. Raises `NotFound` for a case out of sight."""
    sight = await seen(connection, appraisal, identity)
    return AllowedActions(
        appraisal=appraisal,
        stage=sight.appraisal.stage,
        sequence=sight.appraisal.sequence,
        actions=shown_actions(sight, identity.person, locale),
    )
